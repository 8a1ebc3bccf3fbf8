import { type Evaluation, evaluate, outcomes, valuesOf } from './evaluate.js';
import type {
  Accumulator,
  BooleanNode,
  ChoiceVariable,
  Gate,
  NumberNode,
  NumberVariable,
  Pivot,
  Variable,
  VariableIndex,
  Verdict,
} from './normal-form.js';
import {
  countsAround,
  type Occurrence,
  Occurrences,
  type Unknown,
  variablesOfNumber,
  variablesOfTest,
} from './polarity.js';

/** More pivots than this make a verdict slow to decide on a half-done form and hard to read. */
export const MOST_PIVOTS = 3;

/** Why a verdict cannot be made exact as it is written. */
export type PivotTrouble =
  | { readonly kind: 'too-many'; readonly variables: readonly VariableIndex[] }
  /** A number item that pushes both ways, in a test that other items share. */
  | { readonly kind: 'measurement'; readonly variable: VariableIndex };

export interface Pivoted {
  readonly pivots: readonly Pivot[];
  readonly reads: readonly VariableIndex[];
  readonly trouble: PivotTrouble | null;
}

/** What pivots are found over: a form on which nothing is known, and the gates that come before. */
export interface Ground extends Unknown {
  readonly gates: readonly Gate[];
}

/** A test with the pivots that make it exact on every partial form, and all that it reads. */
export function verdictOf(
  test: BooleanNode,
  ground: Ground,
): Verdict & { readonly trouble: PivotTrouble | null } {
  const found = new Occurrences(ground);
  found.test(test, 1);
  return { test, ...pivoted(found.all, variablesOfTest(test, ground.blank), ground, 'one-way') };
}

/** The pivots over which a score's set of values is exact, and whether one of its items applies. */
export function pivotsOfScore(value: NumberNode, items: readonly VariableIndex[], ground: Ground): Pivoted {
  const found = new Occurrences(ground);
  found.set(value);
  const variables = new Set([...variablesOfNumber(value, ground.blank), ...items]);
  return pivoted(found.all, variables, ground, 'every-value');
}

/** The pivots over which a score's least and greatest values are exact, its set perhaps not. */
export function pivotsOfEnds(value: NumberNode, items: readonly VariableIndex[], ground: Ground): Pivoted {
  const found = new Occurrences(ground);
  found.number(value, 1);
  const variables = new Set([...variablesOfNumber(value, ground.blank), ...items]);
  return pivoted(found.all, variables, ground, 'one-way');
}

/** `one-way`: a gate that only ever pushes the same way needs no pivot. `every-value`: every gate's condition does. */
type Care = 'one-way' | 'every-value';

function pivoted(
  own: readonly Occurrence[],
  variables: ReadonlySet<VariableIndex>,
  ground: Ground,
  care: Care,
): Pivoted {
  const reads = new Set(variables);
  const occurrences = [...own];
  const tried = new Set<VariableIndex>();
  const forcing: Gate[] = [];
  // Last gate first: what a gate skips may itself be read by a later gate.
  for (const gate of [...ground.gates].reverse()) {
    if (gate.effect.kind === 'stops' || !gate.targets.some((target) => reads.has(target))) continue;
    const inGate = variablesOfTest(gate.verdict.test, ground.blank);
    for (const variable of inGate) reads.add(variable);
    // An item that is tried value by value must not be skipped by a gate that is left open meanwhile.
    const open = care === 'one-way' && !gate.targets.some((target) => tried.has(target));
    const sign = open ? pushOf(gate, occurrences, ground.blank) : null;
    if (sign === null) {
      forcing.push(gate);
      for (const variable of inGate) tried.add(variable);
    } else if (sign !== 0) {
      const found = new Occurrences(ground);
      found.test(gate.verdict.test, sign);
      occurrences.push(...found.all);
    }
  }
  for (const variable of reads)
    if (
      !isOneWay(placesOf(variable, occurrences), care, ground.blank.program.variables[variable] as Variable)
    )
      tried.add(variable);
  const inOrder = [...tried].sort((a, b) => a - b);
  const pivots: Pivot[] = [];
  let trouble: PivotTrouble | null = null;
  for (const variable of inOrder) {
    const values = representatives(variable, placesOf(variable, occurrences), forcing, ground);
    if (values === null) trouble = { kind: 'measurement', variable };
    else if (values.length > 1) pivots.push({ variable, values });
  }
  if (pivots.length > MOST_PIVOTS) {
    trouble ??= { kind: 'too-many', variables: pivots.map(({ variable }) => variable) };
  }
  return { pivots, reads: [...reads].sort((a, b) => a - b), trouble };
}

type Table = Extract<Occurrence, { kind: 'table' }>;
type SetPlace = Extract<Occurrence, { kind: 'set' }>;

