import type { PathwayDefinition, RuleDefinition } from '../referral/definition/pathway-schema.js';
import type { Pathway } from '../referral/index.js';
import { oneStepUp } from '../referral/urgency.js';

/** A pathway as it was written, with its conditions as they were lowered. */
export interface ReadPathway {
  readonly definition: PathwayDefinition;
  readonly pathway: Pathway;
}

type Plain = Readonly<Record<string, unknown>>;

/** Why a difference shows in no plan and no letter, and the pathway without it. */
interface Idle {
  readonly proof: string;
  readonly without: (read: ReadPathway) => unknown;
}

/**
 * Whether a pathway that differs from this one in one place gives the same plan and the same letters for every person, with the
 * proof in a few words; `null` where that cannot be shown. The proof takes out of both what no plan and no letter reads, and
 * holds what is left against each other.
 */
export const samePlans = (one: ReadPathway): ((other: ReadPathway) => string | null) => {
  const bared = IDLE.map(({ proof, without }) => ({ proof, without, left: JSON.stringify(without(one)) }));
  return (other) => bared.find(({ without, left }) => left === JSON.stringify(without(other)))?.proof ?? null;
};

const IDLE: readonly Idle[] = [
  {
    proof: 'the condition comes to the same tests',
    without: ({ definition, pathway }) => ({
      ...definition,
      rules: pathway.rules.map(({ id, when }) => ({ ...definition.rules[id], when })),
      cautions: pathway.cautions.map(({ id, when }) => ({ ...definition.cautions?.[id], when })),
      raises: pathway.raises.map(({ id, when }) => ({ ...definition.raises?.[id], when })),
    }),
  },
  {
    proof: 'no rule, letter or service names this service, so no plan holds it',
    without: ({ definition }) => {
      const named = namedServices(definition);
      return { ...definition, services: entriesWhere(definition.services, (id) => named.has(id)) };
    },
  },
  {
    proof: 'it is done in the room, where consent is not read',
    without: ({ definition }) => ({
      ...definition,
      services: mapped(definition.services, (service) =>
        service['in-the-room'] === true ? { ...service, consent: null } : service,
      ),
    }),
  },
  {
    proof: 'no hand-over names it, so that nobody reads what its name says',
    without: ({ definition }) => ({
      ...definition,
      services: mapped(definition.services, (service) =>
        service.discreet === true || definition.letters.navigator === undefined
          ? { ...service, neutral: null }
          : service,
      ),
    }),
  },
  {
    proof: 'no rule stands at this urgency and no step leads to it',
    without: ({ definition }) => {
      const stood = urgenciesOf(definition);
      return {
        ...definition,
        urgencies: Object.fromEntries(
          Object.entries(definition.urgencies).map(([id, words]) => [
            id,
            stood.has(id) ? words : bare({ ...words, review: null }),
          ]),
        ),
      };
    },
  },
  {
    proof: 'the rule names no service outside the room, so its place is settled',
    without: ({ definition }) => ({
      ...definition,
      rules: mapped(definition.rules, (rule) =>
        servicesOf(rule).every((id) => definition.services[id]?.['in-the-room'] === true)
          ? { ...rule, 'in-the-room': null }
          : rule,
      ),
    }),
  },
  {
    proof: 'the rule only opens instruments: a plan names it, and shows none of its texts',
    without: ({ definition }) => ({
      ...definition,
      rules: mapped(definition.rules, (rule) =>
        servicesOf(rule).length === 0 && rule.next !== undefined
          ? { ...rule, guideline: null, action: null, plain: null, warnings: null, confidence: null }
          : rule,
      ),
    }),
  },
  {
    proof: 'a plan shows what a step up says, and no guideline of it',
    without: ({ definition }) => ({
      ...definition,
      raises: mapped(definition.raises ?? {}, (raise) => ({ ...raise, guideline: null })),
    }),
  },
  {
    proof: 'each of its rules is raised to the same urgency',
    without: ({ definition }) => ({
      ...definition,
      raises: mapped(definition.raises ?? {}, (raise) => ({
        ...raise,
        'up-to': null,
        rules: raise.rules.map((id) => {
          const rule = definition.rules[id];
          return rule === undefined ? id : [id, oneStepUp(rule.urgency, raise['up-to'])];
        }),
      })),
    }),
  },
];

const servicesOf = (rule: RuleDefinition): readonly string[] => rule.refer ?? rule['one-of'] ?? [];

/** The services that a rule or a letter names, and those by way of which they are reached. */
const namedServices = ({ rules, letters, services }: PathwayDefinition): ReadonlySet<string> => {
  const named = new Set([
    ...Object.values(rules).flatMap(servicesOf),
    letters.gp ?? '',
    letters.navigator ?? '',
  ]);
  for (const id of named) {
    const via = services[id]?.via;
    if (via !== undefined) named.add(via);
  }
  return named;
};

/** The urgencies at which a rule can stand, with the steps that may raise it. */
const urgenciesOf = ({ rules, raises }: PathwayDefinition): ReadonlySet<string> => {
  const ups = Object.values(raises ?? {}).map((raise) => raise['up-to']);
  return new Set(
    Object.values(rules).flatMap(({ urgency }) => [urgency, ...ups.map((upTo) => oneStepUp(urgency, upTo))]),
  );
};

/** Keys that say nothing where they say `null` are taken out, so that what is absent equals what is idle. */
const bare = (entry: Plain): Plain => entriesWhere(entry, (_, value) => value !== null);

const mapped = <T extends Plain>(entries: Readonly<Record<string, T>>, change: (entry: T) => Plain): Plain =>
  Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, bare(change(entry))]));

const entriesWhere = (entries: Plain, keep: (id: string, value: unknown) => boolean): Plain =>
  Object.fromEntries(Object.entries(entries).filter(([id, value]) => keep(id, value)));
