/** Place of a piece of formula text: offsets into the text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type FunctionName = 'sum' | 'mean' | 'min' | 'max' | 'count' | 'any' | 'all' | 'round' | 'table';
/** Only in referral rules: `audit.uk at-least higher-risk`, `gad-7 meets caseness-8`, `phq-9 raises self-harm`. */
export type Verb = 'meets' | 'raises' | 'at-least' | 'at-most';

/** The syntax tree of a formula. */
export type Syntax = { readonly span: Span } & (
  | { readonly kind: 'number' /** decimal text as written */; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'name'; readonly name: string }
  /** `q1..q9` */
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  /** `substance.* : condition or score` */
  | { readonly kind: 'members'; readonly panel: string; readonly body: Syntax }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Syntax;
      readonly right: Syntax;
    }
  /** `q9 is yes`, `q1 is not "3a"` */
  | { readonly kind: 'is'; readonly subject: Syntax; readonly code: string; readonly negated: boolean }
  | { readonly kind: 'and' | 'or'; readonly left: Syntax; readonly right: Syntax }
  | { readonly kind: 'not' | 'negate'; readonly operand: Syntax }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Syntax;
      readonly right: Syntax;
    }
  | { readonly kind: 'if'; readonly test: Syntax; readonly then: Syntax; readonly else: Syntax }
  /** `by` is a keying: `sum(q1..q12 by cghq)`. */
  | {
      readonly kind: 'call';
      readonly name: FunctionName;
      readonly of: readonly Syntax[];
      readonly by?: string;
    }
  /** `{ by: sex, female: …, male: … }` in a definition. */
  | {
      readonly kind: 'by';
      readonly context: string;
      readonly branches: readonly (readonly [string, Syntax])[];
    }
  | { readonly kind: 'verb'; readonly verb: Verb; readonly subject: string; readonly object: string }
);

export interface FormulaError {
  readonly code: string;
  readonly span: Span;
  /** What is wrong and what to do. */
  readonly message: string;
  readonly didYouMean?: string;
}
