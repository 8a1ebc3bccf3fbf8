import { dirname, join } from 'node:path';
import { isLeft } from 'fp-ts/Either';
import {
  type Cases,
  type DefinitionProblem,
  digestsOf,
  formatProblem,
  type LoadedInstrument,
  loadCases,
  loadDefinition,
  toInstrument,
} from '../definition/index.js';
import { readYaml } from '../definition/yaml-document.js';
import type { Path } from '../formula/model.js';
import type { Pathway } from '../referral/index.js';
import { checkCase } from '../review/check-cases.js';
import { checkFacts } from '../review/facts.js';
import { checkDirectoryText, checkPathwayTexts, isDirectory, type PathwayReport } from './check-pathway.js';
import { definitionFileOf, insteadOfId } from './definition-file.js';
import { fileProblem, readSmallFile, readSmallFileIfThere } from './input-file.js';
import { nearest } from './nearest.js';
import { type ExitStatus, type Failure, failureLine, type Terminal, usage } from './outcome.js';
import type { LoadCatalogue } from './prove-command.js';
import { isPathway } from './prove-pathway.js';
import type { Text } from './prove-report.js';
import { printable } from './text-layout.js';

/** One case that does not hold, or the facts entered a second time that differ, with the place in `cases.yaml`. */
export interface CaseFailure {
  readonly line: number;
  readonly col: number;
  readonly name: string;
  readonly source: string;
  readonly differences: readonly string[];
}

/** What a check found. */
export interface CheckReport {
  readonly file: string;
  readonly status: 'sound' | 'problems';
  readonly id: string | null;
  readonly digest: { readonly scoring: string; readonly document: string } | null;
  readonly problems: readonly DefinitionProblem[];
  /** `null` where there is no `cases.yaml` beside the definition. */
  readonly cases: {
    readonly file: string;
    readonly run: number;
    readonly failed: readonly CaseFailure[];
    /** What no answer shows, entered a second time; `null` where nobody did. */
    readonly facts: { readonly status: 'agree' } | ({ readonly status: 'differ' } & CaseFailure) | null;
  } | null;
}

/** What does not hold of a definition, with the place where it is expected. */
const caseResults = (
  loaded: LoadedInstrument,
  { cases, facts }: Cases,
  { file, text }: Text,
): Pick<NonNullable<CheckReport['cases']>, 'failed' | 'facts'> => {
  const { place } = readYaml(text, file);
  const failure = (
    where: Path,
    { name, source }: { readonly name: string; readonly source: string },
    found: readonly { readonly of: string; readonly expected: string; readonly found: string }[],
  ): readonly CaseFailure[] => {
    if (found.length === 0) return [];
    const { line, col } = place({ code: 'case', where, message: '' });
    const differences = found.map(
      ({ of, expected, found: actual }) => `${of}: expected ${expected}, found ${actual}`,
    );
    return [{ line, col, name, source, differences }];
  };
  const instrument = toInstrument(loaded);
  const wrong =
    facts && failure(['facts'], { name: 'facts', ...facts }, checkFacts(loaded.definition, facts))[0];
  return {
    failed: cases.flatMap((one, index) => failure(['cases', index], one, checkCase(instrument, one))),
    facts:
      facts === undefined ? null : wrong === undefined ? { status: 'agree' } : { status: 'differ', ...wrong },
  };
};

/** Loads, lints and, where cases are given, runs them. Pure: the texts are handed in. */
export const checkTexts = (definition: Text, cases: Text | null): CheckReport => {
  const loaded = loadDefinition(definition.text, definition.file);
  if (isLeft(loaded)) {
    const report = {
      file: definition.file,
      status: 'problems',
      id: null,
      digest: null,
      cases: null,
    } as const;
    const read = cases === null ? null : loadCases(cases.text, cases.file);
    return { ...report, problems: [...loaded.left, ...(read !== null && isLeft(read) ? read.left : [])] };
  }
  const found = { file: definition.file, id: loaded.right.definition.id, digest: digestsOf(loaded.right) };
  if (cases === null || loaded.right.status === 'refused')
    return { ...found, status: 'sound', problems: [], cases: null };
  const read = loadCases(cases.text, cases.file, loaded.right);
  if (isLeft(read)) return { ...found, status: 'problems', problems: read.left, cases: null };
  const results = caseResults(loaded.right, read.right, cases);
  return {
    ...found,
    status: results.failed.length === 0 && results.facts?.status !== 'differ' ? 'sound' : 'problems',
    problems: [],
    cases: { file: cases.file, run: read.right.cases.length, ...results },
  };
};

