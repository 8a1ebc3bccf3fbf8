import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { calendarDate, dateText, dayAfter, elapsed } from '../../src/referral/calendar.js';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const DAY = 86_400_000;
const utc = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const day = fc
  .integer({ min: utc('1930-01-01') / DAY, max: utc('2090-12-31') / DAY })
  .map((count) => new Date(count * DAY).toISOString().slice(0, 10));

/** Zones with summer time, without, far east and far west, and one that once skipped midnight. */
const ZONES = [
  ['Europe/London', -60],
  ['America/Los_Angeles', 420],
  ['Asia/Kolkata', -330],
  ['Australia/Lord_Howe', -630],
  ['America/Sao_Paulo', 180],
] as const;

describe('calendar days', () => {
  it.each(ZONES)(
    'are the same in %s: read, written back and counted as days of the calendar [H13]',
    (name, offset) => {
      process.env['TZ'] = name;
      // Without this the zone was not set and the claim would be empty.
      expect(new Date(2026, 6, 1, 12).getTimezoneOffset()).toBe(offset);
      fc.assert(
        fc.property(day, day, fc.nat(400), (from, to, days) => {
          const [a, b] = [calendarDate(from), calendarDate(to)];
          if (a === null || b === null) throw new Error('a day of the calendar was not read');
          expect(dateText(a)).toBe(from);
          expect(elapsed(a, b, 'days')).toBe((utc(to) - utc(from)) / DAY);
          const later = dayAfter(a, `P${days}D`);
          expect(later === null ? '' : dateText(later)).toBe(
            new Date(utc(from) + days * DAY).toISOString().slice(0, 10),
          );
        }),
        { numRuns: 40 },
      );
    },
  );

  it('end a month on its last day where the day does not exist, leap years among them [H13]', () => {
    const moved = (text: string, length: string): string => {
      const from = calendarDate(text);
      const to = from === null ? null : dayAfter(from, length);
      return to === null ? 'none' : dateText(to);
    };
    expect(moved('2028-01-31', 'P1M')).toBe('2028-02-29');
    expect(moved('2026-01-31', 'P1M')).toBe('2026-02-28');
    expect(moved('2028-02-29', 'P1Y')).toBe('2029-02-28');
    expect(calendarDate('2026-02-29')).toBeNull();
  });
});
