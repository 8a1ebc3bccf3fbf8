import {
  type Case,
  checkDefinition,
  type Facts,
  type LoadedInstrument,
  toInstrument,
} from '../definition/index.js';
import type { Path } from '../formula/model.js';
import { checkCase } from './check-cases.js';
import { type Edit, type EditKind, editsOf } from './edits.js';
import { checkFacts, factsOf } from './facts.js';
import { sameMeaning } from './same-meaning.js';

/** What noticed an edit. */
export type Notice =
  /** The loader refuses the edited definition. */
  | { readonly by: 'loader'; readonly code: string }
  /** An independent case comes out otherwise. */
  | { readonly by: 'case'; readonly name: string }
  /** The second entry of a fact that no answer shows stands otherwise. */
  | { readonly by: 'fact'; readonly name: string }
  /** The edited definition means the same: proved by analysis, so no case could notice it. */
  | { readonly by: 'equivalence'; readonly proof: string }
  /** Nobody: a number that nothing guards. */
  | { readonly by: 'nobody' };

export interface Tried {
  readonly kind: EditKind;
  readonly where: Path;
  readonly change: string;
  readonly notice: Notice;
}

/** How well the independent cases guard a definition. */
export interface Proof {
  readonly instrument: string;
  /** Cases, and facts entered a second time, that do not hold of the definition as it stands: they guard nothing and are left aside. */
  readonly failing: readonly string[];
  readonly tried: number;
  readonly byLoader: number;
  readonly byCase: number;
  readonly byFact: number;
  readonly equivalent: readonly Tried[];
  readonly unnoticed: readonly Tried[];
}

/**
 * Makes every single slip in a definition, one at a time, and asks whether the loader or one of its independent cases, or the second entry
 * of its facts, notices. An edit that changes nothing is shown to change nothing, and listed.
 */
export function prove(loaded: LoadedInstrument, cases: readonly Case[], facts?: Facts): Proof {
  const unedited = toInstrument(loaded);
  const failing = cases.filter((one) => checkCase(unedited, one).length > 0);
  const holding = cases.filter((one) => !failing.includes(one));
  const wrongFacts = checkFacts(loaded.definition, facts);
  const entered = wrongFacts.length === 0 ? facts : undefined;
  const tried = editsOf(loaded.definition).map((edit): Tried => {
    const { kind, where, change } = edit;
    return { kind, where, change, notice: noticeOf(edit, loaded, holding, entered) };
  });
  const by = (who: Notice['by']) => tried.filter(({ notice }) => notice.by === who);
  return {
    instrument: loaded.definition.id,
    failing: [...failing.map(({ name }) => name), ...wrongFacts.map(({ of }) => of)],
    tried: tried.length,
    byLoader: by('loader').length,
    byCase: by('case').length,
    byFact: by('fact').length,
    equivalent: by('equivalence'),
    unnoticed: by('nobody'),
  };
}

function noticeOf(
  { edited }: Edit,
  loaded: LoadedInstrument,
  cases: readonly Case[],
  facts: Facts | undefined,
): Notice {
  const outcome = checkDefinition(edited);
  if (outcome._tag === 'Left') return { by: 'loader', code: outcome.left[0]?.code ?? 'refused' };
  if (outcome.right.status === 'refused') return { by: 'loader', code: 'refused' };
  const [fact] = checkFacts(outcome.right.definition, facts);
  if (fact !== undefined) return { by: 'fact', name: fact.of };
  const instrument = toInstrument(outcome.right);
  const noticing = cases.find((one) => checkCase(instrument, one).length > 0);
  if (noticing !== undefined) return { by: 'case', name: noticing.name };
  const isSameBeside = beside(outcome.right) === beside(loaded);
  const proof = isSameBeside ? sameMeaning(loaded.program, outcome.right.program) : null;
  return proof === null ? { by: 'nobody' } : { by: 'equivalence', proof };
}

/** What programs say nothing of: short forms, and the facts that no answer shows. */
function beside(loaded: LoadedInstrument): string {
  return JSON.stringify([toInstrument(loaded).contains, factsOf(loaded.definition)]);
}
