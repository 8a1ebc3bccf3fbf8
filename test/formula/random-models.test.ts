import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel, parseFormula, print } from '../../src/formula/index.js';
import type { Model, ModelProblem } from '../../src/formula/model.js';
import type { Program } from '../../src/formula/normal-form.js';
import type { BandResult, CutOffResult, Instrument, Result, ScoreResult } from '../../src/instrument/index.js';
import { type Form, meaning, type Possibilities } from '../oracle/meaning.js';
import { arbitraryTrial, type Trial } from '../support/arbitrary-model.js';
import { resultOf } from '../support/forms.js';

/*
 * The law of exactness on definitions at random: whatever the language accepts, the engine says of every partial form what
 * the enumeration of its completions says, no more and no less.
 */

/** Verdicts of a form with more completions than this are not tried. */
const MOST_COMPLETIONS = 3000;
const FORMS = 4;
const NOT_APPLICABLE = 'not-applicable';

const instrumentOf = (program: Program): Instrument => ({
  id: 'trial',
  version: '1.0.0',
  title: 'A fictional trial',
  short: 'TRIAL',
  edition: null,
  digest: { scoring: '', document: '' },
  recall: null,
  minutes: null,
  validAge: null,
  restrictions: [],
  labels: program.variables.map(({ id }) => id),
  program,
  contains: {},
});

const toNumber = (fraction: string): number => {
  const [top, bottom = '1'] = fraction.split('/');
  return Number(top) / Number(bottom);
};

const saidOfScore = (score: ScoreResult | undefined): readonly number[] | string => {
  switch (score?.status) {
    case 'complete':
      return [score.value, score.value];
    case 'incomplete':
    case 'prorated':
      return [score.bounds.lowest, score.bounds.highest];
    default:
      return score?.status ?? 'nothing';
  }
};

/** What is possible, least and greatest; completions in which no item applies have no value. */
const trueOfScore = (values: ReadonlySet<string>): readonly number[] | string => {
  const numbers = [...values].filter((one) => one !== NOT_APPLICABLE).map(toNumber);
  return numbers.length === 0 ? NOT_APPLICABLE : [Math.min(...numbers), Math.max(...numbers)];
};

const saidOfBand = (band: BandResult | undefined): readonly string[] =>
  band?.status === 'decided'
    ? [band.level]
    : band?.status === 'undecided'
      ? [...band.possible].sort()
      : [band?.status ?? 'nothing'];

/** What applies to some completion only has no place in a result: the rest is what is told. */
const trueOfBand = (levels: ReadonlySet<string>): readonly string[] =>
  levels.size === 1 ? [...levels] : [...levels].filter((level) => level !== NOT_APPLICABLE).sort();

const saidOfCutOff = (cutOff: CutOffResult | undefined): string =>
  cutOff?.status === 'undecided' ? `undecided, ${cutOff.reason}` : (cutOff?.status ?? 'nothing');

const trueOfCutOff = (outcomes: ReadonlySet<string>): string => {
  if (outcomes.size === 1) return [...outcomes][0] ?? '';
  return outcomes.has(NOT_APPLICABLE) ? 'undecided, applicability' : 'undecided, missing';
};

const hasOpenNumber = (program: Program, of: number, form: Form): boolean =>
  (program.scores[of]?.reads ?? []).some((v) => {
    const variable = program.variables[v];
    return variable?.kind === 'number' && (v >= program.items || form.answers[variable.id] === undefined || true);
  });

/** Everything that the engine says otherwise than the oracle. */
const differences = (program: Program, form: Form, truth: Possibilities, result: Result): readonly unknown[] => {
  const found: unknown[] = [];
  const same = (what: string, said: unknown, meant: unknown): void => {
    if (JSON.stringify(said) !== JSON.stringify(meant)) found.push({ what, said, meant });
  };
  for (const [id, values] of truth.scores)
    same(`score ${id}`, saidOfScore(result.scores[id]), trueOfScore(values));
  if (truth.contradictions.some(({ holds }) => holds === 'always')) return found;
  for (const band of program.bands) {
    const levels = truth.bands.get(band.id);
    if (levels === undefined) continue;
    const [said, meant] = [saidOfBand(result.bands[band.id]), trueOfBand(levels)];
    // The values between the ends of a measurement are not listed: levels between are then told too.
    if (band.of !== undefined && hasOpenNumber(program, band.of, form)) {
      same(`band ${band.id}`, meant.filter((level) => !said.includes(level)), []);
    } else same(`band ${band.id}`, said, meant);
  }
  for (const [id, outcomes] of truth.cutOffs)
    same(`cut-off ${id}`, saidOfCutOff(result.cutOffs[id]), trueOfCutOff(outcomes));
  for (const [id, outcomes] of truth.flags) {
    const status = result.flags[id]?.status ?? 'nothing';
    same(`flag ${id}`, status === 'open' ? ['not-raised', 'raised'] : [status], [...outcomes].sort());
  }
  return found;
};

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

const isPlaced = (problem: ModelProblem, texts: ReadonlyMap<string, string>): boolean => {
  if (problem.where.length === 0 || problem.message === '') return false;
  if (problem.span === undefined) return true;
  const text = texts.get(JSON.stringify(problem.where));
  const { start, end } = problem.span;
  return text !== undefined && start >= 0 && start < end && end <= text.length;
};

const bare = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));

const DUMP = process.env['DUMP'];
const codes = new Map<string, number>();

describe('definitions at random', () => {
  it('say what the enumeration of completions says, and print as they parse', () => {
    let [tried, accepted, verdicts] = [0, 0, 0];
    fc.assert(
      fc.property(arbitraryTrial(FORMS), ({ model, trees, forms }: Trial) => {
        tried += 1;
        for (const tree of trees) {
          const parsed = parseFormula(print(tree));
          if (isLeft(parsed)) throw new Error(`${print(tree)}: ${parsed.left.map((e) => e.message).join()}`);
          expect(bare(parsed.right)).toEqual(bare(tree));
          expect(print(parsed.right)).toBe(print(tree));
        }
        const lowered = lowerModel(model);
        if (isLeft(lowered)) {
          for (const code of new Set(lowered.left.map((p) => p.code))) codes.set(code, (codes.get(code) ?? 0) + 1);
          const texts = textsOf(model);
          expect(lowered.left.filter((problem) => !isPlaced(problem, texts))).toEqual([]);
          const bad = lowered.left.filter(({ code }) => ['range', 'level-ends'].includes(code) || code.startsWith('dead-'));
          if (DUMP !== 'skip-dead') expect(bad).toEqual([]);
          return;
        }
        accepted += 1;
        const oracle = meaning(model);
        const instrument = instrumentOf(lowered.right);
        for (const form of forms) {
          const truth = oracle.possibilities(form, MOST_COMPLETIONS);
          const result = resultOf(instrument, form.answers, form.context, { administered: form.administered ?? [] });
          verdicts += truth.scores.size + truth.bands.size + truth.cutOffs.size + truth.flags.size;
          expect({ form, found: differences(lowered.right, form, truth, result) }).toEqual({ form, found: [] });
        }
      }),
      { numRuns: 300 },
    );
    console.log({ tried, accepted, verdicts }, codes);
    expect(accepted).toBeGreaterThan(tried / 3);
    void isRight;
  });
});
