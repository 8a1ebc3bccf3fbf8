import fc from 'fast-check';
import type {
  FormulaSource,
  Model,
  ModelBand,
  ModelCutOff,
  ModelFlag,
  ModelGate,
  ModelItem,
  ModelMember,
  ModelScore,
} from '../../src/formula/model.js';
import { print } from '../../src/formula/print.js';
import type { ComparisonOperator, FunctionName, Syntax } from '../../src/formula/syntax.js';
import { type Form, meaning, type RawAnswer } from '../oracle/meaning.js';

/*
 * Definitions at random, openly fictional. A recipe is drawn first, whose every part is read against what there is to name;
 * then the oracle says what each score can reach and which conditions can go both ways, and the ranges, tables and levels
 * are written from that. So most of what comes out is a definition that the language has to accept.
 */

/** A definition, its trees as they were drawn, and forms to try it on. */
export interface Trial {
  readonly model: Model;
  /** Every formula's syntax tree, which `print` wrote out. */
  readonly trees: readonly Syntax[];
  readonly forms: readonly Form[];
}

/** Verdicts with more completions than this on the empty form are left out: the oracle tries them all. */
const MOST_COMPLETIONS = 3000;

const SPAN = { start: 0, end: 0 };

// What there is to name

type Asked = 'chosen' | 'all';

interface Named {
  /** As the formula writes it. */
  readonly name: string;
  readonly item: ModelItem;
}

interface Environment {
  /** Items that a range can run over, in declared order. */
  readonly groups: readonly (readonly Named[])[];
  readonly scores: readonly string[];
  readonly quantities: readonly string[];
  /** Table and the score whose every value is a key of it. */
  readonly tables: readonly (readonly [string, string])[];
  /** Tables with a row for every whole number that a few items can come to. */
  readonly wholeTables: readonly string[];
  readonly keyings: readonly string[];
  readonly panel: PanelNames | null;
  /** Whether `age` may be read: its 121 values are many to enumerate. */
  readonly age: boolean;
}

interface PanelNames {
  readonly name: string;
  readonly asked: Asked;
  readonly items: readonly Named[];
  readonly scores: readonly string[];
}

type Make = (environment: Environment) => Syntax;

const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(from.length, 1)];

const hasPoints = ({ item }: Named): boolean =>
  item.kind === 'number' || (item.kind === 'choice' && item.options.every(({ points }) => points !== null));

const constant = (value: number): Syntax =>
  value < 0
    ? { kind: 'negate', operand: constant(-value), span: SPAN }
    : { kind: 'number', text: String(value), span: SPAN };
const named = (name: string): Syntax => ({ kind: 'name', name, span: SPAN });
const call = (name: FunctionName, of: readonly Syntax[], by?: string): Syntax => ({
  kind: 'call',
  name,
  of,
  span: SPAN,
  ...(by === undefined ? {} : { by }),
});
type GateKind = 'points' | 'not-applicable' | 'stops';

const GATE_KINDS: readonly GateKind[] = [
  'points',
  'points',
  'points',
  'not-applicable',
  'not-applicable',
  'stops',
];
const ASKED: readonly Asked[] = ['chosen', 'all'];

const compared = (operator: ComparisonOperator, left: Syntax, right: Syntax): Syntax => ({
  kind: 'compare',
  operator,
  left,
  right,
  span: SPAN,
});

const pointed = (e: Environment): readonly Named[] => e.groups.flat().filter(hasPoints);

const itemAt = (e: Environment, n: number): Syntax => {
  const found = pick(pointed(e), n);
  return found === undefined ? constant(1) : named(found.name);
};

const isOfChoice = (item: ModelItem): item is Extract<ModelItem, { kind: 'choice' }> =>
  item.kind === 'choice';

/** `q1..q3` where every item in between will do, else one item. */
const rangeAt = (e: Environment, n: number, length: number, fits: (one: Named) => boolean): Syntax | null => {
  const start = pick(
    e.groups.flatMap((group) => group.flatMap((one, at) => (fits(one) ? [{ group, at }] : []))),
    n,
  );
  if (start === undefined) return null;
  let end = start.at;
  while (end - start.at < length && start.group[end + 1] !== undefined && fits(start.group[end + 1] as Named))
    end += 1;
  const [from, to] = [start.group[start.at] as Named, start.group[end] as Named];
  return end === start.at ? named(from.name) : { kind: 'range', from: from.name, to: to.name, span: SPAN };
};

// Formulas

const index = fc.nat({ max: 30 });
const limit = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, 1.5, 2.25, -1) },
);
const operator = fc.constantFrom<ComparisonOperator>('=', '!=', '<', '<=', '>', '>=', '>=', '>=');
const length = fc.nat({ max: 4 });

const item: fc.Arbitrary<Make> = index.map((n) => (e: Environment) => itemAt(e, n));
const range: fc.Arbitrary<Make> = fc.tuple(index, length).map(
  ([n, most]) =>
    (e: Environment) =>
      rangeAt(e, n, most, hasPoints) ?? constant(1),
);

/** `q1 is a`, with a code that the item has. */
const choice: fc.Arbitrary<Make> = fc
  .tuple(index, index, fc.boolean(), length, fc.boolean())
  .map(([n, code, negated]) => (e: Environment): Syntax => {
    const found = pick(
      e.groups.flat().filter((one) => isOfChoice(one.item)),
      n,
    );
    if (found === undefined || !isOfChoice(found.item)) return sexIs('female');
    const option = pick(found.item.options, code);
    return { kind: 'is', subject: named(found.name), code: option?.code ?? '', negated, span: SPAN };
  });

const sexIs = (code: string): Syntax => ({
  kind: 'is',
  subject: named('sex'),
  code,
  negated: false,
  span: SPAN,
});
const context: fc.Arbitrary<Make> = fc
  .tuple(fc.constantFrom('female', 'male'), fc.constantFrom(18, 65), fc.boolean())
  .map(
    ([sex, years, aged]) =>
      (e: Environment): Syntax =>
        e.age && aged ? compared('>=', named('age'), constant(years)) : sexIs(sex),
  );

/** An argument of any, all or count that runs over a range: `q1..q3 >= 2`, `q1..q3 is a`, `q1..q3`. */
const elementwise: fc.Arbitrary<Make> = fc
  .tuple(index, length, operator, limit, fc.constantFrom('compare', 'is', 'bare'), index, fc.boolean())
  .map(([n, most, op, value, form, code, negated]) => (e: Environment): Syntax => {
    if (form === 'is') {
      const at = pick(
        e.groups.flat().filter((one) => isOfChoice(one.item)),
        n,
      );
      const wanted = at !== undefined && isOfChoice(at.item) ? pick(at.item.options, code)?.code : undefined;
      const fits = (one: Named): boolean =>
        isOfChoice(one.item) && one.item.options.some((option) => option.code === wanted);
      const subject = rangeAt(e, n, most, fits);
      if (subject !== null && wanted !== undefined)
        return { kind: 'is', subject, code: wanted, negated, span: SPAN };
    }
    const over = rangeAt(e, n, most, hasPoints);
    if (over === null) return sexIs('female');
    return form === 'bare' ? over : compared(op, over, constant(value));
  });

