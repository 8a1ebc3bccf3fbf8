import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addValue, noMoments, varianceOf } from '../../../src/review/published/moments.js';
import { agrees } from '../../../src/review/published/tally.js';
import { failuresOf, readOf, valuesOf } from './fictional-study.js';

const phq2 = { instrument: 'phq-2', table: ['q1,q2', '3,3', '0,0', '1,1', '2,', '3,', ',0'] };
const total = 'of: { score: total }';
const met = 'of: { cut-off: depression-3 }';
const all = (printed: string) => `is: { all: "${printed}" }`;

describe('mean and variance taken up one by one', () => {
  it('are those of the whole series, with any weights', () => {
    const value = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 50 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 40 }), (series) => {
        const moments = noMoments();
        for (const [x, w] of series) addValue(moments, x, w);
        const counted = series.filter(([, w]) => w > 0);
        const weight = counted.reduce((sum, [, w]) => sum + w, 0);
        expect([moments.n, moments.weight]).toEqual([counted.length, weight]);
        if (counted.length < 2) {
          expect(varianceOf(moments)).toBeNull();
          return;
        }
        const mean = counted.reduce((sum, [x, w]) => sum + w * x, 0) / weight;
        const squares = counted.reduce((sum, [x, w]) => sum + w * (x - mean) ** 2, 0);
        const n = counted.length;
        expect(moments.mean).toBeCloseTo(mean, 8);
        expect(varianceOf(moments)).toBeCloseTo((squares / weight) * (n / (n - 1)), 6);
      }),
    );
  });
});

describe('a printed figure', () => {
  it('agrees with what rounds to it, to either side of a tie, and with nothing else', () => {
    expect(agrees(8.149, '8.1', 1)).toBe(true);
    expect(agrees(8.151, '8.1', 1)).toBe(false);
    expect(agrees(8.049, '8.1', 1)).toBe(false);
    expect([agrees(0.125, '0.12', 2), agrees(0.125, '0.13', 2)]).toEqual([true, true]);
    expect([agrees(7.6, '8', 0), agrees(8.6, '8', 0), agrees(-0.26, '-0.3', 1)]).toEqual([true, false, true]);
  });

  it('agrees with the digits that the value shows, whatever the value and the digits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 2, max: 9 }),
        (value, decimals, off) => {
          expect(agrees(value, value.toFixed(decimals), decimals)).toBe(true);
          const elsewhere = (value + off * 10 ** -decimals).toFixed(decimals);
          expect(agrees(value, elsewhere, decimals)).toBe(false);
        },
      ),
    );
  });

  it('is shown as printed where it agrees, else with as many digits, or none where no form counts', async () => {
    const { figures, status } = await readOf({
      ...phq2,
      table: [...phq2.table.map((row) => `${row},1`), '9,9,2'].map((row, at) => (at === 0 ? 'q1,q2,g' : row)),
      says: [
        'missing-codes: { "9": refused }',
        'groups: { one: { where: [ g = 1 ] }, two: { where: [ g = 2 ] } }',
      ],
      figures: [
        `statistic: mean, ${total}, is: { one: "2.70", two: "1" }`,
        `statistic: sd, ${total}, is: { two: "1" }`,
      ],
    });
    expect(figures.map(({ got, agrees: same, n }) => [got, same, n])).toEqual([
      ['2.67', false, 3],
      [null, false, 0],
      [null, false, 0],
    ]);
    expect(status).toBe('differs');
  });
});

