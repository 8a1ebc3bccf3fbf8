import { isLeft } from 'fp-ts/Either';
import type { ComparisonOperator } from '../formula/syntax.js';
import type { Basis, FlagResult, Instrument, Result, VariableIndex } from '../instrument/index.js';
import { ABSENT, FALSE, isTrue, TRUE, type Truth, truth, UNKNOWN } from './kleene.js';
import type { Condition, Fact, Pathway } from './pathway.js';
import type { FactState } from './person.js';
import type { Because } from './plan.js';
import type { Placed } from './readings.js';
import { cutOffShown, factShown, flagTitle, levelShown, numberShown } from './shown.js';

/** All that rules read: the forms, and the facts about the person. */
export interface Evidence {
  readonly pathway: Pathway;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly states: ReadonlyMap<string, FactState>;
  readonly byInstrument: ReadonlyMap<string, readonly Placed[]>;
}

/** A condition that holds no other. */
export type Leaf = Exclude<Condition, { readonly op: 'and' | 'or' | 'not' }>;
type FactLeaf = Extract<Leaf, { readonly op: 'fact' | 'fact-number' }>;
type VerdictLeaf = Extract<Leaf, { readonly op: 'meets' | 'level' | 'score' }>;

/** What stands open, and what would settle it. */
export type Open =
  | { readonly status: 'fact-not-asked'; readonly fact: string }
  | { readonly status: 'fact-not-given'; readonly fact: string }
  /** `flag`: a flag's items are asked now, not later. */
  | { readonly status: 'items' | 'flag'; readonly instrument: Instrument; readonly items: readonly string[] };

/** One piece of evidence on a leaf. */
export interface Finding {
  readonly truth: Truth;
  readonly because: Because;
  readonly open: readonly Open[];
}

/** A leaf read: any finding that holds makes it true, and what differs stands side by side. */
export interface LeafReading {
  readonly truth: Truth;
  readonly findings: readonly Finding[];
}

const ANY: Readonly<Record<'none', LeafReading>> = { none: { truth: ABSENT, findings: [] } };

export const readLeaf = (leaf: Leaf, evidence: Evidence): LeafReading => {
  const findings = findingsOf(leaf, evidence);
  if (findings.length === 0) return ANY.none;
  if (findings.some((finding) => isTrue(finding.truth))) return { truth: TRUE, findings };
  return { truth: findings.some((finding) => finding.truth === UNKNOWN) ? UNKNOWN : FALSE, findings };
};

const formsOf = (evidence: Evidence, instrument: string): readonly Placed[] =>
  evidence.byInstrument.get(instrument) ?? [];

const findingsOf = (leaf: Leaf, evidence: Evidence): readonly Finding[] => {
  switch (leaf.op) {
    case 'fact':
    case 'fact-number':
      return [factFinding(leaf, evidence)];
    case 'raises':
      return formsOf(evidence, leaf.instrument).flatMap((form) => flagFinding(leaf.flag, form));
    case 'unrouted-critical-flag':
      return [...evidence.byInstrument.values()]
        .flat()
        .flatMap((form) =>
          form.instrument.program.flags
            .filter(
              ({ id, critical }) => critical === true && !leaf.routed.includes(`${form.instrument.id} ${id}`),
            )
            .flatMap(({ id }) => flagFinding(id, form)),
        );
    case 'meets':
    case 'level':
    case 'score':
      return formsOf(evidence, leaf.instrument).flatMap((form) =>
        form.status === 'current' ? verdictFinding(leaf, form, evidence) : [],
      );
  }
};

const factFinding = (leaf: FactLeaf, { facts, states }: Evidence): Finding => {
  const fact = facts.get(leaf.fact);
  const state = states.get(leaf.fact);
  if (fact === undefined || state === undefined) return unknownFact(leaf.fact, leaf.fact, false);
  if (state.status !== 'known') return unknownFact(fact.id, fact.question, state.status === 'not-given');
  const known =
    leaf.op === 'fact'
      ? truth(state.values.includes(leaf.value))
      : compare(leaf.operator, state.number, state.number, leaf.value);
  return {
    truth: known,
    because: { status: 'fact', fact: fact.id, shown: factShown(fact, state) },
    open: [],
  };
};

const unknownFact = (fact: string, question: string, asked: boolean): Finding => ({
  truth: UNKNOWN,
  because: { status: 'fact-not-given', fact, shown: `not given: ${question}` },
  open: [{ status: asked ? 'fact-not-given' : 'fact-not-asked', fact }],
});

