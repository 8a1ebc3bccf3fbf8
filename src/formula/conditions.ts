import type { BooleanNode, Monomial, NumberNode, VariableIndex } from './normal-form.js';
import { between, complement, EVERYTHING, intersection, type Region, union } from './regions.js';

/**
 * A condition on its way into the normal form, negations pushed inwards. Conditions on one choice, one number item or one
 * number are sets, so that `and` and `or` over the same one join into one exact set.
 */
export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** True at `choices`; where the item is not applicable: `absent`. */
  | {
      readonly kind: 'choice';
      readonly variable: VariableIndex;
      readonly codes: number;
      readonly choices: readonly number[];
      readonly absent: boolean;
    }
  /** A number item whose count of steps above its least value lies in `region`; where it is not applicable: `absent`. */
  | {
      readonly kind: 'count';
      readonly variable: VariableIndex;
      readonly region: Region;
      readonly absent: boolean;
    }
  | { readonly kind: 'number'; readonly of: NumberNode; readonly region: Region }
  | { readonly kind: 'polynomial'; readonly of: readonly Monomial[]; readonly negated: boolean }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] };

type Range = Region[number];

export const constant = (value: boolean): Condition => ({ kind: 'constant', value });

/** The condition that is true where `a` is false. */
export function not(a: Condition): Condition {
  switch (a.kind) {
    case 'constant':
      return constant(!a.value);
    case 'choice':
      return { ...a, choices: others(a), absent: !a.absent };
    case 'count':
      return { ...a, region: complement(a.region), absent: !a.absent };
    case 'number':
      return { ...a, region: complement(a.region) };
    case 'polynomial':
      return { ...a, negated: !a.negated };
    case 'and':
      return any(a.of.map(not));
    case 'or':
      return all(a.of.map(not));
  }
}

/** The choices at which a condition on a choice is false. */
export const others = ({
  codes,
  choices,
}: {
  readonly codes: number;
  readonly choices: readonly number[];
}): number[] =>
  Array.from({ length: codes }, (_, choice) => choice).filter((choice) => !choices.includes(choice));

/** True where every part is. */
export const all = (parts: readonly Condition[]): Condition => join('and', parts);

/** True where some part is. */
export const any = (parts: readonly Condition[]): Condition => join('or', parts);

/** `if test then a else b`, without saying the test twice where a branch is constant. */
export function choose(test: Condition, then: Condition, otherwise: Condition): Condition {
  if (isConstant(then, true)) return any([test, otherwise]);
  if (isConstant(otherwise, true)) return any([not(test), then]);
  if (JSON.stringify(then) === JSON.stringify(otherwise)) return then;
  return any([all([test, then]), all([not(test), otherwise])]);
}

const isConstant = (a: Condition, value: boolean): boolean => a.kind === 'constant' && a.value === value;

function join(op: 'and' | 'or', parts: readonly Condition[]): Condition {
  const flat = parts.flatMap((part) => (part.kind === op ? part.of : [part]));
  const absorbing = op === 'or';
  const joined = new Map<string, Condition>();
  for (const part of flat) {
    const key = subject(part);
    const before = joined.get(key);
    joined.set(key, settle(before === undefined ? part : merge(op, before, part)));
  }
  const result = [...joined.values()].filter((part) => !isConstant(part, !absorbing));
  if (result.some((part) => isConstant(part, absorbing))) return constant(absorbing);
  const [only] = result;
  if (only === undefined) return constant(!absorbing);
  return result.length === 1 ? only : { kind: op, of: result };
}

/** What a condition is about: two with the same subject join into one. */
function subject(a: Condition): string {
  switch (a.kind) {
    case 'choice':
    case 'count':
      return `variable ${a.variable}`;
    case 'number':
      return `number ${JSON.stringify(a.of)}`;
    default:
      return JSON.stringify(a);
  }
}

/** Both conditions as one; they have the same subject, and so are of one kind. */
function merge(op: 'and' | 'or', a: Condition, b: Condition): Condition {
  const regions = op === 'and' ? intersection : union;
  const both = (x: boolean, y: boolean): boolean => (op === 'and' ? x && y : x || y);
  switch (a.kind) {
    case 'choice': {
      const { choices, absent } = b as typeof a;
      const every = Array.from({ length: a.codes }, (_, choice) => choice);
      return {
        ...a,
        choices: every.filter((choice) => both(a.choices.includes(choice), choices.includes(choice))),
        absent: both(a.absent, absent),
      };
    }
    case 'count': {
      const { region, absent } = b as typeof a;
      return { ...a, region: regions(a.region, region), absent: both(a.absent, absent) };
    }
    case 'number':
      return { ...a, region: regions(a.region, (b as typeof a).region) };
    default:
      return a;
  }
}

