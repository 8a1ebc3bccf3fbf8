import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkDefinition,
  type DefinitionProblem,
  formatProblem,
  instrumentFromDefinition,
  instrumentFromYaml,
  loadDefinition,
} from '../../src/definition/index.js';
import { example, refusedExample } from './example.js';

const text = JSON.stringify(example, null, 1);
const problems = (outcome: ReturnType<typeof loadDefinition>): readonly DefinitionProblem[] =>
  outcome._tag === 'Left' ? outcome.left : [];
const load = (yaml: string) => problems(loadDefinition(yaml, 'definition'));

describe('a definition', () => {
  it('is read from YAML, of which JSON is a part, and from a literal alike', () => {
    const fromYaml = instrumentFromYaml(text);
    const fromLiteral = instrumentFromDefinition(example);
    expect(fromYaml._tag).toBe('Right');
    expect(fromLiteral).toEqual(fromYaml);
  });

  it('keeps what an instrument needs and leaves the rest', () => {
    const outcome = instrumentFromDefinition({
      ...example,
      edition: { id: 'first' },
      'valid-for': { age: { from: 18 }, note: 'adults' },
      restrictions: [{ text: 'not for this', source: 'made-up' }],
      contains: {
        short: { items: { q1: 'q3' }, editions: { first: 'other' } },
      },
    });
    if (outcome._tag === 'Left') throw new Error(outcome.left.map(formatProblem).join('\n'));
    const { program, digest, ...rest } = outcome.right;
    expect(rest).toEqual({
      id: 'example-check',
      version: '1.0.0',
      title: 'Example check (fictional)',
      short: 'EX',
      edition: 'first',
      recall: 'P2W',
      minutes: 1,
      validAge: { from: 18 },
      restrictions: ['not for this'],
      labels: ['first', 'second', 'third'],
      contains: { short: { q1: 'q3' } },
    });
    expect(program.items).toBe(3);
    expect(digest.scoring).toMatch(/^[0-9a-f]{64}$/);
    expect(digest.document).not.toBe(digest.scoring);
  });

  it('that is refused is read, and makes no instrument', () => {
    const loaded = checkDefinition(refusedExample);
    expect(loaded._tag === 'Right' && loaded.right.status).toBe('refused');
    const [problem] = problems(instrumentFromYaml(JSON.stringify(refusedExample)) as never);
    expect(problem?.code).toBe('refused');
  });

  it('says every problem of its shape at once, with the formulas that cannot be read', () => {
    const found = load(`id: x
version: 1
title: x
licence: { holder: x, clas: free }
scores:
  total: { formula: sum(q1.., range: [0], source: x }
`);
    const paths = found.map(({ path, code, line, col }) => `${path} ${code} ${line}:${col}`);
    expect(paths).toEqual(
      expect.arrayContaining([
        'version wrong-type 2:10',
        'short missing-key 1:1',
        'sources missing-key 1:1',
        'licence.clas unknown-key 4:23',
        'licence.class missing-key 4:1',
        'scores.total.formula range-end 6:29',
        'scores.total.range wrong-value 6:31',
      ]),
    );
    expect(found.find(({ code }) => code === 'unknown-key')?.didYouMean).toBe('class');
  });

  it('says in the message what to do', () => {
    const [problem] = load(text.replace('"short": "EX"', '"short": ""'));
    expect(problem && formatProblem(problem)).toBe(
      'definition:5:11: short: `short` is blank: give the acronym people use. [wrong-value]',
    );
  });

  it('names the form of an entry that fits best', () => {
    const levels = text.replace('"to": 6', '"too": 6');
    expect(load(levels).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'bands.signs.levels[1].too unknown-key',
    ]);
    const item = text.replace('"label": "second",', '');
    expect(load(item).map(({ path, code }) => `${path} ${code}`)).toEqual(['items.q2.label missing-key']);
  });

  it('places a problem inside a formula, whichever way the text is quoted', () => {
    const refused = readFileSync(join(import.meta.dirname, '..', 'refused', 'unknown-name.yaml'), 'utf8');
    const [plain] = load(refused);
    const [double] = load(refused.replace('totl >= 3', '"totl >= 3"'));
    const [single] = load(refused.replace('totl >= 3', "'totl >= 3'"));
    expect(double?.col).toBe((plain?.col ?? 0) + 1);
    expect(single?.col).toBe((plain?.col ?? 0) + 1);
  });

  it('says a name once where the message has it already', () => {
    const told = {
      code: 'c',
      file: 'f',
      line: 1,
      col: 2,
      path: '',
      message: "No. Did you mean 'a'?",
      didYouMean: 'a',
    };
    expect(formatProblem(told)).toBe("f:1:2: No. Did you mean 'a'? [c]");
    expect(formatProblem({ ...told, message: 'No.', path: 'x[0]' })).toBe(
      "f:1:2: x[0]: No. Did you mean 'a'? [c]",
    );
  });

  it('has words of more than a hundred and twenty characters cut short where a problem repeats them', () => {
    // With the quotes around it, a key is a word two longer.
    const repeated = (key: string) => problems(checkDefinition({ ...example, [key]: 1 }))[0]?.message;
    expect(repeated('k'.repeat(118))).toMatch(/^`k{118}` is no key here; known are /);
    expect(repeated('k'.repeat(119))).toMatch(/^`k{59}… is no key here; known are /);
    const [fromFile] = load(JSON.stringify({ ...example, ['k'.repeat(119)]: 1 }));
    expect(fromFile?.message).toMatch(/^`k{59}… is no key here; known are /);
  });

  it('cut short anywhere is refused or read, with places', () => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (from, to) => {
        const cut = text.slice(0, Math.min(from, to)) + text.slice(Math.max(from, to));
        const outcome = loadDefinition(cut, 'definition');
        if (outcome._tag === 'Left')
          for (const { line, col } of outcome.left) expect(Math.min(line, col)).toBeGreaterThanOrEqual(1);
        else expect(outcome.right.definition.id).toBeTypeOf('string');
      }),
      { numRuns: 200 },
    );
  });
});
