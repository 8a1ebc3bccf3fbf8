import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import {
  type Evaluation,
  evaluate,
  FALSE,
  OPEN,
  outcomes,
  TRUE,
  valuesOf,
} from '../../src/formula/evaluate.js';
import { lowerFormulas, lowerModel } from '../../src/formula/lower-model.js';
import type { Program, Verdict } from '../../src/formula/normal-form.js';
import { applyGates, decide, isWithoutItems, NONE_AMONG, reach } from '../../src/formula/partial-form.js';
import { buildModel, type Sketch } from './build-model.js';

const ABSENT = -2;
const POINTS = [0, 1, 3];
const ITEMS = ['q1', 'q2', 'q3', 'q4', 'q5'];

/** A formula with what it means: a plain reading of its text over the points of each item. */
interface Meaning<T> {
  readonly text: string;
  readonly of: (points: readonly number[]) => T;
}

const itemIndex = fc.nat({ max: ITEMS.length - 1 });
const points = (all: readonly number[], i: number): number => all[i] ?? Number.NaN;

const { number, test } = fc.letrec<{ number: Meaning<number>; test: Meaning<boolean> }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    itemIndex.map((i) => ({ text: `q${i + 1}`, of: (all: readonly number[]) => points(all, i) })),
    fc.tuple(itemIndex, itemIndex).map(([a, b]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      return {
        text: `sum(q${from + 1}..q${to + 1})`,
        of: (all: readonly number[]) => all.slice(from, to + 1).reduce((x, y) => x + y, 0),
      };
    }),
    fc.tuple(itemIndex, itemIndex, fc.constantFrom('max', 'min')).map(([a, b, name]) => ({
      text: `${name}(q${a + 1}, q${b + 1})`,
      of: (all: readonly number[]) => (name === 'max' ? Math.max : Math.min)(points(all, a), points(all, b)),
    })),
    fc.tuple(tie('number'), tie('number'), fc.constantFrom('+', '-')).map(([a, b, sign]) => ({
      text: `(${a.text} ${sign} ${b.text})`,
      of: (all: readonly number[]) => (sign === '+' ? a.of(all) + b.of(all) : a.of(all) - b.of(all)),
    })),
    fc.tuple(tie('number'), fc.constantFrom(2, 0.5)).map(([a, factor]) => ({
      text: `(${a.text} * ${factor})`,
      of: (all: readonly number[]) => a.of(all) * factor,
    })),
    fc.array(tie('test'), { minLength: 1, maxLength: 3 }).map((tests) => ({
      text: `count(${tests.map(({ text }) => text).join(', ')})`,
      of: (all: readonly number[]) => tests.filter((one) => one.of(all)).length,
    })),
    fc.tuple(tie('test'), tie('number'), tie('number')).map(([c, a, b]) => ({
      text: `(if ${c.text} then ${a.text} + 0 else ${b.text})`,
      of: (all: readonly number[]) => (c.of(all) ? a.of(all) : b.of(all)),
    })),
    fc.tuple(tie('test'), fc.nat({ max: 3 }), fc.nat({ max: 3 })).map(([c, a, b]) => ({
      text: `(if ${c.text} then ${a} else ${b})`,
      of: (all: readonly number[]) => (c.of(all) ? a : b),
    })),
  ),
  test: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(itemIndex, fc.constantFrom(...POINTS), fc.boolean()).map(([i, code, isNot]) => ({
      text: `q${i + 1} is ${isNot ? 'not ' : ''}"${code}"`,
      of: (all: readonly number[]) => (points(all, i) === code) !== isNot,
    })),
    fc
      .tuple(tie('number'), fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.integer({ min: -1, max: 8 }))
      .map(([a, operator, limit]) => ({
        text: `${a.text} ${operator} ${limit < 0 ? `(0 - ${-limit})` : limit}`,
        of: (all: readonly number[]) => compared(a.of(all), operator, limit),
      })),
    fc.tuple(tie('test'), tie('test'), fc.constantFrom('and', 'or')).map(([a, b, op]) => ({
      text: `(${a.text} ${op} ${b.text})`,
      of: (all: readonly number[]) => (op === 'and' ? a.of(all) && b.of(all) : a.of(all) || b.of(all)),
    })),
    tie('test').map((a) => ({ text: `not (${a.text})`, of: (all: readonly number[]) => !a.of(all) })),
  ),
}));

