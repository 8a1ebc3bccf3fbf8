import type { Accumulator, Monomial, NumberNode, Pivot, Variable, VariableIndex, Verdict } from '../formula/normal-form.js';

export type * from '../formula/normal-form.js';

/** What happens to `targets` where `verdict` holds. Gates are evaluated in order. */
export interface Gate {
  /** The condition as written, for the working. */
  readonly if: string;
  readonly verdict: Verdict;
  readonly targets: readonly VariableIndex[];
  readonly effect:
    /** The skipped items count as these choices (counts for a number item), one for each target. */
    | { readonly kind: 'points'; readonly as: readonly number[] }
    | { readonly kind: 'not-applicable' }
    /** The named verdict is known; the targets need not be asked and stay missing. */
    | { readonly kind: 'stops'; readonly decides: readonly string[] };
}

export interface MissingRule {
  readonly id: string;
  /** How many of the score's items may be missing. */
  readonly allow: number;
  /**
   * `prorate`: value × items / answered items, then rounded. `round`: decimals kept, half away from zero; absent = not rounded.
   */
  readonly round?: number;
}

export interface ScoreProgram {
  readonly id: string;
  /** The formula as written. */
  readonly formula: string;
  readonly value: NumberNode;
  /** The printed value is value / scale. */
  readonly scale: number;
  /** Declared range, printed values. */
  readonly range: readonly [number, number];
  readonly pivots: readonly Pivot[];
  readonly reads: readonly VariableIndex[];
  readonly missingRules?: readonly MissingRule[];
  readonly member?: number;
}

/** A quotient of polynomials in number items (BMI), shown rounded; it is never compared in its rounded form. */
export interface QuantityProgram {
  readonly id: string;
  readonly formula: string;
  readonly numerator: readonly Monomial[];
  readonly denominator: readonly Monomial[];
  /** Decimals shown. */
  readonly places: number;
  readonly unit?: string;
  readonly reads: readonly VariableIndex[];
  readonly member?: number;
}

export interface LevelProgram {
  readonly id: string;
  readonly label: string;
  /** Reads as a negative screen: claimed only when it is proved and nothing is inconsistent. */
  readonly negative?: true;
  /** Range bands: closed range in printed values (`to` absent: up to the next level's `from`, half-open). */
  readonly from?: number;
  readonly to?: number;
  /** Rule bands: this level's condition and none of those before it. */
  readonly verdict?: Verdict;
}

export interface BandProgram {
  readonly id: string;
  /** Range bands: index of the score. */
  readonly of?: number;
  readonly preferred?: true;
  readonly levels: readonly LevelProgram[];
  readonly member?: number;
}

export interface CutOffProgram {
  readonly id: string;
  readonly when: string;
  readonly verdict: Verdict;
  readonly screensFor: string;
  readonly preferred?: true;
  /** `control`: not a screen positive (a criterion that controls another). */
  readonly control?: true;
  /** Which side reads as a negative screen. */
  readonly negative?: 'met' | 'not-met';
  /** The cut-off is for these people or forms only; elsewhere it is not applicable. */
  readonly applies?: Verdict;
  readonly member?: number;
}

export interface FlagProgram {
  readonly id: string;
  readonly when: string;
  readonly verdict: Verdict;
  readonly title: string;
  readonly critical?: true;
  /** What the flag asks for, in our own words: a response, never a prediction. */
  readonly response?: string;
  readonly member?: number;
}

/** One member of a panel (a substance, an injury). */
export interface MemberProgram {
  readonly panel: string;
  readonly id: string;
  /** `all`: always administered. `chosen`: only where chosen by the caller or answered. */
  readonly asked: 'all' | 'chosen';
}

export interface Program {
  /** Items in form order, then the context that formulas read (`age`, `sex`). */
  readonly variables: readonly Variable[];
  /** How many of `variables` are items. */
  readonly items: number;
  readonly members: readonly MemberProgram[];
  readonly accumulators: readonly Accumulator[];
  readonly gates: readonly Gate[];
  readonly scores: readonly ScoreProgram[];
  readonly quantities: readonly QuantityProgram[];
  readonly bands: readonly BandProgram[];
  readonly cutOffs: readonly CutOffProgram[];
  readonly flags: readonly FlagProgram[];
}
