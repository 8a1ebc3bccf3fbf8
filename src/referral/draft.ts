import { byText } from './by-text.js';
import type { Outcome } from './evaluate-rule.js';
import type { Pathway, Rule } from './pathway.js';
import type { Firmness, RaisedBy, Reason } from './plan.js';
import { byUrgency, joinUrgency, type Urgency } from './urgency.js';

/** A recommendation before it is known how its services are reached. */
export interface Draft {
  /** Drafts with one key are one line of the plan. */
  readonly key: string;
  readonly urgency: Urgency;
  readonly critical: boolean;
  /** The first is what the line is about; with `one-of` the others are alternatives. */
  readonly services: readonly string[];
  readonly choice: 'all' | 'one-of';
  readonly place: 'in-the-room' | 'referral';
  readonly status: Firmness;
  readonly reasons: readonly Reason[];
  readonly warnings: readonly string[];
  /** Needs that an access step provides for; empty for anything else. */
  readonly provides: readonly string[];
}

/** `fired` before `provisional` before `ask`. */
const firmer = (a: Firmness, b: Firmness): Firmness => (a === 'fired' || b === 'ask' ? a : b);

const NONE: readonly string[] = [];

const union = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.length + b.length < 2 ? (a.length === 0 ? b : a) : [...new Set([...a, ...b])].sort(byText);

const joinReasons = (a: readonly Reason[], b: readonly Reason[]): readonly Reason[] =>
  [...new Map([...a, ...b].map((reason) => [reason.rule, reason])).values()].sort(
    (x, y) => byUrgency(x.urgency, y.urgency) || byText(x.rule, y.rule),
  );

/**
 * One line out of two that share a key. Associative, commutative and idempotent; the urgency is never below either, and
 * every action, warning and reason is kept. An alternative stays one only where both allow it.
 */
export const mergeDrafts = (a: Draft, b: Draft): Draft => {
  const alternatives = a.services.slice(1).filter((service) => b.services.includes(service));
  const services = [...a.services.slice(0, 1), ...union(alternatives, NONE)];
  return {
    key: a.key,
    urgency: joinUrgency(a.urgency, b.urgency),
    critical: a.critical || b.critical,
    services,
    // Only alternatives outlive a merge: services that all are needed have lines of their own, or share one rule.
    choice: services.length > 1 ? a.choice : 'all',
    place: a.place === b.place ? a.place : 'referral',
    status: firmer(a.status, b.status),
    reasons: joinReasons(a.reasons, b.reasons),
    warnings: union(a.warnings, b.warnings),
    provides: union(a.provides, b.provides),
  };
};

/** A rule that fired, at the urgency at which it stands for this person. */
export interface Firing {
  readonly rule: Rule;
  readonly status: Firmness;
  readonly because: Outcome['because'];
  readonly urgency: Urgency;
  readonly raised: readonly RaisedBy[];
  /** Cautions on what rests on a result. */
  readonly warnings: readonly string[];
}

/**
 * The lines that a fired rule asks for: one for each service, or one with its alternatives. An emergency and an access
 * step stay one line of their own, with all their services.
 */
export const draftsOf = (firing: Firing, pathway: Pathway): readonly Draft[] => {
  const { rule, status, because, urgency, raised } = firing;
  const { services, choice } = rule.refer;
  const warnings = union(rule.warnings, firing.warnings);
  // Filled in step by step: spreading parts that mostly are not there costs a plan a twentieth of its time.
  const reason: { -readonly [K in keyof Reason]: Reason[K] } = {
    rule: rule.id,
    status,
    urgency,
    action: rule.action,
    warnings,
    because,
    guideline: rule.guideline,
    confidence: rule.confidence,
    level: rule.level,
    proposal: rule.level === 'proposal',
  };
  if (raised.length > 0) reason.raised = raised;
  if (rule.plain !== undefined) reason.plain = rule.plain;
  const critical = status === 'ask' || because.some((each) => 'critical' in each);
  const alone = urgency === 'emergency' || rule.provides !== undefined;
  const draftOf = (line: readonly string[]): Draft => ({
    key: alone ? `rule ${rule.id}` : `service ${line[0]}`,
    urgency,
    critical,
    services: alone ? line : [...line.slice(0, 1), ...union(line.slice(1), NONE)],
    choice: line.length > 1 ? choice : 'all',
    place:
      rule.inTheRoom === true || line.every((id) => pathway.services[id]?.inTheRoom === true)
        ? 'in-the-room'
        : 'referral',
    status,
    reasons: [reason],
    warnings,
    provides: rule.provides ?? NONE,
  });
  if (services.length === 0) return [];
  return alone || choice === 'one-of' ? [draftOf(services)] : services.map((service) => draftOf([service]));
};

/** Merges drafts by key; the order of `drafts` is irrelevant to each line. */
export const mergeByKey = (drafts: readonly Draft[]): readonly Draft[] => {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const before = merged.get(draft.key);
    merged.set(draft.key, before === undefined ? draft : mergeDrafts(before, draft));
  }
  return [...merged.values()];
};

/** By urgency, then critical flags, then the order of services in the pathway, then by name. */
export const inPlanOrder = (drafts: readonly Draft[], { services }: Pathway): readonly Draft[] => {
  const place = (draft: Draft): number => services[String(draft.services[0])]?.place ?? Number.MAX_VALUE;
  return [...drafts].sort(
    (a, b) =>
      byUrgency(a.urgency, b.urgency) ||
      Number(b.critical) - Number(a.critical) ||
      place(a) - place(b) ||
      byText(a.key, b.key),
  );
};
