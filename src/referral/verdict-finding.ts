import { isLeft } from 'fp-ts/Either';
import type {
  BandResult,
  Basis,
  CutOffResult,
  Instrument,
  Result,
  VariableIndex,
} from '../instrument/index.js';
import { type Account, compare, type Evidence, type Leaf, type Open } from './finding.js';
import { ABSENT, FALSE, TRUE, type Truth, UNKNOWN } from './kleene.js';
import type { Placed } from './readings.js';
import { cutOffShown, levelShown, numberShown, openFlagsShown } from './shown.js';

type VerdictLeaf = Extract<Leaf, { readonly op: 'meets' | 'level' | 'score' }>;

/** What a form says on a cut-off, a band or a score: absent where it does not apply, unknown where it could not be scored. */
export const verdictTruth = (leaf: VerdictLeaf, { outcome }: Placed): Truth =>
  isLeft(outcome) ? UNKNOWN : resultTruth(leaf, outcome.right);

const CUT_OFF_TRUTH: Readonly<Record<CutOffResult['status'], Truth>> = {
  met: TRUE,
  'not-met': FALSE,
  undecided: UNKNOWN,
  'not-applicable': ABSENT,
};

const resultTruth = (leaf: VerdictLeaf, result: Result): Truth => {
  switch (leaf.op) {
    case 'meets': {
      const cutOff = result.cutOffs[leaf.cutOff];
      return cutOff === undefined ? ABSENT : CUT_OFF_TRUTH[cutOff.status];
    }
    case 'level': {
      const band = result.bands[leaf.band];
      if (band === undefined || band.status === 'not-applicable') return ABSENT;
      if (band.status === 'decided') return leaf.levels.includes(band.level) ? TRUE : FALSE;
      let named = 0;
      for (const level of band.possible) if (leaf.levels.includes(level)) named += 1;
      return named === 0 ? FALSE : named === band.possible.length ? TRUE : UNKNOWN;
    }
    case 'score': {
      const score = result.scores[leaf.score];
      if (score === undefined || score.status === 'not-applicable') return ABSENT;
      return score.status === 'incomplete'
        ? compare(leaf.operator, score.bounds.lowest, score.bounds.highest, leaf.value)
        : compare(leaf.operator, score.value, score.value, leaf.value);
    }
  }
};

const verdictOf = (leaf: VerdictLeaf): string =>
  leaf.op === 'meets' ? leaf.cutOff : leaf.op === 'level' ? leaf.band : leaf.score;

/** Puts in words what `verdictTruth` found. */
export const tellVerdict = (leaf: VerdictLeaf, form: Placed, evidence: Evidence, account: Account): void => {
  const { instrument, outcome, on, derivedFrom } = form;
  const { because, open } = account;
  const verdict = verdictOf(leaf);
  if (isLeft(outcome) || resultTruth(leaf, outcome.right) === UNKNOWN) {
    because?.push({
      status: 'open',
      instrument: instrument.id,
      verdict,
      shown: `${instrument.short}: open: ${verdict}`,
    });
    if (open === null) return;
    if (isLeft(outcome)) {
      const items = [...new Set(outcome.left.problems.map(({ at }) => at))];
      open.push({ status: 'items', instrument, items });
    } else {
      open.push(...openOf(readsOf(leaf, instrument), form, outcome.right, evidence));
    }
    return;
  }
  if (because === null) return;
  const { shown, basis } = said(leaf, instrument, outcome.right);
  because.push({
    status: 'result',
    instrument: instrument.id,
    verdict,
    shown,
    on,
    basis,
    ...(derivedFrom === null ? {} : { derivedFrom }),
  });
};

