/**
 * What the formula language needs to know of a definition: the input of `lowerModel`. The loader makes it from YAML; panels
 * are already written out, one entry for each member, and `member` says whose names come first.
 */

/** Where an entry stands in the definition (`['scores', 'total', 'formula']`), so that a problem can be placed. */
export type Path = readonly (string | number)[];

export type FormulaSource =
  | string
  | { readonly by: string; readonly branches: Readonly<Record<string, string>> };

export type ModelItem =
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly where: Path;
      readonly member?: string;
      /**
       * Printed options that are answers, in order, with their points after reversal and the item's own points. `points: null`:
       * the code is no number and none were given (the item can only be compared with `is`).
       */
      readonly options: readonly {
        readonly code: string;
        readonly points: number | readonly [number, number] | null;
      }[];
      /** Printed options that mean missing. */
      readonly missing: Readonly<Record<string, 'refused' | 'not-known' | 'not-asked'>>;
      /** Why the item is not scored; absent = it must be read by some formula. */
      readonly unscored?: string;
    }
  | {
      readonly kind: 'number';
      readonly id: string;
      readonly where: Path;
      readonly member?: string;
      readonly unit: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly unscored?: string;
    }
  | {
      readonly kind: 'text';
      readonly id: string;
      readonly where: Path;
      readonly member?: string;
      readonly unscored: string;
    };

export interface ModelMember {
  readonly panel: string;
  readonly id: string;
  readonly asked: 'all' | 'chosen';
}

export interface ModelGate {
  readonly where: Path;
  readonly member?: string;
  readonly if: FormulaSource;
  /** `q2..q8`, a name, or a list of these. */
  readonly then: string | readonly string[];
  readonly effect:
    | { readonly kind: 'points'; readonly points: number }
    | { readonly kind: 'not-applicable' }
    | { readonly kind: 'stops'; readonly decides: readonly string[] };
}

export interface ModelScore {
  readonly id: string;
  readonly where: Path;
  readonly member?: string;
  readonly formula: FormulaSource;
  readonly range: readonly [number, number];
  readonly missingRules: readonly { readonly id: string; readonly allow: number; readonly round?: number }[];
}

export interface ModelQuantity {
  readonly id: string;
  readonly where: Path;
  readonly member?: string;
  readonly formula: string;
  readonly places: number;
  readonly unit?: string;
}

export interface ModelBand {
  readonly id: string;
  readonly where: Path;
  readonly member?: string;
  readonly preferred?: true;
  /** Range bands: the score. */
  readonly of?: string;
  readonly levels: readonly {
    readonly id: string;
    readonly where: Path;
    readonly label: string;
    readonly negative?: true;
    readonly from?: number;
    readonly to?: number;
    /** Rule bands: the condition; absent on the `otherwise` level, which is last. */
    readonly when?: FormulaSource;
  }[];
}

export interface ModelCutOff {
  readonly id: string;
  readonly where: Path;
  readonly member?: string;
  readonly when: FormulaSource;
  readonly applies?: FormulaSource;
  readonly screensFor: string;
  readonly preferred?: true;
  readonly control?: true;
  readonly negative?: 'met' | 'not-met';
}

export interface ModelFlag {
  readonly id: string;
  readonly where: Path;
  readonly member?: string;
  readonly when: FormulaSource;
  readonly title: string;
  readonly critical?: true;
  readonly response?: string;
}

export interface Model {
  /** Form order; a member's items carry their full name (`cannabis.q2`). */
  readonly items: readonly ModelItem[];
  readonly members: readonly ModelMember[];
  /** Keying → item (full name) → points by printed option. */
  readonly keyings: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  readonly tables: Readonly<
    Record<string, { readonly where: Path; readonly rows: readonly (readonly [number, number])[] }>
  >;
  readonly gates: readonly ModelGate[];
  /** Ids of a member's scores, bands, cut-offs and flags are full names (`cannabis.count`). */
  readonly scores: readonly ModelScore[];
  readonly quantities: readonly ModelQuantity[];
  readonly bands: readonly ModelBand[];
  readonly cutOffs: readonly ModelCutOff[];
  readonly flags: readonly ModelFlag[];
}

/** One thing wrong with a definition's formulas, with its place. */
export interface ModelProblem {
  readonly code: string;
  readonly where: Path;
  /** Place inside the formula's text at `where`, if it is one. */
  readonly span?: { readonly start: number; readonly end: number };
  readonly message: string;
  readonly didYouMean?: string;
}
