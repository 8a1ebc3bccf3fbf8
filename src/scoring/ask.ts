import { OPEN } from '../formula/evaluate.js';
import type { PartialForm } from '../formula/partial-form.js';
import type {
  Accumulator,
  Ask,
  Gate,
  Monomial,
  Program,
  ScoreProgram,
  VariableIndex,
  Verdict,
} from '../instrument/index.js';
/** A flag, cut-off or band scheme. */
export interface Part {
  readonly of?: number;
  readonly verdict?: Verdict;
  readonly applies?: Verdict;
  readonly levels?: readonly { readonly verdict?: Verdict }[];
}

/** What these parts of a program read, and what the gates read that can still take one of their items off the form. */
function reads({ program, gates }: PartialForm, parts: readonly Part[]): ReadonlySet<VariableIndex> {
  const found = new Set<VariableIndex>();
  for (const { of, verdict, applies, levels = [] } of parts) {
    if (of !== undefined) collect({ op: 'score', at: of }, program, found);
    for (const one of [verdict, applies, ...levels.map((level) => level.verdict)])
      collect(one?.test, program, found);
  }
  for (let g = gates.length - 1; g >= 0; g--) {
    const { targets, verdict } = program.gates[g] as Gate;
    if (gates[g] === 'undecided' && targets.some((v) => found.has(v)))
      for (const v of verdict.reads) found.add(v);
  }
  return found;
}

/** The variables of a formula, found by walking whatever it is made of. */
function collect(node: unknown, program: Program, found: Set<VariableIndex>): void {
  if (typeof node !== 'object') return;
  const { op, variable, at, of } = node as {
    op?: string;
    variable: number;
    at: number;
    of: readonly Monomial[];
  };
  if (op === 'choice') found.add(variable);
  else if (op === 'accumulator')
    for (const [v] of (program.accumulators[at] as Accumulator).terms) found.add(v);
  else if (op === 'score') collect((program.scores[at] as ScoreProgram).value, program, found);
  else if (op === 'polynomial') for (const monomial of of) for (const v of monomial.of) found.add(v);
  else for (const part of Object.values(node as object)) collect(part, program, found);
}

/**
 * What is still worth asking: the open items that `undecided` parts of the program read, those that the `critical` among
 * them read first. An item that no undecided verdict reads is left out: no answer to it can change one.
 */
export function askOf(form: PartialForm, undecided: readonly Part[], critical: readonly Part[]): Ask {
  const { program, gates, at } = form;
  const ask: Record<keyof Ask, string[]> = { first: [], now: [], later: [], context: [] };
  if (undecided.length === 0) return ask as Ask;
  const wanted = reads(form, undecided);
  const urgent = reads(form, critical);
  program.variables.forEach(({ id }, v) => {
    if (!wanted.has(v) || at[v] !== OPEN) return;
    const isGated = program.gates.some(({ targets }, g) => gates[g] === 'undecided' && targets.includes(v));
    ask[v >= program.items ? 'context' : isGated ? 'later' : urgent.has(v) ? 'first' : 'now'].push(id);
  });
  // Context variables have no other ids.
  return ask as Record<keyof Ask, string[]> & Pick<Ask, 'context'>;
}
