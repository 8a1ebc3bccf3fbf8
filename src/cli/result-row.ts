import type { FlagResult, Instrument, Result } from '../instrument/index.js';
import type { TableColumns } from './table-columns.js';

/** Columns carried through that would take the name of one of ours are written with this before them. */
const INPUT = 'input.';

type Cells = readonly string[];

const number = (value: number | undefined): string => (value === undefined ? '' : String(value));
const list = (values: readonly string[]): string => values.join('|');

/** Which columns a table of results has: fixed by the instrument and the options, never by the rows. */
export interface ResultTable {
  readonly header: Cells;
  readonly cells: (row: number, kept: Cells, result: Result) => Cells;
}

/**
 * One line for each form. A verdict stands beside the critical flags that are open (`flagOpen`), because a form with one
 * open must not look finished; a value stands only where the form gives one, else its lowest and highest.
 * `basis` columns are written where a missing rule was asked for: without one every verdict is proved.
 */
export const resultTable = (
  instrument: Instrument,
  columns: Pick<TableColumns, 'keep'>,
  missingRule: string | null,
): ResultTable => {
  const { program } = instrument;
  const estimated = missingRule !== null;
  const ours = [
    ...program.scores.flatMap(({ id }) => [id, `${id}.status`, `${id}.lowest`, `${id}.highest`, `${id}.of`]),
    ...program.quantities.flatMap(({ id }) => [id, `${id}.status`, `${id}.lowest`, `${id}.highest`]),
    'flagOpen',
    ...program.flags.map(({ id }) => `flag.${id}`),
    ...program.bands.flatMap(({ id }) => [
      `band.${id}`,
      `band.${id}.status`,
      `band.${id}.possible`,
      ...(estimated ? [`band.${id}.basis`] : []),
    ]),
    ...program.cutOffs.flatMap(({ id }) => [`cutOff.${id}`, ...(estimated ? [`cutOff.${id}.basis`] : [])]),
    'inconsistent',
    'ask',
    'notices',
    'on',
    'instrument',
    'version',
    'edition',
    'digest',
    'documentDigest',
    'engine',
    'missingRule',
  ];
  const taken = new Set(['row', ...ours]);
  const kept = columns.keep.map(({ column }) => (taken.has(column) ? `${INPUT}${column}` : column));
  return {
    header: ['row', ...kept, ...ours],
    cells: (row, keptCells, result) => [
      String(row),
      ...keptCells,
      ...program.scores.flatMap(({ id }) => scoreCells(result.scores[id])),
      ...program.quantities.flatMap(({ id }) => quantityCells(result.quantities[id])),
      list(openCritical(result.flags)),
      ...program.flags.map(({ id }) => result.flags[id]?.status ?? ''),
      ...program.bands.flatMap(({ id }) => bandCells(result.bands[id], estimated)),
      ...program.cutOffs.flatMap(({ id }) => cutOffCells(result.cutOffs[id], estimated)),
      list(result.inconsistent.flatMap(({ items }) => items)),
      list([...result.ask.first, ...result.ask.now, ...result.ask.later, ...result.ask.context]),
      // What guidance forbids is the same for every row: it is said once, at the end of the run.
      list([...new Set(result.notices.map(({ code }) => code).filter((code) => code !== 'restriction'))]),
      result.on ?? '',
      result.provenance.instrument,
      result.provenance.version,
      result.provenance.edition ?? '',
      result.provenance.digest.scoring,
      result.provenance.digest.document,
      result.provenance.engine,
      result.provenance.missingRule ?? '',
    ],
  };
};

/** Critical flags that are still open, by id. */
export const openCritical = (flags: Readonly<Record<string, FlagResult>>): readonly string[] =>
  Object.entries(flags).flatMap(([id, flag]) => (flag.status === 'open' && flag.critical ? [id] : []));

/** Flags in this state, by id. */
export const flagsIn = (
  flags: Readonly<Record<string, FlagResult>>,
  status: FlagResult['status'],
): readonly string[] => Object.entries(flags).flatMap(([id, flag]) => (flag.status === status ? [id] : []));

const scoreCells = (score: Result['scores'][string] | undefined): Cells => {
  switch (score?.status) {
    case 'complete':
      return [number(score.value), 'complete', number(score.value), number(score.value), number(score.of)];
    case 'prorated':
      return [
        number(score.value),
        'prorated',
        number(score.bounds.lowest),
        number(score.bounds.highest),
        number(score.of),
      ];
    case 'incomplete':
      return ['', 'incomplete', number(score.bounds.lowest), number(score.bounds.highest), number(score.of)];
    default:
      return ['', 'not-applicable', '', '', ''];
  }
};

const quantityCells = (quantity: Result['quantities'][string] | undefined): Cells => {
  switch (quantity?.status) {
    case 'complete':
      return [number(quantity.value), 'complete', number(quantity.value), number(quantity.value)];
    case 'incomplete':
      return ['', 'incomplete', number(quantity.bounds.lowest), number(quantity.bounds.highest)];
    default:
      return ['', 'not-applicable', '', ''];
  }
};

const bandCells = (band: Result['bands'][string] | undefined, estimated: boolean): Cells => {
  switch (band?.status) {
    case 'decided':
      return [band.level, 'decided', band.level, ...(estimated ? [band.basis] : [])];
    case 'undecided':
      return ['', 'undecided', list(band.possible), ...(estimated ? [''] : [])];
    default:
      return ['', 'not-applicable', '', ...(estimated ? [''] : [])];
  }
};

const cutOffCells = (cutOff: Result['cutOffs'][string] | undefined, estimated: boolean): Cells => {
  const status = cutOff?.status ?? 'not-applicable';
  const basis = cutOff !== undefined && 'basis' in cutOff ? cutOff.basis : '';
  return [status, ...(estimated ? [basis] : [])];
};