describe('which forms count', () => {
  it('are the complete ones, unless the file asks for all that are certain', async () => {
    const figures = [
      `statistic: n, ${total}, ${all('3')}`,
      `statistic: count, ${met}, ${all('1')}`,
      `statistic: n, ${met}, ${all('3')}`,
      `statistic: percent, of: { score: total, from: 3 }, ${all('33')}`,
      `statistic: percent, of: { score: total, to: 3 }, ${all('67')}`,
      `statistic: percent, of: { score: total, from: 2, to: 5 }, ${all('33')}`,
    ];
    expect(await valuesOf({ ...phq2, figures })).toEqual([
      [3, 3],
      [1, 3],
      [3, 3],
      [expect.closeTo(100 / 3), 3],
      [expect.closeTo(200 / 3), 3],
      [expect.closeTo(100 / 3), 3],
    ]);
    // `2,` may yet be 2 to 5; `3,` is 3 to 6; `,0` is 0 to 3.
    expect(await valuesOf({ ...phq2, says: ['forms: decided'], figures })).toEqual([
      [3, 3],
      [2, 4],
      [4, 4],
      [expect.closeTo(50), 4],
      [expect.closeTo(75), 4],
      [expect.closeTo(50), 4],
    ]);
  });

  const nine = (answers: string) =>
    answers
      .split('')
      .map((answer) => answer.replace('-', ''))
      .join(',');
  const phq9 = {
    instrument: 'phq-9',
    table: [
      nine('q'.repeat(9))
        .split(',')
        .map((q, at) => `${q}${at + 1}`)
        .join(','),
      nine('333333333'),
      nine('000000000'),
      nine('33333333-'),
      nine('-00000001'),
    ],
  };

  it('are judged figure by figure, by what each reads', async () => {
    const figures = [
      `statistic: count, of: { flag: self-harm }, ${all('2')}`,
      `statistic: count, of: { band: kroenke-2001, level: severe }, ${all('1')}`,
      `statistic: count, of: { band: kroenke-2001, level: [ minimal, severe ] }, ${all('2')}`,
    ];
    expect(await valuesOf({ ...phq9, figures })).toEqual([
      [2, 3],
      [1, 2],
      [2, 2],
    ]);
    expect(await valuesOf({ ...phq9, says: ['forms: decided'], figures })).toEqual([
      [2, 3],
      [2, 4],
      [4, 4],
    ]);
  });

  it('are also those in which the published missing rule fills in what is missing', async () => {
    const figures = [`statistic: n, ${total}, ${all('4')}`, `statistic: mean, ${total}, ${all('14')}`];
    expect(await valuesOf({ ...phq9, says: ['missing-rule: cms'], figures })).toEqual([
      [4, 4],
      [expect.closeTo((27 + 0 + 27 + 1) / 4), 4],
    ]);
    expect(
      await valuesOf({
        ...phq9,
        says: ['missing-rule: cms'],
        figures: [`statistic: count, of: { cut-off: caseness-10 }, ${all('2')}`],
      }),
    ).toEqual([[2, expect.any(Number)]]);
  });

  it('are also those in which a rule of the instrument skips the rest', async () => {
    const study = {
      instrument: 'audit-c-us',
      says: ['context: { sex: { column: who, values: { m: male, f: female } } }'],
      table: ['who,q1,q2,q3', 'm,0,,', 'f,2,1,0', 'm,4,,'],
    };
    const cutOff = 'of: { cut-off: us-men-4-women-3 }';
    expect(await valuesOf({ ...study, figures: [`statistic: count, ${cutOff}, ${all('1')}`] })).toEqual([
      [1, 2],
    ]);
    expect(
      await valuesOf({
        ...study,
        says: [...study.says, 'forms: decided'],
        figures: [`statistic: count, ${cutOff}, ${all('2')}`],
      }),
    ).toEqual([[2, 3]]);
  });
});

describe('the statistics', () => {
  const weighted = {
    instrument: 'phq-2',
    says: ['weight: w'],
    table: ['q1,q2,w', '3,3,2', '0,0,1', '1,1,1', '2,2,0'],
  };

  it('percent, mean and sd are weighted where there is a weight, n and count are not, unless it is said', async () => {
    const figures = ['n', 'count', 'percent', 'mean', 'sd'].flatMap((statistic) => {
      const of = statistic === 'count' || statistic === 'percent' ? met : total;
      return [
        `statistic: ${statistic}, ${of}, ${all('1')}`,
        `statistic: ${statistic}, ${of}, weighted: ${statistic === 'n' || statistic === 'count'}, ${all('1')}`,
      ];
    });
    const { figures: found } = await readOf({ ...weighted, figures });
    expect(found.map(({ statistic, weighting, value, n }) => [statistic, weighting, value, n])).toEqual([
      ['n', 'unweighted', 4, 4],
      ['n', 'weighted', 4, 3],
      ['count', 'unweighted', 2, 4],
      ['count', 'weighted', 2, 3],
      ['percent', 'weighted', 50, 3],
      ['percent', 'unweighted', 50, 4],
      ['mean', 'weighted', expect.closeTo(3.5), 3],
      ['mean', 'unweighted', expect.closeTo(3), 4],
      // Weighted squares 12.5 + 12.25 + 2.25 = 27 over weight 4, times 3 / 2; unweighted 20 / 3.
      ['sd', 'weighted', expect.closeTo(Math.sqrt((27 / 4) * (3 / 2))), 3],
      ['sd', 'unweighted', expect.closeTo(Math.sqrt(20 / 3)), 4],
    ]);
  });

  it('alpha is that of the forms in which each item was answered, and none where there is no variance', async () => {
    const alpha = [`statistic: alpha, ${total}, ${all('1')}`];
    // Items 3 1 2 and 2 1 3: variances 1 and 1, of the sum 5 2 5: 3; so 2 times (1 - 2 / 3).
    const table = ['q1,q2', '3,2', '1,1', '2,3', '3,'];
    expect(await valuesOf({ instrument: 'phq-2', table, figures: alpha })).toEqual([
      [expect.closeTo(2 / 3), 3],
    ]);
    expect(await valuesOf({ instrument: 'phq-2', table: ['q1,q2', '1,1', '1,1'], figures: alpha })).toEqual([
      [null, 2],
    ]);
  });

  it('alpha takes the points of the instrument: an item that is reversed varies with the others', async () => {
    const ids = Array.from({ length: 10 }, (_, at) => `q${at + 1}`);
    const reversed = ['q2', 'q3'];
    const row = (answer: number) => ids.map((id) => (reversed.includes(id) ? 4 - answer : answer)).join(',');
    const table = [ids.join(','), row(0), row(1), row(4)];
    const figures = [`statistic: alpha, ${total}, ${all('1')}`, `statistic: mean, ${total}, ${all('1')}`];
    expect(await valuesOf({ instrument: 'core-10', table, figures })).toEqual([
      [expect.closeTo(1), 3],
      [expect.closeTo(50 / 3), 3],
    ]);
  });
});

