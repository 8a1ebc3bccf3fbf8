import { parseFormula, print, type Syntax } from '../formula/index.js';
import type { Instrument } from '../instrument/index.js';

/** What a slip in a condition of a pathway does. */
export type ConditionEditKind = 'number' | 'comparison' | 'joint' | 'not' | 'drop-operand' | 'name';

/** A condition with one slip in it. */
export interface ConditionEdit {
  readonly kind: ConditionEditKind;
  /** The condition as it then stands. */
  readonly text: string;
}

/** What a condition may name: another thing of its kind is what a slip puts in its place. */
export interface Nameable {
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** Facts that are true or false, in the order of the pathway. */
  readonly booleans: readonly string[];
  /** Facts that are numbers or dates. */
  readonly numbers: readonly string[];
  /** The values of a fact that has values. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

interface Slip {
  readonly kind: ConditionEditKind;
  readonly syntax: Syntax;
}

/**
 * Every single slip in a condition: each number moved by one, each comparison swapped with its neighbour, `and` and `or`
 * swapped, each operand left out, each `not` left out or put in, and each cut-off, flag, level, band, score, value, fact or
 * instrument replaced by another that could stand there (a level by its neighbours, at which `at least` and `at most` change
 * over too; an instrument by those that have a cut-off or flag of the same name).
 */
export const conditionEdits = (text: string, names: Nameable): readonly ConditionEdit[] => {
  const parsed = parseFormula(text, { verbs: true });
  if (parsed._tag === 'Left') return [];
  const before = print(parsed.right);
  const edits = new Map<string, ConditionEdit>();
  for (const { kind, syntax } of slips(parsed.right, names)) {
    const after = print(syntax);
    if (after !== before && !edits.has(after)) edits.set(after, { kind, text: after });
  }
  return [...edits.values()];
};

const slips = (syntax: Syntax, names: Nameable): readonly Slip[] => {
  switch (syntax.kind) {
    case 'and':
    case 'or': {
      const { left, right } = syntax;
      return [
        { kind: 'joint', syntax: { ...syntax, kind: syntax.kind === 'and' ? 'or' : 'and' } },
        { kind: 'drop-operand', syntax: left },
        { kind: 'drop-operand', syntax: right },
        ...slips(left, names).map(({ kind, syntax: edited }) => ({
          kind,
          syntax: { ...syntax, left: edited },
        })),
        ...slips(right, names).map(({ kind, syntax: edited }) => ({
          kind,
          syntax: { ...syntax, right: edited },
        })),
      ];
    }
    case 'not':
      return [
        { kind: 'not', syntax: syntax.operand },
        ...slips(syntax.operand, names).map(({ kind, syntax: operand }) => ({
          kind,
          syntax: { ...syntax, operand },
        })),
      ];
    default:
      return [...leafSlips(syntax, names), { kind: 'not', syntax: negated(syntax) }];
  }
};

const negated = (syntax: Syntax): Syntax =>
  syntax.kind === 'is'
    ? { ...syntax, negated: !syntax.negated }
    : { kind: 'not', operand: syntax, span: syntax.span };

const SWAPPED = { '>=': '>', '>': '>=', '<=': '<', '<': '<=', '=': '!=', '!=': '=' } as const;

const leafSlips = (syntax: Syntax, names: Nameable): readonly Slip[] => {
  switch (syntax.kind) {
    case 'compare':
      return comparisonSlips(syntax, names);
    case 'verb':
      return verbSlips(syntax, names);
    case 'is':
      return isSlips(syntax, names);
    case 'name':
      return neighboursOf(syntax.name, names.booleans).map((name) => ({
        kind: 'name',
        syntax: { ...syntax, name },
      }));
    default:
      return [];
  }
};

const comparisonSlips = (syntax: Syntax & { readonly kind: 'compare' }, names: Nameable): readonly Slip[] => {
  const { left, right, operator } = syntax;
  const numbers =
    right.kind === 'number'
      ? movedByOne(right.text).map(
          (text): Slip => ({ kind: 'number', syntax: { ...syntax, right: { ...right, text } } }),
        )
      : [];
  const scores =
    left.kind === 'name'
      ? [...otherScores(left.name, names), ...neighboursOf(left.name, names.numbers)].map(
          (name): Slip => ({ kind: 'name', syntax: { ...syntax, left: { ...left, name } } }),
        )
      : [];
  return [{ kind: 'comparison', syntax: { ...syntax, operator: SWAPPED[operator] } }, ...numbers, ...scores];
};

/** A number one step of its last decimal lower and higher. Nothing here is below zero. */
const movedByOne = (text: string): readonly string[] => {
  const decimals = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
  return [-1, 1]
    .map((by) => Number(text) + by * 10 ** -decimals)
    .filter((next) => next >= 0)
    .map((next) => next.toFixed(decimals));
};

const verbSlips = (syntax: Syntax & { readonly kind: 'verb' }, names: Nameable): readonly Slip[] => {
  const { verb, subject, object, span } = syntax;
  if (verb === 'meets' || verb === 'raises') {
    const program = names.instruments.get(subject)?.program;
    const part = verb === 'meets' ? 'cutOffs' : 'flags';
    const others = (program?.[part] ?? []).filter(({ id }) => id !== object);
    const alike = [...names.instruments.values()].filter(({ program: { [part]: ids } }) =>
      ids.some(({ id }) => id === object),
    );
    return [
      ...others.map(({ id }): Slip => ({ kind: 'name', syntax: { ...syntax, object: id } })),
      ...neighboursOf(
        subject,
        alike.map(({ id }) => id),
      ).map((id): Slip => ({ kind: 'name', syntax: { ...syntax, subject: id } })),
    ];
  }
  const exactly: Syntax = {
    kind: 'is',
    subject: { kind: 'name', name: subject, span },
    code: object,
    negated: false,
    span,
  };
  return [
    { kind: 'comparison', syntax: { ...syntax, verb: verb === 'at-least' ? 'at-most' : 'at-least' } },
    { kind: 'comparison', syntax: exactly },
    ...neighboursOf(object, levelsOf(subject, names)).map(
      (level): Slip => ({ kind: 'name', syntax: { ...syntax, object: level } }),
    ),
    ...otherBands(subject, object, names).map(
      (band): Slip => ({ kind: 'name', syntax: { ...syntax, subject: band } }),
    ),
  ];
};

const isSlips = (syntax: Syntax & { readonly kind: 'is' }, names: Nameable): readonly Slip[] => {
  const { subject, code } = syntax;
  if (subject.kind !== 'name') return [];
  const { name } = subject;
  const among = names.values.get(name) ?? levelsOf(name, names);
  return [
    ...neighboursOf(code, among).map((value): Slip => ({ kind: 'name', syntax: { ...syntax, code: value } })),
    ...otherBands(name, code, names).map(
      (band): Slip => ({ kind: 'name', syntax: { ...syntax, subject: { ...subject, name: band } } }),
    ),
  ];
};

/** What stands just before and just after an entry of a list. */
const neighboursOf = (entry: string, list: readonly string[]): readonly string[] => {
  const at = list.indexOf(entry);
  return at === -1 ? [] : list.filter((_, other) => Math.abs(other - at) === 1);
};

/** `audit.uk` as instrument and the rest; ids may hold dots, so the longest that fits is taken. */
const parted = (
  name: string,
  { instruments }: Nameable,
): { readonly instrument: Instrument; readonly rest: string } | null => {
  for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
    const instrument = instruments.get(name.slice(0, end));
    if (instrument !== undefined) return { instrument, rest: name.slice(end + 1) };
  }
  return null;
};

const otherScores = (name: string, names: Nameable): readonly string[] => {
  const found = parted(name, names);
  return found === null
    ? []
    : found.instrument.program.scores
        .filter(({ id }) => id !== found.rest)
        .map(({ id }) => `${found.instrument.id}.${id}`);
};

const levelsOf = (name: string, names: Nameable): readonly string[] => {
  const found = parted(name, names);
  const band = found?.instrument.program.bands.find(({ id }) => id === found.rest);
  return band?.levels.map(({ id }) => id) ?? [];
};

/** Other bands of the instrument that have a level of this name. */
const otherBands = (name: string, level: string, names: Nameable): readonly string[] => {
  const found = parted(name, names);
  return found === null
    ? []
    : found.instrument.program.bands
        .filter(({ id, levels }) => id !== found.rest && levels.some((each) => each.id === level))
        .map(({ id }) => `${found.instrument.id}.${id}`);
};
