import { camelCase, isIdentifier } from '../export-name.js';
import type { Lint } from './lint.js';

export const exportIsIdentifier: Lint = {
  name: 'export-is-identifier',
  description: 'the export is the camel-cased id, or a name given where that is no identifier',
  check: (definition) => {
    const derived = camelCase(definition.id);
    if (definition.export === undefined)
      return isIdentifier(derived)
        ? []
        : [
            {
              where: ['id'],
              message: `\`${derived}\` is no name for a constant: give one with \`export:\`, such as fourAT for 4at.`,
            },
          ];
    if (!isIdentifier(definition.export))
      return [
        {
          where: ['export'],
          message: 'this is no name for a constant: letters and digits, a small letter first.',
        },
      ];
    return isIdentifier(derived) && definition.export !== derived
      ? [
          {
            where: ['export'],
            message: `the id gives the name \`${derived}\` already: leave \`export\` out.`,
          },
        ]
      : [];
  },
};
