import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCaseness } from '../../src/cli/program.js';
import { proveText, proveTexts, runProve } from '../../src/cli/prove-command.js';
import { definitionFile, root } from './real-instruments.js';
import { type TestFolder, testFolder, testTerminal } from './terminal.js';

const file = definitionFile('whooley');
const definition = { file: 'whooley/definition.yaml', text: readFileSync(file) };
const cases = { file: 'whooley/cases.yaml', text: readFileSync(join(dirname(file), 'cases.yaml')) };

let folder: TestFolder;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

describe('caseness prove', () => {
  it('calls a definition guarded where its cases notice every slip', () => {
    const report = proveTexts(definition, cases);
    expect(report).toMatchObject({ status: 'guarded', id: 'whooley', problems: [], failing: [] });
    expect(proveText(report, false)).toMatch(
      /^whooley\/definition\.yaml: \d+ edits of whooley: \d+ refused by the loader, \d+ noticed by a case, \d+ by a second entry, \d+ mean the same, 0 unnoticed\n$/,
    );
  });

  it('places each slip that nothing notices, where there are no cases', () => {
    const report = proveTexts(definition, null);
    expect(report.status).toBe('unguarded');
    expect(report.edits?.byCase).toBe(0);
    expect(proveText(report, false)).toMatch(
      /^whooley\/definition\.yaml:\d+:\d+: \S+: .+ \[nothing notices\]$/m,
    );
  });

  it('gives the proof of what means the same only where it is asked for', () => {
    const report = proveTexts(definition, cases);
    expect(proveText(report, true)).toMatch(/\[means the same: .+\]/);
    expect(proveText(report, false)).not.toContain('[means the same');
  });

  it('lets a case that does not hold guard nothing', () => {
    const wrong = `instrument: whooley
cases:
  - { name: a wrong one, source: worked by hand, answers: {}, expect: { invalid: [q1] } }
`;
    const report = proveTexts(definition, { file: cases.file, text: Buffer.from(wrong) });
    expect(report).toMatchObject({ status: 'problems', failing: ['a wrong one'] });
    expect(proveText(report, false)).toContain("case 'a wrong one' does not hold");
  });

  it('places what is wrong with a definition or its cases', () => {
    const broken = { ...definition, text: Buffer.from(definition.text.toString().replace('any(', 'anny(')) };
    expect(proveTexts(broken, cases)).toMatchObject({ status: 'problems', edits: null });
    const report = proveTexts(definition, { file: cases.file, text: Buffer.from('[') });
    expect(report).toMatchObject({ status: 'problems', edits: null });
    expect(proveText(report, false)).toMatch(/^whooley\/cases\.yaml:1:/);
  });

  it('has nothing to guard in a refused definition', async () => {
    const terminal = testTerminal();
    mkdirSync(folder.path('trial'));
    const refused = folder.write(
      'trial/definition.yaml',
      `id: trial
version: "1.0.0"
status: refused
refused: { reason: openly fictional, unlock: nothing }
title: A trial definition, openly fictional
short: TRIAL
domain: functioning
measures: nothing
respondent: [self]
licence: { holder: nobody, class: public-domain, terms: none needed, source: s, confidence: verified }
sources: { s: { title: A fictional source, confidence: verified } }
`,
    );
    expect(await runProve(refused, {}, terminal, async () => [])).toBe(0);
    expect(terminal.out()).toContain('trial is refused');
  });

  it('is a command: 0 guarded, 1 unguarded, 2 unreadable', async () => {
    const sound = testTerminal();
    expect(await runCaseness(['prove', file, '--json'], sound)).toBe(0);
    expect(JSON.parse(sound.out())).toMatchObject({ id: 'whooley', status: 'guarded' });
    mkdirSync(folder.path('whooley'));
    const alone = folder.write('whooley/definition.yaml', definition.text);
    const unguarded = testTerminal();
    expect(await runCaseness(['prove', alone], unguarded)).toBe(1);
    expect(unguarded.out()).toContain('[nothing notices]');
    const none = testTerminal();
    expect(await runCaseness(['prove', folder.path('none.yaml')], none)).toBe(2);
    expect(none.err()).toContain('there is no such file');
  });
});

describe('caseness prove on a pathway', () => {
  const home = join(root, 'instruments/pathways/primary-care-example');
  const pathway = readFileSync(join(home, 'pathway.yaml'), 'utf8');
  const besideIt = (name: string): string => readFileSync(join(home, name), 'utf8');
  /** A folder with the pathway, and these files beside it. */
  const written = (files: Readonly<Record<string, string>>, text = pathway): string => {
    for (const [name, each] of Object.entries(files)) folder.write(name, each);
    return folder.write('pathway.yaml', text);
  };
  const proved = async (path: string, ...options: readonly string[]) => {
    const terminal = testTerminal();
    const status = await runCaseness(['prove', path, ...options], terminal);
    return { status, out: terminal.out() };
  };

  it('calls it guarded where its cases and people notice every slip, and says how many there were', async () => {
    const { status, out } = await proved(join(home, 'pathway.yaml'));
    expect(out).toMatch(/\d+ edits of primary-care-example: .* mean the same, 0 unnoticed\n$/);
    expect(status).toBe(0);
  });

  it('places each slip that nothing notices, in the file of the pathway', async () => {
    const path = written({ 'cases.yaml': besideIt('cases.yaml') });
    const { status, out } = await proved(path);
    expect(status).toBe(1);
    const line = 1 + pathway.split('\n').findIndex((each) => each.includes('treatment: {'));
    expect(out).toContain(`${path}:${line}:`);
    expect(out).toContain('routes.treatment.text: the text of withheld [nothing notices]');
  });

  it('gives the proof of what shows in no plan, where it is asked for', async () => {
    const { out } = await proved(join(home, 'pathway.yaml'), '--verbose');
    expect(out).toContain(
      '[means the same: no rule, letter or service names this service, so no plan holds it]',
    );
  });

  it('places what is wrong with the pathway, its cases or its people', async () => {
    const broken = await proved(written({}, pathway.replace('meets', 'meats')));
    expect(broken).toMatchObject({ status: 1, out: expect.stringMatching(/pathway\.yaml:\d+:\d+/) });
    const shape = await proved(
      written({ 'cases.yaml': 'pathway: primary-care-example\ncases: [{ rule: 1 }]\n' }),
    );
    expect(shape).toMatchObject({ status: 1, out: expect.stringMatching(/cases\.yaml:2:\d+/) });
    const yaml = await proved(written({ 'cases.yaml': '[' }));
    expect(yaml).toMatchObject({ status: 1, out: expect.stringMatching(/cases\.yaml:1:/) });
    const other = await proved(
      written({
        'cases.yaml': besideIt('cases.yaml'),
        'scenarios.yaml': 'pathway: elsewhere\nscenarios: []\n',
      }),
    );
    expect(other).toMatchObject({
      status: 1,
      out: expect.stringMatching(/scenarios\.yaml:1:10: .*another pathway/),
    });
  });

  it('names the case that does not hold, and lets it guard nothing', async () => {
    const { status, out } = await proved(
      written({ 'cases.yaml': 'pathway: primary-care-example\ncases: [{ rule: EX-01, is: fires }]\n' }),
    );
    expect(status).toBe(1);
    expect(out).toContain(
      "case 'EX-01 fires (case 1)' does not hold: standing: expected fires, found silent\n",
    );
    expect(out).toContain(' 0 noticed by a case');
  });
});
