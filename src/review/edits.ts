import type { ShippedDefinition } from '../definition/index.js';
import { parseFormula, print } from '../formula/index.js';
import type { Path } from '../formula/model.js';
import type { Syntax } from '../formula/syntax.js';

/** What kind of slip an edit imitates. */
export type EditKind =
  | 'number'
  | 'comparison'
  | 'keying'
  | 'drop-item'
  | 'exchange-items'
  | 'drop-skip'
  | 'drop-stop'
  | 'drop-missing-rule'
  | 'drop-level'
  | 'drop-short-form'
  | 'negative'
  | 'fact';

/** One slip of the pen: a definition that differs from the reviewed one in a single place. */
export interface Edit {
  readonly kind: EditKind;
  /** Where the slip is, as a path into the definition. */
  readonly where: Path;
  /** What was changed, in words: `0 → 1`. */
  readonly change: string;
  readonly edited: ShippedDefinition;
}

type Plain = Readonly<Record<string, unknown>>;

/** Keys under which a formula stands. */
const FORMULA_KEYS: readonly string[] = ['formula', 'when', 'if', 'applies-when'];
/** Parts of a definition that can move a result. */
const PARTS: readonly string[] = [
  'options',
  'items',
  'keyings',
  'skips',
  'stops',
  'panels',
  'tables',
  'scores',
  'bands',
  'cut-offs',
  'flags',
];
/** Numbers that move no result: the figures of studies. */
const NO_RESULT: readonly string[] = ['evidence', 'note', 'source', 'confidence'];

/**
 * Every single slip in a definition: each number moved by one (a number item's limits by one step), each comparison
 * swapped with its neighbour, each item keyed the other way, left out of each formula or exchanged with the next, each
 * skip, stop, missing rule, level and short form dropped, each item of a short form taken from a neighbour, each level's and
 * cut-off's negative side turned round; and in what no answer shows (ages, window, minutes, change, what is asked of each sex)
 * each number moved and each entry dropped, each cut-off made a control or none.
 */
export function editsOf(definition: ShippedDefinition): readonly Edit[] {
  const edits: Edit[] = [];
  const order = Object.keys(definition.items ?? {});
  const add = (kind: EditKind, where: Path, change: string, value: unknown): void => {
    edits.push({ kind, where, change, edited: replaced(definition, where, value) });
  };
  for (const part of PARTS) {
    const entries = (definition as Plain)[part];
    if (entries !== undefined) walk(entries, [part], add, order);
  }
  defaultPoints(definition, add);
  keyings(definition, add);
  exchanges(definition, edits);
  shortForms(definition, order, add);
  facts(definition, add);
  return edits;
}

type Add = (kind: EditKind, where: Path, change: string, value: unknown) => void;

function walk(value: unknown, where: Path, add: Add, order: readonly string[]): void {
  const key = where[where.length - 1] as string | number;
  if (typeof value === 'number') {
    for (const moved of neighbours(value, where)) add('number', where, `${value} → ${moved}`, moved);
  } else if (typeof value === 'string') {
    const inFormula =
      FORMULA_KEYS.includes(String(key)) || FORMULA_KEYS.includes(String(where[where.length - 2]));
    if (inFormula && key !== 'by') formulaEdits(value, where, add, order);
  } else if (Array.isArray(value)) {
    dropEntries(value, where, add);
    for (const [i, inner] of value.entries()) walk(inner, [...where, i], add, order);
  } else if (typeof value === 'object' && value !== null) {
    if (key === 'missing' && where[0] !== 'options') dropRules(value as Plain, where, add);
    if (where[where.length - 2] === 'cut-offs' && 'when' in value) cutOffEdit(value as Plain, where, add);
    for (const [inner, child] of Object.entries(value)) {
      if (inner === 'negative') negativeEdit(child, [...where, inner], add);
      else if (!NO_RESULT.includes(inner)) walk(child, [...where, inner], add, order);
    }
  }
}

function neighbours(value: number, where: Path): readonly number[] {
  const key = where[where.length - 1];
  const decimals = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  const step = 10 ** -decimals;
  const moved = [value - step, value + step].map((next) => Number(next.toFixed(decimals)));
  const counts = key === 'allow' || key === 'max' || key === 'min' || key === 'step' || key === 'places';
  return counts ? moved.filter((next) => next >= (key === 'allow' || key === 'step' ? step : 0)) : moved;
}

