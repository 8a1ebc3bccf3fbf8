import type { Lint } from './lint.js';

export const saysRecallAndMinutes: Lint = {
  name: 'says-recall-and-minutes',
  description: 'a definition that is scored says how long it takes and what time it asks about',
  check: (definition) =>
    definition.status === 'refused'
      ? []
      : [
          ...(definition.minutes === undefined
            ? [
                {
                  where: ['minutes'],
                  message: '`minutes` is missing: whole minutes to fill in, for planning an appointment.',
                },
              ]
            : []),
          ...(definition.recall === undefined && definition['recall-note'] === undefined
            ? [
                {
                  where: ['recall'],
                  message:
                    '`recall` is missing: the window asked about (P2W), or a `recall-note` where no duration says it.',
                },
              ]
            : []),
        ],
};
