import { choiceCondition, compareValues, MIRRORED, withScoresWrittenOut } from './comparisons.js';
import { all, any, type Condition, choose, constant, not, others } from './conditions.js';
import { ABSENT, type Evaluation, evaluate, FALSE, OPEN, outcomes, TRUE } from './evaluate.js';
import {
  addValues,
  asQuotient,
  coefficients,
  constantValue,
  isConstant,
  isTable,
  joinPoints,
  type Linear,
  linear,
  measurementOf,
  negateValue,
  type Points,
  partOf,
  plus,
  scaleValue,
  simplified,
  singleTerm,
  termOf,
  times,
  type Value,
} from './linear.js';
import {
  type At,
  accumulator,
  blankForm,
  type Lowering,
  mayBeAbsent,
  numbersOf,
  scaledNode,
  testNode,
  wholeNode,
  wholeTerm,
  widenedForm,
} from './lowering.js';
import type { Model, ModelMember } from './model.js';
import type { ChoiceVariable, NumberNode, NumberVariable, Variable, VariableIndex } from './normal-form.js';
import { variablesOfNumber } from './polarity.js';
import { divideQuotients, lowest, multiplyQuotients } from './polynomials.js';
import type { Rational } from './rational.js';
import * as q from './rational.js';
import { EVERYTHING } from './regions.js';
import type { ComparisonOperator, Span } from './syntax.js';
import type { NumberTree, TestTree } from './typed.js';

type Failed = null;

/** A call over a list of numbers. */
interface ListTree {
  readonly span: Span;
  readonly of: readonly NumberTree[];
}

type Table = Model['tables'][string];
type Item = { readonly member?: number };
type IfTree = NumberTree & { readonly kind: 'if' };

function fail(at: At, code: string, span: Span, message: string): Failed {
  at.lowering.report({ code, where: at.where, span: { start: span.start, end: span.end }, message });
  return null;
}

/** Spans of a branch of `{ by: … }` are offsets into the branch's own text. */
const into = (tree: NumberTree | TestTree, at: At): At =>
  tree.branch === undefined ? at : { ...at, where: [...at.where, tree.branch] };