/** What a formula of one member may name: its own, and `outer` items beside them. */
const withinMember = (e: Environment, panel: PanelNames, outer: boolean): Environment => ({
  ...e,
  groups: [panel.items, ...(outer ? e.groups.slice(0, 1) : [])],
  scores: panel.scores,
  quantities: [],
  tables: [],
  wholeTables: [],
  panel: null,
});

/** A call across the members of a panel; without a panel, over a range. */
const across = (inner: fc.Arbitrary<Make>): fc.Arbitrary<Make> =>
  fc
    .tuple(
      fc.constantFrom<FunctionName>('sum', 'max', 'min', 'mean'),
      index,
      fc.constantFrom('item', 'score', 'any'),
      fc.boolean(),
      inner,
      range,
    )
    .map(([name, n, kind, outer, make, other]) => (e: Environment): Syntax => {
      if (e.panel === null) return call(name, [other(e)]);
      const score = pick(e.panel.scores, n);
      const body =
        kind === 'score' && score !== undefined
          ? named(score)
          : kind === 'item'
            ? itemAt(withinMember(e, e.panel, false), n)
            : make(withinMember(e, e.panel, outer));
      // The least and the mean would count a member that was not asked, but of one item, which drops out with it.
      const counts = name === 'mean' || (name === 'min' && e.panel.asked === 'chosen');
      const allowed = counts && kind !== 'item' ? 'max' : name;
      return call(allowed, [{ kind: 'members', panel: e.panel.name, body, span: SPAN }]);
    });

const acrossTest = (inner: fc.Arbitrary<Make>): fc.Arbitrary<Make> =>
  fc.tuple(inner, fc.boolean()).map(([make, outer]) => (e: Environment): Syntax => {
    if (e.panel === null) return make(e);
    const body = make(withinMember(e, e.panel, outer));
    return { kind: 'members', panel: e.panel.name, body, span: SPAN };
  });

const isWholeItem = ({ item: one }: Named): boolean =>
  one.kind === 'number'
    ? Number.isInteger(one.min) && Number.isInteger(one.step)
    : one.kind === 'choice' &&
      one.options.every(({ points }) => Number.isInteger(points ?? 0.5) || Array.isArray(points));

const keyingAt = (e: Environment, n: number | null): string | undefined =>
  n === null ? undefined : pick(e.keyings, n);

const measuredIn = (e: Environment): readonly Named[] =>
  e.groups.flat().filter((one) => one.item.kind === 'number');

const arithmetic = (operator: '+' | '-' | '*' | '/', left: Syntax, right: Syntax): Syntax => ({
  kind: 'arithmetic',
  operator,
  left,
  right,
  span: SPAN,
});

/** A product or quotient of number items; `null` where there are none. */
const quantity: fc.Arbitrary<(e: Environment) => Syntax | null> = fc
  .tuple(index, index, fc.constantFrom('over', 'over-square', 'times', 'times-and', 'plus', 'over-more'))
  .map(([a, b, shape]) => (e: Environment): Syntax | null => {
    const measured = measuredIn(e);
    const [first, second] = [pick(measured, a), pick(measured, b)];
    if (first === undefined || second === undefined) return null;
    const [x, y] = [named(first.name), named(second.name)];
    const divides = second.item.kind === 'number' && second.item.min > 0;
    switch (shape) {
      case 'over':
        return arithmetic(divides ? '/' : '*', x, y);
      case 'over-square':
        return arithmetic(divides ? '/' : '+', x, arithmetic('*', y, y));
      case 'times':
        return arithmetic('*', x, y);
      case 'times-and':
        return arithmetic('-', arithmetic('*', x, y), x);
      case 'plus':
        return arithmetic('+', arithmetic('*', constant(2), x), y);
      default:
        return arithmetic('/', x, arithmetic('+', y, constant(1)));
    }
  });

type Makes = { readonly number: Make; readonly condition: Make; readonly argument: Make };

