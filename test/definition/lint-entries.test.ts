import { describe, expect, it } from 'vitest';
import { type Definition, lints, type ShippedDefinition } from '../../src/definition/index.js';
import {
  allTexts,
  labels,
  levelsOf,
  sourcedEntries,
  verdictLabels,
  verdictWords,
} from '../../src/definition/lints/entries.js';
import { edited, example, refusedExample } from './example.js';

const found = (name: string, definition: Definition) =>
  lints.find((lint) => lint.name === name)?.check(definition, { folder: null }) ?? [];
const places = (texts: readonly { readonly where: readonly unknown[]; readonly text?: string }[]) =>
  Object.fromEntries(texts.map(({ where, text }) => [where.join('.'), text]));

const source = 'made-up';
/** The fictional example with a titled scheme by rules, and a panel of which one member has levels of its own. */
const rich: ShippedDefinition = {
  ...example,
  bands: {
    ...example.bands,
    response: {
      title: 'response needed',
      rules: [
        { id: 'some', label: 'some', when: 'q1 >= 1' },
        { id: 'none', label: 'none', otherwise: true, negative: true },
      ],
      source,
    },
  },
  flags: { ...example.flags, second: { when: 'q2 >= 1', title: 'second sign', source } },
  panels: {
    drink: {
      asked: 'all',
      members: {
        tea: {},
        milk: { levels: { amount: [{ id: 'any', label: 'any milk', from: 0, negative: true }] } },
      },
      items: { cups: { label: 'cups', options: 'often' } },
      scores: { count: { formula: 'sum(cups)', range: [0, 2], source } },
      bands: { amount: { of: 'count', levels: [{ id: 'all', label: 'all of it', from: 0 }], source } },
    },
  },
};

describe('the texts that lints read', () => {
  it('are the labels of options and of items, those of each panel member too', () => {
    expect(places(labels(rich))).toEqual({
      'options.often.0.label': 'never',
      'options.often.1.label': 'sometimes',
      'options.often.2.label': 'often',
      'items.q1.label': 'first',
      'items.q2.label': 'second',
      'items.q3.label': 'third',
      'panels.drink.items.cups.label': 'cups',
    });
    expect(places(labels({ ...rich, options: {} }))).not.toHaveProperty('options.often.0.label');
    expect(labels({ ...refusedExample })).toEqual([]);
    expect(labels({ ...example, options: {}, items: {} })).toEqual([]);
  });

  it('are what a result is called', () => {
    expect(places(verdictLabels(rich))).toEqual({
      'bands.signs.levels.0.label': 'few signs',
      'bands.signs.levels.1.label': 'many signs',
      'bands.response.rules.0.label': 'some',
      'bands.response.rules.1.label': 'none',
      'panels.drink.bands.amount.levels.0.label': 'all of it',
      'panels.drink.members.milk.levels.amount.0.label': 'any milk',
      'flags.third.title': 'third sign',
      'flags.second.title': 'second sign',
    });
  });

  it('are what a result says in our own words', () => {
    expect(places(verdictWords(rich))).toStrictEqual({
      ...places(verdictLabels(rich)),
      'bands.response.title': 'response needed',
      'cut-offs.three.screens-for': 'many signs',
      'flags.third.response': 'ask about it now',
    });
  });

  it('are the levels of every scheme, each with its side and whether rules give it', () => {
    expect(levelsOf(rich).map(({ id, negative, byRule }) => [id, negative, byRule])).toEqual([
      ['few', true, false],
      ['many', false, false],
      ['some', false, true],
      ['none', true, true],
      ['all', false, false],
      ['any', true, false],
    ]);
  });

  it('are all texts but those of the sources', () => {
    const texts = places(allTexts({ ...example, pitfalls: ['a mistake'] }));
    expect(texts).toMatchObject({ title: 'Example check (fictional)', 'pitfalls.0': 'a mistake' });
    expect(Object.keys(texts).filter((place) => place.startsWith('sources'))).toEqual([]);
    expect(Object.values(texts).every((text) => typeof text === 'string')).toBe(true);
  });
});

