import { AMONG } from '../formula/evaluate.js';
import type { PartialForm } from '../formula/partial-form.js';
import type {
  Accumulator,
  Ask,
  BooleanNode,
  Gate,
  Monomial,
  NumberNode,
  Program,
  Result,
  ScoreProgram,
  VariableIndex,
  Verdict,
} from '../instrument/index.js';
import { type Assessment, isOpen } from './assessment.js';

interface Verdicted {
  readonly id: string;
  readonly of?: number;
  readonly verdict?: Verdict;
  readonly applies?: Verdict;
  readonly levels?: readonly { readonly verdict?: Verdict }[];
}

/** What a formula reads itself, and what the gates read that can still take one of its items off the form. */
function relevant(
  node: NumberNode | BooleanNode,
  { program, gates }: PartialForm,
): ReadonlySet<VariableIndex> {
  const reads = new Set<VariableIndex>();
  collect(node, program, reads);
  for (let g = gates.length - 1; g >= 0; g--) {
    const { targets, verdict } = program.gates[g] as Gate;
    if (gates[g] === 'undecided' && targets.some((v) => reads.has(v)))
      for (const v of verdict.reads) reads.add(v);
  }
  return reads;
}

/** The variables of a formula, found by walking whatever it is made of. */
function collect(node: unknown, program: Program, reads: Set<VariableIndex>): void {
  if (typeof node !== 'object' || node === null) return;
  const { op, variable, at, of } = node as {
    op?: string;
    variable: number;
    at: number;
    of: readonly Monomial[];
  };
  if (op === 'choice') reads.add(variable);
  else if (op === 'accumulator')
    for (const [v] of (program.accumulators[at] as Accumulator).terms) reads.add(v);
  else if (op === 'score') collect((program.scores[at] as ScoreProgram).value, program, reads);
  else if (op === 'polynomial') for (const monomial of of) for (const v of monomial.of) reads.add(v);
  else for (const part of Object.values(node)) collect(part, program, reads);
}

/**
 * What is still worth asking. An item that no undecided verdict reads is left out: no answer to it can change one.
 */
export function askOf(
  { form }: Assessment,
  bands: Result['bands'],
  cutOffs: Result['cutOffs'],
  flags: Result['flags'],
): Ask {
  const { program, gates } = form;
  const wanted: VariableIndex[] = [];
  const critical: VariableIndex[] = [];
  const want = (parts: readonly Verdicted[], results: Result['bands' | 'cutOffs' | 'flags']) => {
    for (const part of parts) {
      const result = results[part.id];
      if (result?.status !== 'open' && result?.status !== 'undecided') continue;
      const to = 'critical' in result && result.critical ? critical : wanted;
      const { of = -1, verdict, applies, levels = [] } = part;
      for (const one of [verdict, applies, program.scores[of], ...levels.map((level) => level.verdict)])
        if (one !== undefined) to.push(...relevant('test' in one ? one.test : one.value, form));
    }
  };
  want(program.flags, flags);
  want(program.bands, bands);
  want(program.cutOffs, cutOffs);
  const ask: Record<keyof Ask, string[]> = { first: [], now: [], later: [], context: [] };
  if (wanted.length + critical.length === 0) return ask as Ask;
  program.variables.forEach(({ id }, v) => {
    if (!isOpen(form, v) || form.at[v] === AMONG || !(wanted.includes(v) || critical.includes(v))) return;
    const isGated = program.gates.some(({ targets }, g) => gates[g] === 'undecided' && targets.includes(v));
    ask[v >= program.items ? 'context' : isGated ? 'later' : critical.includes(v) ? 'first' : 'now'].push(id);
  });
  // Context variables have no other ids.
  return ask as Record<keyof Ask, string[]> & Pick<Ask, 'context'>;
}
