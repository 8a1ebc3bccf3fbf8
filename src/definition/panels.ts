import type { Path } from '../formula/model.js';
import { closest } from '../formula/spelling.js';
import {
  bandPresent,
  cutOffPresent,
  flagPresent,
  type PresentItems,
  scorePresent,
  skipPresent,
} from './present-items.js';
import type { PathProblem } from './problem.js';
import type {
  DefinitionBand,
  DefinitionCutOff,
  DefinitionFlag,
  DefinitionItem,
  DefinitionMember,
  DefinitionPanel,
  DefinitionScore,
  DefinitionSkip,
} from './schema.js';

/** An entry with its own id, the place where it was written and the member it belongs to. */
export interface Placed<T> {
  /** Own id, without the member. */
  readonly id: string;
  readonly where: Path;
  readonly member?: string;
  readonly entry: T;
}

/** The entries of one member of a panel after its exceptions, or the top level (without a member). */
export interface Part {
  readonly member?: { readonly panel: string; readonly id: string; readonly asked: 'all' | 'chosen' };
  readonly items: readonly Placed<DefinitionItem>[];
  readonly skips: readonly Placed<DefinitionSkip>[];
  readonly scores: readonly Placed<DefinitionScore>[];
  readonly bands: readonly Placed<DefinitionBand>[];
  readonly cutOffs: readonly Placed<DefinitionCutOff>[];
  readonly flags: readonly Placed<DefinitionFlag>[];
}

type Map<T> = { readonly [id: string]: T };

/** `cannabis.q2`: the name of a member's entry outside its panel. */
export const fullName = (id: string, member: string | undefined): string =>
  member === undefined ? id : `${member}.${id}`;

/** Entries of a mapping, each with its place. */
export const placed = <T>(entries: Map<T> | undefined, at: Path, member?: string): readonly Placed<T>[] =>
  Object.entries(entries ?? {}).map(([id, entry]) => ({
    id,
    where: [...at, id],
    entry,
    ...(member === undefined ? {} : { member }),
  }));

const unknownEntry = (id: string, known: readonly string[], where: Path, what: string): PathProblem => ({
  code: 'unknown-name',
  where,
  atKey: true,
  message: `the panel has no ${what} \`${id}\`; it has ${known.join(', ') || 'none'}.`,
  didYouMean: closest(id, known),
});

const overridden = <T>(
  base: readonly Placed<T>[],
  exceptions: Map<T | 'absent'> | undefined,
  at: Path,
  member: string,
  what: string,
  problems: PathProblem[],
): readonly Placed<T>[] => {
  if (exceptions === undefined) return base;
  const known = base.map(({ id }) => id);
  for (const [id, entry] of Object.entries(exceptions))
    if (entry === 'absent' && !known.includes(id)) problems.push(unknownEntry(id, known, [...at, id], what));
  const kept = base.flatMap((one) => {
    const exception = Object.hasOwn(exceptions, one.id) ? exceptions[one.id] : undefined;
    if (exception === undefined) return [one];
    return exception === 'absent' ? [] : [{ ...one, where: [...at, one.id], entry: exception }];
  });
  const added = Object.entries(exceptions).flatMap(([id, entry]) =>
    entry === 'absent' || known.includes(id) ? [] : [{ id, where: [...at, id], member, entry }],
  );
  return [...kept, ...added];
};

const withRanges = (
  scores: readonly Placed<DefinitionScore>[],
  exception: DefinitionMember,
  at: Path,
  problems: PathProblem[],
): readonly Placed<DefinitionScore>[] => {
  const ranges = exception.ranges ?? {};
  const known = scores.map(({ id }) => id);
  for (const id of Object.keys(ranges))
    if (!known.includes(id)) problems.push(unknownEntry(id, known, [...at, 'ranges', id], 'score'));
  return scores.map((one) => {
    const range = Object.hasOwn(ranges, one.id) ? ranges[one.id] : undefined;
    return range === undefined || 'quantity' in one.entry
      ? one
      : { ...one, where: [...at, 'ranges', one.id], entry: { ...one.entry, range } };
  });
};

const withLevels = (
  bands: readonly Placed<DefinitionBand>[],
  exception: DefinitionMember,
  at: Path,
  problems: PathProblem[],
): readonly Placed<DefinitionBand>[] => {
  const levels = exception.levels ?? {};
  const known = bands.filter(({ entry }) => 'of' in entry).map(({ id }) => id);
  for (const id of Object.keys(levels))
    if (!known.includes(id))
      problems.push(unknownEntry(id, known, [...at, 'levels', id], 'band scheme with levels'));
  return bands.map((one) => {
    const own = Object.hasOwn(levels, one.id) ? levels[one.id] : undefined;
    return own === undefined || !('of' in one.entry)
      ? one
      : { ...one, where: [...at, 'levels', one.id], entry: { ...one.entry, levels: own } };
  });
};

const memberPart = (
  panelId: string,
  panel: DefinitionPanel,
  id: string,
  exception: DefinitionMember,
  panelItems: readonly string[],
  problems: PathProblem[],
): Part => {
  const at: Path = ['panels', panelId];
  const own: Path = [...at, 'members', id];
  const base = <T>(entries: Map<T> | undefined, name: string) => placed(entries, [...at, name], id);
  const merged = <T>(
    entries: Map<T> | undefined,
    name: string,
    exceptions: Map<T | 'absent'> | undefined,
    what: string,
  ) => overridden(base(entries, name), exceptions, [...own, name], id, what, problems);
  const items = merged(panel.items, 'items', exception.items, 'item');
  const ids = new Set(items.map((item) => item.id));
  const present: PresentItems = { all: panelItems, has: (item) => ids.has(item) };
  const over = <T>(entries: readonly Placed<T>[], rewrite: (entry: T, present: PresentItems) => T) =>
    entries.map((one) => ({ ...one, entry: rewrite(one.entry, present) }));
  const scores = merged(panel.scores, 'scores', exception.scores, 'score');
  const bands = merged(panel.bands, 'bands', exception.bands, 'band scheme');
  const cutOffs = merged(panel['cut-offs'], 'cut-offs', exception['cut-offs'], 'cut-off');
  return {
    member: { panel: panelId, id, asked: panel.asked },
    items,
    skips: (panel.skips ?? []).flatMap((skip, index) => {
      const entry = skipPresent(skip, present);
      return entry === null ? [] : [{ id: String(index), where: [...at, 'skips', index], member: id, entry }];
    }),
    scores: over(withRanges(scores, exception, own, problems), scorePresent),
    bands: over(withLevels(bands, exception, own, problems), bandPresent),
    cutOffs: over(cutOffs, cutOffPresent),
    flags: over(merged(panel.flags, 'flags', exception.flags, 'flag'), flagPresent),
  };
};

/** The items of a panel in form order, with those that only some members have. */
const itemsOf = (panel: DefinitionPanel): readonly string[] => {
  const added =
    'members' in panel ? Object.values(panel.members).flatMap(({ items }) => Object.keys(items ?? {})) : [];
  return [...new Set([...Object.keys(panel.items), ...added])];
};

/** The members of a panel, written out: one part for each, with its exceptions applied. */
export const panelParts = (id: string, panel: DefinitionPanel, problems: PathProblem[]): readonly Part[] => {
  const items = itemsOf(panel);
  return 'members' in panel
    ? Object.entries(panel.members).map(([member, exception]) =>
        memberPart(id, panel, member, exception, items, problems),
      )
    : Array.from({ length: panel.repeat.max }, (_, index) =>
        memberPart(id, panel, String(index + 1), {}, items, problems),
      );
};
