import type * as z from 'zod';
import {
  either,
  entryId,
  instrumentId,
  list,
  mapOf,
  number,
  oneOf,
  onlyTrue,
  optional,
  record,
  shaped,
  text,
  yesNo,
} from '../../definition/schema-parts.js';
import { URGENCIES } from '../urgency.js';

const day = (what: string) => shaped(/^\d{4}-\d{2}-\d{2}$/, 'a date as "2026-11-24"', what);
const condition = text('a condition over results and facts, as `gad-7 meets caseness-10`');
const length = (what: string) =>
  shaped(
    /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$/,
    'an ISO 8601 length of years, months, weeks or days, as P14D',
    what,
  );
const factId = entryId('the id of an entry of `facts`');
const serviceId = entryId('the id of an entry of `services`');
const urgency = oneOf(URGENCIES, 'how soon');
const confidence = text('what was verified, what is recalled');
const values = mapOf(entryId('a value'), text('the value in words'), 'the values, with their words');

const factBase = {
  question: text('what to ask, in own words'),
  sensitive: optional(onlyTrue('ask alone and with care')),
};

const factSchema = either(
  [
    record(
      {
        ...factBase,
        type: oneOf(['boolean'], 'yes or no'),
        true: text('how the plan says it where it is so'),
        false: text('how the plan says it where it is not so'),
      },
      'a yes or no fact',
    ),
    record(
      { ...factBase, type: oneOf(['enum', 'list'], 'one value, or any number'), values },
      'a fact with values',
    ),
    record(
      {
        ...factBase,
        type: oneOf(['number'], 'a number'),
        label: text('name of the number'),
        min: number('the least value'),
        max: number('the greatest value'),
      },
      'a number',
    ),
    record(
      {
        ...factBase,
        type: oneOf(['date'], 'a calendar date'),
        label: text('name of the event'),
        'counted-in': oneOf(['days', 'weeks', 'months'], 'the unit in which conditions read the time since'),
      },
      'a date',
    ),
  ],
  'a fact: `type`, `question` and its words',
  'a fact about the person',
);

const serviceSchema = record(
  {
    name: text('what the service is called'),
    plain: text('what it is, for the person: short, everyday words'),
    neutral: optional(onlyTrue('its name says nothing about health')),
    discreet: optional(onlyTrue('never named in a letter that somebody at home may open')),
    'in-the-room': optional(onlyTrue('done in this appointment')),
    consent: yesNo('whether the referral needs consent, safety apart'),
    needs: optional(list(entryId('a need'), 'what the person must have first')),
    refer: list(text('who may refer'), 'who may start the referral'),
    via: optional(serviceId),
    note: optional(text('a note')),
    confidence,
    source: optional(text('where it was read')),
  },
  'a service',
);

const guideline = record(
  {
    id: text('the guideline'),
    year: optional(text('year of publication, quoted')),
    locator: optional(text('recommendation, statement or chapter, with its own confidence')),
    note: optional(text('a note')),
  },
  'a guideline',
);

const ruleSchema = record(
  {
    when: condition,
    urgency,
    refer: optional(list(serviceId, 'services, all of them')),
    'one-of': optional(list(serviceId, 'services, the preferred first')),
    'in-the-room': optional(onlyTrue('done in this appointment')),
    action: text('what to do, in own words; no dose, no diagnosis'),
    warnings: optional(list(text('a warning'), 'warnings')),
    plain: optional(text('what to tell the person, in short, everyday words')),
    review: optional(length('when this is looked at again, where that is sooner than its urgency says')),
    next: optional(list(instrumentId('an instrument'), 'instruments to fill in next')),
    provides: optional(list(entryId('a need'), 'an access step: the needs it provides for')),
    guideline: optional(list(guideline, 'guidelines')),
    confidence,
    level: optional(oneOf(['verified', 'partial', 'recalled', 'design'], 'how well the rule was checked')),
    proposal: optional(onlyTrue('a rule of our own: off unless the adopter names it')),
    source: optional(text('where it was read')),
    note: optional(text('a note for the reviewer')),
    read: optional(day('when the guideline was last read for this rule')),
    'review-by': optional(day('when it must be read again')),
  },
  'a rule',
);

const ruleId = shaped(/^[A-Z]+-[A-Z0-9]+$/, 'an id as `ABC-01`', 'the id of a rule');

const raiseSchema = record(
  {
    when: condition,
    rules: list(ruleId, 'the rules that are raised by one step'),
    'up-to': urgency,
    says: text('what the plan says of it'),
    guideline: optional(list(guideline, 'guidelines')),
    confidence,
    level: optional(oneOf(['verified', 'partial', 'recalled', 'design'], 'how well it was checked')),
    proposal: optional(onlyTrue('of our own: off unless the adopter names it')),
  },
  'a step up',
);

const urgencySchema = record(
  {
    label: text('what it is called'),
    target: text('how soon it means'),
    plain: text('how soon, for the person: short, everyday words'),
    review: optional(length('when a plan of this urgency is looked at again')),
  },
  'an urgency',
);

/** The YAML of a pathway. Docs: `docs/pathways.md`. */
export const pathwaySchema = record(
  {
    id: instrumentId('the id of the pathway, as its folder'),
    version: shaped(/^\d+\.\d+\.\d+$/, 'a version as "1.0.0"', 'the version'),
    title: text('the full name'),
    country: text('where it holds'),
    urgencies: record(
      {
        emergency: urgencySchema,
        'same-day': urgencySchema,
        urgent: urgencySchema,
        soon: urgencySchema,
        routine: urgencySchema,
        none: urgencySchema,
      },
      'every urgency, with its label and target',
    ),
    facts: mapOf(entryId('a fact'), factSchema, 'facts about the person'),
    context: record({ age: optional(factId), sex: optional(factId) }, 'the facts that scoring reads'),
    services: mapOf(entryId('a service'), serviceSchema, 'services'),
    routes: record(
      {
        consent: record(
          {
            fact: factId,
            'safety-from': urgency,
            withheld: text('what to do without consent'),
            safety: text('what to do without consent where safety comes first'),
            ask: text('what to do before consent is asked'),
            share: factId,
          },
          'consent',
        ),
        treatment: record(
          { fact: factId, text: text('what to do where the service treats the person') },
          'treatment',
        ),
      },
      'routes',
    ),
    cautions: optional(
      mapOf(
        entryId('a caution'),
        record(
          {
            when: condition,
            on: oneOf(['results', 'plan'], 'where it is said'),
            warning: text('a warning'),
            confidence,
          },
          'a caution',
        ),
        'cautions',
      ),
    ),
    letters: record(
      {
        gp: optional(serviceId),
        navigator: optional(serviceId),
        'safety-net': text('where the person turns if things get worse: short, everyday words'),
      },
      'the services to which letters go',
    ),
    raises: optional(mapOf(ruleId, raiseSchema, 'steps up')),
    waivers: optional(mapOf(ruleId, text('why it is accepted'), 'rules past their review, accepted by name')),
    battery: list(instrumentId('an instrument'), 'short screens in the order in which they are given'),
    read: day('when the guidelines were last read'),
    'review-by': day('when they must be read again'),
    rules: mapOf(ruleId, ruleSchema, 'rules'),
    'open-questions': optional(list(text('a question'), 'what is not settled and therefore no rule')),
  },
  'a pathway',
);

/** A pathway as written. */
export type PathwayDefinition = z.infer<typeof pathwaySchema>;
export type FactDefinition = z.infer<typeof factSchema>;
export type RuleDefinition = z.infer<typeof ruleSchema>;
