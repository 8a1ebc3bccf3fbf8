import type { VariableIndex } from './normal-form.js';
import type { Rational } from './rational.js';
import type { ComparisonOperator, Span } from './syntax.js';

/** Where a piece of a formula was written. */
export interface Origin {
  readonly span: Span;
  /** Set on the tree of a whole branch of `{ by: … }`: spans from here on are offsets into that branch's text. */
  readonly branch?: string;
}

/** A formula with every name resolved, ranges and panels written out, and types checked. Numbers are exact. */
export type NumberTree = Origin &
  (
    | { readonly kind: 'constant'; readonly value: Rational }
    /** A choice item as its points, by choice, under the keying in force. */
    | { readonly kind: 'points'; readonly variable: VariableIndex; readonly points: readonly Rational[] }
    /** A number item (or age) as its value. */
    | { readonly kind: 'measurement'; readonly variable: VariableIndex }
    /** A score, by its index in the model. */
    | { readonly kind: 'score'; readonly at: number }
    /** A quantity, by its index in the model. */
    | { readonly kind: 'quantity'; readonly at: number }
    | { readonly kind: 'sum' | 'mean' | 'max' | 'min'; readonly of: readonly NumberTree[] }
    | { readonly kind: 'negate'; readonly of: NumberTree }
    | { readonly kind: 'product' | 'quotient'; readonly left: NumberTree; readonly right: NumberTree }
    | { readonly kind: 'count'; readonly of: readonly TestTree[] }
    | { readonly kind: 'if'; readonly test: TestTree; readonly then: NumberTree; readonly else: NumberTree }
    | { readonly kind: 'round'; readonly decimals: number; readonly of: NumberTree }
    | { readonly kind: 'table'; readonly table: string; readonly of: NumberTree }
    /** An argument about this one item: it drops out where the item is not applicable. */
    | { readonly kind: 'of-item'; readonly variable: VariableIndex; readonly of: NumberTree }
    /** A number of one panel member: it drops out where that member was not administered. */
    | { readonly kind: 'of-member'; readonly member: number; readonly of: NumberTree }
  );

/** A condition with every name resolved. */
export type TestTree = Origin &
  (
    | { readonly kind: 'constant'; readonly value: boolean }
    | {
        readonly kind: 'compare';
        readonly operator: ComparisonOperator;
        readonly left: NumberTree;
        readonly right: NumberTree;
        /** What is read outside calls: it does not hold where one of these is not applicable. */
        readonly needs: Needs;
      }
    | { readonly kind: 'choice'; readonly variable: VariableIndex; readonly choices: readonly number[] }
    | { readonly kind: 'and' | 'or'; readonly of: readonly TestTree[] }
    | { readonly kind: 'not'; readonly of: TestTree }
    | { readonly kind: 'if'; readonly test: TestTree; readonly then: TestTree; readonly else: TestTree }
    /** A condition of one panel member: it counts only where that member was administered. */
    | { readonly kind: 'of-member'; readonly member: number; readonly of: TestTree }
    /** An argument about this one item: where the item is not applicable it drops out, and so is as good as `absent`. */
    | {
        readonly kind: 'of-item';
        readonly variable: VariableIndex;
        readonly absent: boolean;
        readonly of: TestTree;
      }
  );

/** Items, and quantities by their index in the model. */
export interface Needs {
  readonly variables: readonly VariableIndex[];
  readonly quantities: readonly number[];
}

export type Typed =
  | { readonly type: 'number'; readonly tree: NumberTree }
  | { readonly type: 'boolean'; readonly tree: TestTree };
