import type { MissingReason, Program } from './program.js';

/**
 * What an instrument looks like to the type checker: literal ids, so that `result.bands.uk` and its levels are known, and
 * a wrong item or option does not compile. Generated for each instrument.
 */
export interface Shape {
  /** Item id to the union of its option codes (text); `number` for number items, `string` for free text. */
  readonly items: Readonly<Record<string, unknown>>;
  /** Context that formulas read: required, though `'unknown'` is a legal value. */
  readonly context: 'age' | 'sex';
  readonly scores: string;
  readonly quantities: string;
  /** Band scheme to the union of its level ids. */
  readonly bands: Readonly<Record<string, string>>;
  readonly cutOffs: string;
  readonly flags: string;
  readonly missingRules: string;
}

/** The run-time shape of a definition: lean plain data. Sources, evidence and licence stay in the full definition. */
export interface Instrument<S extends Shape = Shape> {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly short: string;
  /** Edition id, where the definition names one. */
  readonly edition: string | null;
  readonly digest: {
    /** Over whatever can move a result. */
    readonly scoring: string;
    /** Over the whole definition. */
    readonly document: string;
  };
  /** The window that the questions ask about, an ISO 8601 duration; `null` where the items differ or have none. */
  readonly recall: string | null;
  readonly minutes: number | null;
  /** Ages for which the instrument is validated; outside there is a notice. */
  readonly validAge: { readonly from?: number; readonly to?: number } | null;
  /** What guidance forbids; printed with each result. */
  readonly restrictions: readonly string[];
  /** One short label in our own words for each item of `program.variables`: never the validated wording. */
  readonly labels: readonly string[];
  readonly program: Program;
  /** Short forms inside this one: short form id → its item → our item. Only editions that match are listed. */
  readonly contains: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Never present at run time: carries the types. */
  readonly '~shape'?: S;
}

type NumberOf<C> = C extends `${infer N extends number}` ? N : never;

/** One answer: the option's code as text, or the number with that decimal text; or missing, with the reason. */
export type Answer<C> = C | NumberOf<C> | { readonly missing: MissingReason } | null | undefined;

/** Answers by item id. An item left out is missing (`not-asked`), never zero. */
export type Answers<S extends Shape> = { readonly [K in keyof S['items']]?: Answer<S['items'][K]> };

export type Sex = 'female' | 'male' | 'unknown';

/** Facts about the person that a rule may read. Unknown facts leave a verdict undecided, never guessed. */
export interface Context {
  /** Whole years. */
  readonly age?: number | 'unknown';
  readonly sex?: Sex;
}

/** The context in which `S` is scored: what its formulas read must be given, if only as `'unknown'`. */
export type ContextFor<S extends Shape> = Context & {
  readonly [K in S['context']]-?: NonNullable<Context[K]>;
};

export interface ScoreOptions<S extends Shape = Shape> {
  /** A missing rule that the definition names and sources. Off unless named. */
  readonly missing?: S['missingRules'];
  /** The day the form was filled in, `YYYY-MM-DD`; carried into the result. */
  readonly on?: string;
  /** Panel members administered (`['substance.cannabis']`-style ids: `panel.member`), besides those with an answer. */
  readonly administered?: readonly string[];
}
