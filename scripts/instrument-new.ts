/**
 * `npm run instrument:new <id> <domain> [export]`: starts a new instrument, a folder under `instruments/` with a definition and cases
 * to fill in. `npm run generate` then names, with file, line and column, each thing that is still to be done.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { camelCase, isIdentifier } from '../src/definition/export-name.js';
import { domains } from '../src/definition/schema.js';
import { casesSkeleton, definitionSkeleton, folderOf, isDomain } from './instrument-new/skeleton.js';

const usage = 'usage: npm run instrument:new <id> <domain> [export]';

/** Where an instrument of that id is already, or `undefined`. */
const placeOf = (id: string): string | undefined =>
  (existsSync('instruments') ? readdirSync('instruments') : [])
    .map((folder) => join('instruments', folder, id))
    .find((place) => existsSync(place));

/** What is wrong with the request, or `null`. */
const refusal = (id: string, domain: string, named: string): string | null => {
  if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(id))
    return `${usage}; an id is lower case letters, digits, hyphens and dots`;
  if (!isDomain(domain)) return `${usage}; a domain is one of ${domains.join(', ')}`;
  if (!isIdentifier(named))
    return `${usage}; ${named} is no identifier: name the export, as in fourAT for 4at`;
  const taken = placeOf(id);
  return taken === undefined ? null : `${taken} is there already`;
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
