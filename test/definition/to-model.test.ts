import { describe, expect, it } from 'vitest';
import type { ShippedDefinition } from '../../src/definition/index.js';
import { toModel } from '../../src/definition/to-model.js';
import { edited, example } from './example.js';

const source = 'made-up';

/** An openly fictional definition with one entry of each kind. */
const whole: ShippedDefinition = {
  ...example,
  options: {
    often: [
      { code: '0', label: 'never' },
      { code: '1', label: 'sometimes' },
      { code: '2', label: 'often' },
      { code: 'declined', label: 'declined', missing: 'refused' },
      { code: '9', label: 'cannot say', missing: 'not-known' },
    ],
    said: [
      { code: 'no', label: 'no', points: 0 },
      { code: 'perhaps', label: 'perhaps', points: [1, 2] },
      { code: 'yes', label: 'yes' },
    ],
  },
  items: {
    q1: { label: 'first', options: 'often' },
    q2: { label: 'second', options: 'often', reverse: true, unscored: 'recorded only' },
    q3: { label: 'third', options: 'said' },
    q4: { label: 'fourth', options: 'said', points: [3, 4, [5, 6]] },
    weight: { label: 'weight', number: { unit: 'kg', min: 20, max: 200, step: 0.5 } },
    height: { label: 'height', number: { unit: 'm', min: 1, max: 2.5, step: 0.01 }, unscored: 'kept' },
    words: { label: 'in own words', text: true, unscored: 'free text' },
  },
  keyings: { other: { q1: [2, 1, 0] } },
  tables: { metric: { rows: [[0, 10]], source } },
  skips: [
    { if: 'q1 is "0"', then: 'q2..q3', points: 0, source },
    {
      if: { by: 'sex', female: 'q1 is "1"', male: 'q1 is "2"' },
      then: ['q4'],
      'not-applicable': true,
      source,
    },
  ],
  stops: [{ if: 'q1 >= 2', then: 'q3', decides: ['three'], source }],
  scores: {
    total: {
      formula: 'q1 + q3',
      range: [0, 4],
      missing: { printed: { allow: 1, source }, halves: { allow: 2, round: 1, source } },
      source,
    },
    bmi: { formula: 'weight / (height * height)', quantity: true, places: 1, unit: 'kg/m2', source },
    ratio: { formula: 'weight / height', quantity: true, places: 0, source },
  },
  bands: {
    signs: {
      of: 'total',
      preferred: true,
      levels: [
        { id: 'few', label: 'few signs', from: 0, to: 2, negative: true },
        { id: 'many', label: 'many signs', from: 3 },
      ],
      source,
    },
    response: {
      rules: [
        { id: 'some', label: 'some', when: 'q1 >= 1', negative: false },
        { id: 'more', label: 'more', when: { by: 'sex', female: 'q3 >= 1', male: 'q3 >= 2' } },
        { id: 'none', label: 'none', otherwise: true, negative: true },
      ],
      source,
    },
  },
  'cut-offs': {
    three: { when: 'total >= 3', 'screens-for': 'signs', preferred: true, source },
    sexed: {
      when: { by: 'sex', female: 'total >= 2', male: 'total >= 3' },
      'applies-when': 'age >= 18',
      'screens-for': 'other signs',
      negative: 'met',
      source,
    },
    held: { when: 'q1 >= 1', 'screens-for': 'control', kind: 'control', negative: 'none', source },
  },
  flags: {
    third: { when: 'q3 >= 1', title: 'third sign', critical: true, response: 'ask about it now', source },
    fourth: { when: 'q4 >= 5', title: 'fourth sign', critical: false, source },
  },
};

