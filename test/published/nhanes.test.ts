import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runScore } from '../../src/cli/score-command.js';
import type { RawScoreOptions } from '../../src/cli/score-options.js';
import { realInstrument, root } from '../cli/real-instruments.js';
import { testTerminal } from '../cli/terminal.js';

const table = resolve(
  root,
  process.env['CASENESS_SHARED'] ?? '../shared',
  'data/nhanes/dpq_demo_2013_2016.csv',
);
const script = join(root, 'docs/examples/weighted-bands.mjs');

const options: RawScoreOptions = {
  map: ['q1=DPQ010,q2=DPQ020,q3=DPQ030,q4=DPQ040,q5=DPQ050,q6=DPQ060,q7=DPQ070,q8=DPQ080,q9=DPQ090'],
  missing: ['7:refused,9:not-known'],
  where: ['RIDAGEYR>=20'],
  keep: ['RIAGENDR,WTMEC2YR'],
  format: 'ndjson',
};

const scored = async (with_: RawScoreOptions) => {
  const terminal = testTerminal();
  const status = await runScore(realInstrument('phq-9'), table, with_, terminal);
  const bands = spawnSync(process.execPath, [script], {
    input: terminal.out(),
    encoding: 'utf8',
    maxBuffer: 1 << 20,
  });
  return { status, err: terminal.err(), lines: bands.stdout.trim().split('\n') };
};

/*
 * NCHS Data Brief 303 and MMWR 2018;67(9):287: adults of 20 and over in the United States, 2013-2016, weighted per cent.
 * The table is public and not part of this repository; CASENESS_SHARED names the folder that holds it.
 */
describe.skipIf(!existsSync(table))(
  'PHQ-9 in the US population, 2013-2016 (skipped where the table is not there)',
  () => {
    it('gives all fifteen published figures to the printed digit', async () => {
      const { status, lines } = await scored(options);
      expect(status).toBe(0);
      expect(lines).toEqual([
        'all n=9942 0-4=76.3 5-9=15.6 10-14=5.1 15+=2.9 10+=8.1',
        'men n=4821 0-4=81.6 5-9=12.8 10-14=3.4 15+=2.1 10+=5.5',
        'women n=5121 0-4=71.3 5-9=18.3 10-14=6.7 15+=3.7 10+=10.4',
      ]);
    });

    it('rejects the rows that hold 7 or 9 where nobody said that these mean missing', async () => {
      const { missing: _, ...without } = options;
      const { status, err, lines } = await scored(without);
      expect(status).toBe(1);
      expect(err).toMatch(/[0-9]+ rejected, of these [0-9]+ with a raised flag/);
      expect(lines[0]).toContain('n=9942 ');
    });
  },
);
