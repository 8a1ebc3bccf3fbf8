import { type ReproductionReport, reproduceFile } from '../../../src/cli/reproduce-command.js';
import type { InstrumentSource } from '../../../src/review/published/load.js';
import { realLibrary } from '../../cli/real-instruments.js';
import { testFolder, testTerminal } from '../../cli/terminal.js';

const library = realLibrary();

/** The instruments of this repository. */
export const sources: InstrumentSource = {
  ids: library.instrumentIds,
  find: async (id) => (library.instrumentIds.includes(id) ? library.instrument(id) : null),
};

/** A study that nobody did: what the file says of it, in lines of YAML, and the rows of its table. */
export interface FictionalStudy {
  readonly instrument: string;
  readonly table: readonly string[];
  /** More of the entry `data`. */
  readonly data?: string;
  /** More lines of the file. */
  readonly says?: readonly string[];
  /** Lines of `figures`, each without its source. */
  readonly figures: readonly string[];
}

const yaml = ({ instrument, data = '', says = [], figures }: FictionalStudy): string =>
  [
    'id: study',
    'title: A study that nobody did (fictional)',
    `instrument: ${instrument}`,
    `data: { file: study.csv, about: fictional${data} }`,
    ...says,
    'figures:',
    ...figures.map((figure) => `  - { ${figure}, source: nobody }`),
    'sources: { nobody: { title: Nobody (fictional), confidence: recalled } }',
    '',
  ].join('\n');

/** What comes of a study. */
export const reportOf = async (study: FictionalStudy): Promise<ReproductionReport> => {
  const folder = testFolder();
  try {
    folder.write('study.csv', `${study.table.join('\n')}\n`);
    const file = folder.write('study.yaml', yaml(study));
    return await reproduceFile(file, folder.path('.'), sources, testTerminal());
  } finally {
    folder.remove();
  }
};

/** The report of a study whose table can be read. */
export const readOf = async (study: FictionalStudy) => {
  const report = await reportOf(study);
  if (report.status === 'problems' || report.status === 'no-data') throw new Error(JSON.stringify(report));
  return report;
};

/** What the table gives of each figure: its value, and of how many forms. */
export const valuesOf = async (study: FictionalStudy) =>
  (await readOf(study)).figures.map(({ value, n }) => [value, n] as const);

/** The failures of a study whose table cannot be read. */
export const failuresOf = async (study: FictionalStudy) => {
  const report = await reportOf(study);
  return report.status === 'no-data' ? report.failures : [];
};
