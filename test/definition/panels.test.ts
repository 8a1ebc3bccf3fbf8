import { describe, expect, it } from 'vitest';
import type { ShippedDefinition } from '../../src/definition/index.js';
import { partsOf, toModel } from '../../src/definition/to-model.js';
import { example } from './example.js';

const panel: ShippedDefinition = {
  ...example,
  panels: {
    substance: {
      asked: 'chosen',
      members: {
        tea: { items: { q3: 'absent' }, ranges: { count: [0, 4] } },
        coffee: {
          items: {
            q2: { label: 'strong coffee', options: 'often' },
            q4: { label: 'with milk', options: 'often' },
          },
          levels: { amount: [{ id: 'any', label: 'any', from: 0, to: 6 }] },
          flags: { much: 'absent' },
        },
        water: {},
      },
      items: {
        q1: { label: 'drunk', options: 'often' },
        q2: { label: 'cups', options: 'often' },
        q3: { label: 'sugar', options: 'often' },
      },
      skips: [{ if: 'q1 is "0"', then: 'q2..q3', points: 0, source: 'made-up' }],
      scores: { count: { formula: 'sum(q1..q3)', range: [0, 6], source: 'made-up' } },
      bands: {
        amount: {
          of: 'count',
          source: 'made-up',
          levels: [
            { id: 'little', label: 'little', from: 0, to: 3 },
            { id: 'much', label: 'much', from: 4, to: 6 },
          ],
        },
      },
      flags: { much: { when: 'count >= 4', title: 'much', source: 'made-up' } },
    },
  },
};

type Exceptions = Extract<
  NonNullable<ShippedDefinition['panels']>[string],
  { members: object }
>['members'][string];

/** A panel with one entry of each kind, and the exceptions of its one member. */
const rich = (tea: Exceptions): ShippedDefinition => ({
  ...example,
  panels: {
    drink: {
      asked: 'all',
      members: { tea },
      items: { q1: { label: 'a', options: 'often' }, q2: { label: 'b', options: 'often' } },
      skips: [{ if: 'q1 is "0"', then: 'q2', points: 0, source: 'made-up' }],
      scores: {
        count: { formula: 'sum(q1..q2)', range: [0, 4], source: 'made-up' },
        ratio: { formula: 'q1 / q2', quantity: true, places: 1, source: 'made-up' },
      },
      bands: {
        amount: { of: 'count', source: 'made-up', levels: [{ id: 'any', label: 'any', from: 0 }] },
        response: {
          source: 'made-up',
          rules: [
            { id: 'some', label: 'some', when: 'q1 >= 1' },
            { id: 'none', label: 'none', otherwise: true },
          ],
        },
      },
      'cut-offs': { much: { when: 'count >= 2', 'screens-for': 'much', source: 'made-up' } },
      flags: { seen: { when: 'q2 >= 2', title: 'seen', source: 'made-up' } },
    },
  },
});

