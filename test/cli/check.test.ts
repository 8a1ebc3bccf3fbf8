import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CheckLibrary,
  type CheckOptions,
  checkText,
  checkTexts,
  runCheck,
} from '../../src/cli/check-command.js';
import { definitionFile, realLibrary, root } from './real-instruments.js';
import { type TestFolder, type TestTerminal, testFolder, testTerminal } from './terminal.js';

const definition = { file: 'phq-9/definition.yaml', text: readFileSync(definitionFile('phq-9')) };
const cases = (text: string) => ({ file: 'phq-9/cases.yaml', text: Buffer.from(text) });
const oneCase = (expected: string) =>
  cases(`instrument: phq-9
cases:
  - { name: five twos, source: worked by hand; five 2s, rest: 0, answers: { q1: 2, q2: 2, q3: 2, q4: 2, q5: 2 }, expect: ${expected} }
`);

const oneCaseReport = (expected: string) => checkTexts(definition, oneCase(expected));

const real = realLibrary();
const library: CheckLibrary = {
  catalogue: () => Promise.all(real.instrumentIds.map(real.instrument)),
  pathwayIds: real.pathwayIds,
  pathway: real.pathway,
};
const check = (file: string, options: CheckOptions, terminal: TestTerminal) =>
  runCheck(file, options, terminal, library);

let folder: TestFolder;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

describe('caseness check', () => {
  it('calls a sound definition sound, and prints its digests', () => {
    const report = checkTexts(definition, null);
    expect(report).toMatchObject({ status: 'sound', id: 'phq-9', problems: [], cases: null });
    expect(checkText(report)).toMatch(
      /phq-9 is sound\n {2}scoring [0-9a-f]{64}\n {2}document [0-9a-f]{64}\n/,
    );
  });

  it('runs the cases beside a definition, everything that a case may expect', () => {
    const sound = oneCase(
      '{ scores: { total: 10 }, bands: { kroenke-2001: moderate }, cut-offs: { caseness-10: met, nice-16: not-met }, flags: { self-harm: not-raised }, ask: { first: [], now: [] }, inconsistent: [], skipped: [] }',
    );
    expect(checkTexts(definition, sound)).toMatchObject({ status: 'sound', cases: { run: 1, failed: [] } });
  });

  it('says where a case and the definition part', () => {
    const report = checkTexts(
      definition,
      oneCase(
        '{ scores: { total: [9, 11] }, bands: { kroenke-2001: mild }, flags: { self-harm: open }, invalid: [q3] }',
      ),
    );
    expect(report.status).toBe('problems');
    expect(report.cases?.failed).toEqual([
      {
        line: 3,
        col: 5,
        name: 'five twos',
        source: 'worked by hand; five 2s',
        differences: [
          'flags.self-harm: expected "open", found "not-raised"',
          'invalid: expected ["q3"], found []',
          'scores.total: expected [9,11], found 10',
          'bands.kroenke-2001: expected "mild", found "moderate"',
        ],
      },
    ]);
    expect(checkText(report)).toMatch(
      /^phq-9\/cases\.yaml:3:5: case 'five twos' \(worked by hand; five 2s\)$/m,
    );
    expect(checkText(report)).toContain('0 of 1 cases hold');
  });

  it('holds the facts that no answer shows against their second entry, and places it', () => {
    const entered = (facts: string) =>
      checkTexts(
        definition,
        cases(`instrument: phq-9
facts: { source: fictional, ${facts} }
cases: [{ name: nothing, source: none, answers: {}, expect: {} }]
`),
      );
    const agreeing = entered('recall: P2W, minutes: 3');
    expect(agreeing).toMatchObject({ status: 'sound', cases: { facts: { status: 'agree' } } });
    expect(checkText(agreeing)).toContain('the facts that no answer shows agree with their second entry');
    const differing = entered('recall: P1M');
    expect(differing).toMatchObject({
      status: 'problems',
      cases: { run: 1, failed: [], facts: { status: 'differ', line: 2, col: 1 } },
    });
    expect(checkText(differing)).toContain(
      'phq-9/cases.yaml:2:1: the facts entered a second time (fictional)\n  facts.recall: expected "P1M", found "P2W"\n',
    );
    expect(checkText(oneCaseReport('{}'))).not.toContain('second entry');
  });

  it('places every problem of a definition and of its cases at once', () => {
    const text = definition.text
      .toString()
      .replace('total >= 10', 'totl >= 10')
      .replace('range: [0, 27]', 'range: [0, 26]');
    const report = checkTexts(
      { ...definition, text: Buffer.from(text) },
      cases('instrument: phq-9\ncases: []\n'),
    );
    expect(report.status).toBe('problems');
    expect(new Set(report.problems.map(({ file }) => file))).toEqual(
      new Set(['phq-9/definition.yaml', 'phq-9/cases.yaml']),
    );
    expect(checkText(report)).toMatch(/phq-9\/definition\.yaml:\d+:\d+: .*Did you mean 'total'\?/);
  });

  it('reads a file with the cases beside it: 0 sound, 1 problems, 2 unreadable', async () => {
    const file = folder.write(
      'definition.yaml',
      definition.text
        .toString()
        .replace('id: phq-9', `id: ${folder.path('').split('/').filter(Boolean).at(-1)?.toLowerCase()}`),
    );
    const broken = testTerminal();
    folder.write('cases.yaml', '[');
    expect(await check(file, {}, broken)).toBe(1);
    expect(broken.out()).toContain('cases.yaml:1:');
    const none = testTerminal();
    expect(await check(folder.path('none.yaml'), {}, none)).toBe(2);
    expect(none.err()).toContain('there is no such file');
    const json = testTerminal();
    expect(await check(definitionFile('phq-2'), { json: true }, json)).toBe(
      JSON.parse(json.out()).status === 'sound' ? 0 : 1,
    );
  });
});

