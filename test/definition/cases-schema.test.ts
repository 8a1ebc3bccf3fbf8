import { describe, expect, it } from 'vitest';
import { checkDefinition, loadCases } from '../../src/definition/index.js';
import { example } from './example.js';

const loaded = (() => {
  const outcome = checkDefinition(example);
  if (outcome._tag === 'Left' || outcome.right.status === 'refused')
    throw new Error('the example is refused');
  return outcome.right;
})();

const cases = (body: string): string => `instrument: example-check
cases:
  - name: one
    source: worked by hand
${body}`;
const found = (text: string, against = true) => {
  const outcome = loadCases(text, 'cases.yaml', against ? loaded : undefined);
  return outcome._tag === 'Left'
    ? outcome.left.map(({ code, path, line, col, didYouMean }) => [code, path, `${line}:${col}`, didYouMean])
    : [];
};

describe('cases', () => {
  it('hold every kind of expectation of the language', () => {
    expect(
      found(
        cases(`    answers: { q1: 2, q2: { missing: refused }, q3: null }
    rest: 0
    context: { sex: female, age: unknown }
    options: { missing: core-trust, administered: [substance.tea] }
    expect:
      scores: { total: 10, part: [4, 29], other: incomplete, third: { prorated: 18 }, x: not-applicable }
      quantities: { bmi: 18.3 }
      bands: { one: moderate, other: [mild, moderate], tea.x: not-applicable }
      cut-offs: { caseness-10: met }
      flags: { self-harm: raised }
      ask: { first: [q9], now: [q3], later: [], context: [sex] }
      inconsistent: [q2]
      skipped: [q2, q3]
      invalid: [q3]
`),
        false,
      ),
    ).toEqual([]);
  });

  it('are held against the definition, name by name', () => {
    expect(
      found(
        cases(`    answers: { q1: 2, qq2: 1 }
    expect:
      scores: { totl: 3 }
      bands: { signs: [few, mny] }
      cut-offs: { there: met }
      flags: { fourth: open }
      ask: { now: [q4] }
`),
      ),
    ).toEqual([
      ['unknown-name', 'cases[0].answers.qq2', '5:23', 'q2'],
      ['unknown-name', 'cases[0].expect.scores.totl', '7:17', 'total'],
      ['unknown-name', 'cases[0].expect.cut-offs.there', '9:19', 'three'],
      ['unknown-name', 'cases[0].expect.flags.fourth', '10:16', undefined],
      ['unknown-name', 'cases[0].expect.bands.signs[1]', '8:29', 'many'],
      ['unknown-name', 'cases[0].expect.ask.now[0]', '11:20', expect.any(String)],
    ]);
  });

  it('may name an item that is not there where the form is to be refused', () => {
    expect(found(cases('    answers: { q7: 1 }\n    expect: { invalid: [q7] }\n'))).toEqual([]);
  });

  it('are refused where they say nothing of their source, or name one state wrongly', () => {
    expect(
      found(
        'instrument: example-check\ncases:\n  - name: one\n    answers: {}\n    expect: { flags: { third: rased } }\n',
      ),
    ).toEqual([
      ['missing-key', 'cases[0].source', '3:5', undefined],
      ['not-one-of', 'cases[0].expect.flags.third', '5:31', 'raised'],
    ]);
  });

  it('belong to the instrument beside them, each under its own name', () => {
    const two = `${cases('    answers: {}\n    expect: {}\n')}  - { name: one, source: x, answers: {}, expect: {} }\n`;
    expect(found(two.replace('example-check', 'another')).map(([code]) => code)).toEqual([
      'case-twice',
      'other-instrument',
    ]);
  });
});
