/**
 * What a definition means, by brute force: every completion of a form is written out in full, and each formula is worked
 * through on each, as a person would with the manual and exact fractions. It knows nothing of the normal form, of
 * intervals, polarity or pivots, and shares only the parser with the engine that it checks. Slow, and meant to be read.
 *
 * The rules
 *  1. An item is its points, under the keying of the call it stands in, if any. An option whose points are an interval is
 *     worth any whole number in it, also when it is the answer.
 *  2. A missing item may be any printed option that is an answer, any value on the step for a number. Unknown sex is female
 *     or male; unknown age any whole year from 0 to 120.
 *  3. Gates hold in order, each read on what the earlier ones left. Where its condition is true and nothing contradicts it,
 *     its unanswered targets take the option (or number) with the skip's points, or drop out; a later gate may settle an
 *     item again. An answer contradicts a gate with points where its option cannot have those points, and a not-applicable
 *     gate always; then the gate changes nothing. `stops` gates change nothing.
 *  4. An item that is not applicable adds nothing to sum, count, any, all, min, max, nor to the mean's divisor: an argument
 *     about one such item drops out. Of nothing, sum, mean, min, max and count are 0, `any` is false and `all` is true. In
 *     `+ - *` outside a call it is 0. A comparison or `is` / `is not` on one such item alone is false, and so is a
 *     comparison that reads a number item that is not applicable.
 *  5. A score all of whose items are not applicable is not applicable, and so is its range band. A quantity is not
 *     applicable where one of its items is.
 *  6. A member of a panel asked `chosen` is administered where it is listed or an answer or a reason is given for one of its
 *     items (absent, null and undefined are neither). Otherwise its items are not applicable, its scores, bands, cut-offs
 *     and flags too, and it adds nothing across members.
 */

import type { FormulaSource, Model, ModelBand, ModelGate, ModelItem } from '../../src/formula/model.js';
import { parseSource } from '../../src/formula/parse.js';
import type { Syntax } from '../../src/formula/syntax.js';
import {
  compare,
  decimal,
  dividedBy,
  type Fraction,
  fraction,
  opposite,
  plus,
  rounded,
  times,
  written,
  ZERO,
} from './fraction.js';

/** A raw answer: an option's code or a number, as text or as the number with that text; or missing. */
export type RawAnswer = string | number | { readonly missing: string } | null | undefined;

/** A form as it was filled in. Answers are taken to be valid. */
export interface Form {
  readonly answers: Readonly<Record<string, RawAnswer>>;
  readonly context?: { readonly age?: number | 'unknown'; readonly sex?: 'female' | 'male' | 'unknown' };
  /** Members administered besides those with an entry, as `panel.member` or `member`. */
  readonly administered?: readonly string[];
}

/** The verdicts of one completion. Numbers are fractions as text (`'9'`, `'19/2'`). */
export interface Outcome {
  readonly scores: ReadonlyMap<string, string>;
  readonly quantities: ReadonlyMap<string, string>;
  readonly bands: ReadonlyMap<string, string>;
  readonly cutOffs: ReadonlyMap<string, string>;
  readonly flags: ReadonlyMap<string, string>;
}

/** A completion drawn at random: the codes filled in for the open items, as raw answers, and what follows. */
export interface Completion extends Outcome {
  readonly answers: Readonly<Record<string, string>>;
  readonly context: { readonly age: number; readonly sex: 'female' | 'male' };
}

/** For each verdict, everything that some completion of the form gives. */
export interface Possibilities {
  /** Values as fractions, or `not-applicable`. */
  readonly scores: ReadonlyMap<string, ReadonlySet<string>>;
  readonly quantities: ReadonlyMap<string, ReadonlySet<string>>;
  /** Level ids, or `not-applicable`. */
  readonly bands: ReadonlyMap<string, ReadonlySet<string>>;
  /** `met`, `not-met`, `not-applicable`. */
  readonly cutOffs: ReadonlyMap<string, ReadonlySet<string>>;
  /** `raised`, `not-raised`, `not-applicable`. */
  readonly flags: ReadonlyMap<string, ReadonlySet<string>>;
  /** Gates whose condition holds although some of `items` were answered otherwise: in every completion, or in some. */
  readonly contradictions: readonly Contradiction[];
  /** What has too many completions to enumerate and is in no map above: `scores total`, `gate 2`, … Sample these. */
  readonly tooMany: readonly string[];
}

