import type { Instrument, Program } from '../../src/instrument/index.js';
import type { Condition, Fact, Pathway, Rule, Service } from '../../src/referral/index.js';

/** Everything here is fictional: instruments, services, rules and guidelines made for the tests alone. */

const codes = ['0', '1', '2', '3'];
const points = [0, 1, 2, 3];
const item = (id: string) => ({ kind: 'choice' as const, id, codes });
const total = { op: 'score' as const, at: 0 };
const sumOf = (count: number): Program['accumulators'] => [
  { kind: 'sum', base: 0, terms: Array.from({ length: count }, (_, at) => [at, points] as const) },
];
const totalScore = (count: number): Program['scores'] => [
  {
    id: 'total',
    formula: `sum(q1..q${count})`,
    value: { op: 'accumulator', at: 0 },
    scale: 1,
    range: [0, 3 * count],
    pivots: [],
    reads: Array.from({ length: count }, (_, at) => at),
    items: Array.from({ length: count }, (_, at) => at),
    missingRules: [{ id: 'fictional', allow: 1 }],
  },
];
const atLeast = (value: number, reads: readonly number[]) => ({
  test: { op: 'at-least' as const, of: total, value },
  pivots: [],
  reads,
});

const instrument = (
  id: string,
  short: string,
  given: Partial<Instrument> & { readonly program: Program },
): Instrument => ({
  id,
  version: '1.0.0',
  title: `${short}, a fictional instrument`,
  short,
  edition: null,
  digest: { scoring: `${id}-scoring`, document: `${id}-document` },
  recall: 'P2W',
  minutes: 2,
  validAge: null,
  restrictions: [],
  labels: given.program.variables.slice(0, given.program.items).map(({ id: name }) => `label of ${name}`),
  contains: {},
  ...given,
});

/** Three items; a band, a cut-off at 5, a critical flag on the third item; contains `mood-2`. */
export const mood3 = instrument('mood-3', 'MOOD-3', {
  contains: { 'mood-2': { q1: 'q1', q2: 'q2' } },
  minutes: 4,
  program: {
    variables: [item('q1'), item('q2'), item('q3')],
    items: 3,
    members: [],
    accumulators: sumOf(3),
    gates: [],
    scores: totalScore(3),
    quantities: [],
    bands: [
      {
        id: 'severity',
        of: 0,
        levels: [
          { id: 'little', label: 'little', from: 0, to: 2, negative: true },
          { id: 'some', label: 'some', from: 3, to: 5 },
          { id: 'much', label: 'much', from: 6, to: 9 },
        ],
      },
    ],
    cutOffs: [
      {
        id: 'case-5',
        when: 'total >= 5',
        verdict: atLeast(5, [0, 1, 2]),
        screensFor: 'low mood',
        negative: 'not-met',
      },
    ],
    flags: [
      {
        id: 'danger',
        when: 'q3 >= 1',
        verdict: { test: { op: 'choice', variable: 2, choices: [1, 2, 3] }, pivots: [], reads: [2] },
        title: 'thoughts of danger',
        critical: true,
        response: 'ask about it now',
      },
    ],
  },
});

/** The short form of `mood3`. */
export const mood2 = instrument('mood-2', 'MOOD-2', {
  minutes: 1,
  program: {
    variables: [item('q1'), item('q2')],
    items: 2,
    members: [],
    accumulators: sumOf(2),
    gates: [],
    scores: totalScore(2),
    quantities: [],
    bands: [],
    cutOffs: [{ id: 'open-3', when: 'total >= 3', verdict: atLeast(3, [0, 1]), screensFor: 'low mood' }],
    flags: [
      {
        id: 'sleepless',
        when: 'q1 >= 3',
        verdict: { test: { op: 'choice', variable: 0, choices: [3] }, pivots: [], reads: [0] },
        title: 'hardly sleeps',
      },
    ],
  },
});

const sexIs = (choice: number) => ({ op: 'choice' as const, variable: 2, choices: [choice] });