/** A number of the formula, exactly; `null` where there is a problem, which was reported. */
export function lowerNumber(tree: NumberTree, outer: At): Value | Failed {
  const at = into(tree, outer);
  const { lowering } = at;
  switch (tree.kind) {
    case 'constant':
      return linear(tree.value);
    case 'points':
      return termOf(tree.variable, tree.points);
    case 'measurement':
      return measurementOf(tree.variable, lowering.variables);
    case 'score': {
      const score = lowering.scores.get(tree.at);
      return score === undefined
        ? null
        : partOf({ op: 'score', at: score.position }, q.rational(1n, BigInt(score.scale)));
    }
    case 'quantity': {
      const quantity = lowering.quantities.get(tree.at);
      return quantity === undefined ? null : simplified(quantity);
    }
    case 'sum': {
      const of = each(tree.of, (one) => lowerNumber(one, at));
      return of && sum(of, tree.span, at);
    }
    case 'negate': {
      const of = lowerNumber(tree.of, at);
      return of && negateValue(of);
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
    case 'of-item':
      return argumentOfItem(tree, at);
    case 'of-member': {
      const of = linearOf(tree.of, at, 'A quotient of a member');
      return of && countedWhereAdministered(of, tree.member, tree.span, at);
    }
  }
}

/** The value, and 0 where the member was not administered. */
function countedWhereAdministered(value: Linear, member: number, span: Span, at: At): Linear | Failed {
  const { lowering } = at;
  if (lowering.names.model.members[member]?.asked === 'all') return value;
  const form = formWithoutMember(member, lowering);
  const isNothing = (node: NumberNode): boolean => {
    const { lowest: least, highest: most } = evaluate(node, form);
    return least === 0 && most === 0;
  };
  const isOwn = (variable: VariableIndex): boolean =>
    isOfMember(lowering.variables[variable] as Variable, member);
  const isOwnAlone = ({ base, terms, parts }: Linear): boolean =>
    q.isZero(base) &&
    [...terms.keys()].every(isOwn) &&
    [...parts.values()].every(({ node }) => isNothing(node));
  if (isOwnAlone(value)) return value;
  const { base, terms, parts } = withScoresWrittenOut(value, lowering);
  const given = administered(member, span, at);
  if (given === null) return null;
  const nothing: NumberNode = { op: 'linear', base: 0, terms: [] };
  const whereGiven = (then: NumberNode, factor: Rational): Linear =>
    partOf({ op: 'if', test: testNode(given, lowering), then, else: nothing }, factor);
  const [own, others] = [true, false].map((its) =>
    linear(q.ZERO, new Map([...terms].filter(([variable]) => isOwn(variable) === its))),
  ) as [Linear, Linear];
  const { node: ofOthers, scale } = scaledNode(others, lowering);
  return [...parts.values()]
    .map(({ factor, node }) => (isNothing(node) ? partOf(node, factor) : whereGiven(node, factor)))
    .reduce(
      plus,
      [
        own,
        times(indicator(given, lowering), base),
        isConstant(others) ? others : whereGiven(ofOthers, q.rational(1n, scale)),
      ].reduce(plus),
    );
}

/** An argument about one item, as points of that item alone, so that nothing of it stays where the item drops out. */
function argumentOfItem(tree: NumberTree & { kind: 'of-item' }, at: At): Value | Failed {
  const { lowering } = at;
  const { variable } = tree;
  const value = lowerNumber(tree.of, at);
  if (value === null || !mayBeAbsent(variable, lowering)) return value;
  const facts = lowering.variables[variable] as ChoiceVariable | NumberVariable;
  if (facts.kind === 'choice' && value.kind === 'linear') {
    // Kept as a term also where it is always 0, as it counts in a divisor and among the least and the greatest.
    const points = facts.codes.map((_, choice) => worthAt(value, variable, choice, lowering));
    return linear(q.ZERO, new Map([[variable, points]]));
  }
  if (value.kind === 'linear' && singleTerm(value) !== null) return value;
  return fail(
    at,
    'droppable-argument',
    tree.span,
    `'${facts.id}' may be not applicable: write the number item itself, or a multiple of it, as the argument, and do the rest outside the call.`,
  );
}

/** What a value that reads one choice item is at one of the choices. */
function worthAt(value: Linear, variable: VariableIndex, choice: number, lowering: Lowering): Rational {
  const form = blankForm(lowering, (_, index) => (index === variable ? choice : OPEN));
  const own = value.terms.get(variable);
  const points = own !== undefined && isTable(own) ? (own[choice] as Rational) : q.ZERO;
  return [...value.parts.values()].reduce(
    (total, { factor, node }) =>
      q.add(total, q.multiply(factor, q.rational(BigInt(evaluate(node, form).lowest)))),
    q.add(value.base, points),
  );
}

function each<T, U extends object>(of: readonly T[], make: (one: T) => U | Failed): readonly U[] | Failed {
  const made = of.map(make);
  const known = made.filter((one): one is U => one !== null);
  return known.length === made.length ? known : null;
}

function sum(of: readonly Value[], span: Span, at: At): Value | Failed {
  let total: Value = linear(q.ZERO);
  for (const one of of) {
    const next = addValues(total, one);
    if (next === null) {
      return fail(
        at,
        'quotient-and-points',
        span,
        'A product or quotient of number items cannot be added to points. Compare it first: if bmi < 18.5 then 2 else 0.',
      );
    }
    total = next;
  }
  return total;
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
      return partOf({ op: 'indicator', test: testNode(test, lowering) }, q.ONE);
  }
}

function conditional(tree: IfTree, at: At): Linear | Failed {
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
    test: testNode(test, at.lowering),
    then: branch(then),
    else: branch(otherwise),
  };
  return partOf(node, q.rational(1n, scale));
}

/**
 * A choice among constants is a staircase: least value + Σ height of the step × [value reaches the step]. Each step is one
 * condition, so what rises with every step needs no pivot. `undefined` where a branch is no constant.
 */
