import { isLeft } from 'fp-ts/Either';
import type { DefinitionProblem } from '../definition/index.js';
import { readYaml } from '../definition/yaml-document.js';
import type { Path } from '../formula/model.js';
import type { Instrument } from '../instrument/index.js';
import { loadDirectory } from '../referral/definition/index.js';
import type { Pathway } from '../referral/index.js';
import { caseChecks, type PathwayCheck, scenarioChecks } from '../review/check-pathway-cases.js';
import { type BesidePathway, readPathwayTexts } from './prove-pathway.js';
import type { Text } from './prove-report.js';

/** One case or person that does not come out as expected, with the place where it is written. */
export interface Unmet {
  readonly line: number;
  readonly col: number;
  readonly name: string;
  readonly differences: readonly string[];
}

/** What stands beside a pathway, run. */
export interface Run {
  readonly file: string;
  readonly run: number;
  readonly failed: readonly Unmet[];
}

/** What a check of a pathway, or of a directory for one, found. */
export interface PathwayReport {
  readonly kind: 'pathway' | 'directory';
  readonly file: string;
  readonly status: 'sound' | 'problems';
  /** Of the pathway or the directory; `null` where it does not load. */
  readonly id: string | null;
  /** SHA-256 over the whole pathway; `null` for a directory. */
  readonly digest: string | null;
  readonly problems: readonly DefinitionProblem[];
  /** `null` where there is no such file. */
  readonly cases: Run | null;
  readonly scenarios: Run | null;
}

const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

/** Whether this is the text of a directory: areas with their services, and nothing that is scored. */
export const isDirectory = ({ file, text }: Text): boolean => {
  const keys = keysOf(readYaml(text, file).value);
  return keys.includes('areas') && !keys.includes('items') && !keys.includes('scores');
};

/** Runs what is written beside a pathway. `list`: the key under which its entries stand, in order. */
const runOf = (
  text: Text | null,
  list: 'cases' | 'scenarios',
  entries: number,
  checks: readonly PathwayCheck[],
  pathway: Pathway,
): Run | null => {
  if (text === null) return null;
  const { place } = readYaml(text.text, text.file);
  const failed = checks.flatMap(({ name, hold }, index): readonly Unmet[] => {
    const differences = hold(pathway).failures.map(
      ({ of, expected, found }) => `${of}: expected ${expected}, found ${found}`,
    );
    if (differences.length === 0) return [];
    // What is expected of the pathway as a whole stands outside the list.
    const where: Path = index < entries ? [list, index] : [];
    const { line, col } = place({ code: 'case', where, message: '' });
    return [{ line, col, name, differences }];
  });
  return { file: text.file, run: checks.length, failed };
};

/** Loads a pathway, lints it, and makes the plans of the cases and people beside it. Pure: the texts are handed in. */
export const checkPathwayTexts = (
  pathway: Text,
  beside: BesidePathway,
  catalogue: readonly Instrument[],
): PathwayReport => {
  const report = { kind: 'pathway', file: pathway.file, digest: null, cases: null, scenarios: null } as const;
  const read = readPathwayTexts(pathway, beside, catalogue);
  if (isLeft(read)) return { ...report, ...read.left, status: 'problems' };
  const { pathway: loaded, cases, scenarios } = read.right;
  const ran = {
    cases: cases && runOf(beside.cases, 'cases', cases.cases.length, caseChecks(catalogue, cases), loaded),
    scenarios:
      scenarios &&
      runOf(
        beside.scenarios,
        'scenarios',
        scenarios.scenarios.length,
        scenarioChecks(catalogue, scenarios),
        loaded,
      ),
  };
  const failed = [ran.cases, ran.scenarios].flatMap((run) => run?.failed ?? []);
  return {
    ...report,
    ...ran,
    id: loaded.id,
    digest: loaded.digest,
    problems: [],
    status: failed.length === 0 ? 'sound' : 'problems',
  };
};

/** Loads a directory and holds its services against those of a pathway. */
export const checkDirectoryText = ({ file, text }: Text, pathway: Pathway): PathwayReport => {
  const report = { kind: 'directory', file, digest: null, cases: null, scenarios: null } as const;
  const loaded = loadDirectory(text, file, pathway);
  return isLeft(loaded)
    ? { ...report, status: 'problems', id: null, problems: loaded.left }
    : { ...report, status: 'sound', id: loaded.right.id, problems: [] };
};
