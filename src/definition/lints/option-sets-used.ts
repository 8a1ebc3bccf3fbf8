import { parts } from './entries.js';
import type { Lint } from './lint.js';

export const optionSetsUsed: Lint = {
  name: 'option-sets-used',
  description: 'every option set is used by an item',
  check: (definition) => {
    if (definition.status === 'refused') return [];
    const used = new Set(
      parts(definition).flatMap((part) =>
        part.items.flatMap(({ entry }) => ('options' in entry ? [entry.options] : [])),
      ),
    );
    return Object.keys(definition.options ?? {})
      .filter((set) => !used.has(set))
      .map((set) => ({
        where: ['options', set],
        atKey: true,
        message: `no item uses the option set \`${set}\`: use it, or remove it.`,
      }));
  },
};
