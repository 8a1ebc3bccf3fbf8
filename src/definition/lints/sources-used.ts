import { sourcedEntries } from './entries.js';
import type { Lint } from './lint.js';

export const sourcesUsed: Lint = {
  name: 'sources-used',
  description: 'every entry of `sources` is named somewhere',
  check: (definition) => {
    const used = new Set(sourcedEntries(definition).map(({ source }) => source));
    return Object.keys(definition.sources)
      .filter((id) => !used.has(id))
      .map((id) => ({
        where: ['sources', id],
        atKey: true,
        message: `no entry names the source \`${id}\`: name it where it is used, or remove it.`,
      }));
  },
};
