import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import {
  AMONG,
  BOTH,
  type Evaluation,
  evaluate,
  FALSE,
  outcomes,
  TRUE,
  UNREADABLE,
} from '../../src/formula/evaluate.js';
import { lowerFormulas } from '../../src/formula/lower-model.js';
import type { Program } from '../../src/formula/normal-form.js';
import { applyGates, NONE_AMONG, reach } from '../../src/formula/partial-form.js';
import { buildModel, questions, type Sketch, upTo, YES_NO } from './build-model.js';
import { differences, tried } from './every-form.js';

function lower(sketch: Sketch): Program {
  const lowered = lowerFormulas(buildModel(sketch));
  if (isLeft(lowered))
    throw new Error(lowered.left.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return lowered.right.program;
}

const count = (min: number, max: number, step = 1) => ({ number: { min, max, step } });
const points = (value: number) => ({ kind: 'points', points: value }) as const;
const NOT_APPLICABLE = { kind: 'not-applicable' } as const;
const loose = (formula: string): readonly [string, number, number] => [formula, 0, 0];

const SKETCHES: Readonly<Record<string, Sketch>> = {
  'tables that rise, fall, or do neither': {
    items: questions(2, upTo(2)),
    tables: {
      rising: [
        [0, 1],
        [1, 1],
        [2, 2],
        [3, 4],
        [4, 5],
      ],
      falling: [
        [0, 5],
        [1, 5],
        [2, 3],
        [3, 2],
        [4, 0],
      ],
      valley: [
        [0, 3],
        [1, 0],
        [2, 1],
        [3, 1],
        [4, 3],
      ],
    },
    scores: {
      sum: loose('q1 + q2'),
      fallen: loose('table(falling, sum)'),
      both: loose('table(falling, q1 + q2) - table(rising, q1 * 2)'),
    },
    cutOffs: {
      low: 'table(falling, q1 + q2) >= 3 and q1 >= 1',
      mid: 'table(valley, q1 + q2) >= 2 or q1 >= 2',
      fallen: 'table(falling, q1 + q2) <= 2 and q1 >= 1',
      risen: 'table(rising, q1 + q2) >= 2 and q1 >= 1',
      high: 'table(rising, q1 + q2) >= 2 and q2 <= 1',
    },
  },
  'a rising table over every count of a number item': {
    items: { w: count(1, 3), q1: YES_NO },
    tables: {
      full: [
        [1, 1],
        [2, 2],
        [3, 4],
      ],
    },
    cutOffs: { met: 'table(full, w) >= 4 and q1 is yes' },
    scores: { value: loose('table(full, w) + q1') },
  },
  'a gate on the greatest of items, which fixes what neither end is': {
    items: questions(3, upTo(2)),
    gates: [{ if: 'max(q1, q2) >= 2', then: 'q3', effect: points(1) }],
    cutOffs: { met: 'q1 + q3 >= 3', low: 'q2 + q3 <= 1' },
    scores: { total: loose('sum(q1..q3)') },
  },
  'a gate that reads one item twice': {
    items: questions(3, upTo(2)),
    gates: [{ if: 'max(q1 + q2, q1 * 2) >= 3', then: 'q3', effect: points(1) }],
    cutOffs: { met: 'q1 + q3 >= 3' },
  },
  'a gate on a score, a set of values, a choice and its opposite': {
    items: questions(4, upTo(2)),
    gates: [
      { if: 'begin >= 2 or q1 is "0"', then: 'q3', effect: points(1) },
      { if: 'not (q1 + q2 = 2 and q3 <= 1)', then: 'q4', effect: points(1) },
    ],
    scores: { begin: loose('q1 + q2') },
    cutOffs: { met: 'q3 + q4 = 2', low: 'q1 + q4 <= 1' },
  },
  'a gate on a number item, alone and beside points': {
    items: { w: count(0, 3), q1: upTo(2), q2: upTo(2), q3: upTo(2) },
    gates: [
      { if: 'w >= 2', then: 'q2', effect: points(1) },
      { if: 'q1 >= 1', then: 'q3', effect: points(1) },
    ],
    cutOffs: { met: 'q2 >= 1 and w <= 2', low: 'q2 + q3 <= 1' },
  },
  'a gate that does not matter to what it skips': {
    items: { ...questions(2, upTo(2)), q3: { a: 1, b: 1 }, q4: upTo(2) },
    gates: [
      { if: 'q1 is "0"', then: 'q2', effect: points(0) },
      { if: 'q2 is "2"', then: 'q3', effect: points(1) },
    ],
    cutOffs: { met: 'q3 + q4 >= 2', also: 'q2 + q3 + q4 >= 4' },
  },
  'a number item that a gate sets to its least or greatest value': {
    items: { q1: upTo(2), w: count(0, 4, 2), h: count(1, 3) },
    gates: [
      { if: 'q1 is "0"', then: 'w', effect: points(0) },
      { if: 'q1 is "1"', then: 'h', effect: points(3) },
    ],
    cutOffs: {
      more: 'w + h >= 4',
      less: '10 - w >= 8',
      least: 'w + q1 <= 2',
      most: '6 - h >= 4 and w >= 2',
      product: 'w * h >= 6',
    },
    scores: { sum: loose('w + h'), gap: loose('h - w') },
  },
  'a number item that a gate sets to a value between': {
    items: { q1: upTo(2), w: count(0, 4, 2) },
    gates: [{ if: 'q1 is "0"', then: 'w', effect: points(2) }],
    cutOffs: { more: 'w + q1 >= 4', less: 'w < 2' },
  },
  'items that a gate takes out of a mean': {
    items: { q0: YES_NO, ...questions(3, upTo(2)) },
    gates: [{ if: 'q0 is no', then: 'q2..q3', effect: NOT_APPLICABLE }],
    scores: { average: loose('mean(q1..q3)') },
    cutOffs: { met: 'mean(q1..q3) >= 1', set: 'mean(q1..q3) = 1', low: 'average <= 0.5' },
  },
  'measurements that a gate takes out': {
    items: { q0: YES_NO, w: count(1, 4), h: count(2, 4), q1: upTo(2) },
    gates: [{ if: 'q0 is no', then: 'w', effect: NOT_APPLICABLE }],
    scores: { average: loose('mean(w, h)'), sum: loose('w + q1') },
    cutOffs: {
      mean: 'mean(w, h) >= 3',
      one: 'w >= 2',
      not: 'not w >= 2',
      between: 'w >= 2 and w <= 2',
      area: 'w * h >= 6',
      heavy: 'w + q1 >= 3',
      most: 'max(w, q1) >= 3',
      inside: 'w >= 2 and w <= 3 and q1 >= 1',
      average: 'mean(w, h) <= 2',
      spread: 'mean(w, h) <= 1.5',
    },
  },
  'every item of a score taken out': {
    items: { q0: YES_NO, ...questions(2, [1, 2]) },
    gates: [{ if: 'q0 is no', then: 'q1..q2', effect: NOT_APPLICABLE }],
    scores: { total: loose('sum(q1..q2)'), most: loose('max(q1..q2)'), least: loose('min(q1..q2)') },
    cutOffs: {
      any: 'any(q1 >= 2, q2 >= 2)',
      none: 'not any(q1 >= 2, q2 >= 2)',
      low: 'min(q1, q2) <= 1',
      nothing: 'q1 + q2 = 0',
      few: 'q1 + q2 <= 2',
      much: 'q1 + q2 >= 2',
      least: 'min(q1, q2) = 0',
      most: 'max(q1, q2) >= 1',
      mean: 'mean(q1, q2) <= 0.5',
      average: 'mean(q1, q2) >= 1',
    },
  },
  'the greatest and least of measurements': {
    items: { w: count(0, 2), h: count(0, 3), q1: upTo(1) },
    cutOffs: {
      max: 'max(w, h) >= 2',
      base: 'max(w + 1, h) >= 3',
      twice: 'max(w, w * 2) >= 3',
      min: 'min(w * 2, h, q1 + 1) >= 2',
      points: 'max(q1, q1 * 3) >= 3 and w >= 1',
    },
  },
  'scores that share items': {
    items: questions(3, upTo(2)),
    scores: {
      a: loose('q1 + q2'),
      b: loose('q2 * 2 - q3'),
      most: loose('max(a, b)'),
      gap: loose('a - b'),
      signed: loose('if q1 >= 1 then -(q2) else 2'),
      stepped: loose('(if q1 >= 1 then -1 else if q2 >= 1 then -2 else 0) + q3'),
      rounded: loose('round((q1 - q3) / 4, 0)'),
      halves: loose('max(q1 / 2, q3 / 4)'),
      raised: loose('a + 1'),
    },
    cutOffs: { most: 'max(a, b) >= 2', gap: 'a - b >= 1', between: 'most >= 1 and most <= 2' },
  },
  'a score whose least value a measurement does not reach by itself': {
    items: { w: count(0, 3), q1: upTo(2) },
    scores: {
      odd: loose('count(w >= 2, q1 >= 1) - count(w >= 3, q1 >= 2) * 2'),
      reversed: loose('10 - w'),
      own: loose('w'),
    },
    cutOffs: {
      reversed: 'reversed >= 8 and w >= 1',
      either: '(reversed >= 9 and q1 is "0") or (own >= 2 and q1 is "2")',
    },
  },
  'a measurement that opens a gate and pushes a score both ways': {
    items: { w: count(0, 4), q1: upTo(2) },
    gates: [{ if: 'w >= 2', then: 'q1', effect: points(1) }],
    scores: { odd: loose('count(w >= 1, q1 >= 1) - count(w >= 3) * 2') },
    cutOffs: { met: 'q1 >= 1 and w <= 3' },
  },
  'an item that can only be answered in one way': {
    items: { q0: { only: 1 }, ...questions(2, upTo(2)) },
    gates: [{ if: 'q0 + q1 >= 2', then: 'q2', effect: points(1) }],
    cutOffs: { met: 'q1 + q2 >= 3' },
  },
  'answers that act alike on a gate': {
    items: { q1: upTo(4), q2: upTo(1), q3: upTo(2), q4: upTo(2), q5: upTo(2) },
    gates: [
      { if: 'q1 + q2 >= 3', then: 'q3', effect: points(1) },
      { if: 'q1 + q2 = 2', then: 'q4', effect: points(1) },
      { if: 'begin >= 4', then: 'q5', effect: points(1) },
    ],
    scores: { begin: loose('q1 + q2') },
    cutOffs: { first: 'q3 + q2 >= 2', second: 'q4 + q2 >= 2', third: 'q5 + q2 >= 2' },
  },
  'answers that act alike on a gate of one of two sums, and not of the other': {
    items: { q1: upTo(3), q2: upTo(3), q3: upTo(2) },
    gates: [{ if: 'q1 + q2 <= 1 or not q1 - q2 <= 1', then: 'q3', effect: points(1) }],
    cutOffs: { met: 'q3 >= 1 and q3 + q1 <= 3' },
  },
  'an answer between two that go further': {
    items: questions(3, upTo(4)),
    cutOffs: { met: 'count(q1 >= 2, q2 >= 1) = 1 and q1 + q3 >= 4' },
  },
  'a measurement in steps from above nothing': {
    items: { w: count(10, 40, 10), q1: YES_NO },
    scores: { rest: loose('100 - w'), own: loose('w + 5') },
    cutOffs: {
      either: '(rest >= 75 and q1 is yes) or (rest <= 65 and q1 is no)',
      own: '(own >= 28 and q1 is yes) or (own <= 32 and q1 is no)',
      inside: '(w >= 20 and w <= 30 and q1 is yes) or (w >= 30 and q1 is no)',
      outside: '(w * 3 <= 70 and q1 is yes) or (70 <= w * 3 and q1 is no)',
    },
  },
  'a member with a measurement from above nothing': {
    items: { 'b.w': count(10, 30, 10) },
    members: [{ panel: 'measure', id: 'b', asked: 'chosen' }],
    scores: { 'b.sum': loose('w') },
    cutOffs: { few: 'any(measure.* : sum < 25)' },
  },
  'two gates that push one way, against each other, or not at all': {
    items: questions(4, upTo(2)),
    gates: [
      { if: 'q1 is "0"', then: 'q3..q4', effect: points(0) },
      { if: 'q2 is "2"', then: 'q4', effect: points(0) },
    ],
    cutOffs: { sum: 'q3 + q4 >= 3', gap: 'q3 - q4 >= 1', one: 'q3 >= 1 and q1 <= 1', both: 'q4 - q3 >= 1' },
  },
  'numbers that are taken away, chosen, rounded or counted': {
    items: questions(3, upTo(2)),
    cutOffs: {
      away: '5 - max(q1 + q2, q3) >= 3 and q1 <= 1',
      higher: '(if q1 >= 1 then q2 + 3 else q3) + 0 >= 3 and q1 >= 1',
      lower: '(if q1 >= 1 then q2 else q3 + 3) + 0 >= 3 and q1 <= 0',
      rounded: 'round(max(q1 + q2, q3) / 2, 0) >= 1 and q1 <= 1',
      counted: 'count(q1 + q2 = 1, q3 >= 1) = 1 and q1 >= 1',
      twice: 'count(q1 + q2 = 1, q1 + q3 = 2) = 1',
    },
  },
  'a mean from which its lowest item can drop out': {
    items: { q0: YES_NO, q1: [5, 6], q2: [1, 2] },
    gates: [{ if: 'q0 is no', then: 'q2', effect: NOT_APPLICABLE }],
    cutOffs: { high: 'mean(q1, q2) >= 5', low: 'mean(q1, q2) <= 3' },
  },
  'an exact count of what does not apply': {
    items: { q0: YES_NO, w: count(0, 2), q1: YES_NO },
    gates: [{ if: 'q0 is no', then: 'w', effect: NOT_APPLICABLE }],
    cutOffs: { one: 'w = 1', other: 'not w = 1', both: 'w != 1 and q1 is yes' },
  },
  'a rule by sex over an item and a condition': {
    items: questions(2, upTo(2)),
    cutOffs: {
      met: { by: 'sex', branches: { female: 'q1', male: 'q1 + q2 >= 3' } },
      bare: 'if sex is female then q1 else q2 >= 2',
      other: 'if sex is female then q1 >= 2 else q2',
    },
  },
  'items whose answers all have no points': {
    items: { q1: [0, 0], q2: upTo(2) },
    scores: { total: loose('q1 + q2') },
    cutOffs: { met: 'q1 + q2 >= 1', none: 'q1 >= 1 or q2 >= 2' },
  },
  'answers whose points are an interval': {
    items: { q1: { no: 0, unknown: [1, 3], yes: 4 }, q2: { no: 0, 'not-known': [0, 1] }, q3: upTo(2) },
    gates: [{ if: 'q1 >= 1', then: 'q2..q3', effect: points(1) }],
    scores: { total: loose('sum(q1..q3)') },
    cutOffs: { met: 'q1 + q2 >= 3', set: 'q1 + q3 = 2', unknown: 'q1 is unknown and q2 is no' },
  },
  'answers that are an interval in what does not apply': {
    items: { q1: { a: [0, 1], b: 2 }, q2: { no: 0, 'not-known': [1, 2] } },
    gates: [{ if: 'q1 <= 1', then: 'q2', effect: NOT_APPLICABLE }],
    scores: { total: loose('q1 + q2') },
    cutOffs: { met: 'q2 >= 1', low: 'q1 + q2 <= 1' },
  },
  'members of a panel that were not asked': {
    items: { 'c.q0': YES_NO, 'c.q1': upTo(1), 'a.q1': YES_NO, 'a.q2': upTo(2), 'b.w': count(0, 2) },
    members: [
      { panel: 'drug', id: 'a', asked: 'chosen' },
      { panel: 'measure', id: 'b', asked: 'chosen' },
      { panel: 'drug', id: 'c', asked: 'all' },
    ],
    gates: [
      { if: 'q0 is no', member: 'c', then: 'q1', effect: NOT_APPLICABLE },
      { if: 'c.q0 is no', then: 'a.q1', effect: NOT_APPLICABLE },
    ],
    scores: {
      'a.sum': loose('q1 + q2'),
      'b.sum': loose('w'),
      'c.sum': loose('q1'),
      most: loose('max(drug.* : q1)'),
    },
    cutOffs: {
      low: 'any(drug.* : q1 < 1)',
      none: 'count(measure.* : sum < 1) >= 1',
      sum: 'a.sum + b.sum >= 2',
      nothing: 'a.sum + b.sum <= 0',
      fewer: 'any(drug.* : sum < 1)',
      set: 'a.sum = 2 or b.sum >= 1',
    },
  },
  'a choice between numbers of which one can drop out': {
    items: { q0: YES_NO, q1: upTo(1), q2: [1, 2] },
    gates: [{ if: 'q0 is no', then: 'q2', effect: NOT_APPLICABLE }],
    scores: { chosen: loose('(if q1 >= 1 then q2 else 1) + q1') },
    cutOffs: {
      met: '(if q1 >= 1 then sum(q2) else 1) + q1 >= 2',
      low: '(if q1 >= 1 then q2 + 0 * q0 else 1) + q1 <= 0',
      apart: 'sum(if q1 >= 1 then q2 else 1, q1) <= 0',
    },
  },
  'answers that act alike on a gate where the member beside them was asked': {
    items: { 'a.use': [1, 2], q1: upTo(2), q2: [1, 2], q3: YES_NO },
    members: [{ panel: 'drug', id: 'a', asked: 'chosen' }],
    gates: [{ if: 'sum(a.use, q1) >= 2', then: 'q2', effect: NOT_APPLICABLE }],
    scores: { total: loose('q2 + q3') },
    cutOffs: { met: 'sum(q2, q3) >= 1' },
  },
  'a gate of a member about an item outside it': {
    items: { 'a.use': upTo(2), 'b.use': YES_NO, q1: YES_NO, q2: YES_NO },
    members: [
      { panel: 'drug', id: 'a', asked: 'chosen' },
      { panel: 'measure', id: 'b', asked: 'all' },
    ],
    gates: [
      { if: 'not (use = 1)', member: 'a', then: 'q1', effect: points(1) },
      { if: 'use is no', member: 'b', then: 'q2', effect: points(0) },
    ],
    cutOffs: { met: 'q1 is no', other: 'q2 is yes' },
  },
  'a comparison that needs one number and adds another that can drop out too': {
    items: { q0: YES_NO, w: count(1, 2), q1: { a: -2, b: -1 } },
    gates: [{ if: 'q0 is no', then: ['w', 'q1'], effect: NOT_APPLICABLE }],
    cutOffs: { met: 'w + q1 >= 0', not: 'not (w + q1 >= 0)' },
  },
  'one of a member and an item outside it that can drop out': {
    items: { q0: YES_NO, q1: { a: -2, b: -1 }, 'a.use': [0, 1] },
    members: [{ panel: 'drug', id: 'a', asked: 'chosen' }],
    gates: [{ if: 'q0 is no', then: 'q1', effect: NOT_APPLICABLE }],
    cutOffs: {
      any: 'any(drug.* : use + q1 >= 0)',
      sum: 'sum(drug.* : if use + q1 >= 0 then 1 else 0) >= 1',
    },
  },
  'items outside a panel, counted once for each member': {
    items: { q1: upTo(2), w: count(1, 2), 'a.use': [0, 1], 'b.use': [0, 1] },
    members: [
      { panel: 'drug', id: 'a', asked: 'chosen' },
      { panel: 'drug', id: 'b', asked: 'chosen' },
    ],
    scores: {
      once: loose('sum(sum(drug.* : q1), q1)'),
      beside: loose('sum(drug.* : use + q1 / 2)'),
      measured: loose('sum(drug.* : w + use)'),
      most: loose('max(drug.* : q1)'),
    },
  },
  'values that no count of a number item gives': {
    items: { w: count(0, 4, 2), q1: upTo(1) },
    scores: { value: loose('if min(w) = 3 then 0 else 1 + q1') },
    cutOffs: {
      between: 'min(w) = 3 or q1 >= 1',
      every: 'min(w) <= 1 or min(w) = 2 or min(w) >= 4 and q1 >= 1',
      one: 'min(w) = 2 and q1 >= 1',
    },
  },
  'a gate on a set inside a set': {
    items: { q1: YES_NO, q2: [1, 2], q3: [1, 2], q4: [1, 2] },
    gates: [{ if: 'early >= 1', then: 'q4', effect: NOT_APPLICABLE }],
    scores: { early: loose('if max(q2, q3) = q2 then q1 else sum(q1) * 2') },
    cutOffs: { met: 'q4 >= 1' },
  },
  'an answer that is an interval, read one way by each of two conditions': {
    items: { q1: { none: 0, some: [1, 3], all: 5 }, q2: YES_NO, q3: YES_NO },
    cutOffs: {
      met: 'count((q1 = 1 or q1 = 5) and q2 is yes, (q1 = 2 or q1 = 5) and q3 is yes) >= 2',
    },
  },
  'such an interval between answers that count the same two by two': {
    items: { q1: { none: 0, never: 0, some: [1, 3], all: 5, always: 5 }, q2: YES_NO, q3: YES_NO },
    cutOffs: {
      met: 'count((q1 = 1 or q1 = 5) and q2 is yes, (q1 = 2 or q1 = 5) and q3 is yes) >= 2',
    },
  },
  'a range of which a member lacks an end': {
    items: {
      'a.q1': YES_NO,
      'a.q2': upTo(2),
      'a.q3': YES_NO,
      'b.q1': YES_NO,
      'b.q2': upTo(2),
      'c.q4': YES_NO,
    },
    members: ['a', 'b', 'c'].map((id) => ({ panel: 'drug', id, asked: 'chosen' })),
    scores: { 'b.sum': loose('sum(q1..q3)') },
    cutOffs: {
      any: 'any(drug.* : q2..q3 >= 1)',
      many: 'count(drug.* : q1..q3 >= 1) >= 4',
      own: 'c.q4 is yes',
    },
  },
};

/** What is tried value by value on a form that leaves it open, by score and verdict; of a sketch not named here, nothing is. */
const TRIED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tables that rise, fall, or do neither': {
    both: 'q1 0 1 2',
    low: 'q1 0 1 2',
    mid: 'q1 0 1 2',
    high: 'q2 0 1 2',
  },
  'a gate on the greatest of items, which fixes what neither end is': {
    total: 'q1 0 1 2, q2 0 1 2',
    met: 'q1 0 1 2, q2 0 1 2',
    low: 'q1 0 1 2, q2 0 1 2',
  },
  'a gate that reads one item twice': { met: 'q1 0 1 2, q2 0 1 2' },
  'a gate on a score, a set of values, a choice and its opposite': {
    met: 'q1 0 1 2, q2 0 1 2, q3 0 1 2',
    low: 'q1 0 1 2, q2 0 1 2, q3 0 2',
  },
  'a gate on a number item, alone and beside points': { met: 'w 0 2 3', low: 'w 0 2 3, q1 0 1' },
  'a number item that a gate sets to its least or greatest value': {
    sum: 'q1 0 1 2',
    gap: 'q1 0 1 2',
    most: 'q1 0 1 2',
  },
  'a number item that a gate sets to a value between': { more: 'q1 0 1 2', less: 'q1 0 1' },
  'items that a gate takes out of a mean': { average: 'q0 0 1', met: 'q0 0 1', set: 'q0 0 1', low: 'q0 0 1' },
  'measurements that a gate takes out': {
    average: 'q0 0 1',
    sum: 'q0 0 1',
    mean: 'q0 0 1',
    one: 'q0 0 1',
    not: 'q0 0 1',
    between: 'q0 0 1',
    area: 'q0 0 1',
    heavy: 'q0 0 1',
    most: 'q0 0 1',
    inside: 'q0 0 1',
    spread: 'q0 0 1',
  },
  'every item of a score taken out': {
    total: 'q0 0 1',
    most: 'q0 0 1',
    least: 'q0 0 1',
    low: 'q0 0 1',
    nothing: 'q0 0 1',
    few: 'q0 0 1',
    much: 'q0 0 1',
    mean: 'q0 0 1',
    average: 'q0 0 1',
  },
  'scores that share items': { most: 'q2 0 1 2', stepped: 'q1 0 1, q2 0 1', between: 'q2 0 1 2' },
  'a score whose least value a measurement does not reach by itself': {
    odd: 'w 0 2 3',
    reversed: 'w 0 1 3',
    either: 'w 0 2 3, q1 0 1 2',
  },
  'a measurement that opens a gate and pushes a score both ways': { odd: 'w 0 1 2 3 4', met: 'w 0 2 4' },
  'an item that can only be answered in one way': { met: 'q1 0 1 2' },
  'a rule by sex over an item and a condition': { met: 'sex 0 1', bare: 'sex 0 1', other: 'sex 0 1' },
  'answers whose points are an interval': {
    total: 'q1 0 1 2 3 4',
    set: 'q1 0 1 2 3 4',
    unknown: 'q1 0 1 4',
  },
  'answers that are an interval in what does not apply': { total: 'q1 0 1 2' },
  'members of a panel that were not asked': {
    'a.sum': 'c.q0 0 1',
    'c.sum': 'c.q0 0 1',
    most: 'c.q0 0 1',
    none: 'b.w 0 1 2',
    set: 'c.q0 0 1',
  },
  'answers that act alike on a gate': {
    first: 'q1 0 2 3, q2 0 1',
    second: 'q1 0 1 2, q2 0 1',
    third: 'q1 0 3 4, q2 0 1',
  },
  'answers that act alike on a gate of one of two sums, and not of the other': {
    met: 'q1 0 1 2 3, q2 0 1 2, q3 0 1 2',
  },
  'an answer between two that go further': { met: 'q1 0 1 2 4' },
  'a measurement in steps from above nothing': {
    either: 'w 10 30 40, q1 0 1',
    own: 'w 10 30 40, q1 0 1',
    inside: 'w 10 20 30 40, q1 0 1',
    outside: 'w 10 30 40, q1 0 1',
  },
  'a member with a measurement from above nothing': { few: 'b.w 10 30' },
  'two gates that push one way, against each other, or not at all': {
    gap: 'q1 0 1',
    one: 'q1 0 1 2',
    both: 'q1 0 1',
  },
  'numbers that are taken away, chosen, rounded or counted': {
    rounded: 'q1 0 1 2',
    counted: 'q1 0 1 2',
    twice: 'q1 0 1 2',
  },
  'a mean from which its lowest item can drop out': { high: 'q0 0 1', low: 'q0 0 1' },
  'an exact count of what does not apply': { one: 'q0 0 1', other: 'q0 0 1', both: 'q0 0 1' },
  'a choice between numbers of which one can drop out': {
    chosen: 'q0 0 1, q1 0 1',
    met: 'q0 0 1, q1 0 1',
    low: 'q0 0 1, q1 0 1',
    apart: 'q0 0 1, q1 0 1',
  },
  'answers that act alike on a gate where the member beside them was asked': {
    total: 'a.use 0 1, q1 0 1 2',
    met: 'a.use 0 1, q1 0 1 2',
  },
  'a comparison that needs one number and adds another that can drop out too': {
    met: 'q0 0 1',
    not: 'q0 0 1',
  },
  'one of a member and an item outside it that can drop out': { any: 'q0 0 1', sum: 'q0 0 1' },
  'items outside a panel, counted once for each member': {
    once: 'q1 0 1 2',
    beside: 'q1 0 1 2, a.use 0 1, b.use 0 1',
    measured: 'a.use 0 1, b.use 0 1',
    most: 'q1 0 1 2',
  },
  'values that no count of a number item gives': { value: 'w 0 4', between: 'w 0 4', every: 'w 0 4' },
  'a gate on a set inside a set': {
    early: 'q1 0 1, q2 0 1, q3 0 1',
    met: 'q1 0 1, q2 0 1, q3 0 1',
  },
  'an answer that is an interval, read one way by each of two conditions': { met: 'q1 0 4' },
  'such an interval between answers that count the same two by two': { met: 'q1 0 5' },
};

