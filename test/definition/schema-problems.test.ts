import { describe, expect, it } from 'vitest';
import { checkDefinition, type Definition, loadDefinition } from '../../src/definition/index.js';
import { edited, example } from './example.js';

/** What a literal is refused for, whatever its type says. */
const found = (definition: unknown) => {
  const outcome = checkDefinition(definition as Definition);
  return outcome._tag === 'Left' ? outcome.left : [];
};
const said = (path: readonly (string | number)[], to: unknown) =>
  found(edited(example, path, to)).map(({ code, path: at, message }) => `${at} ${code}: ${message}`);

const panels = (members: object) => ({
  drink: { asked: 'all', members, items: { q1: { label: 'cups', options: 'often' } } },
});

describe('what is missing', () => {
  it('is said by name, with what belongs there', () => {
    expect(said(['short'], undefined)).toEqual([
      'short missing-key: `short` is missing: the acronym people use.',
    ]);
    expect(said(['domain'], undefined)).toEqual([
      'domain missing-key: `domain` is missing: what it screens for.',
    ]);
    expect(said(['scores', 'total', 'formula'], undefined)).toEqual([
      'scores.total.formula missing-key: `formula` is missing: what is computed or tested.',
    ]);
  });
});

describe('what is of the wrong kind', () => {
  it('is told from what is empty and from what has the wrong value', () => {
    expect(said(['short'], 5)).toEqual([
      'short wrong-type: `short` must be text (quote it): the acronym people use.',
    ]);
    expect(said(['short'], null)).toEqual([
      'short wrong-type: `short` is empty: give the acronym people use, or leave the key out where it is optional.',
    ]);
    expect(said(['short'], ' ')).toEqual([
      'short wrong-value: `short` is blank: give the acronym people use.',
    ]);
    expect(said(['items'], 'q1')).toEqual([
      'items wrong-type: `items` must be a mapping: items in form order.',
    ]);
    expect(said(['licence'], [])).toEqual([
      'licence wrong-type: `licence` must be a mapping: { holder, class, terms, source, confidence, seen }.',
    ]);
  });

  it('names an entry of a list by its number, from one, and the file as the file', () => {
    expect(said(['respondent'], ['self', 'doctor'])).toEqual([
      'respondent.1 not-one-of: entry 2 must be one of self, clinician, informant, measured: who answers.',
    ]);
    for (const nothing of [null, 'text', 5, []])
      expect(found(nothing), String(nothing)).toMatchObject([
        {
          code: expect.stringMatching(/^(wrong-type|missing-key)$/),
          path: '',
          message: expect.stringMatching(/^the file /),
        },
      ]);
    expect(found(undefined)).toMatchObject([{ code: 'not-data', path: '' }]);
  });

  it('of several forms is said once, for the whole, where none of them was tried', () => {
    expect(said(['scores', 'total', 'formula'], 5)).toEqual([
      'scores.total.formula wrong-type: `formula` must be a formula (quote it where YAML reads it otherwise), or { by: sex, female: …, male: … }: what is computed or tested.',
    ]);
    expect(said(['items', 'q1'], 5)).toEqual([
      'items.q1 wrong-type: `q1` must be a mapping: an item: { label, options }.',
    ]);
    // Too long for a pair, which is said of the whole, whatever stands in it.
    expect(said(['options', 'often', 1, 'points'], ['one', 1, 2])).toEqual([
      'options.often.1.points wrong-type: `points` must be a number, or [least, greatest]: the points of the option.',
    ]);
  });

  it('of several forms is held against the one that fits best, the first of equals', () => {
    expect(said(['items', 'q1'], { label: 'x' })).toEqual([
      'items.q1.options missing-key: `options` is missing: the id of an entry of `options`.',
    ]);
    expect(said(['items', 'q1'], { label: 'x', number: { unit: 'kg', min: 1, max: 2 } })).toEqual([
      'items.q1.number.step missing-key: `step` is missing: the step of values (0.1).',
    ]);
    expect(said(['items', 'q1'], { label: 'x', text: true, unscored: 5 })).toEqual([
      'items.q1.unscored wrong-type: `unscored` must be text (quote it): why the item is not scored.',
    ]);
  });

  it("is not held against 'absent' where an entry was written", () => {
    expect(said(['panels'], panels({ tea: { items: { q1: { labl: 'x' } } } })).length).toBeGreaterThan(1);
  });
});

