import {
  ABSENT,
  evaluate,
  join,
  OPEN,
  point,
  polynomial,
  type Reach,
  roundHalfAway,
} from '../formula/evaluate.js';
import { isWithoutItems, NONE_AMONG, reach } from '../formula/partial-form.js';
import type {
  Accumulator,
  NumberNode,
  QuantityProgram,
  QuantityResult,
  ScoreProgram,
  ScoreResult,
} from '../instrument/index.js';
import { type Assessment, isAdministered, namesOf, notApplicable, openItems } from './assessment.js';

/** A score as it is shown, and what it can still be, in its own scale. */
export interface Scored {
  readonly result: ScoreResult;
  readonly reach: Reach;
  /** The prorated value in the score's scale, not rounded to it. */
  readonly estimate?: Reach;
}

/** Works out one score. `rule`: the missing rule that the caller named. */
export function scoreOf(score: ScoreProgram, form: Assessment, rule: string | null): Scored {
  const { scale, items } = score;
  if (!isAdministered(form, score)) return { result: notApplicable('not-administered'), reach: point(0) };
  const range = reach(score, form);
  // Where gates leave out its items by turns, no one of them may be out and yet no completion give a value.
  if (isWithoutItems(items, form) || range.lowest > range.highest)
    return { result: notApplicable('no-item-applies'), reach: point(0) };
  const of = attainable(score, form);
  const lowest = range.lowest / scale;
  if (range.lowest === range.highest)
    return { result: { status: 'complete', value: lowest, of }, reach: range };
  const bounds = { lowest, highest: range.highest / scale };
  const missing = namesOf(form.program, openItems(form, items));
  const prorated = prorate(score, form, rule, missing.length);
  if (prorated === undefined) return { result: { status: 'incomplete', bounds, of, missing }, reach: range };
  const [shown, value] = prorated;
  return {
    result: { status: 'prorated', value: shown, of, rule: rule as string, imputed: missing, bounds },
    reach: range,
    estimate: point(value),
  };
}

/** The greatest value that this form allows: items that are not applicable are left out, answers are not looked at. */
function attainable({ reads, range, value, scale }: ScoreProgram, form: Assessment): number {
  if (!reads.some((v) => form.at[v] === ABSENT)) return range[1];
  const at = form.at.map((one) => (one === ABSENT ? ABSENT : OPEN));
  return evaluate(value, { ...form, at, among: NONE_AMONG, known: {} }).highest / scale;
}

/**
 * Mean of the answered items taken for each missing one: value × items / answered, in one division, so that a half is
 * exactly a half when it is rounded. Only sums are prorated; the loader refuses a missing rule on anything else.
 */
function prorate(
  { missingRules, items, value, scale }: ScoreProgram,
  form: Assessment,
  name: string | null,
  missing: number,
): readonly [shown: number, value: number] | undefined {
  const rule = missingRules?.find(({ id }) => id === name);
  const applicable = items.filter((v) => form.at[v] !== ABSENT).length;
  const answered = applicable - missing;
  if (rule === undefined || missing > rule.allow || answered === 0) return undefined;
  const at = form.at.map((one) => (one < 0 ? ABSENT : one));
  const { base } = form.program.accumulators[(value as SumNode).at] as Accumulator;
  const sum = evaluate(value, { ...form, at, known: {} }).lowest - base;
  const top = sum * applicable + base * answered;
  const bottom = answered * scale;
  if (rule.round === undefined) return [top / bottom, top / answered];
  const places = 10 ** rule.round;
  const rounded = roundHalfAway((top * places) / bottom);
  return [rounded / places, (rounded * scale) / places];
}

/** What the loader demands of a score with a missing rule. */
type SumNode = Extract<NumberNode, { readonly op: 'accumulator' }>;

/** Works out a quotient of measurements. Rounded half away from zero, for display only. */
export function quantityOf(quantity: QuantityProgram, form: Assessment): QuantityResult {
  const { reads, numerator, denominator, unit = null } = quantity;
  if (!isAdministered(form, quantity)) return notApplicable('not-administered');
  if (reads.some((v) => form.at[v] === ABSENT)) return notApplicable('no-item-applies');
  const places = 10 ** quantity.places;
  const { lowest, highest } = join(
    polynomial(numerator, form),
    polynomial(denominator, form),
    (top, bottom) => roundHalfAway((top * places) / bottom) / places,
  );
  const missing = namesOf(form.program, openItems(form, reads));
  return missing.length > 0
    ? { status: 'incomplete', bounds: { lowest, highest }, unit, missing }
    : { status: 'complete', value: lowest, unit };
}