function dropEntries(list: readonly unknown[], where: Path, add: Add): void {
  const key = where[where.length - 1];
  const kind: EditKind | null =
    key === 'skips'
      ? 'drop-skip'
      : key === 'stops'
        ? 'drop-stop'
        : key === 'levels' || key === 'rules'
          ? 'drop-level'
          : null;
  if (kind === null) return;
  for (const i of list.keys()) {
    const left = list.filter((_, j) => j !== i);
    // An empty list is not written: the key is left out.
    add(
      kind,
      left.length === 0 ? where : [...where],
      `entry ${i + 1} left out`,
      left.length === 0 ? undefined : left,
    );
  }
}

function dropRules(rules: Plain, where: Path, add: Add): void {
  for (const rule of Object.keys(rules)) {
    const { [rule]: _, ...left } = rules;
    add('drop-missing-rule', where, `${rule} left out`, Object.keys(left).length === 0 ? undefined : left);
  }
}

function negativeEdit(value: unknown, where: Path, add: Add): void {
  if (typeof value === 'boolean') add('negative', where, `${value} → ${!value}`, !value);
}

/** A cut-off whose 'not met' reads as a negative where nothing else is said: neither side does, or that one. */
function cutOffEdit(cutOff: Plain, where: Path, add: Add): void {
  const negative = cutOff['negative'] ?? 'not-met';
  const turned = negative === 'none' ? 'not-met' : 'none';
  add('negative', [...where, 'negative'], `${String(negative)} → ${turned}`, turned);
}

/** Points that stand nowhere but in the code: each is given in full, moved by one. */
function defaultPoints(definition: ShippedDefinition, add: Add): void {
  for (const [set, options] of Object.entries(definition.options ?? {})) {
    for (const [i, option] of options.entries()) {
      if ('missing' in option || option.points !== undefined || !/^-?\d+(\.\d+)?$/.test(option.code))
        continue;
      for (const moved of [Number(option.code) - 1, Number(option.code) + 1]) {
        add('number', ['options', set, i, 'points'], `${option.code} → ${moved}`, moved);
      }
    }
  }
}

function keyings(definition: ShippedDefinition, add: Add): void {
  const turn = (entries: Plain, at: Path): void => {
    for (const [id, item] of Object.entries(entries)) {
      if (typeof item !== 'object' || item === null || !('options' in item) || 'unscored' in item) continue;
      if ('points' in item) {
        const points = item.points as readonly unknown[];
        const turned = [...points].reverse();
        if (JSON.stringify(turned) !== JSON.stringify(points))
          add('keying', [...at, id, 'points'], 'reversed', turned);
      } else add('keying', [...at, id, 'reverse'], 'reversed', 'reverse' in item ? undefined : true);
    }
  };
  turn(definition.items ?? {}, ['items']);
  for (const [id, panel] of Object.entries(definition.panels ?? {}))
    turn(panel.items, ['panels', id, 'items']);
}

/** Each item of a short form taken from the item before or after, each short form left out. */
function shortForms(definition: ShippedDefinition, order: readonly string[], add: Add): void {
  const contained = definition.contains ?? {};
  for (const [short, { items }] of Object.entries(contained)) {
    const isLast = Object.keys(contained).length === 1;
    add('drop-short-form', isLast ? ['contains'] : ['contains', short], `${short} left out`, undefined);
    for (const [theirs, ours] of Object.entries(items)) {
      const at = order.indexOf(ours);
      for (const next of [order[at - 1], order[at + 1]])
        if (next !== undefined)
          add('exchange-items', ['contains', short, 'items', theirs], `${ours} → ${next}`, next);
    }
  }
}

