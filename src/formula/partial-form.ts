import {
  ABSENT,
  AMONG,
  BOTH,
  type Evaluation,
  evaluate,
  OPEN,
  type Outcomes,
  outcomes,
  type Reach,
  reachOf,
  TRUE,
  UNREADABLE,
  union,
} from './evaluate.js';
import type { Gate, Pivot, Program, ScoreProgram, VariableIndex, Verdict } from './normal-form.js';

export type { Reach } from './evaluate.js';

/** What was recorded, before any gate is applied. Indexes are those of `Program.variables`. */
export interface Recorded {
  readonly at: readonly number[];
  readonly among: Readonly<Record<number, readonly number[]>>;
}

/** What a gate does on this form. */
export type GateState =
  /** Its condition holds: the targets that were not answered are skipped. */
  | 'holds'
  | 'does-not-hold'
  /** Its condition can still go either way. */
  | 'undecided'
  /** Its condition holds and one of its targets was answered otherwise: the answers stand, nothing is skipped. */
  | 'contradicted';

/** Scores recorded without their items, or prorated, by index, in the score's scale. */
type Given = Readonly<Record<number, Reach | undefined>>;

/** A form with its gates applied. */
export interface PartialForm extends Evaluation {
  readonly program: Program;
  readonly recorded: Recorded;
  readonly given: Given;
  readonly gates: readonly GateState[];
}

/** `Recorded.among` of a form on which no answer is an interval. */
export const NONE_AMONG: Readonly<Record<number, readonly number[]>> = {};

/** Applies the gates, in order, to what was recorded. */
export function applyGates(program: Program, recorded: Recorded, given: Given = {}): PartialForm {
  return withGates(program, recorded, given, recorded.at, decide);
}

function withGates(
  program: Program,
  recorded: Recorded,
  given: Given,
  at: readonly number[],
  judge: (verdict: Verdict, form: PartialForm) => Outcomes,
): PartialForm {
  const gates: GateState[] = [];
  const form = {
    program,
    recorded,
    given,
    gates,
    at,
    among: recorded.among,
    known: Object.assign([], given),
  };
  for (const gate of program.gates) {
    const condition = judge(gate.verdict, form);
    const state =
      condition === BOTH
        ? 'undecided'
        : condition !== TRUE
          ? 'does-not-hold'
          : contradicting(gate, recorded).length > 0
            ? 'contradicted'
            : 'holds';
    gates.push(state);
    if (state === 'holds' && gate.effect.kind !== 'stops') {
      form.at = skip(gate, form.at, recorded);
      form.known = Object.assign([], given);
    }
  }
  return form;
}

/** The targets of a gate that were answered otherwise than the gate says. */
export function contradicting({ targets, effect }: Gate, recorded: Recorded): readonly VariableIndex[] {
  return targets.filter((target, i) => {
    const at = recorded.at[target] as number;
    if (effect.kind === 'stops' || at === OPEN || at === ABSENT) return false;
    const same = effect.kind === 'points' ? (effect.same[i] as readonly number[]) : [];
    const answer = at === AMONG ? (recorded.among[target] as readonly number[]) : [at];
    return !answer.some((choice) => same.includes(choice));
  });
}

/**
 * The targets that were not answered take what the gate says: of two gates over one item, the later. A pivot that a gate
 * skips takes it too, as its chosen value is no completion of the form.
 */
function skip({ targets, effect }: Gate, at: readonly number[], recorded: Recorded): number[] {
  const next = at.slice();
  targets.forEach((target, i) => {
    if (recorded.at[target] === OPEN)
      next[target] = effect.kind === 'points' ? (effect.as[i] as number) : ABSENT;
  });
  return next;
}

/** The pivots that this form leaves open; one that was answered with an interval takes the interval's values alone. */
function openPivots(
  { pivots }: { readonly pivots: readonly Pivot[] },
  { at, among }: PartialForm,
): readonly Pivot[] {
  const open: Pivot[] = [];
  // A plain loop: every verdict comes through here, and most have no pivots.
  for (const pivot of pivots) {
    const is = at[pivot.variable];
    if (is === AMONG) open.push({ ...pivot, values: among[pivot.variable] as readonly number[] });
    else if (is === OPEN || is === UNREADABLE) open.push(pivot);
  }
  return open;
}

/** Reads the form once for each way to fill in `open`, gates applied anew, until `read` says that it has seen enough. */
function overCompletions(
  open: readonly Pivot[],
  { program, recorded, given }: PartialForm,
  read: (completed: Evaluation) => boolean,
): void {
  const fill = (i: number, at: readonly number[]): boolean => {
    const pivot = open[i];
    if (pivot === undefined)
      return read(withGates(program, recorded, given, at, ({ test }, form) => outcomes(test, form)));
    return pivot.values.some((value) => {
      const next = at.slice();
      next[pivot.variable] = value;
      return fill(i + 1, next);
    });
  };
  fill(0, recorded.at);
}

/** Which outcomes a verdict can still have on a form: exactly those that some completion gives. */
export function decide(verdict: Verdict, form: PartialForm): Outcomes {
  const open = openPivots(verdict, form);
  if (open.length === 0) return outcomes(verdict.test, form);
  let result = 0;
  overCompletions(open, form, (completed) => {
    result |= outcomes(verdict.test, completed);
    return result === BOTH;
  });
  return result as Outcomes;
}

/**
 * Every value that a score can still have on a form. A completion in which none of its items applies gives it none; where
 * no completion gives one, the lowest is above the highest.
 */
export function reach(score: ScoreProgram, form: PartialForm): Reach {
  const node = { op: 'score', at: form.program.scores.indexOf(score) } as const;
  const open = openPivots(score, form);
  if (open.length === 0) return evaluate(node, form);
  let found = NOWHERE;
  overCompletions(open, form, (completed) => {
    if (!isWithoutItems(score.items, completed)) found = union(found, evaluate(node, completed));
    return false;
  });
  return found;
}

/** What no completion gives a value. */
const NOWHERE = reachOf(new Set(), true);

/** Whether every item of a score is not applicable. */
export function isWithoutItems(items: readonly VariableIndex[], { at }: Evaluation): boolean {
  return items.length > 0 && items.every((v) => at[v] === ABSENT);
}

/** Nothing answered: every item open, none of a panel's members left out. */
export function emptyForm(program: Program): PartialForm {
  return applyGates(program, { at: program.variables.map(() => OPEN), among: NONE_AMONG });
}
