import type { Diagram, Weights } from './decision-diagram.js';
import { TooManyStates } from './decision-diagram.js';
import type { DrawnForm } from './drawn-forms.js';
import { exactly, type Figure, sampled } from './figure.js';
import { type ExampleForm, SIDES } from './joint-form.js';
import { type JointReading, movesBetween } from './joint-reading.js';
import { type Outcome, outcomeText, type PartKind } from './outcome.js';
import { isWrittenTheSame, type JointPart, onlySide } from './parts.js';

/** Forms that move from one level, side or value to another. */
export interface PartMove {
  /** As printed; `null` where the definition has no such part. */
  readonly from: string | null;
  readonly to: string | null;
  readonly forms: Figure;
  /** The smallest form that moves so; of a sample, the smallest that was drawn. */
  readonly example: ExampleForm;
}

/** What an edit does to one score, band scheme, cut-off or flag. */
export interface PartEffect {
  readonly kind: PartKind;
  readonly id: string;
  readonly standing: 'in-both' | 'added' | 'removed';
  /** `null`: not worked out. */
  readonly moved: Figure | null;
  /** Each way in which forms move, ordered by what they said before and say now. */
  readonly moves: readonly PartMove[];
  /** By value of the sex, where that matters: of the forms with it. */
  readonly bySex?: Readonly<Record<string, Figure>>;
}

/** Which forms move in a part that is on both sides: exactly, as a test. `null` where that is too much. */
export function movedIn(reading: JointReading, part: JointPart): Diagram | null {
  // A quotient has as many values as there are pairs of measurements: it is gone through only where it was edited.
  if (part.kind === 'quantity' && isWrittenTheSame(part, reading.programs)) return reading.diagrams.false;
  const [before, after] = [reading.said(part, 'old'), reading.said(part, 'new')];
  if (before === null || after === null)
    return isWrittenTheSame(part, reading.programs) ? reading.diagrams.false : null;
  if (before === after) return reading.diagrams.false;
  try {
    return reading.diagrams.if(
      reading.readBy.both,
      reading.diagrams.combine([before, after], (a, b) => (a === b ? 0 : 1)),
      reading.diagrams.false,
    );
  } catch (error) {
    if (error instanceof TooManyStates) return null;
    throw error;
  }
}

/** How many forms a test holds for. */
export function formsWhere({ diagrams }: JointReading, test: Diagram, weights: Weights): bigint {
  return diagrams.count(test, weights).get(1) ?? 0n;
}

/** The forms of each sex, by its level in the diagrams; empty where no rule reads it. */
export function weightsBySex({ forms }: JointReading): readonly (readonly [string, Weights])[] {
  const level = forms.variables.findIndex(({ kind, id }) => kind === 'context' && id === 'sex');
  const choices = forms.variables[level]?.choices ?? [];
  return choices.map(({ answer }, choice) => [
    answer,
    forms.weights.map((of, at) => (at === level ? of.map((_, other) => (other === choice ? 1 : 0)) : of)),
  ]);
}

function standingOf(part: JointPart): PartEffect['standing'] {
  const only = onlySide(part);
  return only === null ? 'in-both' : only === 'new' ? 'added' : 'removed';
}

/**
 * What an edit does to one part: counted exactly where that can be done, else estimated from forms drawn at random (drawn
 * only if needed).
 */
