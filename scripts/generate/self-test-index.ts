import { camelCase } from '../../src/definition/export-name.js';
import { partDigest } from '../../src/review/self-test/self-test.js';
import type { Definitions } from './definitions.js';
import { textLiteral } from './literal.js';
import type { MadePathway } from './pathways.js';

/** The declaration of the index: it is written once, as every index has the same shape. */
export const selfTestIndexTypes = `// Made by \`npm run generate\`. Do not edit.

/** How one instrument's data is read. */
export interface IndexedInstrument {
  readonly id: string;
  readonly definition: () => unknown;
  /** \`null\` where the instrument is refused. */
  readonly cases: { readonly load: () => unknown; readonly digest: string } | null;
}

/** How one pathway's data is read. */
export interface IndexedPathway {
  readonly id: string;
  /** Digest over the pathway. */
  readonly digest: string;
  readonly cases: { readonly load: () => unknown; readonly digest: string } | null;
  readonly scenarios: { readonly load: () => unknown; readonly digest: string } | null;
}

export const instruments: readonly IndexedInstrument[];
export const pathways: readonly IndexedPathway[];
`;

/** Loads pathways on demand, by id. */
export const pathwayLoaders = (pathways: readonly MadePathway[]): string => {
  const loaders = pathways.map(
    ({ id }) =>
      `  ${textLiteral(id)}: () => import(${textLiteral(`./pathways/${id}.js`)}).then((module) => module.${camelCase(id)}),\n`,
  );
  return `// Made from instruments/pathways/ by \`npm run generate\`. Do not edit.
import type { Pathway } from '../referral/pathway.js';

/** Every pathway by id, loaded on demand. */
export const pathwayLoaders: Readonly<Record<string, () => Promise<Pathway>>> = {
${loaders.join('')}};
`;
};

const recorded = (file: string, part: unknown): string =>
  part === null
    ? 'null'
    : `{ digest: ${JSON.stringify(partDigest(part))}, load: () => require(${JSON.stringify(file)}) }`;

/**
 * Where a self-test finds definitions, cases and what is recorded of them. It is CommonJS so that one copy of each file, as
 * JSON, serves \`import\` and \`require\` alike, under every version of Node and in every bundler, and only once it is asked for.
 */
export const selfTestIndex = ({ loaded, cases }: Definitions, pathways: readonly MadePathway[]): string => {
  const instruments = loaded.map(({ definition: { id }, status }) => {
    const part = status === 'refused' ? null : (cases.get(id) ?? { instrument: id, cases: [] });
    return `  {
    id: ${JSON.stringify(id)},
    definition: () => require(${JSON.stringify(`./definitions/${id}.json`)}),
    cases: ${recorded(`./cases/${id}.json`, part)},
  },\n`;
  });
  const ways = pathways.map(
    ({ id, pathway, cases: some, scenarios }) => `  {
    id: ${JSON.stringify(id)},
    digest: ${JSON.stringify(partDigest(pathway))},
    cases: ${recorded(`./cases/pathways/${id}.json`, some)},
    scenarios: ${recorded(`./cases/pathways/${id}.scenarios.json`, scenarios)},
  },\n`,
  );
  return `// Made from instruments/ by \`npm run generate\`. Do not edit.
'use strict';
exports.instruments = [
${instruments.join('')}];
exports.pathways = [
${ways.join('')}];
`;
};
