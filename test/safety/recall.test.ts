import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE } from '../../src/instrument/index.js';
import { fencedBlocks } from '../readme/fenced-blocks.js';
import { resultOf } from '../support/forms.js';
import { instrumentOf } from '../support/shipped.js';

const folder = mkdtempSync(join(tmpdir(), 'caseness-recall-'));
const [script] = fencedBlocks('recall.md', readFileSync('docs/safety/recall.md', 'utf8')).filter(
  ({ language }) => language === 'mjs',
);

describe('the recall script of the safety file', () => {
  const phq9 = instrumentOf('phq-9');
  const gad7 = instrumentOf('gad-7');
  const wrong = { ...phq9, version: '0.9.0', digest: { ...phq9.digest, scoring: 'f'.repeat(64) } };
  const stored = [
    { key: 'sound', result: resultOf(phq9, { q1: 1 }) },
    { key: 'affected', result: resultOf(wrong, { q1: 1 }) },
    { key: 'another', result: resultOf(gad7, { q1: 1 }) },
    { key: 'bare', result: { scores: {} } },
  ];
  beforeAll(() => {
    writeFileSync(join(folder, 'recall.mjs'), script?.text ?? '');
    writeFileSync(join(folder, 'results.ndjson'), stored.map((one) => `${JSON.stringify(one)}\n`).join(''));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const recall = (...args: readonly string[]): readonly string[] =>
    execFileSync(process.execPath, ['recall.mjs', 'results.ndjson', ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
      .trim()
      .split('\n');

  it('finds the results of a wrong definition by digest, and those of which nobody can say [H34]', () => {
    expect(recall('phq-9', wrong.digest.scoring)).toEqual(['affected 0.9.0', 'bare unknown']);
  });

  it('finds the results of a wrong engine by its version [H34]', () => {
    expect(recall('gad-7', ENGINE)).toEqual([`another ${gad7.version}`, 'bare unknown']);
  });
});
