import type { Accumulator, BooleanNode, Monomial, NumberNode, Program, Term } from './normal-form.js';

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

/** What a number can still be: its least and greatest value, and every value where they can be listed. */
export interface Reach {
  readonly lowest: number;
  readonly highest: number;
  /** `null` for a single value, and where a number item is open or there are too many to list. */
  readonly values: ReadonlySet<number> | null;
}

/** What a formula is evaluated over: the normal form's tables and what is known of each variable. */
export interface Evaluation {
  readonly program: Pick<Program, 'variables' | 'accumulators'> & {
    readonly scores: readonly { readonly value: NumberNode }[];
  };
  /** By variable: a choice or count, or `OPEN`, `ABSENT`, `AMONG`, `UNREADABLE`. */
  readonly at: readonly number[];
  /** Choices of the variables that are `AMONG`. */
  readonly among: Readonly<Record<number, readonly number[]>>;
  /**
   * Scores that need no working out, by index, in the score's scale: given from outside (only a total was recorded, or it
   * was prorated), or found before over these same answers and kept here, as many verdicts read one score.
   */
  readonly known: Record<number, Reach | undefined>;
}

/** Nothing but this value. */
export function point(value: number): Reach {
  return { lowest: value, highest: value, values: null };
}

/** These values. `listed` is false where they are but the ends of what a number can be. */
export function reachOf(values: ReadonlySet<number>, listed: boolean): Reach {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest, values: listed && values.size <= MOST_VALUES ? values : null };
}

function isListed({ lowest, highest, values }: Reach): boolean {
  return values !== null || lowest === highest;
}

/** Every value, or the ends where the values are not listed. */
export function valuesOf({ lowest, highest, values }: Reach): Iterable<number> {
  return values ?? [lowest, highest];
}

/** What is in one or the other. */
export function union(a: Reach, b: Reach): Reach {
  return reachOf(new Set([...valuesOf(a), ...valuesOf(b)]), isListed(a) && isListed(b));
}

/**
 * What `f` can be over two numbers that share no open variable. `f` rises or falls all along in each of them, so that its
 * ends lie at their ends.
 */
export function join(a: Reach, b: Reach, f: (x: number, y: number) => number): Reach {
  if (a.lowest === a.highest && b.lowest === b.highest) return point(f(a.lowest, b.lowest));
  const values = new Set<number>();
  for (const y of valuesOf(b)) for (const x of valuesOf(a)) values.add(f(x, y));
  return reachOf(values, isListed(a) && isListed(b));
}

const plus = (x: number, y: number): number => x + y;
const times = (x: number, y: number): number => x * y;

/** Rounds half away from zero. */
export function roundHalfAway(value: number): number {
  // Nought added, so that no result holds the negative nought that JSON cannot carry.
  return (value < 0 ? -Math.round(-value) : Math.round(value)) + 0;
}

/** Σ monomials over number variables, none of them not applicable; each monomial is taken by itself. */
export function polynomial(of: readonly Monomial[], { program, at }: Evaluation): Reach {
  return of.reduce((sum, monomial) => {
    const product = monomial.of.reduce((so, v) => {
      const count = at[v] as number;
      const { min, max } = program.variables[v] as { min: number; max: number };
      return join(so, count >= 0 ? point(count) : { lowest: min, highest: max, values: null }, times);
    }, point(monomial.times));
    return join(sum, product, plus);
  }, point(0));
}

/** The points of an open term. */
function openTerm([variable, points]: Term, e: Evaluation): Reach {
  if (typeof points === 'number') return polynomial([{ times: points, of: [variable] }], e);
  const among = e.at[variable] === AMONG ? (e.among[variable] as readonly number[]) : null;
  return reachOf(new Set(among?.map((choice) => points[choice] as number) ?? points), true);
}

function accumulate({ kind, base, share, terms }: Accumulator, e: Evaluation): Reach {
  const add = kind === 'max' || kind === 'min' ? Math[kind] : plus;
  let settled = kind === 'max' ? -Infinity : kind === 'min' ? Infinity : base;
  let open: Reach | undefined;
  let present = 0;
  // A plain loop, with the answered items added up as numbers: this is most of what scoring does.
  for (const term of terms) {
    const at = e.at[term[0]] as number;
    if (at === ABSENT) continue;
    present++;
    if (at >= 0) settled = add(settled, typeof term[1] === 'number' ? term[1] * at : (term[1][at] as number));
    else {
      const one = openTerm(term, e);
      open = open === undefined ? one : join(open, one, add);
    }
  }
  if (present === 0) return point(base);
  const total = open === undefined ? point(settled) : join(open, point(settled), add);
  return kind === 'mean' ? join(total, point(share as number), (x, y) => (x * y) / present) : total;
}

