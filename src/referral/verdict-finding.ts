import { isLeft } from 'fp-ts/Either';
import type { Basis, Instrument, Result, VariableIndex } from '../instrument/index.js';
import { compare, type Evidence, type Finding, type Leaf, type Open, SETTLED } from './finding.js';
import { type Truth, truth, UNKNOWN } from './kleene.js';
import type { Because } from './plan.js';
import type { Placed } from './readings.js';
import { cutOffShown, levelShown, numberShown, openFlagsShown } from './shown.js';

type VerdictLeaf = Extract<Leaf, { readonly op: 'meets' | 'level' | 'score' }>;

/** What a verdict says, before its words. */
type Said =
  | {
      readonly status: 'said';
      readonly truth: Truth;
      readonly basis: Basis;
      /** Critical flags that are open: a verdict is never shown without them. */
      readonly flagOpen: readonly string[];
      readonly shown: () => string;
    }
  | { readonly status: 'open' }
  | { readonly status: 'absent' };

/** What a form says on a cut-off, a band or a score; nothing where it does not apply. */
export const verdictFinding = (leaf: VerdictLeaf, form: Placed, evidence: Evidence): readonly Finding[] => {
  const { instrument, outcome, on, derivedFrom } = form;
  const verdict = leaf.op === 'meets' ? leaf.cutOff : leaf.op === 'level' ? leaf.band : leaf.score;
  const base = { instrument: instrument.id, verdict };
  const open = (): Because => ({ ...base, status: 'open', shown: `${instrument.short}: open: ${verdict}` });
  if (isLeft(outcome)) {
    const items = [...new Set(outcome.left.problems.map(({ at }) => at))];
    return [{ truth: UNKNOWN, because: open, open: () => [{ status: 'items', instrument, items }] }];
  }
  const result = outcome.right;
  const said = say(leaf, instrument, result);
  if (said.status === 'absent') return [];
  if (said.status === 'open' || said.truth === UNKNOWN) {
    return [
      {
        truth: UNKNOWN,
        because: open,
        open: () => openOf(readsOf(leaf, instrument), form, result, evidence),
      },
    ];
  }
  const because = (): Because => ({
    ...base,
    status: 'result',
    shown: `${said.shown()}${openFlagsShown(instrument, said.flagOpen)}`,
    on,
    basis: said.basis,
    ...(derivedFrom === undefined ? {} : { derivedFrom }),
  });
  return [{ truth: said.truth, because, open: SETTLED }];
};

const NO_FLAG: readonly string[] = [];

const say = (leaf: VerdictLeaf, instrument: Instrument, result: Result): Said => {
  switch (leaf.op) {
    case 'meets': {
      const cutOff = result.cutOffs[leaf.cutOff];
      const program = instrument.program.cutOffs.find(({ id }) => id === leaf.cutOff);
      if (cutOff === undefined || program === undefined || cutOff.status === 'not-applicable')
        return { status: 'absent' };
      if (cutOff.status === 'undecided') return { status: 'open' };
      const { basis, flagOpen = NO_FLAG } = cutOff;
      const met = cutOff.status === 'met';
      const shown = () => cutOffShown(instrument, result, program, met);
      return { status: 'said', truth: truth(met), basis, flagOpen, shown };
    }
    case 'level': {
      const band = result.bands[leaf.band];
      const program = instrument.program.bands.find(({ id }) => id === leaf.band);
      if (band === undefined || program === undefined || band.status === 'not-applicable')
        return { status: 'absent' };
      const possible = band.status === 'decided' ? [band.level] : band.possible;
      const named = possible.filter((level) => leaf.levels.includes(level)).length;
      if (named > 0 && named < possible.length) return { status: 'open' };
      const { flagOpen = NO_FLAG } = band;
      const basis = band.status === 'decided' ? band.basis : 'proved';
      const shown = () => levelShown(instrument, result, program, possible);
      return { status: 'said', truth: truth(named > 0), basis, flagOpen, shown };
    }
    case 'score': {
      const score = result.scores[leaf.score];
      if (score === undefined || score.status === 'not-applicable') return { status: 'absent' };
      const { lowest, highest } =
        score.status === 'incomplete' ? score.bounds : { lowest: score.value, highest: score.value };
      const flagOpen = Object.keys(result.flags).filter(
        (flag) => result.flags[flag]?.status === 'open' && result.flags[flag]?.critical,
      );
      return {
        status: 'said',
        truth: compare(leaf.operator, lowest, highest, leaf.value),
        basis: score.status === 'prorated' ? 'estimated' : 'proved',
        flagOpen,
        shown: () => numberShown(instrument, score),
      };
    }
  }
};

const readsOf = (leaf: VerdictLeaf, { program }: Instrument): ReadonlySet<VariableIndex> => {
  switch (leaf.op) {
    case 'meets':
      return new Set(
        program.cutOffs
          .filter(({ id }) => id === leaf.cutOff)
          .flatMap(({ verdict, applies }) => [...verdict.reads, ...(applies?.reads ?? [])]),
      );
    case 'level':
      return new Set(
        program.bands
          .filter(({ id }) => id === leaf.band)
          .flatMap(({ of, levels }) => [
            ...program.scores.filter((_, at) => at === of).flatMap(({ reads }) => reads),
            ...levels.flatMap(({ verdict }) => verdict?.reads ?? []),
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
  const { variables, items } = instrument.program;
  const missing = Object.values(scores).flatMap((score) =>
    score.status === 'incomplete' ? score.missing : [],
  );
  const contradicted = inconsistent.flatMap((each) => each.items);
  const wanted = new Set([...ask.first, ...ask.now, ...ask.later, ...contradicted, ...missing]);
  const read = variables.filter((_, at) => reads.has(at));
  const open = variables.slice(0, items).filter((item) => read.includes(item) && wanted.has(item.id));
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