function compared(a: number, operator: string, b: number): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

const everyForm = (count: number): readonly number[][] =>
  count === 0 ? [[]] : everyForm(count - 1).flatMap((rest) => POINTS.map((_, choice) => [...rest, choice]));
const FORMS = everyForm(ITEMS.length);

const items = Object.fromEntries(ITEMS.map((id) => [id, POINTS]));
/** Reads every item, so that none is unread. */
const ALL_READ = { all: ['sum(q1..q5)', 0, 15] } as const;

const evaluation = (program: Program, at: readonly number[]): Evaluation => ({
  program,
  at,
  among: {},
  known: {},
});

/** The program, or `null` where the definition is refused for what this test is not about (a dead verdict, a range). */
function tryLower(sketch: Sketch): Program | null {
  const lowered = lowerModel(buildModel(sketch));
  if (isRight(lowered)) return lowered.right;
  const expected = ['dead-cut-off', 'dead-gate', 'too-many-pivots', 'gate-overlap'];
  expect(lowered.left.filter(({ code }) => !expected.includes(code))).toEqual([]);
  return null;
}

/**
 * A form in full, by the letter of the language: open items are filled in, and each gate in turn skips those of its items
 * that were open, unless one of the others contradicts it.
 */
function fillIn(
  program: Program,
  recorded: readonly number[],
  filling: readonly number[],
): readonly number[] {
  const at = recorded.map((one, i) => (one === OPEN ? (filling[i] ?? 0) : one));
  for (const gate of program.gates) {
    const { effect, targets, verdict } = gate;
    if (effect.kind === 'stops' || outcomes(verdict.test, evaluation(program, at)) !== TRUE) continue;
    const contradicted = targets.some((target, i) => {
      const known = recorded[target] ?? OPEN;
      return known !== OPEN && (effect.kind === 'not-applicable' || effect.as[i] !== known);
    });
    if (contradicted) continue;
    targets.forEach((target, i) => {
      if (recorded[target] === OPEN) at[target] = effect.kind === 'points' ? (effect.as[i] ?? 0) : ABSENT;
    });
  }
  return at;
}

const completions = (program: Program, recorded: readonly number[]): readonly (readonly number[])[] =>
  FORMS.filter((form) => form.every((choice, i) => recorded[i] === OPEN || recorded[i] === choice)).map(
    (form) => fillIn(program, recorded, form),
  );

const enumerated = (program: Program, verdict: Verdict, recorded: readonly number[]): number =>
  completions(program, recorded).reduce(
    (seen, at) => seen | outcomes(verdict.test, evaluation(program, at)),
    0,
  );

const partial = fc.array(
  fc.oneof({ weight: 3, arbitrary: fc.constant(OPEN) }, { weight: 2, arbitrary: fc.nat({ max: 2 }) }),
  {
    minLength: ITEMS.length,
    maxLength: ITEMS.length,
  },
);

const gate = fc.record({
  test: fc.oneof(
    fc.tuple(fc.constantFrom('q1', 'q2'), fc.constantFrom(...POINTS)).map(([q, code]) => `${q} is "${code}"`),
    fc.constantFrom('q1 + q2 = 0', 'q1 + q2 >= 4', 'q1 >= 1', 'q1 + q2 = 3', 'q1 >= 1 and q2 is not "3"'),
  ),
  then: fc.constantFrom('q3', 'q3..q4', 'q4..q5', 'q3..q5'),
  effect: fc.constantFrom(
    { kind: 'points', points: 0 } as const,
    { kind: 'points', points: 1 } as const,
    { kind: 'points', points: 3 } as const,
    { kind: 'not-applicable' } as const,
  ),
});
const second = fc.record({
  test: fc.constantFrom('q3 is "0"', 'q1 + q3 <= 1', 'q3 >= 1'),
  then: fc.constantFrom('q4', 'q4..q5'),
  effect: fc.constantFrom({ kind: 'points', points: 0 } as const, { kind: 'points', points: 3 } as const),
});
const gates = fc
  .tuple(fc.option(gate), fc.option(second))
  .map((all) =>
    all.flatMap((one) => (one === null ? [] : [{ if: one.test, then: one.then, effect: one.effect }])),
  );

