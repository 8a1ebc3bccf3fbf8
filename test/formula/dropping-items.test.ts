import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { ModelMember } from '../../src/formula/model.js';
import type { Form } from '../oracle/meaning.js';
import { comparison, programOf } from '../support/engine-against-oracle.js';
import { buildModel, type Sketch, upTo, YES_NO } from './build-model.js';

/* Items that are not applicable: what the engine says of a fictional form, and what the enumeration says. */

const MEMBERS: readonly ModelMember[] = ['a', 'b'].map((id) => ({
  panel: 'drug',
  id,
  asked: 'chosen',
}));

/** `q2` and the number `w` are not applicable where `q1` is no. */
const GATED: Sketch = {
  items: { q1: YES_NO, q2: [1, 2], q3: upTo(2), w: { number: { min: 1, max: 3, step: 1 } } },
  unscored: [],
  gates: [{ if: 'q1 is no', then: ['q2', 'w'], effect: { kind: 'not-applicable' } }],
};

const PANEL: Sketch = {
  items: {
    q1: YES_NO,
    'a.use': upTo(2),
    'a.harm': upTo(2),
    'b.use': upTo(2),
    'b.harm': upTo(2),
    'b.note': 'text',
  },
  members: MEMBERS,
};

/** `q2` and `w` dropped. */
const DROPPED: Form = { answers: { q1: 'no', q3: '1' } };
const ONE_MEMBER: Form = { answers: { q1: 'yes', 'a.use': '1', 'a.harm': '0' }, administered: ['drug.a'] };

const lowered = (sketch: Sketch) => {
  const read = sketch.cutOffs ?? {};
  const all = Object.keys(sketch.items)
    .filter((id) => sketch.items[id] !== 'text')
    .join(', ');
  // One more cut-off reads every item, so that none is left unread.
  return buildModel({ ...sketch, cutOffs: { ...read, every: `count(${all}) >= 2` } });
};

/** Whether the cut-off is met, as the engine says; of this and all else it must say what the enumeration says. */
function met(sketch: Sketch, when: string, form: Form): string {
  const model = lowered({ ...sketch, cutOffs: { met: when } });
  const { result, differences } = comparison(model, programOf(model)).of(form);
  expect(differences).toEqual([]);
  return result.cutOffs['met']?.status ?? 'nothing';
}

const codes = (sketch: Sketch, when: string): readonly string[] => {
  const program = lowerModel(lowered({ ...sketch, cutOffs: { met: when } }));
  return isLeft(program) ? program.left.map(({ code }) => code) : [];
};

