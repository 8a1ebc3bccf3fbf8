import type { LoadedInstrument } from '../../definition/index.js';
import type { ModelItem } from '../../formula/model.js';
import type { Program, Variable, VariableIndex } from '../../instrument/index.js';
import type { Costs, Path, Weights } from './decision-diagram.js';

/** The definition before the edit, and after it. */
export type Side = 'old' | 'new';
export const SIDES: readonly Side[] = ['old', 'new'];
export type BothSides<T> = { readonly [S in Side]: T };

/** What of a definition decides over its forms. */
export type Edited = BothSides<Pick<LoadedInstrument, 'program' | 'model'>>;

/** In a program that the choice is no answer to: another code, or a number out of its range. */
export const NO_ANSWER = -10;

/** One answer to an item (or fact of the context), as both programs read it. */
export interface JointChoice {
  /** The code, or the number's decimal text; of a panel's member whether it is chosen. */
  readonly answer: string;
  /** Choices of one printed option (an interval of points) are one answer: they share a group. */
  readonly group: number;
  readonly at: BothSides<number>;
}

/** Something that a form says: an item, a member of a panel that is chosen or not, or a fact of the context. */
export interface JointVariable {
  readonly kind: 'item' | 'member' | 'context';
  readonly id: string;
  /** By side, its place in the program: a variable, or a member; `null` where the program has none. */
  readonly place: BothSides<number | null>;
  readonly choices: readonly JointChoice[];
  /** The choice that stands for an item which neither definition asks; it costs nothing. */
  readonly idle: number;
}

/** The forms of both definitions together: what either of them asks. */
export interface JointForms {
  /** By level of the diagrams. */
  readonly variables: readonly JointVariable[];
  /** By level, its rank on the printed form. */
  readonly ranks: readonly number[];
  readonly weights: Weights;
  readonly costs: Costs;
  /** By side and variable of the program, the level; items that no rule of either definition reads have none. */
  readonly levels: BothSides<ReadonlyMap<VariableIndex, number>>;
  readonly members: BothSides<ReadonlyMap<number, number>>;
}

/** Items with more values than this come first, where a comparison of two measurements stays narrow. */
const WIDE = 256;
/** An item answered otherwise than by its least costs this, beside its points: fewest answers first, then the least total. */
const ANSWERED = 1_000_000;

/** Answers as one program reads them: the decimal text or code, and the choices or count that it stands for. */
type Answers = ReadonlyMap<string, readonly number[]>;

function answersOf(variable: Variable | undefined): Answers {
  const answers = new Map<string, number[]>();
  if (variable?.kind === 'choice')
    for (const [choice, code] of variable.codes.entries()) {
      const known = answers.get(code);
      if (known === undefined) answers.set(code, [choice]);
      else known.push(choice);
    }
  if (variable?.kind === 'number') {
    const { min, max, step, places } = variable;
    for (let count = min; count <= max; count += step) answers.set(String(count / 10 ** places), [count]);
  }
  return answers;
}

/** By choice (or count), how many points more than its least an answer has. */
function pointsAbove(variable: Variable | undefined, item: ModelItem | undefined): (at: number) => number {
  if (variable?.kind === 'number') return (at) => (at - variable.min) / variable.step;
  if (item?.kind !== 'choice') return () => 0;
  const points = item.options.flatMap(({ points: of }, place) => {
    if (of === null) return [place];
    if (typeof of === 'number') return [of];
    return Array.from({ length: of[1] - of[0] + 1 }, (_, more) => of[0] + more);
  });
  const least = Math.min(...points);
  return (at) => (points[at] ?? least) - least;
}

interface Found {
  readonly kind: JointVariable['kind'];
  readonly id: string;
  readonly place: BothSides<number | null>;
}

/** Ids in the order of the first list, with those that only the second has after the one that they follow there. */
function inOneOrder(first: readonly string[], second: readonly string[]): readonly string[] {
  const order = [...first];
  for (const [i, id] of second.entries()) {
    if (order.includes(id)) continue;
    const before = second[i - 1];
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
  }
  return order;
}

function isScored(variable: Variable | undefined): boolean {
  return variable !== undefined && variable.kind !== 'text' && variable.unscored !== true;
}

