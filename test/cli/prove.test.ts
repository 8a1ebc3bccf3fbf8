import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCaseness } from '../../src/cli/program.js';
import { proveText, proveTexts, runProve } from '../../src/cli/prove-command.js';
import { definitionFile } from './real-instruments.js';
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
      /^whooley\/definition\.yaml: \d+ edits of whooley: \d+ refused by the loader, \d+ noticed by a case, \d+ mean the same, 0 unnoticed\n$/,
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
