import type { DefinitionFormula } from './schema.js';

/** What a review sheet needs of a definition: its parts, member by member, and its formulas as written. */
export type { Part } from './panels.js';
export { partsOf } from './to-model.js';

/** A formula as written; a formula by sex as one line. */
export function shownFormula(formula: DefinitionFormula): string {
  if (typeof formula === 'string') return formula;
  const { by, ...branches } = formula;
  return `by ${by}: ${Object.entries(branches)
    .map(([value, branch]) => `${value}: ${branch}`)
    .join('; ')}`;
}
