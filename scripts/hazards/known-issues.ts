import { cells, type HazardLog, ratingOf } from './hazard-log.js';
import { ratingProblems } from './traceability.js';

/** One row of `docs/safety/known-issues.md`, its cells as written. */
export interface KnownIssue {
  readonly line: number;
  /** The section that it stands in. */
  readonly section: string;
  readonly id: string;
  readonly issue: string;
  /** What to do until it is mended, which way it errs, or what holds it now. */
  readonly then: string;
  readonly hazard: string;
  readonly severity: string;
  readonly since: string;
  readonly affected: string;
  readonly state: string;
}

const COLUMNS = 8;
const CLOSED = 'Closed';

/** Reads the rows of every table of the page; a row with too few cells has empty ones. */
export const readKnownIssues = (markdown: string): readonly KnownIssue[] => {
  let section = '';
  return markdown.split(/\r?\n/).flatMap((text, at): readonly KnownIssue[] => {
    section = /^## (.+)$/.exec(text)?.[1] ?? section;
    if (!text.startsWith('|') || /^\| (?:id|---) \|/.test(text)) return [];
    const [
      id = '',
      issue = '',
      then = '',
      hazard = '',
      severity = '',
      since = '',
      affected = '',
      state = '',
    ] = cells(text);
    return [{ line: at + 1, section, id, issue, then, hazard, severity, since, affected, state }];
  });
};

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

const problemsOf = (issue: KnownIssue, log: HazardLog): readonly string[] => {
  const { section, severity, since, affected, state } = issue;
  const hazards = issue.hazard.split(', ').map((id) => log.hazards.find((one) => one.id === id));
  const rating = ratingOf(severity);
  const consequence = hazards[0]?.initial?.consequence;
  const [, closed] = /^closed (.+)$/.exec(state) ?? [];
  return [
    ...(issue.issue === '' || issue.then === ''
      ? [`a cell is empty, or there are fewer than ${COLUMNS}`]
      : []),
    ...(hazards.includes(undefined) ? [`'${issue.hazard}' names a hazard that is not in the log`] : []),
    ...ratingProblems(log, 'the severity', rating),
    ...(rating !== null && consequence !== undefined && rating.consequence !== consequence
      ? [`the severity is held fixed: its hazard is ${consequence}`]
      : []),
    ...(isDay(since) ? [] : ["'since' is a day, YYYY-MM-DD"]),
    ...(/^\d+\.\d+\.\d+\b/.test(affected) ? [] : ["'affected' begins with a version of the package"]),
    ...(state === 'open' || (closed !== undefined && isDay(closed) && closed >= since)
      ? []
      : ["the state is 'open', or 'closed' with a day that is not before 'since'"]),
    ...((section === CLOSED) === (state !== 'open')
      ? []
      : [`what is closed stands under '${CLOSED}', and nothing else`]),
  ];
};

/** What is wrong with the page, row by row: each has all of its cells, an id of its own and hazards of the log. */
export const knownIssueProblems = (issues: readonly KnownIssue[], log: HazardLog): readonly string[] => {
  const ids = issues.map(({ id }) => id);
  const expected = ids.map((_, at) => `K${String(at + 1).padStart(2, '0')}`);
  return [
    ...(issues.length === 0 ? ['the page holds no issue'] : []),
    ...expected
      .filter((id) => !ids.includes(id))
      .map((id) => `${id} is missing: an id is given once, in order, and no row is removed`),
    ...issues.flatMap((issue) => [
      ...(/^K\d{2,}$/.test(issue.id) ? [] : [`line ${issue.line}: '${issue.id}' is no id, such as K01`]),
      ...problemsOf(issue, log).map((problem) => `${issue.id} (line ${issue.line}): ${problem}`),
    ]),
  ];
};
