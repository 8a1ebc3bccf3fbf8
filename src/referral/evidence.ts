import type { FlagProgram } from '../instrument/index.js';
import { type Account, compare, type Evidence, type Leaf } from './finding.js';
import { flagTruth, tellFlag } from './flag-finding.js';
import { ABSENT, FALSE, isTrue, TRUE, type Truth, truth, UNKNOWN } from './kleene.js';
import type { Placed } from './readings.js';
import { factShown } from './shown.js';
import { tellVerdict, verdictTruth } from './verdict-finding.js';

const NO_FORMS: readonly Placed[] = [];

/** Any piece of evidence that holds makes a leaf true; what differs stands side by side. */
const joined = (before: Truth, next: Truth): Truth => {
  if (next === ABSENT || isTrue(before)) return before;
  if (isTrue(next)) return TRUE;
  return before === UNKNOWN || next === UNKNOWN ? UNKNOWN : FALSE;
};

const formsOf = (leaf: { readonly instrument: string }, evidence: Evidence): readonly Placed[] =>
  evidence.byInstrument.get(leaf.instrument) ?? NO_FORMS;

/** Reads a leaf of a condition on the evidence. */
export const leafTruth = (leaf: Leaf, evidence: Evidence): Truth => {
  let found = ABSENT;
  switch (leaf.op) {
    case 'fact':
    case 'fact-number':
      return factTruth(leaf, evidence);
    case 'raises':
      for (const form of formsOf(leaf, evidence)) found = joined(found, flagTruth(leaf.flag, form));
      return found;
    case 'unrouted-critical-flag':
      for (const forms of evidence.byInstrument.values())
        for (const form of forms)
          for (const flag of form.instrument.program.flags)
            if (isUnrouted(leaf.routed, form, flag)) found = joined(found, flagTruth(flag.id, form));
      return found;
    default:
      for (const form of formsOf(leaf, evidence))
        if (form.status === 'current') found = joined(found, verdictTruth(leaf, form));
      return found;
  }
};

/** Puts in words each piece of evidence that speaks for (`speaks`) the leaf. */
export const tellLeaf = (
  leaf: Leaf,
  evidence: Evidence,
  speaks: (truth: Truth) => boolean,
  account: Account,
): void => {
  switch (leaf.op) {
    case 'fact':
    case 'fact-number':
      tellFact(leaf, evidence, account);
      return;
    case 'raises':
      for (const form of formsOf(leaf, evidence))
        if (speaks(flagTruth(leaf.flag, form))) tellFlag(leaf.flag, form, account);
      return;
    case 'unrouted-critical-flag':
      for (const forms of evidence.byInstrument.values())
        for (const form of forms)
          for (const flag of form.instrument.program.flags)
            if (isUnrouted(leaf.routed, form, flag) && speaks(flagTruth(flag.id, form)))
              tellFlag(flag.id, form, account);
      return;
    default:
      for (const form of formsOf(leaf, evidence))
        if (form.status === 'current' && speaks(verdictTruth(leaf, form)))
          tellVerdict(leaf, form, evidence, account);
  }
};

const isUnrouted = (
  routed: readonly string[],
  { instrument }: Placed,
  { id, critical }: FlagProgram,
): boolean => critical === true && !routed.includes(`${instrument.id} ${id}`);

type FactLeaf = Extract<Leaf, { readonly op: 'fact' | 'fact-number' }>;

/**
 * A fact that the pathway does not declare is part of no session; the loader refuses a rule that names one. What never
 * happened lies no time ago.
 */
const factTruth = (leaf: FactLeaf, { states }: Evidence): Truth => {
  const state = states.get(leaf.fact)?.state;
  if (state === undefined) return ABSENT;
  if (state.status !== 'known') return UNKNOWN;
  if (leaf.op === 'fact') return truth(state.values.includes(leaf.value));
  return Number.isNaN(state.number) ? FALSE : compare(leaf.operator, state.number, state.number, leaf.value);
};

const tellFact = (leaf: FactLeaf, { states }: Evidence, { because, open }: Account): void => {
  const stated = states.get(leaf.fact);
  if (stated === undefined) return;
  const { fact, state } = stated;
  if (state.status === 'known') {
    because?.push({ status: 'fact', fact: fact.id, shown: factShown(fact, state) });
    return;
  }
  because?.push({ status: 'fact-not-given', fact: fact.id, shown: `not given: ${fact.question}` });
  open?.push({
    status: state.status === 'not-given' ? 'fact-not-given' : 'fact-not-asked',
    fact: fact.id,
  });
};
