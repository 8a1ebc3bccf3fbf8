import { OPEN } from '../formula/evaluate.js';
import type {
  Answers,
  Context,
  Instrument,
  MissingReason,
  ScoreOptions,
  Shape,
  Variable,
} from '../instrument/index.js';
import { type Assessment, assess, isAdministered } from './assessment.js';
import { readAnswers } from './read-answers.js';
import { resultOf } from './score.js';

/** Where one item of a form stands. */
export type ItemState = { readonly item: string; readonly label: string } & (
  | { readonly status: 'answered' }
  /** To be shown and asked. `reason`: it was asked, and not answered. */
  | { readonly status: 'open'; readonly reason?: MissingReason | 'invalid' }
  /** Not asked on this form. `points`, `not-applicable`: by a gate; `stops`: the verdict is known; `not-administered`: its panel member was not chosen. */
  | {
      readonly status: 'skipped';
      readonly kind: 'points' | 'not-applicable' | 'stops' | 'not-administered';
      readonly by: string;
    }
  /** A gate before it was asked about and stays undecided (declined, not known): decide with the person whether to ask. */
  | { readonly status: 'blocked'; readonly by: string }
  /** A gate before it is not answered yet: ask that first. */
  | { readonly status: 'later'; readonly by: string }
);

/**
 * Where each item of a form stands: what a screen shows next. Total: invalid answers are `open` with reason `invalid`.
 *
 * @example
 * import { form } from 'caseness';
 * import { audit } from 'caseness/instruments/audit';
 *
 * const states = form(audit, { q1: 0 });
 * console.assert(states.find(({ item }) => item === 'q2')?.status === 'skipped');
 * console.assert(states.find(({ item }) => item === 'q9')?.status === 'open');
 */
export function form<S extends Shape>(
  instrument: Instrument<S>,
  answers: NoInfer<Answers<S>>,
  context?: Context,
  options?: Pick<ScoreOptions<S>, 'administered'>,
): readonly ItemState[] {
  const assessment = assess(instrument, readAnswers(instrument, answers, context, options?.administered));
  const { first, now } = resultOf(assessment, context, null, null).ask;
  const wanted = new Set([...first, ...now]);
  const states: ItemState[] = [];
  for (let v = 0; v < instrument.program.items; v++) states.push(stateOf(v, wanted, assessment));
  return states;
}

function stateOf(v: number, wanted: ReadonlySet<string>, form: Assessment): ItemState {
  const { instrument, at, gates, recorded } = form;
  const variable = instrument.program.variables[v] as Variable;
  const item = variable.id;
  const named = { item, label: instrument.labels[v] as string };
  if (!isAdministered(form, variable))
    return { ...named, status: 'skipped', kind: 'not-administered', by: 'not chosen' };
  const reason = recorded.reasons[v];
  if (reason === 'invalid') return { ...named, status: 'open', reason };
  if (recorded.at[v] !== OPEN || Object.hasOwn(recorded.unscored, item))
    return { ...named, status: 'answered' };
  for (const [g, gate] of instrument.program.gates.entries()) {
    if (!gate.targets.includes(v)) continue;
    const state = gates[g];
    // A stop that knows one verdict leaves an item open that another verdict still needs. No other skipped item is wanted.
    if (state === 'holds' && !wanted.has(item))
      return { ...named, status: 'skipped', kind: gate.effect.kind, by: gate.if };
    if (state === 'undecided') {
      const asked = gate.verdict.reads.some(
        (read) => at[read] === OPEN && isAskedInVain(recorded.reasons[read]),
      );
      return { ...named, status: asked ? 'blocked' : 'later', by: gate.if };
    }
  }
  return reason === undefined ? { ...named, status: 'open' } : { ...named, status: 'open', reason };
}

function isAskedInVain(reason: MissingReason | 'invalid' | undefined): boolean {
  return reason === 'refused' || reason === 'not-known';
}
