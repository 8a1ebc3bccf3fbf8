import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHazardLog } from '../../scripts/hazards/hazard-log.js';
import { knownIssueProblems, readKnownIssues } from '../../scripts/hazards/known-issues.js';

const log = readHazardLog(readFileSync('docs/safety/hazard-log.md', 'utf8'));

const fictional = `# Known issues (fictional)

## Engine

| id | issue | until then | hazard | severity | since | affected | state |
| --- | --- | --- | --- | --- | --- | --- | --- |
| K01 | a thing | do another | H03, H06 | Major × Low = 3 | 2026-11-25 | 0.1.0 | open |

## Closed

| id | issue | what holds it now | hazard | severity | since | affected | state |
| --- | --- | --- | --- | --- | --- | --- | --- |
| K02 | a fault | a test | H13 | Significant × Low = 2 | 2026-11-24 | 0.1.0 to 0.1.2 | closed 2026-11-25 |
`;

/** The problems of the fictional page with a piece of its text exchanged. */
const problems = (from = '', to = ''): readonly string[] => {
  expect(fictional).toContain(from);
  return knownIssueProblems(readKnownIssues(fictional.replace(from, () => to)), log);
};

describe('the check of the known issues [H34]', () => {
  it('finds nothing wrong where every row has all that it needs', () => {
    expect(problems()).toEqual([]);
  });

  it.each([
    ['| a thing |', '|  |', 'K01 (line 7): a cell is empty, or there are fewer than 8'],
    ['H03, H06', 'H03, H99', "K01 (line 7): 'H03, H99' names a hazard that is not in the log"],
    ['H03, H06', '', "K01 (line 7): '' names a hazard that is not in the log"],
    ['Low = 3', 'Low = 2', 'K01 (line 7): the severity is 2, the matrix says 3'],
    ['Major × Low = 3', 'bad', "K01 (line 7): the severity cannot be read: write it as 'Major × Medium = 3'"],
    ['Major × Low = 3', 'Minor × Low = 1', 'K01 (line 7): the severity is held fixed: its hazard is Major'],
    ['2026-11-25 |', '2026-11-31 |', "K01 (line 7): 'since' is a day, YYYY-MM-DD"],
    ['2026-11-25 |', 'today |', "K01 (line 7): 'since' is a day, YYYY-MM-DD"],
    ['0.1.0 |', 'all |', "K01 (line 7): 'affected' begins with a version of the package"],
    ['open |', 'mended |', "the state is 'open', or 'closed' with a day that is not before 'since'"],
    ['closed 2026-11-25', 'closed 2026-11-23', "K02 (line 13): the state is 'open', or 'closed' with a day"],
    ['open |', 'closed 2026-11-26 |', "K01 (line 7): what is closed stands under 'Closed', and nothing else"],
    ['closed 2026-11-25', 'open', "K02 (line 13): what is closed stands under 'Closed', and nothing else"],
    ['| K01 |', '| K03 |', 'K01 is missing: an id is given once, in order, and no row is removed'],
    ['| K02 |', '| K01 |', 'K02 is missing: an id is given once'],
    ['| K02 |', '| second |', "line 13: 'second' is no id, such as K01"],
  ])('reads %j as %j and says what is wrong', (from, to, said) => {
    expect(problems(from, to).join('\n')).toContain(said);
  });

  it('finds a page without an issue', () => {
    expect(knownIssueProblems([], log)).toEqual(['the page holds no issue']);
  });
});

describe('the known issues of this package [H34]', () => {
  const issues = readKnownIssues(readFileSync('docs/safety/known-issues.md', 'utf8'));

  it('have each an id, hazards of the log, a severity by its matrix, a day, versions and a state', () => {
    expect(knownIssueProblems(issues, log)).toEqual([]);
  });

  it('keep what was mended, with what holds it now', () => {
    const closed = issues.filter(({ state }) => state !== 'open');
    expect(closed.length).toBeGreaterThanOrEqual(12);
    expect(closed.filter(({ then }) => !/`[^`]+`/.test(then))).toEqual([]);
  });
});