describe('caseness check of a pathway', () => {
  const home = join(root, 'instruments/pathways/primary-care-example');
  const text = (name: string): string => readFileSync(join(home, name), 'utf8');
  const checked = async (pathway: string, options: CheckOptions = {}) => {
    for (const name of ['cases.yaml', 'scenarios.yaml']) folder.write(name, text(name));
    const terminal = testTerminal();
    const status = await check(folder.write('pathway.yaml', pathway), options, terminal);
    return { status, out: terminal.out(), err: terminal.err() };
  };

  it('calls it sound, with its digest, and how many of its cases and people come out as expected', async () => {
    const { status, out } = await checked(text('pathway.yaml'));
    expect(status).toBe(0);
    expect(out).toMatch(
      /pathway primary-care-example is sound\n {2}digest [0-9a-f]{64}\n {2}(\d+) of \1 cases come out as expected\n {2}(\d+) of \2 people come out as expected\n$/,
    );
  });

  it('places each case and each person that does not, and names what differs', async () => {
    const { status, out } = await checked(text('pathway.yaml').replace('urgency: soon', 'urgency: urgent'));
    expect(status).toBe(1);
    expect(out).toMatch(
      /cases\.yaml:\d+:5: case 'EX-\d\d \w+ \(case \d+\)'\n {2}urgency: expected soon, found urgent/,
    );
    expect(out).toMatch(/scenarios\.yaml:\d+:\d+: case '/);
    expect(out).toContain('pathway primary-care-example is well formed');
    const json = await checked(text('pathway.yaml').replace('urgency: soon', 'urgency: urgent'), {
      json: true,
    });
    expect(JSON.parse(json.out)).toMatchObject({ kind: 'pathway', status: 'problems', problems: [] });
  });

  it('places what is wrong with it', async () => {
    const { status, out } = await checked(text('pathway.yaml').replace('meets', 'meats'));
    expect(status).toBe(1);
    expect(out).toMatch(/pathway\.yaml:\d+:\d+: .*\n\d+ problems?\n$/s);
  });
});

describe('caseness check of a directory', () => {
  const directory = readFileSync(join(root, 'docs/examples/directory.json'), 'utf8');
  const checked = async (text: string, options: CheckOptions = {}) => {
    const terminal = testTerminal();
    const status = await check(folder.write('directory.json', text), options, terminal);
    return { status, out: terminal.out(), err: terminal.err() };
  };

  it('holds its services against those of a pathway: the usual one, or the one that is named', async () => {
    const sound = await checked(directory);
    expect(sound).toMatchObject({
      status: 0,
      out: expect.stringContaining('directory northmoor-fictional is sound'),
    });
    const other = await checked(directory, { pathway: 'primary-care-example' });
    expect(other.status).toBe(1);
    expect(other.out).toMatch(
      /directory\.json:\d+:\d+: areas\.northmoor\.services\.\S+: \S+ is no service of primary-care-example/,
    );
  });

  it('places a service that the pathway does not have, and says which was meant', async () => {
    const { status, out } = await checked(directory.replace('"gp"', '"gpp"'));
    expect(status).toBe(1);
    expect(out).toContain("gpp is no service of england-probation. Did you mean 'gp'?");
  });

  it('is told where there is no such pathway, or the option does not belong', async () => {
    const none = await checked(directory, { pathway: 'england-probatio' });
    expect(none).toMatchObject({
      status: 2,
      err: expect.stringContaining("did you mean 'england-probation'?"),
    });
    const terminal = testTerminal();
    expect(await check(definitionFile('phq-9'), { pathway: 'england-probation' }, terminal)).toBe(2);
    expect(terminal.err()).toContain('--pathway belongs to a directory');
  });
});
