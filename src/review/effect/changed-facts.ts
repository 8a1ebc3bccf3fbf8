import { checkDefinition, type Definition, digestsOf } from '../../definition/index.js';
import { pathText } from '../../definition/problem.js';
import { type Json, readYaml } from '../../definition/yaml-document.js';
import type { Path } from '../../formula/model.js';
import type { BothSides, Side } from './joint-form.js';

/** A definition as a file. */
export interface DefinitionText {
  readonly file: string;
  readonly text: string | Uint8Array;
}

/** One thing that stands otherwise in the new definition. */
export interface ChangedFact {
  /** Where in the definition: `bands.uk.levels[1].from`. */
  readonly path: string;
  /** As written, on one line; `null` where it does not stand. */
  readonly old: string | null;
  readonly new: string | null;
  /** Line in each file: of the entry above, where it does not stand. */
  readonly line: BothSides<number>;
  /**
   * Whether the fact alone changes the scoring digest; `together` where it cannot stand without the other changes, or there
   * are too many to try one by one.
   */
  readonly moves: 'scoring' | 'document' | 'together';
}

/** More changed facts than this are not tried one by one. */
const MOST_TRIED = 60;
const WIDEST = 160;

type Mapping = { readonly [key: string]: Json };

interface Difference {
  readonly where: BothSides<Path>;
  readonly value: BothSides<Json | undefined>;
}

const isMapping = (value: Json | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Every fact in which two definitions differ, in the order of the new file, what is gone where it stood. */
export function changedFacts(texts: BothSides<DefinitionText>): readonly ChangedFact[] {
  const read = {
    old: readYaml(texts.old.text, texts.old.file),
    new: readYaml(texts.new.text, texts.new.file),
  };
  if (read.old.value === undefined || read.new.value === undefined) return [];
  const found: Difference[] = [];
  compare(read.old.value, read.new.value, { old: [], new: [] }, found);
  const before = scoringDigest(read.old.value);
  return found.map((difference) => {
    const { where, value } = difference;
    const line = (side: Side): number => read[side].place({ code: '', where: where[side], message: '' }).line;
    return {
      path: pathText(where[value.new === undefined ? 'old' : 'new']),
      old: shown(value.old),
      new: shown(value.new),
      line: { old: line('old'), new: line('new') },
      moves:
        found.length > MOST_TRIED || before === null
          ? 'together'
          : movesAlone(read.old.value as Json, difference, before),
    };
  });
}

/** The scoring digest of data that is a sound definition. */
function scoringDigest(value: Json): string | null {
  // Whatever the data is, the loader holds it against the schema first.
  const loaded = checkDefinition(value as unknown as Definition);
  return loaded._tag === 'Left' ? null : digestsOf(loaded.right).scoring;
}

function movesAlone(old: Json, { where, value }: Difference, before: string): ChangedFact['moves'] {
  const after = scoringDigest(put(old, where.old, value.new) as Json);
  return after === null ? 'together' : after === before ? 'document' : 'scoring';
}

function put(whole: Json | undefined, where: Path, value: Json | undefined): Json | undefined {
  const [key, ...rest] = where;
  if (key === undefined) return value;
  if (isList(whole)) {
    const inner = put(whole[key as number], rest, value);
    const [before, after] = [whole.slice(0, key as number), whole.slice((key as number) + 1)];
    return inner === undefined ? [...before, ...after] : [...before, inner, ...after];
  }
  const entries = isMapping(whole) ? whole : {};
  const inner = put(entries[key], rest, value);
  const left = Object.entries(entries).filter(([name]) => name !== key || inner !== undefined);
  if (inner === undefined) return Object.fromEntries(left);
  return key in entries
    ? Object.fromEntries(left.map(([name, one]) => [name, name === key ? inner : one]))
    : { ...entries, [key]: inner };
}

function compare(
  before: Json | undefined,
  after: Json | undefined,
  where: BothSides<Path>,
  found: Difference[],
): void {
  if (isMapping(before) && isMapping(after)) {
    for (const key of inOneOrder(Object.keys(before), Object.keys(after)))
      compare(before[key], after[key], below(where, key, key), found);
    if (isReordered(before, after, where.new)) found.push(order(before, after, where));
    return;
  }
  if (isList(before) && isList(after)) {
    for (const [i, j] of aligned(before, after))
      compare(
        i === null ? undefined : before[i],
        j === null ? undefined : after[j],
        below(where, i ?? before.length, j ?? after.length),
        found,
      );
    return;
  }
  if (JSON.stringify(before) !== JSON.stringify(after))
    found.push({ where, value: { old: before, new: after } });
}

function below(where: BothSides<Path>, old: string | number, next: string | number): BothSides<Path> {
  return { old: [...where.old, old], new: [...where.new, next] };
}

function inOneOrder(first: readonly string[], second: readonly string[]): readonly string[] {
  return [...second, ...first.filter((key) => !second.includes(key))];
}

/** Mappings whose order carries meaning. */
const ORDERED = ['items', 'scores', 'bands', 'cut-offs', 'flags', 'members'];

function isReordered(before: Mapping, after: Mapping, where: Path): boolean {
  if (!ORDERED.includes(String(where.at(-1)))) return false;
  const kept = (one: Mapping, other: Mapping): string =>
    Object.keys(one)
      .filter((key) => key in other)
      .join();
  return kept(before, after) !== kept(after, before);
}

function order(before: Mapping, after: Mapping, where: BothSides<Path>): Difference {
  const text = (of: Mapping): string => `in the order ${Object.keys(of).join(', ')}`;
  return { where, value: { old: text(before), new: text(after) } };
}

/** Entries of two lists that are the same entry: by id or code, else equal ones first and the rest in turn. */
function aligned(
  before: readonly Json[],
  after: readonly Json[],
): readonly (readonly [number | null, number | null])[] {
  const nameOf = (entry: Json): string | null => {
    if (!isMapping(entry)) return null;
    const name = entry['id'] ?? entry['code'];
    return typeof name === 'string' ? name : null;
  };
  const isNamed = [...before, ...after].every((entry) => nameOf(entry) !== null);
  const key = (entry: Json): string => (isNamed ? (nameOf(entry) as string) : JSON.stringify(entry));
  const taken = new Set<number>();
  const partner = after.map((entry) => {
    const at = before.findIndex((other, i) => !taken.has(i) && key(other) === key(entry));
    if (at >= 0) taken.add(at);
    return at < 0 ? null : at;
  });
  const left = [...before.keys()].filter((i) => !taken.has(i));
  const pairs = partner.map((i, j): readonly [number | null, number | null] => [
    i ?? (isNamed ? null : (left.shift() ?? null)),
    j,
  ]);
  return [...pairs, ...left.map((i) => [i, null] as const)];
}

function shown(value: Json | undefined): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : spelt(value);
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}

function spelt(value: Json): string {
  if (isList(value)) return `[${value.map(spelt).join(', ')}]`;
  if (isMapping(value))
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${spelt(inner)}`)
      .join(', ')} }`;
  return String(value);
}