/** Flags count on the newest form whatever they say, and on older forms in their window where they are raised. */
const flagFinding = (flag: string, form: Placed): readonly Finding[] => {
  const { instrument, status, on } = form;
  const flags: Readonly<Record<string, FlagResult>> = isLeft(form.outcome)
    ? form.outcome.left.flags
    : form.outcome.right.flags;
  const result = flags[flag];
  const title = flagTitle(instrument, flag);
  const base = { instrument: instrument.id, verdict: flag };
  if (result === undefined || result.status === 'not-applicable' || status === 'past') return [];
  if (result.status === 'open') {
    if (status !== 'current') return [];
    const because: Because = {
      ...base,
      status: 'open',
      shown: `${instrument.short}: not answered: ${title}`,
    };
    return [{ truth: UNKNOWN, because, open: [{ status: 'flag', instrument, items: result.items }] }];
  }
  const raised = result.status === 'raised';
  if (!raised && status !== 'current') return [];
  const response = instrument.program.flags.find(({ id }) => id === flag)?.response;
  const because: Because = {
    ...base,
    status: 'result',
    shown: `${instrument.short}: ${raised ? title : `not disclosed at this screen: ${title}`}`,
    on,
    basis: 'proved',
    ...derivation(form),
    ...(raised && result.critical ? { critical: true } : {}),
    ...(raised && response !== undefined ? { response } : {}),
  };
  return [{ truth: truth(raised), because, open: [] }];
};

const derivation = ({ derivedFrom }: Placed) => (derivedFrom === undefined ? {} : { derivedFrom });

/** What a verdict says, before its words. */
type Said =
  | { readonly status: 'said'; readonly truth: Truth; readonly shown: string; readonly basis: Basis }
  | { readonly status: 'open' }
  | { readonly status: 'absent' };

const verdictFinding = (leaf: VerdictLeaf, form: Placed, evidence: Evidence): readonly Finding[] => {
  const { instrument, outcome, on } = form;
  const verdict = leaf.op === 'meets' ? leaf.cutOff : leaf.op === 'level' ? leaf.band : leaf.score;
  const base = { instrument: instrument.id, verdict };
  const open: Because = { ...base, status: 'open', shown: `${instrument.short}: open: ${verdict}` };
  if (isLeft(outcome)) {
    const items = [...new Set(outcome.left.problems.map(({ at }) => at))];
    return [{ truth: UNKNOWN, because: open, open: [{ status: 'items', instrument, items }] }];
  }
  const said = say(leaf, instrument, outcome.right);
  if (said.status === 'absent') return [];
  if (said.status === 'open' || said.truth === UNKNOWN) {
    return [
      {
        truth: UNKNOWN,
        because: open,
        open: openOf(readsOf(leaf, instrument), form, outcome.right, evidence),
      },
    ];
  }
  const because: Because = {
    ...base,
    status: 'result',
    shown: said.shown,
    on,
    basis: said.basis,
    ...derivation(form),
  };
  return [{ truth: said.truth, because, open: [] }];
};

const say = (leaf: VerdictLeaf, instrument: Instrument, result: Result): Said => {
  switch (leaf.op) {
    case 'meets': {
      const cutOff = result.cutOffs[leaf.cutOff];
      if (cutOff === undefined || cutOff.status === 'not-applicable') return { status: 'absent' };
      if (cutOff.status === 'undecided') return { status: 'open' };
      const met = cutOff.status === 'met';
      const shown = cutOffShown(instrument, result, leaf.cutOff, met);
      return { status: 'said', truth: truth(met), shown, basis: cutOff.basis };
    }
    case 'level': {
      const band = result.bands[leaf.band];
      if (band === undefined || band.status === 'not-applicable') return { status: 'absent' };
      const possible = band.status === 'decided' ? [band.level] : band.possible;
      const named = possible.filter((level) => leaf.levels.includes(level)).length;
      if (named > 0 && named < possible.length) return { status: 'open' };
      const shown = levelShown(instrument, result, leaf.band, possible);
      const basis = band.status === 'decided' ? band.basis : 'proved';
      // No level left as possible would be an empty claim: it is open.
      return possible.length === 0
        ? { status: 'open' }
        : { status: 'said', truth: truth(named > 0), shown, basis };
    }
    case 'score': {
      const score = result.scores[leaf.score];
      if (score === undefined || score.status === 'not-applicable') return { status: 'absent' };
      const [lowest, highest] =
        score.status === 'incomplete'
          ? [score.bounds.lowest, score.bounds.highest]
          : [score.value, score.value];
      const shown = numberShown(instrument, score);
      const basis = score.status === 'prorated' ? 'estimated' : 'proved';
      return { status: 'said', truth: compare(leaf.operator, lowest, highest, leaf.value), shown, basis };
    }
  }
};

/** A comparison of anything from `lowest` to `highest` with a number. */
const compare = (operator: ComparisonOperator, lowest: number, highest: number, value: number): Truth => {
  const decided = (all: boolean, none: boolean): Truth => truth(all ? true : none ? false : null);
  switch (operator) {
    case '>=':
      return decided(lowest >= value, highest < value);
    case '>':
      return decided(lowest > value, highest <= value);
    case '<=':
      return decided(highest <= value, lowest > value);
    case '<':
      return decided(highest < value, lowest >= value);
    case '=':
      return decided(lowest === value && highest === value, lowest > value || highest < value);
    case '!=':
      return decided(lowest > value || highest < value, lowest === value && highest === value);
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
    return [{ status: states.get(fact)?.status === 'not-given' ? 'fact-not-given' : 'fact-not-asked', fact }];
  });
  return open.length > 0 || facts.length === 0
    ? [{ status: 'items', instrument, items: open.map(({ id }) => id) }, ...facts]
    : facts;
};