/** What an indicator can be, by the outcomes that its test can still have. */
const INDICATED: Readonly<Record<number, Reach>> = { 1: point(0), 2: point(1), 3: union(point(0), point(1)) };

/**
 * What a number can still be over the completions of the form: exactly where its parts share no open variable, soundly
 * always.
 */
export function evaluate(node: NumberNode, e: Evaluation): Reach {
  switch (node.op) {
    case 'accumulator':
      return accumulate(e.program.accumulators[node.at] as Accumulator, e);
    case 'score': {
      e.known[node.at] ??= evaluate((e.program.scores[node.at] as { value: NumberNode }).value, e);
      return e.known[node.at] as Reach;
    }
    case 'linear':
      return node.terms.reduce(
        (sum, [factor, of]) => join(sum, evaluate(of, e), (x, y) => x + factor * y),
        point(node.base),
      );
    case 'indicator':
      return INDICATED[outcomes(node.test, e)] as Reach;
    case 'if': {
      const test = outcomes(node.test, e);
      if (test === BOTH) return union(evaluate(node.then, e), evaluate(node.else, e));
      return evaluate(test === TRUE ? node.then : node.else, e);
    }
    case 'max':
    case 'min':
      return node.of.map((of) => evaluate(of, e)).reduce((a, b) => join(a, b, Math[node.op]));
    case 'table': {
      const of = evaluate(node.of, e);
      // A value given from outside (a prorated score) may lie between two keys: both are then considered.
      const has = (key: number) =>
        of.values?.has(key) ?? (key >= Math.floor(of.lowest) && key <= Math.ceil(of.highest));
      return reachOf(new Set(node.values.filter((_, i) => has(node.keys[i] as number))), isListed(of));
    }
    case 'round':
      return join(evaluate(node.of, e), point(node.divisor), (x, y) => roundHalfAway(x / y));
  }
}

function atLeast({ lowest, highest }: Reach, value: number): Outcomes {
  return ((highest >= value ? TRUE : 0) | (lowest < value ? FALSE : 0)) as Outcomes;
}

function overEach(values: Iterable<number>, test: (value: number) => boolean): Outcomes {
  let result = 0;
  for (const value of values) result |= test(value) ? TRUE : FALSE;
  return result as Outcomes;
}

function within(
  { lowest, highest, values }: Reach,
  ranges: readonly (readonly [number, number])[],
): Outcomes {
  const reaches = (low: number, high: number) => ranges.some(([from, to]) => low >= from && high <= to);
  return values === null
    ? // One range that overlaps is enough for a value inside, and one that covers leaves none outside.
      (((reaches(highest, lowest) ? TRUE : 0) | (reaches(lowest, highest) ? 0 : FALSE)) as Outcomes)
    : overEach(values, (value) => reaches(value, value));
}

/**
 * Which outcomes a test can still have. Kleene logic over bounds: exact where each open variable pushes the test one way
 * only, which the loader ensures for every verdict by its pivots; sound always.
 */
export function outcomes(test: BooleanNode, e: Evaluation): Outcomes {
  switch (test.op) {
    case 'choice': {
      const { variable, choices } = test;
      const at = e.at[variable] as number;
      if (at >= 0 || at === ABSENT) return choices.includes(at) ? TRUE : FALSE;
      const { codes } = e.program.variables[variable] as { codes: readonly string[] };
      return overEach(at === AMONG ? (e.among[variable] as readonly number[]) : codes.keys(), (choice) =>
        choices.includes(choice),
      );
    }
    case 'at-least':
      return atLeast(evaluate(test.of, e), test.value);
    case 'within':
      return within(evaluate(test.of, e), test.ranges);
    case 'polynomial':
      return test.of.some(({ of }) => of.some((v) => e.at[v] === ABSENT))
        ? FALSE
        : atLeast(polynomial(test.of, e), 0);
    case 'and':
    case 'or': {
      // The outcome of one part that settles the whole.
      const settling = test.op === 'and' ? FALSE : TRUE;
      let result = BOTH - settling;
      for (const of of test.of) {
        const one = outcomes(of, e);
        if (one === settling) return settling;
        result |= one & settling;
      }
      return result as Outcomes;
    }
    case 'not': {
      const one = outcomes(test.of, e);
      return one === BOTH ? BOTH : ((BOTH - one) as Outcomes);
    }
    case 'constant':
      return test.value ? TRUE : FALSE;
  }
}
