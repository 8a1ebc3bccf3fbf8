import { describe, expect, it } from 'vitest';
import type { FormulaSource, Model, ModelGate, ModelItem } from '../../src/formula/model.js';
import { compare, decimal, dividedBy, fraction, rounded, written } from './fraction.js';
import { meaning, type Possibilities } from './meaning.js';

const where = ['test'];

/** Items in order: points by code, where the code is the text of the first number, or given. */
const item = (
  id: string,
  points: readonly (number | readonly [number, number])[] = [0, 1, 2, 3],
): ModelItem => ({
  kind: 'choice',
  id,
  where,
  options: points.map((p, i) => ({ code: String(i), points: p })),
  missing: { refused: 'refused' },
});
const yesNo = (id: string): ModelItem => ({
  kind: 'choice',
  id,
  where,
  options: [
    { code: 'no', points: 0 },
    { code: 'yes', points: 1 },
  ],
  missing: {},
});
const measure = (id: string, min: number, max: number, step: number): ModelItem => ({
  kind: 'number',
  id,
  where,
  unit: 'x',
  min,
  max,
  step,
});
const of = (member: string, ...list: readonly ModelItem[]): readonly ModelItem[] =>
  list.map((one) => ({ ...one, id: `${member}.${one.id}`, member }));

interface Rules {
  readonly scores?: Readonly<Record<string, FormulaSource>>;
  readonly flags?: Readonly<Record<string, FormulaSource>>;
  readonly quantities?: Readonly<Record<string, string>>;
}

const gate = (condition: string, then: string, effect: ModelGate['effect']): ModelGate => ({
  where,
  if: condition,
  then,
  effect,
});
const nought = { kind: 'points', points: 0 } as const;
const drop = { kind: 'not-applicable' } as const;

const model = (items: readonly ModelItem[], rules: Rules, more: Partial<Model> = {}): Model => ({
  items,
  members: [],
  keyings: {},
  tables: {},
  gates: [],
  scores: Object.entries(rules.scores ?? {}).map(([id, formula]) => ({
    id,
    where,
    formula,
    range: [0, 0],
    missingRules: [],
  })),
  quantities: Object.entries(rules.quantities ?? {}).map(([id, formula]) => ({
    id,
    where,
    formula,
    places: 1,
  })),
  bands: [],
  cutOffs: [],
  flags: Object.entries(rules.flags ?? {}).map(([id, when]) => ({ id, where, when, title: id })),
  ...more,
});

const list = (set: ReadonlySet<string> | undefined): readonly string[] => [...(set ?? [])].sort();
const score = (p: Possibilities, id = 'total'): readonly string[] => list(p.scores.get(id));
const flag = (p: Possibilities, id = 'f'): readonly string[] => list(p.flags.get(id));

/** What a formula over four items of 0 to 3 points can be. */
const values = (formula: FormulaSource, answers: Record<string, number>, more: Partial<Model> = {}) =>
  score(
    meaning(
      model([item('q1'), item('q2'), item('q3'), item('q4')], { scores: { total: formula } }, more),
    ).possibilities({
      answers,
    }),
  );
const truth = (when: FormulaSource, answers: Record<string, number>, more: Partial<Model> = {}) =>
  flag(
    meaning(
      model([item('q1'), item('q2'), item('q3'), item('q4')], { flags: { f: when } }, more),
    ).possibilities({
      answers,
    }),
  );

const form = { q1: 3, q2: 2, q3: 1, q4: 0 };

describe('exact fractions', () => {
  it('hold decimals exactly and in lowest terms', () => {
    expect(written(decimal('0.1'))).toBe('1/10');
    expect(written(decimal(39.2))).toBe('196/5');
    expect(written(decimal(1e-7))).toBe('1/10000000');
    expect(written(fraction(3n, -6n))).toBe('-1/2');
    expect(compare(dividedBy(decimal('39.2'), decimal('1.96')), decimal('20'))).toBe(0);
  });

  it('round half away from zero', () => {
    expect(['2.5', '-2.5', '2.4', '-2.6', '0'].map((t) => written(rounded(decimal(t), 0)))).toEqual([
      '3',
      '-3',
      '2',
      '-3',
      '0',
    ]);
    expect(written(rounded(decimal('0.05'), 1))).toBe('1/10');
  });
});

