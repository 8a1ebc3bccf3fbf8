import type { Accumulator, BooleanNode, Monomial, NumberNode, Term, Variable } from './normal-form.js';

/** The item (or context fact) has no answer: it may still be anything that is printed. */
export const OPEN = -1;
/** The item is not applicable: it leaves every score and its attainable maximum. */
export const ABSENT = -2;
/** The answer is an option whose points are an interval: one of `among[variable]`. */
export const AMONG = -3;
/** An answer was given that is none of the item's: nothing is known but that the item was not skipped. */
export const UNREADABLE = -4;

/** Outcomes that a test can still have, as bits. */
export const FALSE = 1;
export const TRUE = 2;
export const BOTH = 3;
export type Outcomes = 0 | 1 | 2 | 3;

/** A value set larger than this is given up, and its bounds are used. */
const MOST_VALUES = 4096;

/** What a formula is evaluated over: the normal form's tables and what is known of each variable. */
export interface Evaluation {
  readonly variables: readonly Variable[];
  readonly accumulators: readonly Accumulator[];
  readonly scores: readonly { readonly value: NumberNode }[];
  /** By variable: a choice or count, or `OPEN`, `ABSENT`, `AMONG`, `UNREADABLE`. */
  readonly at: readonly number[];
  /** Choices of the variables that are `AMONG`. */
  readonly among: Readonly<Record<number, readonly number[]>>;
  /** Scores taken as given (only a total was recorded, or it was prorated), by index, in the score's scale. */
  readonly given: Readonly<Record<number, number>>;
}

/** The points of one term, least or greatest, over what its variable can still be; `undefined` where it is not applicable. */
function extreme(term: Term, e: Evaluation, sign: 1 | -1): number | undefined {
  const variable = term[0];
  const at = e.at[variable] as number;
  const points = term[1];
  if (typeof points === 'number') {
    if (at >= 0) return points * at;
    if (at === ABSENT) return undefined;
    const { min, max } = e.variables[variable] as { min: number; max: number };
    return points >= 0 === sign > 0 ? points * max : points * min;
  }
  if (at >= 0) return points[at];
  if (at === ABSENT) return undefined;
  let best: number | undefined;
  for (const choice of at === AMONG ? (e.among[variable] as readonly number[]) : points.keys()) {
    const value = points[choice] as number;
    if (best === undefined || (value - best) * sign > 0) best = value;
  }
  return best;
}

/** Least (`sign` −1) or greatest (`sign` 1) value of an accumulator over the completions of the form. */
function accumulate(a: Accumulator, e: Evaluation, sign: 1 | -1): number {
  const terms = a.terms;
  if (a.kind === 'sum') {
    let total = a.base;
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i] as Term;
      // The common case, an answered choice item, is read here without a call: this loop is most of what scoring does.
      const at = e.at[term[0]] as number;
      const points = term[1];
      if (at >= 0 && typeof points !== 'number') total += points[at] as number;
      else total += extreme(term, e, sign) ?? 0;
    }
    return total;
  }
  const present: number[] = [];
  for (const term of terms) {
    const value = extreme(term, e, sign);
    if (value !== undefined) present.push(value);
  }
  if (present.length === 0) return a.base;
  if (a.kind === 'mean')
    return meanOf(
      present.reduce((x, y) => x + y, 0),
      present.length,
      a,
    );
  return a.kind === 'max' ? Math.max(...present) : Math.min(...present);
}

function meanOf(total: number, count: number, a: Accumulator): number {
  return (total * (a.share as number)) / count;
}

/** Rounds half away from zero. */
export function roundHalfAway(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}

