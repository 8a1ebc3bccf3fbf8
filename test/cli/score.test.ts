import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runScore } from '../../src/cli/score-command.js';
import type { RawScoreOptions } from '../../src/cli/score-options.js';
import { LARGEST_RECORD } from '../../src/cli/table-reader.js';
import { mood, weight } from './fictional-instruments.js';
import { type TestFolder, testFolder, testTerminal } from './terminal.js';

let folder: TestFolder;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

type Row = Readonly<Record<string, string>>;
const rowsOf = (csv: string): readonly Row[] => parse(csv, { columns: true });

/** Scores a table of the fictional mood form and gives back everything that was said. */
const run = async (table: string | Uint8Array, options: RawScoreOptions = {}, instrument = mood) => {
  const terminal = testTerminal();
  const status = await runScore(instrument, folder.write('table.csv', table), options, terminal);
  return { status, out: terminal.out(), err: terminal.err(), rows: () => rowsOf(terminal.out()) };
};

/** Enough good rows that one bad cell is no column of another coding. */
const padded = (...bad: readonly string[]): string =>
  ['q1,q2,q3', ...bad, ...Array.from({ length: 200 }, (_, index) => `${index % 4},1,0`)].join('\n');

describe('caseness score', () => {
  it('scores each row, with the row number of a spreadsheet', async () => {
    const { status, rows } = await run('id,q1,q2,q3\na,1,2,3\nb,0,0,0\n', { id: 'id' });
    expect(status).toBe(0);
    expect(rows()).toMatchObject([
      {
        row: '2',
        id: 'a',
        total: '6',
        'total.status': 'complete',
        'band.severity': 'high',
        'cutOff.caseness-4': 'met',
        'flag.self-harm': 'raised',
      },
      {
        row: '3',
        id: 'b',
        total: '0',
        'band.severity': 'low',
        'cutOff.caseness-4': 'not-met',
        'flag.self-harm': 'not-raised',
      },
    ]);
  });

  it('carries instrument, version, edition and both digests in every row', async () => {
    const { rows } = await run('q1,q2,q3\n1,2,3\n');
    expect(rows()[0]).toMatchObject({
      on: '',
      instrument: 'mood-3',
      version: '1.0.0',
      edition: '',
      digest: mood.digest.scoring,
      documentDigest: mood.digest.document,
      engine: '0.1.0',
    });
    const edition = { ...mood, edition: 'uk' };
    expect((await run('q1,q2,q3\n1,2,3\n', {}, edition)).rows()[0]?.['edition']).toBe('uk');
  });

  it('carries the day of the forms: one for all, or from a column', async () => {
    const same = await run('q1,q2,q3\n1,2,3\n', { on: '2026-11-24' });
    expect(same.rows()[0]?.['on']).toBe('2026-11-24');
    const table = 'q1,q2,q3,day\n1,2,3,2026-11-24\n0,0,0,\n';
    const { rows } = await run(table, { onColumn: 'day' });
    expect(rows().map(({ on }) => on)).toEqual(['2026-11-24', '']);
    const ndjson = await run(table, { onColumn: 'day', format: 'ndjson' });
    expect(JSON.parse(ndjson.out.split('\n')[0] ?? '').result.on).toBe('2026-11-24');
    expect((await run(table, { onColumn: 'dya' })).err).toContain("did you mean 'day'?");
    expect((await run(table, { on: '2026-11-24', onColumn: 'day' })).err).toContain('give one');
  });

  it('rejects a row whose day cannot be read, and stops where it is no column of days', async () => {
    const good = Array.from({ length: 200 }, () => '1,1,0,2026-11-24').join('\n');
    const one = await run(`q1,q2,q3,day\n1,1,3,24/11/2026\n${good}\n`, { onColumn: 'day' });
    expect(one.status).toBe(1);
    expect(one.rows()).toHaveLength(200);
    expect(one.err).toContain('row 2, column day: the day cannot be read here; give it as YYYY-MM-DD');
    expect(one.err).toContain('row 2: flags raised: self-harm');
    const all = await run('q1,q2,q3,day\n1,1,3,24/11/2026\n', { onColumn: 'day' });
    expect(all.err).toContain('on: 1 of 1 values cannot be read as a day; write days as YYYY-MM-DD');
    const accepted = await run('q1,q2,q3,day\n1,1,3,24/11/2026\n', { onColumn: 'day', acceptColumn: ['on'] });
    expect(accepted.err).toContain('0 rows scored; 1 rejected');
  });

  it('never counts a blank cell as zero, and shows no value for an incomplete form [H04]', async () => {
    const { rows } = await run('q1,q2,q3\n0,,0\n');
    expect(rows()[0]).toMatchObject({
      total: '',
      'total.status': 'incomplete',
      'total.lowest': '0',
      'total.highest': '3',
    });
  });

  it('shows the open critical flag beside the band of a form that looks finished [H06] [H07]', async () => {
    const { rows } = await run('q1,q2,q3\n0,0,\n');
    expect(rows()[0]).toMatchObject({
      'band.severity': 'low',
      flagOpen: 'self-harm',
      'flag.self-harm': 'open',
    });
  });

  it('reads columns by --map, from pairs or from a JSON file', async () => {
    const table = 'A,B,C\n1,1,1\n';
    const pairs = await run(table, { map: ['q1=A,q2=B', 'q3=C'] });
    const file = await run(table, { map: [folder.write('map.json', '{"q1":"A","q2":"B","q3":"C"}')] });
    expect(pairs.rows()[0]?.['total']).toBe('3');
    expect(file.out).toBe(pairs.out);
  });

  it('takes missing codes, with their reasons', async () => {
    const { rows, status } = await run('q1,q2,q3\n1,1,7\n1,9,0\n', {
      missing: ['7:refused,9'],
      format: 'csv',
    });
    expect(status).toBe(0);
    expect(rows()).toMatchObject([{ 'flag.self-harm': 'open' }, { 'total.status': 'incomplete' }]);
    const ndjson = await run('q1,q2,q3\n1,1,7\n', { missing: ['7:refused'], format: 'ndjson' });
    expect(JSON.parse(ndjson.out).result.flags['self-harm'].reasons).toEqual(['refused']);
  });

  it('refuses a missing code that is an answer', async () => {
    const { status, err } = await run('q1,q2,q3\n1,1,1\n', { missing: ['3'] });
    expect(status).toBe(2);
    expect(err).toContain("this is an answer of 'q1'");
  });

  it('asks for the column of an item that stands in none, and takes "never asked" for an answer', async () => {
    const without = await run('q1,q2,Q-3\n1,1,1\n');
    expect(without.status).toBe(2);
    expect(without.err).toContain("no column for item 'q3'");
    expect(without.err).toContain("did you mean 'Q-3'?");
    expect(without.out).toBe('');
    const never = await run('q1,q2\n1,1\n', { map: ['q3='] });
    expect(never.status).toBe(0);
    expect(never.rows()[0]).toMatchObject({ 'total.status': 'incomplete', flagOpen: 'self-harm' });
    expect(never.err).toContain('asked of nobody in this table: q3');
  });

  it('names every wrong option at once, and what was probably meant', async () => {
    const { status, err } = await run('q1,q2,q3\n1,1,1\n', {
      map: ['q11=A'],
      missing: ['9:refusd'],
      format: 'cvs',
      where: ['nonsense'],
      missingRule: 'onn',
      context: ['sexx=S'],
    });
    expect(status).toBe(2);
    for (const meant of ['q1', 'refused', 'csv', 'one', 'sex'])
      expect(err).toContain(`did you mean '${meant}'?`);
    expect(err).toContain('--where: write a column');
  });

  it('prorates only where a sourced rule is named, and says so', async () => {
    const plain = await run('q1,q2,q3\n3,,3\n');
    expect(plain.rows()[0]).toMatchObject({ 'total.status': 'incomplete', missingRule: '' });
    const named = await run('q1,q2,q3\n3,,3\n', { missingRule: 'one' });
    expect(named.rows()[0]).toMatchObject({
      total: '9',
      'total.status': 'prorated',
      missingRule: 'one',
      'band.severity.basis': 'proved',
    });
  });

  it('reads age and sex, recoded, and rejects a row whose age cannot be read', async () => {
    const { err, status, rows } = await run(
      `age,s,q1,q2,q3\n17,1,1,1,0\n${'40,2,1,1,0\n'.repeat(200)}old,2,1,1,0\n`,
      {
        context: ['age=age,sex=s:1=male:2=female'],
      },
    );
    expect(status).toBe(1);
    expect(rows()[0]?.['notices']).toBe('outside-valid-age');
    expect(err).toContain('row 203, column age: age cannot be read here');
    expect(err).not.toContain('old');
  });

  it('scores only the rows that --where wants, and says how many it left out', async () => {
    const { rows, err } = await run('age,q1,q2,q3\n20,1,1,1\n19,1,1,1\n,1,1,1\n', { where: ['age>=20'] });
    expect(rows()).toHaveLength(1);
    expect(err).toContain('1 row scored; 2 left out by --where');
  });

  it('keeps going after a bad row, which goes to the rejects with its flags, row and column [H07]', async () => {
    const { status, rows, err } = await run(padded('8,1,3', '8,1,'), { rejects: folder.path('rejects.csv') });
    expect(status).toBe(1);
    expect(rows()).toHaveLength(200);
    expect(rowsOf(folder.read('rejects.csv'))).toMatchObject([
      { row: '2', flagsRaised: 'self-harm', flagsOpen: '', 'flag.self-harm': 'raised', columns: 'q1' },
      { row: '3', flagsRaised: '', flagsOpen: 'self-harm', columns: 'q1' },
    ]);
    expect(err).toContain('2 rejected, of these 1 with a raised flag and 1 with an open one');
  });

  it('names row, column and flags on the error stream where no file takes the rejects, never the answer', async () => {
    const { err } = await run(padded('827364,1,3'));
    expect(err).toContain('row 2, column q1: ');
    expect(err).toContain('row 2: flags raised: self-harm');
    expect(err).not.toContain('827364');
  });

  it('opens every flag of a ragged row, for nothing in it stands in a sure place', async () => {
    const { status, err, rows } = await run('q1,q2,q3\n1,1,0\n1,1\n1,1,0,\n0,0,0\n0,1,0\n', {});
    expect(status).toBe(1);
    expect(rows().map(({ row }) => row)).toEqual(['2', '5', '6']);
    expect(err).toContain('row 3: 2 cells where the header has 3');
    expect(err).toContain('row 3: flags open: self-harm');
  });

  it('passes blank rows over', async () => {
    const { status, rows, err } = await run('q1,q2,q3\n\n1,1,0\n,,\n');
    expect(status).toBe(0);
    expect(rows().map(({ row }) => row)).toEqual(['3']);
    expect(err).toContain('2 blank');
  });

  it('understands a byte-order mark, CRLF, quotes, tabs and semicolons', async () => {
    const plain = await run('q1,q2,q3\n1,2,0\n');
    for (const table of [
      '\uFEFFq1,q2,q3\n1,2,0\n',
      'q1,q2,q3\r\n1,2,0\r\n',
      'q1,q2,q3\r1,2,0\r',
      '"q1","q2","q3"\n"1","2","0"',
      'q1\tq2\tq3\n1\t2\t0\n',
      'q1;q2;q3\n 1 ;2.0;0\n',
    ]) {
      expect((await run(table)).out).toBe(plain.out);
    }
  });

  it('carries a column named __proto__, and one of our own names, without harm', async () => {
    const { out, status } = await run('__proto__,total,q1,q2,q3\nx,y,1,1,1\n', { keep: ['__proto__,total'] });
    expect(status).toBe(0);
    expect(out.split('\n')[0]?.split(',').slice(0, 4)).toEqual(['row', '__proto__', 'input.total', 'total']);
    const json = await run('__proto__,q1,q2,q3\nx,1,1,1\n', { keep: ['__proto__'], format: 'json' });
    expect(Object.entries(JSON.parse(json.out)[0].keep)).toEqual([['__proto__', 'x']]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('guards what it carries through against being run as a formula', async () => {
    const { out } = await run('id,q1,q2,q3\n=HYPERLINK(1),1,1,1\n-5,1,1,1\n@x,1,1,1\n', { id: 'id' });
    expect(rowsOf(out).map(({ id }) => id)).toEqual(["'=HYPERLINK(1)", '-5', "'@x"]);
  });

  it('writes a file whole or not at all, and replaces none without --force', async () => {
    const table = 'q1,q2,q3\n1,1,1\n';
    const first = await run(table, { out: folder.path('scores.csv') });
    expect([first.status, first.out]).toEqual([0, '']);
    expect(rowsOf(folder.read('scores.csv'))).toHaveLength(1);
    const again = await run(table, { out: folder.path('scores.csv') });
    expect(again.status).toBe(2);
    expect(again.err).toContain('--force');
    expect((await run(table, { out: folder.path('scores.csv'), force: true })).status).toBe(0);
    const broken = await run(`${table}1,"1,1\n`, { out: folder.path('broken.csv') });
    expect(broken.status).toBe(1);
    expect(folder.names()).toEqual(['scores.csv', 'table.csv']);
  });

  it('reads standard input', async () => {
    const terminal = testTerminal('q1,q2,q3\n1,1,1\n');
    expect(await runScore(mood, '-', {}, terminal)).toBe(0);
    expect(rowsOf(terminal.out())[0]?.['total']).toBe('3');
  });
});

describe('a table that cannot be right', () => {
  const failsWith = async (table: string | Uint8Array, expected: string, options: RawScoreOptions = {}) => {
    const { status, out, err } = await run(table, options);
    expect(status).not.toBe(0);
    expect(out).toBe('');
    expect(err).toContain(expected);
    return err;
  };

  it('says what an empty file lacks', () => failsWith('', 'the table is empty; it needs a header row'));
  it('says what a file without a header lacks', () => failsWith('\n1,2\n', 'the first row names no column'));
  it('names duplicate columns', () =>
    failsWith('q1,q2,q3,q1\n1,1,1,1\n', "2 columns are called 'q1' (columns 1, 4)"));
  it('names a column that is not there', () =>
    failsWith('q1,q2,q3,agee\n1,1,1,1\n', "did you mean 'agee'?", { keep: ['age'] }));
  it('tells a workbook from a table', () => failsWith('PK\u0003\u0004rest', 'export the table as CSV'));
  it('tells UTF-16 from UTF-8', () => failsWith(new Uint8Array([0xff, 0xfe, 0x71, 0]), 'UTF-16'));
  it('places bytes that are not UTF-8', () =>
    failsWith(Buffer.from([...Buffer.from('q1,q2,q3\n1,1,1\n'), 0xe9, 0x0a]), 'table.csv:3: not UTF-8'));
  it('places a quote that is never closed where its row begins, not where the table ends', () =>
    failsWith(
      'q1,q2,q3\n1,1,"1\n1,1,1\n1,1,1\n',
      'table.csv, row 2: a quoted cell is opened and not closed',
    ));
  it('places a quote inside a cell', () =>
    failsWith('q1,q2,q3\n1,1"1,1\n', 'table.csv:2: a double quote stands inside'));
  it('stops at a record that never ends, whatever it holds', async () => {
    for (const piece of ['1', ',', '"']) {
      await failsWith(
        `q1,q2,q3\n${piece === '"' ? '"' : ''}${(piece === '"' ? 'x\n' : piece).repeat(LARGEST_RECORD + 10)}`,
        'a record is longer than',
      );
    }
  });
  it('asks for another delimiter where most rows are ragged', () =>
    failsWith('q1,q2,q3\n1,5,1,1\n1,5,1,1\n', 'decimal commas'));
  it('goes on where it is told to, each ragged row rejected with its flags open', async () => {
    const table = 'q1,q2,q3\n1,5,1,1\n1,1,1\n1,5,1,1\n';
    await failsWith(table, '--accept-ragged');
    const { status, err, rows } = await run(table, { acceptRagged: true });
    expect(status).toBe(1);
    expect(rows().map(({ row, total }) => [row, total])).toEqual([['3', '3']]);
    expect(err).toContain('row 2: flags open: self-harm');
    expect(err).toContain('1 row scored; 2 rejected');
  });
  it('tells everything at once that is wrong with the options, columns that are not there too', async () => {
    const { status, err } = await run('q1,q2,q3\n1,1,1\n', {
      id: 'nope',
      keep: ['nope2'],
      map: ['q1=zz'],
      format: 'xml',
      on: 'yesterday',
    });
    expect(status).toBe(2);
    const lines = err.trim().split('\n');
    for (const expected of [
      '--format',
      '--on: give the day',
      "no column 'nope'",
      "no column 'nope2'",
      "no column 'zz'",
    ])
      expect(lines.filter((line) => line.includes(expected))).toHaveLength(1);
    expect(lines).toHaveLength(5);
  });
});

describe('a column that does not hold the item’s own codes', () => {
  it('stops PHQ-style answers coded 1 to 4, says what fits and reads them so when told [H25]', async () => {
    const table = `q1,q2,q3\n${'1,2,1\n4,3,1\n2,1,1\n'.repeat(40)}`;
    const stopped = await run(table);
    expect(stopped.status).toBe(1);
    expect(stopped.out).toBe('');
    // q2 and q3 never hold a 4: they are stopped with q1, whose coding they share, and one option reads all three.
    expect(stopped.err).toContain(
      'columns q1, q2, q3: items q1..q3: 40 of 360 answered values are no answer to their items',
    );
    expect(stopped.err).toContain('1 to 4 for 0 to 3');
    expect(stopped.err).toContain('give --recode q1..q3:1=0:2=1:3=2:4=3. Or');
    expect(stopped.err).toContain('--accept-column q1..q3');
    const recoded = await run(table, { recode: ['q1..q3:1=0:2=1:3=2:4=3'] });
    expect(recoded.status).toBe(0);
    expect(
      recoded
        .rows()
        .slice(0, 2)
        .map(({ total }) => total),
    ).toEqual(['1', '5']);
  });

  it('stops a shifted column even where the tell-tale code is rarer than one in a hundred', async () => {
    const { status, err } = await run(`q1,q2,q3\n4,1,0\n${'1,1,0\n'.repeat(300)}`);
    expect(status).toBe(1);
    expect(err).toContain('column q1: item q1: the 301 answered values fit another coding');
  });

  it('stops columns in which the lowest code never stands', async () => {
    expect((await run(`q1,q2,q3\n${'1,2,3\n'.repeat(34)}`)).err).toContain('fit another coding');
    expect((await run(`q1,q2,q3\n${'1,2,3\n'.repeat(33)}`)).status).toBe(0);
    expect((await run(`q1,q2,q3\n${'1,2,3\n'.repeat(34)}0,1,1\n`)).status).toBe(0);
  });

  it('goes on with a column accepted by name, and rejects the rows that do not fit', async () => {
    const { status, rows } = await run('q1,q2,q3\n8,1,0\n0,1,0\n', { acceptColumn: ['q1'] });
    expect(status).toBe(1);
    expect(rows()).toHaveLength(1);
  });

  it('holds the line at one in a hundred exactly', async () => {
    const table = (good: number) => `q1,q2,q3\n8,1,0\n${'0,1,0\n'.repeat(good)}`;
    expect((await run(table(99))).rows()).toHaveLength(99);
    expect((await run(table(98))).out).toBe('');
  });

  it('says how yes and no may be written otherwise, in each way that fits', async () => {
    const { err } = await run('weight,appetite\n60,1\n61,2\n', {}, weight);
    expect(err).toContain('--recode appetite:1=yes:2=no');
    expect(err).toContain('--recode appetite:1=no:2=yes');
    expect((await run('weight,appetite\n60,Yes\n61,No\n', {}, weight)).err).toContain(
      '--recode appetite:Yes=yes:No=no',
    );
  });

  it('knows decimal commas and other units in a column of numbers', async () => {
    expect((await run('weight;appetite\n60,5;yes\n', {}, weight)).err).toContain('--decimal-comma');
    const { rows } = await run('weight;appetite\n39,9;yes\n', { decimalComma: true }, weight);
    expect(rows()[0]).toMatchObject({ 'flag.underweight': 'raised', total: '1' });
    expect((await run('weight,appetite\n60500,yes\n', {}, weight)).err).toContain('1000 times kg');
  });

  it('knows what statistics programs write for a missing value', async () => {
    expect((await run('q1,q2,q3\nNA,1,0\n1,1,0\n')).err).toContain('--missing NA');
  });

  it('never writes an answer that it could not read [H31]', async () => {
    const { err } = await run('q1,q2,q3\nsecret,1,0\nprivate,1,0\n');
    expect(err).not.toMatch(/secret|private/);
  });
});

describe('any bytes as a table', () => {
  it('end in an exit status and a message, never in a crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc
            .string({
              unit: fc.constantFrom(
                'q1',
                'q2',
                'q3',
                ',',
                '\n',
                '"',
                '0',
                '3',
                '9',
                ';',
                '\r',
                '\t',
                '=',
                '\u00e9',
              ),
            })
            .map((text) => Buffer.from(`q1,q2,q3\n${text}`)),
        ),
        async (bytes) => {
          const { status, err } = await run(bytes);
          expect([0, 1, 2]).toContain(status);
          expect(err).not.toBe('');
          expect(err).not.toMatch(/\bat .*\.[jt]s/);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never show a cell on the error stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^zz[a-z]{4,12}$/), { minLength: 1, maxLength: 6 }),
        async (cells) => {
          const { err } = await run(`q1,q2,q3\n${cells.map((cell) => `${cell},1,${cell}`).join('\n')}\n`, {
            acceptColumn: ['q1,q3'],
          });
          for (const cell of cells) expect(err).not.toContain(cell);
        },
      ),
      { numRuns: 50 },
    );
  });
});