const { number, condition } = fc.letrec<Makes>((tie) => {
  const number = tie('number');
  const condition = tie('condition');
  const numbers = fc.array(fc.oneof(number, range), { minLength: 1, maxLength: 3 });
  const tests = fc.array(tie('argument'), { minLength: 1, maxLength: 3 });
  const keying = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: index });
  return {
    argument: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'formula' },
      { weight: 4, arbitrary: elementwise },
      { weight: 1, arbitrary: acrossTest(elementwise) },
      { weight: 1, arbitrary: acrossTest(condition) },
      { weight: 2, arbitrary: condition },
    ),
    number: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'formula' },
      { weight: 4, arbitrary: item },
      {
        weight: 6,
        arbitrary: fc.tuple(range, fc.option(index)).map(([over, keying]) => (e: Environment) => {
          return call('sum', [over(e)], keyingAt(e, keying));
        }),
      },
      {
        weight: 3,
        arbitrary: index.map((n) => (e: Environment) => {
          const score = pick(e.scores, n);
          return score === undefined ? itemAt(e, n) : named(score);
        }),
      },
      {
        weight: 1,
        arbitrary: index.map((n) => (e: Environment) => {
          const table = pick(e.tables, n);
          return table === undefined ? itemAt(e, n) : call('table', [named(table[0]), named(table[1])]);
        }),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(index, index, length).map(([n, at, most]) => (e: Environment) => {
          const table = pick(e.wholeTables, n);
          const over = rangeAt(e, at, most, isWholeItem);
          return table === undefined || over === null
            ? itemAt(e, at)
            : call('table', [named(table), call('sum', [over])]);
        }),
      },
      { weight: 2, arbitrary: range.map((over) => (e: Environment) => call('mean', [over(e)])) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom<FunctionName>('sum', 'max', 'max', 'min', 'min', 'mean'), numbers, keying)
          .map(
            ([name, of, by]) =>
              (e: Environment) =>
                call(
                  name,
                  of.map((make) => make(e)),
                  keyingAt(e, by),
                ),
          ),
      },
      {
        weight: 3,
        arbitrary: fc.tuple(tests, keying).map(
          ([of, by]) =>
            (e: Environment) =>
              call(
                'count',
                of.map((make) => make(e)),
                keyingAt(e, by),
              ),
        ),
      },
      { weight: 1, arbitrary: across(number) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('+' as const, '-' as const), number, fc.oneof(number, limit))
          .map(([op, left, right]) => (e: Environment): Syntax => {
            const second = typeof right === 'number' ? constant(right) : right(e);
            return { kind: 'arithmetic', operator: op, left: left(e), right: second, span: SPAN };
          }),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('*' as const, '/' as const), number, fc.constantFrom(2, 4, 0.5))
          .map(
            ([op, left, right]) =>
              (e: Environment): Syntax => ({
                kind: 'arithmetic',
                operator: op,
                left: left(e),
                right: constant(right),
                span: SPAN,
              }),
          ),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(condition, fc.oneof(limit, number), fc.oneof(limit, number))
          .map(([test, first, second]) => (e: Environment): Syntax => {
            const branch = (one: number | Make): Syntax => (typeof one === 'number' ? constant(one) : one(e));
            return { kind: 'if', test: test(e), then: branch(first), else: branch(second), span: SPAN };
          }),
      },
      {
        weight: 2,
        // An item that chooses, and counts beside what it chose.
        arbitrary: fc
          .tuple(
            index,
            operator,
            limit,
            fc.oneof(item, limit),
            fc.oneof(item, limit),
            fc.constantFrom('+' as const, '-' as const),
          )
          .map(([n, op, value, first, second, sign]) => (e: Environment): Syntax => {
            const branch = (one: number | Make): Syntax => (typeof one === 'number' ? constant(one) : one(e));
            const own = itemAt(e, n);
            const test = compared(op, own, constant(value));
            const chosen: Syntax = {
              kind: 'if',
              test,
              then: branch(first),
              else: branch(second),
              span: SPAN,
            };
            return arithmetic(sign, chosen, own);
          }),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(number, fc.nat({ max: 1 })).map(
          ([of, places]) =>
            (e: Environment) =>
              call('round', [of(e), constant(places)]),
        ),
      },
    ),
    condition: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'formula' },
      {
        weight: 6,
        arbitrary: fc.tuple(operator, number, limit).map(
          ([op, left, right]) =>
            (e: Environment) =>
              compared(op, left(e), constant(right)),
        ),
      },
      { weight: 4, arbitrary: choice },
      { weight: 1, arbitrary: item },
      { weight: 1, arbitrary: context },
      {
        weight: 1,
        arbitrary: fc.tuple(operator, number, number).map(
          ([op, left, right]) =>
            (e: Environment) =>
              compared(op, left(e), right(e)),
        ),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom<FunctionName>('any', 'all'), tests)
          .map(([name, of]) => (e: Environment) => {
            // Members that were not asked cannot be counted on, so `all` runs across no panel of them.
            const within = name === 'all' && e.panel?.asked === 'chosen' ? { ...e, panel: null } : e;
            return call(
              name,
              of.map((make) => make(within)),
            );
          }),
      },
      {
        weight: 3,
        arbitrary: fc.tuple(fc.constantFrom('and' as const, 'or' as const), condition, condition).map(
          ([kind, left, right]) =>
            (e: Environment): Syntax => ({ kind, left: left(e), right: right(e), span: SPAN }),
        ),
      },
      {
        weight: 1,
        arbitrary: condition.map(
          (of) =>
            (e: Environment): Syntax => ({ kind: 'not', operand: of(e), span: SPAN }),
        ),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(condition, condition, condition)
          .map(([test, first, second]) => (e: Environment): Syntax => {
            return { kind: 'if', test: test(e), then: first(e), else: second(e), span: SPAN };
          }),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(quantity, fc.nat({ max: 2 }), index, operator, limit)
          .map(([make, against, n, op, value]) => (e: Environment) => {
            const declared = pick(e.quantities, n);
            const left =
              against === 0 && declared !== undefined ? named(declared) : (make(e) ?? itemAt(e, n));
            const other = pick(measuredIn(e), n);
            return compared(
              op,
              left,
              against === 2 && other !== undefined ? named(other.name) : constant(value),
            );
          }),
      },
    ),
  };
});

/** A formula, or one for each sex. */
type MakeSource = (e: Environment) => Written;
interface Written {
  readonly source: FormulaSource;
  readonly trees: readonly Syntax[];
}
const written =
  (make: Make): MakeSource =>
  (e) => {
    const tree = make(e);
    return { source: print(tree), trees: [tree] };
  };
const sourceOf = (make: fc.Arbitrary<Make>): fc.Arbitrary<MakeSource> =>
  fc.oneof(
    { weight: 9, arbitrary: make.map(written) },
    {
      weight: 1,
      arbitrary: fc.tuple(make, make).map(([one, other]) => (e: Environment): Written => {
        const [female, male] = [one(e), other(e)];
        return {
          source: { by: 'sex', branches: { female: print(female), male: print(male) } },
          trees: [female, male],
        };
      }),
    },
  );

// Items

type ItemRecipe =
  | {
      readonly kind: 'choice';
      readonly points: readonly (number | readonly [number, number] | null)[];
      readonly missing: boolean;
    }
  | { readonly kind: 'number'; readonly min: number; readonly step: number; readonly steps: number };

const plainPoints = fc.constantFrom<readonly number[]>(
  [0, 1],
  [0, 1],
  [1, 0],
  [0, 1, 2],
  [0, 1, 2],
  [0, 1, 2, 3],
  [2, 1, 0],
  [0, 1, 1],
  [0, 2, 4],
  [1, 2],
  [0, 1, 0],
);
const oddPoints = fc.array(fc.constantFrom(-1, 0, 0.5, 1, 1.25, 2, 3), { minLength: 2, maxLength: 3 });
const choicePoints: fc.Arbitrary<readonly (number | readonly [number, number] | null)[]> = fc.oneof(
  { weight: 7, arbitrary: plainPoints },
  { weight: 1, arbitrary: oddPoints },
  {
    weight: 2,
    arbitrary: fc.constantFrom<readonly (number | readonly [number, number] | null)[]>(
      [0, [1, 3]],
      [0, 1, [0, 2]],
      [[1, 2], 0],
      [0, [1, 3], 5],
      [
        [0, 2],
        [1, 3],
      ],
      [0, null],
      [null, null, null],
    ),
  },
);
const choiceItem: fc.Arbitrary<ItemRecipe> = fc.record({
  kind: fc.constant('choice' as const),
  points: choicePoints,
  missing: fc.boolean(),
});
const numberItem: fc.Arbitrary<ItemRecipe> = fc.record({
  kind: fc.constant('number' as const),
  min: fc.constantFrom(0, 1, 1.5, 0.3),
  step: fc.constantFrom(1, 0.5, 0.1, 2),
  steps: fc.integer({ min: 1, max: 4 }),
});
/** What counts for something however it is answered, and for nothing only where it does not apply. */
const neverNothing: fc.Arbitrary<ItemRecipe> = fc.record({
  kind: fc.constant('choice' as const),
  points: fc.constantFrom<readonly number[]>([1, 2], [1, 2, 3], [2, 1], [3, 4], [-1, -2], [1, 1], [-1, 1]),
  missing: fc.constant(false),
});
const itemRecipe = fc.oneof({ weight: 6, arbitrary: choiceItem }, { weight: 1, arbitrary: numberItem });

const CODES = ['a', 'b', 'c', '3d'];

