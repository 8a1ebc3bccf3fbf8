import { type Either, left, right } from 'fp-ts/Either';
import type { DefinitionProblem, PathProblem } from '../../definition/problem.js';
import { schemaProblems } from '../../definition/schema-problems.js';
import { readYaml } from '../../definition/yaml-document.js';
import { closest } from '../../formula/index.js';
import type { Path } from '../../formula/model.js';
import type { Instrument, Variable } from '../../instrument/index.js';
import { type PublishedFigure, type PublishedResult, publishedResultSchema } from './schema.js';

/** Where instruments are found; a test hands in its own. */
export interface InstrumentSource {
  readonly ids: readonly string[];
  /** `null` where there is none of this id, or it is refused. */
  readonly find: (id: string) => Promise<Instrument | null>;
}

/** A published result that names only what its instrument has. */
export interface LoadedPublishedResult {
  readonly published: PublishedResult;
  readonly instrument: Instrument;
}

/** The groups of a result, in the order written; `all` where it names none. */
export const groupsOf = ({ groups }: PublishedResult): readonly string[] =>
  Object.keys(groups ?? { all: {} });

/** `q3`, or `q1..q9` in the order of the form, as items; `null` where it names none. */
export const itemsIn = ({ program }: Instrument, text: string): readonly Variable[] | null => {
  const items = program.variables.slice(0, program.items);
  const [from = '', to = from, more] = text.split('..').map((end) => end.trim());
  const first = items.findIndex(({ id }) => id === from);
  const last = items.findIndex(({ id }) => id === to);
  return more !== undefined || first < 0 || last < first ? null : items.slice(first, last + 1);
};

const named = (
  name: string,
  known: readonly string[],
  where: Path,
  what: string,
  atKey?: true,
): readonly PathProblem[] => {
  if (known.includes(name)) return [];
  const meant = closest(name, known);
  return [
    {
      code: 'unknown-name',
      where,
      message: `there is no ${what} \`${name}\`.`,
      ...(atKey === undefined ? {} : { atKey }),
      ...(meant === undefined ? {} : { didYouMean: meant }),
    },
  ];
};

const problem = (code: string, where: Path, message: string, atKey?: true): PathProblem => ({
  code,
  where,
  message,
  ...(atKey === undefined ? {} : { atKey }),
});

const fileName = (file: string): string | null => /([^\\/]+)\.yaml$/.exec(file)?.[1] ?? null;

/** What can be wrong without knowing the instrument. */
const ownProblems = (published: PublishedResult, file: string): readonly PathProblem[] => {
  const called = fileName(file);
  const groups = groupsOf(published);
  const sources = Object.keys(published.sources);
  const used = published.figures.map(({ source }) => source);
  const columns = new Map<string, string>();
  return [
    ...(called === null || called === published.id
      ? []
      : [problem('id-is-file', ['id'], `the file is called \`${called}.yaml\`: give both one name.`)]),
    ...Object.entries(published.columns ?? {}).flatMap(([item, column]) => {
      const other = columns.get(column);
      columns.set(column, item);
      return other === undefined
        ? []
        : [
            problem(
              'column-twice',
              ['columns', item],
              `\`${other}\` stands in this column too: correct one.`,
            ),
          ];
    }),
    ...published.figures.flatMap((figure, at) => [
      ...named(figure.source, sources, ['figures', at, 'source'], 'source'),
      ...Object.keys(figure.is).flatMap((group) =>
        named(group, groups, ['figures', at, 'is', group], 'group', true),
      ),
      ...(Object.keys(figure.is).length === 0
        ? [problem('no-figure', ['figures', at, 'is'], 'give the printed figure of at least one group.')]
        : []),
      ...fitsStatistic(figure, at, published),
    ]),
    ...sources
      .filter((source) => !used.includes(source))
      .map((source) =>
        problem(
          'source-unused',
          ['sources', source],
          'no figure names this source: remove it, or name it.',
          true,
        ),
      ),
  ];
};

const fitsStatistic = (
  { statistic, of, weighted }: PublishedFigure,
  at: number,
  { weight }: PublishedResult,
): readonly PathProblem[] => {
  const where: Path = ['figures', at, 'of'];
  const measure = statistic === 'mean' || statistic === 'sd' || statistic === 'alpha';
  const cut = 'score' in of && (of.from !== undefined || of.to !== undefined);
  return [
    ...(measure && (!('score' in of) || cut)
      ? [problem('not-of-score', where, `${statistic} is of a score as a whole: give { score: … }.`)]
      : []),
    ...((statistic === 'count' || statistic === 'percent') && 'score' in of && !cut
      ? [problem('no-part', where, `${statistic} needs to know what counts: give \`from\`, \`to\` or both.`)]
      : []),
    ...('score' in of && of.from !== undefined && of.to !== undefined && of.from > of.to
      ? [problem('no-part', where, '`from` is above `to`: nothing lies between.')]
      : []),
    ...(weighted === true && (weight === undefined || statistic === 'alpha')
      ? [
          problem(
            'no-weight',
            ['figures', at, 'weighted'],
            statistic === 'alpha'
              ? 'alpha is not weighted here: leave it out.'
              : 'name the column under `weight`.',
          ),
        ]
      : []),
  ];
};

const ids = (entries: readonly { readonly id: string }[]): readonly string[] => entries.map(({ id }) => id);