export interface Contradiction {
  /** Index into `Model.gates`. */
  readonly gate: number;
  readonly items: readonly string[];
  readonly holds: 'always' | 'sometimes';
}

export interface Meaning {
  /** Everything that is possible on this form, enumerated; a verdict of more than `limit` completions is in `tooMany`. */
  possibilities(form: Form, limit?: number): Possibilities;
  /** One completion; `pick(n)` draws a whole number from 0 to n − 1. */
  sample(form: Form, pick: (choices: number) => number): Completion;
  /** How many completions this form has, counted without regard to gates. */
  completions(form: Form): number;
}

/** One thing that an item can be: a printed option, at one of its whole numbers of points; or a number. */
type Value =
  | { readonly option: number; readonly code: string; readonly points: Fraction | null }
  | { readonly number: Fraction };

/** What the items are in one completion, gates applied; no entry = not applicable. */
interface State {
  readonly items: ReadonlyMap<string, Value>;
  readonly age: number;
  readonly sex: string;
  readonly administered: ReadonlySet<string>;
}

/** Whose names come first, and the keying of the call around. */
interface Scope {
  readonly member?: string | undefined;
  readonly keying?: string | undefined;
}

type Result = Fraction | boolean;

const AGES = 121;
const SEXES = ['female', 'male'] as const;
const NOT_APPLICABLE = 'not-applicable';

/** The definition is at fault: the loader must have refused it. */
const wrong = (text: string): never => {
  throw new Error(`outside the language: ${text}`);
};

const number = (result: Result): Fraction =>
  typeof result === 'boolean' ? wrong('a condition as a number') : result;

const memo = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
};

const toFraction = memo((value: string | number) => decimal(value));

/** Everything that an item can be, in the order printed. */
const valuesOf = (item: ModelItem): readonly Value[] => {
  if (item.kind === 'text') return [];
  if (item.kind === 'number') {
    const step = decimal(item.step);
    const most = decimal(item.max);
    const values: Value[] = [];
    for (let at = decimal(item.min); compare(at, most) <= 0; at = plus(at, step)) values.push({ number: at });
    return values;
  }
  return item.options.flatMap(({ code, points }, option): Value[] => {
    if (points === null || typeof points === 'number') {
      return [{ option, code, points: points === null ? null : decimal(points) }];
    }
    const [least, greatest] = points;
    return Array.from({ length: greatest - least + 1 }, (_, i) => ({
      option,
      code,
      points: decimal(least + i),
    }));
  });
};

const pointsOf = (value: Value): Fraction | null => ('number' in value ? value.number : value.points);

/** The forms directly inside a form. */
const parts = (syntax: Syntax): readonly Syntax[] => {
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
      return syntax.branches.map(([, of]) => of);
    default:
      return [];
  }
};

/** The range in a form, outside calls within it; a comparison over a range holds element by element. */
const rangeIn = (syntax: Syntax): Extract<Syntax, { kind: 'range' }> | undefined => {
  if (syntax.kind === 'range') return syntax;
  if (syntax.kind === 'call') return undefined;
  for (const part of parts(syntax)) {
    const range = rangeIn(part);
    if (range !== undefined) return range;
  }
  return undefined;
};

/** The form with one item in the place of its range. */
const withItem = (syntax: Syntax, name: string): Syntax => {
  const inside = (part: Syntax): Syntax => withItem(part, name);
  switch (syntax.kind) {
    case 'range':
      return { kind: 'name', name, span: syntax.span };
    case 'compare':
    case 'and':
    case 'or':
    case 'arithmetic':
      return { ...syntax, left: inside(syntax.left), right: inside(syntax.right) };
    case 'is':
      return { ...syntax, subject: inside(syntax.subject) };
    case 'not':
    case 'negate':
      return { ...syntax, operand: inside(syntax.operand) };
    case 'if':
      return { ...syntax, test: inside(syntax.test), then: inside(syntax.then), else: inside(syntax.else) };
    default:
      return syntax;
  }
};

/**
 * The meaning of a definition. The model must be one that the loader accepts: anything else throws, since an oracle that
 * guesses proves nothing.
 */
