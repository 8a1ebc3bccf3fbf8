import { OPEN } from '../formula/evaluate.js';
import type {
  Ask,
  BandResult,
  CutOffResult,
  FlagResult,
  VariableIndex,
  Verdict,
} from '../instrument/index.js';
import { type Assessment, idOf, isOpen } from './assessment.js';

const NOTHING: readonly never[] = [];
const DONE: Ask = { first: NOTHING, now: NOTHING, later: NOTHING, context: NOTHING };

/**
 * What is still worth asking. An item that no undecided verdict reads is left out: no answer to it can change one.
 */
export function askOf(
  assessment: Assessment,
  bands: readonly BandResult[],
  cutOffs: readonly CutOffResult[],
  flags: readonly FlagResult[],
): Ask {
  const { program } = assessment.instrument;
  const wanted = new Set<VariableIndex>();
  const critical = new Set<VariableIndex>();
  program.flags.forEach((flag, i) => {
    const result = flags[i] as FlagResult;
    if (result.status !== 'open') return;
    for (const v of flag.verdict.reads) (result.critical ? critical : wanted).add(v);
  });
  program.bands.forEach((band, i) => {
    if ((bands[i] as BandResult).status !== 'undecided') return;
    const reads =
      band.of === undefined
        ? band.levels.flatMap((level) => (level.verdict as Verdict).reads)
        : (program.scores[band.of] as { reads: readonly VariableIndex[] }).reads;
    for (const v of reads) wanted.add(v);
  });
  program.cutOffs.forEach((cutOff, i) => {
    if ((cutOffs[i] as CutOffResult).status !== 'undecided') return;
    for (const v of cutOff.verdict.reads) wanted.add(v);
    for (const v of cutOff.applies?.reads ?? NOTHING) wanted.add(v);
  });
  if (wanted.size === 0 && critical.size === 0) return DONE;
  return arrange(assessment, wanted, critical);
}

function arrange(
  assessment: Assessment,
  wanted: ReadonlySet<VariableIndex>,
  critical: ReadonlySet<VariableIndex>,
): Ask {
  const { instrument, form } = assessment;
  const { program } = instrument;
  const gated = behindUndecidedGates(assessment);
  const first: string[] = [];
  const now: string[] = [];
  const later: string[] = [];
  for (let v = 0; v < program.items; v++) {
    if (!isOpen(form, v) || !(wanted.has(v) || critical.has(v))) continue;
    if (gated.has(v)) later.push(idOf(instrument, v));
    else (critical.has(v) ? first : now).push(idOf(instrument, v));
  }
  const context: ('age' | 'sex')[] = [];
  for (let v = program.items; v < program.variables.length; v++) {
    if (form.at[v] === OPEN && (wanted.has(v) || critical.has(v)))
      context.push(idOf(instrument, v) as 'age' | 'sex');
  }
  return { first, now, later, context };
}

/** Items that a gate may still take off the form, or make needless. */
export function behindUndecidedGates({ instrument, form }: Assessment): ReadonlySet<VariableIndex> {
  const gated = new Set<VariableIndex>();
  instrument.program.gates.forEach((gate, g) => {
    if (form.gates[g] !== 'undecided') return;
    for (const v of gate.targets) gated.add(v);
  });
  return gated;
}