export function partEffect(
  reading: JointReading,
  part: JointPart,
  drawn: () => readonly DrawnForm[],
): PartEffect {
  const { diagrams, forms, readBy } = reading;
  const head = { kind: part.kind, id: part.id, standing: standingOf(part) };
  const whole = formsWhere(reading, readBy.both, forms.weights);
  const moved = head.standing === 'in-both' ? movedIn(reading, part) : null;
  if (moved !== null) {
    if (moved === diagrams.false) return { ...head, moved: exactly(0n, whole), moves: [] };
    const exact = exactMoves(reading, part, whole);
    if (exact !== null) {
      const split = weightsBySex(reading).map(([sex, weights]) => [
        sex,
        exactly(formsWhere(reading, moved, weights), formsWhere(reading, readBy.both, weights)),
      ]) as readonly (readonly [string, Figure])[];
      const shares = new Set(split.map(([, { share }]) => share));
      return {
        ...head,
        moved: exactly(formsWhere(reading, moved, forms.weights), whole),
        moves: exact,
        ...(shares.size > 1 ? { bySex: Object.fromEntries(split) } : {}),
      };
    }
  }
  if (head.standing !== 'in-both') {
    // A part that only one side has moves nobody; what it says of the forms is shown, but for numbers.
    const isNumber = part.kind === 'score' || part.kind === 'quantity';
    return {
      ...head,
      moved: exactly(0n, whole),
      moves: isNumber ? [] : (exactMoves(reading, part, whole) ?? []),
    };
  }
  return { ...head, ...sampledMoves(part, drawn()) };
}

function exactMoves(reading: JointReading, part: JointPart, whole: bigint): readonly PartMove[] | null {
  const [before, after] = SIDES.map((side) => reading.said(part, side));
  if (SIDES.some((side) => part.sides[side] !== null && reading.said(part, side) === null)) return null;
  try {
    const moves = movesBetween(reading, before ?? null, after ?? null);
    return inOrder(
      moves.map(({ from, to, forms, example }) => ({
        from: from === null ? null : outcomeText(part.kind, from),
        to: to === null ? null : outcomeText(part.kind, to),
        forms: exactly(forms, whole),
        example,
      })),
      part,
    );
  } catch (error) {
    if (error instanceof TooManyStates) return null;
    throw error;
  }
}

function sampledMoves(part: JointPart, drawn: readonly DrawnForm[]): Pick<PartEffect, 'moved' | 'moves'> {
  const read = drawn.filter(({ said }) => said.old !== null && said.new !== null);
  if (read.length === 0) return { moved: null, moves: [] };
  interface Found {
    readonly from: string | null;
    readonly to: string | null;
    count: number;
    smallest: DrawnForm;
  }
  const found = new Map<string, Found>();
  for (const one of read) {
    const [from, to] = SIDES.map((side) => textOf(part, one.said[side]?.get(part.key)));
    if (from === to) continue;
    const key = JSON.stringify([from, to]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { from: from ?? null, to: to ?? null, count: 1, smallest: one });
    else {
      known.count++;
      if (one.cost < known.smallest.cost) known.smallest = one;
    }
  }
  const all = [...found.values()];
  return {
    moved: sampled(
      all.reduce((sum, { count }) => sum + count, 0),
      read.length,
    ),
    moves: inOrder(
      all.map(({ from, to, count, smallest }) => ({
        from,
        to,
        forms: sampled(count, read.length),
        example: smallest.form,
      })),
      part,
    ),
  };
}

function textOf({ kind }: JointPart, outcome: Outcome | undefined): string | null {
  return outcome === undefined ? null : outcomeText(kind, outcome);
}

/** By level in the order of the scheme, by value, by side: so that the moves of a part always stand in one order. */
function inOrder(moves: readonly PartMove[], { sides }: JointPart): readonly PartMove[] {
  const levels = SIDES.flatMap((side) => {
    const part = sides[side];
    return part?.kind === 'band' ? part.of.levels.map(({ id }) => id) : [];
  });
  const rank = (text: string | null): number => {
    if (text === null) return -Infinity;
    const level = levels.indexOf(text);
    if (level >= 0) return level;
    const number = Number.parseFloat(text);
    return Number.isNaN(number) ? Infinity : number;
  };
  const compare = (a: string | null, b: string | null): number => {
    const [x, y] = [rank(a), rank(b)];
    if (x !== y) return x < y ? -1 : 1;
    return (a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1;
  };
  return [...moves].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}
