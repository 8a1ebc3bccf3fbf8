import { lex, type Token } from '../formula/lex.js';
import type { FormulaSource, Model, Path } from '../formula/model.js';
import type { PathProblem } from './problem.js';

/** More items than any definition has, panels written out member by member. */
export const MOST_ITEMS = 2_000;
/** More names than the formulas of a definition have together, once every range and every score is written out. */
export const MOST_NAMES = 20_000;

interface Sized {
  readonly where: Path;
  readonly member?: string | undefined;
  readonly source: FormulaSource;
}

const textsOf = (source: FormulaSource): readonly string[] =>
  typeof source === 'string' ? [source] : Object.values(source.branches);

const within = (member: string | undefined, name: string): string =>
  member === undefined ? name : `${member}.${name}`;

/**
 * The first entry with which a definition becomes too large to be worked out in good time and memory; `null` where none
 * does. What counts is the length of what the formulas say, not of what is written: forty scores of which each names the
 * one before it three times are a page, and written out more than fits into any memory.
 */
export const tooLarge = (model: Model): PathProblem | null => {
  const extra = model.items[MOST_ITEMS];
  if (extra !== undefined) {
    const message = `a definition has at most ${MOST_ITEMS} items, those of each panel member counted: split it.`;
    return { code: 'too-long', where: extra.where, message };
  }
  const places = new Map(model.items.map(({ id }, at) => [id, at]));
  const scores = new Map(
    [...model.scores, ...model.quantities].map(({ id, where, member, formula }): [string, Sized] => [
      id,
      { where: [...where, 'formula'], member, source: formula },
    ]),
  );
  const known = new Map<string, number>();
  const find = <T>(map: ReadonlyMap<string, T>, name: string, member: string | undefined): T | undefined =>
    map.get(within(member, name)) ?? map.get(name);

  const sizeOfScore = (id: string, score: Sized): number => {
    const before = known.get(id);
    if (before !== undefined) return before;
    // A circle is refused elsewhere; here it must only end.
    known.set(id, 0);
    const size = sizeOf(score);
    known.set(id, size);
    return size;
  };
  const sizeOfName = (name: string, member: string | undefined): number => {
    const id = scores.has(within(member, name)) ? within(member, name) : name;
    const score = scores.get(id);
    return score === undefined ? 1 : sizeOfScore(id, score);
  };
  const sizeOfRange = (from: string, to: string, member: string | undefined): number => {
    const [first, last] = [find(places, from, member), find(places, to, member)];
    return first === undefined || last === undefined ? 1 : Math.abs(last - first) + 1;
  };
  const sizeOfTokens = (tokens: readonly Token[], member: string | undefined): number => {
    let size = 0;
    let times = 1;
    tokens.forEach(({ kind, text }, at) => {
      if (text === '.*') times = Math.max(times, model.members.length);
      if (kind !== 'word') return;
      const [next, last] = [tokens[at + 1]?.text, tokens[at + 2]?.text];
      size += next === '..' && last !== undefined ? sizeOfRange(text, last, member) : sizeOfName(text, member);
    });
    return size * times;
  };
  const sizeOf = ({ source, member }: Sized): number =>
    textsOf(source).reduce((sum, text) => sum + sizeOfTokens(lex(text).tokens, member), 0);

  const gates = model.gates.map(({ where, member, if: source }): Sized => ({ where: [...where, 'if'], member, source }));
  const rest = [
    ...model.bands.flatMap(({ member, levels }) =>
      levels.flatMap(({ where, when }): readonly Sized[] =>
        when === undefined ? [] : [{ where: [...where, 'when'], member, source: when }],
      ),
    ),
    ...model.cutOffs.flatMap(({ where, member, when, applies }): readonly Sized[] => [
      { where: [...where, 'when'], member, source: when },
      ...(applies === undefined ? [] : [{ where: [...where, 'applies-when'], member, source: applies }]),
    ]),
    ...model.flags.map(({ where, member, when }): Sized => ({ where: [...where, 'when'], member, source: when })),
  ];
  let total = 0;
  for (const [at, one] of [...scores.values(), ...gates, ...rest].entries()) {
    // What reads an item reads the gates before it too.
    total += sizeOf(one) * (1 + Math.min(gates.length, Math.max(0, at - scores.size)) / 10);
    if (total > MOST_NAMES) {
      const message = `with this formula the definition names more than ${MOST_NAMES} items, ranges and scores written out: shorten it, name a score once, or split the definition.`;
      return { code: 'too-large', where: one.where, message };
    }
  }
  if (process.env['SIZES']) console.log('size', total, model.items.length, gates.length);
  return null;
};
