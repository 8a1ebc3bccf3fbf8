import { describe, expect, it } from 'vitest';
import {
  checkDefinition,
  type Definition,
  instrumentFromDefinition,
  instrumentFromYaml,
  loadDefinition,
  type ShippedDefinition,
} from '../../src/definition/index.js';
import { edited, example, refusedExample } from './example.js';

const load = (definition: unknown, file = 'definition') => {
  const outcome = loadDefinition(JSON.stringify(definition, null, 1), file);
  return outcome._tag === 'Left' ? outcome.left : [];
};
const codes = (definition: unknown, file?: string) => load(definition, file).map(({ code }) => code);

describe('problems', () => {
  it('stand in the order of the file: by line, then by column', () => {
    const text = `id: example-check
version: 1
flags: { b: { when: q1 is, titel: x, source: made-up } }
short: 5
`;
    const outcome = loadDefinition(text, 'f.yaml');
    const places = outcome._tag === 'Left' ? outcome.left.map(({ line, col }) => [line, col] as const) : [];
    expect(places).toEqual([...places].sort(([a, b], [c, d]) => a - c || b - d));
    expect(places.filter(([line]) => line === 3).length).toBeGreaterThan(1);
    expect(places.at(-1)).toEqual([4, 8]);
  });

  it('of an entry that each member of a panel has are said once', () => {
    const panel = {
      asked: 'all',
      members: { tea: {}, milk: {} },
      items: { cups: { label: 'cups', options: 'oftn' } },
      scores: { count: { formula: 'sum(cups)', range: [0, 2], source: 'made-up' } },
    };
    const found = load(edited(example, ['panels'], { drink: panel }));
    expect(found.map(({ code, path }) => `${path} ${code}`)).toEqual([
      'panels.drink.items.cups.options unknown-name',
    ]);
  });

  it('that differ in code or in place are each said', () => {
    const found = load({ ...example, short: undefined, title: undefined, measures: undefined });
    expect(found.map(({ path }) => path).sort()).toEqual(['measures', 'short', 'title']);
  });

  it('of names are said beside those of syntax and of shape, all at once', () => {
    const wrong = {
      ...example,
      short: '',
      licence: { ...example.licence, clas: 'free' },
      bands: { signs: { of: 'total', source: 'made-up', levels: 'few' } },
      'cut-offs': {
        three: { ...example['cut-offs']?.['three'], when: 'totl >= 3' },
        four: { ...example['cut-offs']?.['three'], when: 'total >= ' },
        five: { when: 'total >= 5' },
      },
      flags: {
        third: { ...example.flags?.['third'], when: 'qq1 >= 1' },
      },
    };
    expect(load(wrong).map(({ code, path }) => `${path} ${code}`)).toEqual([
      'short wrong-value',
      'licence.clas unknown-key',
      'bands.signs.levels wrong-type',
      'cut-offs.three.when unknown-name',
      'cut-offs.four.when unfinished',
      'cut-offs.five.screens-for missing-key',
      'cut-offs.five.source missing-key',
      'flags.third.when unknown-name',
    ]);
  });

  it('of names are not invented where a score, an item or a skip cannot be read', () => {
    const score = edited(example, ['scores', 'total'], { formula: 'sum(q1..q3)', source: 'made-up' });
    expect(load(edited(score, ['cut-offs', 'three', 'when'], 'totl >= 3')).map(({ path }) => path)).toEqual([
      'scores.total.range',
      'cut-offs.three.when',
    ]);
    expect(codes(edited(example, ['scores', 'total', 'formula'], ' '))).toEqual(['wrong-value']);
    expect(codes(edited(example, ['scores', 'total'], 3))).toEqual(['wrong-type']);
    expect(codes(edited(example, ['items', 'q1', 'options'], 3))).toEqual(['wrong-type']);
    expect(codes(edited(example, ['items', 'q1', 'label'], ''))).toEqual(['wrong-value']);
    expect(codes(edited(example, ['items'], 'q1'))).toEqual(['wrong-type']);
    const skips = [{ if: 'q1 is "0"', then: 'q2', source: 'made-up' }];
    expect(codes(edited(example, ['skips'], skips))).toEqual(['missing-key']);
  });

  it('of what no form reaches are said beside a slip in another verdict', () => {
    const dead = { ...example['cut-offs']?.['three'], when: 'total >= 7' };
    const between = { ...example['cut-offs']?.['three'], when: 'total >= 2.5' };
    const wrong = edited(edited(example, ['cut-offs', 'dead'], dead), ['cut-offs', 'between'], between);
    const flagged = (when: string) => edited(wrong, ['flags', 'third', 'when'], when);
    const rest = ['cut-offs.dead.when dead-cut-off', 'cut-offs.between.when thresholds-are-values'];
    const said = (definition: unknown) => load(definition).map(({ path, code }) => `${path} ${code}`);
    expect(said(wrong)).toEqual(rest);
    for (const [when, code] of [
      ['qq3 >= 1', 'unknown-name'],
      ['q3 >=', 'unfinished'],
      ['sum(q1..q3)', 'not-a-condition'],
    ] as const)
      expect(said(flagged(when))).toEqual([...rest, `flags.third.when ${code}`]);
    expect(said({ ...flagged('q3 >='), short: '' })).toEqual([
      'short wrong-value',
      ...rest,
      'flags.third.when unfinished',
    ]);
  });

  it('of what no form reaches wait where a score cannot be worked out, and no item is called unread for it', () => {
    const two = edited(example, ['items', 'q4'], { label: 'fourth', options: 'often' });
    const broken = edited(
      edited(two, ['flags', 'third', 'when'], 'q4 >='),
      ['cut-offs', 'three', 'when'],
      'total >= 7',
    );
    expect(load(broken).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'cut-offs.three.when dead-cut-off',
      'flags.third.when unfinished',
    ]);
    const unsure = edited(broken, ['scores', 'total', 'formula'], 'summ(q1..q3)');
    expect(load(unsure).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'scores.total.formula unknown-function',
      'flags.third.when unfinished',
    ]);
    const skipped = edited(broken, ['skips'], [{ if: 'q1 is "0"', then: 'q2', source: 'made-up' }]);
    expect(load(skipped).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'flags.third.when unfinished',
      'skips[0].points missing-key',
    ]);
    const both = edited(edited(broken, ['scores', 'total', 'range'], 'wide'), ['short'], '');
    expect(load(both).map(({ path }) => path)).toEqual(['short', 'scores.total.range', 'flags.third.when']);
    const shapeless = edited(broken, ['scores', 'total', 'range'], 'wide');
    expect(load(shapeless).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'scores.total.range wrong-type',
      'flags.third.when unfinished',
    ]);
  });

  it('of a number between two values of an item are said though no score can be worked out', () => {
    const unsure = edited(example, ['scores', 'total', 'formula'], 'summ(q1..q3)');
    const between = edited(unsure, ['flags', 'third', 'when'], 'q3 >= 0.5');
    expect(load(between).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'scores.total.formula unknown-function',
      'flags.third.when thresholds-are-values',
    ]);
  });

  it('of what no form reaches are said beside slips in several others, with the skips as they stand', () => {
    const verdict = (when: string) => ({ when, 'screens-for': 'x', source: 'made-up' });
    const item = { label: 'another', options: 'often' };
    const definition = {
      ...example,
      items: { ...example.items, q4: item, q5: item },
      skips: [{ if: 'q1 is "0"', then: 'q2', points: 0, source: 'made-up' }],
      'cut-offs': {
        first: verdict('q4 >= '),
        second: verdict('sum(q4, q5)'),
        third: verdict('q1 = 0 and q2 >= 1'),
        fourth: verdict('total >= 2.5'),
        fifth: verdict('q1 = 0 and q3 >= 1'),
      },
    };
    expect(load(definition).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'cut-offs.first.when unfinished',
      'cut-offs.second.when not-a-condition',
      'cut-offs.third.when dead-cut-off',
      'cut-offs.fourth.when thresholds-are-values',
    ]);
    const circular = { ...example.scores?.['total'], formula: 'loop' };
    const scores = { ...example.scores, loop: circular };
    const elsewhere = { ...definition, scores };
    expect(load(elsewhere).map(({ path }) => path)).toEqual([
      'scores.loop.formula',
      'cut-offs.first.when',
      'cut-offs.second.when',
    ]);
  });

  it('of a verdict that a stop decides are said once, with no word about the stop', () => {
    const stops = [{ if: 'q1 is "0"', then: 'q2..q3', decides: ['three'], source: 'made-up' }];
    const broken = edited(edited(example, ['stops'], stops), ['cut-offs', 'three', 'when'], 'totl >= 3');
    const dead = edited(broken, ['flags', 'dead'], { when: 'q1 >= 3', title: 'x', source: 'made-up' });
    expect(load(broken).map(({ path }) => path)).toEqual(['cut-offs.three.when']);
    expect(load(dead).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'cut-offs.three.when unknown-name',
      'flags.dead.when dead-flag',
    ]);
  });

  it('of a refused definition are those of its shape alone, where that is wrong', () => {
    const source = { title: 'An invented source that nothing names', confidence: 'recalled' };
    const unused = edited(refusedExample, ['sources', 'when'], source);
    expect(load(unused).map(({ path, code }) => `${path} ${code}`)).toEqual(['sources.when sources-used']);
    expect(load(edited(unused, ['short'], 5)).map(({ path }) => path)).toEqual(['short']);
  });

  it('of a blank formula are said once', () => {
    for (const blank of ['', '  ', null])
      expect(load(edited(example, ['flags', 'third', 'when'], blank)).map(({ path }) => path)).toEqual([
        'flags.third.when',
      ]);
  });

  it('of a formula that a comma of YAML has cut short name the quotes that it needs', () => {
    const outcome = loadDefinition(
      'scores: { total: { formula: round(mean(q1..q3), 0), range: [0, 2], source: made-up } }',
      'definition',
    );
    const told = outcome._tag === 'Left' ? outcome.left : [];
    expect(told.find(({ code }) => code === 'unclosed')?.message).toMatch(
      /put a formula that has one in quotes/,
    );
    const unfinished = loadDefinition(
      'scores: { total: { formula: q1 +, 0), range: [0, 2] } }',
      'definition',
    );
    const broken = unfinished._tag === 'Left' ? unfinished.left : [];
    expect(broken.find(({ code }) => code === 'unfinished')?.message).not.toMatch(/in quotes/);
    const whole = loadDefinition('scores: { total: { formula: sum(q1..q3, range: 1 } }', 'definition');
    const other = whole._tag === 'Left' ? whole.left : [];
    expect(other.find(({ code }) => code === 'unclosed')?.message).not.toMatch(/quotes/);
  });

  it('of a formula are said beside an entry that cannot be written out, but not what follows from the whole', () => {
    const wrong = edited(
      edited(example, ['items', 'q1', 'options'], 'oftn'),
      ['cut-offs', 'three', 'when'],
      'totl >= 3',
    );
    const found = load(wrong);
    expect(found.map(({ code, path, didYouMean }) => [path, code, didYouMean])).toEqual([
      ['items.q1.options', 'unknown-name', 'often'],
      ['cut-offs.three.when', 'unknown-name', 'total'],
    ]);
  });

  it('of a formula in a literal have no column, and a hint only where something is near', () => {
    const outcome = checkDefinition(edited(example, ['cut-offs', 'three', 'when'], 'totl >= 3'));
    expect(outcome).toStrictEqual({
      _tag: 'Left',
      left: [
        {
          code: 'unknown-name',
          file: 'definition',
          line: 1,
          col: 1,
          path: 'cut-offs.three.when',
          message: expect.any(String),
          didYouMean: 'total',
        },
      ],
    });
    const far = checkDefinition(edited(example, ['cut-offs', 'three', 'when'], 'else-where >= 3'), 'x');
    expect(far).toMatchObject({ left: [{ code: 'unknown-name', file: 'x' }] });
    expect(far._tag === 'Left' && far.left[0]).not.toHaveProperty('didYouMean');
  });

  it('of the whole have no place inside a formula', () => {
    const [problem] = load(edited(example, ['scores', 'total', 'range'], [0, 7]));
    expect(problem).toMatchObject({ code: 'range', path: 'scores.total.range' });
  });
});

