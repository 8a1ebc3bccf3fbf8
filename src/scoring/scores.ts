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
import { type Assessment, idsOf, isAdministered, notAdministered, openItems } from './assessment.js';

/** A score as it is shown, and what it can still be, in its own scale. */
export interface Scored {
  readonly result: ScoreResult;
  readonly reach: Reach;
  /** The prorated value in the score's scale, not rounded to it. */
  readonly prorated?: number;
}

/** Works out one score. `rule`: the missing rule that the caller named. */
export function scoreOf(score: ScoreProgram, assessment: Assessment, rule: string | null): Scored {
  const { form, instrument } = assessment;
  const { scale, items } = score;
  if (!isAdministered(assessment, score.member)) return { result: notAdministered(), reach: point(0) };
  const range = reach(score, form);
  // Where gates leave out its items by turns, no one of them may be out and yet no completion give a value.
  if (isWithoutItems(items, form) || range.lowest > range.highest)
    return { result: { status: 'not-applicable', reason: 'no-item-applies' }, reach: point(0) };
  const of = attainable(score, assessment);
  const lowest = range.lowest / scale;
  if (range.lowest === range.highest)
    return { result: { status: 'complete', value: lowest, of }, reach: range };
  const bounds = { lowest, highest: range.highest / scale };
  const missing = idsOf(instrument, openItems(assessment, items));
  const prorated = prorate(score, assessment, rule, missing.length);
  if (prorated === undefined) return { result: { status: 'incomplete', bounds, of, missing }, reach: range };
  const { name, shown, value } = prorated;
  return {
    result: { status: 'prorated', value: shown, of, rule: name, imputed: missing, bounds },
    reach: range,
    prorated: value,
  };
}

/** The greatest value that this form allows: items that are not applicable are left out, answers are not looked at. */
function attainable({ reads, range, value, scale }: ScoreProgram, { form }: Assessment): number {
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
  { form }: Assessment,
  name: string | null,
  missing: number,
): { readonly name: string; readonly shown: number; readonly value: number } | undefined {
  const rule = missingRules?.find(({ id }) => id === name);
  const applicable = items.filter((v) => form.at[v] !== ABSENT).length;
  const answered = applicable - missing;
  if (rule === undefined || missing > rule.allow || answered === 0) return undefined;
  const at = form.at.map((one) => (one < 0 ? ABSENT : one));
  const { base } = form.program.accumulators[(value as SumNode).at] as Accumulator;
  const sum = evaluate(value, { ...form, at, known: {} }).lowest - base;
  const top = sum * applicable + base * answered;
  const bottom = answered * scale;
  if (rule.round === undefined) return { name: rule.id, shown: top / bottom, value: top / answered };
  const places = 10 ** rule.round;
  const rounded = roundHalfAway((top * places) / bottom);
  return { name: rule.id, shown: rounded / places, value: (rounded * scale) / places };
}

/** What the loader demands of a score with a missing rule. */
type SumNode = Extract<NumberNode, { readonly op: 'accumulator' }>;

/** Works out a quotient of measurements. Rounded half away from zero, for display only. */
export function quantityOf(quantity: QuantityProgram, assessment: Assessment): QuantityResult {
  const { form, instrument } = assessment;
  const { reads, numerator, denominator, unit = null } = quantity;
  if (reads.some((v) => form.at[v] === ABSENT))
    return { status: 'not-applicable', reason: 'no-item-applies' };
  const places = 10 ** quantity.places;
  const { lowest, highest } = join(
    polynomial(numerator, form),
    polynomial(denominator, form),
    (top, bottom) => roundHalfAway((top * places) / bottom) / places,
  );
  const missing = idsOf(instrument, openItems(assessment, reads));
  return missing.length === 0
    ? { status: 'complete', value: lowest, unit }
    : { status: 'incomplete', bounds: { lowest, highest }, unit, missing };
}
