import type { Accumulator, BandProgram, Instrument, Result, Variable } from '../../instrument/index.js';
import { groupsOf, type LoadedPublishedResult } from './load.js';
import { addValue, type Moments, noMoments, varianceOf } from './moments.js';
import type { FigureOf, PublishedFigure, PublishedResult } from './schema.js';

/** One form of the data, scored. */
export interface CountedForm {
  readonly result: Result;
  /** Answers by item, as they were scored. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Items that were answered, or that a rule of the instrument skipped. Asked for only where a figure needs it. */
  readonly settled: () => ReadonlySet<string>;
  /** 1 where the result names no weight. */
  readonly weight: number;
  readonly groups: readonly string[];
}

/** One printed figure beside what the data give. */
export interface ComparedFigure {
  readonly statistic: PublishedFigure['statistic'];
  /** `total 0 to 4`, `uk: lower-risk`, `depression-10 met` … */
  readonly of: string;
  readonly group: string;
  readonly weighting: 'weighted' | 'unweighted';
  /** As printed. */
  readonly expected: string;
  /** Rounded to the decimals of the printed figure; `null` where no form counts. */
  readonly got: string | null;
  /** Unrounded. */
  readonly value: number | null;
  /** Digits after the point of the printed figure. */
  readonly decimals: number;
  /** Forms that count for it. */
  readonly n: number;
  readonly agrees: boolean;
  readonly source: string;
}

/** How one form stands to a figure: not counted, or counted with a value (1 or 0 where it has a property or not). */
type Standing = number | null;

const within = (value: number, from: number | undefined, to: number | undefined): boolean =>
  (from === undefined || value >= from) && (to === undefined || value <= to);

/** Items that a missing rule filled in: they are settled too where the published rule was that one. */
const imputedIn = ({ scores }: Result): ReadonlySet<string> =>
  new Set(Object.values(scores).flatMap((score) => (score.status === 'prorated' ? score.imputed : [])));

/** Whether all that an entry reads was answered, skipped by rule, or filled in by the missing rule. */
const isSettled = (instrument: Instrument, reads: readonly number[], form: CountedForm): boolean => {
  const { program } = instrument;
  const imputed = imputedIn(form.result);
  const settled = form.settled();
  return reads
    .filter((at) => at < program.items)
    .every((at) => {
      const id = program.variables[at]?.id ?? '';
      return settled.has(id) || imputed.has(id);
    });
};

const scoreStanding = (
  of: Extract<FigureOf, { score: string }>,
  forms: 'complete' | 'decided',
  { result }: CountedForm,
): Standing => {
  const score = result.scores[of.score];
  const isPart = of.from !== undefined || of.to !== undefined;
  switch (score?.status) {
    case 'complete':
    case 'prorated':
      return isPart ? Number(within(score.value, of.from, of.to)) : score.value;
    case 'incomplete': {
      if (!isPart || forms === 'complete') return null;
      const { lowest, highest } = score.bounds;
      if (within(lowest, of.from, of.to) && within(highest, of.from, of.to)) return 1;
      const isOutside =
        (of.from !== undefined && highest < of.from) || (of.to !== undefined && lowest > of.to);
      return isOutside ? 0 : null;
    }
    default:
      return null;
  }
};

const readsOfBand = ({ program }: Instrument, band: BandProgram | undefined): readonly number[] =>
  band?.of === undefined
    ? (band?.levels ?? []).flatMap(({ verdict }) => verdict?.reads ?? [])
    : (program.scores[band.of]?.reads ?? []);

