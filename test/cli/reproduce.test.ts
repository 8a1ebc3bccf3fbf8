import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCaseness } from '../../src/cli/program.js';
import type { ReproductionReport } from '../../src/cli/reproduce-command.js';
import { root } from './real-instruments.js';
import { type TestFolder, testFolder, testTerminal } from './terminal.js';

const examples = join(root, 'docs/examples/published');
const good = join(examples, 'phq-2-fictional.yaml');
const text = readFileSync(good, 'utf8');

const run = async (...args: readonly string[]) => {
  const terminal = testTerminal();
  const status = await runCaseness(['reproduce', ...args], terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};
const json = (out: string): ReproductionReport => JSON.parse(out);

describe('caseness reproduce', () => {
  let folder: TestFolder;
  beforeAll(() => {
    folder = testFolder();
    copyFileSync(join(examples, 'phq-2-fictional.csv'), folder.path('phq-2-fictional.csv'));
  });
  afterAll(() => folder.remove());

  it('ends with 0 where every figure comes out, from the folder of the data or from the table itself', async () => {
    for (const data of [examples, join(examples, 'phq-2-fictional.csv')]) {
      const { status, out, err } = await run(good, '--data', data);
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain('10 of 10 figures come out to the last printed digit');
    }
  });

  it('ends with 1 where one figure differs by its last digit, and shows which, what was printed and what was found', async () => {
    const file = folder.write('phq-2-fictional.yaml', text.replace('"41.7"', '"41.6"'));
    const { status, out } = await run(file, '--data', folder.path('.'));
    expect(status).toBe(1);
    expect(out.split('\n').filter((line) => line.includes('DIFFERS'))).toEqual([
      expect.stringMatching(/weighted percent +depression-3 met +men +5 +41\.6 +41\.7 +DIFFERS/),
    ]);
    expect(out).toContain('9 of 10 figures come out');
  });

  it('gives everything as JSON: figures with printed, found and unrounded value, decimals, and the digests that scored', async () => {
    const { status, out } = await run(good, '--data', examples, '--json');
    expect(status).toBe(0);
    const report = json(out);
    expect(report).toMatchObject({
      status: 'reproduced',
      id: 'phq-2-fictional',
      instrument: { id: 'phq-2', digest: { scoring: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      rows: { read: 12, leftOut: 0, scored: 12, rejected: 0 },
    });
    expect('figures' in report ? report.figures : []).toContainEqual({
      statistic: 'percent',
      of: 'depression-3 met',
      group: 'men',
      weighting: 'weighted',
      expected: '41.7',
      got: '41.7',
      value: expect.closeTo(41.6667, 3),
      decimals: 1,
      n: 5,
      agrees: true,
      source: 'by-hand',
    });
  });

  it('places what is wrong in the file, and ends with 1', async () => {
    const file = folder.write('phq-2-fictional.yaml', text.replace('depression-3', 'depression-4'));
    const { status, out } = await run(file, '--data', folder.path('.'));
    expect(status).toBe(1);
    expect(out).toMatch(/phq-2-fictional\.yaml:16:42: figures\[1\]\.of\.cut-off: there is no cut-off/);
    expect(json((await run(file, '--data', examples, '--json')).out)).toMatchObject({ status: 'problems' });
  });

  it('ends with 2, and says where the data come from, where they are not there', async () => {
    const empty = testFolder();
    const { status, out, err } = await run(good, '--data', empty.path('.'));
    empty.remove();
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/there is no such file.*made up for this page/);
    expect((await run(good, '--data', '/no/such/folder')).status).toBe(2);
    expect((await run('no-such.yaml', '--data', examples)).status).toBe(2);
    expect((await run(good)).status).toBe(2);
  });

  it('ends with 1 where the table is not what the file says, and names table, column and item', async () => {
    const table = folder.write('other.csv', 'interest,mood,sex,weight\n88,88,1,1\n');
    const { status, err } = await run(good, '--data', table);
    expect(status).toBe(1);
    expect(err).toMatch(/^caseness: other\.csv, columns interest, mood: items q1..q2: /);
    const report = json((await run(good, '--data', table, '--json')).out);
    expect(report.status).toBe('no-data');
  });
});

describe('the guide to published results', () => {
  it('shows the example as it is', () => {
    const guide = readFileSync(join(root, 'docs/published-results.md'), 'utf8');
    expect(/```yaml\n([\s\S]*?)```/.exec(guide)?.[1]).toBe(text);
  });
});

describe('the schema of a published result, for editors', () => {
  const validate = new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync(join(root, 'src/generated/published-result.schema.json'), 'utf8')),
  );

  it('accepts the shipped files and refuses a key that is none', () => {
    const nhanes = readFileSync(join(root, 'test/published/nhanes-2013-2016-phq-9.yaml'), 'utf8');
    expect([validate(parse(text)), validate(parse(nhanes))]).toEqual([true, true]);
    expect(validate(parse(text.replace('weight: weight', 'weights: weight')))).toBe(false);
  });
});
