import type { Shape } from './instrument.js';
import type { MissingReason } from './program.js';

/** Lowest and highest value that a completion of the form can give. */
export interface Bounds {
  readonly lowest: number;
  readonly highest: number;
}

export type ScoreResult =
  /** `of`: the greatest value attainable on this form. */
  | { readonly status: 'complete'; readonly value: number; readonly of: number }
  /** A sourced missing rule, named by the caller, filled in `imputed`. `bounds` is what is proved. */
  | {
      readonly status: 'prorated';
      readonly value: number;
      readonly of: number;
      readonly rule: string;
      readonly imputed: readonly string[];
      readonly bounds: Bounds;
    }
  | {
      readonly status: 'incomplete';
      readonly bounds: Bounds;
      readonly of: number;
      readonly missing: readonly string[];
    }
  | { readonly status: 'not-applicable'; readonly reason: 'not-administered' | 'no-item-applies' };

/** A quotient of measurements (BMI). `value` is rounded for display; no verdict is taken from the rounded value. */
export type QuantityResult =
  | { readonly status: 'complete'; readonly value: number; readonly unit: string | null }
  | {
      readonly status: 'incomplete';
      readonly bounds: Bounds;
      readonly unit: string | null;
      readonly missing: readonly string[];
    }
  | { readonly status: 'not-applicable'; readonly reason: 'not-administered' | 'no-item-applies' };

/** `proved`: every completion agrees. `estimated`: taken from a prorated score. */
export type Basis = 'proved' | 'estimated';

/**
 * Why a verdict is open. `missing`: completions disagree. `inconsistent`: a contradiction on the form forbids a negative.
 * `estimated`: the arithmetic of a missing rule points to a negative, which an estimate may not claim. `applicability`: it is not known whether the cut-off is for this person.
 */
export type OpenReason = 'missing' | 'inconsistent' | 'estimated' | 'applicability';

interface OpenFlags {
  /** Critical flags still open. A verdict must never be shown without them. */
  readonly flagOpen?: readonly string[];
}

export type BandResult<L extends string = string> =
  | ({
      readonly status: 'decided';
      readonly level: L;
      readonly label: string;
      readonly basis: Basis;
    } & OpenFlags)
  | ({
      readonly status: 'undecided';
      readonly possible: readonly L[];
      readonly reason: OpenReason;
    } & OpenFlags)
  | { readonly status: 'not-applicable'; readonly reason: 'not-administered' | 'no-item-applies' };

export type CutOffResult =
  | ({ readonly status: 'met'; readonly basis: Basis } & OpenFlags)
  | ({ readonly status: 'not-met'; readonly basis: Basis } & OpenFlags)
  | ({
      readonly status: 'undecided';
      readonly possible: readonly ('met' | 'not-met')[];
      readonly reason: OpenReason;
    } & OpenFlags)
  | { readonly status: 'not-applicable'; readonly reason: 'not-administered' | 'does-not-apply' };

export type FlagResult =
  | { readonly status: 'raised'; readonly critical: boolean }
  /** `by`: the gate because of which the items were not asked. */
  | { readonly status: 'not-raised'; readonly critical: boolean; readonly by?: string }
  | {
      readonly status: 'open';
      readonly critical: boolean;
      /** The items that would settle it, with the reason why each is missing. */
      readonly items: readonly string[];
      readonly reasons: readonly (MissingReason | 'invalid' | 'inconsistent')[];
    }
  | { readonly status: 'not-applicable'; readonly critical: boolean; readonly reason: 'not-administered' };

export interface Ask {
  /** Open critical items. */
  readonly first: readonly string[];
  /** Items that can still change a verdict. */
  readonly now: readonly string[];
  /** Items behind an undecided gate. */
  readonly later: readonly string[];
  /** Context that can still change a verdict. */
  readonly context: readonly ('age' | 'sex')[];
}

export interface Inconsistency {
  /** The gate's condition, as written. */
  readonly gate: string;
  /** The items answered although the gate says that they are not asked. */
  readonly items: readonly string[];
}

export type Notice =
  | { readonly code: 'outside-valid-age'; readonly text: string }
  | { readonly code: 'restriction'; readonly text: string }
  | { readonly code: 'cut-offs-disagree'; readonly text: string; readonly cutOffs: readonly string[] }
  | { readonly code: 'inconsistent'; readonly text: string }
  | { readonly code: 'critical-flag-open'; readonly text: string; readonly flags: readonly string[] }
  | { readonly code: 'too-many-members'; readonly text: string };

/** What produced a result. Store it unchanged: it is how a result is recalled. */
export interface Provenance {
  readonly instrument: string;
  readonly edition: string | null;
  readonly version: string;
  readonly digest: { readonly scoring: string; readonly document: string };
  readonly engine: string;
  /** The missing rule that was asked for, if any. */
  readonly missingRule: string | null;
}

export type Skip = {
  readonly item: string;
  readonly by: string;
  readonly kind: 'points' | 'not-applicable';
};

/** Plain JSON-safe data. */
export interface Result<S extends Shape = Shape> {
  readonly scores: { readonly [K in S['scores']]: ScoreResult };
  readonly quantities: { readonly [K in S['quantities']]: QuantityResult };
  readonly bands: { readonly [K in keyof S['bands']]: BandResult<S['bands'][K] & string> };
  readonly cutOffs: { readonly [K in S['cutOffs']]: CutOffResult };
  readonly flags: { readonly [K in S['flags']]: FlagResult };
  readonly ask: Ask;
  readonly inconsistent: readonly Inconsistency[];
  readonly skipped: readonly Skip[];
  readonly notices: readonly Notice[];
  /** Answers to items that are recorded and not scored. */
  readonly unscored: Readonly<Record<string, string>>;
  /** The day the form was filled in, as given. */
  readonly on: string | null;
  readonly provenance: Provenance;
}

export type ProblemCode =
  | 'not-an-object'
  | 'unknown-item'
  | 'not-an-option'
  | 'wrong-type'
  | 'not-a-number'
  | 'out-of-range'
  | 'not-on-step'
  | 'unknown-missing-reason'
  | 'unknown-context'
  | 'bad-context'
  | 'unknown-missing-rule'
  | 'unknown-member'
  | 'bad-date'
  | 'unknown-score'
  | 'not-attainable'
  | 'unknown-short-form';

/** One thing wrong with the input. Names item and rule, never the answer. */
export interface Problem {
  readonly code: ProblemCode;
  /** The item, context fact or option concerned. */
  readonly at: string;
  /** What is wrong and what to do, in a sentence; never holds an answer. */
  readonly message: string;
  /** A name that was probably meant. */
  readonly didYouMean?: string;
}

/** Every problem at once, and every flag that the valid answers decide or leave open. */
export interface ScoringError<S extends Shape = Shape> {
  readonly problems: readonly Problem[];
  readonly flags: { readonly [K in S['flags']]: FlagResult };
  readonly provenance: Provenance;
  readonly on: string | null;
}