describe('an item that is not applicable', () => {
  it.each([
    // An argument about it drops out.
    ['all(q2 = 1, q3 = 1)', 'met'],
    ['all(q2 is "1", q3 = 1)', 'met'],
    ['all(q2, q3 = 1)', 'met'],
    ['all(w = 1, q3 = 1)', 'met'],
    ['any(not (q2 = 1), q3 = 2)', 'not-met'],
    ['any(not (w = 1), q3 = 2)', 'not-met'],
    ['count(not (q2 = 1), q3 = 2) >= 1', 'not-met'],
    ['sum(q2 + 1, q3) = 1', 'met'],
    ['sum(if q2 = 2 then q2 else 5, q3) = 1', 'met'],
    ['sum(w, q3) >= 1', 'met'],
    ['sum(2 * w, w) <= 2', 'met'],
    ['min(q2 + 3, q3) = 1', 'met'],
    ['max(q2, q3 - 2) + 1 = 0', 'met'],
    ['max(q2 - 2, q3 - q1 - 2) >= 0', 'not-met'],
    ['min(q2, q3 + q1) >= 1', 'met'],
    ['mean(q2 * 0, q3) = 1', 'met'],
    // A comparison about it, or one that reads it as a number, is false.
    ['q2 < 5 and q3 = 1', 'not-met'],
    ['q2 is not "1"', 'not-met'],
    ['not (q2 = 1)', 'met'],
    ['(if q2 = 2 then 0 else 3) = 3', 'not-met'],
    ['w + q3 >= 1', 'not-met'],
    ['w + w >= q3 - 1', 'not-met'],
    // Of nothing, a call is 0.
    ['count(q2 is "1") < 1', 'met'],
    ['round(q2, 0) != 1', 'met'],
    ['(if q2 then 0 else q3) = 1', 'met'],
    ['count(w >= 2 or w <= 3) = 0', 'met'],
    ['sum(w, w, q3) <= 2 and q3 = 1', 'met'],
    ['min(sum(q2), q3) = 0', 'met'],
  ])('%s is %s', (when, outcome) => {
    expect(met(GATED, when, DROPPED)).toBe(outcome);
  });

  it.each([
    ['sum(if q2 = 2 then q2 else 5, q3) = 3', { q2: '2', q3: '1' }, 'met'],
    ['sum(if q2 = 2 then q2 else 5, q3) = 6', { q2: '1', q3: '1' }, 'met'],
    ['mean(w * 0.5, q3) >= 1', { w: 2, q3: '1' }, 'met'],
    ['mean(w * 0.5, q3) >= 1', { w: 1, q3: '1' }, 'not-met'],
    ['max(1, q3) = 2', { q3: '2' }, 'met'],
    ['min(1, q3) >= 1', { q3: '0' }, 'not-met'],
    ['(if q1 is yes then 1 else 0) = (if q3 >= 1 then 1 else 0)', { q3: '1' }, 'met'],
  ])('in %s counts as written where it applies', (when, answers, outcome) => {
    expect(met(GATED, when, { answers: { q1: 'yes', ...answers } })).toBe(outcome);
  });

  it('is asked for in a comparison only where that would hold without it', () => {
    const sketch: Sketch = {
      ...GATED,
      items: { ...GATED.items, h: { number: { min: 1, max: 3, step: 1 } } },
    };
    const test = (when: string) =>
      programOf(lowered({ ...sketch, cutOffs: { met: when } })).cutOffs[0]?.verdict.test;
    expect(test('w + h >= 3')).toMatchObject({ op: 'polynomial' });
    // Without w the most is 2.
    expect(test('w + q3 >= 3')).toMatchObject({ op: 'at-least' });
    const wide = { ...GATED, items: { ...GATED.items, q3: upTo(6) } };
    expect(met(wide, 'w + q3 >= 5', { answers: { q1: 'no', q3: '6' } })).toBe('not-met');
  });

  it('adds nothing to a comparison from inside a call, whatever number stands beside it', () => {
    const sketch: Sketch = {
      ...GATED,
      items: { ...GATED.items, h: { number: { min: 1, max: 3, step: 1 } } },
    };
    expect(met(sketch, 'sum(w) + h >= 3', { answers: { q1: 'no', h: 3 } })).toBe('met');
  });

  it('stands in a mean once', () => {
    expect(codes(GATED, 'mean(q2, q2, q3) >= 1')).toEqual(['mean-of-items']);
    expect(met(GATED, 'mean(q3, q3, q1) >= 1', { answers: { q1: 'yes', q3: '1' } })).toBe('met');
  });

  it('is not taken to count for less than it can in a score that a condition chooses', () => {
    const chosen: Sketch = { ...GATED, scores: { s: ['if q2 then 0 else q3 + 1', 0, 3] } };
    expect(met(chosen, 's >= 1', DROPPED)).toBe('met');
    const between: Sketch = { ...GATED, scores: { s: ['if w = 2 then 5 else q3', 0, 5] } };
    expect(met(between, 's >= 5', { answers: { q1: 'yes', w: 2, q3: '1' } })).toBe('met');
  });

  it('leaves a number in a call only where it is the number itself', () => {
    expect(codes(GATED, 'sum(w + 1, q3) >= 3')).toEqual(['droppable-argument']);
    expect(codes(GATED, 'sum(w * w, q3) >= 3')).toEqual(['droppable-argument']);
    expect(
      codes(
        { ...GATED, quantities: { bad: 'w / (w - 1)' }, scores: { s: ['if bad >= 1 then 1 else 0', 0, 1] } },
        's >= 1',
      ),
    ).toContain('division');
    expect(codes(GATED, 'mean(sum(q2), q3) >= 1')).toEqual(['mean-of-items']);
  });

  it('does not hide that what is made of it is wrong', () => {
    expect(codes(GATED, 'sum(q2 * q2, q3) >= 3')).toEqual(['product']);
  });

  it('takes away no quantity that a comparison reads', () => {
    const sketch: Sketch = { ...GATED, quantities: { twice: '2 * w' } };
    expect(met(sketch, 'twice + q3 <= 9', DROPPED)).toBe('not-met');
    expect(met(sketch, 'twice >= 2', { answers: { q1: 'yes', w: 2 } })).toBe('met');
  });
});

