import {
  all,
  any,
  type Condition,
  choose,
  constant,
  type Numbers,
  not,
  others,
  settle,
  toNode,
} from './conditions.js';
import { ABSENT, bound, type Evaluation, OPEN, outcomes, TRUE, valuesOf } from './evaluate.js';
import type { Path } from './model.js';
import type { Names, Report } from './names.js';
import type {
  Accumulator,
  BooleanNode,
  Monomial,
  NumberNode,
  Term,
  Variable,
  VariableIndex,
} from './normal-form.js';
import {
  addQuotients,
  difference,
  divideQuotients,
  lowest,
  magnitude,
  multiplyQuotients,
  negateQuotient,
  type Polynomial,
  polynomial,
  type Quotient,
  quotientOf,
  toMonomials,
  type WholeMonomial,
  wholeMonomials,
} from './polynomials.js';
import type { Rational } from './rational.js';
import * as q from './rational.js';
import { atLeast, atMost, between, complement, type Region, within } from './regions.js';
import type { ComparisonOperator, Span } from './syntax.js';
import type { NumberTree, TestTree } from './typed.js';

/** Every number of the normal form stays below this in magnitude, so that doubles hold it exactly. */
const LIMIT = 2n ** 53n;

/** base + Σ single-variable terms + Σ factor × whole number. */
export interface Linear {
  readonly kind: 'linear';
  readonly base: Rational;
  /** By choice for a choice item; the factor of its count for a number item. */
  readonly terms: ReadonlyMap<VariableIndex, readonly Rational[] | Rational>;
  readonly parts: ReadonlyMap<string, { readonly factor: Rational; readonly node: NumberNode }>;
}

/** A number on its way into the normal form. */
export type Value = Linear | ({ readonly kind: 'quotient' } & Quotient);

/** A score as lowered: `value` / `scale` is printed. */
export interface LoweredScore {
  readonly value: NumberNode;
  readonly scale: number;
  readonly linear: Linear;
  /** With a missing rule its value can be an estimate, so whatever reads it must say so. */
  readonly estimable: boolean;
}

/** What lowering a definition gathers as it goes along. */
export interface Lowering {
  readonly names: Names;
  readonly variables: readonly Variable[];
  readonly accumulators: Accumulator[];
  /** By model index. */
  readonly scores: Map<number, LoweredScore>;
  readonly quantities: Map<number, Quotient>;
  /** Position of each score of the model among the lowered ones. */
  readonly positions: ReadonlyMap<number, number>;
  /** Items that a gate can make not applicable. */
  readonly droppable: ReadonlySet<VariableIndex>;
  readonly report: Report;
}

/** A lowering at the place of one formula. */
interface At {
  readonly lowering: Lowering;
  readonly where: Path;
}

type Failed = null;

/** A call over a list of numbers. */
interface ListTree {
  readonly span: Span;
  readonly of: readonly NumberTree[];
}

function fail(at: At, code: string, span: Span, message: string): Failed {
  at.lowering.report({ code, where: at.where, span: { start: span.start, end: span.end }, message });
  return null;
}

/** Spans of a branch of `{ by: … }` are offsets into the branch's own text. */
const into = (tree: NumberTree | TestTree, at: At): At =>
  tree.branch === undefined ? at : { ...at, where: [...at.where, tree.branch] };

const linear = (
  base: Rational,
  terms: Linear['terms'] = new Map(),
  parts: Linear['parts'] = new Map(),
): Linear => ({ kind: 'linear', base, terms, parts });

const part = (node: NumberNode, factor: Rational): Linear =>
  linear(q.ZERO, new Map(), new Map([[JSON.stringify(node), { factor, node }]]));

const isTable = (points: readonly Rational[] | Rational): points is readonly Rational[] =>
  Array.isArray(points);

const isVain = (points: readonly Rational[] | Rational): boolean =>
  isTable(points) ? points.every(q.isZero) : q.isZero(points);

function plus(a: Linear, b: Linear): Linear {
  const terms = new Map(a.terms);
  for (const [variable, points] of b.terms) {
    const before = terms.get(variable);
    if (before === undefined) terms.set(variable, points);
    else if (isTable(before) && isTable(points)) {
      terms.set(
        variable,
        before.map((one, choice) => q.add(one, points[choice] ?? q.ZERO)),
      );
    } else if (!isTable(before) && !isTable(points)) terms.set(variable, q.add(before, points));
    const sum = terms.get(variable);
    if (sum !== undefined && isVain(sum)) terms.delete(variable);
  }
  const parts = new Map(a.parts);
  for (const [key, { factor, node }] of b.parts) {
    const sum = q.add(parts.get(key)?.factor ?? q.ZERO, factor);
    if (q.isZero(sum)) parts.delete(key);
    else parts.set(key, { factor: sum, node });
  }
  return linear(q.add(a.base, b.base), terms, parts);
}

