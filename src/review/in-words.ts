import type { Syntax } from '../formula/syntax.js';

/**
 * A formula in plain words, for a reader who does not know the formula language. The formula itself stands beside it on
 * the sheet and is what counts.
 */
export function inWords(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'number':
      return syntax.text;
    case 'boolean':
      return syntax.value ? 'always' : 'never';
    case 'name':
      return syntax.name;
    case 'range':
      return `${syntax.from} to ${syntax.to}`;
    case 'members':
      return `each ${syntax.panel}'s ${inWords(syntax.body)}`;
    case 'compare':
      return comparison(syntax);
    case 'is':
      return `${inWords(syntax.subject)} is ${syntax.negated ? 'not ' : ''}'${syntax.code}'`;
    case 'and':
    case 'or':
      return `${joined(syntax.left, syntax.kind)} ${syntax.kind} ${joined(syntax.right, syntax.kind)}`;
    case 'not':
      return `not (${inWords(syntax.operand)})`;
    case 'negate':
      return `minus ${inWords(syntax.operand)}`;
    case 'arithmetic':
      return `${grouped(syntax.left)} ${OPERATIONS[syntax.operator]} ${grouped(syntax.right)}`;
    case 'if':
      return `if ${inWords(syntax.test)}, ${inWords(syntax.then)}; otherwise ${inWords(syntax.else)}`;
    case 'call':
      return call(syntax);
    case 'by':
      return syntax.branches.map(([value, branch]) => `${value}: ${inWords(branch)}`).join('; ');
    case 'verb':
      return `${syntax.subject} ${syntax.verb.replace('-', ' ')} ${syntax.object}`;
  }
}

const OPERATIONS = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divided by' } as const;
const COMPARISONS = {
  '=': 'is',
  '!=': 'is not',
  '<': 'is below',
  '>': 'is above',
  '<=': 'is',
  '>=': 'is',
} as const;

function comparison({ operator, left, right }: Extract<Syntax, { kind: 'compare' }>): string {
  const end = operator === '>=' ? ' or more' : operator === '<=' ? ' or less' : '';
  return `${inWords(left)} ${COMPARISONS[operator]} ${inWords(right)}${end}`;
}

function joined(side: Syntax, kind: 'and' | 'or'): string {
  return (side.kind === 'and' || side.kind === 'or') && side.kind !== kind
    ? `(${inWords(side)})`
    : inWords(side);
}

function grouped(side: Syntax): string {
  return side.kind === 'arithmetic' ? `(${inWords(side)})` : inWords(side);
}

function listed(parts: readonly string[], word: string): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} ${word} ${parts[parts.length - 1]}`;
}

function call({ name, of, by }: Extract<Syntax, { kind: 'call' }>): string {
  const parts = of.map(inWords);
  const keyed = by === undefined ? '' : `, scored by the keying '${by}'`;
  switch (name) {
    case 'sum':
      return `the sum of ${listed(parts, 'and')}${keyed}`;
    case 'mean':
      return `the mean of ${listed(parts, 'and')}${keyed}`;
    case 'max':
      return `the highest of ${listed(parts, 'and')}${keyed}`;
    case 'min':
      return `the lowest of ${listed(parts, 'and')}${keyed}`;
    case 'count':
      return `how many hold: ${parts.join('; ')}${keyed}`;
    case 'any':
      return `at least one of (${parts.join('; ')})`;
    case 'all':
      return `all of (${parts.join('; ')})`;
    case 'round':
      return `${parts[0]} rounded to ${parts[1]} decimals`;
    case 'table':
      return `the value for ${parts[1]} in the table '${parts[0]}'`;
  }
}