const itemFrom = (recipe: ItemRecipe, id: string, member?: string): ModelItem => {
  const shared = { id, where: ['items', id], ...(member === undefined ? {} : { member }) };
  if (recipe.kind === 'number') {
    const { min, step, steps } = recipe;
    // In decimals as they are written: 0.3 + 0.1 × 3 is 0.6.
    const max = Number((min + step * steps).toFixed(2));
    return { ...shared, kind: 'number', unit: 'kg', min, step, max };
  }
  return {
    ...shared,
    kind: 'choice',
    options: recipe.points.map((points, i) => ({ code: CODES[i] ?? String(i), points })),
    missing: recipe.missing ? { declined: 'refused' } : {},
  };
};

// Recipes

interface GateRecipe {
  readonly kind: 'points' | 'not-applicable' | 'stops';
  readonly group: number;
  readonly first: number;
  readonly more: number;
  readonly points: number;
  readonly listed: boolean;
  readonly test: MakeSource;
  /** A score that the condition reads beside its test, and from where on it holds. */
  readonly scored: { readonly value: Make; readonly from: number; readonly both: boolean } | null;
  /** A gate of each member of the panel, about items of its own or, `outside`, of others. */
  readonly inside: boolean;
  readonly outside: boolean;
}

interface ScoreRecipe {
  readonly formula: MakeSource;
  readonly tabled: readonly number[] | null;
  readonly missingRule: boolean;
  readonly band: readonly number[] | null;
  readonly negative: boolean;
}

interface TestRecipe {
  readonly when: MakeSource;
  readonly applies: MakeSource | null;
  readonly threshold: readonly [number, number] | null;
  readonly negative: 'met' | 'not-met' | null;
}

interface PanelRecipe {
  readonly items: readonly ItemRecipe[];
  readonly asked: 'chosen' | 'all';
  readonly scores: readonly ScoreRecipe[];
  readonly tests: readonly TestRecipe[];
  readonly flag: Make | null;
  readonly first: boolean;
  /** The second member has not the last of the items. */
  readonly lacking: boolean;
}

interface Recipe {
  readonly items: readonly ItemRecipe[];
  readonly panel: PanelRecipe | null;
  readonly keying: readonly (readonly number[])[] | null;
  readonly gates: readonly GateRecipe[];
  readonly scores: readonly ScoreRecipe[];
  readonly quantities: readonly ((e: Environment) => Syntax | null)[];
  readonly wholeTables: readonly (readonly number[])[];
  readonly rules: readonly MakeSource[];
  readonly tests: readonly TestRecipe[];
  readonly flags: readonly { readonly when: MakeSource; readonly critical: boolean }[];
  readonly age: boolean;
}

const gateRecipe: fc.Arbitrary<GateRecipe> = fc.record({
  kind: fc.constantFrom<GateKind>(...GATE_KINDS),
  group: fc.nat({ max: 2 }),
  first: fc.nat({ max: 5 }),
  more: fc.nat({ max: 3 }),
  points: index,
  listed: fc.boolean(),
  test: sourceOf(condition),
  scored: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({ value: number, from: fc.integer({ min: 1, max: 3 }), both: fc.boolean() }),
    },
  ),
  inside: fc.boolean(),
  outside: fc.constantFrom(false, false, true),
});
const scoreRecipe: fc.Arbitrary<ScoreRecipe> = fc.record({
  formula: sourceOf(number),
  tabled: fc.option(fc.array(fc.constantFrom(0, 1, 2, 3.5, 10), { minLength: 1, maxLength: 6 })),
  missingRule: fc.boolean(),
  band: fc.option(fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 3 })),
  negative: fc.boolean(),
});
const testRecipe: fc.Arbitrary<TestRecipe> = fc.record({
  when: sourceOf(condition),
  applies: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.oneof(context.map(written), condition.map(written)) },
  ),
  threshold: fc.option(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 12 }))),
  negative: fc.option(fc.constantFrom('met' as const, 'not-met' as const)),
});
const panelRecipe: fc.Arbitrary<PanelRecipe> = fc.record({
  items: fc.array(itemRecipe, { minLength: 1, maxLength: 2 }),
  asked: fc.constantFrom<Asked>(...ASKED),
  scores: fc.array(scoreRecipe, { maxLength: 1 }),
  tests: fc.array(testRecipe, { maxLength: 1 }),
  flag: fc.option(condition),
  first: fc.boolean(),
  lacking: fc.constantFrom(false, false, true),
});
const anything = {
  items: fc.array(itemRecipe, { minLength: 2, maxLength: 6, size: 'max' }),
  panel: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: panelRecipe }),
  keying: fc.option(fc.array(plainPoints, { minLength: 1, maxLength: 4 })),
  gates: fc.array(gateRecipe, { maxLength: 3 }),
  scores: fc.array(scoreRecipe, { minLength: 1, maxLength: 3 }),
  quantities: fc.array(quantity, { maxLength: 2 }),
  wholeTables: fc.array(fc.array(fc.constantFrom(0, 1, 2, 3.5, 10), { minLength: 1, maxLength: 6 }), {
    maxLength: 2,
  }),
  rules: fc.array(sourceOf(condition), { maxLength: 2 }),
  tests: fc.array(testRecipe, { maxLength: 2 }),
  flags: fc.array(fc.record({ when: sourceOf(condition), critical: fc.boolean() }), { maxLength: 2 }),
  age: fc.constantFrom(false, false, false, true),
} satisfies { readonly [part in keyof Recipe]: fc.Arbitrary<Recipe[part]> };

/** What a definition at random is to be like. */
export type Kind = 'anything' | 'dropping';

const droppingItem = fc.oneof({ weight: 1, arbitrary: itemRecipe }, { weight: 2, arbitrary: neverNothing });

const RECIPES: Readonly<Record<Kind, fc.Arbitrary<Recipe>>> = {
  anything: fc.record(anything),
  /** Few items, most of which a gate or a member that was not asked leaves out. */
  dropping: fc.record({
    ...anything,
    items: fc.array(droppingItem, { minLength: 2, maxLength: 5, size: 'max' }),
    panel: fc.option(
      fc
        .tuple(
          panelRecipe,
          fc.array(droppingItem, { minLength: 1, maxLength: 2 }),
          fc.constantFrom<Asked>('chosen', 'chosen', 'all'),
        )
        .map(([one, items, asked]) => ({ ...one, items, asked })),
    ),
    gates: fc.array(
      fc
        .tuple(
          gateRecipe,
          fc.constantFrom<GateKind>('not-applicable', 'not-applicable', 'points'),
          sourceOf(fc.oneof({ weight: 3, arbitrary: choice }, { weight: 1, arbitrary: condition })),
        )
        .map(([one, kind, test]) => ({ ...one, kind, test })),
      { minLength: 2, maxLength: 4 },
    ),
    scores: fc.array(scoreRecipe, { minLength: 1, maxLength: 2 }),
    tests: fc.array(testRecipe, { minLength: 1, maxLength: 3 }),
    quantities: fc.constant([]),
    wholeTables: fc.constant([]),
    age: fc.constant(false),
  }),
};

