import type { Path } from './model.js';
import { type Entity, findName, type Names, namesWithin, type Report } from './names.js';
import type { VariableIndex } from './normal-form.js';
import { fromNumber, isZero, parseDecimal, type Rational } from './rational.js';
import { closest } from './spelling.js';
import type { Span, Syntax } from './syntax.js';
import type { NumberTree, TestTree, Typed } from './typed.js';

/** Where a formula stands and what it may name. */
export interface Place {
  readonly names: Names;
  readonly where: Path;
  /** The panel member whose names come first. */
  readonly member: string | undefined;
  /** The keying in force (`by cghq`). */
  readonly keying: string | undefined;
  readonly report: Report;
  /** Told of each item that the formula reads. */
  readonly read: (variable: VariableIndex) => void;
}

type Failed = null;

/** Reports a problem at a piece of the formula; the result stands for 'no value'. */
function fail(place: Place, code: string, span: Span, message: string, didYouMean?: string): Failed {
  place.report({
    code,
    where: place.where,
    span: { start: span.start, end: span.end },
    message,
    ...(didYouMean === undefined ? {} : { didYouMean }),
  });
  return null;
}

/** `didYouMean` and the sentence that names it. */
function suggestion(name: string, candidates: Iterable<string>): { text: string; near: string | undefined } {
  const near = closest(name, candidates);
  return { near, text: near === undefined ? '' : ` Did you mean '${near}'?` };
}

/**
 * Resolves every name of a formula and checks its types. `null` where there is a problem; each one was reported, so a
 * formula with three slips gives three problems.
 */
export function typeCheck(syntax: Syntax, place: Place): Typed | Failed {
  const { span } = syntax;
  const number = (tree: NumberTree | Failed): Typed | Failed => tree && { type: 'number', tree };
  const test = (tree: TestTree | Failed): Typed | Failed => tree && { type: 'boolean', tree };
  switch (syntax.kind) {
    case 'number': {
      const value = parseDecimal(syntax.text);
      if (value === null) return fail(place, 'bad-number', span, `'${syntax.text}' is no decimal number.`);
      return number({ span, kind: 'constant', value });
    }
    case 'boolean':
      return test({ span, kind: 'constant', value: syntax.value });
    case 'name':
      return number(nameAsNumber(syntax.name, span, place));
    case 'range':
    case 'members':
      return fail(
        place,
        'list-alone',
        span,
        'This names several values. Say what is made of them: sum, mean, min, max, count, any or all.',
      );
    case 'compare':
      return test(comparison(syntax, place));
    case 'is':
      return test(choiceTest(syntax, place));
    case 'and':
    case 'or': {
      const left = condition(syntax.left, place);
      const right = condition(syntax.right, place);
      return test(left && right && { span, kind: syntax.kind, of: [left, right] });
    }
    case 'not': {
      const of = condition(syntax.operand, place);
      return test(of && { span, kind: 'not', of });
    }
    case 'negate': {
      const of = numeric(syntax.operand, place);
      return number(of && { span, kind: 'negate', of });
    }
    case 'arithmetic':
      return number(arithmetic(syntax, place));
    case 'if':
      return conditional(syntax, place);
    case 'by':
      return bySex(syntax, place);
    case 'call':
      return call(syntax, place);
    case 'verb':
      return fail(
        place,
        'verb',
        span,
        `'${syntax.verb}' belongs to referral rules. In a definition compare the score: 'total >= 8'.`,
      );
  }
}

/** A formula that must be a number. */
export function numeric(syntax: Syntax, place: Place): NumberTree | Failed {
  const typed = typeCheck(syntax, place);
  if (typed === null || typed.type === 'number') return typed === null ? null : typed.tree;
  return fail(
    place,
    'not-a-number',
    syntax.span,
    'A number is needed here, and this is a condition. Count conditions with count(...), or choose a number with if ... then ... else.',
  );
}

/** A formula that must be a condition: a bare item means that its points are not 0. */
export function condition(syntax: Syntax, place: Place): TestTree | Failed {
  const typed = typeCheck(syntax, place);
  if (typed === null || typed.type === 'boolean') return typed === null ? null : typed.tree;
  const { tree } = typed;
  if (tree.kind === 'points' || tree.kind === 'measurement') {
    const { span } = syntax;
    const right: NumberTree = { span, kind: 'constant', value: fromNumber(0) };
    return { span, kind: 'compare', operator: '!=', left: tree, right };
  }
  return fail(
    place,
    'not-a-condition',
    syntax.span,
    "A condition is needed here, and this is a number. Compare it: '... >= 1'. Only an item may stand by itself.",
  );
}

