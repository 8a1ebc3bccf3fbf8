import { dirname, join } from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { type DefinitionProblem, formatProblem, loadCases, loadDefinition } from '../definition/index.js';
import { readYaml } from '../definition/yaml-document.js';
import { prove, type Tried } from '../review/prove.js';
import { fileProblem, readSmallFile, readSmallFileIfThere } from './input-file.js';
import { type ExitStatus, failureLine, type Terminal, usage } from './outcome.js';
import { printable } from './text-layout.js';

/** One edit of a definition, with the place at which it was made. */
export interface PlacedEdit {
  readonly line: number;
  readonly col: number;
  /** `scores.total.range[1]` */
  readonly path: string;
  readonly kind: string;
  /** `27 → 26` */
  readonly change: string;
  /** Why the edited definition means the same; absent where nothing noticed the edit. */
  readonly proof?: string;
}

/** How well the cases beside a definition guard it. */
export interface ProveReport {
  readonly file: string;
  /**
   * `guarded`: every edit is noticed or proved to change nothing. `unguarded`: some are not. `refused`: the definition has no
   * rules. `problems`: the definition or its cases do not load, or a case does not hold.
   */
  readonly status: 'guarded' | 'unguarded' | 'refused' | 'problems';
  readonly id: string | null;
  readonly problems: readonly DefinitionProblem[];
  /** Names of the cases that do not hold of the definition as it stands. */
  readonly failing: readonly string[];
  /** `null` where there was nothing to edit. */
  readonly edits: {
    readonly tried: number;
    readonly byLoader: number;
    readonly byCase: number;
    readonly equivalent: readonly PlacedEdit[];
    readonly unnoticed: readonly PlacedEdit[];
  } | null;
}

interface Text {
  readonly file: string;
  readonly text: Uint8Array;
}

/** Makes every single slip in a definition and asks who notices. Pure: the texts are handed in. */
export const proveTexts = (definition: Text, cases: Text | null): ProveReport => {
  const { file } = definition;
  const nothing = { file, id: null, problems: [], failing: [], edits: null } as const;
  const loaded = loadDefinition(definition.text, file);
  if (isLeft(loaded)) return { ...nothing, status: 'problems', problems: loaded.left };
  const { id } = loaded.right.definition;
  if (loaded.right.status === 'refused') return { ...nothing, id, status: 'refused' };
  const read = cases === null ? null : loadCases(cases.text, cases.file, loaded.right);
  if (read !== null && isLeft(read)) return { ...nothing, id, status: 'problems', problems: read.left };
  const proof = prove(loaded.right, read?.right.cases ?? []);
  const { place } = readYaml(definition.text, file);
  const placed = ({ kind, where, change, notice }: Tried): PlacedEdit => {
    const { line, col, path } = place({ code: kind, where, message: change });
    return { line, col, path, kind, change, ...(notice.by === 'equivalence' ? { proof: notice.proof } : {}) };
  };
  const { failing, tried, byLoader, byCase } = proof;
  const unnoticed = proof.unnoticed.map(placed);
  return {
    ...nothing,
    id,
    status: failing.length > 0 ? 'problems' : unnoticed.length > 0 ? 'unguarded' : 'guarded',
    failing,
    edits: { tried, byLoader, byCase, equivalent: proof.equivalent.map(placed), unnoticed },
  };
};

/** The report as text: what nothing noticed, each at `file:line:col`, then the counts. `verbose` adds what means the same, with its proof. */
export const proveText = (report: ProveReport, verbose: boolean): string => {
  const { file, id, problems, failing, edits } = report;
  const at = ({ line, col, path, change }: PlacedEdit) => `${file}:${line}:${col}: ${path}: ${change}`;
  const lines = problems.map(formatProblem);
  if (problems.length > 0) lines.push(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
  if (report.status === 'refused')
    lines.push(`${file}: ${id} is refused and has no rules; there is nothing to guard`);
  lines.push(...failing.map((name) => `case '${name}' does not hold; \`caseness check\` says where`));
  if (edits !== null) {
    const { tried, byLoader, byCase, equivalent, unnoticed } = edits;
    lines.push(...unnoticed.map((edit) => `${at(edit)} [nothing notices]`));
    if (verbose) lines.push(...equivalent.map((edit) => `${at(edit)} [means the same: ${edit.proof}]`));
    lines.push(
      `${file}: ${tried} edits of ${id}: ${byLoader} refused by the loader, ${byCase} noticed by a case, ` +
        `${equivalent.length} mean the same, ${unnoticed.length} unnoticed`,
    );
  }
  return `${lines.map(printable).join('\n')}\n`;
};

/** Reads a definition with the `cases.yaml` beside it, if there is one. Rejects where the definition cannot be read. */
export const proveFile = async (file: string): Promise<ProveReport> => {
  const text = await readSmallFile(file);
  const beside = join(dirname(file), 'cases.yaml');
  const cases = await readSmallFileIfThere(beside);
  return proveTexts({ file, text }, cases === null ? null : { file: beside, text: cases });
};

/**
 * `caseness prove <definition.yaml>`: 0 every number is guarded (or the definition is refused), 1 something is not, 2 the file
 * cannot be read.
 */
export const runProve = async (
  file: string,
  { json = false, verbose = false }: { readonly json?: boolean; readonly verbose?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> => {
  let report: ProveReport;
  try {
    report = await proveFile(file);
  } catch (error) {
    terminal.errors.write(
      `caseness: ${failureLine(usage('unreadable', `${file}: ${fileProblem(error)}`))}\n`,
    );
    return 2;
  }
  terminal.output.write(json ? `${JSON.stringify(report, null, 2)}\n` : proveText(report, verbose));
  return report.status === 'guarded' || report.status === 'refused' ? 0 : 1;
};
