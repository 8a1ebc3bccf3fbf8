import { type Evaluation, evaluate, outcomes } from './evaluate.js';
import type {
  Accumulator,
  BooleanNode,
  ChoiceVariable,
  Monomial,
  NumberNode,
  NumberVariable,
  Term,
  VariableIndex,
} from './normal-form.js';

/** How one variable acts on a test (or number) at one place where it stands. */
export type Occurrence = {
  readonly variable: VariableIndex;
} /** More is truer. By choice; `absent`: where the item is not applicable, `null` where that cannot be compared. */ & (
  | { readonly kind: 'table'; readonly points: readonly number[]; readonly absent: number | null }
  /** A number item: truer upwards (1) or downwards (−1). */
  | { readonly kind: 'slope'; readonly sign: 1 | -1; readonly breaks: readonly number[] | null }
  /** Inside an exact set, which neither more nor less makes truer. */
  | {
      readonly kind: 'set';
      /** By choice; none of a number item. */
      readonly points: readonly number[];
      readonly breaks: readonly number[] | null;
    }
);

type Sign = 1 | -1;

/** A form on which nothing is known. */
export interface Unknown {
  /** Every item applies. */
  readonly blank: Evaluation;
  /** Nor is it known which of the items apply that can drop out. */
  readonly widened: Evaluation;
}

/** Collects how each variable acts. */
export class Occurrences {
  readonly all: Occurrence[] = [];
  private readonly unknown: Unknown;
  private readonly blank: Evaluation;

  constructor(unknown: Unknown) {
    this.unknown = unknown;
    this.blank = unknown.blank;
  }

  /** Adds the places of a test that is wanted true (1) or false (−1). */
  test(test: BooleanNode, sign: Sign): void {
    switch (test.op) {
      case 'constant':
        return;
      case 'choice': {
        const { codes } = this.blank.program.variables[test.variable] as ChoiceVariable;
        const points = codes.map((_, choice) => (test.choices.includes(choice) ? sign : 0));
        this.all.push({ kind: 'table', variable: test.variable, points, absent: 0 });
        return;
      }
      case 'at-least':
        this.number(test.of, sign, test.value);
        return;
      case 'within': {
        const breaks = breaksOf(
          test.of,
          this.blank,
          test.ranges.flatMap(([from, to]) => [from, to + 1]),
        );
        this.exactly(test.of, breaks);
        if (breaks !== null) this.offGrid(test, breaks);
        return;
      }
      case 'polynomial':
        this.polynomial(test.of, sign);
        return;
      case 'and':
      case 'or':
        for (const of of test.of) this.test(of, sign);
        return;
      case 'not':
        this.test(test.of, flipped(sign));
        return;
    }
  }

  /** Adds the places of a number that is wanted high (1) or low (−1). */
  number(node: NumberNode, sign: Sign, threshold: number | null = null): void {
    switch (node.op) {
      case 'accumulator': {
        const accumulator = this.blank.program.accumulators[node.at] as Accumulator;
        const breaks = threshold === null ? null : breaksOf(node, this.blank, [threshold]);
        for (const term of accumulator.terms)
          this.term(term, sign, accumulator.kind === 'sum' ? 0 : null, breaks);
        return;
      }
      case 'score':
        this.number(scoreNode(node.at, this.blank), sign, threshold);
        return;
      case 'linear':
        for (const [factor, of] of node.terms) this.number(of, factor < 0 ? flipped(sign) : sign);
        return;
      case 'indicator':
        this.test(node.test, sign);
        return;
      case 'if': {
        // Where an item of one of them drops out, that one may come to lie on the other side.
        const [then, otherwise] = [
          evaluate(node.then, this.unknown.widened),
          evaluate(node.else, this.unknown.widened),
        ];
        if (otherwise.highest > then.lowest) this.test(node.test, flipped(sign));
        if (then.highest > otherwise.lowest) this.test(node.test, sign);
        this.number(node.then, sign);
        this.number(node.else, sign);
        return;
      }
      case 'max':
      case 'min':
        for (const of of node.of) this.number(of, sign);
        return;
      case 'table': {
        const steps = node.values.slice(1).map((value, i) => value - (node.values[i] as number));
        const rises = steps.every((step) => step >= 0);
        const falls = steps.every((step) => step <= 0);
        if (rises || falls) {
          this.number(node.of, rises ? sign : flipped(sign));
          return;
        }
        this.exactly(node.of, null);
        return;
      }
      case 'round':
        this.number(node.of, sign);
        return;
    }
  }

  /**
   * Adds a place where a number item alone is tested for values that none of its counts gives: an open item spans all that
   * lies between its ends.
   */
  private offGrid(test: BooleanNode, breaks: readonly number[]): void {
    // A number made of one number item reads it alone.
    const [variable] = [...variablesOfTest(test, this.blank)] as [VariableIndex];
    const counts = countsAround(breaks, this.blank.program.variables[variable] as NumberVariable);
    const given = counts.map((count) =>
      outcomes(test, { ...this.blank, at: this.blank.at.map(() => count), known: {} }),
    );
    if (outcomes(test, this.blank) !== given.reduce<number>((so, one) => so | one, 0))
      this.valueByValue(variable);
  }

  /** Adds the places of a number of which it matters what it is, not whether it is more or less. */
  private exactly(node: NumberNode, breaks: readonly number[] | null): void {
    this.set(node, breaks);
    if (breaks !== null) return;
    // What is not listed value by value is no exact set: a number item beside others, and too many values.
    const { lowest, highest, values } = evaluate(node, this.blank);
    const isListed = values !== null || lowest === highest;
    for (const variable of variablesOfNumber(node, this.blank)) {
      if (!isListed || this.blank.program.variables[variable]?.kind === 'number') this.valueByValue(variable);
    }
  }