/** Least (`sign` −1) or greatest (`sign` 1) value of a number over the completions of the form. */
export function bound(node: NumberNode, e: Evaluation, sign: 1 | -1): number {
  switch (node.op) {
    case 'accumulator':
      return accumulate(e.accumulators[node.at] as Accumulator, e, sign);
    case 'score':
      return e.given[node.at] ?? bound((e.scores[node.at] as { value: NumberNode }).value, e, sign);
    case 'linear': {
      let total = node.base;
      for (const [factor, of] of node.terms)
        total += factor * bound(of, e, factor >= 0 ? sign : (-sign as 1 | -1));
      return total;
    }
    case 'indicator':
      return outcomes(node.test, e) & (sign > 0 ? TRUE : FALSE) ? (sign > 0 ? 1 : 0) : sign > 0 ? 0 : 1;
    case 'if': {
      const test = outcomes(node.test, e);
      if (test === TRUE) return bound(node.then, e, sign);
      if (test === FALSE) return bound(node.else, e, sign);
      return further(bound(node.then, e, sign), bound(node.else, e, sign), sign);
    }
    case 'max':
    case 'min': {
      const values = node.of.map((of) => bound(of, e, sign));
      return node.op === 'max' ? Math.max(...values) : Math.min(...values);
    }
    case 'table': {
      // A value given from outside (a prorated score) may lie between two keys: both are then considered.
      const low = Math.floor(bound(node.of, e, -1));
      const high = Math.ceil(bound(node.of, e, 1));
      let best: number | undefined;
      for (let i = 0; i < node.keys.length; i++) {
        const key = node.keys[i] as number;
        if (key >= low && key <= high)
          best = further(best ?? (node.values[i] as number), node.values[i] as number, sign);
      }
      return best as number;
    }
    case 'round':
      return roundHalfAway(bound(node.of, e, sign) / node.divisor);
  }
}

function further(a: number, b: number, sign: 1 | -1): number {
  return (b - a) * sign > 0 ? b : a;
}

/** Least or greatest value of Σ monomials; `undefined` where one of the variables is not applicable. */
export function polynomialBound(of: readonly Monomial[], e: Evaluation, sign: 1 | -1): number | undefined {
  let total = 0;
  for (const { times, of: variables } of of) {
    let product = times;
    for (const v of variables) {
      const at = e.at[v] as number;
      if (at === ABSENT) return undefined;
      const { min, max } = e.variables[v] as { min: number; max: number };
      product *= at >= 0 ? at : times >= 0 === sign > 0 ? max : min;
    }
    total += product;
  }
  return total;
}

/**
 * Which outcomes a test can still have. Kleene logic over bounds: exact where each open variable pushes the test one way
 * only, which the loader ensures for every verdict by its pivots; sound always.
 */
export function outcomes(test: BooleanNode, e: Evaluation): Outcomes {
  switch (test.op) {
    case 'choice': {
      const at = e.at[test.variable] as number;
      if (at >= 0) return test.choices.includes(at) ? TRUE : FALSE;
      if (at === ABSENT) return FALSE;
      const variable = e.variables[test.variable] as { codes: readonly string[] };
      const open = at === AMONG ? (e.among[test.variable] as readonly number[]) : [...variable.codes.keys()];
      const hits = open.filter((choice) => test.choices.includes(choice)).length;
      return ((hits > 0 ? TRUE : 0) | (hits < open.length ? FALSE : 0)) as Outcomes;
    }
    case 'at-least': {
      const high = bound(test.of, e, 1) >= test.value;
      return ((high ? TRUE : 0) | (!high || bound(test.of, e, -1) < test.value ? FALSE : 0)) as Outcomes;
    }
    case 'within':
      return withinRanges(test.of, test.ranges, e);
    case 'polynomial': {
      const high = polynomialBound(test.of, e, 1);
      if (high === undefined || high < 0) return FALSE;
      return (polynomialBound(test.of, e, -1) as number) < 0 ? BOTH : TRUE;
    }
    case 'and': {
      let all: number = TRUE;
      for (const of of test.of) {
        const one = outcomes(of, e);
        if (one === FALSE) return FALSE;
        all |= one & FALSE;
      }
      return all as Outcomes;
    }
    case 'or': {
      let any: number = FALSE;
      for (const of of test.of) {
        const one = outcomes(of, e);
        if (one === TRUE) return TRUE;
        any |= one & TRUE;
      }
      return any as Outcomes;
    }
    case 'not': {
      const one = outcomes(test.of, e);
      return one === BOTH ? BOTH : one === TRUE ? FALSE : TRUE;
    }
    case 'constant':
      return test.value ? TRUE : FALSE;
  }
}

