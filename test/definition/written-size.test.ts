import { describe, expect, it } from 'vitest';
import type { ShippedDefinition } from '../../src/definition/index.js';
import {
  LONGEST_CHAIN,
  MOST_ITEMS,
  MOST_NAMES,
  MOST_OPTIONS,
  tooLarge,
  tooManyItems,
} from '../../src/definition/written-size.js';
import type { FormulaSource, Model, ModelItem, ModelScore } from '../../src/formula/model.js';
import { example } from './example.js';

const many = <T>(count: number, of: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => of(at));

const item = (id: string, member?: string): ModelItem => ({
  kind: 'text',
  id,
  where: ['items', id],
  unscored: 'not read',
  ...(member === undefined ? {} : { member }),
});

const score = (id: string, formula: FormulaSource, member?: string): ModelScore => ({
  id,
  where: ['scores', id],
  formula,
  range: [0, 1],
  missingRules: [],
  ...(member === undefined ? {} : { member }),
});

/** A model with one hundred items and nothing that reads them. */
const model = (parts: Partial<Model>): Model => ({
  items: many(100, (at) => item(`q${at}`)),
  members: [],
  keyings: {},
  tables: {},
  gates: [],
  scores: [],
  quantities: [],
  bands: [],
  cutOffs: [],
  flags: [],
  ...parts,
});

const cutOff = (id: string, when: FormulaSource, applies?: FormulaSource): Model['cutOffs'][number] => ({
  id,
  where: ['cut-offs', id],
  when,
  screensFor: 'nothing',
  ...(applies === undefined ? {} : { applies }),
});

const placeOf = (parts: Partial<Model>): string | undefined => tooLarge(model(parts))?.where.join('.');

/** `count` names that are items, in formulas of a hundred. */
const names = (count: number): readonly ModelScore[] =>
  many(Math.ceil(count / 100), (at) => score(`s${at}`, `q0..q${Math.min(99, count - 1 - at * 100)}`));

