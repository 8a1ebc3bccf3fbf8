import type { DefinitionFormula } from '../schema.js';
import { parts } from './entries.js';
import type { Lint, LintFinding } from './lint.js';

const scoresRead = (formula: DefinitionFormula, scores: readonly string[]): string => {
  const text = typeof formula === 'string' ? formula : Object.values(formula).join(' ');
  const names = new Set(text.match(/[a-z][a-z0-9.-]*/g) ?? []);
  return scores.filter((score) => names.has(score)).join(' and ');
};

export const onePreferred: Lint = {
  name: 'one-preferred',
  description: 'at most one scheme or cut-off of a score is preferred, and says why',
  check: (definition) =>
    parts(definition).flatMap((part) => {
      const scores = part.scores.map(({ id }) => id);
      const bands = part.bands.map(({ where, entry }) => ({
        where,
        entry,
        group: `bands of ${'of' in entry ? entry.of : 'rules'}`,
      }));
      const cutOffs = part.cutOffs.map(({ where, entry }) => {
        const read = scoresRead(entry.when, scores);
        return { where, entry, group: read === '' ? where.join('.') : `cut-offs on ${read}` };
      });
      const seen = new Set<string>();
      return [...bands, ...cutOffs].flatMap(({ where, entry, group }): readonly LintFinding[] => {
        if (entry.preferred !== true)
          return entry['preferred-because'] === undefined
            ? []
            : [
                {
                  where: [...where, 'preferred-because'],
                  message: 'this is not preferred: drop the reason.',
                },
              ];
        const second = seen.has(group);
        seen.add(group);
        return [
          ...(second
            ? [{ where: [...where, 'preferred'], message: `two ${group} are preferred: keep one.` }]
            : []),
          ...(entry['preferred-because'] === undefined
            ? [
                {
                  where: [...where, 'preferred'],
                  message: 'say why it is preferred, in `preferred-because`.',
                },
              ]
            : []),
        ];
      });
    }),
};
