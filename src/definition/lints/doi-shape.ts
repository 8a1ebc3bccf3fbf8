import type { Lint } from './lint.js';

const shape = /^10\.\d{4,9}\/\S+$/;

export const doiShape: Lint = {
  name: 'doi-shape',
  description: 'a DOI is written without a web address',
  check: (definition) =>
    Object.entries(definition.sources)
      .filter(([, { doi }]) => doi !== undefined && !shape.test(doi))
      .map(([id]) => ({
        where: ['sources', id, 'doi'],
        message: 'a DOI starts with 10. and has a slash: write it without https://doi.org/ before it.',
      })),
};
