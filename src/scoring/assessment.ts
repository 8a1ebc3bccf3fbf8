import { AMONG, OPEN, UNREADABLE } from '../formula/evaluate.js';
import { applyGates, contradicting, type PartialForm } from '../formula/partial-form.js';
import type { Inconsistency, Instrument, Skip, VariableIndex } from '../instrument/index.js';
import type { Reading } from './read-answers.js';

/** One form of one instrument, read and with its gates applied: what every part of a result is worked out from. */
export interface Assessment {
  readonly instrument: Instrument;
  readonly reading: Reading;
  readonly form: PartialForm;
  readonly inconsistent: readonly Inconsistency[];
  /** Variables that a contradicted gate reads or names. */
  readonly contradicted: ReadonlySet<VariableIndex>;
}

const NONE: ReadonlySet<VariableIndex> = new Set();
const CONSISTENT: readonly Inconsistency[] = [];

/** Applies the gates to a reading. `given`: scores recorded without their items. */
export function assess(
  instrument: Instrument,
  reading: Reading,
  given?: Readonly<Record<number, number>>,
): Assessment {
  const form = applyGates(instrument.program, reading.recorded, given);
  if (!form.gates.includes('contradicted')) {
    return { instrument, reading, form, inconsistent: CONSISTENT, contradicted: NONE };
  }
  const inconsistent: Inconsistency[] = [];
  const contradicted = new Set<VariableIndex>();
  instrument.program.gates.forEach((gate, g) => {
    if (form.gates[g] !== 'contradicted') return;
    const items = contradicting(gate, reading.recorded);
    inconsistent.push({ gate: gate.if, items: items.map((v) => idOf(instrument, v)) });
    for (const v of [...gate.verdict.reads, ...gate.targets]) contradicted.add(v);
  });
  return { instrument, reading, form, inconsistent, contradicted };
}

export function idOf(instrument: Instrument, v: VariableIndex): string {
  return (instrument.program.variables[v] as { id: string }).id;
}

/** Whether a variable has no answer that settles its points. */
export function isOpen(form: PartialForm, v: VariableIndex): boolean {
  const at = form.at[v] as number;
  return at === OPEN || at === AMONG || at === UNREADABLE;
}

/** Items (not context) among `reads` that have no answer on this form, in form order. */
export function openItems(assessment: Assessment, reads: readonly VariableIndex[]): readonly VariableIndex[] {
  const { items } = assessment.instrument.program;
  return reads.filter((v) => v < items && isOpen(assessment.form, v));
}

/** Whether the member of a panel that something belongs to was administered; what belongs to none always is. */
export function isAdministered(assessment: Assessment, member: number | undefined): boolean {
  return member === undefined || assessment.reading.administered[member] === true;
}

/** The items that gates took off this form, in the order of the gates. */
export function skips(assessment: Assessment): readonly Skip[] {
  const { instrument, form, reading } = assessment;
  const result: Skip[] = [];
  instrument.program.gates.forEach((gate, g) => {
    const kind = gate.effect.kind;
    if (form.gates[g] !== 'holds' || kind === 'stops') return;
    for (const v of gate.targets) {
      const item = idOf(instrument, v);
      if (reading.recorded.at[v] === OPEN && !result.some((skip) => skip.item === item)) {
        result.push({ item, by: gate.if, kind });
      }
    }
  });
  return result;
}