describe('a definition written out', () => {
  const { model, labels, problems } = toModel(whole);

  it('has no problem and one label for each item', () => {
    expect(problems).toEqual([]);
    expect(labels).toEqual(['first', 'second', 'third', 'fourth', 'weight', 'height', 'in own words']);
  });

  it('keeps the answers of each item with their points, and what means missing apart', () => {
    const often = (points: readonly number[]) =>
      ['0', '1', '2'].map((code, i) => ({ code, points: points[i] }));
    const missing = { declined: 'refused', 9: 'not-known' };
    const said = (points: readonly unknown[]) =>
      ['no', 'perhaps', 'yes'].map((code, i) => ({ code, points: points[i] }));
    expect(model.items).toStrictEqual([
      { kind: 'choice', id: 'q1', where: ['items', 'q1'], options: often([0, 1, 2]), missing },
      {
        kind: 'choice',
        id: 'q2',
        where: ['items', 'q2'],
        options: often([2, 1, 0]),
        missing,
        unscored: 'recorded only',
      },
      { kind: 'choice', id: 'q3', where: ['items', 'q3'], options: said([0, [1, 2], null]), missing: {} },
      { kind: 'choice', id: 'q4', where: ['items', 'q4'], options: said([3, 4, [5, 6]]), missing: {} },
      { kind: 'number', id: 'weight', where: ['items', 'weight'], unit: 'kg', min: 20, max: 200, step: 0.5 },
      {
        kind: 'number',
        id: 'height',
        where: ['items', 'height'],
        unit: 'm',
        min: 1,
        max: 2.5,
        step: 0.01,
        unscored: 'kept',
      },
      { kind: 'text', id: 'words', where: ['items', 'words'], unscored: 'free text' },
    ]);
  });

  it('keeps skips in order, and then the stops, with what each does', () => {
    expect(model.gates).toStrictEqual([
      { where: ['skips', 0], if: 'q1 is "0"', then: 'q2..q3', effect: { kind: 'points', points: 0 } },
      {
        where: ['skips', 1],
        if: { by: 'sex', branches: { female: 'q1 is "1"', male: 'q1 is "2"' } },
        then: ['q4'],
        effect: { kind: 'not-applicable' },
      },
      { where: ['stops', 0], if: 'q1 >= 2', then: 'q3', effect: { kind: 'stops', decides: ['three'] } },
    ]);
  });

  it('parts scores from quantities, and keeps the missing rules of a score', () => {
    expect(model.scores).toStrictEqual([
      {
        id: 'total',
        where: ['scores', 'total'],
        formula: 'q1 + q3',
        range: [0, 4],
        missingRules: [
          { id: 'printed', allow: 1 },
          { id: 'halves', allow: 2, round: 1 },
        ],
      },
    ]);
    expect(model.quantities).toStrictEqual([
      {
        id: 'bmi',
        where: ['scores', 'bmi'],
        formula: 'weight / (height * height)',
        places: 1,
        unit: 'kg/m2',
      },
      { id: 'ratio', where: ['scores', 'ratio'], formula: 'weight / height', places: 0 },
    ]);
    expect(model.keyings).toEqual({ other: { q1: [2, 1, 0] } });
    expect(model.tables).toStrictEqual({ metric: { where: ['tables', 'metric'], rows: [[0, 10]] } });
  });

  it('keeps bands by range and by rule, with the side of each level that reads as negative', () => {
    expect(model.bands).toStrictEqual([
      {
        id: 'signs',
        where: ['bands', 'signs'],
        preferred: true,
        of: 'total',
        levels: [
          {
            id: 'few',
            where: ['bands', 'signs', 'levels', 0],
            label: 'few signs',
            negative: true,
            from: 0,
            to: 2,
          },
          { id: 'many', where: ['bands', 'signs', 'levels', 1], label: 'many signs', from: 3 },
        ],
      },
      {
        id: 'response',
        where: ['bands', 'response'],
        levels: [
          { id: 'some', where: ['bands', 'response', 'rules', 0], label: 'some', when: 'q1 >= 1' },
          {
            id: 'more',
            where: ['bands', 'response', 'rules', 1],
            label: 'more',
            when: { by: 'sex', branches: { female: 'q3 >= 1', male: 'q3 >= 2' } },
          },
          { id: 'none', where: ['bands', 'response', 'rules', 2], label: 'none', negative: true },
        ],
      },
    ]);
  });

  it('reads a cut-off that is not met as negative, unless it says otherwise', () => {
    expect(model.cutOffs).toStrictEqual([
      {
        id: 'three',
        where: ['cut-offs', 'three'],
        when: 'total >= 3',
        screensFor: 'signs',
        preferred: true,
        negative: 'not-met',
      },
      {
        id: 'sexed',
        where: ['cut-offs', 'sexed'],
        when: { by: 'sex', branches: { female: 'total >= 2', male: 'total >= 3' } },
        applies: 'age >= 18',
        screensFor: 'other signs',
        negative: 'met',
      },
      { id: 'held', where: ['cut-offs', 'held'], when: 'q1 >= 1', screensFor: 'control', control: true },
    ]);
  });

  it('keeps what a flag asks for', () => {
    expect(model.flags).toStrictEqual([
      {
        id: 'third',
        where: ['flags', 'third'],
        when: 'q3 >= 1',
        title: 'third sign',
        critical: true,
        response: 'ask about it now',
      },
      { id: 'fourth', where: ['flags', 'fourth'], when: 'q4 >= 5', title: 'fourth sign' },
    ]);
  });
});