describe('on a complete form', () => {
  it.each([
    ['sum(q1..q4)', '6'],
    ['sum(q1..q4) * 4', '24'],
    ['mean(q1..q4)', '3/2'],
    ['max(q2..q4)', '2'],
    ['min(q1..q3)', '1'],
    ['count(q1..q2 >= 2, q3 >= 1)', '3'],
    ['count(q1..q4)', '3'],
    ['round(mean(q1..q4), 0)', '2'],
    ['q1 - q2 * 2', '-1'],
    ['-(q1) + 5', '2'],
    ['q1 / 4', '3/4'],
    ['if q1 is "3" then 7 else 8', '7'],
    ['if q1 is not "3" then 7 else 8', '8'],
    ['sum(q1..q4 by half)', '3'],
    ['table(metric, q2)', '19/2'],
    ['sum(q1..q2 + 1)', '7'],
  ])('%s is %s', (formula, expected) => {
    const more = {
      keyings: { half: { q1: [0, 0, 0, 1], q2: [0, 0, 1, 1] } },
      tables: {
        metric: {
          where,
          rows: [
            [0, 1],
            [1, 2],
            [2, 9.5],
            [3, 10],
          ] as const,
        },
      },
    };
    expect(values(formula, form, more)).toEqual([expected]);
  });

  it.each([
    ['any(q1..q4 >= 3)', 'raised'],
    ['all(q1..q4 >= 1)', 'not-raised'],
    ['all(q1..q3)', 'raised'],
    ['q4', 'not-raised'],
    ['not q4 and q1', 'raised'],
    ['q1 = 3 and q2 != 3 and q3 < 2 and q3 <= 1 and q1 > 2', 'raised'],
    ['q4 or false', 'not-raised'],
  ])('%s is %s', (when, expected) => {
    expect(truth(when, form)).toEqual([expected]);
  });
});

describe('on a partial form', () => {
  it('lets a missing item be any printed option', () => {
    expect(values('sum(q1..q4)', { q1: 3, q2: 2, q3: 1 })).toEqual(['6', '7', '8', '9']);
  });

  it('finds a verdict that every completion shares', () => {
    expect(truth('sum(q1..q4) >= 5', { q1: 3, q2: 2 })).toEqual(['raised']);
    expect(truth('sum(q1..q4) >= 12', { q1: 3, q2: 2 })).toEqual(['not-raised']);
    expect(truth('sum(q1..q4) >= 6', { q1: 3, q2: 2 })).toEqual(['not-raised', 'raised']);
  });

  it('sees that an item of both polarities settles its own condition', () => {
    expect(truth('q1 >= 2 or q1 < 2', {})).toEqual(['raised']);
  });

  it('skips values that no completion reaches', () => {
    expect(values('q1 * 2', {})).toEqual(['0', '2', '4', '6']);
  });

  it('takes a printed refusal, null and a reason as missing', () => {
    const { possibilities } = meaning(model([item('q1')], { scores: { total: 'q1' } }));
    for (const q1 of ['refused', null, { missing: 'not-known' }]) {
      expect(score(possibilities({ answers: { q1 } }))).toEqual(['0', '1', '2', '3']);
    }
  });

  it('lets an interval option be any whole number in it, also when it is the answer', () => {
    const { possibilities } = meaning(
      model([item('q1', [0, 5, [1, 3]])], { scores: { total: 'q1' }, flags: { f: 'q1 is "2"' } }),
    );
    expect(score(possibilities({ answers: { q1: 2 } }))).toEqual(['1', '2', '3']);
    expect(flag(possibilities({ answers: { q1: 2 } }))).toEqual(['raised']);
    expect(score(possibilities({ answers: {} }))).toEqual(['0', '1', '2', '3', '5']);
  });

  it('evaluates both branches where the sex is unknown, and one where it is known', () => {
    const by = { by: 'sex', branches: { female: 'q1 >= 2', male: 'q1 >= 3' } };
    const { possibilities } = meaning(model([item('q1')], { flags: { f: by } }));
    expect(flag(possibilities({ answers: { q1: 2 } }))).toEqual(['not-raised', 'raised']);
    expect(flag(possibilities({ answers: { q1: 3 }, context: { sex: 'unknown' } }))).toEqual(['raised']);
    expect(flag(possibilities({ answers: { q1: 2 }, context: { sex: 'male' } }))).toEqual(['not-raised']);
  });

  it('ranges an unknown age over 0 to 120', () => {
    const { possibilities } = meaning(
      model([], { flags: { f: 'age >= 65', g: 'age <= 120', h: 'sex is female' } }),
    );
    expect(flag(possibilities({ answers: {} }))).toEqual(['not-raised', 'raised']);
    expect(flag(possibilities({ answers: {} }), 'g')).toEqual(['raised']);
    expect(flag(possibilities({ answers: {}, context: { age: 65 } }))).toEqual(['raised']);
    expect(flag(possibilities({ answers: {} }), 'h')).toEqual(['not-raised', 'raised']);
  });

  it('counts a number in exact steps', () => {
    const weights = [measure('now', 36.8, 37, 0.1), measure('before', 41, 41, 0.1)];
    const { possibilities } = meaning(
      model(weights, {
        flags: { f: '(before - now) / before >= 0.1' },
        quantities: { lost: 'before - now' },
      }),
    );
    expect(flag(possibilities({ answers: { now: 36.9, before: '41.0' } }))).toEqual(['raised']);
    expect(flag(possibilities({ answers: { now: 37, before: 41 } }))).toEqual(['not-raised']);
    expect(list(possibilities({ answers: {} }).quantities.get('lost'))).toEqual(['21/5', '4', '41/10']);
  });

  it('names what has too many completions, and answers the rest', () => {
    const { possibilities } = meaning(
      model([item('q1'), item('q2'), item('q3')], { scores: { total: 'sum(q1..q3)', one: 'q1' } }),
    );
    const found = possibilities({ answers: {} }, 10);
    expect(found.tooMany).toEqual(['scores total']);
    expect(score(found, 'one')).toEqual(['0', '1', '2', '3']);
  });
});

