import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHazardLog } from '../../scripts/hazards/hazard-log.js';
import { hazardsIn, type TitledTest, titledTests } from '../../scripts/hazards/titled-tests.js';
import { hazardProblems, traceabilityPage } from '../../scripts/hazards/traceability.js';

const fictional = `# A log (fictional)

| Likelihood / Consequence | Minor | Major |
| --- | --- | --- |
| Medium | 2 | 3 |
| Very low | 1 | 2 |

### H01 · A thing goes wrong

- **Cause:** a cause
- **Effect:** an effect
- **Initial:** Major × Medium = 3
- **Control:** a rule in \`src/there.ts\`
- **Built:** yes
- **Tests named here:**
  - \`test/a.test.ts\`: adds two and two
- **Residual:** Major × Very low = 2
- **Adopter:** nothing
`;

const tests: readonly TitledTest[] = [
  { file: 'test/a.test.ts', title: 'adds two and two', kind: 'test' },
  { file: 'test/a.test.ts', title: 'is kept [H01]', kind: 'test' },
];

/** The problems of the fictional log with a piece of its text exchanged. */
const problems = (from = '', to = '', found = tests): readonly string[] => {
  expect(fictional).toContain(from);
  const log = readHazardLog(fictional.replace(from, () => to));
  return hazardProblems(log, { tests: found, exists: (path) => path === 'src/there.ts' });
};

describe('the check of the hazard log', () => {
  it('finds nothing wrong where every thread holds', () => {
    expect(problems()).toEqual([]);
  });

  it('finds a hazard with neither a test nor a reason', () => {
    const named = '  - `test/a.test.ts`: adds two and two\n';
    expect(problems(named, '', [])).toEqual([
      "H01 (line 8): no test names it, and 'Without a test' gives no reason",
    ]);
    expect(problems(named, '- **Without a test:** nothing to run\n', [])).toEqual([]);
  });

  it('knows a test that the log names, whatever hazards its title carries by now', () => {
    const tagged: TitledTest = { file: 'test/a.test.ts', title: 'adds two and two [H01]', kind: 'test' };
    expect(problems('', '', [tagged])).toEqual([]);
  });

  it('finds a reason that has been overtaken by a test', () => {
    expect(problems('- **Residual', '- **Without a test:** nothing to run\n- **Residual')).toEqual([
      "H01 (line 8): 'Without a test' gives a reason, but there are tests",
    ]);
  });

  it('finds a test that names a hazard which is not in the log', () => {
    const stray: TitledTest = { file: 'test/b.test.ts', title: `is kept [${'H02'}]`, kind: 'test' };
    expect(problems('', '', [...tests, stray])).toEqual([
      "test/b.test.ts: 'is kept [H02]' names H02, which is not in the log",
    ]);
  });

  it('finds a test whose title claims nothing by itself', () => {
    const titled = (title: string): readonly string[] =>
      problems('', '', [...tests, { file: 'test/b.test.ts', title: `${title} [${'H01'}]`, kind: 'test' }]);
    for (const title of ['%s', '%s as %s', '$id', '%j: $name', 'works'])
      expect(titled(title)).toEqual([
        `H01 (line 8): test/b.test.ts: '${title} [${'H01'}]' claims nothing by itself: give it words`,
      ]);
    for (const title of ['refuses %s as a day', 'keeps $id in its place', 'is kept apart'])
      expect([title, titled(title)]).toEqual([title, []]);
  });

  it('finds a hazard that was taken out', () => {
    expect(problems('### H01', '### H02')[0]).toMatch(/^H01 should stand where H02 does/);
    expect(hazardProblems(readHazardLog(''), { tests: [], exists: existsSync })).toEqual([
      'the log holds no hazard',
    ]);
  });

  it.each([
    ['- **Cause:** a cause\n', '', 'Cause is missing'],
    ['Major × Medium = 3', 'Major × Medium = 2', 'Initial is 2, the matrix says 3'],
    ['Major × Medium = 3', 'Major, Medium', 'Initial cannot be read'],
    ['Major × Very low = 2', 'Major × Rare = 2', 'Residual names no row and column of the matrix'],
    ['Major × Very low = 2', 'Minor × Very low = 1', 'a control changes how likely harm is'],
    ['Major × Medium = 3', 'Major × Very low = 2', null],
    ['- **Built:** yes\n', '', 'Built is missing'],
    ['- **Built:** yes', '- **Built:** partly', "'Not built yet' is missing"],
    ['- **Built:** yes', '- **Built:** no\n- **Not built yet:** all of it', 'a control that is not built'],
    ['- **Built:** yes', '- **Built:** yes\n- **Not built yet:** some', "'Not built yet' is filled in"],
    ['src/there.ts', 'src/elsewhere.ts', 'the control names src/elsewhere.ts, which does not exist'],
    ['adds two and two', 'adds three', "test/a.test.ts holds no test 'adds three'"],
  ])('reads %j as %j and says what is wrong', (from, to, said) => {
    expect(problems(from, to).join('\n')).toMatch(said === null ? /^$/ : said);
  });

  it('puts the tests of a hazard on the page, those it names among them', () => {
    const page = traceabilityPage(readHazardLog(fictional), { tests, exists: () => true });
    expect(page).toContain(
      '| H01 | A thing goes wrong | 3 (Major, medium) | 2 (Major, very low) | yes | 2 |',
    );
    expect(page).toContain('- `test/a.test.ts`: is kept\n- `test/a.test.ts`: adds two and two');
    const table: TitledTest = { file: 'test/b.test.ts', title: `is not %j, as $id [${'H01'}]`, kind: 'test' };
    const shown = traceabilityPage(readHazardLog(fictional), { tests: [table], exists: () => true });
    expect(shown).toContain('- `test/b.test.ts`: is not …, as …\n');
  });
});

describe('the reader of test titles', () => {
  it('takes the titles of tests and groups, tables of tests among them, and nothing else', () => {
    const text = [
      "describe('a group [H01]', () => {",
      "  it.each([['a row [H02]']])('a table [H03]', () => expect('text [H04]').toBe(1));",
      '  it.skipIf(no)(`another [H05] [H06]`, () => {});',
      "  other('no test [H07]');",
      '});',
    ].join('\n');
    const found = titledTests('x.test.ts', text);
    expect(found.map(({ title, kind }) => [title, kind])).toEqual([
      ['a group [H01]', 'group'],
      ['a table [H03]', 'test'],
      ['another [H05] [H06]', 'test'],
    ]);
    expect(found.flatMap(({ title }) => hazardsIn(title))).toEqual(['H01', 'H03', 'H05', 'H06']);
  });
});

describe('the hazard log of this package', () => {
  it('holds its 35 hazards, each rated by the matrix, with its control and a test or a reason', () => {
    const log = readHazardLog(readFileSync('docs/safety/hazard-log.md', 'utf8'));
    const found = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .flatMap((file) => titledTests(`test/${file}`, readFileSync(`test/${file}`, 'utf8')));
    expect(log.hazards.length).toBeGreaterThanOrEqual(35);
    expect(hazardProblems(log, { tests: found, exists: existsSync })).toEqual([]);
  });
});