describe('a panel written out', () => {
  const { model, problems, labels } = toModel(panel);

  it('has no problem of its own', () => {
    expect(problems).toEqual([]);
  });

  it('names every entry member first, in form order, exceptions applied', () => {
    expect(model.items.map(({ id }) => id)).toEqual([
      ...['q1', 'q2', 'q3'],
      ...['tea.q1', 'tea.q2'],
      ...['coffee.q1', 'coffee.q2', 'coffee.q3', 'coffee.q4'],
      ...['water.q1', 'water.q2', 'water.q3'],
    ]);
    expect(labels).toHaveLength(model.items.length);
    expect(labels[6]).toBe('strong coffee');
    expect(model.flags.map(({ id }) => id)).toEqual(['third', 'tea.much', 'water.much']);
  });

  it('knows each entry as its member', () => {
    expect(model.members).toEqual([
      { panel: 'substance', id: 'tea', asked: 'chosen' },
      { panel: 'substance', id: 'coffee', asked: 'chosen' },
      { panel: 'substance', id: 'water', asked: 'chosen' },
    ]);
    expect(model.gates.map(({ member }) => member)).toEqual(['tea', 'coffee', 'water']);
    expect(model.items.find(({ id }) => id === 'tea.q1')?.member).toBe('tea');
  });

  it('ends each range at the items that the member has', () => {
    const formula = (id: string) => model.scores.find((score) => score.id === id)?.formula;
    expect(formula('tea.count')).toBe('sum(q1..q2)');
    expect(formula('water.count')).toBe('sum(q1..q3)');
    expect(model.gates.map((gate) => gate.then)).toEqual(['q2..q2', 'q2..q3', 'q2..q3']);
  });

  it('leaves out a skip of nothing, and never touches a quoted code', () => {
    const items = { q1: { label: 'a', options: 'often' }, q2: { label: 'b', options: 'often' } };
    const { model: written } = toModel({
      ...example,
      panels: {
        drink: {
          asked: 'all',
          members: { tea: { items: { q2: 'absent' } } },
          items,
          skips: [
            { if: 'q1 is "0"', then: 'q2', points: 0, source: 'made-up' },
            { if: 'q1 is "q1..q2"', then: ['q1', 'q2'], points: 0, source: 'made-up' },
          ],
        },
      },
    });
    expect(written.gates.map((gate) => [gate.if, gate.then])).toEqual([['q1 is "q1..q2"', ['q1']]]);
  });

  it('ends the ranges of branches, rules, cut-offs and quantities likewise', () => {
    const { model: written } = toModel({
      ...example,
      panels: {
        drink: {
          asked: 'all',
          members: { tea: { items: { q2: 'absent' } } },
          items: { q1: { label: 'a', options: 'often' }, q2: { label: 'b', options: 'often' } },
          bands: {
            response: {
              source: 'made-up',
              rules: [
                { id: 'some', label: 'some', when: 'any(q1..q2)' },
                { id: 'none', label: 'none', otherwise: true },
              ],
            },
          },
          scores: {
            ratio: { formula: 'sum(q1..q2)', quantity: true, places: 1, source: 'made-up' },
          },
          'cut-offs': {
            much: {
              when: { by: 'sex', female: 'sum(q1..q2) >= 1', male: 'sum(q1..q2) >= 2' },
              'applies-when': 'any(q1..q2)',
              'screens-for': 'much',
              source: 'made-up',
            },
          },
        },
      },
    });
    expect(written.bands[1]?.levels[0]?.when).toBe('any(q1..q1)');
    expect(written.quantities[0]?.formula).toBe('sum(q1..q1)');
    expect(written.cutOffs[1]).toMatchObject({
      when: { by: 'sex', branches: { female: 'sum(q1..q1) >= 1', male: 'sum(q1..q1) >= 2' } },
      applies: 'any(q1..q1)',
    });
  });

  it("takes a member's own range and levels, and points to where they stand", () => {
    const count = model.scores.find(({ id }) => id === 'tea.count');
    expect(count?.range).toEqual([0, 4]);
    expect(count?.where).toEqual(['panels', 'substance', 'members', 'tea', 'ranges', 'count']);
    const amount = model.bands.find(({ id }) => id === 'coffee.amount');
    expect(amount?.levels.map(({ id }) => id)).toEqual(['any']);
    expect(amount?.levels[0]?.where).toEqual([
      'panels',
      'substance',
      'members',
      'coffee',
      'levels',
      'amount',
      0,
    ]);
    expect(model.bands.find(({ id }) => id === 'water.amount')?.levels[1]?.where).toEqual([
      ...['panels', 'substance', 'bands', 'amount', 'levels'],
      1,
    ]);
  });

  it('numbers the members of a repeat', () => {
    const repeated = toModel({
      ...example,
      panels: {
        injury: { asked: 'chosen', repeat: { max: 3 }, items: { q1: { label: 'x', options: 'often' } } },
      },
    });
    expect(repeated.model.members.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(repeated.model.items.slice(3).map(({ id }) => id)).toEqual(['1.q1', '2.q1', '3.q1']);
  });

  it('refuses exceptions for what the panel does not have', () => {
    const odd = toModel({
      ...panel,
      panels: {
        substance: {
          asked: 'all',
          items: { q1: { label: 'x', options: 'often' } },
          members: {
            tea: {
              items: { q9: 'absent' },
              ranges: { cont: [0, 1] },
              levels: { amount: [{ id: 'a', label: 'a', from: 0 }] },
            },
          },
          scores: { count: { formula: 'q1', range: [0, 2], source: 'made-up' } },
        },
      },
    });
    expect(odd.problems.map(({ where, didYouMean }) => [where.slice(4).join('.'), didYouMean])).toEqual([
      ['items.q9', 'q1'],
      ['ranges.cont', 'count'],
      ['levels.amount', undefined],
    ]);
    expect(odd.problems.map(({ message }) => message)).toEqual([
      'the panel has no item `q9`; it has q1.',
      'the panel has no score `cont`; it has count.',
      'the panel has no band scheme with levels `amount`; it has none.',
    ]);
  });

  it.each([
    ['scores', 'scores', 'score', 'count, ratio'],
    ['bands', 'bands', 'band scheme', 'amount, response'],
    ['cut-offs', 'cut-offs', 'cut-off', 'much'],
    ['flags', 'flags', 'flag', 'seen'],
    ['items', 'items', 'item', 'q1, q2'],
  ])(
    'takes %s of its own for a member, adds them, leaves them out, and refuses to leave out what is not there',
    (name, key, what, known) => {
      const { problems: found } = toModel(rich({ [name]: { other: 'absent' } }));
      expect(found).toMatchObject([
        {
          code: 'unknown-name',
          where: ['panels', 'drink', 'members', 'tea', key, 'other'],
          atKey: true,
          message: `the panel has no ${what} \`other\`; it has ${known}.`,
        },
      ]);
    },
  );

  it('points to where the exception of a member stands', () => {
    const source = 'made-up';
    const { model: written, problems: found } = toModel(
      rich({
        items: { q2: { label: 'own', options: 'often' }, q3: { label: 'added', options: 'often' } },
        scores: {
          count: { formula: 'q1', range: [0, 2], source },
          more: { formula: 'q3', range: [0, 2], source },
        },
        bands: {
          response: 'absent',
          amount: { of: 'count', source, levels: [{ id: 'a', label: 'a', from: 0 }] },
        },
        'cut-offs': { much: { when: 'q1 >= 1', 'screens-for': 'x', source } },
        flags: { seen: { when: 'q2 >= 1', title: 'own', source } },
      }),
    );
    expect(found).toEqual([]);
    const own = (name: string, id: string) => ['panels', 'drink', 'members', 'tea', name, id];
    const placesOf = (entries: readonly { id: string; where: readonly unknown[]; member?: string }[]) =>
      entries.filter(({ member }) => member === 'tea').map(({ id, where }) => [id, where]);
    expect(placesOf(written.items)).toEqual([
      ['tea.q1', ['panels', 'drink', 'items', 'q1']],
      ['tea.q2', own('items', 'q2')],
      ['tea.q3', own('items', 'q3')],
    ]);
    expect(placesOf(written.scores)).toEqual([
      ['tea.count', own('scores', 'count')],
      ['tea.more', own('scores', 'more')],
    ]);
    expect(placesOf(written.quantities)).toEqual([['tea.ratio', ['panels', 'drink', 'scores', 'ratio']]]);
    expect(placesOf(written.bands)).toEqual([['tea.amount', own('bands', 'amount')]]);
    expect(placesOf(written.cutOffs)).toEqual([['tea.much', own('cut-offs', 'much')]]);
    expect(placesOf(written.flags)).toEqual([['tea.seen', own('flags', 'seen')]]);
    expect(placesOf(written.gates.map((gate) => ({ id: String(gate.if), ...gate })))).toEqual([
      ['q1 is "0"', ['panels', 'drink', 'skips', 0]],
    ]);
  });

  it('takes a range for a score and levels for a scheme by range, and for nothing else', () => {
    const { model: written, problems: found } = toModel(
      rich({
        ranges: { ratio: [0, 9], count: [0, 9] },
        levels: { response: [{ id: 'a', label: 'a', from: 0 }] },
      }),
    );
    expect(found.map(({ message }) => message)).toEqual([
      'the panel has no band scheme with levels `response`; it has amount.',
    ]);
    expect(written.scores.find(({ id }) => id === 'tea.count')?.range).toEqual([0, 9]);
    expect(written.quantities[0]?.where).toEqual(['panels', 'drink', 'scores', 'ratio']);
    expect(written.bands.find(({ id }) => id === 'tea.response')?.levels).toHaveLength(2);
  });

  it('ends a range at what a member has of the items that only some members have', () => {
    const { model: written } = toModel({
      ...example,
      panels: {
        drink: {
          asked: 'all',
          members: { tea: { items: { q3: { label: 'added', options: 'often' } } }, milk: {} },
          items: { q1: { label: 'a', options: 'often' }, q2: { label: 'b', options: 'often' } },
          scores: {
            count: { formula: 'sum(q1..q3) + sum(x..q3) + sum(q3..q3)', range: [0, 6], source: 'made-up' },
          },
        },
      },
    });
    expect(written.scores.slice(1).map(({ formula }) => formula)).toEqual([
      'sum(q1..q3) + sum(x..q3) + sum(q3..q3)',
      'sum(q1..q2) + sum(x..q3) + sum(q3..q3)',
    ]);
  });

  it('gives an entry of the top level no member', () => {
    expect(partsOf(example)[0]).toStrictEqual({
      items: ['q1', 'q2', 'q3'].map((id) => ({ id, where: ['items', id], entry: example.items?.[id] })),
      skips: [],
      scores: [{ id: 'total', where: ['scores', 'total'], entry: example.scores?.['total'] }],
      bands: [{ id: 'signs', where: ['bands', 'signs'], entry: example.bands?.['signs'] }],
      cutOffs: [{ id: 'three', where: ['cut-offs', 'three'], entry: example['cut-offs']?.['three'] }],
      flags: [{ id: 'third', where: ['flags', 'third'], entry: example.flags?.['third'] }],
    });
  });

  it('refuses two panels with a member of one name', () => {
    const part = {
      asked: 'all',
      members: { tea: {} },
      items: { q1: { label: 'x', options: 'often' } },
    } as const;
    const { problems: found } = toModel({ ...example, panels: { a: part, b: part } });
    expect(found.map(({ code }) => code)).toEqual(['member-twice']);
    expect(partsOf(example)).toHaveLength(1);
  });
});

describe('points', () => {
  const points = (definition: ShippedDefinition) => {
    const item = toModel(definition).model.items[0];
    return item?.kind === 'choice' ? item.options.map((option) => option.points) : [];
  };
  const options = {
    often: [
      { code: '0', label: 'never' },
      { code: '2', label: 'sometimes' },
      { code: 'unsure', label: 'unsure', points: [1, 3] as [number, number] },
      { code: 'other', label: 'other' },
      { code: 'declined', label: 'declined', missing: 'refused' as const },
    ],
  };
  const withItem = (item: { points?: (number | [number, number])[]; reverse?: true }): ShippedDefinition => ({
    ...example,
    options,
    items: { q1: { label: 'x', options: 'often', ...item } },
  });

  it('are the code where it is a number, an interval where one is given, and else none', () => {
    expect(points(withItem({}))).toEqual([0, 2, [1, 3], null]);
  });

  it('turn over within the least and the greatest', () => {
    expect(points(withItem({ reverse: true }))).toEqual([3, 1, [0, 2], null]);
  });

  it("are the item's own where it gives them", () => {
    expect(points(withItem({ points: [1, 0, [0, 1], 0] }))).toEqual([1, 0, [0, 1], 0]);
  });
});
