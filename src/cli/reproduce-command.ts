import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Either, isLeft, left, right } from 'fp-ts/Either';
import { type DefinitionProblem, formatProblem } from '../definition/index.js';
import { ENGINE } from '../instrument/index.js';
import {
  type InstrumentSource,
  type LoadedPublishedResult,
  loadPublishedResult,
} from '../review/published/load.js';
import type { ComparedFigure } from '../review/published/tally.js';
import { fileProblem, readSmallFile } from './input-file.js';
import {
  dataError,
  type ExitStatus,
  type Failure,
  failureLine,
  statusOf,
  type Terminal,
  usage,
} from './outcome.js';
import { type Reproduction, reproduce } from './published-table.js';
import { openTable } from './table-source.js';
import { printable, tableLines } from './text-layout.js';

/** A published result beside what its data give. Plain JSON. */
export type ReproductionReport =
  /** The file of the published result cannot be used. */
  | { readonly status: 'problems'; readonly file: string; readonly problems: readonly DefinitionProblem[] }
  /** The data cannot be read as the file says. */
  | { readonly status: 'no-data'; readonly file: string; readonly failures: readonly Failure[] }
  | ({
      /** `reproduced`: every figure agrees to its last printed digit, and no row was rejected that the file does not speak of. */
      readonly status: 'reproduced' | 'differs';
      readonly file: string;
      readonly id: string;
      readonly title: string;
      readonly engine: string;
      readonly instrument: {
        readonly id: string;
        readonly version: string;
        readonly digest: { readonly scoring: string; readonly document: string };
      };
      /** Rows that the file says cannot be scored. */
      readonly rejectedAsSaid: number;
    } & Reproduction);

const tableOf = async (data: string, inside: string): Promise<Either<Failure, string>> => {
  try {
    return right((await stat(data)).isDirectory() ? join(data, ...inside.split('/')) : data);
  } catch (error) {
    return left(usage('unreadable', `--data ${data}: ${fileProblem(error)}`));
  }
};

const reproduceFrom = async (
  loaded: LoadedPublishedResult,
  file: string,
  data: string,
  terminal: Terminal,
): Promise<ReproductionReport> => {
  const { published, instrument } = loaded;
  const noData = (failures: readonly Failure[]): ReproductionReport => ({
    status: 'no-data',
    file,
    failures,
  });
  const table = await tableOf(data, published.data.file);
  if (isLeft(table)) return noData([table.left]);
  const source = await openTable(table.right, terminal.input);
  if (isLeft(source))
    return noData([{ ...source.left, message: `${source.left.message}. The data: ${published.data.about}` }]);
  try {
    // A name without its folders: a report that is kept or compared must not depend on where the data stood.
    const found = await reproduce(loaded, { path: source.right.path, name: basename(table.right) });
    if (isLeft(found)) return noData(found.left);
    const { rows, figures } = found.right;
    const rejectedAsSaid = published['rejected-rows'] ?? 0;
    const isSame = rows.rejected === rejectedAsSaid && figures.every(({ agrees }) => agrees);
    const { id, version, digest } = instrument;
    return {
      status: isSame ? 'reproduced' : 'differs',
      file,
      id: published.id,
      title: published.title,
      engine: ENGINE,
      instrument: { id, version, digest },
      rejectedAsSaid,
      ...found.right,
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return noData([dataError('io', basename(table.right), fileProblem(error))]);
    throw error;
  } finally {
    await source.right.release();
  }
};

/** Reads a published result and what its data give. Rejects where the file itself cannot be read. */
export const reproduceFile = async (
  file: string,
  data: string,
  instruments: InstrumentSource,
  terminal: Terminal,
): Promise<ReproductionReport> => {
  const loaded = await loadPublishedResult(await readSmallFile(file), file, instruments);
  return isLeft(loaded)
    ? { status: 'problems', file, problems: loaded.left }
    : reproduceFrom(loaded.right, file, data, terminal);
};

const figureCells = ({
  statistic,
  of,
  group,
  weighting,
  expected,
  got,
  n,
  agrees,
}: ComparedFigure): readonly string[] => [
  `${weighting === 'weighted' ? 'weighted ' : ''}${statistic}`,
  of,
  group,
  String(n),
  expected,
  got ?? 'none',
  agrees ? '' : 'DIFFERS',
];

/** The report as text: one line for each figure, then how many agree. */
export const reproductionText = (report: ReproductionReport): string => {
  if (report.status === 'problems')
    return `${[...report.problems.map(formatProblem), `${report.problems.length} ${report.problems.length === 1 ? 'problem' : 'problems'}`].map(printable).join('\n')}\n`;
  if (report.status === 'no-data') return '';
  const { title, instrument, rows, figures, rejectedAsSaid, rejects } = report;
  const same = figures.filter(({ agrees }) => agrees).length;
  const lines = [
    title,
    `${instrument.id} ${instrument.version}, ${rows.scored} of ${rows.read} rows scored, ${rows.leftOut} left out, ${rows.rejected} rejected`,
    '',
    ...tableLines(
      [['statistic', 'of', 'group', 'n', 'printed', 'found', ''], ...figures.map(figureCells)],
      2,
    ),
    '',
    ...(rows.rejected === rejectedAsSaid
      ? []
      : [
          `${rows.rejected} rows were rejected where the file speaks of ${rejectedAsSaid}:`,
          ...rejects.map((line) => `  ${line}`),
        ]),
    `${same} of ${figures.length} figures come out to the last printed digit`,
  ];
  return `${lines.map((line) => printable(line).trimEnd()).join('\n')}\n`;
};

/**
 * `caseness reproduce <file.yaml> --data <folder or table>`: 0 every figure agrees, 1 one differs or the data or the file have
 * errors, 2 wrong usage.
 */
export const runReproduce = async (
  file: string,
  { data, json = false }: { readonly data: string; readonly json?: boolean },
  instruments: InstrumentSource,
  terminal: Terminal,
): Promise<ExitStatus> => {
  let report: ReproductionReport;
  try {
    report = await reproduceFile(file, data, instruments, terminal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    terminal.errors.write(
      `caseness: ${failureLine(usage('unreadable', `${file}: ${fileProblem(error)}`))}\n`,
    );
    return 2;
  }
  terminal.output.write(json ? `${JSON.stringify(report, null, 2)}\n` : reproductionText(report));
  if (report.status === 'no-data') {
    for (const failure of report.failures) terminal.errors.write(`caseness: ${failureLine(failure)}\n`);
    return statusOf(report.failures);
  }
  return report.status === 'reproduced' ? 0 : 1;
};