describe('an entry that names its source', () => {
  const where = (definition: Definition) =>
    sourcedEntries(definition).map((entry) => [entry.where.join('.'), entry.source, entry.confidence]);

  it('is found wherever it stands, with its own confidence where it has one', () => {
    expect(where(edited(example, ['scores', 'total', 'confidence'], 'verified'))).toEqual([
      ['licence', 'made-up', 'recalled'],
      ['scores.total', 'made-up', 'verified'],
      ['bands.signs', 'made-up', undefined],
      ['cut-offs.three', 'made-up', undefined],
      ['flags.third', 'made-up', undefined],
    ]);
    expect(sourcedEntries(example)[1]).not.toHaveProperty('confidence');
  });

  it('is no entry of a mapping whose keys are names', () => {
    const before = where(example);
    const code = '44250-9';
    for (const [path, to] of [
      [['sources', 'other'], { title: 'x', confidence: 'recalled', source: 'x' }],
      [['contains'], { short: { items: { source: 'q1' } } }],
      [['keyings'], { other: { source: 'x' } }],
    ] as const)
      expect(where(edited(example, path, to)), path.join('.')).toEqual(before);
    const codes = (names: object) =>
      where(edited(example, ['codes'], { ...names, source, confidence: 'recalled' }));
    const own = ['codes', 'made-up', 'recalled'];
    for (const system of ['loinc', 'snomed'])
      expect(codes({ [system]: { source: code } }), system).toEqual([...before, own]);
    expect(codes({ other: { source: code } })).toContainEqual(['codes.other', code, undefined]);
    expect(where(edited(example, ['evidence'], [{ loinc: { source: 'x' } }]))).toContainEqual([
      'evidence.0.loinc',
      'x',
      undefined,
    ]);
    expect(where(edited(example, ['panels'], { loinc: { source: 'x' } }))).toContainEqual([
      'panels.loinc',
      'x',
      undefined,
    ]);
  });

  it('may hold nothing beside it', () => {
    expect(where(edited(example, ['evidence'], [null, 'x', 5]))).toEqual(where(example));
  });
});

describe('check digits', () => {
  const wrong = (definition: Definition) =>
    found('code-check-digits', definition).map((finding) => finding.where.join('.'));
  const loinc = (code: string) => wrong(edited(example, ['items', 'q1', 'loinc'], code));
  const snomed = (code: string) => wrong(edited(example, ['items', 'q1', 'snomed'], code));

  it('of LOINC are worked out over an even or odd number of digits, whatever the digits', () => {
    for (const right of ['44250-9', '44249-1', '1234-4', '90-1', '9-1', '5-9', '18-2', '0-0'])
      expect(loinc(right), right).toEqual([]);
    for (const bad of ['44250-8', '42450-9', '1234-5', '9-2', '5-0', '0-1'])
      expect(loinc(bad), bad).toEqual(['items.q1.loinc']);
  });

  it('of SNOMED CT are worked out over every place, past the eighth too', () => {
    // Identifiers of well-known concepts: clinical finding, procedure, and two longer ones.
    for (const right of ['404684003', '71388002', '720433000', '900000000000207008'])
      expect(snomed(right), right).toEqual([]);
    for (const bad of ['404684030', '71388020', '900000000000270008', '090000000000207008'])
      expect(snomed(bad), bad).toEqual(['items.q1.snomed']);
  });

  it('are held against the codes of the whole and of its scores', () => {
    const codes = (loincs: object, snomeds: object) =>
      wrong(edited(example, ['codes'], { loinc: loincs, snomed: snomeds, source, confidence: 'recalled' }));
    expect(codes({ panel: '44250-9' }, { score: '720433000' })).toEqual([]);
    expect(codes({ panel: '44250-1', total: '44250-9' }, { score: '720433009' })).toEqual([
      'codes.loinc.panel',
      'codes.snomed.score',
    ]);
  });
});

describe('what a lint says', () => {
  it('of an unknown source: the one that was meant, where one is near', () => {
    const [near] = found('sources-exist', edited(example, ['scores', 'total', 'source'], 'mad-up'));
    expect(near?.didYouMean).toBe('made-up');
    const [far] = found('sources-exist', edited(example, ['scores', 'total', 'source'], 'elsewhere'));
    expect(far?.didYouMean).toBeUndefined();
  });

  it('of an unused source or option set: at its key', () => {
    const unused = edited(example, ['sources', 'other'], { title: 'x', confidence: 'recalled' });
    expect(found('sources-used', unused)).toMatchObject([{ atKey: true }]);
    const set = edited(example, ['options', 'other'], [{ code: '0', label: 'x' }]);
    expect(found('option-sets-used', set)).toMatchObject([{ atKey: true }]);
    expect(found('option-sets-used', edited(refusedExample, ['options'], { other: [] }))).toEqual([]);
    const numbers = { weight: { label: 'x', number: { unit: 'kg', min: 1, max: 2, step: 1 } } };
    expect(found('option-sets-used', { ...example, items: numbers })).toMatchObject([
      { where: ['options', 'often'] },
    ]);
    expect(found('option-sets-used', { ...example, options: undefined } as never)).toEqual([]);
  });

  it('of an export: what to write instead', () => {
    const says = (definition: Definition) => found('export-is-identifier', definition)[0]?.message;
    expect(says(edited(example, ['id'], '4at'))).toMatch(/^`4at` is no name for a constant: give one/);
    expect(says(edited(example, ['export'], 'no-name'))).toMatch(/letters and digits, a small letter first/);
    expect(says(edited(example, ['export'], 'x!'))).toMatch(/letters and digits, a small letter first/);
    expect(says(edited(example, ['export'], 'other'))).toMatch(/`exampleCheck` already/);
    expect(says(edited(example, ['export'], 'exampleCheck'))).toBeUndefined();
  });

  it('of the minutes: what they are for', () => {
    expect(found('says-recall-and-minutes', edited(example, ['minutes'], undefined))[0]?.message).toMatch(
      /whole minutes/,
    );
  });

  it('of a verified entry: nothing where its source was read, or is not there', () => {
    const verified = edited(example, ['scores', 'total', 'confidence'], 'verified');
    const read = edited(verified, ['sources', 'made-up', 'confidence'], 'verified');
    expect(found('confidence-not-above-source', read)).toEqual([]);
    const elsewhere = edited(verified, ['scores', 'total', 'source'], 'elsewhere');
    expect(found('confidence-not-above-source', elsewhere)).toEqual([]);
  });

  it('of a month that is none, as of a day', () => {
    const seen = (date: string) => found('dates-exist', edited(example, ['licence', 'seen'], date)).length;
    expect(['2026-02', '2026-12-31', '2026-00', '2026-04-31'].map(seen)).toEqual([0, 0, 1, 1]);
  });
});