function withinRanges(
  of: NumberNode,
  ranges: readonly (readonly [number, number])[],
  e: Evaluation,
): Outcomes {
  const inside = (value: number) => ranges.some(([from, to]) => value >= from && value <= to);
  const low = bound(of, e, -1);
  const high = bound(of, e, 1);
  if (low === high) return inside(low) ? TRUE : FALSE;
  const values = valuesOf(of, e);
  if (values !== null) {
    let result = 0;
    for (const value of values) result |= inside(value) ? TRUE : FALSE;
    return result as Outcomes;
  }
  const overlaps = ranges.some(([from, to]) => from <= high && to >= low);
  const covers = ranges.some(([from, to]) => from <= low && to >= high);
  return ((overlaps ? TRUE : 0) | (covers ? 0 : FALSE)) as Outcomes;
}

/** Every value that a term can still give; `null` where a number item is open. */
function termValues(term: Term, e: Evaluation): readonly number[] | null {
  const at = e.at[term[0]] as number;
  const points = term[1];
  if (typeof points === 'number') return at >= 0 ? [points * at] : at === ABSENT ? [] : null;
  if (at >= 0) return [points[at] as number];
  if (at === ABSENT) return [];
  return at === AMONG
    ? (e.among[term[0]] as readonly number[]).map((choice) => points[choice] as number)
    : points;
}

function combine(
  a: ReadonlySet<number>,
  b: Iterable<number>,
  join: (x: number, y: number) => number,
): Set<number> | null {
  const result = new Set<number>();
  for (const y of b) for (const x of a) result.add(join(x, y));
  return result.size > MOST_VALUES ? null : result;
}

function accumulatorValues(a: Accumulator, e: Evaluation): Set<number> | null {
  const join = a.kind === 'max' ? Math.max : a.kind === 'min' ? Math.min : (x: number, y: number) => x + y;
  let values: Set<number> | null = null;
  let present = 0;
  for (const term of a.terms) {
    const options = termValues(term, e);
    if (options === null) return null;
    if (options.length === 0) continue;
    present += 1;
    values = values === null ? new Set(options) : combine(values, new Set(options), join);
    if (values === null) return null;
  }
  if (values === null) return new Set([a.base]);
  if (a.kind === 'mean') return new Set([...values].map((total) => meanOf(total, present, a)));
  return a.kind === 'sum' && a.base !== 0 ? new Set([...values].map((value) => value + a.base)) : values;
}

/**
 * Every value that a number can still have, exactly where its parts share no open variable; `null` where a number item is
 * open or there are too many values, and only the bounds are known.
 */
export function valuesOf(node: NumberNode, e: Evaluation): ReadonlySet<number> | null {
  switch (node.op) {
    case 'accumulator':
      return accumulatorValues(e.accumulators[node.at] as Accumulator, e);
    case 'score': {
      const given = e.given[node.at];
      return given === undefined
        ? valuesOf((e.scores[node.at] as { value: NumberNode }).value, e)
        : new Set([given]);
    }
    case 'linear': {
      let values: Set<number> | null = new Set([node.base]);
      for (const [factor, of] of node.terms) {
        const part = valuesOf(of, e);
        if (part === null || values === null) return null;
        values = combine(values, part, (x, y) => x + factor * y);
      }
      return values;
    }
    case 'indicator': {
      const test = outcomes(node.test, e);
      return new Set(test === BOTH ? [0, 1] : [test === TRUE ? 1 : 0]);
    }
    case 'if': {
      const test = outcomes(node.test, e);
      const then = test & TRUE ? valuesOf(node.then, e) : new Set<number>();
      const otherwise = test & FALSE ? valuesOf(node.else, e) : new Set<number>();
      return then === null || otherwise === null ? null : new Set([...then, ...otherwise]);
    }
    case 'max':
    case 'min': {
      const join = node.op === 'max' ? Math.max : Math.min;
      let values: ReadonlySet<number> | null = null;
      for (const of of node.of) {
        const part = valuesOf(of, e);
        if (part === null) return null;
        values = values === null ? part : combine(values, part, join);
        if (values === null) return null;
      }
      return values;
    }
    case 'table': {
      const keys = valuesOf(node.of, e);
      return keys === null
        ? null
        : new Set([...keys].map((key) => node.values[node.keys.indexOf(key)] as number));
    }
    case 'round': {
      const values = valuesOf(node.of, e);
      return values === null
        ? null
        : new Set([...values].map((value) => roundHalfAway(value / node.divisor)));
    }
  }
}