describe('a file of which some entries cannot be read', () => {
  const shape = { ...edited(example, ['licence', 'clas'], 'x') };
  const broken = (definition: unknown): string =>
    `${JSON.stringify(definition, null, 1).slice(0, -2)},\n"x": &a 1 }`;

  it('is held against the shape and the syntax of each formula all the same', () => {
    const outcome = loadDefinition(
      broken(edited(shape, ['skips'], [{ if: 'q1 is', then: 'q2', points: 0, source: 'made-up' }])),
      'f.yaml',
    );
    const found = outcome._tag === 'Left' ? outcome.left : [];
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['anchor', 'unknown-key']));
    expect(found.find(({ path }) => path === 'skips[0].if')).toBeDefined();
    expect(found.filter(({ code, path }) => code === 'unknown-key' && path !== 'x')).toHaveLength(1);
  });

  it('is refused for what cannot be read alone where all else is right', () => {
    const outcome = loadDefinition(JSON.stringify(example, null, 1).replace('"EX"', '&a "EX"'), 'f.yaml');
    expect(outcome).toMatchObject({ left: [{ code: 'anchor' }] });
    expect(outcome._tag === 'Left' && outcome.left).toHaveLength(1);
  });
});

describe('the syntax of formulas in a file of the wrong shape', () => {
  const wrong = (definition: Definition) => load(edited(definition, ['short'], 5)).slice(1);

  it('is looked at wherever a formula stands, in lists too', () => {
    const rules = [
      { id: 'a', label: 'a', when: 'any(q1..q3 >= 1)' },
      { id: 'b', label: 'b', when: 'any(q1..' },
      { id: 'c', label: 'c', otherwise: true },
    ];
    const found = wrong(edited(example, ['bands', 'response'], { rules, source: 'made-up' }));
    expect(found.map(({ path }) => path)).toEqual(['bands.response.rules[1].when']);
    expect(found[0]?.message.length).toBeGreaterThan(15);
  });

  it('is not asked of what is no formula', () => {
    expect(wrong(edited(example, ['title'], 'q1 is'))).toEqual([]);
    expect(wrong(edited(example, ['flags', 'third', 'when'], 5)).map(({ code }) => code)).toEqual([
      'wrong-type',
    ]);
    const branches = { by: 'sex', female: 'q1 >= 1', male: 'q1 >= 2' };
    expect(wrong(edited(example, ['flags', 'third', 'when'], branches))).toEqual([]);
  });

  it('comes with the word that was meant', () => {
    const found = wrong(edited(example, ['scores', 'total', 'formula'], 'smu(q1..q3)'));
    expect(found.map(({ path, didYouMean }) => [path, didYouMean])).toEqual([
      ['scores.total.formula', 'sum'],
    ]);
  });
});

