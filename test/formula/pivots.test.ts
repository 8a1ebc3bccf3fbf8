import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { Pivot } from '../../src/formula/normal-form.js';
import { buildModel, questions, type Sketch, upTo } from './build-model.js';

const lower = (sketch: Sketch) => {
  const lowered = lowerModel(buildModel(sketch));
  if (isLeft(lowered))
    throw new Error(lowered.left.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  const program = lowered.right;
  const idOf = (variable: number): string => String(program.variables[variable]?.id);
  const shown = ({
    pivots,
    reads,
  }: {
    readonly pivots: readonly Pivot[];
    readonly reads: readonly number[];
  }) => ({
    pivots: pivots.map(({ variable, values }) => [idOf(variable), values]),
    reads: reads.map(idOf),
  });
  const at =
    (all: readonly ReturnType<typeof shown>[]) =>
    (index: number): ReturnType<typeof shown> =>
      all[index] ?? { pivots: [], reads: [] };
  return {
    flag: at(program.flags.map(({ verdict }) => shown(verdict))),
    score: at(program.scores.map(shown)),
  };
};
const codes = (sketch: Sketch) => {
  const lowered = lowerModel(buildModel(sketch));
  return isLeft(lowered) ? lowered.left.map(({ code, where }) => `${code} ${where.join('.')}`) : [];
};

const drop = (condition: string, then: string | readonly string[]) =>
  ({ if: condition, then, effect: { kind: 'not-applicable' } }) as const;
const points = (condition: string, then: string | readonly string[], count = 0) =>
  ({ if: condition, then, effect: { kind: 'points', points: count } }) as const;
const days = { number: { min: 0, max: 20, step: 1 } };

describe('a gate', () => {
  it('that pushes one way needs no pivot, and is read with all that opens it', () => {
    const { flag } = lower({
      items: questions(3, upTo(2)),
      gates: [points('q1 is "0"', 'q2'), points('q2 is "0"', 'q3')],
      flags: { third: 'q3 >= 1' },
    });
    expect(flag(0)).toEqual({ pivots: [], reads: ['q1', 'q2', 'q3'] });
  });

  it('is tried value by value for the values of a score, though not for a verdict', () => {
    const { flag, score } = lower({
      items: questions(3, upTo(2)),
      gates: [points('q1 is "0"', 'q2..q3')],
      scores: { total: ['sum(q1..q3)', 0, 6] },
      flags: { many: 'total >= 3' },
    });
    expect(score(0).pivots).toEqual([['q1', [0, 1, 2]]]);
    expect(flag(0).pivots).toEqual([]);
  });

  it('over an item that is itself tried is tried with it, whatever else it skips', () => {
    const { flag } = lower({
      items: { q0: upTo(2), ...questions(4, upTo(2)) },
      gates: [points('q0 is "0"', ['q1', 'q3']), drop('q1 is "1"', 'q2')],
      flags: { most: 'max(q2, q4) >= 1', third: 'q3 >= 1' },
    });
    expect(flag(0).pivots.map(([id]) => id)).toEqual(['q0', 'q1']);
    expect(flag(1).pivots).toEqual([]);
  });

  it('over an item that counts the same whatever is answered makes no difference', () => {
    const { flag } = lower({
      items: { days, q1: upTo(2), q2: { a: 1, b: 1 } },
      gates: [points('days >= 3', 'q2', 1)],
      flags: { many: 'q1 + q2 >= 2' },
    });
    expect(flag(0)).toEqual({ pivots: [], reads: ['days', 'q1', 'q2'] });
  });

  it('over a number item in an exact set, or pushed both ways, has no one direction', () => {
    const gated = (when: string) =>
      lower({
        items: { q1: upTo(1), days, q2: upTo(1), q3: upTo(1) },
        gates: [points('q1 is "0"', 'days')],
        flags: { odd: when, rest: 'any(q2, q3)' },
      }).flag(0).pivots;
    expect(gated('days >= 3 and days <= 5')).toEqual([['q1', [0, 1]]]);
    expect(gated('(days >= 10 and q2 >= 1) or (days <= 3 and q3 >= 1)')).toEqual([
      ['q1', [0, 1]],
      ['days', [0, 4, 10, 20]],
    ]);
    expect(gated('days >= 10')).toEqual([]);
    expect(gated('days <= 10')).toEqual([]);
  });
});

describe('the values to try of an item', () => {
  /** Those of the items in the condition of a gate whose item drops out of a greatest value. */
  const tried = (items: Sketch['items'], condition: string, gates: NonNullable<Sketch['gates']> = []) =>
    Object.fromEntries(
      lower({
        items: { ...items, q2: upTo(2), q3: upTo(2) },
        gates: [...gates, drop(condition, 'q2')],
        flags: { most: 'max(q2, q3) >= 1', read: 'q2 >= 1' },
      }).flag(0).pivots,
    );
  const four = upTo(3);

  it('are one of those that act alike in the condition, in rising order', () => {
    const { flag } = lower({
      items: { q1: four, q2: four },
      gates: [drop('q1 is "1"', 'q2')],
      flags: { most: 'max(q1, q2) >= 2' },
    });
    expect(flag(0).pivots).toEqual([['q1', [0, 1, 3]]]);
  });

  it('are found in each part of a condition', () => {
    const items = { q1: upTo(2), q4: upTo(2) };
    const both = { q1: [0, 1], q4: [0, 1] };
    expect(tried(items, 'q1 is "1" and q4 is "1"')).toEqual(both);
    expect(tried(items, 'q1 is "1" or q4 is "1"')).toEqual(both);
    expect(tried(items, 'q1 is "0" and q4 >= 1')).toEqual(both);
    expect(tried(items, 'q1 + q4 <= 1')).toEqual({ q1: [0, 1, 2], q4: [0, 1, 2] });
    expect(tried(items, 'not (q1 is "1" and q4 is "1")')).toEqual(both);
  });

  it('are those that the sum tells apart, over all that the others can add to it', () => {
    expect(tried({ q1: four, q4: { a: 1, b: 1 } }, 'q1 + q4 >= 3')).toEqual({ q1: [0, 2] });
    expect(tried({ q1: upTo(5), q4: [0, 6] }, 'q1 + q4 = 0 or q1 + q4 = 2')).toEqual({
      q1: [0, 1],
      q4: [0, 1],
    });
    const items = { q0: upTo(1), q4: [1, 2], q1: four };
    expect(tried(items, 'q1 + q4 >= 3', [points('q0 is "0"', 'q4', 1)])['q1']).toEqual([0, 1, 2]);
    expect(tried(items, 'q1 + q4 >= 3', [drop('q0 is "0"', 'q4')])['q1']).toEqual([0, 1, 2, 3]);
  });

  it('are those of different points in a greatest value', () => {
    expect(tried({ q1: { a: 0, b: 0, c: 2 }, q4: upTo(2) }, 'max(q1, q4) >= 2')).toEqual({
      q1: [0, 2],
      q4: [0, 1, 2],
    });
    expect(tried({ q1: [0, 1, 3], q4: [0, 5] }, 'max(q1, q4) >= 3')).toEqual({ q1: [0, 1, 2], q4: [0, 1] });
  });

  it('cannot be told where a number item is added to others', () => {
    const beside = (gates: NonNullable<Sketch['gates']>) =>
      codes({
        items: { q0: upTo(1), days, q1: four, q2: upTo(2), q3: upTo(2) },
        gates: [...gates, drop('q1 + days >= 10', 'q2')],
        flags: { most: 'max(q2, q3) >= 1', zero: 'q0 >= 1' },
      });
    expect(beside([])).toEqual(['mixed-measurement flags.most.when']);
    expect(beside([drop('q0 is "0"', 'days')])).toEqual(['mixed-measurement flags.most.when']);
  });

  it('of a number item are both ends and the first count past each threshold that it can be', () => {
    const counts = (item: Sketch['items'][string], when: string) =>
      lower({ items: { days: item, q1: upTo(1), q2: upTo(1) }, flags: { odd: when } }).flag(0).pivots;
    expect(counts(days, '(days >= 3 and days <= 19 and q1 >= 1) or (days = 20 and q2 >= 1)')).toEqual([
      ['days', [0, 3, 20]],
    ]);
    const byFours = { number: { min: 4, max: 20, step: 4 } };
    expect(counts(byFours, '(days >= 9 and q1 >= 1) or (days <= 13 and q2 >= 1)')).toEqual([
      ['days', [4, 12, 16, 20]],
    ]);
    expect(counts(days, '(days >= 3 and q1 >= 1) or (days = 0 and q2 >= 1)')).toEqual([
      ['days', [0, 1, 3, 20]],
    ]);
    expect(counts(days, '((days = 0 or days = 20) and q1 >= 1) or (days >= 3 and q2 >= 1)')).toEqual([
      ['days', [0, 1, 3, 20]],
    ]);
  });
});

describe('an item that stands twice', () => {
  const pivotsOf = (when: string, more: Partial<Sketch> = {}) =>
    lower({
      items: questions(4, upTo(2)),
      ...more,
      flags: { odd: when, rest: 'q1 + q2 + q3 + q4 >= 4' },
    }).flag(0).pivots;
  const chosen = (formula: string): Partial<Sketch> => ({ scores: { s: [formula, 0, 4] } });

  it('needs no trial where it pushes the same way at both places', () => {
    expect(pivotsOf('max(q1, q2) - max(q3, q4) >= 1 or q1 >= 2')).toEqual([]);
    expect(pivotsOf('max(q1, q2) - max(q3, q4) >= 1 and q3 <= 1')).toEqual([]);
    expect(pivotsOf('max(q1, q2) - max(q3, q4) >= 1 and q3 >= 1')).toEqual([['q3', [0, 1, 2]]]);
    expect(pivotsOf('min(q1 + q2, q3 + q4) >= 2 and q1 <= 1')).toEqual([['q1', [0, 1, 2]]]);
    expect(pivotsOf('min(q1 + q2, q3 + q4) >= 2 and q1 >= 1')).toEqual([]);
  });

  it('chooses between two numbers one way where the one begins as the other ends', () => {
    expect(pivotsOf('s >= 3 or q1 >= 2', chosen('if q1 >= 1 then q2 + 2 else q3'))).toEqual([]);
    expect(pivotsOf('s >= 3 or q1 = 0', chosen('if q1 >= 1 then q3 else q2 + 2'))).toEqual([]);
    const over = { scores: { s: ['if q1 >= 1 then q2 + 1 else q3', 0, 3] } } as const;
    expect(pivotsOf('s >= 2 or q1 >= 2', over).map(([id]) => id)).toEqual(['q1']);
  });
});

describe('a number item in a score', () => {
  const pivotsOf = (formula: string, range: readonly [number, number], when: string) =>
    lower({
      items: { days, q1: upTo(1), q2: upTo(1) },
      scores: { s: [formula, ...range] },
      flags: { odd: when },
    }).flag(0).pivots;

  it('is tried at the first count past each threshold of the score', () => {
    expect(pivotsOf('days * 2 + 1', [1, 41], '(s >= 6 and q1) or (s <= 20 and q2)')).toEqual([
      ['days', [0, 3, 10, 20]],
    ]);
    expect(pivotsOf('40 - days * 2', [0, 40], '(s >= 7 and q1) or (s <= 30 and q2)')).toEqual([
      ['days', [0, 5, 17, 20]],
    ]);
  });

  it('is refused where beside another it pushes both ways', () => {
    const found = (when: string) =>
      codes({ items: { days, h: days, q1: upTo(1), q2: upTo(1) }, flags: { odd: when } });
    expect(found('(days + h >= 5 and q1) or (days <= 2 and q2)')).toEqual([
      'mixed-measurement flags.odd.when',
    ]);
    expect(found('(days + h >= 5 and q1) or (days >= 2 and q2)')).toEqual([]);
  });
});

describe('a number that is asked to be one value', () => {
  /** Sums of 0 or 1 and of distinct multiples of three, of which none is two above such a multiple. */
  const never = (count: number) => {
    const items: Sketch['items'] = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`q${i + 1}`, [0, i === 0 ? 1 : 3 * 2 ** i]]),
    );
    return codes({ items, flags: { odd: `sum(q1..q${count}) = 5` } });
  };

  it('is looked for among up to 4,096 values, and refused among more, as not all of them are listed', () => {
    expect(never(12)).toEqual(['dead-flag flags.odd.when']);
    expect(never(13)).toEqual(['too-many-pivots flags.odd.when']);
  });

  it('is looked for value by value among more, by one answer of those that count alike', () => {
    const items = { q1: { a: [0, 1000], b: 0 }, q2: { a: 0, b: 0, c: 1, d: 2, e: 3, f: 4, g: 5 } } as const;
    const { pivots } = lower({ items, flags: { odd: 'q1 + 1001 * q2 = 2500' } }).flag(0);
    expect(pivots.map(([id]) => id)).toEqual(['q1', 'q2']);
    expect(pivots[1]).toEqual(['q2', [0, 2, 3, 4, 5, 6]]);
  });

  it('is looked for value by value also where it is the greatest of one item of too many points', () => {
    const gaps = {
      a: [0, 1000],
      b: [2000, 3000],
      c: [4000, 5000],
      d: [6000, 7000],
      e: [8000, 9000],
    } as const;
    expect(codes({ items: { q1: gaps }, flags: { odd: 'max(q1) = 1500' } })).toEqual([
      'dead-flag flags.odd.when',
    ]);
  });

  it('needs no trial of an item that can move it only where another is left out', () => {
    const same = { a: 1, b: 1 };
    const { flag } = lower({
      items: { q0: upTo(2), q1: same, q2: upTo(5), q3: same, q4: same, q5: same },
      gates: [drop('q0 is "0"', 'q1'), drop('q0 is "1"', 'q3'), drop('q0 is "2"', 'q4')],
      flags: { odd: '(if q1 >= 1 then 0 else q2) + q3 + q4 + q5 = 2' },
    });
    expect(flag(0).pivots).toEqual([['q0', [0, 1, 2]]]);
  });

  it('is refused where a number item comes into it, if only where another item is left out', () => {
    const found = (otherwise: string) =>
      codes({
        items: {
          q0: upTo(2),
          q1: { a: 1, b: 1 },
          q2: upTo(9),
          q3: upTo(1),
          tens: { number: { min: 0, max: 20, step: 10 } },
        },
        gates: [drop('q0 is "0"', 'q1')],
        flags: { odd: `(if q1 >= 1 then q2 else ${otherwise}) + q3 = 7`, far: 'tens >= 10' },
      });
    expect(found('tens')).toEqual(['mixed-measurement flags.odd.when']);
    expect(found('9')).toEqual([]);
  });

  it('needs no trial of an item that chooses between two numbers that are the same', () => {
    const same = { a: 1, b: 1 };
    const { flag } = lower({
      items: { days, q1: same, q2: same, q3: upTo(2) },
      flags: { odd: '(if days >= 3 then q1 else q2) + q3 = 2' },
    });
    expect(flag(0)).toEqual({ pivots: [], reads: ['days', 'q1', 'q2', 'q3'] });
  });
});