describe('the table of a published result', () => {
  const n = [`statistic: n, ${total}, ${all('2')}`];

  it('may have other columns, codes, delimiters and decimal commas, and rows to leave out', async () => {
    const { rows, figures, status } = await readOf({
      instrument: 'phq-2',
      data: ', decimals: comma, delimiter: semicolon',
      says: [
        'columns: { q1: interest, q2: mood }',
        'recode: [ { items: q1..q2, values: { "1": "0", "2": "1", "3": "2", "4": "3" } } ]',
        'missing-codes: { "8": refused }',
        'where: [ age >= 18, ward != B ]',
        'weight: w',
      ],
      table: [
        'interest;mood;age;ward;w',
        '4;4;20;A;1,5',
        '1;1;30;A;0,5',
        '4;4;17;A;1',
        '4;4;40;B;1',
        '8;1;40;A;1',
        ';;;;',
      ],
      figures: [...n, `statistic: mean, ${total}, ${all('4.5')}`],
    });
    expect(rows).toEqual({ read: 5, leftOut: 2, scored: 3, rejected: 0 });
    expect(figures.map(({ got }) => got)).toEqual(['2', '4.5']);
    expect(status).toBe('reproduced');
  });

  it('may hold rows that cannot be scored only where the file says how many', async () => {
    const study = { instrument: 'phq-2', table: ['q1,q2', '1,1', '2,2', '7,1', '1,1,1'], figures: n };
    const accepted = ['accept-columns: [ q1 ]'];
    const found = await readOf({ ...study, says: accepted });
    expect([found.status, found.rows.rejected]).toEqual(['differs', 2]);
    expect(found.figures.every(({ agrees: same }) => same)).toBe(true);
    expect(found.rejects).toEqual([
      expect.stringMatching(/^row 4, column q1: /),
      'row 5: 3 cells where the header has 2',
    ]);
    const said = await readOf({ ...study, says: [...accepted, 'rejected-rows: 2'] });
    expect(said.status).toBe('reproduced');
  });

  it('is not read where it is not what the file says, and what is wrong is said in the words of the file', async () => {
    const table = ['q1,q2,w', '1,1,1', '2,2,'];
    const failed = async (says: readonly string[], rows = table) =>
      (await failuresOf({ instrument: 'phq-2', table: rows, says, figures: n })).map(
        ({ place = '', message }) => `${place} ${message}`,
      );
    expect(await failed(['weight: w'])).toEqual([
      'study.csv, row 3, column w a weight is a number that is not below 0; leave the row out with `where`',
    ]);
    expect(await failed(['weight: w'], ['q1,q2,w', '1,1,-1'])).toHaveLength(1);
    expect(await failed(['weight: x'])).toEqual([" `weight` or a group: study.csv has no column 'x'"]);
    expect((await failed([], ['q1,w', '1,1']))[0]).toContain(
      'say which under `columns`, or name it under `not-asked`',
    );
    expect((await failed([], ['q1,q2', '4,4', '1,1']))[0]).toContain('`recode` q1..q2:1=0:2=1:3=2:4=3');
    expect((await failed(['where: [ x = 1 ]']))[0]).toContain('`where`');
    for (const message of await failed([], ['q1,q2', '4,4', '1,1'])) expect(message).not.toContain('--');
  });
});