  /**
   * Adds the places of a number whose exact set of values is wanted. One that stands twice has no one best answer, so that
   * it is tried value by value.
   */
  set(node: NumberNode, breaks: readonly number[] | null = null): void {
    const inside = new Occurrences(this.unknown);
    inside.number(node, 1);
    for (const one of inside.all) {
      this.all.push({
        kind: 'set',
        variable: one.variable,
        points: 'points' in one ? one.points : [],
        breaks: breaks ?? ('breaks' in one ? one.breaks : null),
      });
    }
  }

  /** Adds a place at which a variable must be tried value by value, besides the one that says what its values do. */
  private valueByValue(variable: VariableIndex): void {
    this.all.push({ kind: 'set', variable, points: [], breaks: [] });
  }

  private term(
    [variable, points]: Term,
    sign: Sign,
    absent: number | null,
    breaks: readonly number[] | null,
  ): void {
    if (typeof points === 'number') {
      this.all.push({ kind: 'slope', variable, sign: points < 0 ? flipped(sign) : sign, breaks });
    } else {
      this.all.push({ kind: 'table', variable, points: points.map((one) => one * sign), absent });
    }
  }

  private polynomial(of: readonly Monomial[], sign: Sign): void {
    const variables = new Set(of.flatMap((one) => one.of));
    const linearIn = variables.size === 1 && of.every((one) => one.of.length <= 1);
    for (const variable of variables) {
      const signs = new Set(
        of.filter((one) => one.of.includes(variable)).map(({ times }) => Math.sign(times)),
      );
      const breaks = linearIn ? [polynomialBreak(of)] : null;
      for (const direction of signs) {
        this.all.push({ kind: 'slope', variable, sign: direction < 0 ? flipped(sign) : sign, breaks });
      }
    }
  }
}

/** One count of each cell between the breaks, and both ends. */
export function countsAround(
  breaks: readonly number[],
  { min, max, step }: Pick<NumberVariable, 'min' | 'max' | 'step'>,
): readonly number[] {
  const counts = new Set([min, max]);
  for (const at of breaks) {
    const onGrid = min + Math.ceil((at - min) / step) * step;
    if (onGrid > min && onGrid <= max) counts.add(onGrid);
  }
  return [...counts].sort((a, b) => a - b);
}

const scoreNode = (score: number, { program }: Evaluation): NumberNode =>
  (program.scores[score] as { readonly value: NumberNode }).value;

const flipped = (sign: Sign): Sign => (sign === 1 ? -1 : 1);

/** The first count at which ±count + base >= 0 changes its truth: a condition on one number item has no other factor. */
function polynomialBreak(of: readonly Monomial[]): number {
  const rises = of.some((one) => one.of.length === 1 && one.times > 0);
  const base = of.find((one) => one.of.length === 0)?.times ?? 0;
  return rises ? -base : base + 1;
}

/** The counts at which a number made of one number item alone crosses `values`; `null` for any other number. */
function breaksOf(node: NumberNode, blank: Evaluation, values: readonly number[]): readonly number[] | null {
  if (node.op !== 'accumulator') return null;
  const accumulator = blank.program.accumulators[node.at] as Accumulator;
  const [term, ...rest] = accumulator.terms as readonly [Term, ...Term[]];
  if (rest.length > 0 || typeof term[1] !== 'number') return null;
  const [factor, base] = [term[1], accumulator.kind === 'sum' ? accumulator.base : 0];
  return values.map((value) =>
    factor > 0 ? Math.ceil((value - base) / factor) : Math.floor((value - base) / factor) + 1,
  );
}

/** Every variable that a number reads. */
export function variablesOfNumber(node: NumberNode, blank: Evaluation): ReadonlySet<VariableIndex> {
  const seen = new Set<VariableIndex>();
  visitNumber(node, seen, blank);
  return seen;
}

/** Every variable that a test reads. */
export function variablesOfTest(test: BooleanNode, blank: Evaluation): ReadonlySet<VariableIndex> {
  const seen = new Set<VariableIndex>();
  visitTest(test, seen, blank);
  return seen;
}

function visitNumber(node: NumberNode, seen: Set<VariableIndex>, blank: Evaluation): void {
  switch (node.op) {
    case 'accumulator':
      for (const [variable] of (blank.program.accumulators[node.at] as Accumulator).terms) seen.add(variable);
      return;
    case 'score':
      visitNumber(scoreNode(node.at, blank), seen, blank);
      return;
    case 'linear':
      for (const [, of] of node.terms) visitNumber(of, seen, blank);
      return;
    case 'indicator':
      visitTest(node.test, seen, blank);
      return;
    case 'if':
      visitTest(node.test, seen, blank);
      visitNumber(node.then, seen, blank);
      visitNumber(node.else, seen, blank);
      return;
    case 'max':
    case 'min':
      for (const of of node.of) visitNumber(of, seen, blank);
      return;
    case 'table':
    case 'round':
      visitNumber(node.of, seen, blank);
      return;
  }
}

function visitTest(test: BooleanNode, seen: Set<VariableIndex>, blank: Evaluation): void {
  switch (test.op) {
    case 'constant':
      return;
    case 'choice':
      seen.add(test.variable);
      return;
    case 'at-least':
    case 'within':
      visitNumber(test.of, seen, blank);
      return;
    case 'polynomial':
      for (const { of } of test.of) for (const variable of of) seen.add(variable);
      return;
    case 'and':
    case 'or':
      for (const of of test.of) visitTest(of, seen, blank);
      return;
    case 'not':
      visitTest(test.of, seen, blank);
      return;
  }
}