function times(a: Linear, factor: Rational): Linear {
  if (q.isZero(factor)) return linear(q.ZERO);
  const scale = (one: Rational): Rational => q.multiply(one, factor);
  return linear(
    scale(a.base),
    new Map([...a.terms].map(([v, points]) => [v, isTable(points) ? points.map(scale) : scale(points)])),
    new Map([...a.parts].map(([key, one]) => [key, { ...one, factor: scale(one.factor) }])),
  );
}

const isConstant = (a: Linear): boolean => a.terms.size === 0 && a.parts.size === 0;

/** The value of a number that reads no item; `null` for any other. */
const constantValue = (a: Value): Rational | null => (a.kind === 'linear' && isConstant(a) ? a.base : null);

/** Keeps one accumulator for each that differs. */
function accumulator(lowering: Lowering, one: Accumulator): NumberNode {
  const key = JSON.stringify(one);
  const found = lowering.accumulators.findIndex((other) => JSON.stringify(other) === key);
  if (found >= 0) return { op: 'accumulator', at: found };
  lowering.accumulators.push(one);
  return { op: 'accumulator', at: lowering.accumulators.length - 1 };
}

const small = (value: bigint): number => Number(value);

/** As a polynomial, where it is made of number items alone. */
function asPolynomial(a: Linear): Polynomial | null {
  if (a.parts.size > 0) return null;
  const monomials: { of: readonly VariableIndex[]; times: Rational }[] = [{ of: [], times: a.base }];
  for (const [variable, points] of a.terms) {
    if (isTable(points)) return null;
    monomials.push({ of: [variable], times: points });
  }
  return polynomial(monomials);
}

/** As a quotient of polynomials, where it is made of number items alone. */
export function asQuotient(a: Value): Quotient | null {
  if (a.kind === 'quotient') return a;
  const numerator = asPolynomial(a);
  return numerator === null ? null : quotientOf(numerator);
}

/** Back to linear, where no two number items are multiplied or divided. */
function simplified(a: Quotient): Value {
  const constantBelow = [...a.denominator.values()];
  const [only] = constantBelow;
  if (constantBelow.length !== 1 || only === undefined || only.of.length > 0)
    return { kind: 'quotient', ...a };
  const terms = [...a.numerator.values()].map(({ of, times: factor }) => ({
    of,
    times: q.divide(factor, only.times),
  }));
  if (terms.some(({ of }) => of.length > 1)) {
    return { kind: 'quotient', ...quotientOf(polynomial(terms)) };
  }
  const base = terms.find(({ of }) => of.length === 0)?.times ?? q.ZERO;
  const byVariable = terms.flatMap(({ of: [variable], times: factor }): [number, Rational][] =>
    variable === undefined ? [] : [[variable, factor]],
  );
  return linear(base, new Map(byVariable));
}

/** A number of the formula, exactly; `null` where there is a problem, which was reported. */
export function lowerNumber(tree: NumberTree, outer: At): Value | Failed {
  const at = into(tree, outer);
  const { lowering } = at;
  switch (tree.kind) {
    case 'constant':
      return linear(tree.value);
    case 'points':
      return isVain(tree.points) ? linear(q.ZERO) : linear(q.ZERO, new Map([[tree.variable, tree.points]]));
    case 'measurement': {
      const variable = lowering.variables[tree.variable];
      const places = variable?.kind === 'number' ? variable.places : 0;
      return linear(q.ZERO, new Map([[tree.variable, q.rational(1n, 10n ** BigInt(places))]]));
    }
    case 'score': {
      const score = lowering.scores.get(tree.at);
      const position = lowering.positions.get(tree.at);
      if (score === undefined || position === undefined) return null;
      return part({ op: 'score', at: position }, q.rational(1n, BigInt(score.scale)));
    }
    case 'quantity': {
      const quantity = lowering.quantities.get(tree.at);
      return quantity === undefined ? null : simplified(quantity);
    }
    case 'sum': {
      const of = each(tree.of, (one) => lowerNumber(one, at));
      return of === null
        ? null
        : of.reduce<Value | Failed>((a, b) => a && addValues(a, b, tree.span, at), linear(q.ZERO));
    }
    case 'negate': {
      const of = lowerNumber(tree.of, at);
      if (of === null) return null;
      return of.kind === 'linear' ? times(of, q.rational(-1n)) : { kind: 'quotient', ...negateQuotient(of) };
    }
    case 'product':
    case 'quotient':
      return productOrQuotient(tree, at);
    case 'mean':
      return mean(tree, at);
    case 'max':
    case 'min':
      return extremum(tree.kind, tree, at);
    case 'count': {
      const of = each(tree.of, (one) => lowerTest(one, at));
      return of === null ? null : of.map((one) => indicator(one, lowering)).reduce(plus, linear(q.ZERO));
    }
    case 'if':
      return conditional(tree, at);
    case 'round': {
      const of = linearOf(tree.of, at, 'round(...) of a quotient');
      return of && round(of, tree.decimals, lowering);
    }
    case 'table': {
      const of = linearOf(tree.of, at, 'table(...) of a quotient');
      return of && lookUp(of, tree, at);
    }
  }
}