const figureProblems = (
  { statistic, of }: PublishedFigure,
  at: number,
  { program }: Instrument,
): readonly PathProblem[] => {
  const where: Path = ['figures', at, 'of'];
  if ('score' in of) {
    const score = program.scores.find(({ id }) => id === of.score);
    const unknown = named(of.score, ids(program.scores), [...where, 'score'], 'score');
    const isSum = score?.value.op === 'accumulator' && program.accumulators[score.value.at]?.kind === 'sum';
    return statistic === 'alpha' && score !== undefined && !isSum
      ? [problem('not-a-sum', [...where, 'score'], 'alpha is of a score that is a sum of items.')]
      : unknown;
  }
  if ('band' in of) {
    const levels = program.bands.find(({ id }) => id === of.band)?.levels;
    if (levels === undefined) return named(of.band, ids(program.bands), [...where, 'band'], 'band scheme');
    return typeof of.level === 'string'
      ? named(of.level, ids(levels), [...where, 'level'], 'level')
      : of.level.flatMap((level, index) => named(level, ids(levels), [...where, 'level', index], 'level'));
  }
  return 'flag' in of
    ? named(of.flag, ids(program.flags), [...where, 'flag'], 'flag')
    : named(of['cut-off'], ids(program.cutOffs), [...where, 'cut-off'], 'cut-off');
};

const isAnswer = (item: Variable, code: string): boolean => {
  switch (item.kind) {
    case 'choice':
      return item.codes.includes(code);
    case 'number':
      return (
        code.trim() !== '' &&
        Number(code) >= item.min / 10 ** item.places &&
        Number(code) <= item.max / 10 ** item.places
      );
    case 'text':
      return false;
  }
};

/** What can be wrong only against the instrument. */
const instrumentProblems = (published: PublishedResult, instrument: Instrument): readonly PathProblem[] => {
  const { program } = instrument;
  const items = program.variables.slice(0, program.items);
  const rules = program.scores.flatMap(({ missingRules }) => ids(missingRules ?? []));
  const members = program.members.map(({ panel, id }) => `${panel}.${id}`);
  return [
    ...Object.keys(published.columns ?? {}).flatMap((item) =>
      named(item, ids(items), ['columns', item], 'item', true),
    ),
    ...(['not-asked', 'accept-columns'] as const).flatMap((key) =>
      (published[key] ?? []).flatMap((item, at) => named(item, ids(items), [key, at], 'item')),
    ),
    ...(published['not-asked'] ?? []).flatMap((item, at) =>
      Object.hasOwn(published.columns ?? {}, item)
        ? [problem('column-twice', ['not-asked', at], `\`${item}\` has a column: remove it here or there.`)]
        : [],
    ),
    ...Object.keys(published['missing-codes'] ?? {}).flatMap((code) => {
      const clash = items.find((item) => isAnswer(item, code));
      return clash === undefined
        ? []
        : [
            problem(
              'missing-is-answer',
              ['missing-codes', code],
              `this is an answer of \`${clash.id}\`: say under \`recode\` what the cells of the others mean.`,
              true,
            ),
          ];
    }),
    ...(published.recode ?? []).flatMap(({ items: text, values }, at) => {
      const where: Path = ['recode', at];
      const targets = itemsIn(instrument, text);
      if (targets === null)
        return [
          problem(
            'unknown-name',
            [...where, 'items'],
            'name an item, or a range such as q1..q9 in the order of the form.',
          ),
        ];
      return Object.entries(values).flatMap(([cell, code]) =>
        targets
          .filter(
            (item) =>
              item.kind === 'choice' &&
              !item.codes.includes(code) &&
              !Object.hasOwn(item.missing ?? {}, code),
          )
          .slice(0, 1)
          .map((item) =>
            problem('unknown-code', [...where, 'values', cell], `this is no code of \`${item.id}\`.`),
          ),
      );
    }),
    ...(published['missing-rule'] === undefined
      ? []
      : named(published['missing-rule'], rules, ['missing-rule'], 'missing rule')),
    ...(published.administered ?? []).flatMap((member, at) =>
      named(member, members, ['administered', at], 'panel member'),
    ),
    ...published.figures.flatMap((figure, at) => figureProblems(figure, at, instrument)),
  ];
};

const noInstrument = (id: string, known: readonly string[]): readonly PathProblem[] => {
  const meant = closest(id, known);
  return [
    {
      ...problem('unknown-name', ['instrument'], `no instrument \`${id}\` is scored by this package.`),
      ...(meant === undefined ? {} : { didYouMean: meant }),
    },
  ];
};

const inOrder = (problems: readonly DefinitionProblem[]): readonly DefinitionProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.col - b.col);

/**
 * Reads a published result (docs/published-results.md) and holds its names against the instrument that it is about.
 * Left: every problem, each with line and column. Never rejects, whatever the bytes.
 */
export const loadPublishedResult = async (
  input: string | Uint8Array,
  file: string,
  instruments: InstrumentSource,
): Promise<Either<readonly DefinitionProblem[], LoadedPublishedResult>> => {
  const { value, problems, place } = readYaml(input, file);
  if (value === undefined) return left(inOrder(problems));
  const parsed = publishedResultSchema.safeParse(value);
  if (!parsed.success) return left(inOrder([...problems, ...schemaProblems(parsed.error, value).map(place)]));
  const published = parsed.data;
  const instrument = await instruments.find(published.instrument);
  const all = [
    ...problems,
    ...[
      ...ownProblems(published, file),
      ...(instrument === null
        ? noInstrument(published.instrument, instruments.ids)
        : instrumentProblems(published, instrument)),
    ].map(place),
  ];
  return instrument === null || all.length > 0 ? left(inOrder(all)) : right({ published, instrument });
};
