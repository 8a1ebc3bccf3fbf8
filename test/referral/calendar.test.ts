import { describe, expect, it } from 'vitest';
import {
  calendarDate,
  dateText,
  dayAfter,
  dayInWords,
  elapsed,
  isWithin,
} from '../../src/referral/calendar.js';

const date = (text: string): Date => {
  const parsed = calendarDate(text);
  if (parsed === null) throw new Error(`${text} is a date`);
  return parsed;
};

describe('calendar dates', () => {
  it('reads whole days and nothing else', () => {
    expect(calendarDate('2024-02-29')).not.toBeNull();
    for (const wrong of [
      '2023-02-29',
      '0050-03-01',
      '2026-13-01',
      '2026-1-1',
      '2026-11-24T10:00:00Z',
      '',
      20261124,
      null,
    ]) {
      expect(calendarDate(wrong)).toBeNull();
    }
  });

  it('writes every year in four figures', () => {
    expect(dateText(date('0999-03-01'))).toBe('0999-03-01');
  });

  it('counts elapsed days, weeks and months to the day [H13]', () => {
    expect(elapsed(date('2026-11-10'), date('2026-11-24'), 'days')).toBe(14);
    expect(elapsed(date('2026-11-10'), date('2026-11-24'), 'weeks')).toBe(2);
    expect(elapsed(date('2026-11-11'), date('2026-11-24'), 'weeks')).toBe(1);
    expect(elapsed(date('2026-10-24'), date('2026-11-24'), 'months')).toBe(1);
    expect(elapsed(date('2026-10-25'), date('2026-11-24'), 'months')).toBe(0);
    expect(elapsed(date('2026-11-25'), date('2026-11-24'), 'days')).toBe(-1);
  });

  it('finds no day beyond the year 9999, however long the length', () => {
    const ending = (from: string, length: string): string | null => {
      const day = dayAfter(date(from), length);
      return day === null ? null : dateText(day);
    };
    expect(ending('9999-12-30', 'P1D')).toBe('9999-12-31');
    for (const [from, length] of [
      ['9999-12-31', 'P1D'],
      ['2026-11-24', 'P7974Y'],
      ['2026-11-24', 'P999999999Y'],
      ['2026-11-24', `P${'9'.repeat(400)}D`],
      ['2026-11-24', 'soon'],
    ] as const)
      expect([from, length, ending(from, length)]).toEqual([from, length, null]);
  });

  it('closes a window on the day after its last', () => {
    expect(isWithin(date('2026-11-10'), 'P2W', date('2026-11-24'))).toBe(true);
    expect(isWithin(date('2026-11-09'), 'P2W', date('2026-11-24'))).toBe(false);
    expect(isWithin(date('2025-11-24'), 'P1Y', date('2026-11-24'))).toBe(true);
    expect(isWithin(date('2026-10-23'), 'P1M', date('2026-11-24'))).toBe(false);
    expect(isWithin(date('2026-11-20'), 'P3D', date('2026-11-24'))).toBe(false);
  });

  it('keeps a window open where it cannot be told', () => {
    expect(isWithin(null, 'P2W', date('2026-11-24'))).toBe(true);
    expect(isWithin(date('2020-01-01'), null, date('2026-11-24'))).toBe(true);
    expect(isWithin(date('2020-01-01'), 'P2W', null)).toBe(true);
    // Earlier than the day from which a computer counts: nothing is counted from there.
    expect(isWithin(date('1960-01-01'), 'P2W', null)).toBe(true);
    expect(isWithin(date('2020-01-01'), 'two weeks', date('2026-11-24'))).toBe(true);
  });

  it('says a day in words, each month by its name', () => {
    const months = Array.from({ length: 12 }, (_, at) =>
      dayInWords(`2026-${String(at + 1).padStart(2, '0')}-03`),
    );
    expect(months).toEqual(
      ['January February March April May June July August September October November December'].flatMap(
        (names) => names.split(' ').map((name) => `3 ${name} 2026`),
      ),
    );
    expect(dayInWords('2026-12-31')).toBe('31 December 2026');
  });
});