function each<T, U extends object>(of: readonly T[], make: (one: T) => U | Failed): readonly U[] | Failed {
  const made = of.map(make);
  const known = made.filter((one): one is U => one !== null);
  return known.length === made.length ? known : null;
}

function addValues(a: Value, b: Value, span: Span, at: At): Value | Failed {
  if (a.kind === 'linear' && b.kind === 'linear') return plus(a, b);
  const [x, y] = [asQuotient(a), asQuotient(b)];
  if (x === null || y === null) {
    return fail(
      at,
      'quotient-and-points',
      span,
      'A product or quotient of number items cannot be added to points. Compare it first: if bmi < 18.5 then 2 else 0.',
    );
  }
  return simplified(addQuotients(x, y));
}

function productOrQuotient(tree: NumberTree & { kind: 'product' | 'quotient' }, at: At): Value | Failed {
  const left = lowerNumber(tree.left, at);
  const right = lowerNumber(tree.right, at);
  if (left === null || right === null) return null;
  const factor = constantValue(right);
  if (factor !== null) {
    if (tree.kind === 'product') return scaleValue(left, factor);
    if (q.isZero(factor)) return fail(at, 'division', tree.right.span, 'Nothing can be divided by 0.');
    return scaleValue(left, q.divide(q.ONE, factor));
  }
  const leftFactor = constantValue(left);
  if (tree.kind === 'product' && leftFactor !== null) return scaleValue(right, leftFactor);
  const [x, y] = [asQuotient(left), asQuotient(right)];
  if (tree.kind === 'product') {
    if (x !== null && y !== null) return simplified(multiplyQuotients(x, y));
    return fail(
      at,
      'product',
      tree.span,
      'Only number items can be multiplied with each other; points only by a constant.',
    );
  }
  const positive = y !== null && q.compare(lowest(y.numerator, at.lowering.variables), q.ZERO) > 0;
  if (x !== null && y !== null && positive) return simplified(divideQuotients(x, y));
  return fail(
    at,
    'division',
    tree.right.span,
    'Division is only by a constant, or by number items with min above 0 whose value cannot be 0 or less.',
  );
}

function scaleValue(a: Value, factor: Rational): Value {
  if (a.kind === 'linear') return times(a, factor);
  const constantFactor = quotientOf(polynomial([{ of: [], times: factor }]));
  return simplified(multiplyQuotients(a, constantFactor));
}

function linearOf(tree: NumberTree, at: At, what: string): Linear | Failed {
  const value = lowerNumber(tree, at);
  if (value === null || value.kind === 'linear') return value;
  return fail(
    at,
    'quotient-as-score',
    tree.span,
    `${what} cannot be scored exactly. Declare it under scores with 'quantity: true' and compare it: 'bmi >= 20'.`,
  );
}

/** 1 where the condition holds, 0 where not: a term where it is about one choice item. */
function indicator(test: Condition, lowering: Lowering): Linear {
  switch (test.kind) {
    case 'constant':
      return linear(test.value ? q.ONE : q.ZERO);
    case 'choice': {
      // An item that is not applicable has no term, so what it counts for then stands in the base.
      const [base, size, choices] = test.absent
        ? [q.ONE, q.rational(-1n), others(test)]
        : [q.ZERO, q.ONE, test.choices];
      const points = Array.from({ length: test.codes }, (_, choice) =>
        choices.includes(choice) ? size : q.ZERO,
      );
      return linear(base, new Map([[test.variable, points]]));
    }
    default:
      return part({ op: 'indicator', test: toNode(test, numbersOf(lowering)) }, q.ONE);
  }
}

function conditional(tree: NumberTree & { kind: 'if' }, at: At): Linear | Failed {
  const steps = stepsOf(tree, at);
  if (steps !== undefined) return steps;
  const test = lowerTest(tree.test, at);
  const then = linearOf(tree.then, at, 'A quotient as a branch');
  const otherwise = linearOf(tree.else, at, 'A quotient as a branch');
  if (test === null || then === null || otherwise === null) return null;
  if (test.kind === 'constant') return test.value ? then : otherwise;
  const scale = q.commonDenominator([...coefficients(then), ...coefficients(otherwise)]);
  const branch = (one: Linear): NumberNode => wholeNode(times(one, q.rational(scale)), at.lowering);
  const node: NumberNode = {
    op: 'if',
    test: toNode(test, numbersOf(at.lowering)),
    then: branch(then),
    else: branch(otherwise),
  };
  return part(node, q.rational(1n, scale));
}

