import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiffOptions, type Pathways, runDiff } from '../../src/cli/diff-command.js';
import { countText, exampleText, shareText } from '../../src/cli/diff-words.js';
import { runCaseness } from '../../src/cli/program.js';
import { definitionFile, realLibrary } from './real-instruments.js';
import { type TestFolder, testFolder, testTerminal } from './terminal.js';

const library = realLibrary();
const pathways: Pathways = { ids: async () => library.pathwayIds, named: library.pathway };

let folder: TestFolder;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

/** Writes the PHQ-9 as it is and as edited, and holds one against the other. */
const diff = async (
  edits: readonly (readonly [string, string])[],
  options: DiffOptions = {},
  id = 'phq-9',
) => {
  const text = readFileSync(definitionFile(id), 'utf8');
  const old = folder.write('old.yaml', text);
  const next = folder.write(
    'new.yaml',
    edits.reduce((so, [from, to]) => {
      if (!so.includes(from)) throw new Error(`no ${from}`);
      return so.replace(from, to);
    }, text),
  );
  const terminal = testTerminal();
  const status = await runDiff(old, next, { partial: '200', ...options }, pathways, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};

const RAISED = [['total >= 10', 'total >= 11']] as const;
const WITH_VERSION = [['version: "1.', 'version: "2.'], ...RAISED] as const;
const HEADER = 'q1,q2,q3,q4,q5,q6,q7,q8,q9';

describe('caseness diff', () => {
  it('says what changed, what moves, and whether the version says so', async () => {
    const { status, out, err } = await diff(RAISED);
    expect(status).toBe(0);
    expect(err).toBe('');
    expect(out).toContain('cut-offs.caseness-10.when: total >= 10 → total >= 11 [scoring]');
    expect(out).toMatch(/old\.yaml:\d+ → \S*new\.yaml:\d+/);
    expect(out).toContain('NOT ENOUGH; a major version is needed');
    expect(out).toMatch(
      /met → not met {2}18,351 \(7\.00 %\) {2}smallest: q1 3, q2 3, q3 3, q4 1, the rest 0/,
    );
    expect(out).toContain('DEP-03 (routine): stops for 18,351 (7.00 %)');
    expect(out).toMatch(/VET-P1 \(routine\), a proposal: may stop for/);
    expect(out.split('\n').every((line) => line.length <= 110 || line.includes(folder.path('')))).toBe(true);
  });

  it('says what moves beside the verdicts: what short forms take, and what plans and notices read', async () => {
    const taken = await diff([['q1: q1, q2: q2', 'q1: q1, q2: q3']]);
    expect(taken.out).toContain(
      'BESIDE    phq-2 takes other answers from this form: its q2 is q3 and was q2',
    );
    expect(taken.out).toMatch(/a major version is needed \(phq-2 takes other answers from\s+this form/);
    const read = await diff([
      ['recall: P2W', 'recall: P1W'],
      ['minutes: 3', 'minutes: 4'],
    ]);
    expect(read.out).toContain('so no verdict moves; what plans and notices read does');
    expect(read.out).toMatch(/a minor version is needed \(recall: P2W → P1W/);
    expect(read.out).toContain('minutes: 3 → 4; an appointment of a given length may hold another form');
    const ages = await diff([['from: 18', 'from: 19']], { format: 'md' });
    expect(ages.out).toContain('- Ages: 18 and over → 19 and over; the notice about age is given to others.');
  });

  it('gives the same figures as Markdown and as JSON, whole numbers as text', async () => {
    const { out: markdown } = await diff(RAISED, { format: 'md' });
    expect(markdown).toContain('| cut-off caseness-10 | met → not met | 18,351 (7.00 %) |');
    expect(markdown).toContain('| changed | before | after | lines | kind |');
    const { out } = await diff(RAISED, { json: true });
    expect(JSON.parse(out)).toMatchObject({
      effect: { change: 'scoring', moved: { method: 'exact', forms: '18351', of: '262144' } },
      data: null,
    });
  });

  it('ends with 1 only where it is asked to', async () => {
    expect((await diff(RAISED, { failOnChange: true })).status).toBe(1);
    expect((await diff(RAISED, { checkVersion: true })).status).toBe(1);
    expect((await diff(WITH_VERSION, { checkVersion: true })).status).toBe(0);
    expect(
      (await diff([['version: "1.0.0"', 'version: "1.0.1"']], { failOnChange: true, checkVersion: true }))
        .status,
    ).toBe(0);
    expect((await diff([], { failOnChange: true, checkVersion: true })).status).toBe(0);
  });

  it('reads no pathway where none is wanted, and names those that there are', async () => {
    expect((await diff(RAISED, { pathway: 'none' })).out).not.toContain('REFERRAL');
    const { status, err } = await diff(RAISED, { pathway: 'england' });
    expect(status).toBe(2);
    expect(err).toContain('the pathways are england-probation');
  });

  it.each<[keyof DiffOptions, string, string]>([
    ['format', 'html', 'the formats are text, md, json'],
    ['rows', 'many', '--rows: give a whole number from 0'],
    ['sample', '0', '--sample: give a whole number from 1'],
    ['seed', '-1', '--seed: give a whole number'],
  ])('refuses --%s %s', async (option, value, message) => {
    const { status, out, err } = await diff(RAISED, { [option]: value });
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });

  it('places what is wrong with a definition, in either file', async () => {
    const { status, err } = await diff([['sum(q1..q9)', 'summ(q1..q9)']]);
    expect(status).toBe(1);
    expect(err).toMatch(/new\.yaml:\d+:\d+: scores\.total\.formula/);
    const terminal = testTerminal();
    const nowhere = folder.path('nowhere.yaml');
    expect(await runDiff(nowhere, definitionFile('phq-9'), {}, pathways, terminal)).toBe(2);
    expect(terminal.err()).toContain('nowhere.yaml');
  });

  it('is there on the command line', async () => {
    const terminal = testTerminal();
    const file = definitionFile('whooley');
    expect(await runCaseness(['diff', file, file, '--pathway', 'none'], terminal)).toBe(0);
    expect(terminal.out()).toContain('nothing changed');
  });
});

describe('caseness diff --data', () => {
  // Totals of 10, 11, 9 and 10; one row without a valid answer; one with a total of 8 to 11.
  const rows = [
    '2,2,2,2,2,0,0,0,0',
    '2,2,2,2,3,0,0,0,0',
    '2,2,2,2,1,0,0,0,0',
    '3,3,3,1,0,0,0,0,0',
    '2,2,2,2,0,0,0,0,',
  ];

  it('counts the people who move, with their rows and never an answer', async () => {
    const data = folder.write('people.csv', `${[HEADER, ...rows].join('\n')}\n`);
    const { status, out } = await diff(RAISED, { data });
    expect(status).toBe(0);
    expect(out).toContain('PEOPLE    2 of 5 people move (40.00 %)');
    expect(out).toContain('met → not met: 2 (rows 2, 5)');
    const report = JSON.parse((await diff(RAISED, { data, json: true, rows: '1' })).out) as { data: unknown };
    expect(report.data).toMatchObject({
      compared: 5,
      moved: 2,
      rejected: { old: 0, new: 0, both: 0 },
      parts: [
        {
          kind: 'cut-off',
          id: 'caseness-10',
          people: 2,
          moves: [{ from: 'met', to: 'not met', people: 2, rows: [2] }],
        },
      ],
    });
  });

  it('shows of a score only how many move, as a value can be an answer', async () => {
    const data = folder.write('people.csv', `q1\n${['0', '1', '2', '3', '4'].join('\n')}\n`);
    const text = readFileSync(definitionFile('m-sasq'), 'utf8');
    const table = /- \{ code: "3"/.test(text);
    expect(table).toBe(true);
    const { status, out } = await diff(
      [['{ code: "3", ', '{ code: "3", points: 2, ']],
      { data, json: true },
      'm-sasq',
    );
    expect(status).toBe(0);
    const report = JSON.parse(out) as { data: { parts: { kind: string; moves: unknown[] }[] } };
    expect(report.data.parts.find(({ kind }) => kind === 'score')?.moves).toEqual([
      { from: null, to: null, people: 1, rows: [5] },
    ]);
  });

  it('takes the mapping of `caseness score`', async () => {
    const data = folder.write('people.csv', `${[HEADER.replaceAll('q', 'DPQ'), ...rows].join('\n')}\n`);
    const map = HEADER.split(',')
      .map((item) => `${item}=${item.replace('q', 'DPQ')}`)
      .join(',');
    const { status, out } = await diff(RAISED, { data, map: [map] });
    expect(status).toBe(0);
    expect(out).toContain('2 of 5 people move');
    expect((await diff(RAISED, { data, map: ['q1=NOWHERE'] })).status).not.toBe(0);
  });

  it('leaves an item of the map to the definition that has it', async () => {
    const data = folder.write(
      'people.csv',
      `${[`${HEADER},NEW`, ...rows.map((row) => `${row},0`)].join('\n')}\n`,
    );
    const q9 = /^ {2}q9:.*$/m.exec(readFileSync(definitionFile('phq-9'), 'utf8'))?.[0] ?? '';
    const options = /options: ([\w-]+)/.exec(q9)?.[1] ?? '';
    const added = `${q9}\n  extra: { label: made up, options: ${options}, unscored: made up for this test }`;
    const { status, out } = await diff([[q9, added], ...RAISED], { data, map: ['extra=NEW'] });
    expect(status).toBe(0);
    expect(out).toContain('2 of 5 people move');
    expect((await diff([[q9, added]], { data, map: ['nobodys=NEW'] })).status).toBe(2);
  });

  it('refuses what it cannot score so', async () => {
    expect((await diff(RAISED, { data: folder.path('nowhere.csv') })).status).toBe(2);
    const shifted = folder.write('shifted.csv', `${HEADER}\n${'1,2,3,4,1,2,3,4,1\n'.repeat(30)}`);
    const { status, err } = await diff(RAISED, { data: shifted });
    expect(status).toBe(1);
    expect(err).toContain('shifted.csv');
  });
});

describe('figures in words', () => {
  it('group the digits of a count, and write a long one as a power', () => {
    expect([countText(18351n), countText(999), countText(5n ** 20n), countText(1025n ** 8n)]).toEqual([
      '18,351',
      '999',
      '9.54e13',
      '1.22e24',
    ]);
  });

  it('never show something as nothing, nor almost all as all', () => {
    expect([shareText(0), shareText(1), shareText(0.07), shareText(1.3e-6), shareText(0.99999)]).toEqual([
      '0 %',
      '100 %',
      '7.00 %',
      '0.00013 %',
      'over 99.99 %',
    ]);
  });

  it('name the answers that stand out and say what the rest is', () => {
    expect(exampleText({ answers: { q1: '2', q2: '0', q3: '0', q4: '0' } })).toBe('q1 2, the rest 0');
    expect(exampleText({ answers: { q1: '2' }, context: { sex: 'female' }, administered: ['a.b'] })).toBe(
      'sex female, a.b chosen, q1 2',
    );
    expect(exampleText({ answers: {} })).toBe('nothing answered');
  });
});
