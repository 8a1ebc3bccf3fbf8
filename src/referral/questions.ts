import type { Instrument } from '../instrument/index.js';
import { byText } from './by-text.js';
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
  urgency: Urgency;
  readonly rules: string[];
}

const putOnce = (list: string[], each: string): void => {
  if (!list.includes(each)) list.push(each);
};

const add = (to: Gathered, { urgency, rule }: Hanging): void => {
  to.urgency = joinUrgency(to.urgency, urgency);
  putOnce(to.rules, rule);
};

/** One question for each fact and one for each form, by the urgency that hangs on it. */
export const questionsOf = (hanging: readonly Hanging[], pathway: Pathway): readonly Question[] => {
  const facts = new Map<string, Gathered>();
  const forms = new Map<string, Gathered & { readonly instrument: Instrument; readonly items: string[] }>();
  for (const each of hanging) {
    const { open, urgency, rule } = each;
    if (open.status === 'fact-not-asked') {
      const gathered = facts.get(open.fact);
      if (gathered === undefined) facts.set(open.fact, { urgency, rules: [rule] });
      else add(gathered, each);
    } else if (open.status === 'items') {
      const { instrument, items } = open;
      const gathered = forms.get(instrument.id);
      if (gathered === undefined)
        forms.set(instrument.id, { urgency, rules: [rule], instrument, items: [...items] });
      else {
        add(gathered, each);
        for (const item of items) putOnce(gathered.items, item);
      }
    }
  }
  const questions: Question[] = [...forms.values()]
    .sort((a, b) => byText(a.instrument.id, b.instrument.id))
    .map(({ urgency, rules, items: open, instrument: { id, short, program } }) => ({
      status: 'items',
      instrument: id,
      short,
      items: program.variables.map((variable) => variable.id).filter((item) => open.includes(item)),
      urgency,
      rules: rules.sort(),
    }));
  for (const { id, question, sensitive = false } of pathway.facts) {
    const gathered = facts.get(id);
    if (gathered === undefined) continue;
    questions.push({
      status: 'fact',
      fact: id,
      question,
      sensitive,
      urgency: gathered.urgency,
      rules: gathered.rules.sort(),
    });
  }
  return questions.sort((a, b) => byUrgency(a.urgency, b.urgency));
};
