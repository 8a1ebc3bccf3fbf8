import { describe, expect, it } from 'vitest';
import { checkDefinition, formatProblem, loadCases } from '../../src/definition/index.js';
import { example } from './example.js';

const loaded = (() => {
  const outcome = checkDefinition({
    ...example,
    items: {
      ...example.items,
      weight: { label: 'weight', number: { unit: 'kg', min: 20, max: 200, step: 1 } },
      height: { label: 'height', number: { unit: 'm', min: 1, max: 2, step: 0.1 } },
    },
    scores: {
      total: {
        formula: 'sum(q1..q3)',
        range: [0, 6],
        missing: { printed: { allow: 1, source: 'made-up' } },
        source: 'made-up',
      },
      ratio: { formula: 'weight / height', quantity: true, places: 1, source: 'made-up' },
    },
    bands: {
      response: {
        source: 'made-up',
        rules: [
          { id: 'some', label: 'some', when: 'any(q1..q3 >= 1)' },
          { id: 'none', label: 'none', otherwise: true },
        ],
      },
      ...example.bands,
    },
    panels: {
      drink: {
        asked: 'chosen',
        members: { tea: {}, coffee: {} },
        items: { cups: { label: 'cups', options: 'often' } },
        scores: { count: { formula: 'sum(cups)', range: [0, 2], source: 'made-up' } },
      },
    },
  });
  if (outcome._tag === 'Left') throw new Error(outcome.left.map(formatProblem).join('\n'));
  if (outcome.right.status === 'refused') throw new Error('the example is refused');
  return outcome.right;
})();

const text = (body: string): string =>
  `instrument: example-check\ncases:\n  - { name: one, source: worked by hand, ${body} }\n`;
const found = (body: string) => {
  const outcome = loadCases(text(body), 'cases.yaml', loaded);
  return outcome._tag === 'Left' ? outcome.left : [];
};
const said = (body: string) => found(body).map(({ code, path, message }) => [code, path, message]);
const expecting = (what: string) => said(`answers: {}, expect: { ${what} }`);

describe('a name in a case', () => {
  it('that the definition has is right, in every place where a name stands', () => {
    expect(
      said(
        'answers: { q1: 1, weight: 60 }, options: { missing: printed, administered: [drink.tea] }, ' +
          'expect: { scores: { total: 1, tea.count: 0 }, quantities: { ratio: 30 }, ' +
          'bands: { signs: few, response: [some, none] }, cut-offs: { three: met }, flags: { third: open }, ' +
          'ask: { first: [q1], now: [q2], later: [q3] }, inconsistent: [q1], skipped: [q2] }',
      ),
    ).toEqual([]);
  });

  it.each([
    ['scores: { totl: 1 }', 'scores.totl', 'score `totl`'],
    ['quantities: { ratoi: 1 }', 'quantities.ratoi', 'quantity `ratoi`'],
    ['bands: { sings: few }', 'bands.sings', 'band scheme `sings`'],
    ['bands: { signs: some }', 'bands.signs', 'level `some`'],
    ['bands: { signs: [few, lots] }', 'bands.signs[1]', 'level `lots`'],
    ['bands: { response: few }', 'bands.response', 'level `few`'],
    ['cut-offs: { tree: met }', 'cut-offs.tree', 'cut-off `tree`'],
    ['flags: { thrid: open }', 'flags.thrid', 'flag `thrid`'],
    ['ask: { first: [q8] }', 'ask.first[0]', 'item `q8`'],
    ['ask: { now: [q8] }', 'ask.now[0]', 'item `q8`'],
    ['ask: { later: [q8] }', 'ask.later[0]', 'item `q8`'],
    ['inconsistent: [q8]', 'inconsistent[0]', 'item `q8`'],
    ['skipped: [q8]', 'skipped[0]', 'item `q8`'],
  ])('that it has not is refused: expect %s', (what, path, named) => {
    expect(expecting(what)).toEqual([
      ['unknown-name', `cases[0].expect.${path}`, `the definition has no ${named}.`],
    ]);
  });

  it.each([
    ['answers: { q8: 1 }', 'answers.q8', 'item `q8`'],
    ['answers: {}, options: { missing: print }', 'options.missing', 'missing rule `print`'],
    [
      'answers: {}, options: { administered: [drink.milk] }',
      'options.administered[0]',
      'panel member `drink.milk`',
    ],
  ])('that it has not is refused: %s', (what, path, named) => {
    expect(said(`${what}, expect: {}`)).toEqual([
      ['unknown-name', `cases[0].${path}`, `the definition has no ${named}.`],
    ]);
  });

  it('is met by the name that is near, and by none that is far', () => {
    const hints = (what: string) =>
      found(`answers: {}, expect: { flags: { ${what}: open } }`).map((one) => one.didYouMean);
    expect(hints('thrid')).toEqual(['third']);
    const [far] = found('answers: {}, expect: { flags: { something-else: open } }');
    expect(far).not.toHaveProperty('didYouMean');
  });

  it('of a level may be left out where the scheme does not apply', () => {
    expect(expecting('bands: { signs: not-applicable }')).toEqual([]);
  });

  it('of an item is free only where the form is to be refused for it', () => {
    expect(said('answers: { q8: 1 }, expect: { invalid: [q8] }')).toEqual([]);
    expect(said('answers: { q8: 1 }, expect: { invalid: [q9] }')).toHaveLength(1);
  });
});

