import type { NumberNode, Program, Variable } from './normal-form.js';

/**
 * Whether something of the normal form holds, or can come to, a number that a double does not hold exactly. Every sum,
 * product and partial sum on the way is counted, at its greatest magnitude.
 */
export function tooLarge(part: unknown, program: Program): boolean {
  if (typeof part === 'number') return !Number.isSafeInteger(part);
  if (Array.isArray(part)) return part.some((one) => tooLarge(one, program));
  if (typeof part !== 'object' || part === null) return false;
  if ('op' in part && part.op === 'polynomial' && 'of' in part) {
    return (
      tooLargeSum(part.of, program.variables) || Object.values(part).some((one) => tooLarge(one, program))
    );
  }
  if (isNumberNode(part) && !(sizeOf(part, program) <= Number.MAX_SAFE_INTEGER)) return true;
  return Object.values(part).some((one) => tooLarge(one, program));
}

const NUMBER_OPS = new Set(['accumulator', 'score', 'linear', 'table', 'round']);

/** The normal form's tags tell numbers from tests: no test has one of these. */
const isNumberNode = (part: object): part is NumberNode =>
  'op' in part && typeof part.op === 'string' && NUMBER_OPS.has(part.op);

/** Greatest magnitude that a number can have. */
function sizeOf(node: NumberNode, program: Program): number {
  switch (node.op) {
    case 'accumulator': {
      const one = program.accumulators[node.at];
      const sizes = (one?.terms ?? []).map(([variable, points]) =>
        typeof points === 'number'
          ? Math.abs(points) * greatest(program.variables[variable])
          : Math.max(...points.map(Math.abs)),
      );
      return (Math.abs(one?.base ?? 0) + sizes.reduce((a, b) => a + b, 0)) * (one?.share ?? 1);
    }
    case 'score': {
      const score = program.scores[node.at];
      return score === undefined ? 0 : sizeOf(score.value, program);
    }
    case 'linear':
      return node.terms.reduce(
        (total, [factor, of]) => total + Math.abs(factor) * sizeOf(of, program),
        Math.abs(node.base),
      );
    case 'indicator':
      return 1;
    case 'if':
      return Math.max(sizeOf(node.then, program), sizeOf(node.else, program));
    case 'max':
    case 'min':
      return Math.max(...node.of.map((one) => sizeOf(one, program)));
    case 'table':
      return Math.max(...node.values.map(Math.abs), sizeOf(node.of, program));
    case 'round':
      return sizeOf(node.of, program);
  }
}

const greatest = (variable: Variable | undefined): number => (variable?.kind === 'number' ? variable.max : 0);

function tooLargeSum(of: unknown, variables: readonly Variable[]): boolean {
  if (!Array.isArray(of)) return false;
  const sizes = of.map((one: { readonly times: number; readonly of: readonly number[] }) =>
    one.of.reduce((size, variable) => size * greatest(variables[variable]), Math.abs(one.times)),
  );
  return !(sizes.reduce((a, b) => a + b, 0) <= Number.MAX_SAFE_INTEGER);
}
