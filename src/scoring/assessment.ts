import { ABSENT, OPEN, type Reach } from '../formula/evaluate.js';
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
  readonly contradicted: readonly VariableIndex[];
  /** The items that gates took off this form, in the order of the gates. */
  readonly skipped: readonly Skip[];
}

/** Applies the gates to a reading. `given`: scores recorded without their items. */
export function assess(
  instrument: Instrument,
  reading: Reading,
  given?: Readonly<Record<number, Reach>>,
): Assessment {
  const { program } = instrument;
  const form = applyGates(program, reading, given);
  const inconsistent: Inconsistency[] = [];
  const contradicted: VariableIndex[] = [];
  const skipped: Skip[] = [];
  program.gates.forEach((gate, g) => {
    const { targets, verdict, effect } = gate;
    const by = gate.if;
    if (form.gates[g] === 'contradicted') {
      inconsistent.push({ gate: by, items: idsOf(instrument, contradicting(gate, reading)) });
      contradicted.push(...verdict.reads, ...targets);
    } else if (form.gates[g] === 'holds' && effect.kind !== 'stops')
      for (const v of targets) {
        const item = idOf(instrument, v);
        if (reading.at[v] === OPEN && !skipped.some((skip) => skip.item === item))
          skipped.push({ item, by, kind: effect.kind });
      }
  });
  return { instrument, reading, form, inconsistent, contradicted, skipped };
}

export function idOf({ program }: Instrument, v: VariableIndex): string {
  return (program.variables[v] as { id: string }).id;
}

export function idsOf(instrument: Instrument, variables: readonly VariableIndex[]): readonly string[] {
  return variables.map((v) => idOf(instrument, v));
}

/** Whether a variable has no answer that settles its points. */
export function isOpen({ at }: PartialForm, v: VariableIndex): boolean {
  return (at[v] as number) < 0 && at[v] !== ABSENT;
}

/** Items (not context) among `reads` that have no answer on this form, in form order. */
export function openItems({ form }: Assessment, reads: readonly VariableIndex[]): readonly VariableIndex[] {
  return reads.filter((v) => v < form.program.items && isOpen(form, v));
}

/** Whether the member of a panel that something belongs to was administered; what belongs to none always is. */
export function isAdministered({ reading }: Assessment, member: number | undefined): boolean {
  return member === undefined || reading.administered[member] === true;
}

/** A score, band or cut-off of a panel member that was not chosen. */
export const notAdministered = () => ({ status: 'not-applicable', reason: 'not-administered' }) as const;
