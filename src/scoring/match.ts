import type { Either } from 'fp-ts/Either';

/**
 * Takes an `Either` apart, for those who never saw one: the first function gets what went wrong, the second what went well.
 *
 * @example
 * import { match, score } from 'caseness';
 * import { phq2 } from 'caseness/instruments/phq-2';
 *
 * const total = match(
 *   score(phq2, { q1: 2, q2: 1 }),
 *   (error) => error.problems.map((problem) => problem.message).join(' '),
 *   (result) => result.scores.total.status,
 * );
 * console.assert(total === 'complete');
 */
export function match<L, R, A, B>(
  either: Either<L, R>,
  onLeft: (left: L) => A,
  onRight: (right: R) => B,
): A | B {
  return either._tag === 'Left' ? onLeft(either.left) : onRight(either.right);
}