export const meaning = (model: Model): Meaning => {
  const items = new Map(model.items.map((item) => [item.id, item]));
  const scores = new Map(model.scores.map((score) => [score.id, score]));
  const quantities = new Map(model.quantities.map((quantity) => [quantity.id, quantity]));
  const members = new Map(model.members.map((member) => [member.id, member]));
  const possible = memo((id: string) => valuesOf(items.get(id) ?? wrong(id)));
  const parsed = memo((source: FormulaSource): Syntax => {
    const tree = parseSource(source);
    return tree._tag === 'Right' ? tree.right : wrong(tree.left.map((e) => e.message).join(' '));
  });

  // Names

  const exists = (name: string): boolean => items.has(name) || scores.has(name) || quantities.has(name);

  /** The full name: the member's own first, then the definition's, then the context. */
  const resolve = (name: string, member: string | undefined): string | undefined => {
    const own = `${member}.${name}`;
    if (member !== undefined && exists(own)) return own;
    return exists(name) || name === 'age' || name === 'sex' ? name : undefined;
  };

  const nameOf = (name: string, scope: Scope): string => resolve(name, scope.member) ?? wrong(`no '${name}'`);

  /** Full names from one item to another in declared order; a member without an end has the range of its siblings. */
  const range = (from: string, to: string, member: string | undefined): readonly string[] => {
    const order = model.items.map((item) => item.id);
    const [first, last] = [resolve(from, member), resolve(to, member)];
    if (first !== undefined && last !== undefined) {
      const names = order.slice(order.indexOf(first), order.indexOf(last) + 1);
      return names.length === 0 ? wrong('a range that runs backwards') : names;
    }
    const panel = member === undefined ? undefined : members.get(member)?.panel;
    const sibling = model.members.find(
      (m) => m.panel === panel && items.has(`${m.id}.${from}`) && items.has(`${m.id}.${to}`),
    );
    if (sibling === undefined) return wrong(`the range ${from}..${to}`);
    return range(from, to, sibling.id)
      .map((name) => `${member}${name.slice(sibling.id.length)}`)
      .filter((name) => items.has(name));
  };

  // One completion

  /** The elements that an argument stands for, with their scopes: each item of a range, each member administered. */
  const elements = (argument: Syntax, scope: Scope, state: State): readonly (readonly [Syntax, Scope])[] => {
    if (argument.kind === 'members') {
      return model.members
        .filter((member) => member.panel === argument.panel && state.administered.has(member.id))
        .filter((member) => canSay(argument.body, member.id))
        .flatMap((member) => elements(argument.body, { ...scope, member: member.id }, state));
    }
    return writtenOut(scope.member)(argument).map((element) => [element, scope] as const);
  };

  /** An argument once for each item of its range. */
  const writtenOut = memo((member: string | undefined) =>
    memo((argument: Syntax): readonly Syntax[] => {
      const over = rangeIn(argument);
      if (over === undefined) return [argument];
      return range(over.from, over.to, member).map((name) => withItem(argument, name));
    }),
  );

  /** Whether a member has what is asked about: an item that it lacks (`absent`) adds nothing. */
  const canSay = (body: Syntax, member: string): boolean =>
    body.kind === 'name'
      ? resolve(body.name, member) !== undefined
      : parts(body).every((part) => canSay(part, member));

  /** The single item that a form is about, constants aside; `null` where it is about anything else. */
  const aboutOne = memo((member: string | undefined) =>
    memo((syntax: Syntax): string | null => {
      const names = new Set<string>();
      const only = (part: Syntax): boolean => {
        if (part.kind === 'name') names.add(nameOf(part.name, { member }));
        return part.kind !== 'call' && part.kind !== 'by' && part.kind !== 'range' && parts(part).every(only);
      };
      const [name] = only(syntax) ? names : [];
      return names.size === 1 && name !== undefined && items.has(name) ? name : null;
    }),
  );

  const isOut = (name: string, state: State): boolean => items.has(name) && !state.items.has(name);

  /** Whether an argument drops out: it is about one item, and that is not applicable. */
  const dropsOut = (syntax: Syntax, scope: Scope, state: State): boolean => {
    const name = aboutOne(scope.member)(syntax);
    return name !== null && isOut(name, state);
  };

  /** Number items that a form reads outside calls, through quantities. */
  const measurements = memo((member: string | undefined) =>
    memo((syntax: Syntax): readonly string[] => {
      if (syntax.kind === 'call') return [];
      if (syntax.kind !== 'name') return parts(syntax).flatMap(measurements(member));
      const name = nameOf(syntax.name, { member });
      const quantity = quantities.get(name);
      if (quantity !== undefined) return measurements(quantity.member)(parsed(quantity.formula));
      return items.get(name)?.kind === 'number' ? [name] : [];
    }),
  );

  const itemPoints = (name: string, scope: Scope, state: State): Fraction => {
    const value = state.items.get(name);
    if (value === undefined) return ZERO;
    const keyed = scope.keying === undefined ? undefined : model.keyings[scope.keying]?.[name];
    if (keyed !== undefined && 'option' in value)
      return toFraction(keyed[value.option] ?? wrong('a keying too short'));
    return pointsOf(value) ?? wrong(`points of '${name}', which has none`);
  };

  const named = (text: string, scope: Scope, state: State): Fraction => {
    const name = nameOf(text, scope);
    if (items.has(name)) return itemPoints(name, scope, state);
    const source = scores.get(name) ?? quantities.get(name);
    if (source !== undefined)
      return number(evaluate(parsed(source.formula), { member: source.member }, state));
    return name === 'age' ? fraction(BigInt(state.age)) : wrong('sex as a number');
  };

  /** A form as a condition: a bare item (or its points) holds where they are not 0. */
  const holds = (syntax: Syntax, scope: Scope, state: State): boolean => {
    const result = evaluate(syntax, scope, state);
    return typeof result === 'boolean' ? result : result.over !== 0n;
  };

  const is = (syntax: Extract<Syntax, { kind: 'is' }>, scope: Scope, state: State): boolean => {
    if (syntax.subject.kind !== 'name') return wrong("'is' on what is no item");
    const name = nameOf(syntax.subject.name, scope);
    if (name === 'sex') return (state.sex === syntax.code) !== syntax.negated;
    const item = items.get(name);
    if (item?.kind !== 'choice') return wrong("'is' on what has no options");
    const value = state.items.get(name);
    if (value === undefined || !('code' in value)) return false;
    return (value.code === syntax.code) !== syntax.negated;
  };

  const comparison = (syntax: Extract<Syntax, { kind: 'compare' }>, scope: Scope, state: State): boolean => {
    if (dropsOut(syntax, scope, state)) return false;
    if (measurements(scope.member)(syntax).some((name) => isOut(name, state))) return false;
    const order = compare(
      number(evaluate(syntax.left, scope, state)),
      number(evaluate(syntax.right, scope, state)),
    );
    switch (syntax.operator) {
      case '=':
        return order === 0;
      case '!=':
        return order !== 0;
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '>=':
        return order >= 0;
    }
  };

  const call = (syntax: Extract<Syntax, { kind: 'call' }>, scope: Scope, state: State): Result => {
    const [first, second] = syntax.of;
    if (syntax.name === 'round' && first !== undefined && second?.kind === 'number') {
      return rounded(number(evaluate(first, scope, state)), Number(second.text));
    }
    if (syntax.name === 'table' && first?.kind === 'name' && second !== undefined) {
      const value = number(evaluate(second, scope, state));
      const row = model.tables[first.name]?.rows.find(([key]) => compare(toFraction(key), value) === 0);
      return row === undefined ? wrong('a value that is no key of its table') : toFraction(row[1]);
    }
    const inside: Scope = syntax.by === undefined ? scope : { ...scope, keying: syntax.by };
    const present = syntax.of
      .flatMap((argument) => elements(argument, inside, state))
      .filter(([element, its]) => !dropsOut(element, its, state));
    const values = (): readonly Fraction[] => present.map(([e, its]) => number(evaluate(e, its, state)));
    const extreme = (sign: -1 | 1): Fraction =>
      values().reduce<Fraction | undefined>(
        (best, v) => (best === undefined || compare(v, best) === sign ? v : best),
        undefined,
      ) ?? ZERO;
    switch (syntax.name) {
      case 'sum':
        return values().reduce(plus, ZERO);
      case 'mean':
        return present.length === 0
          ? ZERO
          : dividedBy(values().reduce(plus, ZERO), fraction(BigInt(present.length)));
      case 'max':
        return extreme(1);
      case 'min':
        return extreme(-1);
      case 'count':
        return fraction(BigInt(present.filter(([e, its]) => holds(e, its, state)).length));
      case 'any':
        return present.some(([e, its]) => holds(e, its, state));
      case 'all':
        return present.every(([e, its]) => holds(e, its, state));
      default:
        return wrong(`a call of ${syntax.name}`);
    }
  };

  const arithmetic = (
    syntax: Extract<Syntax, { kind: 'arithmetic' }>,
    scope: Scope,
    state: State,
  ): Fraction => {
    const left = number(evaluate(syntax.left, scope, state));
    const right = number(evaluate(syntax.right, scope, state));
    switch (syntax.operator) {
      case '+':
        return plus(left, right);
      case '-':
        return plus(left, opposite(right));
      case '*':
        return times(left, right);
      case '/':
        return dividedBy(left, right);
    }
  };

  const evaluate = (syntax: Syntax, scope: Scope, state: State): Result => {
    switch (syntax.kind) {
      case 'number':
        return toFraction(syntax.text);
      case 'boolean':
        return syntax.value;
      case 'name':
        return named(syntax.name, scope, state);
      case 'compare':
        return comparison(syntax, scope, state);
      case 'is':
        return is(syntax, scope, state);
      case 'and':
        return holds(syntax.left, scope, state) && holds(syntax.right, scope, state);
      case 'or':
        return holds(syntax.left, scope, state) || holds(syntax.right, scope, state);
      case 'not':
        return !holds(syntax.operand, scope, state);
      case 'negate':
        return opposite(number(evaluate(syntax.operand, scope, state)));
      case 'arithmetic':
        return arithmetic(syntax, scope, state);
      case 'if':
        return evaluate(holds(syntax.test, scope, state) ? syntax.then : syntax.else, scope, state);
      case 'call':
        return call(syntax, scope, state);
      case 'by': {
        const branch =
          syntax.context === 'sex' ? syntax.branches.find(([value]) => value === state.sex) : undefined;
        return branch === undefined
          ? wrong('a value of the context without a branch')
          : evaluate(branch[1], scope, state);
      }
      case 'range':
      case 'members':
        return wrong('a range or members outside a call');
      case 'verb':
        return wrong('a verb');
    }
  };

  // The form as it was filled in

  const administeredIn = (form: Form): ReadonlySet<string> => {
    const listed = new Set(form.administered ?? []);
    const entered = new Set(
      model.items.filter((item) => (form.answers[item.id] ?? null) !== null).map((item) => item.member),
    );
    const chosen = model.members.filter(
      ({ panel, id, asked }) =>
        asked === 'all' || listed.has(id) || listed.has(`${panel}.${id}`) || entered.has(id),
    );
    return new Set(chosen.map((member) => member.id));
  };

  /** What an answer can be worth: several values where its option is an interval; `undefined` where it is missing. */
  const answered = (item: ModelItem, answer: RawAnswer): readonly Value[] | undefined => {
    if (answer === null || answer === undefined || typeof answer === 'object' || item.kind === 'text')
      return undefined;
    const text = String(answer);
    if (item.kind === 'number') return [{ number: decimal(text) }];
    if (Object.hasOwn(item.missing, text)) return undefined;
    const values = possible(item.id).filter((value) => 'code' in value && value.code === text);
    return values.length === 0 ? wrong(`an answer to '${item.id}' that is no option`) : values;
  };

  const applies = (item: ModelItem, administered: ReadonlySet<string>): boolean =>
    item.kind !== 'text' && (item.member === undefined || administered.has(item.member));

  const targetsOf = memo((gate: ModelGate): readonly string[] =>
    [gate.then].flat().flatMap((text) => {
      const tree = parsed(text);
      if (tree.kind === 'range') return range(tree.from, tree.to, gate.member);
      return tree.kind === 'name' ? [nameOf(tree.name, gate)] : wrong('a target that is no item');
    }),
  );

  /** The targets whose answers do not fit a gate that holds. */
  const contradicting = (
    gate: ModelGate,
    form: Form,
    administered: ReadonlySet<string>,
  ): readonly string[] => {
    const { effect } = gate;
    if (effect.kind === 'stops') return [];
    return targetsOf(gate).filter((id) => {
      const item = items.get(id) ?? wrong(id);
      const values = applies(item, administered) ? answered(item, form.answers[id]) : undefined;
      if (values === undefined) return false;
      return effect.kind === 'not-applicable' || values.every((value) => !isWorth(value, effect.points));
    });
  };

  const isWorth = (value: Value, points: number): boolean => {
    const own = pointsOf(value);
    return own !== null && compare(own, toFraction(points)) === 0;
  };

  const isMeant = (gate: ModelGate, administered: ReadonlySet<string>): boolean =>
    gate.member === undefined || administered.has(gate.member);

  /** The state after the gates that hold and are not contradicted, and which gates hold. */
  const throughGates = (
    before: State,
    form: Form,
    gates: readonly ModelGate[],
  ): readonly [State, ReadonlySet<ModelGate>] => {
    const held = new Set<ModelGate>();
    const now = new Map(before.items);
    const state: State = { ...before, items: now };
    for (const gate of gates) {
      if (!isMeant(gate, before.administered) || gate.effect.kind === 'stops') continue;
      if (!holds(parsed(gate.if), { member: gate.member }, state)) continue;
      held.add(gate);
      if (contradicting(gate, form, before.administered).length > 0) continue;
      for (const id of targetsOf(gate)) {
        const item = items.get(id) ?? wrong(id);
        if (!applies(item, before.administered) || answered(item, form.answers[id]) !== undefined) continue;
        if (gate.effect.kind === 'not-applicable') now.delete(id);
        else now.set(id, skippedTo(id, gate.effect.points));
      }
    }
    return [state, held];
  };

  const skippedTo = (id: string, points: number): Value =>
    possible(id).find((value) => isWorth(value, points)) ??
    wrong(`no option of '${id}' has the skip's points`);

  // What each verdict depends on

  /** Items and context that a form reads, through scores and quantities. Members may or may not be administered. */
  const readsOf = (syntax: Syntax, member: string | undefined): ReadonlySet<string> => {
    const found = new Set<string>();
    const visit = (part: Syntax, scope: string | undefined): void => {
      if (part.kind === 'members') {
        for (const m of model.members)
          if (m.panel === part.panel && canSay(part.body, m.id)) visit(part.body, m.id);
      } else if (part.kind === 'range') {
        for (const name of range(part.from, part.to, scope)) found.add(name);
      } else if (part.kind === 'name') {
        const name = nameOf(part.name, { member: scope });
        const source = scores.get(name) ?? quantities.get(name);
        if (source === undefined) found.add(name);
        else visit(parsed(source.formula), source.member);
      } else {
        if (part.kind === 'by') found.add(part.context);
        for (const inner of parts(part)) visit(inner, scope);
      }
    };
    visit(syntax, member);
    return found;
  };

  /** With the gates over what is read, the gates over what those read, and so on. */
  const withGates = (reads: ReadonlySet<string>): readonly [ReadonlySet<string>, readonly ModelGate[]] => {
    const all = new Set(reads);
    const gates = new Set<ModelGate>();
    for (let before = -1; before < gates.size; ) {
      before = gates.size;
      for (const gate of model.gates) {
        if (gate.effect.kind === 'stops' || gates.has(gate) || !targetsOf(gate).some((id) => all.has(id)))
          continue;
        gates.add(gate);
        for (const name of readsOf(parsed(gate.if), gate.member)) all.add(name);
      }
    }
    return [all, model.gates.filter((gate) => gates.has(gate))];
  };

  // Verdicts on one completion

  type Verdict = (state: State, held: ReadonlySet<ModelGate>) => string;
  interface Question {
    readonly map: keyof Outcome | 'gate';
    readonly id: string;
    readonly sources: readonly FormulaSource[];
    readonly member: string | undefined;
    readonly verdict: Verdict;
  }

  const isGiven = (member: string | undefined, state: State): boolean =>
    member === undefined || state.administered.has(member);

  const itemsRead = memo((id: string): readonly string[] => {
    const source = scores.get(id) ?? quantities.get(id) ?? wrong(id);
    return [...readsOf(parsed(source.formula), source.member)].filter((name) => items.has(name));
  });

  const worth = (id: string, state: State): Fraction | undefined => {
    const source = scores.get(id) ?? quantities.get(id) ?? wrong(id);
    if (!isGiven(source.member, state)) return undefined;
    const read = itemsRead(id);
    const out = read.filter((name) => isOut(name, state));
    if (quantities.has(id) ? out.length > 0 : read.length > 0 && out.length === read.length) return undefined;
    return named(id, {}, state);
  };

  const numeric =
    (id: string): Verdict =>
    (state) => {
      const value = worth(id, state);
      return value === undefined ? NOT_APPLICABLE : written(value);
    };

  const levelOf =
    (band: ModelBand): Verdict =>
    (state) => {
      if (!isGiven(band.member, state)) return NOT_APPLICABLE;
      if (band.of === undefined) {
        const first = band.levels.find(
          ({ when }) => when === undefined || holds(parsed(when), { member: band.member }, state),
        );
        return first?.id ?? 'no-level';
      }
      const value = worth(nameOf(band.of, band), state);
      if (value === undefined) return NOT_APPLICABLE;
      const reached = band.levels
        .filter(({ from }) => compare(toFraction(from ?? 0), value) <= 0)
        .sort((a, b) => (b.from ?? 0) - (a.from ?? 0))[0];
      if (reached === undefined) return 'no-level';
      return reached.to !== undefined && compare(value, toFraction(reached.to)) > 0 ? 'no-level' : reached.id;
    };

  const questions: readonly Question[] = [
    ...model.scores.map(
      ({ id, formula, member }): Question => ({
        map: 'scores',
        id,
        sources: [formula],
        member,
        verdict: numeric(id),
      }),
    ),
    ...model.quantities.map(
      ({ id, formula, member }): Question => ({
        map: 'quantities',
        id,
        sources: [formula],
        member,
        verdict: numeric(id),
      }),
    ),
    ...model.bands.map((band): Question => {
      const conditions = band.levels.flatMap(({ when }) => (when === undefined ? [] : [when]));
      const sources = band.of === undefined ? conditions : [band.of];
      return { map: 'bands', id: band.id, sources, member: band.member, verdict: levelOf(band) };
    }),
    ...model.cutOffs.map(({ id, when, applies: only, member }): Question => {
      const verdict: Verdict = (state) => {
        if (!isGiven(member, state)) return NOT_APPLICABLE;
        if (only !== undefined && !holds(parsed(only), { member }, state)) return NOT_APPLICABLE;
        return holds(parsed(when), { member }, state) ? 'met' : 'not-met';
      };
      return { map: 'cutOffs', id, sources: only === undefined ? [when] : [when, only], member, verdict };
    }),
    ...model.flags.map(({ id, when, member }): Question => {
      const verdict: Verdict = (state) => {
        if (!isGiven(member, state)) return NOT_APPLICABLE;
        return holds(parsed(when), { member }, state) ? 'raised' : 'not-raised';
      };
      return { map: 'flags', id, sources: [when], member, verdict };
    }),
  ];

  const gateQuestions: readonly Question[] = model.gates.map(
    (gate, index): Question => ({
      map: 'gate',
      id: String(index),
      sources: [gate.if],
      member: gate.member,
      verdict: (_, held) => (held.has(gate) ? 'holds' : 'does-not-hold'),
    }),
  );

  // Completions

  /** One open place of a form: the values that it can take. */
  interface Place {
    readonly name: string;
    readonly values: readonly Value[];
  }

  const placesOf = (
    names: ReadonlySet<string>,
    form: Form,
    administered: ReadonlySet<string>,
  ): readonly Place[] =>
    model.items
      .filter((item) => names.has(item.id) && applies(item, administered))
      .map((item) => ({ name: item.id, values: answered(item, form.answers[item.id]) ?? possible(item.id) }));

  const agesOf = (names: ReadonlySet<string>, form: Form): readonly number[] => {
    const age = form.context?.age ?? 'unknown';
    if (age !== 'unknown') return [age];
    return names.has('age') ? Array.from({ length: AGES }, (_, years) => years) : [0];
  };

  const sexesOf = (names: ReadonlySet<string>, form: Form): readonly ('female' | 'male')[] => {
    const sex = form.context?.sex ?? 'unknown';
    if (sex !== 'unknown') return [sex];
    return names.has('sex') ? SEXES : ['female'];
  };

  const everyState = (
    places: readonly Place[],
    ages: readonly number[],
    sexes: readonly string[],
    administered: ReadonlySet<string>,
    visit: (state: State) => void,
  ): void => {
    const now = new Map<string, Value>();
    const fill = (at: number, age: number, sex: string): void => {
      const place = places[at];
      if (place === undefined) {
        visit({ items: now, age, sex, administered });
        return;
      }
      for (const value of place.values) {
        now.set(place.name, value);
        fill(at + 1, age, sex);
      }
    };
    for (const age of ages) for (const sex of sexes) fill(0, age, sex);
  };

  const everyName: ReadonlySet<string> = new Set([...items.keys(), 'age', 'sex']);
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

  const dependencies = memo((question: Question) => {
    const reads = new Set(
      question.sources.flatMap((source) => [...readsOf(parsed(source), question.member)]),
    );
    const gate = question.map === 'gate' ? model.gates[Number(question.id)] : undefined;
    const [names, gates] = withGates(reads);
    return {
      names,
      gates: gate === undefined ? gates : model.gates.filter((g) => g === gate || gates.includes(g)),
    };
  });

  const answersOf = (question: Question, form: Form, limit: number): ReadonlySet<string> | undefined => {
    const administered = administeredIn(form);
    const { names, gates } = dependencies(question);
    const places = placesOf(names, form, administered);
    const [ages, sexes] = [agesOf(names, form), sexesOf(names, form)];
    if (product([ages.length, sexes.length, ...places.map((p) => p.values.length)]) > limit) return undefined;
    const found = new Set<string>();
    everyState(places, ages, sexes, administered, (before) => {
      const [state, held] = throughGates(before, form, gates);
      found.add(question.verdict(state, held));
    });
    return found;
  };

  return {
    possibilities: (form, limit = 200_000) => {
      const maps = {
        scores: new Map<string, ReadonlySet<string>>(),
        quantities: new Map<string, ReadonlySet<string>>(),
        bands: new Map<string, ReadonlySet<string>>(),
        cutOffs: new Map<string, ReadonlySet<string>>(),
        flags: new Map<string, ReadonlySet<string>>(),
        gate: new Map<string, ReadonlySet<string>>(),
      };
      const administered = administeredIn(form);
      const contradictable = gateQuestions.filter((_, index) => {
        const gate = model.gates[index];
        return gate !== undefined && contradicting(gate, form, administered).length > 0;
      });
      const tooMany: string[] = [];
      for (const question of [...questions, ...contradictable]) {
        const found = answersOf(question, form, limit);
        if (found === undefined) tooMany.push(`${question.map} ${question.id}`);
        else maps[question.map].set(question.id, found);
      }
      const contradictions = [...maps.gate].flatMap(([id, found]): Contradiction[] => {
        const gate = model.gates[Number(id)];
        if (gate === undefined || !found.has('holds')) return [];
        return [
          {
            gate: Number(id),
            items: contradicting(gate, form, administered),
            holds: found.size === 1 ? 'always' : 'sometimes',
          },
        ];
      });
      const { scores: s, quantities: q, bands, cutOffs, flags } = maps;
      return { scores: s, quantities: q, bands, cutOffs, flags, contradictions, tooMany };
    },

    sample: (form, pick) => {
      const administered = administeredIn(form);
      const draw = <T>(from: readonly T[]): T => from[pick(from.length)] ?? wrong('a draw out of range');
      const drawn = placesOf(everyName, form, administered).map(
        ({ name, values }) => [name, draw(values)] as const,
      );
      const [age, sex] = [draw(agesOf(everyName, form)), draw(sexesOf(everyName, form))];
      const before: State = { items: new Map(drawn), age, sex, administered };
      const [state, held] = throughGates(before, form, model.gates);
      const verdicts = (map: Question['map']): ReadonlyMap<string, string> =>
        new Map(questions.filter((q) => q.map === map).map((q) => [q.id, q.verdict(state, held)]));
      const open = [...state.items].filter(
        ([id]) => answered(items.get(id) ?? wrong(id), form.answers[id]) === undefined,
      );
      return {
        answers: Object.fromEntries(
          open.map(([id, value]) => [id, 'number' in value ? decimalText(value.number) : value.code]),
        ),
        context: { age, sex },
        scores: verdicts('scores'),
        quantities: verdicts('quantities'),
        bands: verdicts('bands'),
        cutOffs: verdicts('cutOffs'),
        flags: verdicts('flags'),
      };
    },

    completions: (form) => {
      const places = placesOf(everyName, form, administeredIn(form));
      return (
        product(places.map((place) => place.values.length)) *
        agesOf(everyName, form).length *
        sexesOf(everyName, form).length
      );
    },
  };
};

/** The decimal text of a fraction whose denominator divides a power of ten. */
const decimalText = (value: Fraction): string => {
  for (let places = 0; places < 20; places += 1) {
    const scaled = times(value, fraction(10n ** BigInt(places)));
    if (scaled.under !== 1n) continue;
    const digits = scaled.over.toString().padStart(places + 1, '0');
    return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }
  return wrong('a number that is no decimal');
};