describe('cases', () => {
  it('of another instrument name the one beside them', () => {
    const outcome = loadCases(
      text('answers: {}, expect: {}').replace('-check', '-chick'),
      'cases.yaml',
      loaded,
    );
    expect(outcome).toMatchObject({
      left: [
        {
          code: 'other-instrument',
          path: 'instrument',
          line: 1,
          message: 'the definition beside it is `example-check`: name that.',
        },
      ],
    });
  });

  it('each have a name of their own', () => {
    const one = (name: string) => `  - { name: ${name}, source: x, answers: {}, expect: {} }\n`;
    const three = `instrument: example-check\ncases:\n${one('a')}${one('b')}${one('a')}`;
    expect(loadCases(three, 'cases.yaml', loaded)).toMatchObject({
      left: [
        {
          code: 'case-twice',
          path: 'cases[2].name',
          line: 5,
          col: 13,
          message: 'another case has this name: rename one.',
        },
      ],
    });
    expect(loadCases(three.replace(/a,/, 'c,'), 'cases.yaml', loaded)).toMatchObject({
      _tag: 'Right',
      right: { instrument: 'example-check', cases: [{ name: 'c' }, { name: 'b' }, { name: 'a' }] },
    });
  });

  it('that are no YAML mapping, or hold what YAML here may not, are refused for that alone', () => {
    expect(loadCases('- 1', 'cases.yaml')).toMatchObject({ left: [{ code: 'not-a-mapping' }] });
    expect(loadCases(text('answers: { q1: &a 1 }, expect: {}'), 'cases.yaml', loaded)).toMatchObject({
      left: [{ code: 'anchor' }],
    });
  });
});

describe('a name in the facts entered a second time', () => {
  const factual = (facts: string) => {
    const outcome = loadCases(
      `instrument: example-check\nfacts: { source: fictional, ${facts} }\ncases: [ { name: one, source: fictional, answers: {}, expect: {} } ]\n`,
      'cases.yaml',
      loaded,
    );
    return outcome._tag === 'Left'
      ? outcome.left.map(({ path, message, didYouMean, line }) => [line, path, message, didYouMean])
      : [];
  };
  const six = '{ female: 6, male: 8 }';

  it('is right where the definition has it, an item of a panel once for all its members', () => {
    expect(factual(`asked-as: { q3: ${six}, cups: ${six} }, controls: [three]`)).toEqual([]);
    expect(factual('recall: P2W')).toEqual([]);
    expect(factual('controls: []')).toEqual([]);
  });

  it('is told with what was meant where it has it not, all of them at once', () => {
    expect(factual(`asked-as: { q33: ${six}, cup: ${six} }, controls: [threee, total]`)).toEqual([
      [2, 'facts.asked-as.q33', 'the definition has no item `q33`.', 'q3'],
      [2, 'facts.asked-as.cup', 'the definition has no item `cup`.', 'cups'],
      [2, 'facts.controls[0]', 'the definition has no cut-off `threee`.', 'three'],
      [2, 'facts.controls[1]', 'the definition has no cut-off `total`.', undefined],
    ]);
  });
});
