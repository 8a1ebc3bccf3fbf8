import { ABSENT, OPEN, type Reach } from '../formula/evaluate.js';
import { applyGates, contradicting, type PartialForm } from '../formula/partial-form.js';
import type {
  Inconsistency,
  Instrument,
  Program,
  Skip,
  Variable,
  VariableIndex,
} from '../instrument/index.js';
import type { Reading } from './read-answers.js';

/** One form of one instrument, read and with its gates applied: what every part of a result is worked out from. */
export interface Assessment extends PartialForm {
  readonly instrument: Instrument;
  readonly recorded: Reading;
  readonly inconsistent: readonly Inconsistency[];
  /** Variables that a contradicted gate reads or names. */
  readonly contradicted: readonly VariableIndex[];
  /** The items that gates took off this form, in the order of the gates. */
  readonly skipped: readonly Skip[];
}

/** Applies the gates to a reading. `given`: scores recorded without their items. */
export function assess(
  instrument: Instrument,
  recorded: Reading,
  given: Readonly<Record<number, Reach>> = {},
): Assessment {
  const { program } = instrument;
  const form = applyGates(program, recorded, given);
  const inconsistent: Inconsistency[] = [];
  const contradicted: VariableIndex[] = [];
  const skipped: Skip[] = [];
  program.gates.forEach((gate, g) => {
    const { targets, verdict, effect } = gate;
    const by = gate.if;
    if (form.gates[g] === 'contradicted') {
      inconsistent.push({ gate: by, items: namesOf(program, contradicting(gate, recorded)) });
      contradicted.push(...verdict.reads, ...targets);
    } else if (form.gates[g] === 'holds' && effect.kind !== 'stops')
      for (const v of targets) {
        const item = (program.variables[v] as Variable).id;
        if (recorded.at[v] === OPEN && !skipped.some((skip) => skip.item === item))
          skipped.push({ item, by, kind: effect.kind });
      }
  });
  const { gates, at, among, known } = form;
  return {
    program,
    recorded,
    given,
    gates,
    at,
    among,
    known,
    instrument,
    inconsistent,
    contradicted,
    skipped,
  };
}

/** The ids of these parts of a program, in their order. */
export function idsOf(parts: readonly { readonly id: string }[]): readonly string[] {
  return parts.map(({ id }) => id);
}

/** The ids of variables. */
export function namesOf({ variables }: Program, indexes: readonly VariableIndex[]): readonly string[] {
  return indexes.map((v) => (variables[v] as Variable).id);
}

/** Items (not context) among `reads` that have no answer on this form which settles their points, in form order. */
export function openItems(
  { program, at }: PartialForm,
  reads: readonly VariableIndex[],
): readonly VariableIndex[] {
  return reads.filter((v) => v < program.items && (at[v] as number) < 0 && at[v] !== ABSENT);
}

/** Whether the member of a panel that something belongs to was administered; what belongs to none always is. */
export function isAdministered({ recorded }: Assessment, { member }: { readonly member?: number }): boolean {
  return member === undefined || recorded.administered[member] === true;
}

/** A part of a result that says nothing of this form. */
export function notApplicable<R extends string>(
  reason: R,
): { readonly status: 'not-applicable'; readonly reason: R } {
  return { status: 'not-applicable', reason };
}
