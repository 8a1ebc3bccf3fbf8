import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExplainOptions, runExplain } from '../../src/cli/explain-command.js';
import { mood } from './fictional-instruments.js';
import { realInstrument } from './real-instruments.js';
import { testTerminal } from './terminal.js';

const run = async (
  answers: string,
  options: { readonly json?: boolean; readonly sex?: string; readonly age?: string } = {},
) => {
  const terminal = testTerminal();
  const status = await runExplain(mood, undefined, { answers, ...options }, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};

describe('caseness explain', () => {
  it('writes the sum out so that it can be checked by hand', async () => {
    const { status, out } = await run('{"q1": 2, "q2": 1, "q3": 0}');
    expect(status).toBe(0);
    expect(out).toContain('total: sum(q1..q3) = 2 + 1 + 0 = 3 of 9');
  });

  it('shows no band or cut-off without the critical flag that is open beside it [H07]', async () => {
    const { out } = await run('{"q1": 0, "q2": 0}');
    const verdicts = out.split('\n').filter((line) => /^ {2}(severity|caseness-4):/.test(line));
    expect(verdicts).toHaveLength(2);
    for (const line of verdicts) expect(line).toContain('[NOT FINISHED, open: thoughts of self-harm]');
  });

  it('says what is wrong with the answers, keeps the flag and names no answer [H07]', async () => {
    const { status, out, err } = await run('{"q1": 123456, "q3": 3}');
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('flag raised: thoughts of self-harm');
    expect(err).toContain('q1: not an answer to this item');
    expect(err).not.toContain('123456');
  });

  it('places an error in the JSON', async () => {
    const { status, err } = await run('{"q1": 2,}');
    expect(status).toBe(1);
    expect(err).toContain('--answers:1:10: a key in double quotes is missing here');
  });

  it('is wrong usage without answers, or with a sex or an age that it cannot read', async () => {
    const terminal = testTerminal();
    expect(await runExplain(mood, undefined, {}, terminal)).toBe(2);
    const { status, err } = await run('{}', { sex: 'femal', age: 'old' });
    expect(status).toBe(2);
    expect(err).toContain("did you mean 'female'?");
    expect(err).toContain('--age: give whole years');
  });

  it('gives result and working as JSON', async () => {
    const { out } = await run('{"q1": 2, "q2": 1, "q3": 0}', { json: true });
    expect(JSON.parse(out)).toMatchObject({ status: 'scored', result: { scores: { total: { value: 3 } } } });
  });

  it('explains or says what is wrong, whatever JSON it is given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (answers) => {
        const { status, out, err } = await run(answers);
        expect([0, 1]).toContain(status);
        expect(status === 0 ? out : err).not.toBe('');
      }),
    );
  });
});

describe('caseness explain of a panel', () => {
  const assist = async (options: ExplainOptions) => {
    const terminal = testTerminal();
    const instrument = realInstrument('assist-lite');
    const status = await runExplain(instrument, undefined, options, terminal);
    return { status, out: terminal.out(), err: terminal.err() };
  };

  it('says under which member each gate stands, and leaves out those of members that were not asked', async () => {
    const { out } = await assist({ answers: '{"tobacco.q1": "no", "alcohol.q1": "yes"}' });
    const gates = out.split('GATES\n')[1]?.split('\n\n')[0];
    expect(gates?.split('\n')).toEqual([
      '  tobacco: q1 is "no": holds, tobacco.q2, tobacco.q3 skipped (points)',
      '  alcohol: q1 is "no": does not hold',
    ]);
  });

  it('takes the members that were asked, so that an unanswered one is missing and not left out', async () => {
    const { out } = await assist({ answers: '{}', administered: ['substance.tobacco,substance.opioids'] });
    expect(out).toContain('  opioids: q1 is "no": not decided yet');
    expect(out).toContain('opioids.q1');
    const wrong = await assist({ answers: '{}', administered: ['substance.opioid'] });
    expect(wrong.status).toBe(1);
    expect(wrong.err).toContain('substance.opioids');
  });
});

describe('answers on standard input', () => {
  const from = async (text: string | Uint8Array) => {
    const terminal = testTerminal(text);
    const status = await runExplain(mood, '-', {}, terminal);
    return { status, out: terminal.out(), err: terminal.err() };
  };

  it('are explained like those of a file, and what is wrong is placed', async () => {
    expect((await from('{"q1": 2, "q2": 1, "q3": 0}')).out).toContain('= 2 + 1 + 0 = 3 of 9');
    expect(await from('{"q1": 2,}')).toMatchObject({
      status: 1,
      err: expect.stringContaining('standard input:1:10: a key in double quotes is missing here'),
    });
    expect((await from(new Uint8Array([0xff]))).err).toContain('standard input: not UTF-8 text');
    expect((await from(' '.repeat(8 * 1024 * 1024 + 1))).err).toContain('larger than 8 MB');
  });
});