describe('a member that was not administered', () => {
  const withScore = (formula: string): Sketch => ({
    ...PANEL,
    scores: { 'a.t': [formula, 0, 9], 'b.t': [formula, 0, 9] },
  });
  it.each([
    ['sum(drug.* : use + harm + 1) <= 2', 'met'],
    ['sum(drug.* : max(use + 1, harm + 1) + max(use + harm, 0) - 1) <= 2', 'met'],
    ['sum(drug.* : if use >= 1 then harm else 4) >= 4', 'not-met'],
    ['sum(drug.* : if use >= 1 then harm else harm) >= 1', 'not-met'],
    ['max(drug.* : use + harm) >= 1', 'met'],
    ['max(drug.* : use - 1) >= 0', 'met'],
    ['any(drug.* : use = harm)', 'not-met'],
    ['mean(a.use, b.use) = 1', 'met'],
    ['mean(drug.* : use) = 1', 'met'],
    ['min(drug.* : use) = 1', 'met'],
    ['min(drug.* : use + 1) = 2', 'met'],
    ['min(drug.* : use..harm) >= 1', 'not-met'],
    ['sum(drug.* : min(use, 0 - q1)) >= 0 - 1', 'met'],
    ['sum(drug.* : min(use, 0 - q1)) >= 0', 'not-met'],
    ['sum(drug.* : max(use, q1)) >= 2', 'not-met'],
  ])('%s is %s', (when, outcome) => {
    expect(met(PANEL, when, ONE_MEMBER)).toBe(outcome);
  });

  it('adds nothing of a score that is more than 0 without its items', () => {
    const sketch = withScore('use + harm + 1');
    expect(codes(sketch, 'sum(drug.* : t) >= 3')).toEqual(['range', 'range']);
    const right = {
      ...PANEL,
      scores: { 'a.t': ['use + harm + 1', 1, 5], 'b.t': ['use + harm + 1', 1, 5] },
    } as const;
    expect(met(right, 'sum(drug.* : t) >= 3', ONE_MEMBER)).toBe('not-met');
  });

  it('is refused in a mean beside what stays, as its divisor would change', () => {
    const sketch: Sketch = { ...PANEL, scores: { own: ['sum(q1)', 0, 1] } };
    expect(codes(sketch, 'mean(own, a.use) >= 1')).toEqual(['mean-of-items']);
    expect(met(sketch, 'mean(a.use, a.harm) = 0', { answers: { 'a.use': '0', 'a.harm': '0' } })).toBe('met');
  });

  it('is refused beside numbers below 0, of which its 0 would be the greatest', () => {
    expect(codes(PANEL, 'max(drug.* : use - harm) >= 0')).toEqual(['across-chosen']);
    expect(codes(PANEL, 'max(drug.* : use - harm, q1) >= 1')).toEqual(['across-chosen']);
    const always = { ...PANEL, members: MEMBERS.map((one) => ({ ...one, asked: 'all' as const })) };
    expect(codes(always, 'max(drug.* : use - harm) >= 1')).toEqual([]);
  });

  it('is refused in a mean of what is an item of its own for some members only', () => {
    const sketch: Sketch = { items: { use: upTo(2), 'a.use': upTo(2), 'b.harm': upTo(2) }, members: MEMBERS };
    expect(codes(sketch, 'mean(drug.* : use) >= 1')).toEqual(['across-chosen']);
    expect(codes(PANEL, 'mean(drug.* : harm..use) >= 1')).toEqual(['range-order', 'range-order']);
  });

  it('takes nothing from a mean within it, which is a sum divided as any other', () => {
    const program = programOf(
      buildModel({
        ...PANEL,
        cutOffs: { met: 'mean(a.use, a.harm) >= 1', rest: 'mean(b.use, b.harm, q1) >= 1' },
      }),
    );
    expect(program.accumulators.map(({ kind }) => kind)).toEqual(['sum', 'mean']);
  });

  it('is told by an item with answers, not by free text', () => {
    const sketch: Sketch = {
      items: { q1: YES_NO, 'a.note': 'text', 'a.use': upTo(2) },
      members: MEMBERS.slice(0, 1),
    };
    expect(met(sketch, 'any(drug.* : not (use = 1))', { answers: { 'a.use': '2' } })).toBe('met');
    expect(met(sketch, 'any(drug.* : not (use = 1))', { answers: {} })).toBe('not-met');
    const either = 'any(drug.* : not (use = 1 and q1 is yes))';
    expect(met(sketch, either, { answers: { q1: 'yes', 'a.use': '2' } })).toBe('met');
    expect(met(sketch, either, { answers: { q1: 'no' } })).toBe('not-met');
  });
});

