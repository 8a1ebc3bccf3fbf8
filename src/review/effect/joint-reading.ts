import type { Program } from '../../instrument/index.js';
import {
  type Diagram,
  Diagrams,
  LIMITS,
  type Limits,
  TooManyStates,
  type Weights,
} from './decision-diagram.js';
import {
  type BothSides,
  type Edited,
  type ExampleForm,
  formAt,
  type JointForms,
  jointForms,
  SIDES,
  type Side,
} from './joint-form.js';
import { type Outcome, OutcomeNumbers } from './outcome.js';
import { diagramOf, type JointPart, jointParts } from './parts.js';
import { SideReading } from './side-reading.js';

/** Both definitions read over the same forms. */
export interface JointReading {
  readonly forms: JointForms;
  readonly programs: BothSides<Program>;
  readonly parts: readonly JointPart[];
  readonly outcomes: OutcomeNumbers;
  readonly diagrams: Diagrams;
  /** Forms that are told apart by what one of the definitions asks, by which of them can read it. */
  readonly readBy: {
    readonly both: Diagram;
    readonly onlyOld: Diagram;
    readonly onlyNew: Diagram;
  };
  /** What a part says, as numbers of outcomes; `null` where there are too many states or no such part. */
  readonly said: (part: JointPart, side: Side) => Diagram | null;
  /** The form of a path, with the items that the sides named ask. */
  readonly formAt: (path: readonly number[], sides?: readonly Side[]) => ExampleForm;
}

/** Reads two definitions over the forms of both. `null` where not even what they ask can be worked out. */
export function jointReading(edited: Edited, limits: Limits = LIMITS): JointReading | null {
  try {
    return readTogether(edited, limits);
  } catch (error) {
    if (error instanceof TooManyStates) return null;
    throw error;
  }
}

function readTogether(edited: Edited, limits: Limits): JointReading {
  const forms = jointForms(edited);
  const programs = { old: edited.old.program, new: edited.new.program };
  const diagrams = new Diagrams(
    forms.variables.map(({ choices }) => choices.length),
    limits,
  );
  const outcomes = new OutcomeNumbers();
  const reading = {
    old: new SideReading(diagrams, forms, programs.old, 'old', outcomes),
    new: new SideReading(diagrams, forms, programs.new, 'new', outcomes),
  };
  const askedBy = forms.variables.map((_, level) => ({
    old: reading.old.asked(level),
    new: reading.new.asked(level),
  }));
  // An item that neither side asks has no answer: of the answers that it might have had, one stands for all.
  let distinct = diagrams.true;
  for (const [level, asked] of askedBy.entries()) {
    if (asked.old === null && asked.new === null) continue;
    const idle = forms.variables[level]?.idle;
    const isIdle = diagrams.choose(level, (choice) => diagrams.terminal(choice === idle ? 1 : 0));
    const byEither = diagrams.or(asked.old ?? diagrams.false, asked.new ?? diagrams.false);
    distinct = diagrams.and(distinct, diagrams.if(byEither, diagrams.true, isIdle));
  }
  const [old, next] = [reading.old.isRead(), reading.new.isRead()];
  const among = (test: Diagram): Diagram => diagrams.and(distinct, test);
  const readBy = {
    both: among(diagrams.and(old, next)),
    onlyOld: among(diagrams.and(old, diagrams.not(next))),
    onlyNew: among(diagrams.and(next, diagrams.not(old))),
  };
  return {
    forms,
    programs,
    parts: jointParts(programs),
    outcomes,
    diagrams,
    readBy,
    said: ({ sides }, side) => {
      const part = sides[side];
      return part === null ? null : diagramOf(part, reading[side]);
    },
    formAt: (path, sides = SIDES) =>
      formAt(
        forms,
        path,
        (side, level) => {
          const asked = askedBy[level]?.[side] ?? null;
          return asked !== null && diagrams.valueAt(asked, path) === 1;
        },
        sides,
      ),
  };
}

/** One way in which forms move: what they said before, and what they say now; `null` where there is no such part. */
export interface Move {
  readonly from: Outcome | null;
  readonly to: Outcome | null;
  readonly forms: bigint;
  /** The form with the fewest answers above their least that moves so, and of these the one with the least points. */
  readonly example: ExampleForm;
}

/** Each way in which forms move from one diagram to another, in the order in which forms with few answers come. */
export function movesBetween(
  reading: JointReading,
  from: Diagram | null,
  to: Diagram | null,
  weights: Weights = reading.forms.weights,
): readonly Move[] {
  const { diagrams, outcomes, forms, readBy } = reading;
  if (from === to) return [];
  const nothing = diagrams.terminal(-1);
  const pairs = new Map<number, readonly [number, number]>();
  const numbers = new Map<string, number>();
  const pair = (a: number, b: number): number => {
    if (a === b) return -1;
    const key = `${a} ${b}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    pairs.set(numbers.size - 1, [a, b]);
    return numbers.size - 1;
  };
  const moved = diagrams.if(readBy.both, diagrams.combine([from ?? nothing, to ?? nothing], pair), nothing);
  const counts = diagrams.count(moved, weights);
  const examples = diagrams.cheapest(moved, weights, forms.costs);
  const outcome = (number: number): Outcome | null => (number < 0 ? null : outcomes.outcomeOf(number));
  return [...counts].flatMap(([number, count]): readonly Move[] => {
    const [a, b] = pairs.get(number) ?? [-1, -1];
    const path = examples.get(number);
    if (a === b || path === undefined) return [];
    return [{ from: outcome(a), to: outcome(b), forms: count, example: reading.formAt(path) }];
  });
}
