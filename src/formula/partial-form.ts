import {
  ABSENT,
  AMONG,
  BOTH,
  bound,
  type Evaluation,
  OPEN,
  type Outcomes,
  outcomes,
  TRUE,
  UNREADABLE,
  valuesOf,
} from './evaluate.js';
import type { Gate, NumberNode, Pivot, Program, VariableIndex, Verdict } from './normal-form.js';

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

/** A form with its gates applied. */
export interface PartialForm extends Evaluation {
  readonly program: Program;
  readonly recorded: Recorded;
  readonly gates: readonly GateState[];
}

/** `Recorded.among` of a form on which no answer is an interval. */
export const NONE_AMONG: Readonly<Record<number, readonly number[]>> = {};
const NOTHING_GIVEN: Readonly<Record<number, number>> = {};

/** Applies the gates, in order, to what was recorded. `given` are scores recorded without their items. */
export function applyGates(
  program: Program,
  recorded: Recorded,
  given: Readonly<Record<number, number>> = NOTHING_GIVEN,
): PartialForm {
  const form = {
    program,
    recorded,
    variables: program.variables,
    accumulators: program.accumulators,
    scores: program.scores,
    at: recorded.at,
    among: recorded.among,
    given,
    gates: [] as GateState[],
  };
  for (const gate of program.gates) {
    const state = stateOf(gate, decide(gate.verdict, form), recorded);
    form.gates.push(state);
    if (state === 'holds' && gate.effect.kind !== 'stops') form.at = skip(gate, form.at, recorded);
  }
  return form;
}

function stateOf(gate: Gate, condition: Outcomes, recorded: Recorded): GateState {
  if (condition === BOTH) return 'undecided';
  if (condition !== TRUE) return 'does-not-hold';
  return contradicting(gate, recorded).length > 0 ? 'contradicted' : 'holds';
}

/** The targets of a gate that were answered otherwise than the gate says. */
export function contradicting(gate: Gate, recorded: Recorded): readonly VariableIndex[] {
  const effect = gate.effect;
  if (effect.kind === 'stops') return [];
  return gate.targets.filter((target, i) => {
    const at = recorded.at[target] as number;
    if (at === UNREADABLE) return true;
    if (at === AMONG)
      return effect.kind === 'not-applicable' || !overlaps(recorded.among[target], effect.same[i]);
    return (
      at >= 0 && (effect.kind === 'not-applicable' || !(effect.same[i] as readonly number[]).includes(at))
    );
  });
}

function overlaps(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return a?.some((choice) => b?.includes(choice)) === true;
}

/**
 * The targets that were not answered take what the gate says: of two gates over one item, the later. A pivot that a gate
 * skips takes it too, as its chosen value is no completion of the form.
 */
function skip({ targets, effect }: Gate, at: readonly number[], recorded: Recorded): number[] {
  const next = at.slice();
  targets.forEach((target, i) => {
    if (recorded.at[target] !== OPEN) return;
    next[target] = effect.kind === 'points' ? (effect.as[i] as number) : ABSENT;
  });
  return next;
}

const NO_PIVOTS: readonly Pivot[] = [];

/** The pivots that this form leaves open, and the items answered with an interval, which are taken value by value. */
function openPivots(
  pivots: readonly Pivot[],
  reads: readonly VariableIndex[],
  form: PartialForm,
): readonly Pivot[] {
  let open = NO_PIVOTS as Pivot[];
  for (const pivot of pivots) {
    const at = form.at[pivot.variable];
    if (at === OPEN || at === UNREADABLE) open = [...open, pivot];
  }
  if (form.among === NONE_AMONG) return open;
  for (const variable of reads) {
    if (form.at[variable] === AMONG)
      open = [...open, { variable, values: form.among[variable] as readonly number[] }];
  }
  return open;
}

/**
 * Reads the form once for each way in which its open pivots can be filled in, gates applied anew, until `read` says that
 * it has seen enough.
 */
function overPivots(
  open: readonly Pivot[],
  form: PartialForm,
  read: (completed: Evaluation) => boolean,
): void {
  const chosen = open.map(() => 0);
  for (;;) {
    if (read(complete(form, open, chosen))) return;
    let i = 0;
    while (i < open.length && ++(chosen[i] as number) === (open[i] as Pivot).values.length) chosen[i++] = 0;
    if (i === open.length) return;
  }
}

/** The form as it is where each open pivot takes its chosen value: the gates that this decides are applied. */
function complete(form: PartialForm, open: readonly Pivot[], chosen: readonly number[]): Evaluation {
  const at = form.recorded.at.slice();
  open.forEach(({ variable, values }, i) => {
    at[variable] = values[chosen[i] as number] as number;
  });
  const completed: Evaluation & { at: readonly number[] } = { ...form, at };
  for (const gate of form.program.gates) {
    if (gate.effect.kind === 'stops' || outcomes(gate.verdict.test, completed) !== TRUE) continue;
    if (contradicting(gate, form.recorded).length === 0)
      completed.at = skip(gate, completed.at, form.recorded);
  }
  return completed;
}

/** Which outcomes a verdict can still have on a form: exactly those that some completion gives. */
export function decide(verdict: Verdict, form: PartialForm): Outcomes {
  const open = openPivots(verdict.pivots, verdict.reads, form);
  if (open.length === 0) return outcomes(verdict.test, form);
  let result = 0;
  overPivots(open, form, (completed) => {
    result |= outcomes(verdict.test, completed);
    return result === BOTH;
  });
  return result as Outcomes;
}

/** What a number can still be: its least and greatest value, and every value where they can be listed. */
export interface Reach {
  readonly lowest: number;
  readonly highest: number;
  /** `null` where a number item is open, or there are too many. */
  readonly values: ReadonlySet<number> | null;
}

/**
 * Every value that a score can still have on a form. A completion in which none of its items applies gives it none; where
 * no completion gives one, the lowest is above the highest.
 */
export function reach(
  score: {
    readonly value: NumberNode;
    readonly pivots: readonly Pivot[];
    readonly reads: readonly VariableIndex[];
    readonly items: readonly VariableIndex[];
  },
  form: PartialForm,
): Reach {
  const open = openPivots(score.pivots, score.reads, form);
  if (open.length === 0) return reachWithout(score.value, form);
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let values: Set<number> | null = new Set<number>();
  overPivots(open, form, (completed) => {
    if (isWithoutItems(score.items, completed)) return false;
    const some = reachWithout(score.value, completed);
    lowest = Math.min(lowest, some.lowest);
    highest = Math.max(highest, some.highest);
    if (some.values === null) values = null;
    else if (values !== null) for (const value of some.values) values.add(value);
    return false;
  });
  return { lowest, highest, values };
}

/** What a number can be where no pivot is open. Its values can be nearer to each other than its bounds, and its bounds than its values. */
function reachWithout(node: NumberNode, e: Evaluation): Reach {
  const lowest = bound(node, e, -1);
  const highest = bound(node, e, 1);
  const values = valuesOf(node, e);
  if (values === null) return { lowest, highest, values };
  return {
    lowest: Math.max(lowest, Math.min(...values)),
    highest: Math.min(highest, Math.max(...values)),
    values,
  };
}

/** Whether every item of a score is not applicable. */
export function isWithoutItems(items: readonly VariableIndex[], { at }: Evaluation): boolean {
  return items.length > 0 && items.every((v) => at[v] === ABSENT);
}

/** Nothing answered: every item open, none of a panel's members left out. */
export function emptyForm(program: Program): PartialForm {
  return applyGates(program, { at: program.variables.map(() => OPEN), among: NONE_AMONG });
}
