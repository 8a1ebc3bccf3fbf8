import type { Definition, RefusedDefinition, ShippedDefinition } from '../../src/definition/index.js';

/** An openly fictional definition on which nothing is wrong. */
export const example: ShippedDefinition = {
  id: 'example-check',
  version: '1.0.0',
  title: 'Example check (fictional)',
  short: 'EX',
  domain: 'mental-health',
  measures: 'nothing, an openly fictional example',
  respondent: ['self'],
  recall: 'P2W',
  minutes: 1,
  licence: {
    holder: 'nobody',
    class: 'public-domain',
    terms: 'fictional',
    source: 'made-up',
    confidence: 'recalled',
  },
  options: {
    often: [
      { code: '0', label: 'never' },
      { code: '1', label: 'sometimes' },
      { code: '2', label: 'often' },
    ],
  },
  items: {
    q1: { label: 'first', options: 'often' },
    q2: { label: 'second', options: 'often' },
    q3: { label: 'third', options: 'often' },
  },
  scores: { total: { formula: 'sum(q1..q3)', range: [0, 6], source: 'made-up' } },
  bands: {
    signs: {
      of: 'total',
      source: 'made-up',
      levels: [
        { id: 'few', label: 'few signs', from: 0, to: 2, negative: true },
        { id: 'many', label: 'many signs', from: 3, to: 6 },
      ],
    },
  },
  'cut-offs': { three: { when: 'total >= 3', 'screens-for': 'many signs', source: 'made-up' } },
  flags: {
    third: {
      when: 'q3 >= 1',
      title: 'third sign',
      critical: true,
      response: 'ask about it now',
      source: 'made-up',
    },
  },
  sources: { 'made-up': { title: 'An invented source for examples', confidence: 'recalled' } },
};

/** The same, named and not shipped. */
export const refusedExample: RefusedDefinition = {
  id: example.id,
  version: example.version,
  title: example.title,
  short: example.short,
  domain: example.domain,
  measures: example.measures,
  respondent: example.respondent,
  status: 'refused',
  refused: { reason: 'fictional', unlock: 'nothing' },
  licence: example.licence,
  sources: example.sources,
};

/** A value with one entry set, at a path; the value itself is left alone. */
export const edited = (value: Definition, path: readonly (string | number)[], to: unknown): Definition =>
  // The edit may well break the type: that is what the tests are about.
  set(value, path, to) as Definition;

const set = (value: unknown, [step, ...rest]: readonly (string | number)[], to: unknown): unknown => {
  if (step === undefined) return to;
  if (Array.isArray(value))
    return value.map((inner, index) => (index === step ? set(inner, rest, to) : inner));
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const known = entries.some(([key]) => key === step);
  const kept = entries.map(([key, inner]): [string, unknown] => [
    key,
    key === step ? set(inner, rest, to) : inner,
  ]);
  return Object.fromEntries(known ? kept : [...kept, [String(step), set(undefined, rest, to)]]);
};
