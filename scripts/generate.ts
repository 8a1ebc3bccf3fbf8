/**
 * Makes everything that is made from `instruments/`: one typed module for each instrument and pathway, the catalogue, the
 * full definitions and all cases as JSON, and the JSON Schemas for editors. `npm run generate`.
 *
 * Prints every problem as file:line:col and ends with status 1, writing nothing, if there is one. Writes only what changed.
 */
import { join, resolve } from 'node:path';
import * as z from 'zod';
import {
  casesSchema,
  definitionSchema,
  formatProblem,
  jsonDefinition,
  toInstrument,
} from '../src/definition/index.js';
import { publishedResultSchema } from '../src/review/published/schema.js';
import { catalogueModule } from './generate/catalogue-module.js';
import { readDefinitions } from './generate/definitions.js';
import { instrumentModule } from './generate/instrument-module.js';
import { jsonText } from './generate/json-text.js';
import { putFiles } from './generate/made-files.js';
import { readPathways } from './generate/pathways.js';
import { pathwayLoaders, selfTestIndex, selfTestIndexTypes } from './generate/self-test-index.js';

const root = resolve(import.meta.dirname, '..');
const schemaFile = (schema: z.ZodType, title: string): string =>
  jsonText({ title, ...z.toJSONSchema(schema, { reused: 'ref' }) });

process.chdir(root);
const definitions = readDefinitions('instruments');
const pathways = await readPathways(
  join('instruments', 'pathways'),
  resolve('src/referral/definition/load-pathway.ts'),
  definitions.loaded.flatMap((loaded) => (loaded.status === 'shipped' ? [toInstrument(loaded)] : [])),
);
const problems = [...definitions.problems, ...pathways.problems];

if (problems.length > 0) {
  for (const problem of problems) console.error(formatProblem(problem));
  console.error(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}: nothing was written.`);
  process.exitCode = 1;
} else {
  const files = new Map<string, string>([
    ['catalogue.ts', catalogueModule(definitions.loaded)],
    ['definition.schema.json', schemaFile(definitionSchema, 'definition.yaml')],
    ['cases.schema.json', schemaFile(casesSchema, 'cases.yaml')],
    ['published-result.schema.json', schemaFile(publishedResultSchema, 'a published result')],
    ...pathways.modules,
  ]);
  for (const loaded of definitions.loaded) {
    const { id } = loaded.definition;
    files.set(join('definitions', `${id}.json`), jsonText(jsonDefinition(loaded)));
    if (loaded.status === 'shipped') files.set(join('instruments', `${id}.ts`), instrumentModule(loaded));
  }
  for (const [id, cases] of definitions.cases) files.set(join('cases', `${id}.json`), jsonText(cases));
  for (const { id, cases, scenarios } of pathways.made) {
    if (cases !== null) files.set(join('cases', 'pathways', `${id}.json`), jsonText(cases));
    if (scenarios !== null) files.set(join('cases', 'pathways', `${id}.scenarios.json`), jsonText(scenarios));
  }
  files.set('pathway-loaders.ts', pathwayLoaders(pathways.made));
  files.set('self-test-index.cjs', selfTestIndex(definitions, pathways.made));
  files.set('self-test-index.d.cts', selfTestIndexTypes);
  const { written, removed } = putFiles(join('src', 'generated'), files);
  for (const path of removed) console.log(`removed src/generated/${path}`);
  console.log(`${files.size} files made, ${written.length} changed`);
}
