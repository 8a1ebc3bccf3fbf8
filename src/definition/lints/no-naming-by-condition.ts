import { labels, verdictWords } from './entries.js';
import type { Lint } from './lint.js';

/** A person named by a condition. `alcoholic drinks` are drinks, and `drug addict` is a person. */
const naming =
  /\b(?:alcoholics?(?! (?:drink|beverage)s?)|drunks?|drunkards?|addicts?|junkies?|(?:ab|mis)users?|schizophrenics?|psychopaths?|retard(?:s|ed)?|lunatics?|sufferers?)\b/i;

export const noNamingByCondition: Lint = {
  name: 'no-naming-by-condition',
  description: 'our own words never call a person by a condition, nor by a word that judges',
  check: (definition) =>
    [...labels(definition), ...verdictWords(definition)]
      .filter(({ text }) => naming.test(text))
      .map(({ where }) => ({
        where,
        message:
          'this names a person by a condition: say what was found (possible dependence), or who is meant (a person who drinks).',
      })),
};