describe('lowering', () => {
  it('keeps the meaning of every condition', () => {
    fc.assert(
      fc.property(test, (formula) => {
        const program = tryLower({
          items,
          scores: { all: [...ALL_READ.all] },
          cutOffs: { met: formula.text },
        });
        const verdict = program?.cutOffs[0]?.verdict;
        if (program === null || verdict === undefined) return;
        for (const form of FORMS) {
          const meant = formula.of(form.map((choice) => POINTS[choice] ?? 0));
          expect(outcomes(verdict.test, evaluation(program, form))).toBe(meant ? TRUE : FALSE);
        }
      }),
    );
  });

  it('keeps the value of every score, and finds its exact range', () => {
    fc.assert(
      fc.property(number, (formula) => {
        const values = FORMS.map((form) => formula.of(form.map((choice) => POINTS[choice] ?? 0)));
        const range = [Math.min(...values), Math.max(...values)] as const;
        const model = buildModel({
          items,
          scores: { all: [...ALL_READ.all], value: [formula.text, ...range] },
        });
        const lowered = lowerModel(model);
        if (isLeft(lowered)) {
          expect(lowered.left.map(({ code }) => code)).toEqual(['too-many-pivots']);
          return;
        }
        const score = lowered.right.scores.find(({ id }) => id === 'value');
        FORMS.forEach((form, i) => {
          const found = score && [
            ...new Set(valuesOf(evaluate(score.value, evaluation(lowered.right, form)))),
          ];
          expect(found?.map((value) => value / (score?.scale ?? 1))).toEqual([values[i]]);
        });
      }),
    );
  });
});

describe('exactness', () => {
  it('decides every verdict as the enumeration of completions does, through every gate', () => {
    fc.assert(
      fc.property(
        test,
        gates,
        fc.array(partial, { minLength: 5, maxLength: 5 }),
        (formula, gating, forms) => {
          const sketch: Sketch = {
            items,
            gates: gating,
            cutOffs: { met: formula.text, spare: 'sum(q1..q5) >= 6' },
          };
          const program = tryLower(sketch);
          if (program === null) return;
          for (const recorded of forms) {
            const form = applyGates(program, { at: recorded, among: NONE_AMONG });
            for (const { verdict } of program.cutOffs) {
              expect(decide(verdict, form)).toBe(enumerated(program, verdict, recorded));
            }
          }
        },
      ),
      { numRuns: fc.readConfigureGlobal()?.numRuns ?? 300 },
    );
  });

  it('lists exactly the values that the completions of a form give a score', () => {
    fc.assert(
      fc.property(
        number,
        gates,
        fc.array(partial, { minLength: 5, maxLength: 5 }),
        (formula, gating, forms) => {
          const levels = {
            graded: {
              of: 'value',
              levels: [
                ['a', 0],
                ['b', 1],
                ['c', 2],
              ],
            },
          } as const;
          const scores = { all: [...ALL_READ.all], value: [formula.text, 0, 0] } as const;
          const made = lowerFormulas(buildModel({ items, gates: gating, scores, bands: levels }));
          if (isLeft(made)) {
            expect(['too-many-pivots', 'gate-overlap']).toContain(made.left[0]?.code);
            return;
          }
          const lowered = made.right.program;
          const score = lowered.scores.find(({ id }) => id === 'value');
          if (score === undefined) return;
          for (const recorded of forms) {
            const form = applyGates(lowered, { at: recorded, among: NONE_AMONG });
            // Where none of its items applies a score has no value: for certain here, or on some completions.
            if (isWithoutItems(score.items, form)) continue;
            const meant = new Set(
              completions(lowered, recorded)
                .map((at) => evaluation(lowered, at))
                .filter((completed) => !isWithoutItems(score.items, completed))
                .flatMap((completed) => [...valuesOf(evaluate(score.value, completed))]),
            );
            const found = reach(score, form);
            expect(new Set(valuesOf(found))).toEqual(meant);
            expect([found.lowest, found.highest]).toEqual([Math.min(...meant), Math.max(...meant)]);
          }
        },
      ),
      { numRuns: fc.readConfigureGlobal()?.numRuns ?? 300 },
    );
  });
});

