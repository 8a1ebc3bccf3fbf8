import { ABSENT, AMONG, type Evaluation, evaluate, OPEN, outcomes, type Reach } from '../formula/evaluate.js';
import type {
  BooleanNode,
  NumberNode,
  Program,
  ScoreProgram,
  VariableIndex,
  Verdict,
} from '../formula/normal-form.js';

/** More states than this of the items of one part are not tried one by one. */
const MOST_STATES = 20_000;

/** Two parts of two programs that stand in the same place, and what else their verdict reads. */
interface Place {
  readonly one: Program;
  readonly other: Program;
  readonly elsewhere: ReadonlySet<VariableIndex>;
}

/**
 * Whether two programs mean the same because each smallest part in which they differ does: every test and number of theirs is
 * evaluated from its parts alone, so parts that are equal in every state of their items make equal wholes. For instruments
 * whose verdicts read too many items for every form to be tried.
 */
export function sameByParts(one: Program, other: Program): boolean {
  const same = (read: (program: Program) => unknown) => equal(read(one), read(other));
  const aroundParts = same(({ variables, items, members, gates, quantities }) => [
    variables,
    items,
    members,
    gates.map(({ if: _, ...gate }) => gate),
    quantities.map(({ formula: _, ...quantity }) => quantity),
  ]);
  // A gate reads scores, so a score that differs would have to be held against every gate.
  if (!aroundParts || (one.gates.length > 0 && !same(({ accumulators }) => accumulators))) return false;
  const heads = same(({ scores, bands, cutOffs, flags }) => [
    scores.map(({ formula: _, value: __, ...score }) => score),
    bands.map(({ levels, ...band }) => [band, levels.map(({ verdict: _, ...level }) => level)]),
    cutOffs.map(({ when: _, verdict: __, applies: ___, ...cutOff }) => cutOff),
    flags.map(({ when: _, verdict: __, ...flag }) => flag),
  ]);
  if (!heads) return false;
  const verdicts = (program: Program): readonly (Verdict | undefined)[] => [
    ...program.bands.flatMap(({ levels }) => levels.map(({ verdict }) => verdict)),
    ...program.cutOffs.flatMap(({ verdict, applies }) => [verdict, applies]),
    ...program.flags.map(({ verdict }) => verdict),
  ];
  const [ours, theirs] = [verdicts(one), verdicts(other)];
  return (
    one.scores.every((score, i) => sameScore(score, other.scores[i] as ScoreProgram, one, other)) &&
    ours.every((verdict, i) => sameVerdict(verdict, theirs[i], one, other))
  );
}

function sameScore(a: ScoreProgram, b: ScoreProgram, one: Program, other: Program): boolean {
  return sameNumber(a.value, b.value, { one, other, elsewhere: new Set() });
}

function sameVerdict(a: Verdict | undefined, b: Verdict | undefined, one: Program, other: Program): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (!equal([a.pivots, a.reads], [b.pivots, b.reads])) return false;
  const gated = one.gates.flatMap(({ verdict, targets }) => [...verdict.reads, ...targets]);
  const pivots = a.pivots.map(({ variable }) => variable);
  return sameTest(a.test, b.test, { one, other, elsewhere: new Set([...gated, ...pivots]) });
}

function sameTest(a: BooleanNode, b: BooleanNode, place: Place): boolean {
  if (equal(written(a, place.one), written(b, place.other))) return true;
  if ((a.op === 'and' || a.op === 'or') && b.op === a.op && a.of.length === b.of.length) {
    const parts = a.of.every((part, i) => {
      const others = [...a.of.filter((_, j) => j !== i), ...b.of.filter((_, j) => j !== i)];
      const elsewhere = new Set([
        ...place.elsewhere,
        ...others.flatMap((of) => [...readBy(of, place.one), ...readBy(of, place.other)]),
      ]);
      return sameTest(part, b.of[i] as BooleanNode, { ...place, elsewhere });
    });
    if (parts) return true;
  }
  if (a.op === 'not' && b.op === 'not') return sameTest(a.of, b.of, place);
  const told = (node: BooleanNode) => (e: Evaluation) => outcomes(node, e);
  const reads = union(readBy(a, place.one), readBy(b, place.other));
  return (
    inEveryState(reads, place, told(a), told(b), equal) ||
    (!reads.some((v) => place.elsewhere.has(v)) && sameByCode(a, b, reads, place))
  );
}

function sameNumber(a: NumberNode, b: NumberNode, place: Place): boolean {
  if (equal(written(a, place.one), written(b, place.other))) return true;
  const reads = union(readBy(a, place.one), readBy(b, place.other));
  const told = (node: NumberNode) => (e: Evaluation) => evaluate(node, e);
  return inEveryState(reads, place, told(a), told(b), sameReach);
}