/** What no answer shows: each number moved by one, each fact left out, each cut-off made a control or none. */
function facts(definition: ShippedDefinition, add: Add): void {
  const moves = (value: number, where: Path): void => {
    for (const next of [value - 1, value + 1])
      if (next >= 0) add('number', where, `${value} → ${next}`, next);
  };
  const numbers = (entries: Plain, at: Path): void => {
    for (const [key, value] of Object.entries(entries)) {
      if (typeof value !== 'number') continue;
      moves(value, [...at, key]);
      add('fact', [...at, key], `${key} left out`, undefined);
    }
  };
  const texts = (text: string, where: Path): void => {
    for (const edited of movedNumbers(text)) add('number', where, `${text} → ${edited}`, edited);
  };
  numbers(definition['valid-for']?.age ?? {}, ['valid-for', 'age']);
  numbers({ minutes: definition.minutes }, []);
  numbers(definition.change ?? {}, ['change']);
  if (definition.recall !== undefined) {
    texts(definition.recall, ['recall']);
    add('fact', ['recall'], 'recall left out', undefined);
  }
  const panels = Object.entries(definition.panels ?? {});
  const asked = (items: Plain, at: Path): void => {
    for (const [id, item] of Object.entries(items)) {
      const by = (item as { readonly 'asked-as'?: Readonly<Record<string, string>> })['asked-as'];
      for (const [sex, text] of Object.entries(by ?? {})) texts(text, [...at, id, 'asked-as', sex]);
    }
  };
  asked(definition.items ?? {}, ['items']);
  for (const [id, panel] of panels) asked(panel.items, ['panels', id, 'items']);
  const kinds = (cutOffs: ShippedDefinition['cut-offs'], at: Path): void => {
    for (const [id, { kind }] of Object.entries(cutOffs ?? {}))
      if (kind === 'control') add('fact', [...at, id, 'kind'], 'control → a screen positive', undefined);
      else add('fact', [...at, id, 'kind'], 'a screen positive → control', 'control');
  };
  kinds(definition['cut-offs'], ['cut-offs']);
  for (const [id, panel] of panels) kinds(panel['cut-offs'], ['panels', id, 'cut-offs']);
}

/** A text with each of its whole numbers one lower and one higher, one at a time. */
function movedNumbers(text: string): readonly string[] {
  return [...text.matchAll(/\d+/g)].flatMap(({ 0: digits, index }) =>
    [Number(digits) - 1, Number(digits) + 1]
      .filter((next) => next >= 0)
      .map((next) => text.slice(0, index) + String(next) + text.slice(index + digits.length)),
  );
}

/** Two neighbouring items change places wherever a formula, a skip or a keying names them. */
function exchanges(definition: ShippedDefinition, edits: Edit[]): void {
  const swap = (entries: Plain, at: Path): void => {
    const ids = Object.keys(entries).filter((id) => {
      const item = entries[id];
      return typeof item === 'object' && item !== null && 'options' in item && !('unscored' in item);
    });
    for (const [i, id] of ids.entries()) {
      const next = ids[i + 1];
      if (next === undefined) continue;
      const exchanged = Object.fromEntries(
        Object.entries(entries).map(([name, item]) => [
          name,
          name === id ? entries[next] : name === next ? entries[id] : item,
        ]),
      );
      edits.push({
        kind: 'exchange-items',
        where: [...at, id],
        change: `${id} ↔ ${next}`,
        edited: replaced(definition, at, exchanged),
      });
    }
  };
  swap(definition.items ?? {}, ['items']);
  for (const [id, panel] of Object.entries(definition.panels ?? {}))
    swap(panel.items, ['panels', id, 'items']);
}

/** Slips inside a formula, each as the formula that would then stand there. */
function formulaEdits(text: string, where: Path, add: Add, order: readonly string[]): void {
  const parsed = parseFormula(text);
  if (parsed._tag === 'Left') return;
  for (const { kind, syntax } of syntaxEdits(parsed.right, order)) {
    const edited = print(syntax);
    if (edited !== print(parsed.right)) add(kind, where, `${text} → ${edited}`, edited);
  }
}

interface SyntaxEdit {
  readonly kind: EditKind;
  readonly syntax: Syntax;
}

const SWAPPED = { '>=': '>', '>': '>=', '<=': '<', '<': '<=', '=': '!=', '!=': '=' } as const;

function syntaxEdits(syntax: Syntax, order: readonly string[]): readonly SyntaxEdit[] {
  const inside = childEdits(syntax, order);
  switch (syntax.kind) {
    case 'number':
      return [-1, 1].map((by) => ({
        kind: 'number' as const,
        syntax: { ...syntax, text: moved(syntax.text, by) },
      }));
    case 'compare':
      return [{ kind: 'comparison', syntax: { ...syntax, operator: SWAPPED[syntax.operator] } }, ...inside];
    case 'is':
      return [{ kind: 'comparison', syntax: { ...syntax, negated: !syntax.negated } }, ...inside];
    case 'and':
    case 'or':
      return [
        { kind: 'comparison', syntax: { ...syntax, kind: syntax.kind === 'and' ? 'or' : 'and' } },
        ...inside,
      ];
    case 'call':
      return [...droppedArguments(syntax, order), ...inside];
    default:
      return inside;
  }
}