/** Lays the forms of two definitions over each other: items by id, options by code. */
export function jointForms(edited: Edited): JointForms {
  const programs: BothSides<Program> = { old: edited.old.program, new: edited.new.program };
  const placeOf = (side: Side, id: string): number | null => {
    const at = programs[side].variables.findIndex((variable) => variable.id === id);
    return at < 0 ? null : at;
  };
  const memberName = ({ panel, id }: Program['members'][number]): string => `${panel}.${id}`;
  const memberAt = (side: Side, name: string): number | null => {
    const at = programs[side].members.findIndex((member) => memberName(member) === name);
    return at < 0 ? null : at;
  };
  const ids = (side: Side, part: 'items' | 'context'): readonly string[] => {
    const { variables, items } = programs[side];
    return (part === 'items' ? variables.slice(0, items) : variables.slice(items)).map(({ id }) => id);
  };
  const found: Found[] = [];
  const placed = new Set<string>();
  const add = (kind: Found['kind'], id: string): void => {
    found.push({ kind, id, place: { old: placeOf('old', id), new: placeOf('new', id) } });
  };
  for (const id of inOneOrder(ids('old', 'context'), ids('new', 'context'))) add('context', id);
  for (const id of inOneOrder(ids('old', 'items'), ids('new', 'items'))) {
    const variables = SIDES.map((side) => programs[side].variables[placeOf(side, id) ?? -1]);
    for (const [i, variable] of variables.entries()) {
      const side = SIDES[i] as Side;
      const member = programs[side].members[variable?.member ?? -1];
      if (member === undefined || placed.has(memberName(member))) continue;
      const name = memberName(member);
      placed.add(name);
      const place = { old: memberAt('old', name), new: memberAt('new', name) };
      if (SIDES.some((one) => programs[one].members[place[one] ?? -1]?.asked === 'chosen'))
        found.push({ kind: 'member', id: name, place });
    }
    if (variables.some(isScored)) add('item', id);
  }
  const laid = found.map((one) => layOver(one, edited));
  const order = [...laid.keys()].sort((a, b) => {
    const wide = (at: number): number => {
      const width = (laid[at] as Laid).variable.choices.length;
      return width > WIDE ? width : 0;
    };
    return wide(b) - wide(a) || a - b;
  });
  const variables = order.map((at) => (laid[at] as Laid).variable);
  const levelsOf = (side: Side, ofMembers: 'member' | 'variable'): ReadonlyMap<number, number> =>
    new Map(
      variables.flatMap(({ kind, place }, level) => {
        const at = place[side];
        return at === null || (kind === 'member') !== (ofMembers === 'member') ? [] : [[at, level]];
      }),
    );
  return {
    variables,
    ranks: order,
    weights: variables.map(({ choices }) =>
      choices.map(({ group }, i) => (choices[i - 1]?.group === group ? 0 : 1)),
    ),
    costs: order.map((at) => (laid[at] as Laid).costs),
    levels: { old: levelsOf('old', 'variable'), new: levelsOf('new', 'variable') },
    members: { old: levelsOf('old', 'member'), new: levelsOf('new', 'member') },
  };
}

interface Laid {
  readonly variable: JointVariable;
  readonly costs: readonly number[];
}

function layOver({ kind, id, place }: Found, edited: Edited): Laid {
  if (kind === 'member') {
    const choices = ['not chosen', 'chosen'].map((answer, at) => ({
      answer,
      group: at,
      at: { old: at, new: at },
    }));
    return { variable: { kind, id, place, choices, idle: 0 }, costs: [0, ANSWERED] };
  }
  const of = <T>(side: Side, read: (variable: Variable | undefined, item: ModelItem | undefined) => T): T => {
    const { program, model } = edited[side];
    return read(
      program.variables[place[side] ?? -1],
      model.items.find((item) => item.id === id),
    );
  };
  const answers = { old: of('old', answersOf), new: of('new', answersOf) };
  const texts = [...new Set([...answers.old.keys(), ...answers.new.keys()])];
  const isNumber = SIDES.every((side) => of(side, (variable) => variable?.kind !== 'choice'));
  if (isNumber) texts.sort((a, b) => Number(a) - Number(b));
  const choices = texts.flatMap((answer, group): readonly JointChoice[] => {
    const olds = answers.old.get(answer) ?? [NO_ANSWER];
    const news = answers.new.get(answer) ?? [NO_ANSWER];
    return Array.from({ length: Math.max(olds.length, news.length) }, (_, more) => ({
      answer,
      group,
      at: {
        old: olds[Math.min(more, olds.length - 1)] as number,
        new: news[Math.min(more, news.length - 1)] as number,
      },
    }));
  });
  if (kind === 'context')
    return { variable: { kind, id, place, choices, idle: 0 }, costs: choices.map(() => 0) };
  const above = { old: of('old', pointsAbove), new: of('new', pointsAbove) };
  const points = choices.map(({ at }) => (at.old === NO_ANSWER ? above.new(at.new) : above.old(at.old)));
  const least = Math.min(...points);
  const costs = points.map((of) => (of === least ? 0 : ANSWERED + of - least));
  // Of one printed option only the first choice counts as a form.
  const idle = choices.findIndex(({ group }, i) => costs[i] === 0 && choices[i - 1]?.group !== group);
  return { variable: { kind, id, place, choices, idle: Math.max(idle, 0) }, costs };
}

/** One form in words a person can type in: answers by item, members chosen, context. */
export interface ExampleForm {
  /** Code or number of each item that either definition asks, in the order of the form. */
  readonly answers: Readonly<Record<string, string>>;
  /** Members of a panel that are chosen (`substance.cannabis`); absent where there are none to choose. */
  readonly administered?: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
  /** The missing rule that was asked for, of a form on which answers are missing. */
  readonly missingRule?: string;
}

/** Whether a form asks each of its items, by side and level. */
export type AskedOn = (side: Side, level: number) => boolean;

/** The form that a path through the levels stands for, as one side (or either of them) fills it in. */
export function formAt(
  { variables, ranks }: JointForms,
  path: Path,
  asked: AskedOn,
  sides: readonly Side[] = SIDES,
): ExampleForm {
  const answers: [string, string][] = [];
  const administered: string[] = [];
  const context: [string, string][] = [];
  const levels = [...variables.keys()].sort((a, b) => (ranks[a] as number) - (ranks[b] as number));
  for (const level of levels) {
    const { kind, id, choices, place } = variables[level] as JointVariable;
    const choice = path[level] as number;
    const { answer } = choices[choice] as JointChoice;
    const isHere = sides.some((side) => place[side] !== null);
    if (kind === 'member') {
      if (isHere && choice === 1) administered.push(id);
    } else if (kind === 'context') context.push([id, answer]);
    else if (sides.some((side) => place[side] !== null && asked(side, level))) answers.push([id, answer]);
  }
  return {
    answers: Object.fromEntries(answers),
    ...(variables.some(({ kind }) => kind === 'member') ? { administered } : {}),
    ...(context.length === 0 ? {} : { context: Object.fromEntries(context) }),
  };
}
