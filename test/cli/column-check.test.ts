import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownCodings } from '../../src/cli/column-check.js';
import { csvCell } from '../../src/cli/formula-guard.js';
import { meets, parseWhere } from '../../src/cli/table-options.js';
import { delimiterOf } from '../../src/cli/table-reader.js';

const codingsOf = (...codes: readonly string[]) =>
  knownCodings({ kind: 'choice', id: 'q1', codes }).map(({ recode }) => Object.fromEntries(recode));

describe('codings that answers are known to be exported in', () => {
  it('are the codes shifted by one, and downwards only where no code would fall below 0', () => {
    expect(codingsOf('0', '1', '2')).toEqual([{ '1': '0', '2': '1', '3': '2' }]);
    expect(codingsOf('1', '2', '3')).toEqual([
      { '2': '1', '3': '2', '4': '3' },
      { '0': '1', '1': '2', '2': '3' },
    ]);
  });

  it('number the options where the codes have gaps', () => {
    expect(codingsOf('0', '2', '4')).toContainEqual({ '0': '0', '1': '2', '2': '4' });
    expect(codingsOf('0', '2', '4')).toContainEqual({ '1': '0', '2': '2', '3': '4' });
  });

  it('read two options as yes and no in both directions that surveys use', () => {
    expect(codingsOf('0', '1')).toContainEqual({ '1': '1', '2': '0' });
    expect(codingsOf('0', '1')).toContainEqual({ '1': '0', '2': '1' });
  });
});

describe('a cell of the output', () => {
  it('never starts a formula in a spreadsheet', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (start, rest) => {
        const cell = csvCell(`${start}${rest}`).replace(/^"/, '');
        expect(/^[=@\t\r]/.test(cell)).toBe(false);
        if (/^[+-]/.test(cell)) expect(Number.isFinite(Number(cell))).toBe(true);
      }),
    );
  });
});

describe('the delimiter', () => {
  it('is the one that stands most often in the header, outside quotes', () => {
    expect(delimiterOf('a,b,c\n1;2;3;4;5')).toBe(',');
    expect(delimiterOf('"a,b,c,d";b;c\n')).toBe(';');
    expect(delimiterOf('a\tb\n')).toBe('\t');
    expect(delimiterOf('a\n')).toBe(',');
  });
});

describe('--where', () => {
  const test = (condition: string, cell: string): boolean | undefined => {
    const parsed = parseWhere(condition);
    return parsed._tag === 'Right' ? meets(parsed.right, cell) : undefined;
  };

  it('compares numbers as numbers, and a cell that is no number meets no inequality', () => {
    expect([
      test('a>=20', '20'),
      test('a>=20', '19'),
      test('a>=20', ''),
      test('a<20', ''),
      test('a>=20', 'x'),
    ]).toEqual([true, false, false, false, false]);
    expect([
      test('a=1', '1.0'),
      test('a=x', 'x'),
      test('a!=1', '2'),
      test('a = x y', 'x y'),
      test('a=', ''),
      test('a=0', ''),
    ]).toEqual([true, true, true, true, true, false]);
  });

  it('needs a comparison, and a number beside < and >', () => {
    expect([test('a', '1'), test('a>x', '1'), test('=1', '1')]).toEqual([undefined, undefined, undefined]);
  });
});