/**
 * A choice among constants is a staircase: least value + Σ height of the step × [value reaches the step]. Each step is one
 * condition, so what rises with every step needs no pivot. `undefined` where a branch is no constant.
 */
function stepsOf(tree: NumberTree, at: At): Linear | Failed | undefined {
  const leaves = new Map<string, Rational>();
  if (!constantLeaves(tree, leaves)) return undefined;
  const values = [...leaves.values()].sort(q.compare);
  const [least = q.ZERO, ...higher] = values;
  let result = linear(least);
  let below = least;
  for (const value of higher) {
    const reaches = reachesStep(tree, value, at);
    if (reaches === null) return null;
    result = plus(result, times(indicator(reaches, at.lowering), q.subtract(value, below)));
    below = value;
  }
  return result;
}

function constantLeaves(tree: NumberTree, leaves: Map<string, Rational>): boolean {
  if (tree.kind === 'if') return constantLeaves(tree.then, leaves) && constantLeaves(tree.else, leaves);
  const value = constantOf(tree);
  if (value === null) return false;
  leaves.set(`${value.numerator}/${value.denominator}`, value);
  return true;
}

function constantOf(tree: NumberTree): Rational | null {
  if (tree.kind === 'constant') return tree.value;
  const inner = tree.kind === 'negate' ? constantOf(tree.of) : null;
  return inner && q.negate(inner);
}

function reachesStep(tree: NumberTree, value: Rational, outer: At): Condition | Failed {
  const at = into(tree, outer);
  if (tree.kind !== 'if') return constant(q.compare(constantOf(tree) ?? q.ZERO, value) >= 0);
  const test = lowerTest(tree.test, at);
  const then = reachesStep(tree.then, value, at);
  const otherwise = reachesStep(tree.else, value, at);
  return test && then && otherwise && choose(test, then, otherwise);
}

/** A single-variable value as a term with its base folded in; `null` where it is none. */
function singleTerm(a: Linear): { variable: VariableIndex; points: readonly Rational[] | Rational } | null {
  const [only, ...rest] = a.terms;
  if (only === undefined || rest.length > 0 || a.parts.size > 0) return null;
  const [variable, points] = only;
  if (isTable(points)) return { variable, points: points.map((one) => q.add(one, a.base)) };
  return q.isZero(a.base) ? { variable, points } : null;
}

function mean(tree: ListTree, at: At): Linear | Failed {
  const of = each(tree.of, (one) => linearOf(one, at, 'mean(...) of a quotient'));
  if (of === null) return null;
  const { lowering } = at;
  const droppable = of.some((one) =>
    [...one.terms.keys()].some((variable) => lowering.droppable.has(variable)),
  );
  if (!droppable) return times(of.reduce(plus, linear(q.ZERO)), q.rational(1n, BigInt(of.length)));
  const terms = of.map(singleTerm).filter((one) => one !== null);
  if (terms.length < of.length || new Set(terms.map(({ variable }) => variable)).size < terms.length) {
    return fail(
      at,
      'mean-of-items',
      tree.span,
      'An item here may be not applicable, so mean(...) must be of items alone, each once: mean(q1..q5).',
    );
  }
  let share = 1n;
  for (let n = 2n; n <= BigInt(terms.length); n += 1n) share = q.lcm(share, n);
  const scale = q.commonDenominator(terms.flatMap(({ points }) => (isTable(points) ? points : [points])));
  const node = accumulator(lowering, {
    kind: 'mean',
    base: 0,
    share: small(share),
    terms: terms.map(({ variable, points }) => wholeTerm(variable, points, scale)),
  });
  return part(node, q.rational(1n, scale * share));
}

function wholeTerm(variable: VariableIndex, points: readonly Rational[] | Rational, scale: bigint): Term {
  const whole = (one: Rational): number => small((one.numerator * scale) / one.denominator);
  return isTable(points) ? [variable, points.map(whole)] : [variable, whole(points)];
}

