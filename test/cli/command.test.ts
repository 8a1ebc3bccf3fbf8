import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCaseness } from '../../src/cli/program.js';
import { bundledCommand } from '../support/bundled.js';
import { root } from './real-instruments.js';
import { testFolder, testTerminal } from './terminal.js';

/** One command line, run in this process. */
const run = async (...args: readonly string[]) => {
  const terminal = testTerminal();
  const status = await runCaseness(args, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};

const command = await bundledCommand();

/** One command line, run as a process of its own. */
const spawn = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    input,
    encoding: 'utf8',
    cwd: root,
  });
  return { status, out: stdout, err: stderr };
};

describe('caseness', () => {
  it.each(['list', 'show', 'explain', 'score', 'screen', 'check', 'self-test', 'reproduce', 'prove', 'diff'])(
    'says in the help of %s what it is for, with an example and the exit statuses',
    async (name) => {
      const { status, out } = await run(name, '--help');
      expect(status).toBe(0);
      expect(out).toMatch(/Examples?:\n {2}caseness /);
      expect(out).toContain(`  caseness ${name}`);
      expect(out).toMatch(/Exit status: 0 /);
    },
  );

  it('lists the instruments by domain, and as JSON', async () => {
    const { status, out } = await run('list');
    expect(status).toBe(0);
    expect(out.indexOf('MENTAL HEALTH')).toBeLessThan(out.indexOf('ALCOHOL'));
    expect(out).toMatch(/^ {2}phq-9 +PHQ-9 +3 min/m);
    const entries: readonly { readonly id: string }[] = JSON.parse((await run('list', '--json')).out);
    const ids = entries.map(({ id }) => id);
    expect(ids).toContain('audit');
    // Shipped or refused is one thing; instrument or checklist another. Both digests, for a list of what is released.
    const hex = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(entries[ids.indexOf('phq-9')]).toMatchObject({
      status: 'shipped',
      class: 'validated',
      digest: { scoring: hex, document: hex },
    });
    expect(entries[ids.indexOf('access-barriers')]).toMatchObject({ status: 'shipped', class: 'checklist' });
    expect(entries.filter((entry) => 'status' in entry && entry.status === 'refused').length).toBe(25);
  });

  it('takes an id for the definition that lies in instruments/, and says what is wanted where nothing does', async () => {
    const byPath = await run('prove', 'instruments/alcohol/m-sasq/definition.yaml');
    expect(await run('prove', 'm-sasq')).toEqual(byPath);
    expect((await run('check', 'm-sasq')).out).toContain(
      'instruments/alcohol/m-sasq/definition.yaml: m-sasq is sound',
    );
    expect((await run('diff', 'm-sasq', 'm-sasq')).out).toContain('nothing changed');
    for (const command of ['check', 'prove']) {
      const { status, err } = await run(command, 'm-sask');
      expect([status, err]).toEqual([
        2,
        expect.stringContaining('give the path of a definition.yaml, or an id'),
      ]);
    }
    expect((await run('prove', 'nowhere/definition.yaml')).err).not.toContain('or an id');
  });

  it('checks a pathway by its id, and says of a pathway or a directory that diff does not read it', async () => {
    const checked = await run('check', 'england-probation');
    expect([checked.status, checked.err]).toEqual([0, '']);
    expect(checked.out).toContain('pathway england-probation is sound');
    const directory = await run('diff', 'docs/examples/directory.json', 'm-sasq');
    expect(directory.err).toContain('this is a directory; diff compares definitions of instruments');
    const compared = await run('diff', 'england-probation', 'm-sasq');
    expect(compared.status).toBe(2);
    expect(compared.err).toContain('this is a pathway; diff compares definitions of instruments');
  });

  it('compares two versions of one instrument, and reads a table only where one is named', async () => {
    const { status, err } = await run(
      ...['diff', 'm-sasq', 'fast', '--map', 'q1=x', '--missing', '7', '--accept-ragged', '--decimal-comma'],
    );
    expect(status).toBe(2);
    expect(err).toContain('m-sasq and fast are two instruments: diff compares two versions of one');
    expect(err).toContain('--map says how a table is read: name it with --data');
    expect(err).toContain('--missing says how a table is read: name it with --data');
    expect(err).toContain('--accept-ragged says how a table is read: name it with --data');
    expect(err).toContain('--decimal-comma says how a table is read: name it with --data');
  });

  it('scores a table as JSON by --json as by --format json', async () => {
    const table = ['score', 'phq-9', 'docs/examples/phq9.csv', '--id', 'person', '--map', 'q10='];
    const codes = ['--missing', '7:refused,9:not-known'];
    const [one, other] = [
      await run(...table, ...codes, '--json'),
      await run(...table, ...codes, '--format', 'json'),
    ];
    expect(JSON.parse(one.out)).toEqual(JSON.parse(other.out));
    expect(one.status).toBe(other.status);
  });

  it('marks licences that a user has to know of', async () => {
    const { out } = await run('list');
    expect(out.replace(/\s+/g, ' ')).toMatch(/AUDIT 3 min [^[]*\[licence: non-commercial\]/);
    expect((await run('show', 'audit')).out).toContain('Non-commercial use only');
  });

  it('shows a definition with its evidence, limits, open questions and digests', async () => {
    const { status, out } = await run('show', 'phq-9');
    expect(status).toBe(0);
    for (const part of [
      'ITEMS',
      'SCORES',
      'BANDS kroenke-2001',
      'CUT-OFFS',
      'FLAGS',
      'LIMITS',
      'OPEN QUESTIONS',
      'SOURCES',
    ]) {
      expect(out).toMatch(new RegExp(`^${part}`, 'm'));
    }
    expect(out).toMatch(/scoring [0-9a-f]{64}/);
    expect(out).toMatch(/n 6725; against semi-structured diagnostic interview; +sensitivity 88%|n 6725/);
    expect(JSON.parse((await run('show', 'phq-9', '--json')).out)).toMatchObject({ id: 'phq-9', digest: {} });
  });

  it('shows in what a member of a panel differs from the rest', async () => {
    const { out } = await run('show', 'assist-lite');
    expect(out.slice(out.indexOf('alcohol DIFFERS'))).toMatch(/range {4}total 0 to 4/);
  });

  it('shows every definition that it lists', async () => {
    const entries: readonly { readonly id: string }[] = JSON.parse((await run('list', '--json')).out);
    for (const { id } of entries) {
      const { status, out } = await run('show', id);
      expect([id, status]).toEqual([id, 0]);
      expect(out).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  it('guesses what was meant by an instrument, a subcommand or an option', async () => {
    for (const [args, meant] of [
      [['show', 'phq9'], "did you mean 'phq-9'?"],
      [['explain', 'AUDITC', '--answers', '{}'], "did you mean 'audit-c'?"],
      [['score', 'gad7', 'x.csv'], "did you mean 'gad-7'?"],
      [['shwo'], 'Did you mean show?'],
      [['list', '--jsn'], 'Did you mean --json?'],
    ] as const) {
      const { status, err, out } = await run(...args);
      expect([args, status, out]).toEqual([args, 2, '']);
      expect(err).toContain(meant);
    }
  });

  it('prints help and version with status 0, and help with status 2 where nothing was asked', async () => {
    expect(await run('--help')).toMatchObject({ status: 0, out: expect.stringContaining('screen') });
    expect((await run('--version')).out).toBe('0.1.0\n');
    expect((await run()).status).toBe(2);
  });

  it('explains each instrument that it lists without an answer', async () => {
    const entries: readonly { readonly id: string; readonly status: string }[] = JSON.parse(
      (await run('list', '--json')).out,
    );
    for (const { id, status } of entries) {
      if (status !== 'refused')
        expect([id, (await run('explain', id, '--answers', '{}')).status]).toEqual([id, 0]);
    }
  });

  it('screens the fictional example with the made modules', async () => {
    const { status, out } = await run('screen', join(root, 'docs/examples/session.json'));
    expect(status).toBe(0);
    expect(out).toMatch(/^TODAY/m);
    expect(out.replace(/\s+/g, ' ')).toContain('LICENCE AUDIT: Non-commercial use only');
  });
});

describe('caseness as a process', () => {
  it('scores a table from a file and the same table from standard input alike', () => {
    const args = ['--id', 'person', '--missing', '7:refused,9:not-known'];
    const table = join(root, 'docs/examples/phq9.csv');
    const file = spawn(['score', 'phq-9', table, ...args]);
    const piped = spawn(['score', 'phq-9', '-', ...args], readFileSync(table, 'utf8'));
    expect([file.status, piped.status]).toEqual([0, 0]);
    expect(piped.out).toBe(file.out);
    expect(file.out.split('\n')).toHaveLength(10);
    expect(file.err).toContain('8 rows scored');
  }, 20_000);

  it('writes no stack trace and no answer where things go wrong, and ends with 1 or 2', () => {
    const folder = testFolder();
    const bad = spawn(['explain', 'phq-9', '--answers', '{"q1": 918273}']);
    expect(bad.status).toBe(1);
    const none = spawn(['screen', folder.path('none.json')]);
    expect(none.status).toBe(2);
    for (const { err, out } of [bad, none]) {
      expect(err).toMatch(/^caseness: /);
      expect(err + out).not.toMatch(/918273|\bat .*:[0-9]+:[0-9]+\)/);
    }
    folder.remove();
  }, 20_000);
});