function stepsOf(tree: IfTree, at: At): Linear | Failed | undefined {
  const leaves = new Map<string, Rational>();
  if (!constantLeaves(tree, leaves)) return undefined;
  // Every branch ends in a constant, so there is one.
  const [least, ...higher] = [...leaves.values()].sort(q.compare) as [Rational, ...Rational[]];
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

/** That a choice among constants comes to a value or more. `at`: inside the tree. */
function reachesStep(tree: NumberTree, value: Rational, at: At): Condition | Failed {
  if (tree.kind !== 'if') return constant(q.compare(constantOf(tree) as Rational, value) >= 0);
  const test = lowerTest(tree.test, at);
  const then = reachesStep(tree.then, value, into(tree.then, at));
  const otherwise = reachesStep(tree.else, value, into(tree.else, at));
  return test && then && otherwise && choose(test, then, otherwise);
}

function mean(tree: ListTree, at: At): Linear | Failed {
  const of = each(tree.of, (one) => linearOf(one, at, 'mean(...) of a quotient'));
  if (of === null) return null;
  const { lowering } = at;
  const variables = of.flatMap((one) => [...one.terms.keys()]);
  // What is no item stays where the items of one member are not there.
  const together = of.every((one) => singleTerm(one) !== null);
  const drops = together
    ? appliesAlone(variables, lowering)
    : (one: VariableIndex) => mayBeAbsent(one, lowering);
  const droppable = variables.some(drops);
  if (!droppable) return times(of.reduce(plus, linear(q.ZERO)), q.rational(1n, BigInt(of.length)));
  const terms = of.map((one, i) => ownTerm(one, tree.of[i], lowering)).filter((one) => one !== null);
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
    share: Number(share),
    terms: terms.map(({ variable, points }) => wholeTerm(variable, points, scale)),
  });
  return partOf(node, q.rational(1n, scale * share));
}

/** An argument as a term, where nothing of it stays when its item drops out; `null` where it is none. */
function ownTerm(
  of: Linear,
  tree: NumberTree | undefined,
  lowering: Lowering,
): ReturnType<typeof singleTerm> {
  const term = singleTerm(of);
  // A call is 0 without its items: 'sum(q1)' does not drop out with q1.
  const stays = term !== null && tree?.kind !== 'of-item' && mayBeAbsent(term.variable, lowering);
  return stays ? null : term;
}

function extremum(kind: 'max' | 'min', tree: ListTree, at: At): Linear | Failed {
  const of = each(tree.of, (one) => linearOf(one, at, `${kind}(...) of a quotient`));
  if (of === null) return null;
  if (of.every(isConstant)) return linear(of.map(({ base }) => base).reduce((a, b) => further(kind, a, b)));
  const scale = q.commonDenominator(of.flatMap((one) => [...coefficients(one)]));
  const singles = new Map<VariableIndex, Points>();
  const rest: Linear[] = [];
  for (const [i, one] of of.entries()) {
    const term = ownTerm(one, tree.of[i], at.lowering);
    if (term === null) rest.push(one);
    else {
      // Counts are never negative, so the further of two factors gives the further of two measurements.
      const { variable, points } = term;
      const before = singles.get(variable) ?? points;
      singles.set(
        variable,
        joinPoints(before, points, (a, b) => further(kind, a, b)),
      );
    }
  }
  const nodes = rest.map((one) => wholeNode(times(one, q.rational(scale)), at.lowering));
  const { members } = at.lowering.names.model;
  const leavesOut = tree.of.some(
    (one, i) =>
      one.kind === 'of-member' && members[one.member]?.asked === 'chosen' && rest.includes(of[i] as Linear),
  );
  const least = (one: Linear): number =>
    numbersOf(at.lowering).boundsOf(wholeNode(times(one, q.rational(scale)), at.lowering))[0];
  // A number of a member that was not administered counts as 0, which leaves the others alone unless they are less.
  if (leavesOut && of.some((one) => least(one) < 0))
    return fail(
      at,
      'across-chosen',
      tree.span,
      'A number here can be less than 0, and max(...) across a panel would take 0 for a member that was not asked: use sum, count or any.',
    );
  if (singles.size > 0) {
    const terms = [...singles].sort(([a], [b]) => a - b).map(([v, points]) => wholeTerm(v, points, scale));
    // Where no item of it applies, the others must be left alone.
    const ends = [...singles.keys()].every((variable) => mayBeAbsent(variable, at.lowering)) ? nodes : [];
    const neutral = ends.map((node) => numbersOf(at.lowering).boundsOf(node)[kind === 'max' ? 0 : 1]);
    nodes.unshift(
      accumulator(at.lowering, { kind, base: Math[kind === 'max' ? 'min' : 'max'](0, ...neutral), terms }),
    );
  }
  const [first, ...others] = nodes as [NumberNode, ...NumberNode[]];
  return partOf(others.length === 0 ? first : { op: kind, of: nodes }, q.rational(1n, scale));
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
    factor === 1n ? node : { op: 'linear', base: 0, terms: [[Number(factor), node]] };
  return partOf({ op: 'round', divisor: Number(divisor), of: multiplied }, q.rational(1n, power));
}