const placesOf = (variable: VariableIndex, all: readonly Occurrence[]): readonly Occurrence[] =>
  all.filter((one) => one.variable === variable);

/**
 * Which way a gate that holds pushes the test: −1 where each item that it skips then counts as one of its worst answers,
 * 1 where as one of its best, 0 where it does not matter, `null` where it has no one direction.
 */
function pushOf(gate: Gate, occurrences: readonly Occurrence[], blank: Evaluation): 1 | -1 | 0 | null {
  const pushes = new Set(
    gate.targets.map((target, i) =>
      pushOnTarget(gate, i, placesOf(target, occurrences), blank.program.variables[target] as Variable),
    ),
  );
  pushes.delete(0);
  const [push = 0, ...others] = pushes;
  return others.length > 0 ? null : push;
}

function pushOnTarget(
  gate: Gate,
  i: number,
  places: readonly Occurrence[],
  variable: Variable,
): 1 | -1 | 0 | null {
  if (places.length === 0) return 0;
  const as = gate.effect.kind === 'points' ? (gate.effect.as[i] as number) : null;
  const tables = places.flatMap((one) => (one.kind === 'table' ? [one] : []));
  if (tables.length === places.length) {
    const skipped = tables.map(({ points, absent }) => (as === null ? absent : (points[as] as number)));
    const vectors = vectorsOf(tables);
    // What is skipped must count as some printed answer does: an open item spans its printed answers.
    if (!vectors.some((vector) => JSON.stringify(vector) === JSON.stringify(skipped))) return null;
    const known = skipped as readonly number[];
    const [worst, best] = [
      vectors.every((one) => dominates(one, known)),
      vectors.every((one) => dominates(known, one)),
    ];
    return worst && best ? 0 : worst ? -1 : best ? 1 : null;
  }
  const signs = new Set(places.map((one) => (one.kind === 'slope' ? one.sign : null)));
  const [sign = null] = signs;
  if (sign === null || signs.size > 1) return null;
  const { min, max } = variable as NumberVariable;
  if (as === min) return sign === 1 ? -1 : 1;
  return as === max ? sign : null;
}

/** By choice: what it counts for at each place; there is at least one. */
function vectorsOf(places: readonly Table[]): readonly (readonly number[])[] {
  const [first] = places as readonly [Table, ...Table[]];
  return first.points.map((_, choice) => places.map(({ points }) => points[choice] as number));
}

const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((one, i) => one >= (b[i] as number));

/**
 * Whether one answer is best at every place and another is worst at every place, so that bounds are reached together. A
 * number item in a score's set of values counts by its ends, which are looked at apart.
 */
function isOneWay(places: readonly Occurrence[], care: Care, facts: Variable): boolean {
  if (places.length === 0) return true;
  if (places.some(({ kind }) => kind === 'set'))
    return places.length === 1 || (care === 'every-value' && facts.kind === 'number');
  const signs = new Set(places.map((one) => (one.kind === 'slope' ? one.sign : 0)));
  if (!signs.has(0)) return signs.size === 1;
  // What is left are tables, which are of an item with options.
  const vectors = vectorsOf(places as readonly Table[]);
  const { codes } = facts as ChoiceVariable;
  // An answer that is an interval leaves only its own choices open.
  const intervals = [...new Set(codes)].map((code) => vectors.filter((_, choice) => codes[choice] === code));
  return [vectors, ...intervals].every(
    (open) =>
      open.some((best) => open.every((one) => dominates(best, one))) &&
      open.some((worst) => open.every((one) => dominates(one, worst))),
  );
}

/** The values to try; `null` for a number item whose tests are not all on it alone. */
function representatives(
  variable: VariableIndex,
  places: readonly Occurrence[],
  forcing: readonly Gate[],
  ground: Ground,
): readonly number[] | null {
  const { blank } = ground;
  const facts = blank.program.variables[variable] as ChoiceVariable | NumberVariable;
  if (facts.kind === 'number') {
    const inGates = new Occurrences(ground);
    for (const gate of forcing) inGates.test(gate.verdict.test, 1);
    return cells([...places, ...placesOf(variable, inGates.all)], facts);
  }
  const tables = places.flatMap((one) => (one.kind === 'table' ? [one.points] : []));
  const sets = places.flatMap((one) => (one.kind === 'set' ? [one.points] : []));
  const byClass = new Map<string, number[]>();
  for (const choice of facts.codes.keys()) {
    const fixed = sets.map((points) => points[choice]);
    const gates = forcing.map((gate) => profile(gate.verdict.test, variable, choice, ground));
    const key = JSON.stringify([fixed, gates]);
    byClass.set(key, [...(byClass.get(key) ?? []), choice]);
  }
  const vectors = [...facts.codes.keys()].map((choice) => tables.map((points) => points[choice] as number));
  return [...byClass.values()].flatMap((choices) => extremes(choices, vectors)).sort((a, b) => a - b);
}