describe('a member that is always administered', () => {
  const always: Sketch = {
    items: { q1: YES_NO, 'a.use': upTo(2), 'a.harm': upTo(2) },
    members: [{ panel: 'drug', id: 'a', asked: 'all' }],
    gates: [{ if: 'q1 is no', then: ['a.use', 'a.harm'], effect: { kind: 'not-applicable' } }],
  };
  it('counts also where a gate leaves out all its items', () => {
    const form: Form = { answers: { q1: 'no' } };
    expect(met(always, 'any(drug.* : not (use = 1 and harm = 1))', form)).toBe('met');
    expect(met(always, 'sum(drug.* : use + harm + 1) >= 1 and q1 is no', form)).toBe('met');
  });
});

describe('a member that lacks an end of a range', () => {
  it('is said nothing wrong of where the range itself is wrong', () => {
    const sketch: Sketch = {
      items: { 'a.q1': YES_NO, 'a.q2': YES_NO, 'b.q1': YES_NO },
      members: MEMBERS,
    };
    expect(codes(sketch, 'any(drug.* : q2..q1 >= 1)')).toEqual(['range-order']);
    expect(met(sketch, 'any(drug.* : q1..q2 >= 1)', { answers: { 'b.q1': 'yes' } })).toBe('met');
  });
});

describe('a range across members of which one lacks an end', () => {
  it('is the range of another member of the same panel', () => {
    const sketch: Sketch = {
      items: {
        'z.q1': YES_NO,
        'z.q3': YES_NO,
        'z.q2': YES_NO,
        'a.q1': YES_NO,
        'a.q2': YES_NO,
        'b.q1': YES_NO,
        'b.q3': YES_NO,
      },
      members: [{ panel: 'pain', id: 'z', asked: 'all' }, ...MEMBERS],
    };
    const form: Form = { answers: { 'a.q1': 'yes', 'a.q2': 'no', 'b.q1': 'no', 'b.q3': 'yes' } };
    expect(met(sketch, 'count(drug.* : q1..q2 >= 1) >= 2', form)).toBe('not-met');
    expect(met(sketch, 'count(drug.* : q1..q2 >= 1) >= 1', form)).toBe('met');
  });
});

describe('a member all of whose items gates can leave out', () => {
  const gated: Sketch = {
    items: { q1: YES_NO, 'a.use': upTo(2), 'a.harm': upTo(2) },
    members: [{ panel: 'drug', id: 'a', asked: 'chosen' }],
    gates: [{ if: 'q1 is no', then: ['a.use', 'a.harm'], effect: { kind: 'not-applicable' } }],
  };

  it('is refused where it would count without its items, as nothing then says that it was asked', () => {
    expect(codes(gated, 'any(drug.* : not (use = 1 and harm = 1))')).toEqual(['member-drops-out']);
    expect(codes(gated, 'sum(drug.* : use + harm + 1) >= 1')).toEqual(['member-drops-out']);
    expect(codes(gated, 'sum(drug.* : max(use, q1)) >= 1')).toEqual(['member-drops-out']);
    expect(codes({ ...gated, scores: { most: ['max(drug.* : 1)', 0, 1] } }, 'most >= 1')).toContain(
      'member-drops-out',
    );
  });

  it('is refused at its place also inside a branch by sex', () => {
    const male = 'if any(drug.* : q1 = 0) then 0.5 else 0';
    const bySex = { by: 'sex', branches: { female: 'q1', male } };
    const model = lowered({ ...gated, scores: { s: [bySex, 0, 1] }, cutOffs: { met: 's >= 1' } });
    const problems = lowerModel(model);
    expect(isLeft(problems) ? problems.left : []).toMatchObject([
      {
        code: 'member-drops-out',
        where: ['scores', 's', 'formula', 'male'],
        span: { start: male.indexOf('q1'), end: male.indexOf(')') },
      },
    ]);
  });

  it('is read as any other where it counts by its items alone', () => {
    expect(met(gated, 'sum(drug.* : use + harm) <= 1', { answers: { q1: 'no' } })).toBe('met');
    expect(met(gated, 'any(drug.* : use >= 1)', { answers: { q1: 'no' } })).toBe('not-met');
    expect(met(gated, 'sum(drug.* : max(use, harm)) <= 1', { answers: { q1: 'no' } })).toBe('met');
  });

  it('is told from one that was not asked by an item that no gate leaves out', () => {
    const kept: Sketch = {
      ...gated,
      gates: [{ if: 'q1 is no', then: 'a.use', effect: { kind: 'not-applicable' } }],
    };
    const asked: Form = { answers: { q1: 'no' }, administered: ['drug.a'] };
    expect(met(kept, 'any(drug.* : not (use = 1 and harm = 1))', asked)).toBe('met');
    expect(met(kept, 'any(drug.* : not (use = 1 and harm = 1))', { answers: { q1: 'no' } })).toBe('not-met');
  });
});

