import type { Lint } from './lint.js';

const exists = (date: string): boolean => {
  // Of a month, the first day.
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

export const datesExist: Lint = {
  name: 'dates-exist',
  description: 'every date is a day or month of the calendar',
  check: (definition) =>
    [
      { where: ['licence', 'seen'], date: definition.licence.seen },
      ...Object.entries(definition.sources).map(([id, { seen }]) => ({
        where: ['sources', id, 'seen'],
        date: seen,
      })),
    ]
      .filter(({ date }) => date !== undefined && !exists(date))
      .map(({ where }) => ({ where, message: 'there is no such day: write it as "2026-11-23".' })),
};