function moved(text: string, by: number): string {
  const decimals = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
  const next = Number(text) + by * 10 ** -decimals;
  return next < 0 ? text : next.toFixed(decimals);
}

/** Edits of one part of a formula, the rest as it was. */
function childEdits(syntax: Syntax, order: readonly string[]): readonly SyntaxEdit[] {
  const through = (child: Syntax, put: (edited: Syntax) => Syntax): readonly SyntaxEdit[] =>
    syntaxEdits(child, order).map(({ kind, syntax: edited }) => ({ kind, syntax: put(edited) }));
  switch (syntax.kind) {
    case 'compare':
    case 'and':
    case 'or':
    case 'arithmetic':
      return [
        ...through(syntax.left, (left) => ({ ...syntax, left })),
        ...through(syntax.right, (right) => ({ ...syntax, right })),
      ];
    case 'not':
    case 'negate':
      return through(syntax.operand, (operand) => ({ ...syntax, operand }));
    case 'members':
      return through(syntax.body, (body) => ({ ...syntax, body }));
    case 'if':
      return [
        ...through(syntax.test, (test) => ({ ...syntax, test })),
        ...through(syntax.then, (branch) => ({ ...syntax, then: branch })),
        ...through(syntax.else, (branch) => ({ ...syntax, else: branch })),
      ];
    case 'call':
      return syntax.of.flatMap((argument, i) =>
        through(argument, (edited) => ({
          ...syntax,
          of: syntax.of.map((other, j) => (i === j ? edited : other)),
        })),
      );
    default:
      return [];
  }
}

/** A call with one item less: of a range, each item is left out in turn. */
function droppedArguments(
  syntax: Extract<Syntax, { kind: 'call' }>,
  order: readonly string[],
): readonly SyntaxEdit[] {
  if (syntax.name === 'round' || syntax.name === 'table') return [];
  return syntax.of
    .flatMap((argument, i) => {
      const variants = withoutOne(argument, order);
      return variants.map((left) => ({
        kind: 'drop-item' as const,
        syntax: { ...syntax, of: syntax.of.flatMap((other, j) => (i === j ? left : [other])) },
      }));
    })
    .filter(({ syntax: edited }) => edited.of.length > 0);
}

/** An argument without one of its items, in each way: what then stands in its place. */
function withoutOne(argument: Syntax, order: readonly string[]): readonly (readonly Syntax[])[] {
  const range = argument.kind === 'compare' || argument.kind === 'is' ? leftOf(argument) : argument;
  if (range.kind !== 'range') return [[]];
  const from = order.indexOf(range.from);
  const to = order.indexOf(range.to);
  if (from < 0 || to < from) return [];
  const names = order.slice(from, to + 1);
  return names.map((name) =>
    names
      .filter((other) => other !== name)
      .map((other) => inPlace(argument, { kind: 'name', name: other, span: argument.span })),
  );
}

function leftOf(argument: Extract<Syntax, { kind: 'compare' | 'is' }>): Syntax {
  return argument.kind === 'compare' ? argument.left : argument.subject;
}

function inPlace(argument: Syntax, name: Syntax): Syntax {
  if (argument.kind === 'compare') return { ...argument, left: name };
  return argument.kind === 'is' ? { ...argument, subject: name } : name;
}

/** A copy of the definition with one value replaced; `undefined` takes the key out. */
function replaced(definition: ShippedDefinition, where: Path, value: unknown): ShippedDefinition {
  // The copy may be no valid definition any more: that is for the loader to say.
  return put(definition, where, value) as ShippedDefinition;
}

/** A copy of plain data with one value replaced; `undefined` takes the key out. */
export function put(whole: unknown, where: Path, value: unknown): unknown {
  const [key, ...rest] = where;
  if (key === undefined) return value;
  if (Array.isArray(whole)) return whole.map((inner, i) => (i === key ? put(inner, rest, value) : inner));
  const entries = whole as Plain;
  const inner = rest.length === 0 ? value : put(entries[key], rest, value);
  if (inner === undefined) {
    const { [key]: _, ...left } = entries;
    return left;
  }
  return key in entries
    ? Object.fromEntries(
        Object.entries(entries).map(([name, old]) => [name, name === String(key) ? inner : old]),
      )
    : { ...entries, [key]: inner };
}
