import fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel, parseFormula, print } from '../../src/formula/index.js';
import type { Model, ModelProblem } from '../../src/formula/model.js';
import { arbitraryTrial, type Kind, type Trial } from '../support/arbitrary-model.js';
import { comparison } from '../support/engine-against-oracle.js';

/*
 * The law of exactness on definitions at random: whatever the language accepts, the engine says of every partial form what
 * the enumeration of its completions says, no more and no less.
 */

/** Verdicts of a form with more completions than this are not tried. */
const MOST_COMPLETIONS = 3000;
const FORMS = 4;
const KINDS: readonly Kind[] = ['anything', 'dropping'];

/** Formula texts by the path of their entry. */
const textsOf = (model: Model): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  const visit = (part: unknown, where: readonly (string | number)[] | undefined): void => {
    if (typeof part !== 'object' || part === null) return;
    const entry = part as Readonly<Record<string, unknown>>;
    const own = Array.isArray(entry['where']) ? (entry['where'] as (string | number)[]) : where;
    for (const [key, value] of Object.entries(entry)) {
      if (key === 'where') continue;
      const name = key === 'applies' ? 'applies-when' : key;
      if (typeof value === 'string') texts.set(JSON.stringify([...(own ?? []), name]), value);
      else if (typeof value === 'object' && value !== null && 'branches' in value) {
        for (const [branch, text] of Object.entries(value.branches as Record<string, string>))
          texts.set(JSON.stringify([...(own ?? []), name, branch]), text);
      } else visit(value, own);
    }
  };
  visit(model, undefined);
  return texts;
};

/** A problem has a sentence, and the path of an entry; inside a formula, a piece of its text. */
const isPlaced = (problem: ModelProblem, texts: ReadonlyMap<string, string>): boolean => {
  if (problem.where.length === 0 || problem.message === '') return false;
  if (problem.span === undefined) return true;
  const text = texts.get(JSON.stringify(problem.where));
  const { start, end } = problem.span;
  // `{ by: … }` as a whole has no text of its own.
  if (text === undefined && start === 0 && end === 0) return true;
  return text !== undefined && start >= 0 && start < end && end <= text.length;
};

const bare = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));

/** What the oracle has worked out for the definition, so that a refusal for it is the engine's mistake. */
const isWorkedOut = ({ code }: ModelProblem): boolean =>
  code.startsWith('dead-') || ['range', 'level-ends', 'level-gap', 'stop-unproved'].includes(code);

const numRuns = fc.readConfigureGlobal()?.numRuns ?? 250;

describe('definitions at random', () => {
  it('print as they parse, and parse to the tree that was printed', () => {
    fc.assert(
      fc.property(arbitraryTrial(0), ({ trees }) => {
        for (const tree of trees) {
          const parsed = parseFormula(print(tree));
          expect(isLeft(parsed) ? parsed.left : bare(parsed.right)).toEqual(bare(tree));
        }
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    );
  });

  it.each(KINDS)('say of every partial form what the enumeration of its completions says: %s', (kind) => {
    let [tried, accepted, verdicts] = [0, 0, 0];
    fc.assert(
      fc.property(arbitraryTrial(FORMS, kind), ({ model, forms }: Trial) => {
        tried += 1;
        const lowered = lowerModel(model);
        if (isLeft(lowered)) {
          const texts = textsOf(model);
          expect(lowered.left.filter((problem) => !isPlaced(problem, texts))).toEqual([]);
          expect(lowered.left.filter(isWorkedOut)).toEqual([]);
          return;
        }
        accepted += 1;
        const compared = comparison(model, lowered.right);
        for (const form of forms) {
          const { truth, differences } = compared.of(form, MOST_COMPLETIONS);
          verdicts += truth.scores.size + truth.bands.size + truth.cutOffs.size + truth.flags.size;
          expect({ form, differences }).toEqual({ form, differences: [] });
        }
      }),
      { numRuns },
    );
    // A generator whose definitions are mostly refused, or say nothing, would prove little.
    expect(accepted).toBeGreaterThan(tried / 2);
    expect(verdicts).toBeGreaterThan(accepted * 4);
  });
});