/** Holds two parts together in every state of the items that they read: each choice, open, not applicable. */
function inEveryState<T>(
  reads: readonly VariableIndex[],
  { one, other }: Place,
  a: (e: Evaluation) => T,
  b: (e: Evaluation) => T,
  same: (x: T, y: T) => boolean,
): boolean {
  const states = reads.map((v) => {
    const variable = one.variables[v];
    if (variable?.kind !== 'choice') return [];
    return [OPEN, ...(canBeAbsent(v, one) ? [ABSENT] : []), ...variable.codes.keys()];
  });
  return combinations(states, (of) => {
    const at = one.variables.map((_, v) => of[reads.indexOf(v)] ?? OPEN);
    if (!isPossible(reads, at, one)) return true;
    return same(
      a({ program: one, at, among: {}, known: {} }),
      b({ program: other, at, among: {}, known: {} }),
    );
  });
}

function canBeAbsent(v: VariableIndex, program: Program): boolean {
  return program.variables[v]?.member !== undefined || isGatedAway(v, program);
}

function isGatedAway(v: VariableIndex, { gates }: Program): boolean {
  return gates.some(({ effect, targets }) => effect.kind === 'not-applicable' && targets.includes(v));
}

/** A panel member is administered as a whole or not at all. */
function isPossible(reads: readonly VariableIndex[], at: readonly number[], program: Program): boolean {
  const whole = reads.filter((v) => !isGatedAway(v, program));
  const memberOf = (v: VariableIndex) => program.variables[v]?.member;
  return whole.every((v) => {
    const isAbsent = at[v] === ABSENT;
    return whole.every((w) => memberOf(w) !== memberOf(v) || (at[w] === ABSENT) === isAbsent);
  });
}

/**
 * Whether two tests have the same outcomes for each answer as it is recorded. An answer that counts as any of several points
 * gives the outcomes of all of them: as nothing else of the verdict reads the item, which of them gives which is all one.
 */
function sameByCode(
  a: BooleanNode,
  b: BooleanNode,
  reads: readonly VariableIndex[],
  { one, other }: Place,
): boolean {
  const states = reads.map((v): readonly (readonly number[])[] => {
    const variable = one.variables[v];
    if (variable?.kind !== 'choice') return [];
    const { codes } = variable;
    return [
      [OPEN],
      [ABSENT],
      ...[...new Set(codes)].map((code) => [...codes.keys()].filter((i) => codes[i] === code)),
    ];
  });
  // More than one such item would need their alternatives to be paired off.
  if (reads.length !== 1) return false;
  return combinations(states, ([choices = [OPEN]]) => {
    const v = reads[0] as VariableIndex;
    const at = one.variables.map((_, i) =>
      i !== v ? OPEN : choices.length > 1 ? AMONG : (choices[0] as number),
    );
    const among = choices.length > 1 ? { [v]: choices } : {};
    return (
      outcomes(a, { program: one, at, among, known: {} }) ===
      outcomes(b, { program: other, at, among, known: {} })
    );
  });
}

/** Whether something holds of every way to take one of each list; false where a list is empty or there are too many. */
function combinations<T>(lists: readonly (readonly T[])[], holds: (taken: readonly T[]) => boolean): boolean {
  const all = lists.reduce((product, list) => product * list.length, 1);
  if (all === 0 || all > MOST_STATES) return false;
  for (let n = 0; n < all; n++) {
    let rest = n;
    const taken = lists.map((list) => {
      const one = list[rest % list.length] as T;
      rest = Math.floor(rest / list.length);
      return one;
    });
    if (!holds(taken)) return false;
  }
  return true;
}

/** A part with its accumulators written out where they stand; scores, which are compared by themselves, by their place. */
function written(node: NumberNode | BooleanNode, program: Program): unknown {
  return JSON.parse(
    JSON.stringify(node, (_, value: unknown) => {
      const at = accumulatorOf(value);
      return at === null ? value : { ...program.accumulators[at], op: 'written-out' };
    }),
  ) as unknown;
}

function accumulatorOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('op' in value) || !('at' in value)) return null;
  return value.op === 'accumulator' && typeof value.at === 'number' ? value.at : null;
}

/** The variables that a part reads, through scores too. */
function readBy(node: NumberNode | BooleanNode, program: Program): readonly VariableIndex[] {
  switch (node.op) {
    case 'constant':
      return [];
    case 'choice':
      return [node.variable];
    case 'accumulator':
      return (program.accumulators[node.at]?.terms ?? []).map(([v]) => v);
    case 'score':
      return program.scores[node.at]?.reads ?? [];
    case 'linear':
      return node.terms.flatMap(([, of]) => readBy(of, program));
    case 'indicator':
      return readBy(node.test, program);
    case 'if':
      return [node.test, node.then, node.else].flatMap((of) => readBy(of, program));
    case 'polynomial':
      return node.of.flatMap(({ of }) => of);
    case 'and':
    case 'or':
    case 'max':
    case 'min':
      return (node.of as readonly (NumberNode | BooleanNode)[]).flatMap((of) => readBy(of, program));
    case 'not':
    case 'at-least':
    case 'within':
    case 'table':
    case 'round':
      return readBy(node.of, program);
  }
}

function union(a: readonly VariableIndex[], b: readonly VariableIndex[]): readonly VariableIndex[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function sameReach(a: Reach, b: Reach): boolean {
  const values = ({ values }: Reach) => values && [...values].sort((x, y) => x - y);
  return a.lowest === b.lowest && a.highest === b.highest && equal(values(a), values(b));
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
