import { describe, expect, it } from 'vitest';
import {
  checkDefinition,
  type Facts,
  loadCases,
  type ShippedDefinition,
} from '../../src/definition/index.js';
import { checkFacts, factsOf } from '../../src/review/facts.js';
import { prove } from '../../src/review/prove.js';
import { example } from '../definition/example.js';

/** The example with every fact that no answer shows; openly fictional. */
const stated: ShippedDefinition = {
  ...example,
  'valid-for': { age: { from: 18, to: 64 } },
  change: { 'reliable-change': 2, caseness: 3, note: 'fictional', source: 'made-up' },
  items: {
    ...example.items,
    q3: { label: 'third', options: 'often', 'asked-as': { female: '6 or more', male: '8 or more' } },
  },
  'cut-offs': {
    ...example['cut-offs'],
    cue: { when: 'q1 >= 1', 'screens-for': 'a cue', kind: 'control', source: 'made-up' },
  },
};
const entered: Facts = {
  source: 'fictional',
  ages: { to: 64, from: 18 },
  recall: 'P2W',
  minutes: 1,
  change: { caseness: 3, 'reliable-change': 2 },
  'asked-as': { q3: { male: 8, female: 6 } },
  controls: ['cue'],
};
const loaded = (definition: ShippedDefinition) => {
  const outcome = checkDefinition(definition);
  if (outcome._tag === 'Left') throw new Error(outcome.left.map(({ message }) => message).join('\n'));
  if (outcome.right.status === 'refused') throw new Error('refused');
  return outcome.right;
};

describe('the second entry of the facts that no answer shows', () => {
  it('agrees with a definition that says the same, in whatever order it is written', () => {
    expect(checkFacts(stated, entered)).toEqual([]);
    expect(checkFacts(stated, undefined)).toEqual([]);
    expect({ ...factsOf(stated), source: 'fictional' }).toEqual(entered);
    expect(factsOf(example)).toEqual({ recall: 'P2W', minutes: 1, controls: [] });
  });

  it.each<[string, Partial<Facts>]>([
    ['facts.ages', { ages: { from: 18, to: 65 } }],
    ['facts.ages', { ages: { from: 18 } }],
    ['facts.recall', { recall: 'P3W' }],
    ['facts.minutes', { minutes: 2 }],
    ['facts.change', { change: { 'reliable-change': 2, caseness: 4 } }],
    ['facts.asked-as', { 'asked-as': { q3: { female: 8, male: 6 } } }],
    ['facts.controls', { controls: [] }],
    ['facts.controls', { controls: ['cue', 'three'] }],
  ])('names %s where it says otherwise: %j', (of, other) => {
    expect(checkFacts(stated, { ...entered, ...other }).map((failure) => failure.of)).toEqual([of]);
  });

  it('says both entries', () => {
    expect(checkFacts(example, { source: 'fictional', recall: 'P1M' })).toEqual([
      { of: 'facts.recall', expected: '"P1M"', found: '"P2W"' },
    ]);
    expect(checkFacts(example, { source: 'fictional', minutes: 1, ages: { from: 18 } })).toEqual([
      { of: 'facts.ages', expected: '{"from":18}', found: 'nothing' },
    ]);
  });

  it('says nothing of a fact that it leaves out, but that a cut-off is a screen positive', () => {
    expect(checkFacts(example, { source: 'fictional' })).toEqual([]);
    expect(checkFacts(stated, { source: 'fictional' })).toEqual([
      { of: 'facts.controls', expected: '[]', found: '["cue"]' },
    ]);
  });

  it('leaves no number of them that nothing notices', () => {
    const places = /^(valid-for|recall|minutes|change|items\.q3\.asked-as|cut-offs\.\w+\.kind)/;
    const unnoticed = (facts: Facts | undefined) =>
      prove(loaded(stated), [], facts).unnoticed.filter(({ where }) => places.test(where.join('.')));
    expect(unnoticed(entered)).toEqual([]);
    // Ages 6, change 6, numbers by sex 4, window 2, kinds 2, minutes 1: without window or minutes it does not load.
    expect(unnoticed(undefined).length).toBe(21);
    const { recall: _, ...without } = entered;
    expect(unnoticed(without).map(({ change }) => change)).toEqual(['P2W → P1W', 'P2W → P3W']);
  });

  it('guards nothing where it does not hold, and is named', () => {
    const proof = prove(loaded(stated), [], { ...entered, minutes: 9 });
    expect(proof.failing).toEqual(['facts.minutes']);
    expect(proof.byFact).toBe(0);
  });

  it('is a length of time, whole years, whole minutes', () => {
    const text =
      'instrument: example-check\nfacts: { source: f, recall: 2 weeks, minutes: 0.5, ages: { from: -1 } }\n';
    const outcome = loadCases(text, 'cases.yaml');
    expect(outcome).toMatchObject({ _tag: 'Left' });
    const paths = outcome._tag === 'Left' ? outcome.left.map(({ path }) => path) : [];
    expect(paths).toEqual(
      expect.arrayContaining(['facts.recall', 'facts.minutes', 'facts.ages.from', 'cases']),
    );
  });
});
