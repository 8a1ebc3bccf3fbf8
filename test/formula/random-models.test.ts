import fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel, parseFormula, print } from '../../src/formula/index.js';
import { lowerFormulas } from '../../src/formula/lower-model.js';
import type { Model, ModelProblem } from '../../src/formula/model.js';
import type { Program } from '../../src/formula/normal-form.js';
import type {
  BandResult,
  CutOffResult,
  Instrument,
  Result,
  ScoreResult,
} from '../../src/instrument/index.js';
import { meaning, type Possibilities } from '../oracle/meaning.js';
import { arbitraryTrial, itemsOfScore, type Trial } from '../support/arbitrary-model.js';
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

const readsNumbers = (program: Program, score: number): boolean =>
  (program.scores[score]?.reads ?? []).some((v) => program.variables[v]?.kind === 'number');

/** Everything that the engine says otherwise than the oracle. */
const differences = (program: Program, truth: Possibilities, result: Result): readonly unknown[] => {
  const found: unknown[] = [];
  const same = (what: string, said: unknown, meant: unknown): void => {
    if (JSON.stringify(said) !== JSON.stringify(meant)) found.push({ what, said, meant });
  };
  for (const [id, values] of truth.scores)
    same(`score ${id}`, saidOfScore(result.scores[id]), trueOfScore(values));
  if (truth.contradictions.some(({ holds }) => holds === 'always')) return found;
  for (const band of program.bands) {
    const levels = truth.bands.get(band.id);
    // A form that may yet contradict itself can have a value that no consistent form reaches: no level holds it.
    if (levels === undefined || levels.has('no-level')) continue;
    const [said, meant] = [saidOfBand(result.bands[band.id]), trueOfBand(levels)];
    if (band.of !== undefined && readsNumbers(program, band.of)) {
      // Values between the ends of a measurement are not listed one by one: a level between them may be told too.
      const untold = meant.filter((level) => !said.includes(level));
      same(`band ${band.id}`, untold, []);
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

/** Whether an item can be not applicable. */
const dropsItems = ({ members, gates }: Model): boolean =>
  members.length > 0 || gates.some(({ effect }) => effect.kind === 'not-applicable');

/**
 * Whether a score names an item that cannot move it (`count(q2 = 1, q3 = 5)`, where no option of q3 has 5 points): when all
 * but such items are not applicable it is not settled whether the score is.
 */
const namesInVain = (model: Model): boolean => {
  const lowered = lowerFormulas(model);
  if (isLeft(lowered) || !dropsItems(model)) return false;
  return lowered.right.program.scores.some(({ id, items }) => {
    const score = model.scores.find((one) => one.id === id);
    return score === undefined || itemsOfScore(model, score).size !== items.length;
  });
};

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

  it('say of every partial form what the enumeration of its completions says', () => {
    let [tried, accepted, verdicts] = [0, 0, 0];
    fc.assert(
      fc.property(arbitraryTrial(FORMS), ({ model, forms }: Trial) => {
        tried += 1;
        const lowered = lowerModel(model);
        if (isLeft(lowered)) {
          const texts = textsOf(model);
          expect(lowered.left.filter((problem) => !isPlaced(problem, texts))).toEqual([]);
          if (!namesInVain(model)) expect(lowered.left.filter(isWorkedOut)).toEqual([]);
          return;
        }
        accepted += 1;
        if (namesInVain(model)) return;
        const oracle = meaning(model);
        const instrument = instrumentOf(lowered.right);
        for (const form of forms) {
          const { answers, context, administered = [] } = form;
          const truth = oracle.possibilities(form, MOST_COMPLETIONS);
          const result = resultOf(instrument, answers, context, { administered });
          verdicts += truth.scores.size + truth.bands.size + truth.cutOffs.size + truth.flags.size;
          expect({ form, found: differences(lowered.right, truth, result) }).toEqual({ form, found: [] });
        }
      }),
      { numRuns },
    );
    // A generator whose definitions are mostly refused, or say nothing, would prove little.
    expect(accepted).toBeGreaterThan(tried / 2);
    expect(verdicts).toBeGreaterThan(accepted * 4);
  });
});