/** Where the form stands to what a figure counts or measures. */
const standingOf = (
  instrument: Instrument,
  of: FigureOf,
  forms: 'complete' | 'decided',
  form: CountedForm,
): Standing => {
  if ('score' in of) return scoreStanding(of, forms, form);
  const { program } = instrument;
  const { result } = form;
  const certain = (reads: readonly number[] | undefined, holds: boolean): Standing =>
    forms === 'decided' || isSettled(instrument, reads ?? [], form) ? Number(holds) : null;
  if ('band' in of) {
    const band = result.bands[of.band];
    const levels = typeof of.level === 'string' ? [of.level] : of.level;
    const reads = readsOfBand(
      instrument,
      program.bands.find(({ id }) => id === of.band),
    );
    if (band?.status === 'decided') return certain(reads, levels.includes(band.level));
    if (band?.status !== 'undecided' || forms === 'complete') return null;
    const inside = band.possible.filter((level) => levels.includes(level)).length;
    return inside === 0 ? 0 : inside === band.possible.length ? 1 : null;
  }
  if ('flag' in of) {
    const status = result.flags[of.flag]?.status;
    const reads = program.flags.find(({ id }) => id === of.flag)?.verdict.reads;
    return status === 'raised' || status === 'not-raised' ? certain(reads, status === 'raised') : null;
  }
  const id = of['cut-off'];
  const status = result.cutOffs[id]?.status;
  const reads = program.cutOffs.find((cutOff) => cutOff.id === id)?.verdict.reads;
  return status === 'met' || status === 'not-met' ? certain(reads, status === 'met') : null;
};

/** What the data give of one figure in one group. */
interface Cell {
  readonly moments: Moments;
  /** For alpha: each item of the sum by itself. */
  readonly parts: readonly Moments[];
}

/** Everything that is counted while the rows of the data go by. */
export interface Tally {
  readonly loaded: LoadedPublishedResult;
  /** By figure, then by group. */
  readonly cells: readonly ReadonlyMap<string, Cell>[];
}

const summed = ({ program }: Instrument, of: FigureOf): Accumulator | null => {
  const value = 'score' in of ? program.scores.find(({ id }) => id === of.score)?.value : undefined;
  return value?.op === 'accumulator' ? (program.accumulators[value.at] ?? null) : null;
};

export const newTally = (loaded: LoadedPublishedResult): Tally => ({
  loaded,
  cells: loaded.published.figures.map(({ statistic, of, is }) => {
    const terms = statistic === 'alpha' ? (summed(loaded.instrument, of)?.terms ?? []) : [];
    return new Map(
      Object.keys(is).map((group) => [group, { moments: noMoments(), parts: terms.map(noMoments) }]),
    );
  }),
});

/** Points of an answer by a term of a sum, in the units of that sum; `null` where there is no answer. */
const pointsOf = (item: Variable, points: readonly number[] | number, answer: unknown): number | null => {
  if (typeof answer !== 'string' && typeof answer !== 'number') return null;
  if (typeof points === 'number')
    return item.kind === 'number' ? points * Math.round(Number(answer) * 10 ** item.places) : null;
  return item.kind === 'choice' ? (points[item.codes.indexOf(String(answer))] ?? null) : null;
};

const addAlpha = (instrument: Instrument, of: FigureOf, cell: Cell, form: CountedForm): void => {
  const { program } = instrument;
  const points = (summed(instrument, of)?.terms ?? []).map(([at, by]) => {
    const item = program.variables[at];
    return item === undefined ? null : pointsOf(item, by, form.answers[item.id]);
  });
  // Only forms in which each item was answered: the variances of items and sum must be of the same people.
  if (points.some((value) => value === null)) return;
  points.forEach((value, at) => {
    const part = cell.parts[at];
    if (part !== undefined) addValue(part, value ?? 0, 1);
  });
  addValue(
    cell.moments,
    points.reduce<number>((sum, value) => sum + (value ?? 0), 0),
    1,
  );
};

/** Whether a figure is weighted: said, or percent, mean and sd where the result names a weight. */
const isWeighted = ({ statistic, weighted }: PublishedFigure, { weight }: PublishedResult): boolean =>
  weight !== undefined &&
  (weighted ?? (statistic === 'percent' || statistic === 'mean' || statistic === 'sd'));