/** A cut-off that differs by sex, one that is for women only, rule bands, and a flag that is not critical. */
export const drink2 = instrument('drink-2', 'DRINK-2', {
  recall: null,
  minutes: null,
  program: {
    variables: [item('q1'), item('q2'), { kind: 'choice', id: 'sex', codes: ['female', 'male'] }],
    items: 2,
    members: [],
    accumulators: sumOf(2),
    gates: [],
    scores: totalScore(2),
    quantities: [],
    bands: [
      {
        id: 'response',
        levels: [
          {
            id: 'now',
            label: 'needs a response now',
            verdict: { test: { op: 'choice', variable: 1, choices: [3] }, pivots: [], reads: [1] },
          },
          {
            id: 'later',
            label: 'needs a response',
            verdict: { test: { op: 'choice', variable: 1, choices: [2] }, pivots: [], reads: [1] },
          },
          {
            id: 'none',
            label: 'not disclosed at this screen',
            verdict: { test: { op: 'choice', variable: 1, choices: [0, 1] }, pivots: [], reads: [1] },
            negative: true,
          },
        ],
      },
    ],
    cutOffs: [
      {
        id: 'by-sex',
        when: '{ by: sex }',
        verdict: {
          test: {
            op: 'or',
            of: [
              { op: 'and', of: [sexIs(0), { op: 'at-least', of: total, value: 2 }] },
              { op: 'and', of: [sexIs(1), { op: 'at-least', of: total, value: 4 }] },
            ],
          },
          pivots: [{ variable: 2, values: [0, 1] }],
          reads: [0, 1, 2],
        },
        screensFor: 'drinking',
        control: true,
      },
      {
        id: 'women-2',
        when: 'total >= 2',
        verdict: atLeast(2, [0, 1]),
        screensFor: 'drinking in women',
        applies: { test: sexIs(0), pivots: [], reads: [2] },
        negative: 'met',
      },
    ],
    flags: [
      {
        id: 'mornings',
        when: 'q1 >= 3',
        verdict: { test: { op: 'choice', variable: 0, choices: [3] }, pivots: [], reads: [0] },
        title: 'drinks in the morning',
      },
    ],
  },
});

/** One item and a critical flag that no rule names. */
export const alert1 = instrument('alert-1', 'ALERT-1', {
  program: {
    variables: [item('q1')],
    items: 1,
    members: [],
    accumulators: [],
    gates: [],
    scores: [],
    quantities: [],
    bands: [],
    cutOffs: [],
    flags: [
      {
        id: 'alarm',
        when: 'q1 >= 1',
        verdict: { test: { op: 'choice', variable: 0, choices: [1, 2, 3] }, pivots: [], reads: [0] },
        title: 'an alarm',
        critical: true,
      },
    ],
  },
});

/** A gate: where the first item is 0, the second need not be asked and counts as 0. */
export const gated2 = instrument('gated-2', 'GATED-2', {
  program: {
    variables: [item('q1'), item('q2')],
    items: 2,
    members: [],
    accumulators: sumOf(2),
    gates: [
      {
        if: 'q1 = 0',
        verdict: { test: { op: 'choice', variable: 0, choices: [0] }, pivots: [], reads: [0] },
        targets: [1],
        effect: { kind: 'points', as: [0], same: [[0]] },
      },
    ],
    scores: totalScore(2),
    quantities: [],
    bands: [],
    cutOffs: [
      {
        id: 'some-3',
        when: 'total >= 3',
        verdict: atLeast(3, [0, 1]),
        screensFor: 'something',
        negative: 'not-met',
      },
    ],
    flags: [],
  },
});

const halfScore = (id: string, at: number, items: readonly number[]): Program['scores'][number] => ({
  id,
  formula: id,
  value: { op: 'accumulator', at },
  scale: 1,
  range: [0, 3 * items.length],
  pivots: [],
  reads: items,
  items,
});
const halfBand = (id: string, of: number, to: number): Program['bands'][number] => ({
  id,
  of,
  levels: [
    { id: 'low', label: `${id} low`, from: 0, to: 1, negative: true },
    { id: 'high', label: `${id} high`, from: 2, to },
  ],
});
const halfCutOff = (id: string, at: number, reads: readonly number[]): Program['cutOffs'][number] => ({
  id,
  when: id,
  verdict: { test: { op: 'at-least', of: { op: 'score', at }, value: 2 }, pivots: [], reads },
  screensFor: id,
});
const halfFlag = (id: string, variable: number): Program['flags'][number] => ({
  id,
  when: id,
  verdict: { test: { op: 'choice', variable, choices: [3] }, pivots: [], reads: [variable] },
  title: id,
  critical: true,
});

/** Two halves (q1; q2 and q3), each with a score, a band, a cut-off and a critical flag (on q1, on q3). */
export const halves = instrument('halves-3', 'HALVES-3', {
  program: {
    variables: [item('q1'), item('q2'), item('q3')],
    items: 3,
    members: [],
    accumulators: [
      { kind: 'sum', base: 0, terms: [[0, points]] },
      {
        kind: 'sum',
        base: 0,
        terms: [
          [1, points],
          [2, points],
        ],
      },
    ],
    gates: [],
    scores: [halfScore('one', 0, [0]), halfScore('two', 1, [1, 2])],
    quantities: [],
    bands: [halfBand('band-one', 0, 3), halfBand('band-two', 1, 6)],
    cutOffs: [halfCutOff('cut-one', 0, [0]), halfCutOff('cut-two', 1, [1, 2])],
    flags: [halfFlag('alarm-one', 0), halfFlag('alarm-two', 2)],
  },
});

export const catalogue: readonly Instrument[] = [mood3, mood2, drink2, alert1];

const PLACES = ['room', 'hotline', 'hospital', 'surgery', 'clinic', 'specialist', 'guide'];