/** A verdict that stands, in words; never without the critical flags that are open. */
const said = (
  leaf: VerdictLeaf,
  instrument: Instrument,
  result: Result,
): { readonly shown: string; readonly basis: Basis } => {
  const { program } = instrument;
  switch (leaf.op) {
    case 'meets': {
      const cutOff = result.cutOffs[leaf.cutOff];
      const shown = program.cutOffs
        .filter(({ id }) => id === leaf.cutOff)
        .map((each) => cutOffShown(instrument, result, each, leaf.shows, cutOff?.status === 'met'));
      return {
        shown: [...shown, openFlagsShown(instrument, openFlags(cutOff))].join(''),
        basis: basisOf(cutOff),
      };
    }
    case 'level': {
      const band = result.bands[leaf.band];
      const shown = program.bands
        .filter(({ id }) => id === leaf.band)
        .map((each) => levelShown(instrument, result, each, levelsOf(band)));
      return {
        shown: [...shown, openFlagsShown(instrument, openFlags(band))].join(''),
        basis: basisOf(band),
      };
    }
    case 'score': {
      const shown = program.scores
        .filter(({ id }) => id === leaf.score)
        .flatMap(({ id }) => result.scores[id] ?? [])
        .map((score) => numberShown(instrument, score));
      const open = program.flags
        .filter(({ id, critical }) => critical === true && result.flags[id]?.status === 'open')
        .map(({ id }) => id);
      const prorated = result.scores[leaf.score]?.status === 'prorated';
      return {
        shown: [...shown, openFlagsShown(instrument, open)].join(''),
        basis: prorated ? 'estimated' : 'proved',
      };
    }
  }
};

const levelsOf = (band: BandResult | undefined): readonly string[] =>
  band?.status === 'decided' ? [band.level] : band?.status === 'undecided' ? band.possible : NO_FLAG;

const basisOf = (verdict: BandResult | CutOffResult | undefined): Basis =>
  verdict !== undefined && 'basis' in verdict ? verdict.basis : 'proved';

const NO_FLAG: readonly string[] = [];

const openFlags = (verdict: BandResult | CutOffResult | undefined): readonly string[] =>
  (verdict !== undefined && 'flagOpen' in verdict ? verdict.flagOpen : undefined) ?? NO_FLAG;

const NO_READS: readonly VariableIndex[] = [];

const readsOf = (leaf: VerdictLeaf, { program }: Instrument): ReadonlySet<VariableIndex> => {
  switch (leaf.op) {
    case 'meets':
      return new Set(
        program.cutOffs
          .filter(({ id }) => id === leaf.cutOff)
          .flatMap(({ verdict, applies }) => [...verdict.reads, ...(applies?.reads ?? NO_READS)]),
      );
    case 'level':
      return new Set(
        program.bands
          .filter(({ id }) => id === leaf.band)
          .flatMap(({ of, levels }) => [
            ...program.scores.filter((_, at) => at === of).flatMap(({ reads }) => reads),
            ...levels.flatMap(({ verdict }) => verdict?.reads ?? NO_READS),
          ]),
      );
    case 'score':
      return new Set(program.scores.filter(({ id }) => id === leaf.score).flatMap(({ reads }) => reads));
  }
};

/** The items and the context that would settle a verdict on this form. */
const openOf = (
  reads: ReadonlySet<VariableIndex>,
  { instrument }: Placed,
  { ask, inconsistent, scores }: Result,
  { pathway, states }: Evidence,
): readonly Open[] => {
  const contradicted = inconsistent.flatMap((each) => each.items);
  const wanted = new Set([...ask.first, ...ask.now, ...ask.later, ...contradicted]);
  for (const score of Object.values(scores))
    if (score.status === 'incomplete') for (const item of score.missing) wanted.add(item);
  const read = instrument.program.variables.filter((_, at) => reads.has(at));
  const open = read.filter(({ id }) => wanted.has(id));
  const context = ask.context.filter((name) => read.some(({ id }) => id === name));
  const facts = context.flatMap((name): readonly Open[] => {
    const fact = pathway.context[name];
    if (fact === undefined) return [];
    return [
      { status: states.get(fact)?.state.status === 'not-given' ? 'fact-not-given' : 'fact-not-asked', fact },
    ];
  });
  return open.length > 0 || facts.length === 0
    ? [{ status: 'items', instrument, items: open.map(({ id }) => id) }, ...facts]
    : facts;
};