describe('on every form, the enumeration of completions agrees with what is said of', () => {
  it.each(Object.entries(SKETCHES))('%s', (_, sketch) => {
    expect(differences(buildModel(sketch), lower(sketch))).toEqual([]);
  });
});

describe('an item is tried value by value only where it pushes both ways or opens a gate that does:', () => {
  it.each(Object.entries(SKETCHES))('%s', (name, sketch) => {
    expect(tried(lower(sketch))).toEqual(TRIED[name] ?? {});
  });
});

describe('a gate', () => {
  it('holds, does not hold, is undecided, or is contradicted by an answer', () => {
    const program = lower({
      items: questions(2, upTo(2)),
      gates: [{ if: 'q1 is "0"', then: 'q2', effect: points(0) }],
      cutOffs: { met: 'q1 + q2 >= 2' },
    });
    const states = (...at: number[]) => applyGates(program, { at, among: NONE_AMONG }).gates;
    expect(states(0, -1)).toEqual(['holds']);
    expect(states(0, 0)).toEqual(['holds']);
    expect(states(1, -1)).toEqual(['does-not-hold']);
    expect(states(-1, 2)).toEqual(['undecided']);
    expect(states(0, 2)).toEqual(['contradicted']);
    expect(states(0, UNREADABLE)).toEqual(['contradicted']);
  });

  it('that only stops is never contradicted', () => {
    const program = lower({
      items: questions(2, upTo(2)),
      gates: [{ if: 'q1 is "2"', then: 'q2', effect: { kind: 'stops', decides: ['met'] } }],
      cutOffs: { met: 'q1 + q2 >= 2' },
    });
    const form = applyGates(program, { at: [2, 1], among: NONE_AMONG });
    expect(form.gates).toEqual(['holds']);
    expect(form.at).toEqual([2, 1]);
  });
});

