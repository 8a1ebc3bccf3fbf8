import { addDays, addMonths, differenceInCalendarDays, differenceInMonths } from 'date-fns';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

/** A calendar date from `YYYY-MM-DD`; `null` for anything else. */
export const calendarDate = (value: unknown): Date | null => {
  if (typeof value !== 'string' || !DATE.test(value)) return null;
  const year = Number(value.slice(0, 4));
  const month = Number(value.slice(5, 7)) - 1;
  const day = Number(value.slice(8));
  const date = new Date(year, month, day);
  // A day that the month does not have falls into the next; a year below 100 is taken for one of the last century.
  return date.getMonth() === month && date.getFullYear() === year ? date : null;
};

/** The calendar date as `YYYY-MM-DD`. */
export const dateText = (date: Date): string =>
  [
    String(date.getFullYear()).padStart(4, '0'),
    String(date.getMonth() + 1).padStart(2, '0'),
    String(date.getDate()).padStart(2, '0'),
  ].join('-');

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day `YYYY-MM-DD` as it is said: `3 March 2026`. */
export const dayInWords = (day: string): string => {
  const [year, month, of] = day.split('-').map(Number);
  return `${of} ${MONTHS[Number(month) - 1]} ${year}`;
};

/** The day that lies `length` (ISO 8601) after `date`; `null` where `length` is no duration, or ends after the year 9999. */
export const dayAfter = (date: Date, length: string): Date | null => {
  const parts = DURATION.exec(length);
  if (parts === null) return null;
  const [years, months, weeks, days] = [1, 2, 3, 4].map((at) => Number(parts[at] ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const monthsLater = addMonths(date, 12 * years + months);
  const end = addDays(monthsLater, 7 * weeks + days);
  return end.getFullYear() <= 9999 ? end : null;
};

/**
 * Whether `on` is at most `recall` (ISO 8601: years, months, weeks, days) before `asOf`. What cannot be told counts as
 * inside: a window only ever takes a flag away.
 */
export const isWithin = (on: Date | null, recall: string | null, asOf: Date | null): boolean => {
  if (on === null || asOf === null || recall === null || on >= asOf) return true;
  const end = dayAfter(on, recall);
  return end === null || differenceInCalendarDays(asOf, end) <= 0;
};

/** Whole days, weeks or months from `from` to `asOf`; negative where `from` is later. */
export const elapsed = (from: Date, asOf: Date, countedIn: 'days' | 'weeks' | 'months'): number => {
  if (countedIn === 'months') return differenceInMonths(asOf, from);
  const days = differenceInCalendarDays(asOf, from);
  return countedIn === 'weeks' ? Math.floor(days / 7) : days;
};
