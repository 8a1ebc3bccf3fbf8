import { dirname, join } from 'node:path';
import { isLeft } from 'fp-ts/Either';
import {
  type DefinitionProblem,
  digestsOf,
  formatProblem,
  loadCases,
  loadDefinition,
  toInstrument,
} from '../definition/index.js';
import { checkCase } from '../review/check-cases.js';
import { definitionFileOf, insteadOfId } from './definition-file.js';
import { fileProblem, readSmallFile, readSmallFileIfThere } from './input-file.js';
import { type ExitStatus, type Failure, failureLine, type Terminal, usage } from './outcome.js';
import { isPathway } from './prove-pathway.js';

/** One case that does not hold. */
export interface CaseFailure {
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
  } | null;
}

/** Loads, lints and, where cases are given, runs them. Pure: the texts are handed in. */
export const checkTexts = (
  definition: { readonly file: string; readonly text: Uint8Array },
  cases: { readonly file: string; readonly text: Uint8Array } | null,
): CheckReport => {
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
  const instrument = toInstrument(loaded.right);
  const failed = read.right.cases.flatMap((one): readonly CaseFailure[] => {
    const differences = checkCase(instrument, one).map(
      ({ of, expected, found: actual }) => `${of}: expected ${expected}, found ${actual}`,
    );
    return differences.length === 0 ? [] : [{ name: one.name, source: one.source, differences }];
  });
  return {
    ...found,
    status: failed.length === 0 ? 'sound' : 'problems',
    problems: [],
    cases: { file: cases.file, run: read.right.cases.length, failed },
  };
};

/** The report as text: problems as `file:line:col`, then cases that do not hold. */
export const checkText = (report: CheckReport): string => {
  const lines = report.problems.map(formatProblem);
  for (const failed of report.cases?.failed ?? []) {
    lines.push(`${report.cases?.file ?? ''}: case '${failed.name}' (${failed.source})`);
    lines.push(...failed.differences.map((difference) => `  ${difference}`));
  }
  if (report.problems.length > 0) {
    lines.push(`${report.problems.length} ${report.problems.length === 1 ? 'problem' : 'problems'}`);
  } else {
    lines.push(
      `${report.file}: ${report.id ?? ''} is ${report.status === 'sound' ? 'sound' : 'well formed'}`,
    );
    if (report.digest !== null)
      lines.push(`  scoring ${report.digest.scoring}`, `  document ${report.digest.document}`);
    lines.push(
      report.cases === null
        ? '  no cases were run'
        : `  ${report.cases.run - report.cases.failed.length} of ${report.cases.run} cases hold`,
    );
  }
  return `${lines.join('\n')}\n`;
};

/** `caseness check <definition.yaml>`: 0 sound, 1 problems, 2 the file cannot be read. */
export const runCheck = async (word: string, json: boolean, terminal: Terminal): Promise<ExitStatus> => {
  const file = await definitionFileOf(word);
  const beside = join(dirname(file), 'cases.yaml');
  let reading = file;
  let text: Uint8Array;
  let found: Uint8Array | null;
  try {
    text = await readSmallFile(file);
    reading = beside;
    found = await readSmallFileIfThere(beside);
  } catch (error) {
    const failure: Failure = usage('unreadable', `${reading}: ${fileProblem(error)}${insteadOfId(reading)}`);
    terminal.errors.write(`caseness: ${failureLine(failure)}\n`);
    return 2;
  }
  if (isPathway({ file, text })) {
    const failure = usage(
      'a-pathway',
      `${file}: this is a pathway; 'caseness prove' loads it and runs its cases`,
    );
    terminal.errors.write(`caseness: ${failureLine(failure)}\n`);
    return 2;
  }
  const cases = found === null ? null : { file: beside, text: found };
  const report = checkTexts({ file, text }, cases);
  terminal.output.write(json ? `${JSON.stringify(report, null, 2)}\n` : checkText(report));
  return report.status === 'sound' ? 0 : 1;
};