function resolve(name: string, span: Span, place: Place): Entity | Failed {
  const entity = findName(place.names, name, place.member);
  if (entity !== undefined) return entity;
  const { near, text } = suggestion(name, namesWithin(place.names, place.member));
  return fail(place, 'unknown-name', span, `No item, score or quantity is called '${name}'.${text}`, near);
}

function nameAsNumber(name: string, span: Span, place: Place): NumberTree | Failed {
  const entity = resolve(name, span, place);
  if (entity === null) return null;
  if (entity.kind !== 'item') return { span, kind: entity.kind, at: entity.at };
  const { variable } = entity;
  const facts = place.names.facts[variable];
  if (facts === undefined) return null;
  place.read(variable);
  switch (facts.variable.kind) {
    case 'text':
      return textItem(name, span, place);
    case 'number':
      return { span, kind: 'measurement', variable };
    case 'choice': {
      const points = keyedPoints(variable, place);
      if (points !== null) return { span, kind: 'points', variable, points };
      return fail(
        place,
        'no-points',
        span,
        facts.item === null
          ? `'${name}' is no number: write '${name} is female', or { by: sex, female: ..., male: ... }.`
          : `An option of '${name}' has no points: give every option points, or compare codes with 'is'.`,
      );
    }
  }
}

function textItem(name: string, span: Span, place: Place): Failed {
  return fail(place, 'text-item', span, `'${name}' is free text, which no formula may read.`);
}

/** Points by choice under the keying in force; `null` where an option has none. */
function keyedPoints(variable: VariableIndex, place: Place): readonly Rational[] | null {
  const facts = place.names.facts[variable];
  if (facts === undefined) return null;
  const keying = place.keying === undefined ? undefined : place.names.model.keyings[place.keying];
  const own =
    keying !== undefined && Object.hasOwn(keying, facts.variable.id) ? keying[facts.variable.id] : undefined;
  const points =
    own === undefined ? facts.points : facts.option.map((option) => fromNumber(own[option] ?? 0));
  const known = points.filter((one): one is Rational => one !== null);
  return known.length === points.length ? known : null;
}

function comparison(syntax: Syntax & { kind: 'compare' }, place: Place): TestTree | Failed {
  const left = numeric(syntax.left, place);
  const right = numeric(syntax.right, place);
  return left && right && { span: syntax.span, kind: 'compare', operator: syntax.operator, left, right };
}

function choiceTest(syntax: Syntax & { kind: 'is' }, place: Place): TestTree | Failed {
  const { subject, span, code } = syntax;
  if (subject.kind !== 'name') {
    return fail(
      place,
      'is-on-number',
      subject.span,
      "'is' compares the recorded code of one item with a code.",
    );
  }
  const entity = resolve(subject.name, subject.span, place);
  if (entity === null) return null;
  const facts = entity.kind === 'item' ? place.names.facts[entity.variable] : undefined;
  if (entity.kind !== 'item' || facts === undefined || facts.variable.kind !== 'choice') {
    return fail(
      place,
      'is-on-number',
      subject.span,
      `'${subject.name}' has no codes, so 'is' cannot be asked of it: compare it with '=' or '>='.`,
    );
  }
  const { variable } = entity;
  place.read(variable);
  const { codes, missing = {} } = facts.variable;
  const choices = codes.flatMap((one, choice) => (one === code ? [choice] : []));
  if (choices.length > 0) {
    const found: TestTree = { span, kind: 'choice', variable, choices };
    return syntax.negated ? { span, kind: 'not', of: found } : found;
  }
  if (Object.hasOwn(missing, code)) {
    return fail(
      place,
      'missing-code',
      span,
      `'${code}' is recorded as a missing answer, which no rule may read.`,
    );
  }
  const { near, text } = suggestion(code, new Set(codes));
  return fail(
    place,
    'unknown-code',
    span,
    `'${subject.name}' has no option with the code '${code}'.${text}`,
    near,
  );
}