function extremum(kind: 'max' | 'min', tree: ListTree, at: At): Linear | Failed {
  const of = each(tree.of, (one) => linearOf(one, at, `${kind}(...) of a quotient`));
  if (of === null) return null;
  const [first] = of;
  if (of.length === 1 && first !== undefined) return first;
  if (of.every(isConstant)) {
    const sorted = of.map(({ base }) => base).sort(q.compare);
    return linear((kind === 'max' ? sorted.at(-1) : sorted[0]) ?? q.ZERO);
  }
  const scale = q.commonDenominator(of.flatMap((one) => [...coefficients(one)]));
  const singles = new Map<VariableIndex, readonly Rational[] | Rational>();
  const rest: Linear[] = [];
  for (const one of of) {
    const term = singleTerm(one);
    const before = term === null ? undefined : singles.get(term.variable);
    if (term === null || (before !== undefined && !(isTable(before) && isTable(term.points)))) rest.push(one);
    else if (before !== undefined && isTable(before) && isTable(term.points)) {
      const again = term.points;
      singles.set(
        term.variable,
        before.map((points, choice) => further(kind, points, again[choice] ?? points)),
      );
    } else singles.set(term.variable, term.points);
  }
  const nodes = rest.map((one) => wholeNode(times(one, q.rational(scale)), at.lowering));
  if (singles.size > 0) {
    const terms = [...singles].sort(([a], [b]) => a - b).map(([v, points]) => wholeTerm(v, points, scale));
    nodes.unshift(accumulator(at.lowering, { kind: kind, base: 0, terms }));
  }
  const [only] = nodes;
  return part(
    nodes.length === 1 && only !== undefined ? only : { op: kind, of: nodes },
    q.rational(1n, scale),
  );
}

const further = (kind: 'max' | 'min', a: Rational, b: Rational): Rational =>
  q.compare(a, b) >= 0 === (kind === 'max') ? a : b;

function round(of: Linear, decimals: number, lowering: Lowering): Linear {
  const power = 10n ** BigInt(decimals);
  const { node, scale } = scaledNode(of, lowering);
  const common = q.gcd(power, scale);
  const divisor = scale / common;
  if (divisor === 1n) return of;
  const factor = power / common;
  const multiplied: NumberNode =
    factor === 1n ? node : { op: 'linear', base: 0, terms: [[small(factor), node]] };
  return part({ op: 'round', divisor: small(divisor), of: multiplied }, q.rational(1n, power));
}

function lookUp(of: Linear, tree: NumberTree & { kind: 'table' }, at: At): Linear | Failed {
  const table = at.lowering.names.model.tables[tree.table];
  if (table === undefined) return null;
  const { node, scale } = scaledNode(of, at.lowering);
  const rows = table.rows.map(([key, value]) => ({
    key: q.multiply(q.fromNumber(key), q.rational(scale)),
    value: q.fromNumber(value),
  }));
  const values = q.commonDenominator(rows.map(({ value }) => value));
  const whole = rows.filter(({ key }) => q.isWhole(key));
  const reached = reachableOf(node, at.lowering);
  const keys = new Set(whole.map(({ key }) => small(key.numerator)));
  const lacking = [...reached].find((key) => !keys.has(key));
  if (lacking !== undefined) {
    return fail(
      at,
      'table-gap',
      tree.span,
      `Table '${tree.table}' has no row for ${q.toNumber(q.rational(BigInt(lacking), scale))}, which its argument can be.`,
    );
  }
  return part(
    {
      op: 'table',
      keys: whole.map(({ key }) => small(key.numerator)),
      values: whole.map(({ value }) => small((value.numerator * values) / value.denominator)),
      of: node,
    },
    q.rational(1n, values),
  );
}

/** Whole values that a number can have on a complete form: listed where they can be, else its ends. */
function reachableOf(node: NumberNode, lowering: Lowering): ReadonlySet<number> {
  const form = blankForm(lowering);
  return valuesOf(node, form) ?? new Set([bound(node, form, -1), bound(node, form, 1)]);
}

function* coefficients(a: Linear): Generator<Rational> {
  yield a.base;
  for (const points of a.terms.values())
    if (isTable(points)) yield* points;
    else yield points;
  for (const { factor } of a.parts.values()) yield factor;
}

/** The whole-number node of a value whose coefficients are whole. */
function wholeNode(a: Linear, lowering: Lowering): NumberNode {
  const base = small(a.base.numerator);
  const parts = [...a.parts.values()].map(({ factor, node }): readonly [number, NumberNode] => [
    small(factor.numerator),
    node,
  ]);
  if (a.terms.size === 0) {
    const [only] = parts;
    if (parts.length === 1 && only?.[0] === 1 && base === 0) return only[1];
    return { op: 'linear', base, terms: parts };
  }
  const sorted = [...a.terms].sort(([x], [y]) => x - y);
  const sum = accumulator(lowering, {
    kind: 'sum',
    base,
    terms: sorted.map(([v, points]) => wholeTerm(v, points, 1n)),
  });
  return parts.length === 0 ? sum : { op: 'linear', base: 0, terms: [[1, sum], ...parts] };
}

