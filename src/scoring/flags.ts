import { BOTH, TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { FlagProgram, FlagResult } from '../instrument/index.js';
import { type Assessment, isAdministered, namesOf, notApplicable, openItems } from './assessment.js';

/** A flag reads its own items and their gates alone: a bad or missing answer elsewhere cannot change it. */
export function flagOf(flag: FlagProgram, form: Assessment): FlagResult {
  const { verdict, critical = false } = flag;
  if (!isAdministered(form, flag)) return { ...notApplicable('not-administered'), critical };
  const outcome = decide(verdict, form);
  if (outcome === TRUE) return { status: 'raised', critical };
  const { program, recorded, contradicted, skipped } = form;
  const { reads } = verdict;
  const isUndecided = outcome === BOTH;
  const open = isUndecided
    ? openItems(form, reads)
    : reads.filter((v) => v < program.items && contradicted.includes(v));
  if (isUndecided || open.length > 0)
    return {
      status: 'open',
      critical,
      items: namesOf(program, open),
      reasons: open.map((v) => (isUndecided ? (recorded.reasons[v] ?? 'not-asked') : 'inconsistent')),
    };
  const gate = skipped.find(({ item }) => namesOf(program, reads).includes(item));
  return gate === undefined
    ? { status: 'not-raised', critical }
    : { status: 'not-raised', critical, by: gate.by };
}
