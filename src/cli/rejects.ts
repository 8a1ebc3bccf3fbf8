import type { FlagResult, Instrument } from '../instrument/index.js';
import { flagsIn } from './result-row.js';
import type { TableColumns } from './table-columns.js';

/** One thing wrong in one row; never the cell's text. */
export interface RowProblem {
  readonly code: string;
  /** The header of the column; empty where the whole row is meant. */
  readonly column: string;
  readonly item: string;
  readonly message: string;
}

/** A row that was not scored, with every flag that its valid answers raise or leave open. */
export interface Reject {
  readonly row: number;
  readonly kept: readonly string[];
  readonly problems: readonly RowProblem[];
  readonly flags: Readonly<Record<string, FlagResult>>;
}

/** Every flag open: nothing in the row can be trusted to stand in its own column. */
export const allFlagsOpen = (instrument: Instrument): Readonly<Record<string, FlagResult>> =>
  Object.fromEntries(
    instrument.program.flags.map((flag) => [
      flag.id,
      {
        status: 'open',
        critical: flag.critical === true,
        items: flag.verdict.reads.flatMap((at) =>
          at < instrument.program.items ? (instrument.program.variables[at]?.id ?? []) : [],
        ),
        reasons: ['invalid'],
      } as const,
    ]),
  );

export const rejectHeader = (
  instrument: Instrument,
  columns: Pick<TableColumns, 'keep'>,
): readonly string[] => [
  'row',
  ...columns.keep.map(({ column }) => (column === 'row' ? 'input.row' : column)),
  'flagsRaised',
  'flagsOpen',
  ...instrument.program.flags.map(({ id }) => `flag.${id}`),
  'columns',
  'problems',
];

export const rejectCells = (instrument: Instrument, reject: Reject): readonly string[] => [
  String(reject.row),
  ...reject.kept,
  flagsIn(reject.flags, 'raised').join('|'),
  flagsIn(reject.flags, 'open').join('|'),
  ...instrument.program.flags.map(({ id }) => reject.flags[id]?.status ?? ''),
  reject.problems.map(({ column }) => column).join('|'),
  reject.problems.map(({ message }) => message).join(' | '),
];

/** `row 17, column q4: …`, and what the row's flags say. */
export const rejectLines = (reject: Reject): readonly string[] => {
  const raised = flagsIn(reject.flags, 'raised');
  const open = flagsIn(reject.flags, 'open');
  const flags = [
    ...(raised.length > 0 ? [`raised: ${raised.join(', ')}`] : []),
    ...(open.length > 0 ? [`open: ${open.join(', ')}`] : []),
  ].join('; ');
  return [
    ...reject.problems.map(
      ({ column, message }) => `row ${reject.row}${column === '' ? '' : `, column ${column}`}: ${message}`,
    ),
    ...(flags === '' ? [] : [`row ${reject.row}: flags ${flags}`]),
  ];
};
