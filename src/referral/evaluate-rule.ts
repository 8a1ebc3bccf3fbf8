import { leafTruth, tellLeaf } from './evidence.js';
import type { Account, Evidence, Open } from './finding.js';
import { and, FALSE, isTrue, mayBeTrue, not, or, TRUE, type Truth } from './kleene.js';
import type { Condition } from './pathway.js';
import type { Because, Firmness } from './plan.js';

/** What a condition comes to for one person. */
export interface Outcome {
  /** `null`: it does not hold, or nothing is known yet on which to act. */
  readonly firing: Firmness | null;
  readonly because: readonly Because[];
  /** What has to be found out; empty where the condition is settled. */
  readonly open: readonly Open[];
}

const SILENT: Outcome = { firing: null, because: [], open: [] };
const NOTHING_OPEN: readonly Open[] = [];
const NO_WORDS: readonly Because[] = [];

const truthOf = (condition: Condition, evidence: Evidence): Truth => {
  switch (condition.op) {
    case 'and': {
      let all = TRUE;
      for (const each of condition.of) {
        all = and(all, truthOf(each, evidence));
        if (all === FALSE) break;
      }
      return all;
    }
    case 'or': {
      let any = FALSE;
      for (const each of condition.of) {
        any = or(any, truthOf(each, evidence));
        if (any === TRUE) break;
      }
      return any;
    }
    case 'not':
      return not(truthOf(condition.of, evidence));
    default:
      return leafTruth(condition, evidence);
  }
};

/** Truth as seen by one who hopes for `wanted`. */
const seen = (truth: Truth, wanted: boolean): Truth => (wanted ? truth : not(truth));

const speaking: Readonly<Record<'holds' | 'may', Readonly<Record<'yes' | 'no', (truth: Truth) => boolean>>>> =
  {
    holds: { yes: isTrue, no: (truth) => isTrue(not(truth)) },
    may: { yes: mayBeTrue, no: (truth) => mayBeTrue(not(truth)) },
  };

/**
 * Gathers what speaks for the condition being `wanted`, and what would have to be found out. `truth`: how things stand, as seen
 * by one who hopes for `wanted`; it may be true.
 */
const gather = (
  condition: Condition,
  wanted: boolean,
  truth: Truth,
  evidence: Evidence,
  account: Account,
): void => {
  switch (condition.op) {
    case 'not':
      gather(condition.of, !wanted, truth, evidence, account);
      return;
    case 'and':
    case 'or': {
      // One alternative that holds settles an 'or' (or a refuted 'and'): the others are of no interest.
      const isOfInterest = isTrue(truth) ? isTrue : mayBeTrue;
      for (const each of condition.of) {
        const one = seen(truthOf(each, evidence), wanted);
        if (isOfInterest(one)) gather(each, wanted, one, evidence, account);
      }
      return;
    }
    default:
      tellLeaf(
        condition,
        evidence,
        speaking[isTrue(truth) ? 'holds' : 'may'][wanted ? 'yes' : 'no'],
        account,
      );
  }
};

/**
 * Evaluates a condition in Kleene logic. It fires where it holds whatever is unknown. Where it hangs on open items of a
 * flag it fires as `ask`; where it hangs on facts that were asked and not given, and on nothing else, it fires as
 * `provisional`; in all other cases it only says what to find out. An instrument that is not in the session makes
 * nothing fire and nothing asked.
 */
export const evaluate = (condition: Condition, evidence: Evidence): Outcome => {
  // Most of what is unknown is one fact that nobody asked for: a short way, as plans are many.
  if (condition.op === 'fact' && evidence.states.get(condition.fact)?.state.status === 'not-asked')
    return { firing: null, because: NO_WORDS, open: [{ status: 'fact-not-asked', fact: condition.fact }] };
  const truth = truthOf(condition, evidence);
  if (!mayBeTrue(truth)) return SILENT;
  if (isTrue(truth)) {
    const because: Because[] = [];
    gather(condition, true, truth, evidence, { because, open: null });
    return { firing: 'fired', because, open: NOTHING_OPEN };
  }
  const open: Open[] = [];
  gather(condition, true, truth, evidence, { because: null, open });
  const firing = firingOf(open);
  if (firing === null) return { firing, because: NO_WORDS, open };
  const because: Because[] = [];
  gather(condition, true, truth, evidence, { because, open: null });
  return { firing, because, open };
};

const firingOf = (open: readonly Open[]): Firmness | null => {
  if (open.some(({ status }) => status === 'flag')) return 'ask';
  return open.every(({ status }) => status === 'fact-not-given') ? 'provisional' : null;
};