// From a recipe to a definition

const PANEL = 'pan';
const MEMBERS = ['m1', 'm2'];

interface Draft {
  model: Model;
  trees: Syntax[];
}

const local = (id: string): string => id.slice(id.indexOf('.') + 1);

const groupsOf = (items: readonly ModelItem[], member: string | undefined): readonly (readonly Named[])[] => {
  const plain = items.filter((one) => one.member === undefined).map((one) => ({ name: one.id, item: one }));
  const own = (id: string, inside: boolean): readonly Named[] =>
    items
      .filter((one) => one.member === id)
      .map((one) => ({ name: inside ? local(one.id) : one.id, item: one }));
  return member === undefined ? [plain, ...MEMBERS.map((id) => own(id, false))] : [own(member, true)];
};

const environmentOf = (
  { model }: Draft,
  member: string | undefined,
  age: boolean,
  tables: readonly (readonly [string, string])[] = [],
): Environment => {
  const scores = model.scores.filter((score) => score.member === member);
  const firstMember = model.members[0];
  return {
    groups: groupsOf(model.items, member).filter((group) => group.length > 0),
    scores: scores.map(({ id }) => (member === undefined ? id : local(id))),
    quantities: member === undefined ? model.quantities.map(({ id }) => id) : [],
    tables: member === undefined ? tables : [],
    wholeTables:
      member === undefined ? Object.keys(model.tables).filter((id) => id.startsWith('whole-')) : [],
    keyings: member === undefined ? Object.keys(model.keyings) : [],
    panel:
      member !== undefined || firstMember === undefined
        ? null
        : {
            name: PANEL,
            asked: firstMember.asked,
            items: groupsOf(model.items, firstMember.id)[0] ?? [],
            scores: model.scores.filter((s) => s.member === firstMember.id).map(({ id }) => local(id)),
          },
    age,
  };
};

/** Items before one, which its gate may read. */
const before = (e: Environment, items: readonly ModelItem[], id: string): Environment => {
  const at = items.findIndex((one) => one.id === id);
  const earlier = new Set(items.slice(0, at).map((one) => one.id));
  return {
    ...e,
    groups: e.groups.map((g) => g.filter(({ item: one }) => earlier.has(one.id))).filter((g) => g.length > 0),
    scores: [],
    quantities: [],
    tables: [],
    panel: null,
  };
};

const pointsListed = (one: ModelItem): readonly number[] => {
  if (one.kind === 'number') return [one.min];
  if (one.kind === 'text') return [];
  return one.options.flatMap(({ points }) =>
    points === null ? [] : typeof points === 'number' ? [points] : [points[0]],
  );
};

interface MadeGate {
  readonly gate: ModelGate;
  readonly first: number;
  readonly cutOff: ModelCutOff | null;
  /** What its condition reads, if anything, its range not yet known. */
  readonly score: ModelScore | null;
}

const gatesFrom = (recipes: readonly GateRecipe[], draft: Draft, age: boolean): readonly MadeGate[] => {
  const { members } = draft.model;
  /** By item: what an earlier gate makes of it. */
  const effects = new Map<string, string>();
  const made = recipes.flatMap((one, at) => {
    const owners = one.inside && members.length > 0 ? members.map(({ id }) => id) : [undefined];
    return owners.flatMap((member) => gateFrom(one, at, draft, member, effects, age) ?? []);
  });
  return made.sort((a, b) => a.first - b.first);
};

const gateFrom = (
  one: GateRecipe,
  at: number,
  draft: Draft,
  member: string | undefined,
  effects: Map<string, string>,
  age: boolean,
): MadeGate | null => {
  const { items } = draft.model;
  const outer = environmentOf(draft, member, age);
  const plain = groupsOf(items, undefined).slice(0, 1);
  const isOutside = member !== undefined && one.outside;
  const group = (isOutside ? plain[0] : pick(outer.groups, one.group)) ?? [];
  const start =
    group === outer.groups[0]
      ? 1 + (one.first % Math.max(group.length - 1, 1))
      : isOutside
        ? one.first % Math.max(group.length, 1)
        : 0;
  const points = pick(pointsListed(group[start]?.item ?? (items[0] as ModelItem)), one.points);
  if (one.kind === 'points' && points === undefined) return null;
  const effect: ModelGate['effect'] =
    one.kind === 'points'
      ? { kind: 'points', points: points ?? 0 }
      : one.kind === 'stops'
        ? { kind: 'stops', decides: [`stopped-${at}`] }
        : { kind: 'not-applicable' };
  const same = JSON.stringify(effect);
  const targets = group
    .slice(start, start + 1 + one.more)
    .filter(({ item: target }) => one.kind === 'stops' || (effects.get(target.id) ?? same) === same)
    .filter(
      ({ item: target }) =>
        one.kind !== 'points' || (points !== undefined && pointsListed(target).includes(points)),
    );
  const [first, last] = [targets[0], targets.at(-1)];
  if (first === undefined || last === undefined) return null;
  const names = targets.map(({ name }) => name);
  const contiguous = group.indexOf(last) - group.indexOf(first) + 1 === targets.length;
  const then =
    names.length === 1 ? first.name : contiguous && !one.listed ? `${first.name}..${last.name}` : names;
  const around = member === undefined ? outer : { ...outer, groups: [...outer.groups, ...plain] };
  const e = before(around, items, first.item.id);
  if (e.groups.flat().length === 0) return null;
  const { source, trees } = one.test(e);
  const [tree] = trees;
  if (tree === undefined || (one.kind === 'stops' && (trees.length > 1 || member !== undefined))) return null;
  const owner = member === undefined ? {} : { member };
  const name = `e${at + 1}`;
  const value = one.scored?.value(e);
  const reached = compared('>=', named(name), constant(one.scored?.from ?? 1));
  const whole: Syntax | null =
    value === undefined
      ? null
      : one.scored?.both === true && trees.length === 1
        ? { kind: 'and', left: reached, right: tree, span: SPAN }
        : reached;
  draft.trees.push(...(whole === null ? trees : [whole]), ...(value === undefined ? [] : [value]));
  if (one.kind !== 'stops') for (const { item: target } of targets) effects.set(target.id, same);
  const id = member === undefined ? name : `${member}.${name}`;
  return {
    gate: { where: ['skips', at], ...owner, if: whole === null ? source : print(whole), then, effect },
    first: items.findIndex((target) => target.id === first.item.id),
    cutOff:
      one.kind === 'stops'
        ? {
            id: `stopped-${at}`,
            where: ['cut-offs', `stopped-${at}`],
            when: `(${print(whole ?? tree)}) or ${hasPoints(first) ? `${first.name} >= 1` : 'sex is female'}`,
            screensFor: 'something fictional',
          }
        : null,
    score:
      value === undefined
        ? null
        : { id, where: ['scores', id], ...owner, formula: print(value), range: [0, 0], missingRules: [] },
  };
};