/** The node and the smallest scale that make every value whole: value = node / scale. */
export function scaledNode(
  a: Linear,
  lowering: Lowering,
): { readonly node: NumberNode; readonly scale: bigint } {
  const scale = q.commonDenominator(coefficients(a));
  return { node: wholeNode(times(a, q.rational(scale)), lowering), scale };
}

/** A condition of the formula; `null` where there is a problem, which was reported. */
export function lowerTest(tree: TestTree, outer: At): Condition | Failed {
  const at = into(tree, outer);
  switch (tree.kind) {
    case 'constant':
      return constant(tree.value);
    case 'choice':
      return choiceCondition(tree.variable, tree.choices, at.lowering);
    case 'and':
    case 'or': {
      const of = each(tree.of, (one) => lowerTest(one, at));
      return of && (tree.kind === 'and' ? all(of) : any(of));
    }
    case 'not': {
      const of = lowerTest(tree.of, at);
      return of && not(of);
    }
    case 'if': {
      const test = lowerTest(tree.test, at);
      const then = lowerTest(tree.then, at);
      const otherwise = lowerTest(tree.else, at);
      return test && then && otherwise && choose(test, then, otherwise);
    }
    case 'of-member': {
      const of = lowerTest(tree.of, at);
      return of && whereAdministered(of, tree.member, at.lowering);
    }
    case 'compare':
      return comparison(tree.operator, tree.left, tree.right, tree.span, at);
  }
}

function choiceCondition(variable: VariableIndex, choices: readonly number[], lowering: Lowering): Condition {
  const facts = lowering.variables[variable];
  const codes = facts?.kind === 'choice' ? facts.codes.length : 0;
  return settle({ kind: 'choice', variable, codes, choices, absent: false });
}

/** A member that was not administered contributes nothing: a condition that would hold of it must say that it was. */
function whereAdministered(test: Condition, member: number, lowering: Lowering): Condition {
  const isOfMember = (variable: Variable): boolean => 'member' in variable && variable.member === member;
  const form = blankForm(lowering, (variable) => (isOfMember(variable) ? ABSENT : OPEN));
  if ((outcomes(toNode(test, numbersOf(lowering)), form) & TRUE) === 0) return test;
  const witness = lowering.variables.findIndex(
    (variable, index) => variable.kind === 'choice' && isOfMember(variable) && !lowering.droppable.has(index),
  );
  const facts = lowering.variables[witness];
  if (facts?.kind !== 'choice') return test;
  const choices = facts.codes.map((_, choice) => choice);
  return all([{ kind: 'choice', variable: witness, codes: choices.length, choices, absent: false }, test]);
}

const MIRRORED = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** `left operator right`; an `if` on either side is compared branch by branch. */
function comparison(
  operator: ComparisonOperator,
  left: NumberTree,
  right: NumberTree,
  span: Span,
  outer: At,
): Condition | Failed {
  if (right.kind === 'if' && left.kind !== 'if')
    return comparison(MIRRORED[operator], right, left, span, outer);
  if (left.kind === 'if') {
    const at = into(left, outer);
    const test = lowerTest(left.test, at);
    const then = comparison(operator, left.then, right, span, at);
    const otherwise = comparison(operator, left.else, right, span, at);
    return test && then && otherwise && choose(test, then, otherwise);
  }
  const at = outer;
  const [a, b] = [lowerNumber(left, into(left, at)), lowerNumber(right, into(right, at))];
  if (a === null || b === null) return null;
  if (a.kind === 'linear' && b.kind === 'linear') {
    const apart = plus(a, times(b, q.rational(-1n)));
    const numbersAlone = apart.terms.size > 0 ? asPolynomial(apart) : null;
    return numbersAlone === null
      ? compareLinear(apart, operator, at.lowering)
      : comparePolynomial(numbersAlone, operator, at.lowering);
  }
  const [x, y] = [asQuotient(a), asQuotient(b)];
  if (x !== null && y !== null) return comparePolynomial(difference(x, y), operator, at.lowering);
  return fail(
    at,
    'quotient-and-points',
    span,
    'A product or quotient of number items can only be compared with a constant or with number items.',
  );
}

/** Whole numbers n for which `n operator limit`. */
function regionOf(operator: ComparisonOperator, limit: Rational): Region {
  const whole = small(q.floor(limit));
  const above = small(q.ceiling(limit));
  switch (operator) {
    case '>=':
      return atLeast(above);
    case '>':
      return atLeast(whole + 1);
    case '<=':
      return atMost(whole);
    case '<':
      return atMost(above - 1);
    case '=':
      return q.isWhole(limit) ? between(whole, whole) : [];
    case '!=':
      return complement(q.isWhole(limit) ? between(whole, whole) : []);
  }
}

