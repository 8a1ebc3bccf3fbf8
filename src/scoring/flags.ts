import { BOTH, OPEN, TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { FlagProgram, FlagResult, MissingReason } from '../instrument/index.js';
import { type Assessment, idOf, isAdministered, openItems } from './assessment.js';

/** A flag reads its own items and their gates alone: a bad or missing answer elsewhere cannot change it. */
export function flagOf(flag: FlagProgram, assessment: Assessment): FlagResult {
  const critical = flag.critical === true;
  if (!isAdministered(assessment, flag.member))
    return { status: 'not-applicable', critical, reason: 'not-administered' };
  const { instrument, form, reading, contradicted } = assessment;
  const { reads } = flag.verdict;
  const outcome = decide(flag.verdict, form);
  if (outcome === TRUE) return { status: 'raised', critical };
  if (outcome === BOTH) {
    const items = openItems(assessment, reads);
    const reasons = items.map((v): MissingReason | 'invalid' => reading.reasons[v] ?? 'not-asked');
    return { status: 'open', critical, items: items.map((v) => idOf(instrument, v)), reasons };
  }
  const doubtful = reads.filter((v) => contradicted.has(v) && v < instrument.program.items);
  if (doubtful.length > 0) {
    return {
      status: 'open',
      critical,
      items: doubtful.map((v) => idOf(instrument, v)),
      reasons: doubtful.map(() => 'inconsistent' as const),
    };
  }
  const by = gateOver(flag, assessment);
  return by === undefined ? { status: 'not-raised', critical } : { status: 'not-raised', critical, by };
}

/** The condition of the gate because of which one of the flag's items was not asked. */
function gateOver(flag: FlagProgram, { instrument, form, reading }: Assessment): string | undefined {
  const { gates } = instrument.program;
  const g = gates.findIndex(
    (gate, i) =>
      form.gates[i] === 'holds' &&
      gate.effect.kind !== 'stops' &&
      gate.targets.some((v) => flag.verdict.reads.includes(v) && reading.recorded.at[v] === OPEN),
  );
  return gates[g]?.if;
}