const ids = (model: Model): readonly string[] => model.members.map((one) => `${one.panel}.${one.id}`);

const emptyForm = (model: Model): Form => ({ answers: {}, administered: ids(model) });

/** `'7/2'` as a number; `null` where it is no decimal of a few places. */
const terminating = (text: string): number | null => {
  const [over, under = '1'] = text.split('/');
  const value = Number(over) / Number(under);
  return 10_000 % Number(under) === 0 ? value : null;
};

/** The values that a score reaches, ascending; `null` where they are too many or no decimals. */
const reachedBy = (model: Model, id: string, administered = ids(model)): readonly number[] | null => {
  const alone: Model = { ...model, bands: [], cutOffs: [], flags: [] };
  const found = meaning(alone).possibilities({ answers: {}, administered }, MOST_COMPLETIONS).scores.get(id);
  if (found === undefined) return null;
  const values = [...found].filter((one) => one !== 'not-applicable').map(terminating);
  const known = values.filter((one) => one !== null);
  return known.length < values.length || known.length === 0 ? null : known.sort((a, b) => a - b);
};

/** With every choice of members administered. */
const reachedWithAny = (model: Model, id: string): readonly number[] | null => {
  const all = ids(model);
  const choices = all.length === 0 ? [all] : [all, all.slice(0, 1), all.slice(1), []];
  const reached = choices.map((administered) => reachedBy(model, id, administered));
  const known = reached.filter((one) => one !== null);
  if (known.length < reached.length) return null;
  return [...new Set([0, ...known.flat()])].sort((a, b) => a - b);
};

/** Which of the conditions can go both ways on some form. */
const liveTests = (
  model: Model,
  tests: readonly { readonly when: FormulaSource; readonly member?: string | undefined }[],
): readonly boolean[] => {
  const cutOffs = tests.map(
    ({ when, member }, i): ModelCutOff => ({
      id: `live-${i}`,
      where: [],
      when,
      screensFor: '',
      ...(member === undefined ? {} : { member }),
    }),
  );
  const probe: Model = { ...model, scores: model.scores, bands: [], flags: [], cutOffs };
  const found = meaning(probe).possibilities(emptyForm(model), MOST_COMPLETIONS).cutOffs;
  return cutOffs.map(({ id }) => found.get(id)?.size === 2);
};

/** Levels that tile the values. `cuts`: where to cut, as positions among the values. */
const levelsFrom = (
  values: readonly number[],
  cuts: readonly number[],
  whole: boolean,
  negative: boolean,
  where: readonly (string | number)[],
): ModelBand['levels'] => {
  const starts = [...new Set([0, ...cuts.map((cut) => cut % values.length)])].sort((a, b) => a - b);
  return starts.map((start, i) => {
    const next = starts[i + 1];
    const to = next === undefined ? values.at(-1) : (values[next] ?? 0) - 1;
    return {
      id: `level-${i}`,
      where: [...where, 'levels', i],
      label: `level ${i}`,
      from: values[start] ?? 0,
      ...(whole && to !== undefined ? { to } : {}),
      ...(negative && i === 0 ? { negative: true as const } : {}),
    };
  });
};

/** Whether every coefficient is whole cannot be told from outside; a definition with the wrong edges is refused. */
const isWhole = (values: readonly number[]): boolean => values.every(Number.isInteger);

const isPlainSum = (tree: Syntax | undefined): boolean =>
  tree?.kind === 'call' &&
  tree.name === 'sum' &&
  tree.by === undefined &&
  tree.of.every(({ kind }) => kind === 'range');

interface MadeScore {
  readonly id: string;
  readonly values: readonly number[] | null;
  readonly member: string | undefined;
}

const scoresFrom = (
  recipes: readonly ScoreRecipe[],
  draft: Draft,
  member: string | undefined,
  age: boolean,
): readonly MadeScore[] => {
  const tables: (readonly [string, string])[] = [];
  const made: MadeScore[] = [];
  recipes.forEach((one, at) => {
    const id = member === undefined ? `s${at + 1}` : `${member}.t${at + 1}`;
    const { source, trees } = one.formula(environmentOf(draft, member, age, tables));
    const owner = member === undefined ? {} : { member };
    const score: ModelScore = {
      id,
      where: ['scores', id],
      ...owner,
      formula: source,
      range: [0, 0],
      missingRules: one.missingRule && isPlainSum(trees[0]) ? [{ id: 'some', allow: 1 }] : [],
    };
    const tried = { ...draft.model, scores: [...draft.model.scores, score] };
    const values = reachedBy(tried, id);
    if (values === null) return;
    draft.trees.push(...trees);
    const ranged = { ...score, range: [values[0] ?? 0, values.at(-1) ?? 0] as const };
    draft.model = { ...draft.model, scores: [...draft.model.scores, ranged] };
    made.push({ id, values, member });
    // On a form that contradicts a gate a score can have values that no consistent form reaches, and no table has.
    const gated = tried.gates.some(({ effect }) => effect.kind !== 'stops');
    const keys = one.tabled === null || member !== undefined || gated ? null : reachedWithAny(tried, id);
    if (one.tabled !== null && keys !== null && keys.length <= 12) {
      const table = `table-${id}`;
      const tabled = one.tabled;
      const rows = keys.map((key, i) => [key, tabled[i % tabled.length] ?? 0] as const);
      draft.model = {
        ...draft.model,
        tables: { ...draft.model.tables, [table]: { where: ['tables', table], rows } },
      };
      tables.push([table, id]);
    }
    if (one.band !== null) {
      const where = ['bands', `${id}-band`];
      const band: ModelBand = {
        id: `${id}-band`,
        where,
        ...owner,
        of: member === undefined ? id : local(id),
        levels: levelsFrom(values, one.band, isWhole(values), one.negative, where),
      };
      draft.model = { ...draft.model, bands: [...draft.model.bands, band] };
    }
  });
  return made;
};

const testsFrom = (
  recipes: readonly TestRecipe[],
  draft: Draft,
  member: string | undefined,
  scores: readonly MadeScore[],
  age: boolean,
): void => {
  const e = environmentOf(draft, member, age);
  const owner = member === undefined ? {} : { member };
  const made = recipes.map((one, at) => {
    const score = one.threshold === null ? undefined : pick(scores, one.threshold[0]);
    const value = score?.values === null ? undefined : pick(score?.values ?? [], one.threshold?.[1] ?? 0);
    const when =
      score === undefined || value === undefined
        ? one.when(e)
        : written(() =>
            compared('>=', named(member === undefined ? score.id : local(score.id)), constant(value)),
          )(e);
    const applies = one.applies?.(e) ?? null;
    const id = member === undefined ? `cut-${at}` : `${member}.cut-${at}`;
    const cutOff: ModelCutOff = {
      id,
      where: ['cut-offs', id],
      ...owner,
      when: when.source,
      screensFor: 'something fictional',
      ...(one.negative === null ? {} : { negative: one.negative }),
    };
    return { cutOff, when, applies };
  });
  const live = liveTests(
    draft.model,
    made.map(({ cutOff }) => cutOff),
  );
  const applied = liveTests(
    draft.model,
    made.map(({ cutOff, applies }) => ({ when: applies?.source ?? cutOff.when, member })),
  );
  made.forEach(({ cutOff, when, applies }, i) => {
    if (live[i] !== true) return;
    const only = applies !== null && applied[i] === true ? applies : null;
    draft.trees.push(...when.trees, ...(only?.trees ?? []));
    const kept = only === null ? cutOff : { ...cutOff, applies: only.source };
    draft.model = { ...draft.model, cutOffs: [...draft.model.cutOffs, kept] };
  });
};

