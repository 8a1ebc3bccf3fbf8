/**
 * `npm run instrument:new <id> <domain> [export]`: starts a new instrument, a folder under `instruments/` with a definition and cases
 * to fill in. `npm run generate` then names, with file, line and column, each thing that is still to be done.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { camelCase, isIdentifier } from '../src/definition/export-name.js';
import { domains } from '../src/definition/schema.js';
import { suggestion } from '../src/formula/spelling.js';
import { casesSkeleton, definitionSkeleton, folderOf, isDomain } from './instrument-new/skeleton.js';

const usage = 'usage: npm run instrument:new <id> <domain> [export]';
const oneOf = `one of ${domains.join(', ')}`;

/** Where an instrument of that id is already, or `undefined`. */
const placeOf = (id: string): string | undefined =>
  (existsSync('instruments') ? readdirSync('instruments') : [])
    .map((folder) => join('instruments', folder, id))
    .find((place) => existsSync(place));

/** What is wrong with the request, or `null`: the id first, for what is there already needs no domain. */
const refusal = (id: string, domain: string, named: string): string | null => {
  if (id === '') return `${usage}; the domain is ${oneOf}`;
  if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(id))
    return `${usage}; an id is lower case letters, digits, hyphens and dots`;
  const taken = placeOf(id);
  if (taken !== undefined) return `${taken} is there already`;
  if (domain === '')
    return `say what ${id} screens for, so that its folder is known: npm run instrument:new ${id} <domain>, the domain ${oneOf}`;
  if (!isDomain(domain)) {
    const { sentence } = suggestion(domain, domains);
    return `there is no domain '${domain}': it is ${oneOf}.${sentence}`;
  }
  return isIdentifier(named)
    ? null
    : `${usage}; ${named} is no identifier: name the export, as in fourAT for 4at`;
};

const [id = '', domain = '', named = camelCase(id)] = process.argv.slice(2);
const refused = refusal(id, domain, named);
if (refused !== null || !isDomain(domain)) {
  console.error(refused ?? usage);
  process.exitCode = 2;
} else {
  const place = join('instruments', folderOf(domain), id);
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, 'definition.yaml'),
    definitionSkeleton(id, domain, named === camelCase(id) ? null : named),
  );
  writeFileSync(join(place, 'cases.yaml'), casesSkeleton(id));
  console.log(
    `${place}/definition.yaml and cases.yaml: fill in what is empty; 'npm run generate' names what is left`,
  );
}
