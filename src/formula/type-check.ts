import type { Model, ModelItem, Path } from './model.js';
import { type Entity, findName, type Names, namesWithin, type Report, type VariableFacts } from './names.js';
import type { VariableIndex } from './normal-form.js';
import { fromNumber, parseDecimal, type Rational } from './rational.js';
import { suggestion } from './spelling.js';
import type { Span, Syntax } from './syntax.js';
import type { Needs, NumberTree, TestTree, Typed } from './typed.js';

/** Where names stand and what they may mean. */
export interface Site {
  readonly names: Names;
  readonly where: Path;
  /** The panel member whose names come first. */
  readonly member: string | undefined;
  readonly report: Report;
}

/** Where a formula stands and what it may name. */
export interface Place extends Site {
  /** The keying in force (`by cghq`). */
  readonly keying: string | undefined;
  /** Told of each item that the formula reads. */
  readonly read: (variable: VariableIndex) => void;
}

type Failed = null;
type Keying = Model['keyings'][string];

/** Reports a problem at a piece of the formula; the result stands for 'no value'. */
function fail(
  place: Site,
  code: string,
  span: Span,
  message: string,
  field: { readonly didYouMean?: string } = {},
): Failed {
  place.report({ code, where: place.where, span: { start: span.start, end: span.end }, message, ...field });
  return null;
}

