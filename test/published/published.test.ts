import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { reproduce } from '../../src/cli/published-table.js';
import { reproduceFile } from '../../src/cli/reproduce-command.js';
import { runScore } from '../../src/cli/score-command.js';
import type { RawScoreOptions } from '../../src/cli/score-options.js';
import { type InstrumentSource, loadPublishedResult } from '../../src/review/published/load.js';
import { realInstrument, realLibrary, root } from '../cli/real-instruments.js';
import { testTerminal } from '../cli/terminal.js';

/*
 * Each published result is a YAML file beside this one (docs/published-results.md): put another there, and it runs. The data
 * stay outside this repository: CASENESS_SHARED names the folder that holds them under `data/`.
 */
const data = resolve(root, process.env['CASENESS_SHARED'] ?? '../shared', 'data');
const here = import.meta.dirname;
const library = realLibrary();
const instruments: InstrumentSource = {
  ids: library.instrumentIds,
  find: async (id) => (library.instrumentIds.includes(id) ? library.instrument(id) : null),
};

const results = readdirSync(here)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => {
    const written: { title: string; data: { file: string } } = parse(readFileSync(join(here, file), 'utf8'));
    return { file, title: written.title, isThere: existsSync(join(data, written.data.file)) };
  });

it('finds published results', () => {
  expect(results.length).toBeGreaterThan(0);
});

describe.each(results)('$title ($file)', ({ file, isThere }) => {
  const path = join(here, file);

  it('names only what its instrument has', async () => {
    const loaded = await loadPublishedResult(readFileSync(path), file, instruments);
    expect(isLeft(loaded) ? loaded.left : []).toEqual([]);
  });

  it.skipIf(!isThere)(
    'comes out to the last printed digit, figure by figure (skipped where the data are not there)',
    async () => {
      const report = await reproduceFile(path, data, instruments, testTerminal());
      if (report.status === 'problems' || report.status === 'no-data')
        throw new Error(JSON.stringify(report));
      const { figures } = report;
      const shown = ({ statistic, of, group }: (typeof figures)[number], value: string | null) =>
        `${statistic} ${of}, ${group}: ${value}`;
      expect(figures.map((figure) => shown(figure, figure.got))).toEqual(
        figures.map((figure) => shown(figure, figure.expected)),
      );
      expect(figures.length).toBeGreaterThan(0);
      expect(report.status).toBe('reproduced');
    },
  );
});

const table = join(data, 'nhanes/dpq_demo_2013_2016.csv');

describe.skipIf(!existsSync(table))(
  'NHANES 2013-2016 by other ways (skipped where the table is not there)',
  () => {
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
      const bands = spawnSync(process.execPath, [join(root, 'docs/examples/weighted-bands.mjs')], {
        input: terminal.out(),
        encoding: 'utf8',
        maxBuffer: 1 << 20,
      });
      return { status, err: terminal.err(), lines: bands.stdout.trim().split('\n') };
    };

    it('the recipe for figures of your own gives the same fifteen', async () => {
      const { status, lines } = await scored(options);
      expect(status).toBe(0);
      expect(lines).toEqual([
        'all n=9942 0-4=76.3 5-9=15.6 10-14=5.1 15+=2.9 10+=8.1',
        'men n=4821 0-4=81.6 5-9=12.8 10-14=3.4 15+=2.1 10+=5.5',
        'women n=5121 0-4=71.3 5-9=18.3 10-14=6.7 15+=3.7 10+=10.4',
      ]);
    });

    it('rows that hold 7 or 9 are rejected where nobody said that these mean missing', async () => {
      const { missing: _, ...without } = options;
      const { status, err, lines } = await scored(without);
      expect(status).toBe(1);
      expect(err).toMatch(/[0-9]+ rejected, of these [0-9]+ with a raised flag/);
      expect(lines[0]).toContain('n=9942 ');
    });

    it('counting what is certain on incomplete forms too does not give the printed figures', async () => {
      const file = 'nhanes-2013-2016-phq-9.yaml';
      const text = readFileSync(join(here, file), 'utf8').replace(/^weight:/m, 'forms: decided\nweight:');
      const loaded = await loadPublishedResult(text, file, instruments);
      if (isLeft(loaded)) throw new Error(JSON.stringify(loaded.left));
      const found = await reproduce(loaded.right, { path: table, name: 'table' });
      if (isLeft(found)) throw new Error(JSON.stringify(found.left));
      expect(found.right.figures.some(({ agrees }) => !agrees)).toBe(true);
    });
  },
);
