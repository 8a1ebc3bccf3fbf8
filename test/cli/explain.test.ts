import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runExplain } from '../../src/cli/explain-command.js';
import { mood } from './fictional-instruments.js';
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
