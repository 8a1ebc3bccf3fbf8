import { closest } from '../../formula/spelling.js';
import { sourcedEntries } from './entries.js';
import type { Lint, LintFinding } from './lint.js';

export const sourcesExist: Lint = {
  name: 'sources-exist',
  description: 'every source named is an entry of `sources`',
  check: (definition) => {
    const known = Object.keys(definition.sources);
    return sourcedEntries(definition).flatMap(({ where, source }): readonly LintFinding[] => {
      if (known.includes(source)) return [];
      return [
        {
          where: [...where, 'source'],
          message: `there is no source \`${source}\`: add it to \`sources\`, or name one of them.`,
          didYouMean: closest(source, known),
        },
      ];
    });
  },
};