/** A formula as what it is, a number or a condition; `{ by: … }` as a condition. */
function typeCheck(syntax: Syntax, place: Place): Typed | Failed {
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
      return test(testBySex(syntax, place));
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

/**
 * A formula that must be a number, every name resolved and its types checked. `null` where there is a problem; each one was
 * reported, so a formula with three slips gives three problems.
 */
export function numeric(syntax: Syntax, place: Place): NumberTree | Failed {
  if (syntax.kind === 'by') return numberBySex(syntax, place);
  const typed = typeCheck(syntax, place);
  return typed && asNumber(typed, syntax, place);
}

function asNumber(typed: Typed, syntax: Syntax, place: Place): NumberTree | Failed {
  if (typed.type === 'number') return typed.tree;
  return fail(
    place,
    'not-a-number',
    syntax.span,
    'A number is needed here, and this is a condition. Count conditions with count(...), or choose a number with if ... then ... else.',
  );
}

/** A formula that must be a condition, as `numeric`: a bare item means that its points are not 0. */
export function condition(syntax: Syntax, place: Place): TestTree | Failed {
  const typed = typeCheck(syntax, place);
  return typed && asCondition(typed, syntax, place);
}

function asCondition(typed: Typed, syntax: Syntax, place: Place): TestTree | Failed {
  if (typed.type === 'boolean') return typed.tree;
  const { tree } = typed;
  if (isBareItem(tree)) {
    const { span } = syntax;
    const right: NumberTree = { span, kind: 'constant', value: fromNumber(0) };
    const needs: Needs = { variables: [tree.variable], quantities: [] };
    return { span, kind: 'compare', operator: '!=', left: tree, right, needs };
  }
  return fail(
    place,
    'not-a-condition',
    syntax.span,
    "A condition is needed here, and this is a number. Compare it: '... >= 1'. Only an item may stand by itself.",
  );
}

function resolve(name: string, span: Span, place: Site): Entity | Failed {
  const entity = findName(place.names, name, place.member);
  if (entity !== undefined) return entity;
  const { sentence, field } = remedyFor(name, place);
  return fail(
    place,
    'unknown-name',
    span,
    `No item, score or quantity is called '${name}'.${sentence}`,
    field,
  );
}

/** What to do about a name that is none: a difference without spaces, the id of a verdict, or a slip of the pen. */
function remedyFor(name: string, place: Site): ReturnType<typeof suggestion> {
  const difference = differenceMeant(name, place);
  if (difference !== undefined) return difference;
  const { cutOffs, flags, bands } = place.names.model;
  const verdicts = { 'a cut-off': cutOffs, 'a flag': flags, 'a scheme of levels': bands };
  for (const [what, entries] of Object.entries(verdicts)) {
    if (!entries.some(({ id }) => id === name || id === `${place.member}.${name}`)) continue;
    const sentence = ` It is ${what}, which no formula reads: write its condition out here.`;
    return { sentence, field: {} };
  }
  if (name === 'gender') return { sentence: " Did you mean 'sex'?", field: { didYouMean: 'sex' } };
  return suggestion(name, namesWithin(place.names, place.member));
}

/** `total-1`, `q1-q3`: a hyphen between two things that there are. */
function differenceMeant(name: string, { names, member }: Site): ReturnType<typeof suggestion> | undefined {
  const hyphens = [...name.matchAll(/-/g)].map(({ index }) => index);
  for (const at of hyphens) {
    const [before, after] = [name.slice(0, at), name.slice(at + 1)];
    const [left, right] = [before, after].map((part) => findName(names, part, member));
    if (left === undefined || (right === undefined && !/^[0-9]+$/.test(after))) continue;
    const range =
      left.kind === 'item' && right?.kind === 'item'
        ? `, and '${before}..${after}' is every item from one to the other`
        : '';
    const sentence = ` A difference has a space on each side of its minus: '${before} - ${after}'${range}.`;
    return { sentence, field: {} };
  }
  return undefined;
}

function nameAsNumber(name: string, span: Span, place: Place): NumberTree | Failed {
  const entity = resolve(name, span, place);
  if (entity === null) return null;
  if (entity.kind !== 'item') return { span, kind: entity.kind, at: entity.at };
  const { variable, facts } = entity;
  place.read(variable);
  switch (facts.variable.kind) {
    case 'text':
      return textItem(name, span, place);
    case 'number':
      return { span, kind: 'measurement', variable };
    case 'choice': {
      const points = keyedPoints(facts, place);
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
function keyedPoints(facts: VariableFacts, place: Place): readonly Rational[] | null {
  const { id } = facts.variable;
  const keying = place.keying === undefined ? {} : (place.names.model.keyings[place.keying] as Keying);
  const own = Object.hasOwn(keying, id) ? (keying[id] as readonly number[]) : null;
  // A keying that gives too few points is reported as such, and nothing is lowered.
  const points = own === null ? facts.points : facts.option.map((option) => fromNumber(own[option] ?? 0));
  const known = points.filter((one): one is Rational => one !== null);
  return known.length === points.length ? known : null;
}

function comparison(syntax: Syntax & { kind: 'compare' }, place: Place): TestTree | Failed {
  const left = numeric(syntax.left, place);
  const right = numeric(syntax.right, place);
  if (left === null || right === null) return null;
  const { span, operator } = syntax;
  return { span, kind: 'compare', operator, left, right, needs: needsOf(syntax, place) };
}

/** The item that a comparison is about, where it is one alone; else every number item and quantity outside calls. */
function needsOf(syntax: Syntax, place: Place): Needs {
  const only = itemAbout(syntax, place);
  if (only !== null) return { variables: [only], quantities: [] };
  const read = namesOutsideCalls(syntax).map((name) => findName(place.names, name, place.member));
  return {
    variables: read.flatMap((one) =>
      one?.kind === 'item' && one.facts.item?.kind === 'number' ? [one.variable] : [],
    ),
    quantities: read.flatMap((one) => (one?.kind === 'quantity' ? [one.at] : [])),
  };
}

/** The one item that an argument is about, constants aside; `null` where it is about anything else. */
function itemAbout(syntax: Syntax, place: Place): VariableIndex | null {
  const [first, ...others] =
    plainNames(syntax)?.map((name) => findName(place.names, name, place.member)) ?? [];
  if (first?.kind !== 'item' || first.facts.item === null || others.some((one) => one !== first)) return null;
  return first.variable;
}

/** The names in a formula without calls and `by`; `null` for any other. */
function plainNames(syntax: Syntax): readonly string[] | null {
  if (syntax.kind === 'name') return [syntax.name];
  if (['call', 'by', 'range', 'members'].includes(syntax.kind)) return null;
  return every(partsOf(syntax).map(plainNames))?.flat() ?? null;
}

function namesOutsideCalls(syntax: Syntax): readonly string[] {
  if (syntax.kind === 'call') return [];
  return syntax.kind === 'name' ? [syntax.name] : partsOf(syntax).flatMap(namesOutsideCalls);
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
  if (entity.kind !== 'item' || entity.facts.variable.kind !== 'choice') {
    return fail(
      place,
      'is-on-number',
      subject.span,
      `'${subject.name}' has no codes, so 'is' cannot be asked of it: compare it with '=' or '>='.`,
    );
  }
  const { variable } = entity;
  place.read(variable);
  const { codes, missing = {} } = entity.facts.variable;
  const choices = codes.flatMap((one, choice) => (one === code ? [choice] : []));
  if (choices.length > 0) {
    // 'is not' names the other codes, so that it is false, as 'is' is, where the item is not applicable.
    const others = codes.flatMap((one, choice) => (one === code ? [] : [choice]));
    return { span, kind: 'choice', variable, choices: syntax.negated ? others : choices };
  }
  if (Object.hasOwn(missing, code)) {
    return fail(
      place,
      'missing-code',
      span,
      `'${code}' is recorded as a missing answer, which no rule may read.`,
    );
  }
  const { sentence, field } = suggestion(code, new Set(codes));
  return fail(
    place,
    'unknown-code',
    span,
    `'${subject.name}' has no option with the code '${code}'.${sentence}`,
    field,
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
      return { span, kind: 'quotient', left, right };
  }
}

/** Both branches numbers, or both conditions. */
function conditional(syntax: Syntax & { kind: 'if' }, place: Place): Typed | Failed {
  const { span } = syntax;
  const test = condition(syntax.test, place);
  const first = typeCheck(syntax.then, place);
  const second = typeCheck(syntax.else, place);
  if (test === null || first === null || second === null) return null;
  if (first.type === 'number' && (second.type === 'number' || !isBareItem(first.tree))) {
    const otherwise = asNumber(second, syntax.else, place);
    return (
      otherwise && { type: 'number', tree: { span, kind: 'if', test, then: first.tree, else: otherwise } }
    );
  }
  const then = asCondition(first, syntax.then, place);
  const otherwise = asCondition(second, syntax.else, place);
  return then && otherwise && { type: 'boolean', tree: { span, kind: 'if', test, then, else: otherwise } };
}

const isBareItem = (
  tree: NumberTree,
): tree is Extract<NumberTree, { readonly kind: 'points' | 'measurement' }> =>
  tree.kind === 'points' || tree.kind === 'measurement';

/** One branch of `{ by: sex, … }`. */
interface Branch<T> {
  readonly isMet: TestTree;
  readonly tree: T & { readonly branch: string };
}

function numberBySex(syntax: Syntax & { kind: 'by' }, place: Place): NumberTree | Failed {
  const { span } = syntax;
  const branches = branchesBySex(syntax, place, numeric);
  if (branches === null) return null;
  const [last, ...before] = [...branches].reverse() as [Branch<NumberTree>, ...Branch<NumberTree>[]];
  return before.reduce<NumberTree>(
    (otherwise, { isMet, tree }) => ({ span, kind: 'if', test: isMet, then: tree, else: otherwise }),
    last.tree,
  );
}

function testBySex(syntax: Syntax & { kind: 'by' }, place: Place): TestTree | Failed {
  const { span } = syntax;
  const branches = branchesBySex(syntax, place, condition);
  if (branches === null) return null;
  return {
    span,
    kind: 'or',
    of: branches.map(({ isMet, tree }) => ({ span, kind: 'and', of: [isMet, tree] })),
  };
}

/** The branches in the order written: there is one for each code of `sex`. */
function branchesBySex<T extends NumberTree | TestTree>(
  { span, context, branches }: Syntax & { kind: 'by' },
  place: Place,
  check: (formula: Syntax, place: Place) => T | Failed,
): readonly Branch<T>[] | Failed {
  const entity = findName(place.names, context, undefined);
  if (context !== 'sex' || entity?.kind !== 'item' || entity.facts.variable.kind !== 'choice') {
    return fail(
      place,
      'bad-by',
      span,
      `'by: ${context}' is not known: only 'by: sex' is; for age write 'age >= 65 and ...'.`,
    );
  }
  const { variable } = entity;
  const { codes } = entity.facts.variable;
  place.read(variable);
  if (branches.length !== codes.length || !codes.every((code) => branches.some(([name]) => name === code))) {
    const other = branches.find(([name]) => !codes.includes(name))?.[0];
    const remedy = other === undefined ? '' : `, and '${other}' is none of them: rename it, or leave it out`;
    return fail(
      place,
      'bad-by',
      span,
      `'by: sex' needs one formula for each of: ${codes.join(', ')}${remedy}.`,
    );
  }
  const checked = branches.map(([branch, formula]) => {
    const tree = check(formula, { ...place, where: [...place.where, branch] });
    const isMet: TestTree = { span, kind: 'choice', variable, choices: [codes.indexOf(branch)] };
    return tree && { isMet, tree: { ...tree, branch } };
  });
  return every(checked);
}

/** All of them, or `null` where one failed. */
function every<T>(checked: readonly (T | Failed)[]): readonly T[] | Failed {
  const known = checked.filter((one): one is T => one !== null);
  return known.length === checked.length ? known : null;
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
    const { sentence, field } = suggestion(by, Object.keys(outer.names.model.keyings));
    return fail(outer, 'unknown-keying', span, `There is no keying '${by}'.${sentence}`, field);
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
      const of = listOf(syntax, place, (element): NumberTree | Failed => {
        const tree = numeric(element.syntax, element.place);
        if (tree === null) return null;
        const { span: own } = tree;
        const variable = itemAbout(element.syntax, element.place);
        const of: NumberTree = variable === null ? tree : { span: own, kind: 'of-item', variable, of: tree };
        const { across } = element;
        // An item of the member itself is not there where the member was not administered.
        return across === null || isOfOwnItem(element)
          ? of
          : { span: own, kind: 'of-member', member: across, of };
      });
      return of && { type: 'number', tree: { span, kind: name, of } };
    }
    case 'count':
    case 'any':
    case 'all': {
      const of = listOf(syntax, place, (element): TestTree | Failed => {
        const argument = condition(element.syntax, element.place);
        if (argument === null) return null;
        const only = itemAbout(element.syntax, element.place);
        const test: TestTree =
          only === null
            ? argument
            : { span: argument.span, kind: 'of-item', variable: only, absent: name === 'all', of: argument };
        return element.across === null
          ? test
          : { span: test.span, kind: 'of-member', member: element.across, of: test };
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
  const checked = syntax.of.flatMap((one): readonly (T | Failed)[] => {
    const elements = writeOut({ syntax: one, place, across: null }, syntax.name);
    return elements === null ? [null] : elements.map(check);
  });
  return every(checked);
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
  const { items } = place.names.model;
  const variables = rangeVariables(syntax, place);
  if (variables === null) return null;
  return variables.map((v) => ({ span, kind: 'name', name: (items[v] as ModelItem).id }));
}

/** The variables of a range, in declared order, within one member (or outside all panels). */
export function rangeVariables(
  { from, to, span }: { readonly from: string; readonly to: string; readonly span: Span },
  place: Site,
): readonly VariableIndex[] | Failed {
  const present = isLackingEnd({ from, to }, place) ? itemsPresent({ from, to, span }, place) : [];
  if (present.length > 0) return present;
  const first = resolve(from, span, place);
  const last = resolve(to, span, place);
  if (first === null || last === null) return null;
  const [start, end] = [itemOf(first), itemOf(last)];
  if (start === null || end === null) {
    return fail(place, 'range-of-items', span, `${from}..${to} must run from an item to an item.`);
  }
  if (start.member !== end.member) {
    return fail(place, 'range-of-items', span, `${from} and ${to} belong to different members of a panel.`);
  }
  const { items } = place.names.model;
  const [low, high] = [items.indexOf(start), items.indexOf(end)];
  if (low > high) {
    return fail(place, 'range-order', span, `${from} is declared after ${to}: write ${to}..${from}.`);
  }
  return items.flatMap((item, v) => (v >= low && v <= high && item.member === start.member ? [v] : []));
}

/** The ends of a range. */
interface Ends {
  readonly from: string;
  readonly to: string;
}

const isLackingEnd = ({ from, to }: Ends, { names, member }: Site): boolean =>
  [from, to].some((end) => findName(names, end, member) === undefined);

/** A range of which a member of a panel lacks an end holds the items present, as the range of another member has them. */
function itemsPresent(range: Ends & { readonly span: Span }, place: Site): readonly VariableIndex[] {
  const { items, members } = place.names.model;
  const panel = members.find(({ id }) => id === place.member)?.panel;
  const whole = members.find(
    ({ id, panel: its }) => its === panel && !isLackingEnd(range, { ...place, member: id }),
  );
  if (whole === undefined) return [];
  // What is wrong with the range is said where that member is asked.
  const theirs = rangeVariables(range, { ...place, member: whole.id, report: () => undefined });
  const own = theirs?.map((variable) => (items[variable] as ModelItem).id.slice(whole.id.length));
  return items.flatMap(({ id, member }, variable) =>
    member === place.member && own?.includes(id.slice(member?.length)) ? [variable] : [],
  );
}

/** Whether a member has what a formula across members is about; of a range, one item. */
function isSaidOf(syntax: Syntax, place: Site): boolean {
  switch (syntax.kind) {
    case 'name':
      return findName(place.names, syntax.name, place.member) !== undefined;
    case 'range':
      return !isLackingEnd(syntax, place) || itemsPresent(syntax, place).length > 0;
    default:
      return partsOf(syntax).every((part) => isSaidOf(part, place));
  }
}

/** The item of a definition that a name stands for; `null` for a score, a quantity or a fact of the context. */
const itemOf = (entity: Entity): ModelItem | null => (entity.kind === 'item' ? entity.facts.item : null);

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
    const { sentence, field } = suggestion(syntax.panel, new Set(members.map(({ panel }) => panel)));
    return fail(
      place,
      'unknown-panel',
      syntax.span,
      `There is no panel '${syntax.panel}'.${sentence}`,
      field,
    );
  }
  const having = ofPanel.filter(({ id }) => isSaidOf(syntax.body, { ...place, member: id }));
  const chosen = having.length > 0 ? having : ofPanel.slice(0, 1);
  const elements = chosen.map(({ id, index }) =>
    writeOut({ syntax: syntax.body, place: { ...place, member: id }, across: index }, callName),
  );
  const written = every(elements)?.flat() ?? null;
  const counts =
    callName === 'mean' ||
    ((callName === 'min' || callName === 'all') && ofPanel.some((one) => one.asked === 'chosen'));
  // An item of the member itself drops out with it.
  if (!counts || written === null || (callName !== 'all' && written.every(isOfOwnItem))) return written;
  return fail(
    place,
    'across-chosen',
    syntax.span,
    `${callName}(...) across a panel would count members that were not asked: use any, count, sum or max; min and mean can be of one item.`,
  );
}

/** The item that an element across a panel is about, where that is one of the member's own. */
const isOfOwnItem = ({ syntax, place, across }: Element): boolean => {
  const variable = itemAbout(syntax, place);
  return variable !== null && place.names.facts[variable]?.variable.member === across;
};

/** Every name that a formula holds, range ends and the fact of a `by` included. */
export function namesIn(syntax: Syntax): readonly string[] {
  const inside = partsOf(syntax).flatMap(namesIn);
  switch (syntax.kind) {
    case 'name':
      return [syntax.name];
    case 'range':
      return [syntax.from, syntax.to];
    case 'by':
      return [syntax.context, ...inside];
    default:
      return inside;
  }
}

/** The formulas inside a formula. */
export function partsOf(syntax: Syntax): readonly Syntax[] {
  switch (syntax.kind) {
    case 'members':
      return [syntax.body];
    case 'compare':
    case 'and':
    case 'or':
    case 'arithmetic':
      return [syntax.left, syntax.right];
    case 'is':
      return [syntax.subject];
    case 'not':
    case 'negate':
      return [syntax.operand];
    case 'if':
      return [syntax.test, syntax.then, syntax.else];
    case 'call':
      return syntax.name === 'table' ? syntax.of.slice(1) : syntax.of;
    case 'by':
      return syntax.branches.map(([, formula]) => formula);
    default:
      return [];
  }
}

/** The parser lets no other parts through than a value and the number of decimals. */
function rounding(syntax: Syntax & { kind: 'call' }, place: Place): Typed | Failed {
  const [value, places] = syntax.of as readonly [Syntax, Syntax & { kind: 'number' }];
  const of = numeric(value, place);
  return (
    of && { type: 'number', tree: { span: syntax.span, kind: 'round', decimals: Number(places.text), of } }
  );
}

/** The parser lets no other parts through than the name of a table and a value. */
function tableCall(syntax: Syntax & { kind: 'call' }, place: Place): Typed | Failed {
  const [table, value] = syntax.of as readonly [Syntax & { kind: 'name' }, Syntax];
  const of = numeric(value, place);
  const { tables } = place.names.model;
  if (!Object.hasOwn(tables, table.name)) {
    const { sentence, field } = suggestion(table.name, Object.keys(tables));
    return fail(place, 'unknown-table', table.span, `There is no table '${table.name}'.${sentence}`, field);
  }
  return of && { type: 'number', tree: { span: syntax.span, kind: 'table', table: table.name, of } };
}
