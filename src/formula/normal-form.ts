/**
 * The normal form of a definition: plain JSON that the engine and every other target read, and nothing else.
 *
 * All numbers are integers. A score with fractional values is held times its `scale`; a number item is held as a whole
 * count of its `unit step` (`36.9 kg` with `places: 1` is 369). So no comparison ever meets a binary fraction.
 */

/** Index into `Program.variables`. */
export type VariableIndex = number;

/** An item answered by choosing one of a few printed options. */
export interface ChoiceVariable {
  readonly kind: 'choice';
  readonly id: string;
  /** Recorded and kept in the result, read by no formula. */
  readonly unscored?: true;
  /**
   * The code of each *choice*, in the order printed. A printed option is one choice; an option whose points are an
   * interval (`points: [1, 3]`) is one choice for each whole number in it, all with the same code.
   */
  readonly codes: readonly string[];
  /** Printed options that mean 'missing': code to reason. They are not in `codes`. */
  readonly missing?: Readonly<Record<string, MissingReason>>;
  /** Set for an item of a panel member: the member's index in `Program.members`. */
  readonly member?: number;
}

/** An item answered with a number. Values are whole counts: value = count / 10^places. */
export interface NumberVariable {
  readonly kind: 'number';
  readonly id: string;
  /** Recorded and kept in the result, read by no formula. */
  readonly unscored?: true;
  readonly unit: string;
  readonly places: number;
  /** Least, greatest and step as counts. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly member?: number;
}

/** An item that is recorded and never scored nor read by a formula (an event description). */
export interface TextVariable {
  readonly kind: 'text';
  readonly id: string;
  readonly member?: number;
}

export type Variable = ChoiceVariable | NumberVariable | TextVariable;

/** Why an answer is missing. Absent, `null` and `undefined` are `not-asked`. */
export type MissingReason = 'refused' | 'not-known' | 'not-asked';

/**
 * A sum, greatest or least over single-variable terms. A term of a choice variable is a table from choice to points; a
 * term of a number variable is a factor of its count. `sum`: base + Σ terms. `max`/`min`: over the terms present (an item
 * that is not applicable drops out; with none left the value is `base`). `mean`: base is 0 and the value is
 * Σ terms × share / number of terms applicable, with `share` chosen so that the quotient is whole for every number of terms.
 */
export interface Accumulator {
  readonly kind: 'sum' | 'max' | 'min' | 'mean';
  readonly base: number;
  readonly share?: number;
  readonly terms: readonly Term[];
}
/** `[variable, points by choice]` or `[number variable, factor]`. */
export type Term = readonly [VariableIndex, readonly number[]] | readonly [VariableIndex, number];

/** coefficient × product of number variables (counts). A variable may stand twice (height × height). */
export interface Monomial {
  readonly times: number;
  readonly of: readonly VariableIndex[];
}

/** A whole number computed from accumulators. */
export type NumberNode =
  | { readonly op: 'accumulator'; readonly at: number }
  /** An earlier score, in its own scale. */
  | { readonly op: 'score'; readonly at: number }
  /** base + Σ factor × node */
  | {
      readonly op: 'linear';
      readonly base: number;
      readonly terms: readonly (readonly [number, NumberNode])[];
    }
  /** 1 where the test is true, 0 where it is false. */
  | { readonly op: 'indicator'; readonly test: BooleanNode }
  | { readonly op: 'if'; readonly test: BooleanNode; readonly then: NumberNode; readonly else: NumberNode }
  | { readonly op: 'max' | 'min'; readonly of: readonly NumberNode[] }
  /** keys ascending; a value that is no key is impossible by the loader's check. */
  | {
      readonly op: 'table';
      readonly keys: readonly number[];
      readonly values: readonly number[];
      readonly of: NumberNode;
    }
  /** node / divisor, rounded half away from zero to a whole number. */
  | { readonly op: 'round'; readonly divisor: number; readonly of: NumberNode };

export type BooleanNode =
  | { readonly op: 'constant'; readonly value: boolean }
  /** The variable's choice is one of `choices`. False where the item is not applicable. */
  | { readonly op: 'choice'; readonly variable: VariableIndex; readonly choices: readonly number[] }
  /** node >= value. */
  | { readonly op: 'at-least'; readonly of: NumberNode; readonly value: number }
  /** node lies in one of the closed ranges: conditions on one number joined into one test of its exact value set. */
  | {
      readonly op: 'within';
      readonly of: NumberNode;
      readonly ranges: readonly (readonly [number, number])[];
    }
  /** Σ monomials >= 0. All number variables are >= 0. False where one of them is not applicable. */
  | { readonly op: 'polynomial'; readonly of: readonly Monomial[] }
  | { readonly op: 'and' | 'or'; readonly of: readonly BooleanNode[] }
  | { readonly op: 'not'; readonly of: BooleanNode };

/**
 * A variable that a verdict must be evaluated over value by value when it is not known (mixed polarity, or a gate).
 * `values` are representatives: choices (or counts) such that every other value gives the same verdict as one of them.
 */
export interface Pivot {
  readonly variable: VariableIndex;
  readonly values: readonly number[];
}

/** A test with what is needed to decide it exactly on a partial form. */
export interface Verdict {
  readonly test: BooleanNode;
  readonly pivots: readonly Pivot[];
  /** Every variable that the test, or a gate over one of its items, reads: form order, context last. */
  readonly reads: readonly VariableIndex[];
}

/** What happens to `targets` where `verdict` holds. Gates are evaluated in order. */
export interface Gate {
  /** The condition as written, for the working. */
  readonly if: string;
  readonly verdict: Verdict;
  readonly targets: readonly VariableIndex[];
  readonly effect: /**
   * The skipped items count as these choices (counts for a number item), one for each target. `same`: by target, the
   * choices with those points, which do not contradict the gate when they are recorded.
   */
    | {
        readonly kind: 'points';
        readonly as: readonly number[];
        readonly same: readonly (readonly number[])[];
      }
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
  /** Every variable that the value, or a gate over one of its items, reads. */
  readonly reads: readonly VariableIndex[];
  /** The items that the value itself reads, in form order: those that can be missing from it. */
  readonly items: readonly VariableIndex[];
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