describe('a form on which', () => {
  it('no completion leaves an item of a score has no value of it', () => {
    const program = lower({
      items: { q1: { a: [0, 1], b: 2 }, q2: upTo(2) },
      gates: [{ if: 'q1 <= 1', then: 'q2', effect: NOT_APPLICABLE }],
      scores: { total: loose('q2') },
    });
    const form = applyGates(program, { at: [AMONG, -1], among: { 0: [0, 1] } });
    const score = program.scores[0];
    const { lowest, highest } = score === undefined ? { lowest: 0, highest: 0 } : reach(score, form);
    expect(lowest).toBeGreaterThan(highest);
  });

  it('an answer is an interval takes a choice for what each of its values says', () => {
    const program = lower({ items: { q1: { no: 0, unknown: [1, 2] } }, cutOffs: { met: 'q1 >= 2' } });
    const with1 = (...values: number[]): Evaluation => ({
      program,
      at: [AMONG],
      among: { 0: values },
      known: {},
    });
    const test = program.cutOffs[0]?.verdict.test ?? { op: 'constant', value: true };
    expect([with1(1), with1(2), with1(1, 2)].map((e) => outcomes(test, e))).toEqual([FALSE, TRUE, BOTH]);
    const sum = lower({ items: { q1: { no: 0, unknown: [1, 2] } }, scores: { total: loose('q1 * 2') } });
    const open = { program: sum, at: [AMONG], among: { 0: [1, 2] }, known: {} };
    expect(evaluate({ op: 'score', at: 0 }, open)).toMatchObject({ lowest: 2, highest: 4 });
    expect(applyGates(program, { at: [0], among: NONE_AMONG }).gates).toEqual([]);
  });
});