describe('wording about suicide', () => {
  const risky = (definition: Definition) =>
    found('suicide-wording', definition).map((finding) => finding.where.join('.'));

  it('is found by the title of a flag or by its response, and by no other flag', () => {
    const response = edited(example, ['flags', 'third', 'response'], 'self-harm: high risk');
    expect(risky(response)).toEqual(['flags.third.response']);
    const other = edited(example, ['flags', 'third', 'response'], 'high risk of a fall');
    expect(risky(other)).toEqual([]);
    const bare = edited(
      edited(example, ['flags', 'third', 'response'], undefined),
      ['flags', 'third', 'title'],
      'high risk of self-harm',
    );
    expect(risky(bare)).toEqual(['flags.third.title']);
  });
});

describe('what is preferred', () => {
  const preferred = { preferred: true, 'preferred-because': 'fictional' } as const;
  const cut = (when: NonNullable<ShippedDefinition['cut-offs']>[string]['when'], more = {}) => ({
    when,
    'screens-for': 'x',
    source,
    ...preferred,
    ...more,
  });
  const says = (more: Partial<ShippedDefinition>) =>
    found('one-preferred', { ...example, ...more }).map(
      (finding) => `${finding.where.join('.')}: ${finding.message}`,
    );
  const scores = {
    ...example.scores,
    part: { formula: 'sum(q1..q2)', range: [0, 4] as [number, number], source },
  };

  it('is one cut-off of each score, or of each pair of scores, also where it is by sex', () => {
    const over = (...whens: Parameters<typeof cut>[0][]) =>
      says({ scores, 'cut-offs': Object.fromEntries(whens.map((when, i) => [`c${i}`, cut(when)])) });
    expect(over('total >= 3', 'part >= 2')).toEqual([]);
    expect(over('total >= 3', 'part >= 2 and total >= 1')).toEqual([]);
    expect(over('total >= 3', 'total >= 4')).toEqual([
      'cut-offs.c1.preferred: two cut-offs on total are preferred: keep one.',
    ]);
    expect(over('part >= 3 or total >= 3', 'total >= 4 or part >= 4')).toEqual([
      'cut-offs.c1.preferred: two cut-offs on total and part are preferred: keep one.',
    ]);
    const bySex = { by: 'sex', female: 'part >= 1', male: 'total >= 2' } as const;
    expect(over(bySex, 'part >= 3 or total >= 3')).toHaveLength(1);
    expect(over(bySex, 'total >= 3')).toEqual([]);
  });

  it('is any cut-off on items, each by itself', () => {
    expect(says({ 'cut-offs': { a: cut('q1 >= 1'), b: cut('q2 >= 1'), c: cut('1 = 1') } })).toEqual([]);
  });

  it('is one scheme of each score, and one of those by rules', () => {
    const level = { id: 'x', label: 'x', from: 0 };
    const of = (score: string) => ({ of: score, levels: [level], source, ...preferred });
    const byRule = { rules: [{ id: 'x', label: 'x', otherwise: true as const }], source, ...preferred };
    expect(says({ scores, bands: { a: of('total'), b: of('part'), c: byRule } })).toEqual([]);
    expect(says({ scores, bands: { a: of('total'), b: of('total') } })).toEqual([
      'bands.b.preferred: two bands of total are preferred: keep one.',
    ]);
    expect(says({ scores, bands: { c: byRule, d: byRule } })).toEqual([
      'bands.d.preferred: two bands of rules are preferred: keep one.',
    ]);
  });

  it('says why, and what is not preferred says nothing', () => {
    expect(says({ 'cut-offs': { a: cut('total >= 3', { 'preferred-because': undefined }) } })).toEqual([
      'cut-offs.a.preferred: say why it is preferred, in `preferred-because`.',
    ]);
    expect(says({ 'cut-offs': { a: cut('total >= 3', { preferred: undefined }) } })).toEqual([
      'cut-offs.a.preferred-because: this is not preferred: drop the reason.',
    ]);
  });
});