/** Of choices that act alike otherwise: those that no other one beats, and those that beat no other. */
function extremes(choices: readonly number[], vectors: readonly (readonly number[])[]): readonly number[] {
  const at = (choice: number): readonly number[] => vectors[choice] as readonly number[];
  const equal = (a: number, b: number): boolean => dominates(at(a), at(b)) && dominates(at(b), at(a));
  const distinct = choices.filter(
    (choice, i) => !choices.slice(0, i).some((before) => equal(before, choice)),
  );
  const beats = (a: number, b: number): boolean => dominates(at(a), at(b)) && !equal(a, b);
  return distinct.filter(
    (choice) =>
      !distinct.some((other) => beats(other, choice)) || !distinct.some((other) => beats(choice, other)),
  );
}

/** What a test becomes where a variable takes one choice: equal profiles mean that the choices act alike on it. */
function profile(test: BooleanNode, variable: VariableIndex, choice: number, ground: Ground): unknown {
  const { blank } = ground;
  const read = variablesOfTest(test, blank);
  if (!read.has(variable)) return null;
  if (read.size === 1) return outcomes(test, { ...blank, at: blank.at.map(() => choice), known: {} });
  if (test.op === 'and' || test.op === 'or')
    return test.of.map((one) => profile(one, variable, choice, ground));
  if (test.op === 'not') return profile(test.of, variable, choice, ground);
  // Any other test that reads an item with options beside others is of a number.
  const ofNumber = test as NumberTest;
  const effect = effectOnSum(ofNumber, variable, choice, ground);
  if (effect !== null) return effect;
  const found = new Occurrences(ground);
  found.set(ofNumber.of);
  // What is in a set are sets.
  return placesOf(variable, found.all).map((one) => (one as SetPlace).points[choice]);
}

/** An answer. */
export interface Answer {
  readonly variable: VariableIndex;
  readonly code: string;
}

/** An answer whose points are an interval that a test does not read as one; `null` where there is none. */
export function leftOpenBy(test: BooleanNode, ground: Ground): Answer | null {
  for (const variable of variablesOfTest(test, ground.blank)) {
    const facts = ground.blank.program.variables[variable] as ChoiceVariable | NumberVariable;
    const byCode = new Map<string, string>();
    for (const [choice, code] of facts.kind === 'choice' ? facts.codes.entries() : []) {
      const effect = JSON.stringify(profile(test, variable, choice, ground));
      if ((byCode.get(code) ?? effect) !== effect) return { variable, code };
      byCode.set(code, effect);
    }
  }
  return null;
}

type NumberTest = BooleanNode & { readonly op: 'at-least' | 'within' };

/** By value of the other terms of a sum: whether the test holds. `null` where it is no test of a sum, or one of too many values. */
function effectOnSum(
  test: NumberTest,
  variable: VariableIndex,
  choice: number,
  { blank, widened }: Ground,
): readonly boolean[] | null {
  const { accumulators, scores } = blank.program;
  const value =
    test.of.op === 'score' ? (scores[test.of.at] as { readonly value: NumberNode }).value : test.of;
  if (value.op !== 'accumulator') return null;
  const sum = accumulators[value.at] as Accumulator;
  if (sum.kind !== 'sum') return null;
  const own = sum.terms.findIndex(([one]) => one === variable);
  // The others as they are where some of them may not apply.
  const terms = (widened.program.accumulators[value.at] as Accumulator).terms.filter((_, i) => i !== own);
  const program = { ...widened.program, accumulators: [{ ...sum, terms }] };
  const others = evaluate({ op: 'accumulator', at: 0 }, { ...widened, program, known: {} });
  if (others.values === null && others.lowest !== others.highest) return null;
  const [, points] = sum.terms[own] as readonly [VariableIndex, readonly number[]];
  const size = points[choice] as number;
  const inside = (total: number): boolean =>
    test.op === 'at-least'
      ? total >= test.value
      : test.ranges.some(([from, to]) => total >= from && total <= to);
  return [...valuesOf(others)].map((one) => inside(one + size));
}

/** One count of each cell between the thresholds, and both ends; `null` where a test holds other items too. */
function cells(places: readonly Occurrence[], facts: NumberVariable): readonly number[] | null {
  // Of a number item there are no tables.
  const breaks = places.map((place) => (place as Exclude<Occurrence, Table>).breaks);
  const known = breaks.filter((one) => one !== null);
  return known.length < breaks.length ? null : countsAround(known.flat(), facts);
}