describe('the folder of a definition', () => {
  it('is that of a file called definition.yaml, on any system, and of no other file', () => {
    expect(codes(example, 'instruments/mental-health/example-check/definition.yaml')).toEqual([]);
    expect(codes(example, 'instruments/mental-health/other/definition.yaml')).toEqual(['id-is-folder']);
    expect(codes(example, 'C:\\instruments\\other\\definition.yaml')).toEqual(['id-is-folder']);
    expect(codes(example, 'definition.yaml')).toEqual([]);
    expect(codes(example, 'definition.yaml/other/file.yaml')).toEqual([]);
    expect(codes(example, 'instruments/other/draft.yaml')).toEqual([]);
  });
});

describe('an instrument of your own', () => {
  it('is not made of what is refused, and says why', () => {
    expect(instrumentFromYaml(JSON.stringify(refusedExample), 'mine.yaml')).toStrictEqual({
      _tag: 'Left',
      left: [
        {
          code: 'refused',
          file: 'mine.yaml',
          line: 1,
          col: 1,
          path: 'status',
          message: 'this definition is refused and cannot be scored: fictional',
        },
      ],
    });
  });

  it('is not made of what has problems, which name the file where one is given', () => {
    const text = JSON.stringify({ ...example, short: '' });
    expect(instrumentFromYaml(text)).toMatchObject({ left: [{ file: 'definition', path: 'short' }] });
    expect(instrumentFromYaml(text, 'mine.yaml')).toMatchObject({ left: [{ file: 'mine.yaml' }] });
    const literal = instrumentFromDefinition({ ...example, short: '' });
    expect(literal).toMatchObject({ left: [{ file: 'definition', path: 'short' }] });
    const refused: unknown = refusedExample;
    expect(instrumentFromDefinition(refused as ShippedDefinition)).toMatchObject({
      left: [{ code: 'refused', file: 'definition' }],
    });
  });

  it('has the short forms that its edition holds', () => {
    const contains = (edition: string | undefined, editions: Record<string, string> | undefined) => {
      const made = instrumentFromDefinition({
        ...example,
        ...(edition === undefined ? {} : { edition: { id: edition } }),
        contains: { short: { items: { a: 'q1' }, ...(editions === undefined ? {} : { editions }) } },
      });
      return made._tag === 'Right' ? Object.keys(made.right.contains) : made.left.map(({ code }) => code);
    };
    expect(contains(undefined, undefined)).toEqual(['short']);
    expect(contains('first', undefined)).toEqual(['short']);
    expect(contains('first', { first: 'theirs' })).toEqual(['short']);
    expect(contains('first', {})).toEqual([]);
    expect(contains(undefined, {})).toEqual([]);
  });
});