/** Takes up one form. Mutates the tally: it runs for each row of files of any size. */
export const addForm = ({ loaded, cells }: Tally, form: CountedForm): void => {
  const { published, instrument } = loaded;
  published.figures.forEach((figure, at) => {
    const wanted = form.groups.flatMap((group) => cells[at]?.get(group) ?? []);
    if (wanted.length === 0) return;
    const standing = standingOf(instrument, figure.of, published.forms ?? 'complete', form);
    if (standing === null) return;
    for (const cell of wanted) {
      if (figure.statistic === 'alpha') addAlpha(instrument, figure.of, cell, form);
      else addValue(cell.moments, standing, isWeighted(figure, published) ? form.weight : 1);
    }
  });
};

/** Cronbach 1951: k / (k - 1) times (1 - the items' variances over that of their sum). */
const alphaOf = ({ moments, parts }: Cell): number | null => {
  const whole = varianceOf(moments);
  if (whole === null || whole === 0 || parts.length < 2) return null;
  const items = parts.reduce((sum, part) => sum + (varianceOf(part) ?? 0), 0);
  return (parts.length / (parts.length - 1)) * (1 - items / whole);
};

const measured = (statistic: PublishedFigure['statistic'], cell: Cell): number | null => {
  const { moments } = cell;
  switch (statistic) {
    case 'n':
      return moments.weight;
    case 'count':
      return moments.mean * moments.weight;
    case 'percent':
      return moments.n === 0 ? null : 100 * moments.mean;
    case 'mean':
      return moments.n === 0 ? null : moments.mean;
    case 'sd': {
      const variance = varianceOf(moments);
      return variance === null ? null : Math.sqrt(variance);
    }
    case 'alpha':
      return alphaOf(cell);
  }
};

/** What a figure is of, in a few words. */
export const ofText = (of: FigureOf): string => {
  if ('flag' in of) return `${of.flag} raised`;
  if ('cut-off' in of) return `${of['cut-off']} met`;
  if ('band' in of) return `${of.band}: ${typeof of.level === 'string' ? of.level : of.level.join(' or ')}`;
  if (of.from === undefined && of.to === undefined) return of.score;
  if (of.to === undefined) return `${of.score} ${of.from} or more`;
  return of.from === undefined ? `${of.score} ${of.to} or less` : `${of.score} ${of.from} to ${of.to}`;
};

/** What binary arithmetic may lose of a sum over a million rows, as a part of the value. */
const LOST = 1e-12;

/**
 * Whether a value rounds to the printed figure. Exactly between two printed figures, either agrees: publications round such
 * values up, down and to the even digit.
 */
export const agrees = (value: number, printed: string, decimals: number): boolean =>
  Math.abs(value - Number(printed)) <= (0.5 + 1e-9) * 10 ** -decimals + LOST * Math.abs(value);

/** Every printed figure beside what the data give, in the order of the file. */
export const comparedFigures = ({ loaded: { published }, cells }: Tally): readonly ComparedFigure[] =>
  published.figures.flatMap((figure, at) =>
    groupsOf(published).flatMap((group): readonly ComparedFigure[] => {
      const expected = figure.is[group];
      const cell = cells[at]?.get(group);
      if (expected === undefined || cell === undefined) return [];
      const decimals = expected.split('.')[1]?.length ?? 0;
      const value = measured(figure.statistic, cell);
      const isSame = value !== null && agrees(value, expected, decimals);
      return [
        {
          statistic: figure.statistic,
          of: ofText(figure.of),
          group,
          weighting: isWeighted(figure, published) ? 'weighted' : 'unweighted',
          expected,
          got: isSame ? expected : (value?.toFixed(decimals) ?? null),
          value,
          decimals,
          n: cell.moments.n,
          agrees: isSame,
          source: figure.source,
        },
      ];
    }),
  );
