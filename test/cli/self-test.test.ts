import { describe, expect, it } from 'vitest';
import { runCaseness } from '../../src/cli/program.js';
import { runSelfTest } from '../../src/cli/self-test-command.js';
import type { SelfTestReport } from '../../src/review/self-test/report.js';
import { testTerminal } from './terminal.js';

const failed: SelfTestReport = {
  engine: '0.0.0',
  tested: { instruments: 2, pathways: 1, cases: 3, digests: 4, definitions: 1 },
  status: 'failed',
  failures: [
    {
      kind: 'case',
      of: 'phq-2',
      case: 'a high\u001b[2J score',
      what: 'scores.total',
      expected: '6',
      found: '5',
    },
    {
      kind: 'digest',
      of: 'phq-2',
      digest: 'document',
      recordedIn: ['catalogue', 'instrument'],
      recorded: 'a'.repeat(64),
      found: 'b'.repeat(64),
    },
    { kind: 'difference', of: 'phq-2', in: 'instrument', at: 'program.items', expected: '2', found: '3' },
    { kind: 'unusable', of: 'gad-2', part: 'cases', message: 'cannot be found' },
  ],
};

describe('caseness self-test', () => {
  it('says that the package is sound, what was tested, and ends with 0', async () => {
    const terminal = testTerminal();
    expect(await runCaseness(['self-test'], terminal)).toBe(0);
    expect(terminal.out()).toMatch(
      /^caseness [0-9.]+ is sound\n {2}[0-9]{4} cases of [0-9]+ instruments and 2 pathways run\n/,
    );
  });

  it('names each failure on a line, without what would move a terminal, and ends with 1', async () => {
    const terminal = testTerminal();
    expect(await runSelfTest(false, async () => failed, terminal)).toBe(1);
    expect(terminal.out().split('\n')).toEqual([
      "phq-2: case 'a high\ufffd[2J score': scores.total: expected 6, found 5",
      'phq-2: document digest: recorded aaaaaaaaaaaa… in catalogue and instrument, computed again bbbbbbbbbbbb…',
      'phq-2: the instrument differs from what the definition gives: program.items: expected 2, found 3',
      'gad-2: the cases cannot be used: cannot be found',
      'caseness 0.0.0 is NOT sound: 4 failures in 2 instruments or pathways',
      '  3 cases of 2 instruments and 1 pathway run',
      '  4 digests computed again',
      '  1 definition lowered again and held against the shipped instrument',
      '',
    ]);
  });

  it('gives the report as JSON', async () => {
    const terminal = testTerminal();
    expect(await runSelfTest(true, async () => failed, terminal)).toBe(1);
    expect(JSON.parse(terminal.out())).toEqual(failed);
  });
});