function holds(value: Rational, operator: ComparisonOperator): boolean {
  const sign = q.compare(value, q.ZERO);
  switch (operator) {
    case '>=':
      return sign >= 0;
    case '>':
      return sign > 0;
    case '<=':
      return sign <= 0;
    case '<':
      return sign < 0;
    case '=':
      return sign === 0;
    case '!=':
      return sign !== 0;
  }
}

/** `apart operator 0`. */
function compareLinear(apart: Linear, operator: ComparisonOperator, lowering: Lowering): Condition {
  if (isConstant(apart)) return constant(holds(apart.base, operator));
  const [term, ...others] = apart.terms;
  if (term !== undefined && others.length === 0 && apart.parts.size === 0) {
    const [variable, points] = term;
    if (isTable(points)) {
      const choices = points.flatMap((one, choice) =>
        holds(q.add(one, apart.base), operator) ? [choice] : [],
      );
      return choiceCondition(variable, choices, lowering);
    }
  }
  const [only] = apart.parts.values();
  const oneScore = apart.terms.size === 0 && apart.parts.size === 1 && only?.node.op === 'score';
  const merged = oneScore ? apart : withScoresWrittenOut(apart, lowering);
  if (merged !== apart) return compareLinear(merged, operator, lowering);
  const bare = linear(q.ZERO, apart.terms, apart.parts);
  const unit = unitOf(bare);
  const node = wholeNode(times(bare, q.divide(q.ONE, unit)), lowering);
  const limit = q.divide(q.negate(apart.base), unit);
  const facing = unit.numerator < 0n ? MIRRORED[operator] : operator;
  const [low, high] = numbersOf(lowering).boundsOf(node);
  return settle({ kind: 'number', of: node, region: within(regionOf(facing, limit), low, high) });
}

/** Greatest number that divides every coefficient; negative where the leading one is, so that opposites look the same. */
function unitOf(a: Linear): Rational {
  const all = [...coefficients(a)].filter((one) => !q.isZero(one));
  const denominator = q.commonDenominator(all);
  const divisor = all.reduce((g, one) => q.gcd(g, (one.numerator * denominator) / one.denominator), 0n);
  const [first] = [...a.terms].sort(([x], [y]) => x - y);
  const [firstPart] = a.parts.values();
  const leading =
    first === undefined
      ? firstPart?.factor
      : isTable(first[1])
        ? [...first[1]].reverse().find((one) => !q.isZero(one))
        : first[1];
  const negative = leading !== undefined && leading.numerator < 0n;
  return q.rational(negative ? -divisor : divisor, denominator);
}

/** Sums of scores become one sum of items where that loses nothing: no estimate can stand for one of the scores. */
function withScoresWrittenOut(a: Linear, lowering: Lowering): Linear {
  const scores = [...lowering.scores.values()];
  const ofPosition = (position: number): LoweredScore | undefined =>
    [...lowering.scores].find(([at]) => lowering.positions.get(at) === position)?.[1];
  if (scores.length === 0) return a;
  let result = linear(a.base, a.terms);
  let changed = false;
  for (const [key, { factor, node }] of a.parts) {
    const score = node.op === 'score' ? ofPosition(node.at) : undefined;
    if (score === undefined || score.estimable) {
      result = plus(result, linear(q.ZERO, new Map(), new Map([[key, { factor, node }]])));
    } else {
      changed = true;
      result = plus(result, times(withScoresWrittenOut(score.linear, lowering), factor));
    }
  }
  return changed ? result : a;
}

/** The value of a score: sums of other scores are written out, so that an item that stands twice is one term. */
export function scoreValue(value: Linear, lowering: Lowering): Linear {
  const [only] = value.parts.values();
  const alone = value.terms.size === 0 && value.parts.size === 1 && only?.node.op === 'score';
  return alone ? value : withScoresWrittenOut(value, lowering);
}

/** `of operator 0`. */
function comparePolynomial(of: Polynomial, operator: ComparisonOperator, lowering: Lowering): Condition {
  const [whole = []] = wholeMonomials([of]);
  const variables = new Set(whole.flatMap((one) => one.of));
  const degree = Math.max(0, ...whole.map((one) => one.of.length));
  const [variable] = variables;
  const base = whole.find((one) => one.of.length === 0)?.times ?? 0n;
  if (variable === undefined) return constant(holds(q.rational(base), operator));
  const first = whole.find((one) => one.of.length === 1);
  if (variables.size === 1 && degree === 1 && first !== undefined) {
    const facing = first.times < 0n ? MIRRORED[operator] : operator;
    return countCondition(variable, regionOf(facing, q.rational(-base, first.times)), lowering);
  }
  const least = (by: bigint): readonly WholeMonomial[] => [
    ...whole.filter((one) => one.of.length > 0),
    { of: [], times: base + by },
  ];
  const opposite = (one: readonly WholeMonomial[]): readonly WholeMonomial[] =>
    one.map(({ of: product, times: factor }) => ({ of: product, times: -factor }));
  const notNegative = (one: readonly WholeMonomial[]): Condition => polynomialCondition(one, lowering);
  switch (operator) {
    case '>=':
      return notNegative(whole);
    case '>':
      return notNegative(least(-1n));
    case '<=':
      return notNegative(opposite(whole));
    case '<':
      return notNegative(opposite(least(1n)));
    case '=':
      return all([notNegative(whole), notNegative(opposite(whole))]);
    case '!=':
      return any([notNegative(least(-1n)), notNegative(opposite(least(1n)))]);
  }
}