describe('a key that is not known', () => {
  it('is named with all that are known there, and with the one that is near', () => {
    const [problem] = found(edited(example, ['licence', 'holdr'], 'x'));
    expect(problem).toStrictEqual({
      code: 'unknown-key',
      file: 'definition',
      line: 1,
      col: 1,
      path: 'licence.holdr',
      message: '`holdr` is no key here; known are holder, class, terms, source, confidence, seen.',
      didYouMean: 'holder',
    });
  });

  it('gets no hint where nothing is near, or where dozens are unknown', () => {
    expect(found(edited(example, ['licence', 'completely-other'], 'x'))[0]).not.toHaveProperty('didYouMean');
    const many = Object.fromEntries(
      Array.from({ length: 31 }, (_, i) => [`holdr${i % 10}${i > 9 ? i : ''}`, 1]),
    );
    const hints = found({ ...example, licence: { ...example.licence, ...many } }).map(
      (one) => one.didYouMean,
    );
    expect(hints).toHaveLength(31);
    expect(hints.slice(0, 10)).toEqual(Array(10).fill('holder'));
    expect(found({ ...example, licence: { ...example.licence, ...numbered(30) } }).at(-1)?.didYouMean).toBe(
      'class',
    );
    expect(
      found({ ...example, licence: { ...example.licence, ...numbered(31) } }).at(-1)?.didYouMean,
    ).toBeUndefined();
  });

  it('is told from the plain letter that it looks like', () => {
    const message = (key: string) => found({ ...example, [key]: 'x' })[0]?.message;
    expect(message('s\u0435en')).toMatch(
      /^`s\u0435en` is no key here; its '\u0435' is U\+0435, not a plain letter; known/,
    );
    expect(message('caf\u00e9')).toMatch(/is U\+00E9, not a plain letter;/);
    expect(message('\u{1d452}\u00e9')).toMatch(/its '\u{1d452}' is U\+1D452, not/u);
    expect(message('a~b c')).toMatch(/^`a~b c` is no key here; known/);
    expect(message('a\u007fb')).toMatch(/is U\+007F, not a plain letter/);
  });
});

/** So many unknown keys, the last of them near a known one. */
const numbered = (count: number) =>
  Object.fromEntries([...Array.from({ length: count - 1 }, (_, i) => [`unknown-key-${i}`, 1]), ['clas', 1]]);

describe('an id', () => {
  it('of the wrong shape is refused at its key, wherever it stands', () => {
    const bad = (id: string) =>
      `\`${id}\` must be lower-case letters, digits and single hyphens, starting with a letter`;
    expect(said(['items', 'Q4'], { label: 'x', options: 'often' })).toEqual([
      `items.Q4 bad-id: ${bad('Q4')}: id of an item.`,
    ]);
    expect(
      said(['panels'], {
        ...panels({ tea: {} }),
        snack: { ...panels({ nut: {} }).drink, items: { É1: { label: 'x', options: 'often' } } },
      }),
    ).toEqual([
      `panels.snack.items.É1 bad-id: ${bad('É1')}: id of an item; its 'É' is U+00C9, not a plain letter.`,
    ]);
    const outcome = loadDefinition(JSON.stringify(edited(example, ['tables'], { Bad: 1 })), 'f.yaml');
    const column = JSON.stringify(edited(example, ['tables'], { Bad: 1 })).indexOf('"Bad"') + 1;
    expect(outcome).toMatchObject({
      left: expect.arrayContaining([expect.objectContaining({ code: 'bad-id', line: 1, col: column })]),
    });
  });
});

describe('a word that is not one of a few', () => {
  it('is met by the one that is near', () => {
    const hint = (path: readonly (string | number)[], to: unknown) => found(edited(example, path, to))[0];
    expect(hint(['domain'], 'alcohl')).toMatchObject({ code: 'not-one-of', didYouMean: 'alcohol' });
    expect(hint(['domain'], 'something')).not.toHaveProperty('didYouMean');
    expect(hint(['domain'], 5)).not.toHaveProperty('didYouMean');
    expect(hint(['respondent'], ['slf'])).toMatchObject({ didYouMean: 'self' });
    expect(hint(['version'], 'alcohol')).not.toHaveProperty('didYouMean');
  });
});

describe('the form of a definition', () => {
  it('is that of a refused one where its status says so, and else of one that is shipped', () => {
    const refused = found({ ...example, status: 'refused' }).map(({ path }) => path);
    expect(refused).toEqual(expect.arrayContaining(['refused', 'items', 'scores']));
    expect(found({ ...example, status: 'other' }).map(({ path }) => path)).toEqual(['status']);
    expect(found({ ...example, status: 'shipped' })).toEqual([]);
  });
});
