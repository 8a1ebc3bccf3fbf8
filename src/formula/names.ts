import type { Model, ModelItem, ModelProblem, Path } from './model.js';
import type { Variable, VariableIndex } from './normal-form.js';
import { fromNumber, type Rational } from './rational.js';

/** What a name in a formula stands for. */
export type Entity =
  | { readonly kind: 'item'; readonly variable: VariableIndex; readonly facts: VariableFacts }
  | { readonly kind: 'score' | 'quantity'; readonly at: number };

/** A variable with what formulas need of it beside the normal form. */
export interface VariableFacts {
  readonly variable: Variable;
  readonly item: ModelItem | null;
  /** By choice: the printed option that it belongs to. */
  readonly option: readonly number[];
  /** By choice: its points under the item's own keying; `null` where the option has none. */
  readonly points: readonly (Rational | null)[];
}

/** Every name of a definition and what it stands for. */
export interface Names {
  readonly model: Model;
  readonly facts: readonly VariableFacts[];
  readonly entities: ReadonlyMap<string, Entity>;
}

/** Takes one problem of the definition. */
export type Report = (problem: ModelProblem) => void;

const CONTEXT = {
  age: { kind: 'number', id: 'age', unit: 'year', places: 0, min: 0, max: 120, step: 1 },
  sex: { kind: 'choice', id: 'sex', codes: ['female', 'male'] },
} as const satisfies Record<string, Variable>;

/** The context facts that formulas can read, in the order in which they follow the items. */
export const CONTEXT_NAMES = ['age', 'sex'] as const;

/**
 * Gathers the names of a definition. `context` holds the context facts that some formula reads; an item of that name
 * comes first. Problems: `duplicate-name`, `interval-points`, `number-item`.
 */
export function gatherNames(model: Model, context: ReadonlySet<string>, report: Report): Names {
  const entities = new Map<string, Entity>();
  const declare = (name: string, entity: Entity, where: Path): void => {
    if (entities.has(name)) {
      report({
        code: 'duplicate-name',
        where,
        message: `'${name}' already names something else; a name in a formula must mean one thing, so rename one of them.`,
      });
    } else entities.set(name, entity);
  };
  const facts = model.items.map((item) => factsOf(item, memberIndex(model, item.member), report));
  model.items.forEach((item, variable) => {
    declare(item.id, { kind: 'item', variable, facts: facts[variable] as VariableFacts }, item.where);
  });
  model.scores.forEach((score, at) => {
    declare(score.id, { kind: 'score', at }, score.where);
  });
  model.quantities.forEach((quantity, at) => {
    declare(quantity.id, { kind: 'quantity', at }, quantity.where);
  });
  for (const name of CONTEXT_NAMES) {
    if (!context.has(name) || entities.has(name)) continue;
    const fact = contextFacts(CONTEXT[name]);
    entities.set(name, { kind: 'item', variable: facts.length, facts: fact });
    facts.push(fact);
  }
  return { model, facts, entities };
}

/** Index of a member in `Model.members`; -1 where there is none. */
export function memberIndex(model: Model, member: string | undefined): number {
  return model.members.findIndex((one) => one.id === member);
}

/**
 * Finds a name as a formula inside `member` means it: the member's own names come first. `undefined` where there is none.
 */
export function findName(names: Names, name: string, member: string | undefined): Entity | undefined {
  const own = member === undefined ? undefined : names.entities.get(`${member}.${name}`);
  return own ?? names.entities.get(name);
}

/** Every name that may be written inside `member`, for 'did you mean'. */
export function namesWithin(names: Names, member: string | undefined): string[] {
  const all = [...names.entities.keys(), ...CONTEXT_NAMES];
  if (member === undefined) return all;
  const prefix = `${member}.`;
  return [...all.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)), ...all];
}

function contextFacts(variable: Variable): VariableFacts {
  const codes = variable.kind === 'choice' ? variable.codes : [];
  return { variable, item: null, option: [...codes.keys()], points: codes.map(() => null) };
}

function factsOf(item: ModelItem, member: number, report: Report): VariableFacts {
  const ofMember = {
    ...(item.unscored === undefined ? {} : ({ unscored: true } as const)),
    ...(member < 0 ? {} : { member }),
  };
  switch (item.kind) {
    case 'text':
      return {
        variable: { kind: 'text', id: item.id, ...(member < 0 ? {} : { member }) },
        item,
        option: [],
        points: [],
      };
    case 'number':
      return { variable: numberVariable(item, ofMember, report), item, option: [], points: [] };
    case 'choice': {
      const choices = item.options.flatMap(({ points, code }, option) =>
        pointsOf(points, item, report).map((one) => ({ option, code, points: one })),
      );
      return {
        variable: {
          kind: 'choice',
          id: item.id,
          codes: choices.map(({ code }) => code),
          ...(Object.keys(item.missing).length > 0 ? { missing: item.missing } : {}),
          ...ofMember,
        },
        item,
        option: choices.map(({ option }) => option),
        points: choices.map((choice) => choice.points),
      };
    }
  }
}

type ChoiceItem = Extract<ModelItem, { kind: 'choice' }>;
type NumberItem = Extract<ModelItem, { kind: 'number' }>;

function pointsOf(
  points: ChoiceItem['options'][number]['points'],
  item: ChoiceItem,
  report: Report,
): readonly (Rational | null)[] {
  if (points === null) return [null];
  if (typeof points === 'number') return [fromNumber(points)];
  const [low, high] = points;
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low > high || high - low > 1000) {
    report({
      code: 'interval-points',
      where: item.where,
      message: `'${item.id}' has an option with points from ${low} to ${high}: give two whole numbers, the lower first.`,
    });
    return [fromNumber(low)];
  }
  return Array.from({ length: high - low + 1 }, (_, i) => fromNumber(low + i));
}

function numberVariable(
  item: NumberItem,
  ofMember: { unscored?: true; member?: number },
  report: Report,
): Variable {
  const places = [item.min, item.max, item.step].map(decimals).reduce((a, b) => Math.max(a, b), 0);
  const count = (value: number): number => {
    const scaled = fromNumber(value);
    return Number((scaled.numerator * 10n ** BigInt(places)) / scaled.denominator);
  };
  const [min, max, step] = [count(item.min), count(item.max), count(item.step)];
  if (min < 0 || step <= 0 || max < min || (max - min) % step !== 0) {
    report({
      code: 'number-item',
      where: item.where,
      message: `'${item.id}' runs from ${item.min} to ${item.max} in steps of ${item.step}: min must be 0 or more, step above 0, and max a whole number of steps above min.`,
    });
  }
  return { kind: 'number', id: item.id, unit: item.unit, places, min, max, step, ...ofMember };
}

/** Decimals that a decimal number is written with. */
function decimals(value: number): number {
  const { denominator } = fromNumber(value);
  let places = 0;
  for (let power = 1n; power % denominator !== 0n; power *= 10n) places += 1;
  return places;
}