function arithmetic(syntax: Syntax & { kind: 'arithmetic' }, place: Place): NumberTree | Failed {
  const { span } = syntax;
  const left = numeric(syntax.left, place);
  const right = numeric(syntax.right, place);
  if (left === null || right === null) return null;
  switch (syntax.operator) {
    case '+':
      return { span, kind: 'sum', of: [left, right] };
    case '-':
      return { span, kind: 'sum', of: [left, { span: right.span, kind: 'negate', of: right }] };
    case '*':
      return { span, kind: 'product', left, right };
    case '/':
      if (right.kind === 'constant' && isZero(right.value)) {
        return fail(place, 'division', right.span, 'Nothing can be divided by 0.');
      }
      return { span, kind: 'quotient', left, right };
  }
}

function conditional(syntax: Syntax & { kind: 'if' }, place: Place): Typed | Failed {
  const test = condition(syntax.test, place);
  return branch(syntax.span, test, syntax.then, syntax.else, place);
}

/** Both branches numbers, or both conditions. */
function branch(
  span: Span,
  test: TestTree | Failed,
  then: Syntax,
  otherwise: Syntax,
  place: Place,
): Typed | Failed {
  const first = typeCheck(then, place);
  if (first?.type === 'number' && !isBareItem(first.tree)) {
    const second = numeric(otherwise, place);
    return (
      test && second && { type: 'number', tree: { span, kind: 'if', test, then: first.tree, else: second } }
    );
  }
  const second = typeCheck(otherwise, place);
  if (first === null || second === null || test === null) return null;
  if (first.type === 'number' && second.type === 'number') {
    return { type: 'number', tree: { span, kind: 'if', test, then: first.tree, else: second.tree } };
  }
  const left = first.type === 'boolean' ? first.tree : condition(then, place);
  const right = second.type === 'boolean' ? second.tree : condition(otherwise, place);
  return left && right && { type: 'boolean', tree: { span, kind: 'if', test, then: left, else: right } };
}

const isBareItem = (tree: NumberTree): boolean => tree.kind === 'points' || tree.kind === 'measurement';

function bySex(syntax: Syntax & { kind: 'by' }, place: Place): Typed | Failed {
  const { span, context, branches } = syntax;
  const entity = findName(place.names, context, undefined);
  const facts = entity?.kind === 'item' ? place.names.facts[entity.variable] : undefined;
  if (
    context !== 'sex' ||
    facts === undefined ||
    facts.variable.kind !== 'choice' ||
    entity?.kind !== 'item'
  ) {
    return fail(
      place,
      'bad-by',
      span,
      `'by: ${context}' is not known: only 'by: sex' is; for age write 'age >= 65 and ...'.`,
    );
  }
  place.read(entity.variable);
  const { variable } = entity;
  const { codes } = facts.variable;
  if (branches.length !== codes.length || !codes.every((code) => branches.some(([name]) => name === code))) {
    return fail(place, 'bad-by', span, `'by: sex' needs one formula for each of: ${codes.join(', ')}.`);
  }
  const typed = branches.flatMap(([branchName, formula]) => {
    const tree = typeCheck(formula, { ...place, where: [...place.where, branchName] });
    return tree === null ? [] : [{ branchName, formula, tree }];
  });
  if (typed.length < branches.length) return null;
  const isBranch = (code: string): TestTree => ({
    span,
    kind: 'choice',
    variable,
    choices: [codes.indexOf(code)],
  });
  const numbers = typed.flatMap(({ branchName, tree }) =>
    tree.type === 'number' && !isBareItem(tree.tree) ? [{ ...tree.tree, branch: branchName }] : [],
  );
  const [first, second] = numbers;
  if (first !== undefined && second !== undefined) {
    return {
      type: 'number',
      tree: { span, kind: 'if', test: isBranch(first.branch), then: first, else: second },
    };
  }
  const tests = typed.flatMap(({ branchName, formula }): TestTree[] => {
    const of = condition(formula, { ...place, where: [...place.where, branchName] });
    return of === null
      ? []
      : [{ span, kind: 'and', of: [isBranch(branchName), { ...of, branch: branchName }] }];
  });
  return tests.length === typed.length ? { type: 'boolean', tree: { span, kind: 'or', of: tests } } : null;
}

/** One element of an argument list: ranges and panels are written out. */
interface Element {
  readonly syntax: Syntax;
  readonly place: Place;
  /** The member whose condition or number this is, where the list runs across a panel. */
  readonly across: number | null;
}

