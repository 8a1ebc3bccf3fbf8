import type { BandResult, CutOffResult, FlagResult, Result, ScoreResult } from '../../instrument/index.js';

/** What an instrument says on a form. */
export type PartKind = 'score' | 'quantity' | 'band' | 'cut-off' | 'flag';

/** Everything that one reading of a form says, by part: `band uk` → `['higher-risk']`. */
export type Said = ReadonlyMap<string, Outcome>;

/**
 * What a form says on one part: the one value, level or side; or all that are still possible (of a number its lowest and
 * highest); nothing where it does not apply. A score is its printed value.
 */
export type Outcome = readonly string[];

export const MET: Outcome = ['met'];
export const NOT_MET: Outcome = ['not met'];
export const MET_OR_NOT: Outcome = ['met', 'not met'];
export const RAISED: Outcome = ['raised'];
export const NOT_RAISED: Outcome = ['not raised'];
export const RAISED_OR_NOT: Outcome = ['raised', 'not raised'];
export const DOES_NOT_APPLY: Outcome = [];

export function partKey(kind: PartKind, id: string): string {
  return `${kind} ${id}`;
}

/** `moderate`, `mild or moderate`, `3 to 5`, `not applicable`. */
export function outcomeText(kind: PartKind, outcome: Outcome): string {
  if (outcome.length === 0) return 'not applicable';
  return outcome.join(kind === 'score' || kind === 'quantity' ? ' to ' : ' or ');
}

/** The lowest and highest printed value, in one word where they are the same. */
export function between(lowest: number, highest: number): Outcome {
  return lowest === highest ? [String(lowest)] : [String(lowest), String(highest)];
}

/** What a result of the engine says, part by part. */
export function saidBy({ scores, quantities, bands, cutOffs, flags }: Result): Said {
  const said = new Map<string, Outcome>();
  const add = <R>(kind: PartKind, results: Readonly<Record<string, R>>, of: (result: R) => Outcome): void => {
    for (const [id, result] of Object.entries(results)) said.set(partKey(kind, id), of(result));
  };
  add('score', scores, scoreOutcome);
  add('quantity', quantities, (result) =>
    result.status === 'complete'
      ? [String(result.value)]
      : result.status === 'incomplete'
        ? between(result.bounds.lowest, result.bounds.highest)
        : DOES_NOT_APPLY,
  );
  add('band', bands, bandOutcome);
  add('cut-off', cutOffs, cutOffOutcome);
  add('flag', flags, flagOutcome);
  return said;
}

function scoreOutcome(result: ScoreResult): Outcome {
  switch (result.status) {
    case 'complete':
      return [String(result.value)];
    case 'prorated':
      return [`about ${result.value}`];
    case 'incomplete':
      return between(result.bounds.lowest, result.bounds.highest);
    case 'not-applicable':
      return DOES_NOT_APPLY;
  }
}

function bandOutcome(result: BandResult): Outcome {
  if (result.status === 'not-applicable') return DOES_NOT_APPLY;
  return result.status === 'decided' ? [result.level] : result.possible;
}

function cutOffOutcome({ status }: CutOffResult): Outcome {
  if (status === 'not-applicable') return DOES_NOT_APPLY;
  return status === 'met' ? MET : status === 'not-met' ? NOT_MET : MET_OR_NOT;
}

function flagOutcome({ status }: FlagResult): Outcome {
  if (status === 'not-applicable') return DOES_NOT_APPLY;
  return status === 'raised' ? RAISED : status === 'not-raised' ? NOT_RAISED : RAISED_OR_NOT;
}

/** Outcomes as whole numbers: the same number for the same outcome. */
export class OutcomeNumbers {
  readonly #known = new Map<string, number>();
  readonly #all: Outcome[] = [];

  numberOf(outcome: Outcome): number {
    const key = JSON.stringify(outcome);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#all.push(outcome);
    this.#known.set(key, this.#all.length - 1);
    return this.#all.length - 1;
  }

  outcomeOf(number: number): Outcome {
    return this.#all[number] as Outcome;
  }
}
