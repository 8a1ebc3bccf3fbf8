import type { Pathway, Person } from '../../src/referral/index.js';
import { drink2, is, mood3, pathwayWith, rule, today } from './fictional.js';

/** A fictional session on which everything fires that a letter can speak of. */

const base = pathwayWith([
  rule('MOO-01', is.meets('mood-3', 'case-5'), {
    action: 'ask first? then refer',
    plain: 'Talking helps.',
    warnings: ['keep well'],
  }),
  rule('DAN-01', is.raises('mood-3', 'danger'), {
    urgency: 'same-day',
    refer: { choice: 'one-of', services: ['hotline', 'surgery', 'specialist'] },
  }),
  rule('PAI-01', is.fact('in-pain'), {
    refer: { choice: 'all', services: ['specialist'] },
    guideline: [
      { id: 'FG1', year: '2020' },
      { id: 'FG2', year: '2021' },
    ],
  }),
  rule('ALO-01', is.fact('alone'), {
    urgency: 'urgent',
    refer: { choice: 'all', services: ['guide', 'clinic'] },
    plain: 'SECRET WORDS',
  }),
  rule('REG-01', is.not(is.fact('registered')), {
    refer: { choice: 'all', services: ['surgery'] },
    provides: ['surgery-place'],
    guideline: [],
  }),
  rule('NOT-01', is.meets('drink-2', 'by-sex'), {
    urgency: 'none',
    refer: { choice: 'all', services: [] },
    action: 'a note of a result',
  }),
]);
const named = (id: string, given: object) => {
  const service = base.services[id];
  return service === undefined ? {} : { [id]: { ...service, ...given } };
};
const urgency = (name: string, review?: string) => ({
  label: `label ${name}`,
  target: `target ${name}`,
  plain: `plain ${name}`,
  ...(review === undefined ? {} : { review }),
});
/** Rules for every part of a letter; one service that must not be named, one whose name is neutral, a day of review. */
export const pathway: Pathway = {
  ...base,
  urgencies: {
    emergency: urgency('emergency'),
    'same-day': urgency('same-day'),
    urgent: urgency('urgent'),
    soon: urgency('soon'),
    routine: urgency('routine', 'P7D'),
    none: urgency('none'),
  },
  services: {
    ...base.services,
    ...named('hotline', { plain: 'The hotline' }),
    ...named('surgery', { plain: 'The surgery', neutral: true }),
    ...named('specialist', { plain: 'ABC Team' }),
    ...named('guide', { discreet: true }),
  },
  cautions: [
    {
      id: 'age',
      text: 'age < 18',
      when: { op: 'fact-number', fact: 'age', operator: '<', value: 18 },
      on: 'plan',
      warning: 'young',
      confidence: 'fictional',
    },
  ],
};
/** A fictional directory. */
export const local = {
  area: 'here',
  directory: {
    id: 'fictional',
    areas: {
      here: {
        name: 'Here',
        services: {
          clinic: { name: 'Clinic Street', contact: 'ring 1' },
          surgery: { name: 'Surgery Lane' },
        },
      },
    },
  },
};
/** Somebody of whom every fact is known that these rules read, save consent. */
export const everything: Person = { age: 16, sex: 'female', 'in-pain': true, alone: true, registered: false };
/** Two forms on which every rule over a verdict fires. */
export const forms = [today(mood3, { q1: 3, q2: 3, q3: 1 }), today(drink2, { q1: 1, q2: 1 })];