function call(syntax: Syntax & { kind: 'call' }, outer: Place): Typed | Failed {
  const { span, name, by } = syntax;
  if (by !== undefined && !Object.hasOwn(outer.names.model.keyings, by)) {
    const { near, text } = suggestion(by, Object.keys(outer.names.model.keyings));
    return fail(outer, 'unknown-keying', span, `There is no keying '${by}'.${text}`, near);
  }
  const place = by === undefined ? outer : { ...outer, keying: by };
  switch (name) {
    case 'round':
      return rounding(syntax, place);
    case 'table':
      return tableCall(syntax, place);
    case 'sum':
    case 'mean':
    case 'min':
    case 'max': {
      const of = listOf(syntax, place, ({ syntax: one, place: at }) => numeric(one, at));
      return of && { type: 'number', tree: { span, kind: name, of } };
    }
    case 'count':
    case 'any':
    case 'all': {
      const of = listOf(syntax, place, (element): TestTree | Failed => {
        const test = condition(element.syntax, element.place);
        return test && element.across !== null
          ? { span: test.span, kind: 'of-member', member: element.across, of: test }
          : test;
      });
      if (of === null) return null;
      if (name === 'count') return { type: 'number', tree: { span, kind: 'count', of } };
      return { type: 'boolean', tree: { span, kind: name === 'any' ? 'or' : 'and', of } };
    }
  }
}

function listOf<T>(
  syntax: Syntax & { kind: 'call' },
  place: Place,
  check: (element: Element) => T | Failed,
): readonly T[] | Failed {
  if (syntax.of.length === 0) {
    return fail(place, 'arity', syntax.span, `${syntax.name}(...) needs at least one value.`);
  }
  const checked: (T | Failed)[] = [];
  for (const one of syntax.of) {
    const elements = writeOut({ syntax: one, place, across: null }, syntax.name);
    if (elements === null) checked.push(null);
    else for (const element of elements) checked.push(check(element));
  }
  const known = checked.filter((one): one is T => one !== null);
  return known.length === checked.length ? known : null;
}

/** The elements of one argument: `q1..q9`, `q1..q9 >= 2`, `q1..q9 is yes`, `substance.* : count >= 2`, or one value. */
function writeOut(element: Element, callName: string): readonly Element[] | Failed {
  const { syntax, place } = element;
  switch (syntax.kind) {
    case 'range':
      return rangeNames(syntax, place)?.map((one) => ({ ...element, syntax: one })) ?? null;
    case 'compare': {
      if (syntax.left.kind !== 'range') return [element];
      const names = rangeNames(syntax.left, place);
      return names?.map((left) => ({ ...element, syntax: { ...syntax, left } })) ?? null;
    }
    case 'is': {
      if (syntax.subject.kind !== 'range') return [element];
      const names = rangeNames(syntax.subject, place);
      return names?.map((subject) => ({ ...element, syntax: { ...syntax, subject } })) ?? null;
    }
    case 'members':
      return acrossMembers(syntax, place, callName);
    default:
      return [element];
  }
}

/** The items of `q1..q9`, in declared order. */
function rangeNames(syntax: Syntax & { kind: 'range' }, place: Place): readonly Syntax[] | Failed {
  const { span } = syntax;
  const variables = rangeVariables(syntax, place);
  return (
    variables?.map(
      (variable): Syntax => ({ span, kind: 'name', name: place.names.facts[variable]?.variable.id ?? '' }),
    ) ?? null
  );
}

/** The variables of a range, in declared order, within one member (or outside all panels). */
export function rangeVariables(
  { from, to, span }: { readonly from: string; readonly to: string; readonly span: Span },
  place: Place,
): readonly VariableIndex[] | Failed {
  const first = resolve(from, span, place);
  const last = resolve(to, span, place);
  if (first === null || last === null) return null;
  const { facts } = place.names;
  const memberOf = (entity: Entity): string | undefined =>
    entity.kind === 'item' ? facts[entity.variable]?.item?.member : undefined;
  const isItem = (entity: Entity): boolean => entity.kind === 'item' && facts[entity.variable]?.item != null;
  if (!isItem(first) || !isItem(last) || first.kind !== 'item' || last.kind !== 'item') {
    return fail(place, 'range-of-items', span, `${from}..${to} must run from an item to an item.`);
  }
  if (memberOf(first) !== memberOf(last)) {
    return fail(place, 'range-of-items', span, `${from} and ${to} belong to different members of a panel.`);
  }
  if (first.variable > last.variable) {
    return fail(place, 'range-order', span, `${from} is declared after ${to}: write ${to}..${from}.`);
  }
  const within = facts
    .slice(first.variable, last.variable + 1)
    .flatMap(({ item }, i) => (item !== null && item.member === memberOf(first) ? [first.variable + i] : []));
  return within;
}