const service = (id: string, given: Partial<Service> = {}): Service => ({
  id,
  place: PLACES.indexOf(id),
  name: `${id} (fictional)`,
  plain: `the ${id}`,
  consent: true,
  needs: [],
  refer: ['any'],
  confidence: 'fictional',
  ...given,
});

/** Conditions in short. */
export const is = {
  meets: (instrumentId: string, cutOff: string): Condition => ({
    op: 'meets',
    instrument: instrumentId,
    cutOff,
    ...(cutOff === 'by-sex' ? {} : { shows: 'total' }),
  }),
  raises: (instrumentId: string, flag: string): Condition => ({
    op: 'raises',
    instrument: instrumentId,
    flag,
  }),
  level: (instrumentId: string, band: string, ...levels: string[]): Condition => ({
    op: 'level',
    instrument: instrumentId,
    band,
    levels,
  }),
  fact: (fact: string, value = 'true'): Condition => ({ op: 'fact', fact, value }),
  and: (...of: Condition[]): Condition => ({ op: 'and', of }),
  or: (...of: Condition[]): Condition => ({ op: 'or', of }),
  not: (of: Condition): Condition => ({ op: 'not', of }),
};

/** A rule with everything that a test does not care about filled in. */
export const rule = (id: string, when: Condition, given: Partial<Rule> = {}): Rule => ({
  id,
  text: id,
  when,
  urgency: 'routine',
  refer: { choice: 'all', services: ['clinic'] },
  action: `action of ${id}`,
  warnings: [],
  next: [],
  guideline: [{ id: 'FG1', year: '2020' }],
  confidence: 'fictional',
  level: 'design',
  read: '2026-01-01',
  reviewBy: '2027-01-01',
  instruments: instrumentsIn(when),
  ...given,
});

const instrumentsIn = (condition: Condition): readonly string[] => {
  if (condition.op === 'and' || condition.op === 'or') return condition.of.flatMap(instrumentsIn);
  if (condition.op === 'not') return instrumentsIn(condition.of);
  return 'instrument' in condition ? [condition.instrument] : [];
};

const yesNo = (id: string): Fact => ({
  id,
  type: 'boolean',
  question: `${id}?`,
  says: { true: `${id}: yes`, false: `${id}: no` },
});

export const facts: readonly Fact[] = [
  { id: 'age', type: 'number', label: 'age', min: 0, max: 120, question: 'age?' },
  {
    id: 'sex',
    type: 'enum',
    question: 'sex?',
    says: { female: 'female', male: 'male', other: 'another answer' },
  },
  { ...yesNo('agrees'), sensitive: true },
  yesNo('may-share'),
  yesNo('registered'),
  yesNo('in-pain'),
  yesNo('alone'),
  {
    id: 'treated-by',
    type: 'list',
    question: 'treated by?',
    says: { clinic: 'the clinic', surgery: 'the surgery' },
  },
  { id: 'event', type: 'date', label: 'the event', countedIn: 'weeks', question: 'when?' },
];

const urgency = { label: 'label', target: 'target', plain: 'some day' };

/** A pathway with the given rules. */
export const pathwayWith = (rules: readonly Rule[], given: Partial<Pathway> = {}): Pathway => ({
  id: 'fictional',
  version: '1.0.0',
  digest: 'fictional',
  title: 'A fictional pathway',
  country: 'Nowhere',
  urgencies: {
    emergency: urgency,
    'same-day': urgency,
    urgent: urgency,
    soon: urgency,
    routine: urgency,
    none: urgency,
  },
  facts,
  context: { age: 'age', sex: 'sex' },
  services: {
    room: service('room', { inTheRoom: true, consent: false }),
    hotline: service('hotline', { consent: false }),
    hospital: service('hospital', { consent: false }),
    surgery: service('surgery', { needs: ['surgery-place'] }),
    clinic: service('clinic'),
    specialist: service('specialist', { needs: ['surgery-place'], via: 'surgery' }),
    guide: service('guide'),
  },
  routes: {
    consent: {
      fact: 'agrees',
      safetyFrom: 'same-day',
      withheld: 'give information',
      safety: 'act, and tell the person',
      ask: 'ask first',
      share: 'may-share',
    },
    treatment: { fact: 'treated-by', text: 'tell the named worker' },
  },
  cautions: [],
  raises: [],
  waivers: {},
  letters: { gp: 'surgery', navigator: 'guide', safetyNet: 'Ring the hotline.' },
  rules,
  instruments: Object.fromEntries(
    catalogue.map(({ id, short, title, minutes, contains }) => [
      id,
      { short, title, minutes, contains: Object.keys(contains) },
    ]),
  ),
  battery: ['mood-2', 'drink-2'],
  ...given,
});

export const TODAY = '2026-11-24';

/** A form filled in today. */
export const today = (of: Instrument, answers: unknown) => ({ instrument: of, on: TODAY, answers });
