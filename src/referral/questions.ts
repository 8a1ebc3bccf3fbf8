import type { Instrument } from '../instrument/index.js';
import type { Open } from './finding.js';
import type { Pathway } from './pathway.js';
import type { Question } from './plan.js';
import { byUrgency, joinUrgency, type Urgency } from './urgency.js';

/** Something open, with the rule or route that hangs on it. */
export interface Hanging {
  readonly open: Open;
  readonly urgency: Urgency;
  readonly rule: string;
}

interface Gathered {
  readonly urgency: Urgency;
  readonly rules: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
}

const NOTHING: Gathered = { urgency: 'none', rules: new Set(), items: new Set() };

const add = (to: Gathered, { urgency, rule }: Hanging, items: readonly string[]): Gathered => ({
  urgency: joinUrgency(to.urgency, urgency),
  rules: new Set([...to.rules, rule]),
  items: new Set([...to.items, ...items]),
});

/** One question for each fact and one for each form, by the urgency that hangs on it. */
export const questionsOf = (hanging: readonly Hanging[], pathway: Pathway): readonly Question[] => {
  const facts = new Map<string, Gathered>();
  const forms = new Map<string, Gathered & { readonly instrument: Instrument }>();
  for (const each of hanging) {
    const { open } = each;
    if (open.status === 'fact-not-asked')
      facts.set(open.fact, add(facts.get(open.fact) ?? NOTHING, each, []));
    if (open.status === 'items') {
      const { instrument, items } = open;
      forms.set(instrument.id, { ...add(forms.get(instrument.id) ?? NOTHING, each, items), instrument });
    }
  }
  const asked = pathway.facts.flatMap((fact): readonly Question[] => {
    const gathered = facts.get(fact.id);
    if (gathered === undefined) return [];
    const { urgency, rules } = gathered;
    const { id, question, sensitive = false } = fact;
    return [{ status: 'fact', fact: id, question, sensitive, urgency, rules: [...rules].sort() }];
  });
  const items = [...forms.values()]
    .sort((a, b) => (a.instrument.id < b.instrument.id ? -1 : 1))
    .map(({ urgency, rules, items: open, instrument }): Question => {
      const inFormOrder = instrument.program.variables.map(({ id }) => id).filter((id) => open.has(id));
      const { id, short } = instrument;
      return {
        status: 'items',
        instrument: id,
        short,
        items: inFormOrder,
        urgency,
        rules: [...rules].sort(),
      };
    });
  return [...items, ...asked].sort((a, b) => byUrgency(a.urgency, b.urgency));
};