describe('what a verdict reads', () => {
  it('is also what is rounded', () => {
    const { flag } = lower({ items: questions(2, upTo(3)), flags: { odd: 'round(q1 / 2, 0) + q2 >= 3' } });
    expect(flag(0).reads).toEqual(['q1', 'q2']);
  });

  it('is no item of a quantity that has the place of a score among the quantities', () => {
    const measured = { number: { min: 1, max: 3, step: 1 } };
    const { flag } = lower({
      items: { q1: upTo(2), w: measured, h: measured },
      gates: [drop('q1 is "0"', ['w', 'h'])],
      scores: { total: ['q1 + 1', 1, 3] },
      quantities: { ratio: 'w / h' },
      flags: { high: 'total >= 3', wide: 'ratio >= 2' },
    });
    expect(flag(0).reads).toEqual(['q1']);
    expect(flag(1).reads).toEqual(['q1', 'w', 'h']);
  });
});

describe('a number item by itself', () => {
  it('is a condition that joins with others on it, also where it can be left out', () => {
    const { flag } = lower({
      items: { q1: upTo(2), days },
      gates: [drop('q1 is "0"', 'days')],
      flags: { few: 'days and days <= 3' },
    });
    expect(flag(0).pivots).toEqual([['q1', [0, 1]]]);
  });
});

describe('a score', () => {
  it('has the pivots of its values, and those of its ends for a number item, in form order', () => {
    const { score } = lower({
      items: { days, ...questions(5, upTo(2)) },
      scores: { picked: ['(if days >= 10 then q1 else q2) + (if q3 is "1" then q4 else q5)', 0, 4] },
    });
    expect(score(0).pivots).toEqual([
      ['days', [0, 10, 20]],
      ['q3', [0, 1]],
    ]);
  });

  it('is refused where its values or its scale cannot be held exactly', () => {
    const of = (formula: string, most: number) =>
      codes({ items: questions(3, upTo(2)), scores: { total: [formula, 0, most] } });
    expect(of('sum(q1..q3) * 0.0000000000000001', 6e-16)).toEqual(['too-large scores.total']);
    expect(of('sum(q1..q3) * 10000000000000000', 6e16)).toContain('too-large scores.total');
    expect(of('sum(q1..q3) * 0.001', 0.006)).toEqual([]);
  });
});