describe('the size of a definition', () => {
  it('is the names in its formulas, ranges written out: five thousand are read and one more is not', () => {
    expect(placeOf({ scores: names(MOST_NAMES) })).toBeUndefined();
    expect(placeOf({ scores: [...names(MOST_NAMES), score('more', 'q0')] })).toBe('scores.more.formula');
  });

  it('counts a range turned round like any other, and one of names that are none as two', () => {
    const turned = many(50, (at) => score(`s${at}`, 'q99..q0'));
    expect(placeOf({ scores: [...turned] })).toBeUndefined();
    expect(placeOf({ scores: [...turned, score('more', 'a..b')] })).toBe('scores.more.formula');
  });

  it('counts a range from its first item to its last, and one with an end that is none as two unknown names', () => {
    const last = (one: string, count: number) =>
      placeOf({ scores: [...names(MOST_NAMES - 50), ...many(count, (at) => score(`r${at}`, one))] });
    expect(last('q50..q99', 1)).toBeUndefined();
    expect(last('q49..q99', 1)).toBe('scores.r0.formula');
    // Two for each name, as there are a hundred that it could have meant.
    for (const range of ['a..b', 'q0..b', 'a..q99']) {
      expect([range, last(range, 12)]).toEqual([range, undefined]);
      expect([range, last(range, 13)]).toEqual([range, 'scores.r12.formula']);
    }
  });

  it('counts a range that was not written to its end for the name that it has', () => {
    const last = (count: number) =>
      placeOf({ scores: [...names(MOST_NAMES - 50), ...many(count, (at) => score(`r${at}`, 'q0..'))] });
    expect(last(50)).toBeUndefined();
    expect(last(51)).toBe('scores.r50.formula');
  });

  it('counts a score as all that it is made of, each time that it is named', () => {
    const whole = [score('total', 'q0..q99')];
    expect(
      placeOf({ scores: whole, cutOffs: many(49, (at) => cutOff(`c${at}`, 'total >= 1')) }),
    ).toBeUndefined();
    expect(placeOf({ scores: whole, cutOffs: many(50, (at) => cutOff(`c${at}`, 'total >= 1')) })).toBe(
      'cut-offs.c49.when',
    );
    const doubling = many(30, (at) => score(`t${at}`, at === 0 ? 'q0' : `t${at - 1} + t${at - 1}`));
    expect(placeOf({ scores: doubling })).toBe('scores.t12.formula');
  });

  it('counts every branch by sex, what a cut-off applies to, levels, flags and quantities', () => {
    const large = `q0..q99${' + q0..q99'.repeat(49)}`;
    const more = (parts: Partial<Model>) => placeOf({ scores: [score('s', large)], ...parts });
    const verdicts = { where: ['x'], id: 'x', title: 'x' };
    expect(more({})).toBeUndefined();
    expect(more({ cutOffs: [cutOff('c', { by: 'sex', branches: { female: 'q0', male: '' } })] })).toBe(
      'cut-offs.c.when',
    );
    expect(more({ cutOffs: [cutOff('c', '', 'q0 >= 1')] })).toBe('cut-offs.c.applies-when');
    expect(more({ flags: [{ ...verdicts, when: 'q0' }] })).toBe('x.when');
    const level = { id: 'l', label: 'l', where: ['levels', 0] };
    expect(more({ bands: [{ ...verdicts, levels: [{ ...level, from: 0 }] }] })).toBeUndefined();
    expect(more({ bands: [{ ...verdicts, levels: [{ ...level, when: 'q0' }] }] })).toBe('levels.0.when');
    expect(more({ quantities: [{ ...verdicts, formula: 'q0', places: 1 }] })).toBe('x.formula');
  });

  it('finds the names of a panel member before any other, and counts what is asked of each member so often', () => {
    const members = many(50, (at) => ({ panel: 'p', id: `m${at}`, asked: 'all' as const }));
    const items = many(50, (at) => item(`m${at}.a`, `m${at}`));
    const own = [score('m0.s', 'a', 'm0'), score('s', 'q0..q99')];
    const plain = model({ members, items: [...model({}).items, ...items], scores: own });
    const size = (cutOffs: Model['cutOffs']) => tooLarge({ ...plain, cutOffs })?.where.join('.');
    const inMember = (at: number) => ({ ...cutOff(`c${at}`, 's >= 1'), member: 'm0' });
    expect(size(many(4_000, inMember))).toBeUndefined();
    expect(size(many(50, (at) => cutOff(`c${at}`, 's >= 1')))).toBe('cut-offs.c48.when');
    // A member's range of its own items is five of them, and no two names that are none.
    const five = many(5, (at) => item(`m0.b${at}`, 'm0'));
    const ranges = (count: number) =>
      tooLarge({
        ...plain,
        items: [...plain.items, ...five],
        scores: [...names(MOST_NAMES - 50), ...many(count, (at) => score(`m0.r${at}`, 'b0..b4', 'm0'))],
      })?.where.join('.');
    expect(ranges(10)).toBeUndefined();
    expect(ranges(11)).toBe('scores.m0.r10.formula');
    // Of `any`, `p` and `a` none is an item: two and a half each, for fifty members.
    expect(size(many(13, (at) => cutOff(`c${at}`, 'any(p.* : a >= 1)')))).toBeUndefined();
    expect(size(many(14, (at) => cutOff(`c${at}`, 'any(p.* : a >= 1)')))).toBe('cut-offs.c13.when');
  });

  it('counts a name that is none for more, the more there are that it could have meant', () => {
    const unknown = (count: number) => placeOf({ scores: many(count, (at) => score(`s${at}`, 'nobody')) });
    expect(unknown(MOST_NAMES / 2)).toBeUndefined();
    expect(unknown(MOST_NAMES / 2 + 1)).toBe(`scores.s${MOST_NAMES / 2}.formula`);
  });

  it('counts for more with every gate, which each reader of an item reads too', () => {
    const gate = {
      where: ['skips', 0],
      if: 'q0',
      then: 'q1',
      effect: { kind: 'points', points: 0 },
    } as const;
    const scores = names(MOST_NAMES / 2);
    expect(placeOf({ scores, gates: many(9, () => gate) })).toBeUndefined();
    expect(placeOf({ scores, gates: many(10, () => gate) })).toBe('skips.0.if');
  });

  it('ends with scores made of themselves and with chains of any length, from either end', () => {
    expect(placeOf({ scores: [score('a', 'b'), score('b', 'a')] })).toBeUndefined();
    const chain = (length: number) =>
      many(length, (at) => score(`s${at}`, at === length - 1 ? 'q0' : `s${at + 1}`));
    expect(placeOf({ scores: chain(LONGEST_CHAIN) })).toBeUndefined();
    expect(placeOf({ scores: chain(LONGEST_CHAIN + 2) })).toBe('scores.s0.formula');
    expect(placeOf({ scores: [...chain(1_000)].reverse() })).toBeUndefined();
    expect(placeOf({ scores: chain(20_000) })).toBe('scores.s0.formula');
  });
});

describe('the items of a definition', () => {
  const entry = { label: 'x', options: 'often' };
  const of = (count: number) => Object.fromEntries(many(count, (at) => [`q${at}`, entry]));
  const refused = (definition: ShippedDefinition) => tooManyItems(definition)?.where.join('.');

  it('are a thousand at most', () => {
    expect(refused({ ...example, items: of(MOST_ITEMS) })).toBeUndefined();
    expect(refused({ ...example, items: of(MOST_ITEMS + 1) })).toBe('items');
  });

  it('are those of each panel member, its own among them', () => {
    const panel = { asked: 'chosen', items: of(99) } as const;
    const repeated = (max: number) => ({
      ...example,
      items: of(10),
      panels: { p: { ...panel, repeat: { max } } },
    });
    expect(refused(repeated(10))).toBeUndefined();
    expect(refused(repeated(11))).toBe('panels');
    const members = (own: number) => ({
      ...example,
      items: of(10),
      panels: { p: { ...panel, members: { a: {}, b: { items: of(own) } } } },
    });
    expect(refused(members(792))).toBeUndefined();
    expect(refused(members(793))).toBe('panels');
  });

  it('have five hundred options at most', () => {
    const options = (count: number) => ({
      often: many(count, (at) => ({ code: String(at), label: 'x' })) as never,
    });
    expect(refused({ ...example, options: options(MOST_OPTIONS) })).toBeUndefined();
    expect(refused({ ...example, options: options(MOST_OPTIONS + 1) })).toBe('options.often');
  });
});
