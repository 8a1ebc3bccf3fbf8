import type { DefinitionProblem } from '../definition/index.js';

/** A file by name, with what stands in it. */
export interface Text {
  readonly file: string;
  readonly text: Uint8Array;
}

/** One edit of a definition or a pathway, with the place at which it was made. */
export interface PlacedEdit {
  readonly line: number;
  readonly col: number;
  /** `scores.total.range[1]` */
  readonly path: string;
  readonly kind: string;
  /** `27 → 26` */
  readonly change: string;
  /** Why the edited definition means the same; absent where nothing noticed the edit. */
  readonly proof?: string;
}

/** How well what stands beside a definition or a pathway guards it. */
export interface ProveReport {
  readonly file: string;
  /**
   * `guarded`: every edit is noticed or proved to change nothing. `unguarded`: some are not. `refused`: the definition has no
   * rules. `problems`: it or its cases do not load, or a case does not hold.
   */
  readonly status: 'guarded' | 'unguarded' | 'refused' | 'problems';
  readonly id: string | null;
  readonly problems: readonly DefinitionProblem[];
  /** Names of the cases, and of the facts entered a second time, that do not hold of the definition as it stands. */
  readonly failing: readonly string[];
  /** Where the cases of a pathway do not hold. Of a definition's, `caseness check` says it. */
  readonly differences?: readonly { readonly case: string; readonly says: string }[];
  /** `null` where there was nothing to edit. */
  readonly edits: {
    readonly tried: number;
    readonly byLoader: number;
    readonly byCase: number;
    /** Noticed by the second entry of a fact that no answer shows. */
    readonly byFact: number;
    readonly equivalent: readonly PlacedEdit[];
    readonly unnoticed: readonly PlacedEdit[];
  } | null;
}