const flagsFrom = (
  recipes: readonly { readonly when: MakeSource; readonly critical: boolean }[],
  draft: Draft,
  member: string | undefined,
  age: boolean,
): void => {
  const e = environmentOf(draft, member, age);
  const made = recipes.map((one, at) => {
    const when = one.when(e);
    const id = member === undefined ? `flag-${at}` : `${member}.flag-${at}`;
    const flag: ModelFlag = {
      id,
      where: ['flags', id],
      ...(member === undefined ? {} : { member }),
      when: when.source,
      title: id,
      ...(one.critical ? { critical: true as const } : {}),
    };
    return { flag, when };
  });
  const live = liveTests(
    draft.model,
    made.map(({ flag }) => flag),
  );
  made.forEach(({ flag, when }, i) => {
    if (live[i] !== true) return;
    draft.trees.push(...when.trees);
    draft.model = { ...draft.model, flags: [...draft.model.flags, flag] };
  });
};

const rulesFrom = (rules: readonly MakeSource[], draft: Draft, age: boolean): void => {
  if (rules.length === 0) return;
  const e = environmentOf(draft, undefined, age);
  const made = rules.map((make) => make(e));
  const bandOf = (whens: readonly FormulaSource[]): ModelBand => ({
    id: 'ruled',
    where: ['bands', 'ruled'],
    levels: [...whens, undefined].map((when, i) => ({
      id: `rule-${i}`,
      where: ['bands', 'ruled', 'rules', i],
      label: `rule ${i}`,
      ...(when === undefined ? { negative: true as const } : { when }),
    })),
  });
  const whens = made.map(({ source }) => source);
  const probe: Model = { ...draft.model, cutOffs: [], flags: [], bands: [bandOf(whens)] };
  const found = meaning(probe).possibilities(emptyForm(probe), MOST_COMPLETIONS).bands.get('ruled');
  if (found === undefined) return;
  const kept = whens.filter((_, i) => found.has(`rule-${i}`));
  if (kept.length === 0 || !found.has(`rule-${whens.length}`)) return;
  draft.trees.push(...made.flatMap(({ trees }) => trees));
  draft.model = { ...draft.model, bands: [...draft.model.bands, bandOf(kept)] };
};

/** The score with the range that it reaches; `null` where that is not known, and where there is no score. */
const rangedScore = (score: ModelScore | null, model: Model): ModelScore | null => {
  if (score === null) return null;
  const values = reachedBy(
    { ...model, scores: [...model.scores.filter(({ id }) => id !== score.id), score] },
    score.id,
  );
  return values === null ? null : { ...score, range: [values[0] ?? 0, values.at(-1) ?? 0] };
};

/** A table with a row for every whole number that a few items can come to. */
const wholeTable = (values: readonly number[], at: number): readonly [string, Model['tables'][string]] => {
  const keys = Array.from({ length: 51 }, (_, i) => i - 10);
  const id = `whole-${at + 1}`;
  const ascends = at === 0;
  const sorted = [...values].sort((a, b) => a - b);
  const rows = keys.map(
    (key, i) =>
      [
        key,
        (ascends ? sorted[Math.min(Math.max(key, 0), values.length - 1)] : values[i % values.length]) ?? 0,
      ] as const,
  );
  return [id, { where: ['tables', id], rows }];
};

/** The items that formulas name, ranges written out. */
const itemsNamed = (model: Model, trees: readonly Syntax[]): ReadonlySet<string> => {
  const order = model.items.map(({ id }) => id);
  const found = new Set<string>();
  const everywhere = (name: string): readonly string[] =>
    [name, ...model.members.map(({ id }) => `${id}.${name}`)].filter((id) => order.includes(id));
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    if (typeof part !== 'object' || part === null) return;
    const { kind, name, from, to } = part as { kind?: string; name?: string; from?: string; to?: string };
    if (kind === 'name' && name !== undefined) for (const id of everywhere(name)) found.add(id);
    if (kind === 'range' && from !== undefined && to !== undefined) {
      everywhere(from).forEach((first, i) => {
        const last = everywhere(to)[i] ?? first;
        for (const id of order.slice(order.indexOf(first), order.indexOf(last) + 1)) found.add(id);
      });
    }
    Object.values(part).forEach(visit);
  };
  visit(trees);
  return found;
};