describe('a gate of a member that gates can leave out whole', () => {
  it('is refused where it would hold of a member that was not asked, about an item outside it', () => {
    const sketch: Sketch = {
      items: { q1: YES_NO, 'a.use': upTo(2), q2: YES_NO },
      members: [{ panel: 'drug', id: 'a', asked: 'chosen' }],
      gates: [
        { if: 'q1 is no', then: 'a.use', effect: { kind: 'not-applicable' } },
        { if: 'not (use = 1)', member: 'a', then: 'q2', effect: { kind: 'points', points: 1 } },
      ],
    };
    expect(codes(sketch, 'q2 is yes')).toEqual(['member-drops-out']);
  });
});

describe('a score whose items gates leave out by turns', () => {
  const drop = (condition: string, then: string) =>
    ({ if: condition, then, effect: { kind: 'not-applicable' } }) as const;
  const gates = [drop('q1 is no', 'q2'), drop('q1 is yes', 'q2')];

  it('is not applicable where no completion leaves one of them', () => {
    const sketch: Sketch = {
      items: { q0: YES_NO, q1: YES_NO, q2: [1, 2], q3: [1, 2] },
      gates: [drop('q0 is no', 'q3'), ...gates],
      scores: { s: ['q2 + q3', 1, 2] },
    };
    expect(met(sketch, 's >= 1', { answers: { q0: 'no' } })).toBe('not-met');
    expect(met(sketch, 's >= 1', { answers: { q0: 'yes' } })).toBe('met');
  });

  it('is refused where it never has a value', () => {
    const sketch: Sketch = {
      items: { q1: YES_NO, q2: [1, 2] },
      gates,
      scores: { s: ['q2 + 0', 0, 0] },
      bands: { levels: { of: 's', levels: [['only', 0, 0]] } },
    };
    // Nor can the cut-off over both items be met, as q2 is never there.
    expect(codes(sketch, 'q1 is yes')).toEqual(['dead-score', 'dead-cut-off']);
  });
});

