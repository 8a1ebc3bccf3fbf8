import { sourcedEntries } from './entries.js';
import type { Lint } from './lint.js';

export const confidenceNotAboveSource: Lint = {
  name: 'confidence-not-above-source',
  description: 'an entry is no surer than its source',
  check: (definition) =>
    sourcedEntries(definition)
      .filter(
        ({ source, confidence }) =>
          confidence === 'verified' &&
          Object.hasOwn(definition.sources, source) &&
          definition.sources[source]?.confidence === 'recalled',
      )
      .map(({ where, source }) => ({
        where: [...where, 'confidence'],
        message: `this is \`verified\` but its source \`${source}\` is \`recalled\`: write recalled, or name the source that was read.`,
      })),
};
