import { type LeafReading, readLeaf } from './evidence.js';
import type { Evidence, Open } from './finding.js';
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

type Read =
  | { readonly op: 'leaf'; readonly truth: Truth; readonly leaf: LeafReading }
  | { readonly op: 'and' | 'or'; readonly truth: Truth; readonly of: readonly Read[] }
  | { readonly op: 'not'; readonly truth: Truth; readonly of: Read };

const read = (condition: Condition, evidence: Evidence): Read => {
  switch (condition.op) {
    case 'and':
    case 'or': {
      const of = condition.of.map((each) => read(each, evidence));
      const [join, neutral] = condition.op === 'and' ? [and, TRUE] : [or, FALSE];
      return { op: condition.op, truth: of.map((each) => each.truth).reduce(join, neutral), of };
    }
    case 'not': {
      const of = read(condition.of, evidence);
      return { op: 'not', truth: not(of.truth), of };
    }
    default: {
      const leaf = readLeaf(condition, evidence);
      return { op: 'leaf', truth: leaf.truth, leaf };
    }
  }
};

/** Truth of a node as seen by one who hopes for `wanted`. */
const seen = (node: { readonly truth: Truth }, wanted: boolean): Truth =>
  wanted ? node.truth : not(node.truth);

/** Gathers what speaks for the node being `wanted`, and what would have to be found out. */
const gather = (node: Read, wanted: boolean, because: Because[], open: Open[]): void => {
  if (!mayBeTrue(seen(node, wanted))) return;
  switch (node.op) {
    case 'leaf': {
      const speaks = isTrue(seen(node, wanted)) ? isTrue : mayBeTrue;
      for (const finding of node.leaf.findings) {
        if (!speaks(seen(finding, wanted))) continue;
        because.push(finding.because());
        open.push(...finding.open());
      }
      return;
    }
    case 'not':
      gather(node.of, !wanted, because, open);
      return;
    default: {
      const settled = node.of.filter((each) => isTrue(seen(each, wanted)));
      // One alternative that holds settles an 'or' (or a refuted 'and'): the others are of no interest.
      const enough = (node.op === 'or') === wanted && settled.length > 0;
      for (const each of enough ? settled : node.of) gather(each, wanted, because, open);
    }
  }
};

/**
 * Evaluates a condition in Kleene logic. It fires where it holds whatever is unknown. Where it hangs on open items of a
 * flag it fires as `ask`; where it hangs on facts that were asked and not given, and on nothing else, it fires as
 * `provisional`; in all other cases it only says what to find out. An instrument that is not in the session makes
 * nothing fire and nothing asked.
 */
export const evaluate = (condition: Condition, evidence: Evidence): Outcome => {
  const root = read(condition, evidence);
  if (!mayBeTrue(root.truth)) return SILENT;
  const because: Because[] = [];
  const open: Open[] = [];
  gather(root, true, because, open);
  if (isTrue(root.truth)) return { firing: 'fired', because, open: [] };
  const statuses = new Set(open.map(({ status }) => status));
  if (statuses.has('flag')) return { firing: 'ask', because, open };
  const onlyWithheld = statuses.size === 1 && statuses.has('fact-not-given');
  return { firing: onlyWithheld ? 'provisional' : null, because, open };
};