describe('exactness with number items and context', () => {
  const measured: Sketch['items'] = {
    q1: POINTS,
    q2: POINTS,
    w: { number: { min: 1, max: 3, step: 0.5 } },
    h: { number: { min: 1, max: 4, step: 1 } },
  };
  const limit = fc.integer({ min: 0, max: 16 }).map((n) => n / 2);
  const atom = fc
    .tuple(
      fc.constantFrom(
        'w',
        'h',
        'w / h',
        'w / (h * h)',
        'w * h',
        'h - w',
        'w + q1',
        '(h - w) / h * 2',
        'q1 + q2',
        'h * h',
        'w * 2 - q2',
      ),
      fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
      limit,
    )
    .map(([left, operator, right]) => `${left} ${operator} ${right}`);
  const bySex = fc.constantFrom('sex is male', 'sex is female', 'sex is not male');
  const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      atom,
      bySex,
      fc
        .tuple(tie('condition'), tie('condition'), fc.constantFrom('and', 'or'))
        .map(([a, b, op]) => `(${a} ${op} ${b})`),
      tie('condition').map((a) => `not (${a})`),
      fc
        .tuple(tie('condition'), tie('condition'))
        .map(([a, b]) => `(if ${a} then 2 else if ${b} then 1 else 0) >= 1`),
      fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `count(${a}, ${b}, q1 >= 1) = 2`),
    ),
  }));
  const full = [
    [0, 1, 2],
    [0, 1, 2],
    [10, 15, 20, 25, 30],
    [1, 2, 3, 4],
    [0, 1],
  ].reduce<number[][]>((rest, values) => rest.flatMap((one) => values.map((value) => [...one, value])), [[]]);
  const known = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
  const recordings = fc.array(fc.tuple(fc.constantFrom(...full), known), { minLength: 5, maxLength: 5 });

  it('decides every verdict as the enumeration of completions does, or refuses it', () => {
    let [tried, lowered] = [0, 0];
    fc.assert(
      fc.property(condition, recordings, (formula, forms) => {
        tried += 1;
        const cutOffs = { met: formula, spare: 'sex is male and q1 + q2 + w + h >= 6' };
        const made = lowerFormulas(buildModel({ items: measured, cutOffs }));
        if (isLeft(made)) {
          expect(['mixed-measurement', 'too-many-pivots']).toContain(made.left[0]?.code);
          return;
        }
        lowered += 1;
        const { program } = made.right;
        for (const [values, isKnown] of forms) {
          const recorded = values.map((value, i) => (isKnown[i] ? value : OPEN));
          const form = applyGates(program, { at: recorded, among: NONE_AMONG });
          const completed = full.filter((one) => one.every((value, i) => !isKnown[i] || values[i] === value));
          for (const { verdict } of program.cutOffs) {
            const meant = completed.reduce(
              (seen, at) => seen | outcomes(verdict.test, evaluation(program, at)),
              0,
            );
            expect(decide(verdict, form)).toBe(meant);
          }
        }
      }),
      { numRuns: fc.readConfigureGlobal()?.numRuns ?? 300 },
    );
    expect(lowered).toBeGreaterThan(tried / 6);
  });
});
