import { compare, type Evidence, type Finding, type Leaf, SETTLED } from './finding.js';
import { flagFinding } from './flag-finding.js';
import { ABSENT, FALSE, isTrue, TRUE, type Truth, truth, UNKNOWN } from './kleene.js';
import type { Placed } from './readings.js';
import { factShown } from './shown.js';
import { verdictFinding } from './verdict-finding.js';

/** A leaf read: any finding that holds makes it true, and what differs stands side by side. */
export interface LeafReading {
  readonly truth: Truth;
  readonly findings: readonly Finding[];
}

/** Reads a leaf of a condition on the evidence. */
export const readLeaf = (leaf: Leaf, evidence: Evidence): LeafReading => {
  const findings = findingsOf(leaf, evidence);
  return { truth: joined(findings), findings };
};

const joined = (findings: readonly Finding[]): Truth => {
  let truth = ABSENT;
  for (const finding of findings) {
    if (isTrue(finding.truth)) return TRUE;
    truth = finding.truth === UNKNOWN || truth === UNKNOWN ? UNKNOWN : FALSE;
  }
  return truth;
};

const NO_FORMS: readonly Placed[] = [];

const findingsOf = (leaf: Leaf, evidence: Evidence): readonly Finding[] => {
  switch (leaf.op) {
    case 'fact':
    case 'fact-number':
      return factFinding(leaf, evidence);
    case 'raises':
      return (evidence.byInstrument.get(leaf.instrument) ?? NO_FORMS).flatMap((form) =>
        flagFinding(leaf.flag, form),
      );
    case 'unrouted-critical-flag':
      return [...evidence.byInstrument.values()].flat().flatMap((form) => unroutedFlags(leaf.routed, form));
    default:
      return (evidence.byInstrument.get(leaf.instrument) ?? NO_FORMS).flatMap((form) =>
        form.status === 'current' ? verdictFinding(leaf, form, evidence) : [],
      );
  }
};

const unroutedFlags = (routed: readonly string[], form: Placed): readonly Finding[] =>
  form.instrument.program.flags
    .filter(({ id, critical }) => critical === true && !routed.includes(`${form.instrument.id} ${id}`))
    .flatMap(({ id }) => flagFinding(id, form));

type FactLeaf = Extract<Leaf, { readonly op: 'fact' | 'fact-number' }>;

/** A fact that the pathway does not declare is part of no session; the loader refuses a rule that names one. */
const factFinding = (leaf: FactLeaf, { states }: Evidence): readonly Finding[] => {
  const stated = states.get(leaf.fact);
  if (stated === undefined) return [];
  const { fact, state } = stated;
  if (state.status !== 'known') {
    return [
      {
        truth: UNKNOWN,
        because: () => ({ status: 'fact-not-given', fact: fact.id, shown: `not given: ${fact.question}` }),
        open: () => [
          { status: state.status === 'not-given' ? 'fact-not-given' : 'fact-not-asked', fact: fact.id },
        ],
      },
    ];
  }
  return [
    {
      truth: factTruth(leaf, state),
      because: () => ({ status: 'fact', fact: fact.id, shown: factShown(fact, state) }),
      open: SETTLED,
    },
  ];
};

/** What never happened lies no time ago. */
const factTruth = (
  leaf: FactLeaf,
  { values, number }: { readonly values: readonly string[]; readonly number: number },
) => {
  if (leaf.op === 'fact') return truth(values.includes(leaf.value));
  return Number.isNaN(number) ? FALSE : compare(leaf.operator, number, number, leaf.value);
};