describe('an item that cannot move a score', () => {
  const drop = (condition: string, then: string, member?: string) => ({
    if: condition,
    then,
    effect: { kind: 'not-applicable' } as const,
    ...(member === undefined ? {} : { member }),
  });
  const inVain: Sketch = {
    items: { q1: YES_NO, q2: YES_NO, q3: [1, 2], q4: upTo(2) },
    gates: [drop('q1 is no', 'q3'), drop('q2 is no', 'q4')],
    scores: { s: ['sum(q3) + count(q4 = 5)', 0, 2] },
    bands: {
      levels: {
        of: 's',
        levels: [
          ['none', 0, 0],
          ['some', 1, 1],
          ['more', 2, 2],
        ],
      },
    },
  };

  it.each([
    [{ q1: 'no', q2: 'no' }, 'not-applicable', 'not-applicable'],
    [{ q1: 'no', q2: 'yes' }, 'complete', 'decided'],
    // Where q4 does not apply either, there is no value, and so none beside 0 that could be told.
    [{ q1: 'no' }, 'complete', 'decided'],
    [{ q2: 'no' }, 'incomplete', 'undecided'],
    [{ q1: 'yes', q3: '2' }, 'complete', 'decided'],
  ])('applies or not all the same: %j', (answers, score, band) => {
    const model = lowered(inVain);
    const { result, differences } = comparison(model, programOf(model)).of({ answers });
    expect(differences).toEqual([]);
    expect([result.scores['s']?.status, result.bands['levels']?.status]).toEqual([score, band]);
  });

  it('is one of the items over which a missing answer is spread', () => {
    const sketch: Sketch = {
      items: { ...inVain.items, q5: { no: 0, yes: 0 } },
      prorated: ['s'],
      scores: { s: ['sum(q3..q5)', 1, 4] },
    };
    const model = lowered(sketch);
    // 2 of two items answered is 3 of three: the comparison reckons it so.
    expect(comparison(model, programOf(model)).of({ answers: { q3: '2', q5: 'yes' } }).differences).toEqual(
      [],
    );
  });

  it('is found through a score, a quantity and a condition, each once', () => {
    const program = programOf(
      buildModel({
        items: { ...inVain.items, w: { number: { min: 1, max: 2, step: 1 } } },
        quantities: { twice: 'w * 2' },
        scores: {
          part: ['q3 + q3', 2, 4],
          s: ['if part >= 5 and sex is male then 0 else count(twice >= 9, q1 is no) + part - part', 0, 1],
        },
        cutOffs: { rest: 'q2 or q4' },
      }),
    );
    const ids = (at: number) => program.scores[at]?.items.map((v) => program.variables[v]?.id);
    expect(program.scores.map(({ id }) => id)).toEqual(['part', 's']);
    expect([ids(0), ids(1)]).toEqual([['q3'], ['q1', 'q3', 'w']]);
  });

  it('is asked about by turns only where that is few enough', () => {
    const four = 'any(a, b, c, d)';
    const turns = (...gates: readonly ReturnType<typeof drop>[]): Sketch => ({
      items: { a: YES_NO, b: YES_NO, c: YES_NO, d: YES_NO, q5: { no: 0, yes: 0 } },
      gates,
      scores: { s: ['sum(q5)', 0, 0] },
    });
    expect(codes(turns(drop(four, 'q5'), drop(`not ${four}`, 'q5')), 'a is yes')).toEqual([
      'too-many-pivots',
    ]);
    expect(codes(turns(drop('a', 'q5'), drop('not a', 'q5')), 'a is yes')).toEqual(['dead-score']);
    expect(codes(turns(drop('a', 'q5')), 'a is yes')).toEqual([]);
  });

  it('of a member keeps a score that names also what is outside it', () => {
    const sketch: Sketch = {
      items: {
        'a.use': { low: 2, high: -1 },
        'b.use': { low: 2, high: -1 },
        q1: [1, 2],
        q2: { no: 0, some: [1, 3] },
      },
      members: MEMBERS,
      gates: [drop('a.use is low', 'b.use'), drop('t >= 1', 'q2', 'a'), drop('t >= 1', 'q2', 'b')],
      scores: {
        'a.t': ['if use = 0.5 then sum(q1) else sum(use)', -1, 2],
        'b.t': ['if use = 0.5 then sum(q1) else sum(use)', -1, 2],
      },
    };
    const form: Form = { answers: { 'a.use': 'low', q1: '1', q2: 'no' }, administered: ['drug.b'] };
    const model = buildModel({ ...sketch, cutOffs: { rest: 'a.use + b.use + q1 + q2 >= 3' } });
    expect(comparison(model, programOf(model)).of(form).differences).toEqual([]);
  });
});

describe('a number item in a test for a value between two of its counts', () => {
  it('is not one, however open it is', () => {
    const sketch: Sketch = {
      items: { q1: YES_NO, q2: YES_NO, w: { number: { min: 0.3, max: 1.3, step: 1 } } },
      gates: [{ if: 'q1 is yes', then: 'w', effect: { kind: 'not-applicable' } }],
    };
    expect(met(sketch, 'mean(w) = 1 or q2', { answers: { q2: 'no' } })).toBe('not-met');
  });
});

describe('a gate behind a gate', () => {
  it('is tried also for the answers at which only the first one holds', () => {
    const sketch: Sketch = {
      items: { q1: upTo(2), q2: [1, 2], q3: YES_NO },
      keyings: { other: { q1: [0, 1, 0] } },
      gates: [
        { if: 'q1 >= 1', then: 'q2', effect: { kind: 'not-applicable' } },
        { if: 'sum(q1..q2 by other) > 0', then: 'q3', effect: { kind: 'points', points: 1 } },
      ],
      scores: { s: ['q2 + q3', 0, 3] },
    };
    expect(met(sketch, 's >= 1', { answers: { q1: '2', q3: 'no' } })).toBe('not-met');
  });
});
