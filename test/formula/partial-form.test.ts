import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { ABSENT, BOTH, OPEN, TRUE, UNREADABLE } from '../../src/formula/evaluate.js';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { Program, ScoreProgram, Verdict } from '../../src/formula/normal-form.js';
import { applyGates, decide, isWithoutItems, NONE_AMONG, reach } from '../../src/formula/partial-form.js';
import { buildModel, questions, type Sketch, upTo } from './build-model.js';

const lower = (sketch: Sketch): Program => {
  const lowered = lowerModel(buildModel(sketch));
  if (isLeft(lowered))
    throw new Error(lowered.left.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return lowered.right;
};

describe('a form on which gates are applied', () => {
  it('keeps what was recorded as it was recorded', () => {
    const program = lower({
      items: questions(3, upTo(2)),
      gates: [
        { if: 'q1 is "0"', then: 'q2', effect: { kind: 'points', points: 0 } },
        { if: 'q1 is "0"', then: 'q3', effect: { kind: 'not-applicable' } },
      ],
      flags: { many: 'q1 + q2 + q3 >= 4' },
    });
    const at = Object.freeze([0, OPEN, OPEN]);
    const form = applyGates(program, { at, among: NONE_AMONG });
    expect(form.at).toEqual([0, 0, ABSENT]);
    expect(form.recorded.at).toEqual([0, OPEN, OPEN]);
  });
});

describe('an answer that is none of the item’s', () => {
  it('leaves the item as open as no answer does', () => {
    const program = lower({
      items: questions(3, upTo(1)),
      flags: { odd: '(q1 is "1" and q2 >= 1) or (q1 is "0" and q3 >= 1)' },
    });
    const verdict = program.flags[0]?.verdict as Verdict;
    expect(verdict.pivots.map(({ variable }) => variable)).toEqual([0]);
    const decided = (at: readonly number[]) =>
      decide(verdict, applyGates(program, { at, among: NONE_AMONG }));
    expect(decided([UNREADABLE, 1, 1])).toBe(TRUE);
    expect(decided([UNREADABLE, 1, 0])).toBe(BOTH);
  });
});

describe('a score', () => {
  it('that is made of no item, but of what is known of the person, applies to every form', () => {
    const program = lower({
      items: { q1: upTo(1) },
      scores: {
        years: [
          '(if sex is female and age >= 65 then 1 else 0) + (if sex is male and age >= 70 then 3 else 0)',
          0,
          3,
        ],
      },
      flags: { one: 'q1 >= 1' },
    });
    const [score] = program.scores as readonly [ScoreProgram];
    expect(score.items).toEqual([]);
    const form = applyGates(program, { at: [OPEN, OPEN, OPEN], among: NONE_AMONG });
    expect(isWithoutItems(score.items, form)).toBe(false);
    expect([...(reach(score, form).values ?? [])].sort()).toEqual([0, 1, 3]);
  });

  it('of which everything is answered is one value, and no list', () => {
    const program = lower({ items: questions(2, upTo(2)), scores: { total: ['sum(q1..q2)', 0, 4] } });
    const [score] = program.scores as readonly [ScoreProgram];
    const form = applyGates(program, { at: [1, 2], among: NONE_AMONG });
    expect(reach(score, form)).toEqual({ lowest: 3, highest: 3, values: null });
  });
});
