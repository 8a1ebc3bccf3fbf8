import { isLeft } from 'fp-ts/Either';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { Model, ModelItem, ModelScore } from '../../src/formula/model.js';
import type { Program } from '../../src/formula/normal-form.js';
import type {
  BandResult,
  CutOffResult,
  Instrument,
  QuantityResult,
  Result,
  ScoreResult,
} from '../../src/instrument/index.js';
import { type Form, meaning, type Possibilities } from '../oracle/meaning.js';
import { resultOf } from './forms.js';

/*
 * What the engine says of a form, held against what the enumeration of its completions gives. Both sides are brought to one
 * plain shape, so that a difference can be read.
 */

const NOT_APPLICABLE = 'not-applicable';

/** A fictional instrument around a program. */
export const instrumentOf = (program: Program): Instrument => ({
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

/** The program of a definition that the language accepts; throws with its problems where it does not. */
export function programOf(model: Model): Program {
  const lowered = lowerModel(model);
  if (isLeft(lowered))
    throw new Error(lowered.left.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return lowered.right;
}

const toNumber = (fraction: string): number => {
  const [top, bottom = '1'] = fraction.split('/');
  return Number(top) / Number(bottom);
};

const saidOfNumber = (number: ScoreResult | QuantityResult | undefined): readonly number[] | string => {
  switch (number?.status) {
    case 'complete':
      return [number.value, number.value];
    case 'incomplete':
    case 'prorated':
      return [number.bounds.lowest, number.bounds.highest];
    default:
      return number?.status ?? 'nothing';
  }
};

/** What is possible, least and greatest; completions in which no item applies have no value. */
const trueOfNumber = (values: ReadonlySet<string>): readonly number[] | string => {
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

/** One thing that the engine says otherwise than the oracle. */
export interface Difference {
  readonly what: string;
  readonly said: unknown;
  readonly meant: unknown;
}

/**
 * Quantities are shown rounded, and bounded by the bounds of their parts: of an open one all that is possible lies inside.
 */
const isTrueOfQuantity = (
  quantity: QuantityResult | undefined,
  values: ReadonlySet<string>,
  places: number,
): boolean => {
  const [said, meant] = [saidOfNumber(quantity), trueOfNumber(values)];
  if (typeof meant === 'string' || typeof said === 'string') return said === meant;
  const shown = meant.map((one) => Number(one.toFixed(places)));
  const [lowest, highest] = [Math.min(...shown), Math.max(...shown)];
  // The last place shown may be rounded otherwise by `toFixed`, which does not round half away.
  const near = 10 ** -places;
  const [low, high] = [said[0] ?? Number.NaN, said[1] ?? Number.NaN];
  return (
    low <= lowest + near && high >= highest - near && (quantity?.status !== 'complete' || lowest === highest)
  );
};

/** Everything that the engine says otherwise than the oracle. */
export function differencesBetween(
  program: Program,
  truth: Possibilities,
  result: Result,
): readonly Difference[] {
  const found: Difference[] = [];
  const same = (what: string, said: unknown, meant: unknown): void => {
    if (JSON.stringify(said) !== JSON.stringify(meant)) found.push({ what, said, meant });
  };
  for (const [id, values] of truth.scores)
    same(`score ${id}`, saidOfNumber(result.scores[id]), trueOfNumber(values));
  for (const { id, places } of program.quantities) {
    const values = truth.quantities.get(id);
    if (values === undefined || isTrueOfQuantity(result.quantities[id], values, places)) continue;
    found.push({ what: `quantity ${id}`, said: saidOfNumber(result.quantities[id]), meant: [...values] });
  }
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
}

/** Items of a plain sum over one range, where no gate is about them and each has points that are numbers; else none. */
const itemsSummed = (model: Model, score: ModelScore): readonly PlainItem[] => {
  const range =
    typeof score.formula === 'string' ? /^sum\((\S+?)(?:\.\.(\S+))?\)$/.exec(score.formula) : null;
  const place = (name: string | undefined): number =>
    model.items.findIndex(
      ({ id }) => id === name || (score.member !== undefined && id === `${score.member}.${name}`),
    );
  const [first, last] = [place(range?.[1]), place(range?.[2] ?? range?.[1])];
  if (range === null || first < 0 || last < first || model.gates.length > 0) return [];
  const items = model.items
    .slice(first, last + 1)
    .filter(({ member }) => member === model.items[first]?.member);
  const plain = items.filter(isPlain);
  return plain.length === items.length ? plain : [];
};

type PlainItem = Extract<ModelItem, { readonly kind: 'choice' }>;
const isPlain = (item: ModelItem): item is PlainItem =>
  item.kind === 'choice' && item.options.every(({ points }) => typeof points === 'number');

/**
 * What a missing rule changes that it may not, or gives that is not the mean of the answered items for each missing one,
 * reckoned by hand where the score is a plain sum that no gate touches.
 */
function differencesOfEstimates(
  model: Model,
  form: Form,
  plain: Result,
  estimated: Result,
): readonly Difference[] {
  const found: Difference[] = [];
  const same = (what: string, said: unknown, meant: unknown): void => {
    if (JSON.stringify(said) !== JSON.stringify(meant)) found.push({ what, said, meant });
  };
  for (const score of model.scores) {
    const [before, now] = [plain.scores[score.id], estimated.scores[score.id]];
    same(`bounds of ${score.id}`, saidOfNumber(now), saidOfNumber(before));
    if (now?.status !== 'prorated') continue;
    same(`imputed in ${score.id}`, now.imputed, before?.status === 'incomplete' ? before.missing : []);
    const items = itemsSummed(model, score);
    const points = items.flatMap(
      ({ id, options }) => options.find(({ code }) => code === form.answers[id]) ?? [],
    );
    const total = points.reduce((sum, one) => sum + Number(one.points), 0);
    if (points.length === 0) continue;
    const mean = (total * items.length) / points.length;
    same(`estimate of ${score.id}`, now.value.toFixed(9), mean.toFixed(9));
  }
  for (const { id } of model.cutOffs) {
    const [before, now] = [plain.cutOffs[id], estimated.cutOffs[id]];
    // Why it stays open may be another: that an estimate may not claim a negative.
    if (now?.status !== before?.status)
      same(`cut-off ${id} before its estimate`, before?.status, 'undecided');
  }
  return found;
}

/** A definition that the language accepts, ready to be asked of forms by engine and oracle alike. */
export interface Compared {
  /** What the engine says, what is true, and where they differ. A verdict of more than `limit` completions is left aside. */
  readonly of: (
    form: Form,
    limit?: number,
  ) => {
    readonly result: Result;
    readonly truth: Possibilities;
    readonly differences: readonly Difference[];
  };
}

/** Engine and oracle over one definition. */
export function comparison(model: Model, program: Program): Compared {
  const { possibilities } = meaning(model);
  const instrument = instrumentOf(program);
  const missingRules = [
    ...new Set(model.scores.flatMap(({ missingRules: rules }) => rules.map(({ id }) => id))),
  ];
  return {
    of: (form, limit) => {
      const { answers, context, administered = [] } = form;
      const truth = possibilities(form, limit);
      const result = resultOf(instrument, answers, context, { administered });
      const estimated = missingRules.map((missing) =>
        resultOf(instrument, answers, context, { administered, missing }),
      );
      const differences = [
        ...differencesBetween(program, truth, result),
        ...estimated.flatMap((one) => differencesOfEstimates(model, form, result, one)),
      ];
      return { result, truth, differences };
    },
  };
}
