import { dirname, join } from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { formatProblem, loadCases, loadDefinition } from '../definition/index.js';
import { readYaml } from '../definition/yaml-document.js';
import type { Instrument } from '../instrument/index.js';
import { prove, type Tried } from '../review/prove.js';
import { definitionFileOf, insteadOfId } from './definition-file.js';
import { fileProblem, readSmallFile, readSmallFileIfThere } from './input-file.js';
import { type ExitStatus, failureLine, type Terminal, usage } from './outcome.js';
import { isPathway, provePathwayTexts } from './prove-pathway.js';
import type { PlacedEdit, ProveReport, Text } from './prove-report.js';
import { printable } from './text-layout.js';

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
  const proof = prove(loaded.right, read?.right.cases ?? [], read?.right.facts);
  const { place } = readYaml(definition.text, file);
  const placed = ({ kind, where, change, notice }: Tried): PlacedEdit => {
    const { line, col, path } = place({ code: kind, where, message: change });
    return { line, col, path, kind, change, ...(notice.by === 'equivalence' ? { proof: notice.proof } : {}) };
  };
  const { failing, tried, byLoader, byCase, byFact } = proof;
  const unnoticed = proof.unnoticed.map(placed);
  return {
    ...nothing,
    id,
    status: failing.length > 0 ? 'problems' : unnoticed.length > 0 ? 'unguarded' : 'guarded',
    failing,
    edits: { tried, byLoader, byCase, byFact, equivalent: proof.equivalent.map(placed), unnoticed },
  };
};

/** The report as text: what nothing noticed, each at `file:line:col`, then the counts. `verbose` adds what means the same, with its proof. */
export const proveText = (report: ProveReport, verbose: boolean): string => {
  const { file, id, problems, failing, differences, edits } = report;
  const at = ({ line, col, path, change }: PlacedEdit) => `${file}:${line}:${col}: ${path}: ${change}`;
  const lines = problems.map(formatProblem);
  if (problems.length > 0) lines.push(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
  if (report.status === 'refused')
    lines.push(`${file}: ${id} is refused and has no rules; there is nothing to guard`);
  lines.push(
    ...(differences?.map(({ case: name, says }) => `case '${name}' does not hold: ${says}`) ??
      failing.map((name) => `case '${name}' does not hold; \`caseness check\` says where`)),
  );
  if (edits !== null) {
    const { tried, byLoader, byCase, byFact, equivalent, unnoticed } = edits;
    lines.push(...unnoticed.map((edit) => `${at(edit)} [nothing notices]`));
    if (verbose) lines.push(...equivalent.map((edit) => `${at(edit)} [means the same: ${edit.proof}]`));
    lines.push(
      `${file}: ${tried} edits of ${id}: ${byLoader} refused by the loader, ${byCase} noticed by a case, ${byFact > 0 ? `${byFact} by a second entry, ` : ''}` +
        `${equivalent.length} mean the same, ${unnoticed.length} unnoticed`,
    );
  }
  return `${lines.map(printable).join('\n')}\n`;
};

/** Every instrument that a pathway may name; asked for only where a pathway is proved. */
export type LoadCatalogue = () => Promise<readonly Instrument[]>;

/**
 * Reads a definition with the `cases.yaml` beside it, or a pathway with its `cases.yaml` and `scenarios.yaml`, each where
 * there is one. Rejects where the definition or pathway cannot be read.
 */
export const proveFile = async (file: string, catalogue: LoadCatalogue): Promise<ProveReport> => {
  const text = await readSmallFile(file);
  const beside = async (name: string): Promise<Text | null> => {
    const path = join(dirname(file), name);
    const found = await readSmallFileIfThere(path);
    return found === null ? null : { file: path, text: found };
  };
  const cases = await beside('cases.yaml');
  if (!isPathway({ file, text })) return proveTexts({ file, text }, cases);
  const scenarios = await beside('scenarios.yaml');
  return provePathwayTexts({ file, text }, { cases, scenarios }, await catalogue());
};

/**
 * `caseness prove <definition.yaml|pathway.yaml|id>`: 0 every number is guarded (or the definition is refused), 1 something is not,
 * 2 the file cannot be read.
 */
export const runProve = async (
  word: string,
  { json = false, verbose = false }: { readonly json?: boolean; readonly verbose?: boolean },
  terminal: Terminal,
  catalogue: LoadCatalogue,
): Promise<ExitStatus> => {
  const file = await definitionFileOf(word);
  let report: ProveReport;
  try {
    report = await proveFile(file, catalogue);
  } catch (error) {
    terminal.errors.write(
      `caseness: ${failureLine(usage('unreadable', `${file}: ${fileProblem(error)}${insteadOfId(file)}`))}\n`,
    );
    return 2;
  }
  terminal.output.write(json ? `${JSON.stringify(report, null, 2)}\n` : proveText(report, verbose));
  return report.status === 'guarded' || report.status === 'refused' ? 0 : 1;
};
