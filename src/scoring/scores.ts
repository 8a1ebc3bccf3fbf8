import { ABSENT, AMONG, bound, OPEN, polynomialBound, roundHalfAway } from '../formula/evaluate.js';
import { NONE_AMONG, type Reach, reach } from '../formula/partial-form.js';
import type {
  Accumulator,
  Bounds,
  Monomial,
  NumberNode,
  QuantityProgram,
  QuantityResult,
  ScoreProgram,
  ScoreResult,
} from '../instrument/index.js';
import { type Assessment, idOf, isAdministered, openItems } from './assessment.js';

/** A score as it is shown, and what it can still be, in its own scale. */
export interface Scored {
  readonly result: ScoreResult;
  readonly reach: Reach;
  /** The prorated value in the score's scale, not rounded to it. */
  readonly prorated?: number;
}

const NOWHERE: Reach = { lowest: 0, highest: 0, values: null };
const NOT_ADMINISTERED: Scored = {
  result: { status: 'not-applicable', reason: 'not-administered' },
  reach: NOWHERE,
};
const NO_ITEM_APPLIES: Scored = {
  result: { status: 'not-applicable', reason: 'no-item-applies' },
  reach: NOWHERE,
};

/** Works out one score. `rule`: the missing rule that the caller named. */
export function scoreOf(
  score: ScoreProgram,
  index: number,
  assessment: Assessment,
  rule: string | null,
): Scored {
  if (!isAdministered(assessment, score.member)) return NOT_ADMINISTERED;
  const { form } = assessment;
  const given = form.given[index];
  const of = attainable(score, assessment);
  if (given !== undefined) {
    const only = { lowest: given, highest: given, values: new Set([given]) };
    return { result: { status: 'complete', value: given / score.scale, of }, reach: only };
  }
  if (score.items.length > 0 && score.items.every((v) => form.at[v] === ABSENT)) return NO_ITEM_APPLIES;
  const missing = openItems(assessment, score.items);
  const lowest =
    missing.length === 0 && isContextKnown(score, assessment) ? bound(score.value, form, -1) : null;
  if (lowest !== null) return complete(lowest, score.scale, of);
  const range = reach(score, form);
  if (range.lowest === range.highest) return complete(range.lowest, score.scale, of);
  const bounds = { lowest: range.lowest / score.scale, highest: range.highest / score.scale };
  const names = missing.map((v) => idOf(assessment.instrument, v));
  const prorated = rule === null ? null : prorate(score, assessment, rule, missing.length);
  if (prorated !== null) {
    return {
      result: { status: 'prorated', value: prorated.shown, of, rule: rule as string, imputed: names, bounds },
      reach: range,
      prorated: prorated.value,
    };
  }
  return { result: { status: 'incomplete', bounds, of, missing: names }, reach: range };
}

function complete(value: number, scale: number, of: number): Scored {
  return {
    result: { status: 'complete', value: value / scale, of },
    reach: { lowest: value, highest: value, values: null },
  };
}

function isContextKnown(score: ScoreProgram, assessment: Assessment): boolean {
  const { items } = assessment.instrument.program;
  return score.reads.every((v) => v < items || assessment.form.at[v] !== OPEN);
}

/** The greatest value that this form allows: items that are not applicable are left out, answers are not looked at. */
function attainable(score: ScoreProgram, assessment: Assessment): number {
  const { form } = assessment;
  if (!score.reads.some((v) => form.at[v] === ABSENT)) return score.range[1];
  const at = form.at.map((value) => (value === ABSENT ? ABSENT : OPEN));
  return bound(score.value, { ...form, at, among: NONE_AMONG }, 1) / score.scale;
}

/**
 * Mean of the answered items taken for each missing one: value × items / answered, in one division, so that a half is
 * exactly a half when it is rounded. Only sums are prorated; the loader refuses a missing rule on anything else.
 */
function prorate(
  score: ScoreProgram,
  assessment: Assessment,
  name: string,
  missing: number,
): { value: number; shown: number } | null {
  const rule = score.missingRules?.find(({ id }) => id === name);
  if (rule === undefined || missing > rule.allow) return null;
  const { form } = assessment;
  const applicable = score.items.filter((v) => form.at[v] !== ABSENT).length;
  const answered = applicable - missing;
  if (answered === 0) return null;
  const at = form.at.map((value) => (value === OPEN || value === AMONG ? ABSENT : value));
  const { base } = form.accumulators[(score.value as SumNode).at] as Accumulator;
  const scaled = (bound(score.value, { ...form, at }, 1) - base) * applicable;
  if (rule.round === undefined) {
    const value = scaled / answered + base;
    return { value, shown: value / score.scale };
  }
  const places = 10 ** rule.round;
  const shown = roundHalfAway(((scaled + base * answered) * places) / (answered * score.scale)) / places;
  return { value: shown * score.scale, shown };
}

/** What the loader demands of a score with a missing rule. */
type SumNode = Extract<NumberNode, { readonly op: 'accumulator' }>;

/** Works out a quotient of measurements. Rounded half away from zero, for display only. */
export function quantityOf(quantity: QuantityProgram, assessment: Assessment): QuantityResult {
  if (!isAdministered(assessment, quantity.member))
    return { status: 'not-applicable', reason: 'not-administered' };
  const { form } = assessment;
  if (quantity.reads.some((v) => form.at[v] === ABSENT))
    return { status: 'not-applicable', reason: 'no-item-applies' };
  const end = (of: readonly Monomial[], sign: 1 | -1) => polynomialBound(of, form, sign) as number;
  const [low, high] = [end(quantity.numerator, -1), end(quantity.numerator, 1)];
  const [least, most] = [end(quantity.denominator, -1), end(quantity.denominator, 1)];
  const unit = quantity.unit ?? null;
  const places = 10 ** quantity.places;
  const round = (top: number, bottom: number) => roundHalfAway((top * places) / bottom) / places;
  const missing = openItems(assessment, quantity.reads);
  if (missing.length === 0) return { status: 'complete', value: round(low, least), unit };
  // A negative end is furthest from nought over the least denominator, a positive one over it too, the other way round.
  const bounds: Bounds = {
    lowest: round(low, low >= 0 ? most : least),
    highest: round(high, high >= 0 ? least : most),
  };
  return { status: 'incomplete', bounds, unit, missing: missing.map((v) => idOf(assessment.instrument, v)) };
}