describe('what cannot be written out', () => {
  const found = (path: readonly (string | number)[], to: unknown) => {
    const { problems } = toModel(edited(whole, path, to) as ShippedDefinition);
    return problems;
  };

  it('an option set that is not there, with the one that was meant', () => {
    expect(found(['items', 'q1', 'options'], 'oftn')).toStrictEqual([
      {
        code: 'unknown-name',
        where: ['items', 'q1', 'options'],
        message: 'there is no option set `oftn`; known are often, said.',
        didYouMean: 'often',
      },
    ]);
    expect(toModel({ ...example, options: {} }).problems.map(({ message }) => message)).toEqual(
      Array(3).fill('there is no option set `often`; known are none.'),
    );
  });

  it('names twelve of the known at most', () => {
    const sets = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`set-${String.fromCharCode(97 + i)}`, []]));
    const [twelve, thirteen] = [12, 13].map(
      (count) =>
        toModel({ ...example, items: { q1: { label: 'x', options: 'odd' } }, options: sets(count) })
          .problems[0],
    );
    expect(twelve?.message).toMatch(/set-k, set-l\.$/);
    expect(thirteen?.message).toMatch(/set-k, set-l, …\.$/);
    expect(thirteen?.didYouMean).toBeUndefined();
  });

  it('a code that stands twice in a set', () => {
    expect(found(['options', 'said', 2, 'code'], 'no')).toMatchObject([
      { code: 'code-twice', where: ['options', 'said', 2, 'code'] },
    ]);
  });

  it('an item of a short form that is no item here, or an edition that is not this one', () => {
    const contains = (items: Record<string, string>, editions: Record<string, string>) => ({
      ...whole,
      contains: { short: { items, editions } },
    });
    expect(toModel(contains({ a: 'q1', b: 'q9' }, {})).problems).toMatchObject([
      {
        code: 'unknown-name',
        where: ['contains', 'short', 'items', 'b'],
        message: 'there is no item `q9`; known are q1, q2, q3, q4, weight, height, words.',
      },
    ]);
    expect(toModel(contains({ a: 'q1' }, { first: 'x' })).problems).toMatchObject([
      {
        where: ['contains', 'short', 'editions', 'first'],
        atKey: true,
        message: 'there is no edition `first`; known are none.',
      },
    ]);
    const named = { ...contains({ a: 'q1' }, { first: 'x', frst: 'y' }), edition: { id: 'first' } };
    expect(toModel(named).problems).toMatchObject([
      { where: ['contains', 'short', 'editions', 'frst'], didYouMean: 'first' },
    ]);
  });

  it('a member that two panels have', () => {
    const panel = { asked: 'all', members: { tea: {}, milk: {} }, items: {} } as const;
    expect(
      toModel({ ...whole, panels: { one: panel, two: { ...panel, members: { tea: {} } } } }).problems,
    ).toStrictEqual([
      {
        code: 'member-twice',
        where: ['panels', 'two', 'members', 'tea'],
        atKey: true,
        message: 'two panels have a member `tea`: names are member first, so rename one.',
      },
    ]);
  });

  it('a level that stands twice in a scheme', () => {
    expect(found(['bands', 'signs', 'levels', 1, 'id'], 'few')).toStrictEqual([
      {
        code: 'level-twice',
        where: ['bands', 'signs', 'levels', 1, 'id'],
        message: 'level `few` stands twice: rename one.',
      },
    ]);
  });

  it('rules of which not the last, and only it, is for all else', () => {
    const rule = { id: 'x', label: 'x', when: 'q1 >= 1' };
    const rest = { id: 'y', label: 'y', otherwise: true };
    expect(found(['bands', 'response', 'rules'], [rule])).toMatchObject([
      { code: 'otherwise-last', where: ['bands', 'response', 'rules'] },
    ]);
    expect(found(['bands', 'response', 'rules'], [{ ...rule, id: 'z' }, rest, rule])).toMatchObject([
      { code: 'otherwise-last', where: ['bands', 'response', 'rules', 1] },
    ]);
  });
});
