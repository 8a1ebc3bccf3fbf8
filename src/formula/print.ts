import { isBareCode } from './lex.js';
import type { Syntax } from './syntax.js';

/** How tightly a form holds together; a form stands bare wherever at least its own tightness is asked for. */
const TIGHTNESS = {
  whole: 0,
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  primary: 7,
} as const;

const tightness = (syntax: Syntax): number => {
  switch (syntax.kind) {
    case 'if':
      return TIGHTNESS.whole;
    case 'or':
    case 'and':
    case 'not':
      return TIGHTNESS[syntax.kind];
    case 'compare':
    case 'is':
    case 'verb':
      return TIGHTNESS.comparison;
    case 'arithmetic':
      return syntax.operator === '+' || syntax.operator === '-' ? TIGHTNESS.sum : TIGHTNESS.product;
    default:
      return TIGHTNESS.primary;
  }
};

const code = (text: string): string =>
  isBareCode(text) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const printAt = (syntax: Syntax, least: number): string =>
  tightness(syntax) < least ? `(${print(syntax)})` : print(syntax);

/**
 * The canonical text of a formula: single spaces, and no parentheses but those that it needs. Parsing it gives the same
 * tree up to spans, for every tree that text can give (`by` stands in YAML, not in text, and is shown as it stands there).
 *
 * @example
 * const span = { start: 0, end: 0 };
 * const q9 = { kind: 'name', name: 'q9', span } as const;
 * const one = { kind: 'number', text: '1', span } as const;
 * console.assert(print({ kind: 'compare', operator: '>=', left: q9, right: one, span }) === 'q9 >= 1');
 */
export const print = (syntax: Syntax): string => {
  switch (syntax.kind) {
    case 'number':
      return syntax.text;
    case 'boolean':
      return syntax.value ? 'true' : 'false';
    case 'name':
      return syntax.name;
    case 'range':
      return `${syntax.from}..${syntax.to}`;
    case 'members':
      return `${syntax.panel}.* : ${print(syntax.body)}`;
    case 'compare':
      return `${printAt(syntax.left, TIGHTNESS.sum)} ${syntax.operator} ${printAt(syntax.right, TIGHTNESS.sum)}`;
    case 'is':
      return `${printAt(syntax.subject, TIGHTNESS.primary)} is ${syntax.negated ? 'not ' : ''}${code(syntax.code)}`;
    case 'or':
    case 'and': {
      const own = TIGHTNESS[syntax.kind];
      return `${printAt(syntax.left, own)} ${syntax.kind} ${printAt(syntax.right, own + 1)}`;
    }
    case 'not':
      return `not ${printAt(syntax.operand, TIGHTNESS.not)}`;
    case 'negate':
      return syntax.operand.kind === 'number' ? `-${syntax.operand.text}` : `-(${print(syntax.operand)})`;
    case 'arithmetic': {
      const own = tightness(syntax);
      return `${printAt(syntax.left, own)} ${syntax.operator} ${printAt(syntax.right, own + 1)}`;
    }
    case 'if':
      return `if ${printAt(syntax.test, TIGHTNESS.or)} then ${print(syntax.then)} else ${print(syntax.else)}`;
    case 'call':
      return `${syntax.name}(${syntax.of.map(print).join(', ')}${syntax.by === undefined ? '' : ` by ${syntax.by}`})`;
    case 'by':
      return `{ by: ${[syntax.context, ...syntax.branches.map(([value, of]) => `${value}: ${print(of)}`)].join(', ')} }`;
    case 'verb':
      return `${syntax.subject} ${syntax.verb.replace('-', ' ')} ${syntax.object}`;
  }
};
