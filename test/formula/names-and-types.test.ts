import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { FormulaSource, ModelProblem } from '../../src/formula/model.js';
import type { Program } from '../../src/formula/normal-form.js';
import { buildModel, questions, type Sketch, upTo, YES_NO } from './build-model.js';

const problems = (sketch: Sketch): readonly ModelProblem[] => {
  const lowered = lowerModel(buildModel(sketch));
  return isLeft(lowered) ? lowered.left : [];
};
const lower = (sketch: Sketch): Program => {
  const lowered = lowerModel(buildModel(sketch));
  if (isLeft(lowered))
    throw new Error(lowered.left.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return lowered.right;
};

const base: Sketch = {
  items: { ...questions(3, upTo(2)), weight: { number: { min: 20, max: 200, step: 1 } } },
  scores: { total: ['sum(q1..q3)', 0, 6] },
  cutOffs: { heavy: 'weight >= 100' },
};
/** The problems of one more cut-off. */
const told = (when: FormulaSource, more: Partial<Sketch> = {}) =>
  problems({ ...base, ...more, cutOffs: { ...base.cutOffs, odd: when } });
const codes = (when: FormulaSource, more: Partial<Sketch> = {}) => told(when, more).map(({ code }) => code);

describe('one slip', () => {
  it.each([
    'q9 and q1 >= 1',
    'q1 >= 1 or q9',
    'not q9',
    'q9 >= 1',
    '1 <= q9',
    'q9 + q1 >= 1',
    'q1 - q9 >= 1',
    'q1 * q9 >= 1',
    '-(q9) >= -1',
    'q9 is "1"',
    'sum(q9..q3) >= 1',
    'sum(q1..q9) >= 1',
    'sum(q1, q9) >= 1',
    'count(q9 >= 1, q1 >= 1) >= 1',
    'any(q9..q3 >= 1)',
    'all(q1..q9 is "1")',
    'max(q9, q1) >= 1',
    'round(q9, 1) >= 1',
    'if q9 is "1" then q1 >= 1 else q2 >= 1',
    'if q1 is "1" then q9 >= 1 else q2 >= 1',
    'if q1 is "1" then q2 >= 1 else q9 >= 1',
    '(if q1 is "1" then q9 else q2) >= 1',
    '(if q1 is "1" then q2 else q9) >= 1',
    'sum(q9..q3) and q1 >= 1',
  ])('is one problem, at the name that is not known: %s', (when) => {
    const found = told(when);
    expect(found.map(({ code }) => code)).toEqual(['unknown-name']);
    const { start = 0, end = 0 } = found[0]?.span ?? {};
    expect(when.slice(start, end)).toMatch(/q9/);
    expect(found[0]?.message).toMatch(/^No item, score or quantity is called 'q9'/);
  });

  it.each([
    'if q9 and q1 >= 1 then 1 else 0',
    'if q1 >= 1 or q9 then 1 else 0',
    'if q9 >= 1 then 1 else 0',
    'if 1 <= q9 then 1 else 0',
    'if q9 is "1" then q1 else q2',
    'q9 + q1',
    'q1 - q9',
    'sum(q1, q9)',
    'count(q9 >= 1, q1 >= 1)',
    'count(if q9 is "1" then q1 >= 1 else q2 >= 1)',
  ])('is one problem of a score too: %s', (formula) => {
    const found = problems({ ...base, scores: { ...base.scores, odd: [formula, 0, 1] } });
    expect(found).toMatchObject([{ code: 'unknown-name', where: ['scores', 'odd', 'formula'] }]);
  });

  it('is one problem where one branch of a condition is a number', () => {
    const found = (test: string) =>
      problems({ ...base, scores: { ...base.scores, odd: [`count(${test}, q3 >= 1)`, 0, 2] } }).map(
        ({ code }) => code,
      );
    expect(found('if q1 >= 1 then q2 >= 1 else total')).toEqual(['not-a-condition']);
    expect(found('if q1 >= 1 then true else 2')).toEqual(['not-a-condition']);
    expect(found('if q1 >= 1 then q2 else false')).toEqual([]);
  });

  it('beside another is two problems', () => {
    expect(codes('q8 >= 1 and q9 >= 1')).toEqual(['unknown-name', 'unknown-name']);
    expect(codes('sum(q8, q9) >= 1')).toEqual(['unknown-name', 'unknown-name']);
  });
});

describe('what a formula may not ask', () => {
  it('is to divide by 0', () => {
    expect(told('weight / 0 >= 1')).toMatchObject([
      { code: 'division', message: 'Nothing can be divided by 0.', span: { start: 9, end: 10 } },
    ]);
  });

  it.each([
    ['(if q1 is "1" then weight * weight else 1) + 0 >= 1', 'A quotient as a branch'],
    ['(if q1 is "1" then 1 else weight * weight) + 0 >= 1', 'A quotient as a branch'],
    ['sum(drink.* : weight * weight) >= 1', 'A quotient of a member'],
    ['max(weight * weight, 1) >= 1', 'max(...) of a quotient'],
    ['round(weight * weight, 0) >= 1', 'round(...) of a quotient'],
  ])('is to score a quotient: %s', (when, said) => {
    const member = {
      items: { ...base.items, 'tea.q1': upTo(2) },
      members: [{ panel: 'drink', id: 'tea', asked: 'all' }],
      flags: { tea: 'tea.q1 >= 1' },
    } as const;
    const found = told(when, member);
    expect(found.map(({ code }) => code)).toEqual(['quotient-as-score']);
    expect(found[0]?.message.startsWith(`${said} cannot be scored exactly.`)).toBe(true);
  });

  it('is a number of what has none: the sex of a person, or options without points', () => {
    expect(told('sex >= 1')[0]?.message).toBe(
      "'sex' is no number: write 'sex is female', or { by: sex, female: ..., male: ... }.",
    );
    const items = { ...base.items, kind: { a: null, b: null } };
    expect(told('kind >= 1', { items })[0]?.message).toMatch(/^An option of 'kind' has no points/);
  });

  it.each(['age', 'q1', 'total', 'weight', 'nothing'])('is to branch by anything but sex: %s', (by) => {
    const branches =
      by === 'q1' ? { 0: 'q2 >= 1', 1: 'q2 >= 2', 2: 'q3 >= 1' } : { female: 'q1 >= 1', male: 'q1 >= 2' };
    expect(told({ by, branches })).toMatchObject([
      {
        code: 'bad-by',
        message: `'by: ${by}' is not known: only 'by: sex' is; for age write 'age >= 65 and ...'.`,
      },
    ]);
  });

  it('is to leave out a sex, or to add one', () => {
    const needed = "'by: sex' needs one formula for each of: female, male";
    const stray = (name: string) => [`${needed}, and '${name}' is none of them: rename it, or leave it out.`];
    const by = (branches: Record<string, string>) => told({ by: 'sex', branches }).map((one) => one.message);
    expect(by({ female: 'q1 >= 1' })).toEqual([`${needed}.`]);
    expect(by({ female: 'q1 >= 1', man: 'q1 >= 1' })).toEqual(stray('man'));
    expect(by({ female: 'q1 >= 1', male: 'q1 >= 2', other: 'q1 >= 1' })).toEqual(stray('other'));
    expect(by({ female: 'q1 >= 1', male: 'q1 >= 2' })).toEqual([]);
  });
});

describe('a name that is none', () => {
  const said = (when: FormulaSource, more: Partial<Sketch> = {}) =>
    told(when, more).map(({ message }) => message.replace(/^No item[^.]*\. ?/, ''));

  it('is a difference where a minus stands between two things without spaces', () => {
    const minus = 'A difference has a space on each side of its minus:';
    expect(said('total-1 >= 8')).toEqual([`${minus} 'total - 1'.`]);
    expect(said('total-12 >= 8')).toEqual([`${minus} 'total - 12'.`]);
    expect(said('q1-1 >= 1')).toEqual([`${minus} 'q1 - 1'.`]);
    expect(said('total-weight >= 8')).toEqual([`${minus} 'total - weight'.`]);
    expect(said('q1-total >= 8')).toEqual([`${minus} 'q1 - total'.`]);
    expect(said('sum(q1-q3) >= 2')).toEqual([
      `${minus} 'q1 - q3', and 'q1..q3' is every item from one to the other.`,
    ]);
  });

  it('is looked for as a whole where a hyphen joins anything else', () => {
    expect(said('q1-x >= 1')).toEqual(['']);
    expect(said('x-q1 >= 1')).toEqual(['']);
    expect(said('part-one >= 1', { scores: { 'part-1': ['sum(q1..q3)', 0, 6] } })).toEqual(['']);
    expect(said('q1-x1 >= 1')).toEqual(['']);
    expect(said('q1-1x >= 1')).toEqual(['']);
    expect(said('part-a-1 >= 1', { scores: { ...base.scores, 'part-a': ['sum(q1..q3)', 0, 6] } })).toEqual([
      "A difference has a space on each side of its minus: 'part-a - 1'.",
    ]);
  });

  it('says that cut-offs, flags and schemes are read by no formula, and names no item in their place', () => {
    const more: Partial<Sketch> = {
      flags: { q1x: 'q1 >= 1' },
      bands: {
        q2x: {
          of: 'total',
          levels: [
            ['low', 0, 2],
            ['high', 3, 6],
          ],
        },
      },
    };
    const read = (what: string) => `It is ${what}, which no formula reads: write its condition out here.`;
    expect(said('heavy and q1 >= 1')).toEqual([read('a cut-off')]);
    expect(said('q1x and q1 >= 1', more)).toEqual([read('a flag')]);
    expect(said('q2x and q1 >= 1', more)).toEqual([read('a scheme of levels')]);
    expect(told('q1x and q1 >= 1', more)[0]).not.toHaveProperty('didYouMean');
    const tea: Sketch = {
      items: { 'tea.q1': upTo(2), 'milk.q1': upTo(2) },
      members: [
        { panel: 'drink', id: 'tea', asked: 'all' },
        { panel: 'drink', id: 'milk', asked: 'all' },
      ],
      cutOffs: { 'tea.high': 'q1 >= 2', 'tea.higher': 'high and q1 >= 1', 'milk.higher': 'high and q1 >= 1' },
    };
    expect(
      problems(tea).map(({ where, message }) => [where[1], message.includes('It is a cut-off')]),
    ).toEqual([
      ['tea.higher', true],
      ['milk.higher', false],
    ]);
  });

  it("is the sex of the person where it is called 'gender'", () => {
    expect(told('gender is female')).toMatchObject([{ code: 'unknown-name', didYouMean: 'sex' }]);
    expect(said('gender is female')).toEqual(["Did you mean 'sex'?"]);
  });
});

describe('what is known of the person', () => {
  const ages: Sketch = {
    items: { q1: upTo(2), 'tea.q1': upTo(2) },
    members: [{ panel: 'drink', id: 'tea', asked: 'all' }],
    tables: { stage: Array.from({ length: 121 }, (_, age) => [age, age >= 18 ? 1 : 0] as const) },
    cutOffs: { rest: 'q1 + tea.q1 >= 2' },
  };
  const variables = (when: FormulaSource, more: Partial<Sketch> = {}) =>
    lower({ ...ages, ...more, flags: { adult: when } }).variables.map(({ id }) => id);

  it.each<FormulaSource>([
    'age >= 18',
    '-(age) <= -18',
    'any(drink.* : q1 >= 1 and age >= 18)',
    'table(stage, age) >= 1',
    'if q1 >= 1 then age >= 18 else age >= 21',
    { by: 'sex', branches: { female: 'age >= 18', male: 'age >= 21' } },
  ])('is found wherever a formula names it: %j', (when) => {
    expect(variables(when)).toContain('age');
  });

  it('is not what a table is called', () => {
    const tables = {
      age: [
        [0, 1],
        [1, 0],
        [2, 1],
      ] as const,
    };
    expect(variables('table(age, q1) >= 1', { tables })).not.toContain('age');
  });

  it('is not an item or a score of that name, which comes first', () => {
    const by = { by: 'sex', branches: { female: 'q1 >= 1', male: 'q1 >= 2' } };
    const numbered = { ...base.items, sex: { number: { min: 0, max: 1, step: 1 } } };
    expect(codes(by, { items: numbered, cutOffs: { heavy: 'weight + sex >= 100' } })).toContain('bad-by');
    expect(codes(by, { scores: { total: ['sum(q1..q3)', 0, 6], sex: ['sum(q1)', 0, 2] } })).toContain(
      'bad-by',
    );
  });
});

describe('a name', () => {
  it('of no member is not looked for within one', () => {
    const items = { ...base.items, 'undefined.extra': upTo(2) };
    const read = { items, cutOffs: { heavy: 'weight >= 100', more: 'undefined.extra >= 1' } } as const;
    expect(problems({ ...base, ...read })).toEqual([]);
    const scores = { total: ['sum(q1..q3)', 0, 6], odd: ['extra + 0', 0, 2] } as const;
    const found = problems({ ...base, ...read, scores });
    expect(found).toMatchObject([{ code: 'unknown-name' }]);
    expect(found[0]).not.toHaveProperty('didYouMean');
  });

  it('is suggested within a member as it is written there, and never a piece of another name', () => {
    const found = (when: string) =>
      problems({
        items: { 'tea.cups': upTo(2), 'pre-score': upTo(2) },
        members: [{ panel: 'drink', id: 'tea', asked: 'all' }],
        cutOffs: { 'tea.odd': when, rest: 'tea.cups + pre-score >= 2' },
      }).map(({ didYouMean }) => didYouMean);
    expect(found('cusp >= 1')).toEqual(['cups']);
    expect(found('pre-scor >= 1')).toEqual(['pre-score']);
    expect(found('scor >= 1')).toEqual([undefined]);
  });
});

describe('across the members of a panel', () => {
  const panel = (asked: readonly ('all' | 'chosen')[], when: string): Sketch => ({
    items: {
      'tea.q1': upTo(2),
      'tea.q2': upTo(2),
      'milk.q1': upTo(2),
    },
    members: [
      { panel: 'drink', id: 'tea', asked: asked[0] ?? 'all' },
      { panel: 'drink', id: 'milk', asked: asked[1] ?? 'all' },
    ],
    scores: { 'tea.count': ['sum(q1..q2)', 0, 4], 'milk.count': ['q1', 0, 2] },
    cutOffs: { met: when },
  });
  const told = (sketch: Sketch) => problems(sketch).map(({ code }) => code);

  it('a least value, or all, is only of members that are always asked, and a mean of one item of each', () => {
    for (const when of ['min(drink.* : count) >= 1', 'all(drink.* : count >= 1)']) {
      expect(told(panel(['all', 'all'], when))).toEqual([]);
      expect(told(panel(['chosen', 'all'], when))).toEqual(['across-chosen']);
      expect(told(panel(['all', 'chosen'], when))).toEqual(['across-chosen']);
    }
    expect(told(panel(['chosen', 'chosen'], 'max(drink.* : count) >= 1'))).toEqual([]);
    expect(told(panel(['all', 'all'], 'mean(drink.* : count) >= 1'))).toEqual(['across-chosen']);
    expect(told(panel(['all', 'all'], 'mean(drink.* : q1) >= 1'))).toEqual([]);
    expect(told(panel(['all', 'all'], 'mean(drink.* : q1..q2 + q1) >= 1'))).toEqual(['across-chosen']);
  });

  it('leaves out the members that lack a name, and tells once of a name that all lack', () => {
    const reads = (when: string) => {
      const program = lower(panel(['all', 'all'], when));
      return program.cutOffs[0]?.verdict.reads.map((v) => program.variables[v]?.id);
    };
    expect(reads('any(drink.* : q2 >= 1)')).toEqual(['tea.q2']);
    expect(reads('any(drink.* : q1 >= 1)')).toEqual(['tea.q1', 'milk.q1']);
    expect(reads('any(drink.* : q1 >= 1 and q2 >= 1)')).toEqual(['tea.q1', 'tea.q2']);
    expect(told(panel(['all', 'all'], 'any(drink.* : q9 >= 1)'))).toEqual(['unknown-name']);
    expect(told(panel(['all', 'all'], 'any(drnk.* : q1 >= 1)'))).toEqual(['unknown-panel']);
  });

  it('a range outside all panels leaves their items out', () => {
    const program = lower({
      items: { q1: upTo(2), 'tea.q1': upTo(2), q2: upTo(2) },
      members: [{ panel: 'drink', id: 'tea', asked: 'all' }],
      scores: { total: ['sum(q1..q2)', 0, 4], 'tea.count': ['q1', 0, 2] },
    });
    expect(program.scores[0]?.items).toEqual([0, 2]);
  });
});

describe('an argument', () => {
  it('of an item and a call is of more than that item', () => {
    const sketch = (most: number): Sketch => ({
      items: { q0: upTo(2), ...questions(3, upTo(2)) },
      gates: [{ if: 'q0 is "0"', then: 'q1', effect: { kind: 'not-applicable' } }],
      scores: { most: ['max(q1 + sum(q2..q3), 1)', 1, most] },
    });
    expect(problems(sketch(6))).toEqual([]);
    expect(problems(sketch(2)).map(({ code }) => code)).toEqual(['range']);
  });

  it.each(['round(drink.* : q1, 0)', 'table(twice, drink.* : q1)', 'round(tea.q1..tea.q2, 0)'])(
    'that is several values stands only where something is made of them: %s',
    (number) => {
      const found = problems({
        items: { 'tea.q1': upTo(2), 'tea.q2': upTo(2) },
        members: [{ panel: 'drink', id: 'tea', asked: 'all' }],
        tables: {
          twice: [
            [0, 0],
            [1, 2],
            [2, 4],
          ],
        },
        cutOffs: { odd: `${number} >= 1`, rest: 'tea.q1 + tea.q2 >= 2' },
      });
      expect(found.map(({ code }) => code)).toEqual(['list-alone']);
    },
  );
});

describe('a keying', () => {
  it('holds inside the call that names it, calls within it too', () => {
    const items = questions(3, upTo(2));
    const keyings = { other: { q1: [0, 0, 1], q2: [0, 0, 1], q3: [0, 0, 1] } };
    const nested = (formula: string, most: number) =>
      problems({ items, keyings, scores: { nested: [formula, 0, most] } });
    expect(nested('sum(q1, max(q2..q3) by other)', 2)).toEqual([]);
    expect(nested('sum(q1, max(q2..q3 by other))', 3)).toEqual([]);
    expect(nested('sum(q1, max(q2..q3))', 4)).toEqual([]);
  });
});

describe('the order of scores', () => {
  it('is found through tables, branches, panels and signs', () => {
    const items = questions(2, upTo(1));
    const scores: NonNullable<Sketch['scores']> = {
      first: ['2 + -(second)', 0, 2],
      second: ['sum(q1..q2)', 0, 2],
    };
    expect(problems({ items, scores })).toEqual([]);
    const bySex: FormulaSource = { by: 'sex', branches: { female: 'second', male: 'second + 1' } };
    expect(problems({ items, scores: { first: [bySex, 0, 3], second: ['sum(q1..q2)', 0, 2] } })).toEqual([]);
    const tables = {
      metric: [
        [0, 5],
        [1, 6],
        [2, 7],
      ] as const,
    };
    expect(
      problems({
        items,
        tables,
        scores: { metric: ['table(metric, raw)', 5, 7], raw: ['sum(q1..q2)', 0, 2] },
      }),
    ).toEqual([]);
    const panel: Sketch = {
      items: { 'tea.q1': upTo(2) },
      members: [{ panel: 'drink', id: 'tea', asked: 'all' }],
      scores: { most: ['max(drink.* : count)', 0, 2], 'tea.count': ['q1', 0, 2] },
    };
    expect(problems(panel)).toEqual([]);
  });
});

describe("'is not'", () => {
  it('is true at every other option', () => {
    const program = lower({ items: { q1: { ...YES_NO, perhaps: 1 } }, flags: { not: 'q1 is not no' } });
    expect(program.flags[0]?.verdict.test).toEqual({ op: 'choice', variable: 0, choices: [1, 2] });
  });
});
