import { describe, expect, it } from 'vitest';
import { type Definition, definitionSchema } from '../../src/definition/index.js';
import { readablePart } from '../../src/definition/readable-part.js';
import { edited, example } from './example.js';

const problem = (where: readonly (string | number)[], code = 'wrong-value') => ({ code, where, message: '' });
/** What can be read of the example where these places hold a problem. */
const part = (...places: readonly (readonly (string | number)[])[]) =>
  readablePart(
    example,
    places.map((where) => problem(where)),
  );

describe('what can be read of a definition', () => {
  it('is the whole of one without a problem', () => {
    expect(readablePart(example, [])).toBe(example);
  });

  it('has something sound in the place of what it says of itself', () => {
    for (const key of ['id', 'version', 'title', 'short', 'domain', 'measures', 'respondent', 'sources'])
      expect([key, definitionSchema.safeParse(part([key])).success]).toEqual([key, true]);
    expect(part(['licence', 'class'])).toMatchObject({ licence: { class: 'unclear' }, title: example.title });
    expect(part(['minutes'])).not.toHaveProperty('minutes');
    expect(part(['minutes'])).toMatchObject({ recall: 'P2W' });
  });

  it('leaves out the verdict that is wrong, and no other', () => {
    const two = edited(example, ['cut-offs', 'four'], { when: 'total >= 4' });
    expect(readablePart(two, [problem(['cut-offs', 'four', 'source'])])).toEqual(example);
    expect(part(['cut-offs', 'three', 'source'])).toEqual({ ...example, 'cut-offs': {} });
    expect(part(['flags', 'third', 'title'])).toEqual({ ...example, flags: {} });
    expect(part(['bands', 'signs', 'levels', 0, 'from'])).toEqual({ ...example, bands: {} });
  });

  it('leaves out all skips and stops where one is wrong, as nothing reads them', () => {
    const skips = { ...example, skips: [{ if: 'q1 is "0"', then: 'q2', points: 0 }] };
    expect(readablePart(skips, [problem(['skips', 0, 'source'])])).toEqual(example);
    const stops = { ...example, stops: [{ if: 'q1 is "0"', then: 'q2' }] };
    expect(readablePart(stops, [problem(['stops', 0, 'decides'])])).toEqual(example);
  });

  it('keeps the formula of a score, and its name where the formula is none', () => {
    const total = (score: unknown) =>
      readablePart(edited(example, ['scores', 'total'], score), [problem(['scores', 'total', 'x'])]);
    const standIn = (formula: string) =>
      edited(example, ['scores', 'total'], { formula, range: [0, 0], source: 'unread' });
    expect(total({ formula: 'sum(q1..q2)' })).toEqual(standIn('sum(q1..q2)'));
    for (const score of [3, null, {}, { formula: 3 }, { formula: '  ' }, { formula: '' }])
      expect(total(score)).toEqual(standIn('0'));
  });

  it('leaves out a key that is none, however deep it stands', () => {
    for (const place of [['colour'], ['items', 'q1', 'colour'], ['bands', 'signs', 'levels', 1, 'colour']])
      expect(readablePart(edited(example, place, 'red'), [problem(place, 'unknown-key')])).toEqual(example);
  });

  it('leaves it out of its own entry of a list alone', () => {
    const options = [
      { code: '0', label: 'never', points: 3 },
      { code: '1', label: 'not said', missing: 'refused' },
    ];
    const wrong = edited(
      { ...example, options: { often: options } } as Definition,
      ['options', 'often', 1, 'points'],
      4,
    );
    const place = ['options', 'often', 1, 'points'];
    expect(readablePart(wrong, [problem(place, 'unknown-key')])).toEqual({
      ...example,
      options: { often: options },
    });
  });

  it('does not mind the label of an item', () => {
    expect(part(['items', 'q1', 'label'])).toEqual(edited(example, ['items', 'q1', 'label'], 'unread'));
  });

  it('is nothing where a problem lies in what formulas read', () => {
    for (const place of [
      ['items'],
      ['items', 'q1', 'options'],
      ['items', 'q1'],
      ['options', 'often', 0, 'label'],
      ['panels', 'drink', 'label'],
      ['keyings', 'other', 'q1'],
      ['tables', 'metric'],
      ['scores'],
      ['cut-offs'],
    ])
      expect([place, part(place)]).toEqual([place, null]);
    expect(part(['items'], ['short'])).toBeNull();
  });

  it('is nothing where there are more than a hundred problems', () => {
    const of = (count: number) =>
      readablePart(
        example,
        Array.from({ length: count }, () => problem(['minutes'])),
      );
    expect(of(100)).not.toBeNull();
    expect(of(101)).toBeNull();
  });
});