function acrossMembers(
  syntax: Syntax & { kind: 'members' },
  place: Place,
  callName: string,
): readonly Element[] | Failed {
  const { members } = place.names.model;
  const ofPanel = members.flatMap((member, index) =>
    member.panel === syntax.panel ? [{ ...member, index }] : [],
  );
  if (ofPanel.length === 0) {
    const { near, text } = suggestion(syntax.panel, new Set(members.map(({ panel }) => panel)));
    return fail(place, 'unknown-panel', syntax.span, `There is no panel '${syntax.panel}'.${text}`, near);
  }
  if (
    callName === 'mean' ||
    (callName === 'min' || callName === 'all' ? ofPanel.some((one) => one.asked === 'chosen') : false)
  ) {
    return fail(
      place,
      'across-chosen',
      syntax.span,
      `${callName}(...) across a panel would count members that were not asked: use any, count, sum or max.`,
    );
  }
  const needed = namesIn(syntax.body);
  const having = ofPanel.filter(({ id }) =>
    needed.every((name) => findName(place.names, name, id) !== undefined),
  );
  const chosen = having.length > 0 ? having : ofPanel.slice(0, 1);
  const elements = chosen.map(({ id, index }) =>
    writeOut({ syntax: syntax.body, place: { ...place, member: id }, across: index }, callName),
  );
  const known = elements.filter((one): one is readonly Element[] => one !== null);
  return known.length === elements.length ? known.flat() : null;
}

/** Every name that a formula holds, range ends and the fact of a `by` included. */
export function namesIn(syntax: Syntax): readonly string[] {
  switch (syntax.kind) {
    case 'name':
      return [syntax.name];
    case 'range':
      return [syntax.from, syntax.to];
    case 'members':
      return namesIn(syntax.body);
    case 'compare':
    case 'and':
    case 'or':
    case 'arithmetic':
      return [syntax.left, syntax.right].flatMap(namesIn);
    case 'is':
      return namesIn(syntax.subject);
    case 'not':
    case 'negate':
      return namesIn(syntax.operand);
    case 'if':
      return [syntax.test, syntax.then, syntax.else].flatMap(namesIn);
    case 'call':
      return (syntax.name === 'table' ? syntax.of.slice(1) : syntax.of).flatMap(namesIn);
    case 'by':
      return [syntax.context, ...syntax.branches.flatMap(([, formula]) => namesIn(formula))];
    case 'number':
    case 'boolean':
    case 'verb':
      return [];
  }
}

function rounding(syntax: Syntax & { kind: 'call' }, place: Place): Typed | Failed {
  const [value, decimals, ...rest] = syntax.of;
  const places = decimals === undefined ? 0 : decimals.kind === 'number' ? Number(decimals.text) : Number.NaN;
  if (value === undefined || rest.length > 0 || !Number.isInteger(places) || places < 0 || places > 9) {
    return fail(
      place,
      'arity',
      syntax.span,
      'Write round(value) or round(value, decimals), with 0 to 9 decimals.',
    );
  }
  const of = numeric(value, place);
  return of && { type: 'number', tree: { span: syntax.span, kind: 'round', decimals: places, of } };
}

function tableCall(syntax: Syntax & { kind: 'call' }, place: Place): Typed | Failed {
  const [table, argument, ...rest] = syntax.of;
  if (table?.kind !== 'name' || argument === undefined || rest.length > 0) {
    return fail(place, 'arity', syntax.span, 'Write table(name, value).');
  }
  const of = numeric(argument, place);
  const { tables } = place.names.model;
  if (!Object.hasOwn(tables, table.name)) {
    const { near, text } = suggestion(table.name, Object.keys(tables));
    return fail(place, 'unknown-table', table.span, `There is no table '${table.name}'.${text}`, near);
  }
  return of && { type: 'number', tree: { span: syntax.span, kind: 'table', table: table.name, of } };
}
