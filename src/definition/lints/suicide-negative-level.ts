import { levelsOf } from './entries.js';
import type { Lint } from './lint.js';

const notDisclosed = 'not disclosed at this screen';

export const suicideNegativeLevel: Lint = {
  name: 'suicide-negative-level',
  description: 'after a suicide screen the negative level says only that nothing was disclosed',
  check: (definition) =>
    definition.domain === 'suicide'
      ? levelsOf(definition)
          .filter(({ byRule, negative, label }) => byRule && negative && label !== notDisclosed)
          .map(({ where }) => ({
            where: [...where, 'label'],
            message: `the negative level of a suicide screen is called '${notDisclosed}'.`,
          }))
      : [],
};
