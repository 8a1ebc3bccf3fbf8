import type { Ask, Result, VariableIndex, Verdict } from '../instrument/index.js';
import { type Assessment, isOpen } from './assessment.js';

interface Verdicted {
  readonly id: string;
  readonly of?: number;
  readonly verdict?: Verdict;
  readonly applies?: Verdict;
  readonly levels?: readonly { readonly verdict?: Verdict }[];
}

const NOTHING: Ask = { first: [], now: [], later: [], context: [] };

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
        to.push(...(one?.reads ?? []));
    }
  };
  want(program.flags, flags);
  want(program.bands, bands);
  want(program.cutOffs, cutOffs);
  if (wanted.length + critical.length === 0) return NOTHING;
  const ask: Record<keyof Ask, string[]> = { first: [], now: [], later: [], context: [] };
  program.variables.forEach(({ id }, v) => {
    if (!isOpen(form, v) || !(wanted.includes(v) || critical.includes(v))) return;
    const isGated = program.gates.some(({ targets }, g) => gates[g] === 'undecided' && targets.includes(v));
    ask[v >= program.items ? 'context' : isGated ? 'later' : critical.includes(v) ? 'first' : 'now'].push(id);
  });
  // Context variables have no other ids.
  return ask as Record<keyof Ask, string[]> & Pick<Ask, 'context'>;
}
