import {
  add,
  type Duration,
  differenceInCalendarDays,
  differenceInMonths,
  isValid,
  parseISO,
} from 'date-fns';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

/** A calendar date from `YYYY-MM-DD`; `null` for anything else. */
export const calendarDate = (value: unknown): Date | null => {
  if (typeof value !== 'string' || !DATE.test(value)) return null;
  const date = parseISO(value);
  return isValid(date) ? date : null;
};

const duration = (text: string): Duration | null => {
  const parts = DURATION.exec(text);
  if (parts === null) return null;
  const [years, months, weeks, days] = parts.slice(1).map((part) => Number(part ?? 0));
  return { years, months, weeks, days } as Duration;
};

/**
 * Whether `on` is at most `recall` (ISO 8601: years, months, weeks, days) before `asOf`. What cannot be told counts as
 * inside: a window only ever takes a flag away.
 */
export const isWithin = (on: Date | null, recall: string | null, asOf: Date | null): boolean => {
  const window = recall === null ? null : duration(recall);
  return (
    on === null || asOf === null || window === null || differenceInCalendarDays(asOf, add(on, window)) <= 0
  );
};

/** Whole days, weeks or months from `from` to `asOf`; negative where `from` is later. */
export const elapsed = (from: Date, asOf: Date, countedIn: 'days' | 'weeks' | 'months'): number => {
  if (countedIn === 'months') return differenceInMonths(asOf, from);
  const days = differenceInCalendarDays(asOf, from);
  return countedIn === 'weeks' ? Math.floor(days / 7) : days;
};
