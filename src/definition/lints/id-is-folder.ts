import type { Lint } from './lint.js';

export const idIsFolder: Lint = {
  name: 'id-is-folder',
  description: 'the id is the name of the folder',
  check: (definition, { folder }) =>
    folder === null || folder === definition.id
      ? []
      : [
          {
            where: ['id'],
            message: `the id is not the folder's name \`${folder}\`: rename one, since imports, views and addresses follow the folder.`,
          },
        ],
};
