/** One thing in which an installed package is not what it says it is. Plain JSON. */
export type SelfTestFailure =
  /** A case that does not hold: the answers are fictional, so what was expected and found may be shown. */
  | {
      readonly kind: 'case';
      /** Id of the instrument or pathway. */
      readonly of: string;
      readonly case: string;
      /** `scores.total`, `flags.self-harm`, `urgency` … */
      readonly what: string;
      readonly expected: string;
      readonly found: string;
    }
  /** A digest that is recorded otherwise than it comes out now. */
  | {
      readonly kind: 'digest';
      readonly of: string;
      /** Over what: the whole definition, what can move a result, or a file. */
      readonly digest: 'document' | 'scoring' | 'cases' | 'pathway' | 'scenarios';
      /** Where the other digest is recorded. */
      readonly recordedIn: readonly ('catalogue' | 'definition' | 'instrument' | 'index')[];
      readonly recorded: string;
      readonly found: string;
    }
  /** The shipped instrument, or the program beside its definition, is not what the definition gives. */
  | {
      readonly kind: 'difference';
      readonly of: string;
      readonly in: 'instrument' | 'definition';
      /** `program.cutOffs[0].verdict.test.value` */
      readonly at: string;
      /** What the definition gives, as JSON. */
      readonly expected: string;
      readonly found: string;
    }
  /** A part that cannot be loaded, read or run at all. */
  | {
      readonly kind: 'unusable';
      readonly of: string;
      readonly part: 'instrument' | 'definition' | 'cases' | 'pathway' | 'scenarios';
      readonly message: string;
    };

/** What was tested, in numbers. */
export interface SelfTestCounts {
  /** Instruments scored. Refused ones are not among them; the digests of their definitions are. */
  readonly instruments: number;
  readonly pathways: number;
  /** Cases and scenarios run. */
  readonly cases: number;
  /** Digests computed again. */
  readonly digests: number;
  /** Definitions lowered again and held against the instrument that is shipped. */
  readonly definitions: number;
}

/** What a self-test of a package found. Plain JSON; `failures` is empty where `status` is `sound`. */
export type SelfTestReport = { readonly engine: string; readonly tested: SelfTestCounts } & (
  | { readonly status: 'sound'; readonly failures: readonly [] }
  | { readonly status: 'failed'; readonly failures: readonly [SelfTestFailure, ...SelfTestFailure[]] }
);