describe('a gate that gives points', () => {
  const skip = { gates: [gate('q1 is "0"', 'q2..q4', nought)] };

  it('settles its unanswered targets where it holds', () => {
    expect(values('sum(q1..q4)', { q1: 0 }, skip)).toEqual(['0']);
    expect(values('sum(q1..q4)', { q1: 0, q2: 0 }, skip)).toEqual(['0']);
  });

  it('leaves them open where it does not hold', () => {
    expect(values('sum(q1..q4)', { q1: 1, q2: 0, q3: 0 }, skip)).toEqual(['1', '2', '3', '4']);
  });

  it('holds in some completions where its own item is open', () => {
    expect(values('q1 + q2', {}, skip)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    expect(truth('q1 = 0 and q2 = 3', {}, skip)).toEqual(['not-raised']);
  });

  it('frees its targets where one of them was answered otherwise', () => {
    expect(values('sum(q1..q3)', { q1: 0, q2: 2 }, skip)).toEqual(['2', '3', '4', '5']);
    const { possibilities } = meaning(
      model([item('q1'), item('q2'), item('q3'), item('q4')], { scores: { total: 'sum(q1..q4)' } }, skip),
    );
    expect(possibilities({ answers: { q1: 0, q2: 2, q3: 0 } }).contradictions).toEqual([
      { gate: 0, items: ['q2'], holds: 'always' },
    ]);
    expect(possibilities({ answers: { q2: 2 } }).contradictions).toEqual([
      { gate: 0, items: ['q2'], holds: 'sometimes' },
    ]);
    expect(possibilities({ answers: { q1: 1, q2: 2 } }).contradictions).toEqual([]);
  });

  it('is read on what earlier gates left', () => {
    const chain = { gates: [gate('q1 is "0"', 'q2', nought), gate('q2 = 0', 'q3', nought)] };
    expect(values('sum(q1..q3)', { q1: 0 }, chain)).toEqual(['0']);
  });

  it('counts a skipped item as the option with those points, in every keying', () => {
    const more = { ...skip, keyings: { other: { q2: [5, 6, 7, 8] } } };
    expect(values('sum(q2 by other)', { q1: 0 }, more)).toEqual(['5']);
    expect(truth('q2 is "0"', { q1: 0 }, skip)).toEqual(['raised']);
  });

  it('is contradicted by an interval only where the interval leaves out its points', () => {
    const items = [yesNo('q1'), item('q2', [0, [0, 2], [1, 2]]), item('q3')];
    const { possibilities } = meaning(
      model(items, { scores: { total: 'q3' } }, { gates: [gate('q1 is no', 'q2..q3', nought)] }),
    );
    expect(score(possibilities({ answers: { q1: 'no', q2: 1 } }))).toEqual(['0']);
    expect(score(possibilities({ answers: { q1: 'no', q2: 2 } }))).toEqual(['0', '1', '2', '3']);
  });
});

describe('a gate that makes items not applicable', () => {
  const out = { gates: [gate('q1 is "0"', 'q3..q4', drop)] };
  const left = { q1: 0, q2: 2 };

  it.each([
    ['sum(q1..q4)', '2'],
    ['mean(q1..q4)', '1'],
    ['min(q2..q4)', '2'],
    ['max(q3..q4, q1)', '0'],
    ['max(q3..q4)', 'not-applicable'],
    ['sum(q3..q4)', 'not-applicable'],
    ['count(q1..q4 < 3)', '2'],
    ['q2 + q3', '2'],
  ])('leaves %s at %s', (formula, expected) => {
    expect(values(formula, left, out)).toEqual([expected]);
  });

  it.each([
    ['q3 >= 0', 'not-raised'],
    ['q3 < 9', 'not-raised'],
    ['q3 is "0"', 'not-raised'],
    ['q3 is not "0"', 'not-raised'],
    ['not q3 >= 0', 'raised'],
    ['any(q3..q4 >= 0)', 'not-raised'],
    ['all(q2..q4 >= 2)', 'raised'],
    ['q2 + q3 = 2', 'raised'],
  ])('makes %s %s', (when, expected) => {
    expect(truth(when, left, out)).toEqual([expected]);
  });

  it('is contradicted by any answer', () => {
    expect(values('sum(q3..q4)', { q1: 0, q3: 0 }, out)).toEqual(['0', '1', '2', '3']);
  });

  it('takes a comparison of measurements away with any one of them', () => {
    const items = [yesNo('q1'), measure('a', 1, 2, 1), measure('b', 1, 2, 1)];
    const rules = { flags: { f: 'bmi <= 9', g: 'a - b < 9' }, quantities: { bmi: 'a / b' } };
    const { possibilities } = meaning(model(items, rules, { gates: [gate('q1 is no', 'b', drop)] }));
    const found = possibilities({ answers: { q1: 'no', a: 1 } });
    expect([flag(found), flag(found, 'g'), list(found.quantities.get('bmi'))]).toEqual([
      ['not-raised'],
      ['not-raised'],
      ['not-applicable'],
    ]);
    expect(flag(possibilities({ answers: { q1: 'yes', a: 1 } }))).toEqual(['raised']);
  });
});

describe('a gate that stops', () => {
  it('changes nothing', () => {
    const stop = { gates: [gate('q1 >= 3', 'q2..q4', { kind: 'stops', decides: ['x'] })] };
    expect(values('sum(q1..q2)', { q1: 3 }, stop)).toEqual(['3', '4', '5', '6']);
  });
});

describe('bands and cut-offs', () => {
  const level = (id: string, rest: object) => ({ id, where, label: id, ...rest });
  const made = model(
    [item('q1'), item('q2')],
    { scores: { total: 'q1 + q2' } },
    {
      bands: [
        {
          id: 'uk',
          where,
          of: 'total',
          levels: [level('low', { from: 0, to: 3 }), level('high', { from: 4, to: 6 })],
        },
        { id: 'open', where, of: 'total', levels: [level('b', { from: 2.5 }), level('a', { from: 0 })] },
        {
          id: 'rules',
          where,
          levels: [
            level('first', { when: 'q1 = 3' }),
            level('second', { when: 'q2 = 3' }),
            level('rest', {}),
          ],
        },
      ],
      cutOffs: [
        { id: 'four', where, when: 'total >= 4', screensFor: 'x' },
        { id: 'women', where, when: 'total >= 4', applies: 'sex is female', screensFor: 'x' },
      ],
    },
  );
  const { possibilities } = meaning(made);

  it('give the level whose range holds the score', () => {
    const { bands } = possibilities({ answers: { q1: 2, q2: 2 } });
    expect([...bands].map(([id, found]) => [id, list(found)])).toEqual([
      ['uk', ['high']],
      ['open', ['b']],
      ['rules', ['rest']],
    ]);
  });

  it('give each level that a completion reaches, the first rule that matches before the others', () => {
    const { bands } = possibilities({ answers: { q1: 3 } });
    expect([list(bands.get('uk')), list(bands.get('rules'))]).toEqual([['high', 'low'], ['first']]);
  });

  it('are met or not, and not applicable where they are for other people', () => {
    const male = possibilities({ answers: { q1: 3, q2: 1 }, context: { sex: 'male' } }).cutOffs;
    expect([list(male.get('four')), list(male.get('women'))]).toEqual([['met'], ['not-applicable']]);
    const unknown = possibilities({ answers: { q1: 3, q2: 0 } }).cutOffs;
    expect(list(unknown.get('women'))).toEqual(['not-applicable', 'not-met']);
  });
});

describe('panels', () => {
  const made = model(
    [...of('alcohol', yesNo('q1'), item('q2'), item('q3')), ...of('tobacco', yesNo('q1'), item('q2'))],
    {
      flags: { f: 'any(drug.* : count >= 2)', g: 'all(drug.* : count < 2)', h: 'any(drug.* : q3 = 3)' },
      scores: { worst: 'max(drug.* : count)', all: 'sum(drug.* : q2)' },
    },
    {
      members: [
        { panel: 'drug', id: 'alcohol', asked: 'chosen' },
        { panel: 'drug', id: 'tobacco', asked: 'chosen' },
      ],
    },
  );
  const counts = ['alcohol', 'tobacco'].map((member) => ({
    id: `${member}.count`,
    where,
    member,
    formula: 'sum(q1..q3)',
    range: [0, 7] as const,
    missingRules: [],
  }));
  const skips = ['alcohol', 'tobacco'].map((member) => ({ ...gate('q1 is no', 'q2', nought), member }));
  const { possibilities, completions } = meaning({
    ...made,
    scores: [...made.scores, ...counts],
    gates: skips,
  });

  it('leave a member that was not chosen out of everything', () => {
    const found = possibilities({ answers: { 'alcohol.q1': 'yes', 'alcohol.q2': 1, 'alcohol.q3': 0 } });
    expect([score(found, 'alcohol.count'), score(found, 'tobacco.count'), score(found, 'worst')]).toEqual([
      ['2'],
      ['not-applicable'],
      ['2'],
    ]);
    expect([flag(found), flag(found, 'g')]).toEqual([['raised'], ['not-raised']]);
  });

  it('administer a member that is listed, or of which a reason is given', () => {
    for (const chosen of [
      { answers: {}, administered: ['drug.tobacco'] },
      { answers: { 'tobacco.q2': { missing: 'refused' } } },
    ]) {
      expect(score(possibilities(chosen), 'tobacco.count')).toEqual(['0', '1', '2', '3', '4']);
      expect(completions(chosen)).toBe(2 * 4 * 121 * 2);
    }
    expect(score(possibilities({ answers: { 'tobacco.q2': null } }), 'tobacco.count')).toEqual([
      'not-applicable',
    ]);
  });

  it('read names as the member’s own, hold only the items present in a range, and skip by member', () => {
    const found = possibilities({
      answers: { 'tobacco.q1': 'no', 'alcohol.q1': 'yes', 'alcohol.q2': 3, 'alcohol.q3': 3 },
    });
    expect([score(found, 'tobacco.count'), score(found, 'all'), flag(found, 'h')]).toEqual([
      ['0'],
      ['3'],
      ['raised'],
    ]);
  });

  it('make a sum over members not applicable where none was chosen', () => {
    const found = possibilities({ answers: {} });
    expect([score(found, 'worst'), flag(found), flag(found, 'g')]).toEqual([
      ['not-applicable'],
      ['not-raised'],
      ['raised'],
    ]);
  });
});

describe('a completion drawn at random', () => {
  it('is one of the possibilities, and scores the same when it is filled in', () => {
    const items = [item('q1'), item('q2'), measure('w', 0.5, 2, 0.5), yesNo('q3')];
    const rules = { scores: { total: 'q1 + q2' }, flags: { f: 'w >= 1.5 and q3' } };
    const made = meaning(model(items, rules, { gates: [gate('q1 is "0"', 'q2', nought)] }));
    const answers = { q2: { missing: 'refused' } };
    const whole = made.possibilities({ answers });
    let seed = 7;
    const pick = (n: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * n);
    };
    for (let i = 0; i < 200; i += 1) {
      const drawn = made.sample({ answers }, pick);
      expect(score(whole)).toContain(drawn.scores.get('total'));
      const again = made.possibilities({ answers: drawn.answers, context: drawn.context });
      expect(score(again)).toEqual([drawn.scores.get('total')]);
      expect(flag(again)).toEqual([drawn.flags.get('f')]);
    }
  });
});

describe('a definition that the loader would refuse', () => {
  it.each(['unknown', 'any(q1) + 1', 'q1..q2 >= 1', 'sum(q2..q1)', 'q1 >='])(
    'throws on %s instead of guessing',
    (formula) => {
      expect(() => values(formula, form)).toThrow(/outside the language/);
    },
  );
});