const build = (r: Recipe): { readonly model: Model; readonly trees: readonly Syntax[] } => {
  const plain = r.items.map((one, i) => itemFrom(one, `q${i + 1}`));
  const { panel } = r;
  const members: readonly ModelMember[] =
    panel === null ? [] : MEMBERS.map((id) => ({ panel: PANEL, id, asked: panel.asked }));
  const own = members.flatMap(({ id }, at) => {
    const lacks = panel?.lacking === true && at > 0 && panel.items.length > 1;
    return (panel?.items ?? [])
      .slice(0, lacks ? -1 : undefined)
      .map((one, i) => itemFrom(one, `${id}.p${i + 1}`, id));
  });
  const items = panel?.first === true ? [...own, ...plain] : [...plain, ...own];
  const keyed = (r.keying ?? []).flatMap((points, i) => {
    const target = plain[i];
    if (target?.kind !== 'choice') return [];
    return [[target.id, target.options.map((_, at) => points[at % points.length] ?? 0)] as const];
  });
  const draft: Draft = {
    trees: [],
    model: {
      items,
      members,
      keyings: keyed.length > 0 ? { other: Object.fromEntries(keyed) } : {},
      tables: Object.fromEntries(r.wholeTables.map((rows, at) => wholeTable(rows, at))),
      gates: [],
      scores: [],
      quantities: [],
      bands: [],
      cutOffs: [],
      flags: [],
    },
  };
  const made = gatesFrom(r.gates, draft, r.age);
  let gates = made;
  for (;;) {
    draft.model = {
      ...draft.model,
      gates: gates.map(({ gate }) => gate),
      scores: gates.flatMap(({ score }) => score ?? []),
    };
    const live = liveTests(
      draft.model,
      gates.map(({ gate }) => ({ when: gate.if, member: gate.member })),
    );
    const kept = gates.filter(
      ({ score }, i) => live[i] === true && (score === null || rangedScore(score, draft.model) !== null),
    );
    if (kept.length === gates.length) break;
    gates = kept;
  }
  const stopped = gates.flatMap(({ cutOff }) => (cutOff === null ? [] : [cutOff]));
  const stopping = liveTests(draft.model, stopped);
  const proved = stopped.filter((_, i) => stopping[i] === true);
  gates = gates.filter(({ cutOff }) => cutOff === null || proved.includes(cutOff));
  draft.model = {
    ...draft.model,
    gates: gates.map(({ gate }) => gate),
    cutOffs: proved,
    scores: gates.flatMap(({ score }) => rangedScore(score, draft.model) ?? []),
  };
  r.quantities.forEach((make, at) => {
    const tree = make(environmentOf(draft, undefined, false));
    if (tree === null) return;
    const id = `z${at + 1}`;
    draft.trees.push(tree);
    const quantity = { id, where: ['scores', id], formula: print(tree), places: 1, unit: 'kg' };
    draft.model = { ...draft.model, quantities: [...draft.model.quantities, quantity] };
  });
  for (const { id } of members) {
    const scores = scoresFrom(panel?.scores ?? [], draft, id, false);
    testsFrom(panel?.tests ?? [], draft, id, scores, false);
    if (panel?.flag != null) flagsFrom([{ when: written(panel.flag), critical: true }], draft, id, false);
  }
  const scores = scoresFrom(r.scores, draft, undefined, r.age);
  rulesFrom(r.rules, draft, r.age);
  testsFrom(r.tests, draft, undefined, scores, r.age);
  flagsFrom(r.flags, draft, undefined, r.age);
  // What stops and tests of dropped gates name is not read.
  const read = itemsNamed(draft.model, readTrees(draft));
  return {
    trees: draft.trees,
    model: {
      ...draft.model,
      items: items.map((one) => (read.has(one.id) ? one : { ...one, unscored: 'recorded only' })),
    },
  };
};

/** Trees of the formulas that were kept. */
const readTrees = ({ model, trees }: Draft): readonly Syntax[] => {
  const kept = new Set<string>();
  const add = (source: FormulaSource | undefined): void => {
    if (source === undefined) return;
    for (const text of typeof source === 'string' ? [source] : Object.values(source.branches)) kept.add(text);
  };
  for (const one of model.scores) add(one.formula);
  for (const one of model.quantities) add(one.formula);
  for (const one of model.gates) add(one.if);
  for (const one of model.flags) add(one.when);
  for (const one of model.cutOffs) {
    add(one.when);
    add(one.applies);
  }
  for (const band of model.bands) for (const level of band.levels) add(level.when);
  const stops = model.cutOffs
    .filter(({ id }) => id.startsWith('stopped-'))
    .flatMap(({ when }) => (typeof when === 'string' ? [/ or (\S+) >= 1$/.exec(when)?.[1] ?? ''] : []));
  return [...trees.filter((tree) => kept.has(print(tree))), ...stops.map(named)];
};

// Forms

interface FormRecipe {
  readonly entries: readonly { readonly kind: number; readonly at: number }[];
  readonly known: number;
  readonly sex: 'female' | 'male' | 'unknown' | undefined;
  readonly age: number | 'unknown';
  readonly administered: readonly boolean[];
}

const formRecipe: fc.Arbitrary<FormRecipe> = fc.record({
  entries: fc.array(fc.record({ kind: fc.nat({ max: 99 }), at: index }), {
    minLength: 12,
    maxLength: 12,
  }),
  known: fc.constantFrom(20, 40, 60, 80),
  sex: fc.constantFrom('female', 'male', 'unknown', undefined),
  age: fc.constantFrom<number | 'unknown'>('unknown', 17, 18, 64, 70),
  administered: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
});

const MISSING: readonly RawAnswer[] = [undefined, null, { missing: 'refused' }, { missing: 'not-asked' }];

const formFrom = (r: FormRecipe, model: Model): Form => {
  const answers: Record<string, RawAnswer> = {};
  model.items.forEach((one, i) => {
    const entry = r.entries[i];
    if (entry === undefined || one.kind === 'text') return;
    const printed = one.kind === 'choice' ? Object.keys(one.missing) : [];
    if (entry.kind >= r.known) {
      const answer = pick([...MISSING, ...printed], entry.at);
      if (answer !== undefined) answers[one.id] = answer;
    } else if (one.kind === 'choice') answers[one.id] = pick(one.options, entry.at)?.code;
    else {
      const steps = entry.at % (1 + Math.round((one.max - one.min) / one.step));
      answers[one.id] = Number((one.min + one.step * steps).toFixed(2));
    }
  });
  return {
    answers,
    context: { age: r.age, ...(r.sex === undefined ? {} : { sex: r.sex }) },
    administered: ids(model).filter((_, i) => r.administered[i] === true),
  };
};

/** What matters of a definition, on a few lines, so that a counterexample can be read. */
const shown = (model: Model, forms: readonly Form[]): string => {
  const line = (what: string, id: string, ...rest: readonly unknown[]): string =>
    [what, id, ...rest.filter((one) => one !== undefined).map((one) => JSON.stringify(one))].join(' ');
  return [
    '',
    ...model.items.map((one) =>
      one.kind === 'choice'
        ? line('item', one.id, ...one.options.map(({ points }) => points))
        : line('item', one.id, one),
    ),
    ...model.members.map(({ id, asked }) => line('member', id, asked)),
    ...Object.entries(model.keyings).map(([id, keying]) => line('keying', id, keying)),
    ...Object.entries(model.tables).map(([id, { rows }]) => line('table', id, rows)),
    ...model.gates.map((gate) => line('gate', gate.member ?? '', gate.if, gate.then, gate.effect)),
    ...model.quantities.map(({ id, formula }) => line('quantity', id, formula)),
    ...model.scores.map(({ id, formula, range: ends }) => line('score', id, formula, ends)),
    ...model.bands.map(({ id, levels }) =>
      line('band', id, ...levels.map(({ from, to, when }) => when ?? [from, to])),
    ),
    ...model.cutOffs.map(({ id, when, applies }) => line('cut-off', id, when, applies)),
    ...model.flags.map(({ id, when }) => line('flag', id, when)),
    ...forms.map((form) => line('form', '', form)),
  ].join('\n');
};

/** A definition at random with as many partial forms. */
export const arbitraryTrial = (forms: number, kind: Kind = 'anything'): fc.Arbitrary<Trial> =>
  fc
    .record({ recipe: RECIPES[kind], forms: fc.array(formRecipe, { minLength: forms, maxLength: forms }) })
    .map(({ recipe: drawn, forms: filled }) => {
      const { model, trees } = build(drawn);
      const tried = filled.map((one) => formFrom(one, model));
      return { model, trees, forms: tried, [fc.toStringMethod]: () => shown(model, tried) };
    });
