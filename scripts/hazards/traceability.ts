import type { Hazard, HazardLog, NamedTest, Rating } from './hazard-log.js';
import { hasWords, hazardsIn, shownTitle, type TitledTest, withoutHazards } from './titled-tests.js';

/** What the repository holds, as far as the log speaks of it. */
export interface Repository {
  readonly tests: readonly TitledTest[];
  readonly exists: (path: string) => boolean;
}

const TEXTS = ['Cause', 'Effect', 'Control', 'Adopter'];
const NO_TEST = 'Without a test';
const NOT_BUILT = 'Not built yet';

/** The tests that the log names, whatever hazards their titles carry by now. */
const named = ({ file, title }: NamedTest, tests: readonly TitledTest[]): readonly TitledTest[] =>
  tests.filter((test) => test.file === file && withoutHazards(test.title) === title);

/** The tests of a hazard: those whose title carries it, then those that the log names. */
const testsOf = (hazard: Hazard, tests: readonly TitledTest[]): readonly TitledTest[] => [
  ...new Set([
    ...tests.filter(({ title }) => hazardsIn(title).includes(hazard.id)),
    ...hazard.namedTests.flatMap((one) => named(one, tests)),
  ]),
];

/** What is wrong with a rating: it cannot be read, or the matrix says another. */
export const ratingProblems = (
  { matrix }: HazardLog,
  name: string,
  rating: Rating | null,
): readonly string[] => {
  if (rating === null) return [`${name} cannot be read: write it as 'Major × Medium = 3'`];
  const expected = matrix.get(rating.consequence)?.get(rating.likelihood);
  if (expected === undefined) return [`${name} names no row and column of the matrix`];
  return expected === rating.rating ? [] : [`${name} is ${rating.rating}, the matrix says ${expected}`];
};

const problemsOf = (log: HazardLog, hazard: Hazard, { tests, exists }: Repository): readonly string[] => {
  const { initial, residual, built, fields, namedTests, files } = hazard;
  const problems: string[] = [
    ...TEXTS.filter((name) => (fields.get(name) ?? '') === '').map((name) => `${name} is missing`),
    ...ratingProblems(log, 'Initial', initial),
    ...ratingProblems(log, 'Residual', residual),
    ...files.filter((file) => !exists(file)).map((file) => `the control names ${file}, which does not exist`),
    ...namedTests
      .filter((one) => named(one, tests).length === 0)
      .map(({ file, title }) => `${file} holds no test '${title}'`),
  ];
  if (initial !== null && residual !== null) {
    if (initial.consequence !== residual.consequence)
      problems.push('a control changes how likely harm is, not how bad: keep the consequence');
    if (residual.rating > initial.rating) problems.push('the residual rating is above the initial one');
  }
  if (built === null) problems.push("Built is missing: 'yes', 'partly' or 'no'");
  const lacks = (fields.get(NOT_BUILT) ?? '') !== '';
  if (built === 'yes' && lacks) problems.push(`'${NOT_BUILT}' is filled in beside a control that is built`);
  if ((built === 'partly' || built === 'no') && !lacks) problems.push(`'${NOT_BUILT}' is missing: say what`);
  if (built === 'no' && initial !== null && residual !== null && residual.rating < initial.rating)
    problems.push('a control that is not built lowers no rating');
  const reason = (fields.get(NO_TEST) ?? '') !== '';
  const own = testsOf(hazard, tests);
  problems.push(
    ...own
      .filter(({ title }) => !hasWords(title))
      .map(({ file, title }) => `${file}: '${title}' claims nothing by itself: give it words`),
  );
  const count = own.length;
  if (count === 0 && !reason) problems.push(`no test names it, and '${NO_TEST}' gives no reason`);
  if (count > 0 && reason) problems.push(`'${NO_TEST}' gives a reason, but there are tests`);
  return problems;
};

/** What is wrong between log and tests, at either end; empty where every thread holds. */
export const hazardProblems = (log: HazardLog, repository: Repository): readonly string[] => {
  const ids = log.hazards.map(({ id }) => id);
  const expected = ids.map((_, at) => `H${String(at + 1).padStart(2, '0')}`);
  const gap = ids.findIndex((id, at) => id !== expected[at]);
  return [
    ...(ids.length === 0 ? ['the log holds no hazard'] : []),
    ...(gap === -1
      ? []
      : [`${expected[gap]} should stand where ${ids[gap]} does: no hazard is ever removed`]),
    ...log.hazards.flatMap((hazard) =>
      problemsOf(log, hazard, repository).map((problem) => `${hazard.id} (line ${hazard.line}): ${problem}`),
    ),
    ...repository.tests.flatMap(({ file, title }) =>
      hazardsIn(title)
        .filter((id) => !ids.includes(id))
        .map((id) => `${file}: '${title}' names ${id}, which is not in the log`),
    ),
  ];
};

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const rated = (rating: Rating | null): string =>
  rating === null ? '' : `${rating.rating} (${rating.consequence}, ${rating.likelihood.toLowerCase()})`;

const section = (hazard: Hazard, tests: readonly TitledTest[]): readonly string[] => {
  const own = testsOf(hazard, tests);
  const reason = hazard.fields.get(NO_TEST);
  const missing = hazard.fields.get(NOT_BUILT);
  return [
    '',
    `## ${hazard.id} ${hazard.title}`,
    '',
    `Control in ${hazard.files.length === 0 ? 'no file' : hazard.files.map((file) => `\`${file}\``).join(', ')}; built: ${hazard.built ?? ''}.`,
    ...(missing === undefined ? [] : ['', `Not built yet: ${missing}`]),
    '',
    ...(own.length === 0
      ? [`No test: ${reason ?? ''}`]
      : own.map(
          ({ file, title, kind }) =>
            `- \`${file}\`: ${shownTitle(title)}${kind === 'group' ? ' (all tests of the group)' : ''}`,
        )),
  ];
};

/** The page `docs/safety/traceability.md`. */
export const traceabilityPage = (log: HazardLog, { tests }: Repository): string => {
  const { hazards } = log;
  const count = (built: Hazard['built']): number => hazards.filter((hazard) => hazard.built === built).length;
  const tested = hazards.filter((hazard) => testsOf(hazard, tests).length > 0).length;
  return [
    '# From hazard to control to test',
    '',
    '<!-- Made by `npm run hazards` from docs/safety/hazard-log.md and the titles of the tests; not edited by hand. -->',
    '',
    `${hazards.length} hazards: ${count('yes')} with the control built, ${count('partly')} with a part of it, ${count('no')} with none yet. ${tested} have a test; the others say why not.`,
    '',
    'A test belongs to a hazard where its title carries the id, or where the log names it. A group counts once.',
    '',
    row(['hazard', 'what', 'initial', 'residual', 'built', 'tests']),
    row(['---', '---', '---', '---', '---', '---']),
    ...hazards.map((hazard) =>
      row([
        hazard.id,
        hazard.title,
        rated(hazard.initial),
        rated(hazard.residual),
        hazard.built ?? '',
        String(testsOf(hazard, tests).length),
      ]),
    ),
    ...hazards.flatMap((hazard) => section(hazard, tests)),
    '',
  ].join('\n');
};
