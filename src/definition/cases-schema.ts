import * as z from 'zod';
import {
  duration,
  either,
  entryId,
  fullId,
  instrumentId,
  list,
  mapOf,
  oneOf,
  optional,
  pair,
  record,
  shaped,
  text,
  whole,
  word,
} from './schema-parts.js';

const missing = record(
  { missing: text('why it is missing: refused, not-known or not-asked') },
  'a missing answer: { missing: refused }',
);
const scalar = 'a code, a number, or { missing: … }';
const answer = either(
  [z.string(), z.number(), z.boolean(), z.null(), missing],
  scalar,
  'the answer as recorded; a case that expects `invalid` may give any',
);

const names = (what: string) => z.array(text(what)).meta({ description: what });
const score = either(
  [
    z.number(),
    pair('[lowest, highest]'),
    oneOf(['incomplete', 'not-applicable'], 'a state'),
    record(
      {
        prorated: either(
          [z.number(), shaped(/^\d+\/\d+$/, 'a fraction as "160/9"', 'the prorated value')],
          'a number or a fraction',
          'the prorated value',
        ),
      },
      '{ prorated: value }',
    ),
  ],
  'a number, [lowest, highest], incomplete, not-applicable or { prorated: value }',
  'what the score is',
);
const quantity = either(
  [z.number(), pair('[lowest, highest]'), oneOf(['incomplete', 'not-applicable'], 'a state')],
  'a number, [lowest, highest], incomplete or not-applicable',
  'what the quantity is, rounded as shown',
);
const band = either(
  [text('a level, or not-applicable'), list(text('a level'), 'the levels possible')],
  'a level, a list of levels (undecided) or not-applicable',
  'what the band says',
);

const expectation = record(
  {
    scores: optional(mapOf(fullId('id of a score'), score, 'scores by id')),
    quantities: optional(mapOf(fullId('id of a quantity'), quantity, 'quantities by id')),
    bands: optional(mapOf(fullId('id of a band scheme'), band, 'bands by scheme')),
    'cut-offs': optional(
      mapOf(
        fullId('id of a cut-off'),
        oneOf(['met', 'not-met', 'undecided', 'not-applicable'], 'what the cut-off says'),
        'cut-offs by id',
      ),
    ),
    flags: optional(
      mapOf(
        fullId('id of a flag'),
        oneOf(['raised', 'not-raised', 'open', 'not-applicable'], 'what the flag says'),
        'flags by id',
      ),
    ),
    ask: optional(
      record(
        {
          first: optional(names('open critical items')),
          now: optional(names('items that can still change a verdict')),
          later: optional(names('items behind an undecided gate')),
          context: optional(z.array(oneOf(['age', 'sex'], 'a fact about the person'))),
        },
        '{ first, now, later, context }',
      ),
    ),
    'short-forms': optional(
      mapOf(
        instrumentId('id of a short form'),
        mapOf(
          z.string(),
          either(
            [z.string(), missing],
            'a code as text, or { missing: … }',
            'the answer to the item of the short form',
          ),
          'answers by item of the short form',
        ),
        'by short form, the answers that it takes from this form, by its own items',
      ),
    ),
    inconsistent: optional(names('the items named in all contradictions')),
    skipped: optional(names('the items skipped by rule')),
    invalid: optional(list(text('an item'), 'the items for which the form is refused')),
  },
  'what the case is about: scores, quantities, bands, cut-offs, flags, ask, short-forms, inconsistent, skipped, invalid',
);

const caseOf = record(
  {
    name: text('what the case shows'),
    source: text("publication and page, or 'worked by hand' with the steps"),
    answers: mapOf(z.string(), answer, 'answers by item; an item left out is missing'),
    rest: optional(either([z.string(), z.number()], 'a code', 'the code of every item not named')),
    context: optional(
      record(
        {
          sex: optional(oneOf(['female', 'male', 'unknown'], 'sex')),
          age: optional(
            either(
              [whole(0, 130, 'whole years'), word('unknown', 'not known')],
              'whole years or unknown',
              'age',
            ),
          ),
        },
        '{ sex, age }',
      ),
    ),
    options: optional(
      record(
        {
          missing: optional(entryId('id of a missing rule')),
          administered: optional(
            list(
              shaped(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'panel.member', 'a panel member'),
              'panel members administered',
            ),
          ),
        },
        '{ missing, administered }',
      ),
    ),
    expect: expectation,
  },
  'a case: { name, source, answers, expect }',
);

/** What no answer shows, entered a second time from the publication. */
const facts = record(
  {
    source: text('where each fact was read, by somebody who had not read the definition'),
    ages: optional(
      record(
        { from: optional(whole(0, 130, 'whole years')), to: optional(whole(0, 130, 'whole years')) },
        '{ from, to }',
      ),
    ),
    recall: optional(duration('the window that the questions ask about')),
    minutes: optional(whole(1, 240, 'minutes to fill in')),
    change: optional(
      record(
        { 'reliable-change': optional(z.number()), caseness: optional(z.number()) },
        '{ reliable-change, caseness }',
      ),
    ),
    'asked-as': optional(
      mapOf(
        entryId('id of an item'),
        record({ female: z.number(), male: z.number() }, '{ female, male }'),
        'the number by sex in an item that is asked differently',
      ),
    ),
    controls: optional(
      z
        .array(fullId('id of a cut-off'))
        .meta({ description: 'the cut-offs that are no screen positive; left out where there is none' }),
    ),
  },
  '{ source, ages, recall, minutes, change, asked-as, controls }',
);

/** The whole of `cases.yaml`. */
export const casesSchema = record(
  { instrument: instrumentId("the folder's name"), facts: optional(facts), cases: list(caseOf, 'cases') },
  '{ instrument, facts, cases }',
);

/** Expectations for one instrument, taken from its publication or worked by hand. */
export type Cases = z.infer<typeof casesSchema>;
/** The facts that no answer shows, as a second reader entered them. */
export type Facts = z.infer<typeof facts>;
/** One filled-in form and what is expected of it. */
export type Case = Cases['cases'][number];
/** An answer as a case writes it. */
export type CaseValue = Case['answers'][string];
