/**
 * `npm run hazards` writes docs/safety/traceability.md from the hazard log and the titles of the tests; with `--check` it only
 * says whether the page is up to date. Exit status 1 where a hazard has neither a test nor a reason, a test names a hazard that
 * is not in the log, the log contradicts its matrix or names what does not exist, or the page is not what it should be; and where a
 * row of docs/safety/known-issues.md lacks a cell or names no hazard.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readHazardLog } from './hazards/hazard-log.js';
import { knownIssueProblems, readKnownIssues } from './hazards/known-issues.js';
import { titledTests } from './hazards/titled-tests.js';
import { hazardProblems, traceabilityPage } from './hazards/traceability.js';

const logFile = 'docs/safety/hazard-log.md';
const issuesFile = 'docs/safety/known-issues.md';
const pageFile = 'docs/safety/traceability.md';

const log = readHazardLog(readFileSync(logFile, 'utf8'));
const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .sort()
  .flatMap((file) => titledTests(file, readFileSync(file, 'utf8')));
const repository = { tests, exists: existsSync };
const issues = readKnownIssues(readFileSync(issuesFile, 'utf8'));
const problems = [
  ...hazardProblems(log, repository).map((problem) => `${logFile}: ${problem}`),
  ...knownIssueProblems(issues, log).map((problem) => `${issuesFile}: ${problem}`),
];
const page = traceabilityPage(log, repository);
const before = existsSync(pageFile) ? readFileSync(pageFile, 'utf8') : '';

if (process.argv[2] === '--check') {
  if (page !== before) problems.push(`${pageFile} is not up to date: run 'npm run hazards'`);
} else if (page !== before) writeFileSync(pageFile, page);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${log.hazards.length} hazards, each with a test or a reason; ${pageFile} is up to date`);