/** The report as text: problems as `file:line:col`, then cases that do not hold. */
export const checkText = (report: CheckReport): string => {
  const lines = report.problems.map(formatProblem);
  const { cases } = report;
  const add = (what: string, { line, col, source, differences }: CaseFailure): void => {
    lines.push(`${cases?.file ?? ''}:${line}:${col}: ${what} (${source})`);
    lines.push(...differences.map((difference) => `  ${difference}`));
  };
  if (cases?.facts?.status === 'differ') add('the facts entered a second time', cases.facts);
  for (const failed of cases?.failed ?? []) add(`case '${failed.name}'`, failed);
  if (report.problems.length > 0) {
    lines.push(`${report.problems.length} ${report.problems.length === 1 ? 'problem' : 'problems'}`);
  } else {
    lines.push(
      `${report.file}: ${report.id ?? ''} is ${report.status === 'sound' ? 'sound' : 'well formed'}`,
    );
    if (report.digest !== null)
      lines.push(`  scoring ${report.digest.scoring}`, `  document ${report.digest.document}`);
    if (cases === null) lines.push('  no cases were run');
    else {
      lines.push(`  ${cases.run - cases.failed.length} of ${cases.run} cases hold`);
      if (cases.facts !== null)
        lines.push(
          `  the facts that no answer shows ${cases.facts.status === 'agree' ? 'agree with' : 'differ from'} their second entry`,
        );
    }
  }
  return `${lines.join('\n')}\n`;
};

/** The report of a pathway or a directory as text. */
export const pathwayCheckText = (report: PathwayReport): string => {
  const { kind, file, id, digest, problems, cases, scenarios } = report;
  const lines = problems.map(formatProblem);
  const ran = [
    [cases, 'cases'],
    [scenarios, 'people'],
  ] as const;
  for (const [run] of ran)
    for (const { line, col, name, differences } of run?.failed ?? [])
      lines.push(
        `${run?.file ?? ''}:${line}:${col}: case '${name}'`,
        ...differences.map((difference) => `  ${difference}`),
      );
  if (problems.length > 0) lines.push(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
  else {
    lines.push(`${file}: ${kind} ${id ?? ''} is ${report.status === 'sound' ? 'sound' : 'well formed'}`);
    if (digest !== null) lines.push(`  digest ${digest}`);
    for (const [run, what] of ran)
      if (run !== null)
        lines.push(`  ${run.run - run.failed.length} of ${run.run} ${what} come out as expected`);
    if (kind === 'pathway' && cases === null && scenarios === null) lines.push('  no cases were run');
  }
  return `${lines.map(printable).join('\n')}\n`;
};

/** What a check of a pathway or a directory looks up in the package. */
export interface CheckLibrary {
  readonly catalogue: LoadCatalogue;
  readonly pathwayIds: readonly string[];
  readonly pathway: (id: string) => Promise<Pathway>;
}

const textBeside = async (file: string, name: string): Promise<Text | null> => {
  const path = join(dirname(file), name);
  const found = await readSmallFileIfThere(path);
  return found === null ? null : { file: path, text: found };
};

/** Options of `caseness check`. */
export interface CheckOptions {
  readonly json?: boolean;
  /** For a directory: the pathway whose services it maps. */
  readonly pathway?: string;
}

/** The pathway that a directory belongs to where nothing else is said. */
const USUAL_PATHWAY = 'england-probation';

/**
 * `caseness check <definition.yaml|pathway.yaml|directory.yaml|id>`: 0 sound, 1 problems, 2 the file cannot be read or the
 * options are wrong.
 */
export const runCheck = async (
  word: string,
  { json = false, pathway }: CheckOptions,
  terminal: Terminal,
  library: CheckLibrary,
): Promise<ExitStatus> => {
  const fail = (failure: Failure): ExitStatus => {
    terminal.errors.write(`caseness: ${failureLine(failure)}\n`);
    return 2;
  };
  const print = (report: CheckReport | PathwayReport, text: string): ExitStatus => {
    terminal.output.write(json ? `${JSON.stringify(report, null, 2)}\n` : text);
    return report.status === 'sound' ? 0 : 1;
  };
  const file = await definitionFileOf(word);
  let reading = file;
  try {
    const text = { file, text: await readSmallFile(file) };
    const kind = isPathway(text) ? 'pathway' : isDirectory(text) ? 'directory' : 'definition';
    if (pathway !== undefined && kind !== 'directory')
      return fail(usage('bad-option', `--pathway belongs to a directory; ${file} is a ${kind}`));
    if (kind === 'directory') {
      const id = pathway ?? USUAL_PATHWAY;
      const { pathwayIds } = library;
      if (!pathwayIds.includes(id))
        return fail(
          usage('unknown-pathway', `--pathway is one of ${pathwayIds.join(', ')}`, nearest(id, pathwayIds)),
        );
      const report = checkDirectoryText(text, await library.pathway(id));
      return print(report, pathwayCheckText(report));
    }
    reading = join(dirname(file), 'cases.yaml');
    const cases = await textBeside(file, 'cases.yaml');
    if (kind === 'pathway') {
      reading = join(dirname(file), 'scenarios.yaml');
      const scenarios = await textBeside(file, 'scenarios.yaml');
      const report = checkPathwayTexts(text, { cases, scenarios }, await library.catalogue());
      return print(report, pathwayCheckText(report));
    }
    const report = checkTexts(text, cases);
    return print(report, checkText(report));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail(usage('unreadable', `${reading}: ${fileProblem(error)}${insteadOfId(reading)}`));
  }
};
