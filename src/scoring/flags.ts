import { BOTH, TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { FlagProgram, FlagResult } from '../instrument/index.js';
import { type Assessment, idsOf, isAdministered, openItems } from './assessment.js';

/** A flag reads its own items and their gates alone: a bad or missing answer elsewhere cannot change it. */
export function flagOf(flag: FlagProgram, assessment: Assessment): FlagResult {
  const critical = flag.critical === true;
  if (!isAdministered(assessment, flag.member))
    return { status: 'not-applicable', critical, reason: 'not-administered' };
  const { instrument, form, reading, contradicted, skipped } = assessment;
  const { reads } = flag.verdict;
  const outcome = decide(flag.verdict, form);
  if (outcome === TRUE) return { status: 'raised', critical };
  const isUndecided = outcome === BOTH;
  const open = isUndecided
    ? openItems(assessment, reads)
    : reads.filter((v) => v < form.program.items && contradicted.includes(v));
  if (isUndecided || open.length > 0) {
    const reasons = open.map((v) => (isUndecided ? (reading.reasons[v] ?? 'not-asked') : 'inconsistent'));
    return { status: 'open', critical, items: idsOf(instrument, open), reasons };
  }
  const names = idsOf(instrument, reads);
  const gate = skipped.find(({ item }) => names.includes(item));
  return gate === undefined
    ? { status: 'not-raised', critical }
    : { status: 'not-raised', critical, by: gate.by };
}