function lookUp(of: Linear, tree: NumberTree & { kind: 'table' }, at: At): Linear | Failed {
  // The type check found the table.
  const table = at.lowering.names.model.tables[tree.table] as Table;
  const { node, scale } = scaledNode(of, at.lowering);
  const rows = table.rows.map(([key, value]) => ({
    key: q.multiply(q.fromNumber(key), q.rational(scale)),
    value: q.fromNumber(value),
  }));
  const values = q.commonDenominator(rows.map(({ value }) => value));
  const whole = rows.filter(({ key }) => q.isWhole(key));
  const keys = whole.map(({ key }) => Number(key.numerator));
  const lacking = firstLacking(node, new Set(keys), at.lowering);
  if (lacking !== undefined) {
    return fail(
      at,
      'table-gap',
      tree.span,
      `Table '${tree.table}' has no row for ${q.toNumber(q.rational(BigInt(lacking), scale))}, which its argument can be.`,
    );
  }
  return partOf(
    {
      op: 'table',
      keys,
      values: whole.map(({ value }) => Number((value.numerator * values) / value.denominator)),
      of: node,
    },
    q.rational(1n, values),
  );
}

/** A value that a number can have and that is no key; `undefined` where there is none. */
function firstLacking(node: NumberNode, keys: ReadonlySet<number>, lowering: Lowering): number | undefined {
  const blank = blankForm(lowering);
  const absent = appliesAlone([...variablesOfNumber(node, blank)], lowering);
  const lacking = [blank, widenedForm(lowering, absent)].map((form) => lackingOn(form, node, keys));
  return lacking.find((value) => value !== undefined);
}

/**
 * Which of these items may be not applicable while others of them apply: the items of one member alone come and go together,
 * but for a gate.
 */
function appliesAlone(
  variables: readonly VariableIndex[],
  lowering: Lowering,
): (variable: VariableIndex) => boolean {
  const members = new Set(variables.map((variable) => (lowering.variables[variable] as Item).member));
  return (variable) =>
    members.size > 1 ? mayBeAbsent(variable, lowering) : lowering.droppable.has(variable);
}

function lackingOn(form: Evaluation, node: NumberNode, keys: ReadonlySet<number>): number | undefined {
  const { lowest, highest, values } = evaluate(node, form);
  if (values !== null) return [...values].find((value) => !keys.has(value));
  // Where the values are not listed, every whole number between the ends is taken to be one.
  for (let value = lowest; value <= highest; value += 1) if (!keys.has(value)) return value;
  return undefined;
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
      return of && whereAdministered(of, tree.member, tree.span, at);
    }
    case 'of-item': {
      const of = lowerTest(tree.of, at);
      return of && settledWithout(of, [tree.variable], tree.absent, at.lowering);
    }
    case 'compare': {
      const { lowering } = at;
      const needs = new Set([
        ...tree.needs.variables,
        ...tree.needs.quantities.flatMap((one) => variablesOfQuantity(one, lowering)),
      ]);
      const of = comparison(tree, tree.left, tree.right, tree.operator, needs, at);
      return of && settledWithout(of, [...needs], false, lowering);
    }
  }
}

function variablesOfQuantity(at: number, { quantities }: Lowering): readonly VariableIndex[] {
  const quotient = quantities.get(at);
  if (quotient === undefined) return [];
  return [...quotient.numerator.values(), ...quotient.denominator.values()].flatMap(({ of }) => of);
}

