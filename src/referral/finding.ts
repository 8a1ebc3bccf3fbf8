import type { ComparisonOperator } from '../formula/syntax.js';
import type { Instrument } from '../instrument/index.js';
import { type Truth, truth } from './kleene.js';
import type { Condition, Pathway } from './pathway.js';
import type { States } from './person.js';
import type { Because } from './plan.js';
import type { Placed } from './readings.js';

/** All that rules read: the forms, and the facts about the person. */
export interface Evidence {
  readonly pathway: Pathway;
  readonly states: States;
  readonly byInstrument: ReadonlyMap<string, readonly Placed[]>;
}

/** A condition that holds no other. */
export type Leaf = Exclude<Condition, { readonly op: 'and' | 'or' | 'not' }>;

/** What stands open, and what would settle it. */
export type Open =
  | { readonly status: 'fact-not-asked'; readonly fact: string }
  | { readonly status: 'fact-not-given'; readonly fact: string }
  /** `flag`: a flag's items are asked now, not later. */
  | { readonly status: 'items' | 'flag'; readonly instrument: Instrument; readonly items: readonly string[] };

/**
 * Where the words about a condition go: what speaks for it, and what would settle it. `null` where nobody reads them: most
 * conditions are evaluated and never shown.
 */
export interface Account {
  readonly because: Because[] | null;
  readonly open: Open[] | null;
}

/** A comparison of anything from `lowest` to `highest` with a number. */
export const compare = (
  operator: ComparisonOperator,
  lowest: number,
  highest: number,
  value: number,
): Truth => {
  const decided = (all: boolean, none: boolean): Truth => truth(all ? true : none ? false : null);
  switch (operator) {
    case '>=':
      return decided(lowest >= value, highest < value);
    case '>':
      return decided(lowest > value, highest <= value);
    case '<=':
      return decided(highest <= value, lowest > value);
    case '<':
      return decided(highest < value, lowest >= value);
    case '=':
      return decided(lowest === value && highest === value, lowest > value || highest < value);
    case '!=':
      return decided(lowest > value || highest < value, lowest === value && highest === value);
  }
};