/** A set that is empty or everything is a constant. */
export function settle(a: Condition): Condition {
  switch (a.kind) {
    case 'choice':
      if (a.choices.length === 0 && !a.absent) return constant(false);
      return a.choices.length === a.codes && a.absent ? constant(true) : a;
    case 'count':
      if (a.region.length === 0 && !a.absent) return constant(false);
      return isEverything(a.region) && a.absent ? constant(true) : a;
    case 'number':
      if (a.region.length === 0) return constant(false);
      return isEverything(a.region) ? constant(true) : a;
    default:
      return a;
  }
}

const isEverything = (region: Region): boolean => JSON.stringify(region) === JSON.stringify(EVERYTHING);

/** What is needed of the definition to write a condition in the normal form. */
export interface Numbers {
  /** The accumulator of one number item: its count, or −1 where the item is not applicable. */
  readonly countOf: (variable: VariableIndex) => NumberNode;
  /** Least count and step of a number item. */
  readonly gridOf: (variable: VariableIndex) => {
    readonly min: number;
    readonly max: number;
    readonly step: number;
  };
  /** Between which values a number lies on every form. */
  readonly boundsOf: (of: NumberNode) => readonly [number, number];
}

/** The condition in the normal form. */
export function toNode(a: Condition, numbers: Numbers): BooleanNode {
  switch (a.kind) {
    case 'constant':
      return { op: 'constant', value: a.value };
    case 'choice':
      return a.absent
        ? { op: 'not', of: { op: 'choice', variable: a.variable, choices: others(a) } }
        : { op: 'choice', variable: a.variable, choices: a.choices };
    case 'count':
      return a.absent
        ? { op: 'not', of: countNode(a.variable, complement(a.region), numbers) }
        : countNode(a.variable, a.region, numbers);
    case 'number':
      return numberNode(a.of, a.region, numbers);
    case 'polynomial': {
      const node: BooleanNode = { op: 'polynomial', of: a.of };
      return a.negated ? { op: 'not', of: node } : node;
    }
    case 'and':
    case 'or':
      return { op: a.kind, of: a.of.map((part) => toNode(part, numbers)) };
  }
}

/** A one-sided set is a linear polynomial, which no inapplicable item satisfies; any other is a set of counts. */
function countNode(variable: VariableIndex, steps: Region, numbers: Numbers): BooleanNode {
  const { min, max, step } = numbers.gridOf(variable);
  const region = steps.map(([from, to]): Range => [min + step * from, min + step * to]);
  // An empty set was settled as a constant.
  const [from, to] = region[0] as Range;
  const isOne = region.length === 1;
  if (isOne && to === Number.POSITIVE_INFINITY) {
    return {
      op: 'polynomial',
      of: [{ times: 1, of: [variable] }, ...constantTerm(from === Number.NEGATIVE_INFINITY ? 0 : -from)],
    };
  }
  if (isOne && from === Number.NEGATIVE_INFINITY) {
    return { op: 'polynomial', of: [{ times: -1, of: [variable] }, ...constantTerm(to)] };
  }
  return { op: 'within', of: numbers.countOf(variable), ranges: intersection(region, between(min, max)) };
}

const constantTerm = (value: number): readonly Monomial[] => (value === 0 ? [] : [{ times: value, of: [] }]);

function numberNode(of: NumberNode, region: Region, numbers: Numbers): BooleanNode {
  // Neither nothing nor everything, which were settled as constants.
  const [first, last] = [region[0] as Range, region.at(-1) as Range];
  const opensBelow = first[0] === Number.NEGATIVE_INFINITY;
  const opensAbove = last[1] === Number.POSITIVE_INFINITY;
  if (opensBelow && opensAbove) return { op: 'not', of: { op: 'within', of, ranges: complement(region) } };
  if (region.length === 1 && opensAbove) return { op: 'at-least', of, value: first[0] };
  if (region.length === 1 && opensBelow)
    return { op: 'not', of: { op: 'at-least', of, value: first[1] + 1 } };
  const [low, high] = numbers.boundsOf(of);
  return { op: 'within', of, ranges: intersection(region, between(low, high)) };
}