function polynomialCondition(of: readonly WholeMonomial[], lowering: Lowering): Condition {
  if (magnitude(of, lowering.variables) >= LIMIT) {
    // The caller's check of magnitudes reports it: such a test is never kept.
    return { kind: 'polynomial', of: [{ times: Number.POSITIVE_INFINITY, of: [] }], negated: false };
  }
  const divisor = of.reduce((g, { times: factor }) => q.gcd(g, factor), 0n);
  const reduced = of.map(({ of: product, times: factor }) => ({
    of: product,
    times: divisor === 0n ? factor : factor / divisor,
  }));
  const monomials: readonly Monomial[] = toMonomials(reduced);
  return { kind: 'polynomial', of: monomials, negated: false };
}

/** A set of counts, held as counts of steps above the least value, where it has no gaps that the item cannot hit. */
function countCondition(variable: VariableIndex, counts: Region, lowering: Lowering): Condition {
  const grid = numbersOf(lowering).gridOf(variable);
  const steps = counts.map(([from, to]): readonly [number, number] => [
    Number.isFinite(from) ? Math.ceil((from - grid.min) / grid.step) : from,
    Number.isFinite(to) ? Math.floor((to - grid.min) / grid.step) : to,
  ]);
  const region = within(
    steps.filter(([from, to]) => from <= to),
    0,
    (grid.max - grid.min) / grid.step,
  );
  return settle({ kind: 'count', variable, region, absent: false });
}

/** The normal form of a condition. */
export const testNode = (test: Condition, lowering: Lowering): BooleanNode =>
  toNode(test, numbersOf(lowering));

function numbersOf(lowering: Lowering): Numbers {
  return {
    countOf: (variable) => accumulator(lowering, { kind: 'max', base: -1, terms: [[variable, 1]] }),
    gridOf: (variable) => {
      const facts = lowering.variables[variable];
      return facts?.kind === 'number' ? facts : { min: 0, max: 0, step: 1 };
    },
    boundsOf: (of) => {
      const form = {
        ...blankForm(lowering),
        accumulators: lowering.accumulators.map((one) => widened(one, lowering)),
      };
      return [bound(of, form, -1), bound(of, form, 1)];
    },
  };
}

/** A form on which nothing is known but what `at` says; gates are left aside. */
function blankForm(
  lowering: Lowering,
  at: (variable: Variable, index: number) => number = () => OPEN,
): Evaluation {
  return {
    variables: lowering.variables,
    accumulators: lowering.accumulators,
    scores: [...lowering.scores.values()],
    at: lowering.variables.map(at),
    among: {},
    given: {},
  };
}

/** An accumulator whose terms can also be what they count for where their item is not applicable. */
function widened(one: Accumulator, lowering: Lowering): Accumulator {
  const mayBeAbsent = (variable: VariableIndex): boolean => {
    const facts = lowering.variables[variable];
    const member = facts !== undefined && 'member' in facts ? facts.member : undefined;
    const chosen = member !== undefined && lowering.names.model.members[member]?.asked === 'chosen';
    return chosen || lowering.droppable.has(variable);
  };
  const ends = ([variable, points]: Term): readonly number[] => {
    if (typeof points !== 'number') return points;
    const facts = lowering.variables[variable];
    return facts?.kind === 'number' ? [points * facts.min, points * facts.max] : [0];
  };
  if (!one.terms.some(([variable]) => mayBeAbsent(variable))) return one;
  if (one.kind === 'mean') {
    const all = one.terms.flatMap(ends).map((points) => points * (one.share ?? 1));
    const [first] = one.terms;
    return { kind: 'sum', base: 0, terms: first === undefined ? [] : [[first[0], [...all, one.base]]] };
  }
  const absent = one.kind === 'sum' ? 0 : one.base;
  return {
    ...one,
    terms: one.terms.map((term): Term => (mayBeAbsent(term[0]) ? [term[0], [...ends(term), absent]] : term)),
  };
}