/** The condition, and `absent` where one of the items is not applicable. */
function settledWithout(
  test: Condition,
  items: readonly VariableIndex[],
  absent: boolean,
  lowering: Lowering,
): Condition {
  let result = test;
  for (const variable of items) {
    if (!mayBeAbsent(variable, lowering)) continue;
    // The node first: making it may add an accumulator, which the form has to know.
    const node = testNode(result, lowering);
    const form = formWithout((_, index) => index === variable, lowering);
    if (outcomes(node, form) === (absent ? TRUE : FALSE)) continue;
    const present = applies(variable, lowering);
    result = absent ? any([not(present), result]) : all([present, result]);
  }
  return result;
}

/** A member that was not administered contributes nothing: a condition that would hold of it must say that it was. */
export function whereAdministered(test: Condition, member: number, span: Span, at: At): Condition | Failed {
  const { lowering } = at;
  if (lowering.names.model.members[member]?.asked === 'all') return test;
  const isTold = (outcomes(testNode(test, lowering), formWithoutMember(member, lowering)) & TRUE) === 0;
  if (isTold) return test;
  const given = administered(member, span, at);
  return given && all([given, test]);
}

const isOfMember = (variable: Variable, member: number): boolean =>
  'member' in variable && variable.member === member;

/** A form on which these items are not applicable, and nothing is known of the others, nor whether they apply. */
function formWithout(isOut: (variable: Variable, index: number) => boolean, lowering: Lowering): Evaluation {
  const out = lowering.variables.map(isOut);
  const form = widenedForm(lowering, (variable) => out[variable] !== true && mayBeAbsent(variable, lowering));
  return { ...form, at: form.at.map((known, variable) => (out[variable] === true ? ABSENT : known)) };
}

/** A form on which a member was not administered. */
const formWithoutMember = (member: number, lowering: Lowering): Evaluation =>
  formWithout((variable) => isOfMember(variable, member), lowering);

/** That a member was administered: an item of it is applicable that no gate can leave out. */
function administered(member: number, span: Span, at: At): Condition | Failed {
  const { lowering } = at;
  const items = lowering.variables.flatMap((variable, index) =>
    isOfMember(variable, member) && variable.kind !== 'text' ? [index] : [],
  );
  const witness = items.find((variable) => !lowering.droppable.has(variable));
  if (witness !== undefined) return applies(witness, lowering);
  const { id } = lowering.names.model.members[member] as ModelMember;
  return fail(
    at,
    'member-drops-out',
    span,
    `This counts also where none of the items of '${id}' applies, and gates can leave out all of them, so it could not be told from a member that was not asked: leave one item out of the gates, or let this be of its items alone.`,
  );
}

/** That an item with options or a number item is applicable. */
function applies(variable: VariableIndex, { variables }: Lowering): Condition {
  const facts = variables[variable] as ChoiceVariable | NumberVariable;
  if (facts.kind === 'number') return { kind: 'count', variable, region: EVERYTHING, absent: false };
  const choices = [...facts.codes.keys()];
  return { kind: 'choice', variable, codes: choices.length, choices, absent: false };
}

/** `left operator right`; an `if` on either side is compared branch by branch. */
function comparison(
  whole: TestTree,
  left: NumberTree,
  right: NumberTree,
  operator: ComparisonOperator,
  needs: ReadonlySet<VariableIndex>,
  at: At,
): Condition | Failed {
  if (right.kind === 'if' && left.kind !== 'if')
    return comparison(whole, right, left, MIRRORED[operator], needs, at);
  if (left.kind === 'if') {
    const test = lowerTest(left.test, at);
    const then = comparison(whole, left.then, right, operator, needs, at);
    const otherwise = comparison(whole, left.else, right, operator, needs, at);
    return test && then && otherwise && choose(test, then, otherwise);
  }
  const [a, b] = [lowerNumber(left, at), lowerNumber(right, at)];
  if (a === null || b === null) return null;
  const compared = compareValues(a, operator, b, needs, at.lowering);
  if (compared !== null) return compared;
  return fail(
    at,
    'quotient-and-points',
    whole.span,
    'A product or quotient of number items can only be compared with a constant or with number items.',
  );
}
