import type { Instrument } from '../../src/instrument/index.js';

const FREQUENCY = ['0', '1', '2', '3'] as const;
const choice = (id: string) => ({ kind: 'choice' as const, id, codes: FREQUENCY });

/** A fictional three-item form, coded 0 to 3, with a critical flag on its last item. */
export const mood: Instrument = {
  id: 'mood-3',
  version: '1.0.0',
  title: 'Fictional mood form',
  short: 'MOOD-3',
  edition: null,
  digest: { scoring: 'aaaa', document: 'bbbb' },
  recall: 'P2W',
  minutes: 1,
  validAge: { from: 18 },
  restrictions: ['A fictional limit.'],
  labels: ['low mood', 'worry', 'self-harm'],
  program: {
    variables: [choice('q1'), choice('q2'), choice('q3')],
    items: 3,
    members: [],
    accumulators: [
      {
        kind: 'sum',
        base: 0,
        terms: [
          [0, [0, 1, 2, 3]],
          [1, [0, 1, 2, 3]],
          [2, [0, 1, 2, 3]],
        ],
      },
    ],
    gates: [],
    scores: [
      {
        id: 'total',
        formula: 'sum(q1..q3)',
        value: { op: 'accumulator', at: 0 },
        scale: 1,
        range: [0, 9],
        pivots: [],
        reads: [0, 1, 2],
        items: [0, 1, 2],
        missingRules: [{ id: 'one', allow: 1, round: 0 }],
      },
    ],
    quantities: [],
    bands: [
      {
        id: 'severity',
        of: 0,
        preferred: true,
        levels: [
          { id: 'low', label: 'low', from: 0, to: 3, negative: true },
          { id: 'high', label: 'high', from: 4, to: 9 },
        ],
      },
    ],
    cutOffs: [
      {
        id: 'caseness-4',
        when: 'total >= 4',
        verdict: {
          test: { op: 'at-least', of: { op: 'accumulator', at: 0 }, value: 4 },
          pivots: [],
          reads: [0, 1, 2],
        },
        screensFor: 'a fictional need',
        preferred: true,
        negative: 'not-met',
      },
    ],
    flags: [
      {
        id: 'self-harm',
        when: 'q3 >= 1',
        verdict: { test: { op: 'choice', variable: 2, choices: [1, 2, 3] }, pivots: [], reads: [2] },
        title: 'thoughts of self-harm',
        critical: true,
        response: 'ask about it now',
      },
    ],
  },
  contains: {},
};

/** A fictional form with a number and a yes-or-no item. */
export const weight: Instrument = {
  ...mood,
  id: 'weight-2',
  short: 'WEIGHT-2',
  restrictions: [],
  labels: ['weight', 'less appetite'],
  program: {
    variables: [
      { kind: 'number', id: 'weight', unit: 'kg', places: 1, min: 200, max: 4000, step: 1 },
      { kind: 'choice', id: 'appetite', codes: ['no', 'yes'] },
    ],
    items: 2,
    members: [],
    accumulators: [{ kind: 'sum', base: 0, terms: [[1, [0, 1]]] }],
    gates: [],
    scores: [
      {
        id: 'total',
        formula: 'appetite',
        value: { op: 'accumulator', at: 0 },
        scale: 1,
        range: [0, 1],
        pivots: [],
        reads: [1],
        items: [1],
      },
    ],
    quantities: [],
    bands: [],
    cutOffs: [],
    flags: [
      {
        id: 'underweight',
        when: 'weight < 40',
        verdict: {
          test: {
            op: 'not',
            of: {
              op: 'polynomial',
              of: [
                { times: 1, of: [0] },
                { times: -400, of: [] },
              ],
            },
          },
          pivots: [],
          reads: [0],
        },
        title: 'weight below 40 kg',
      },
    ],
  },
};
