import * as z from 'zod';
import {
  duration,
  either,
  entryId,
  fullId,
  instrumentId,
  isoDate,
  list,
  mapOf,
  number,
  numberBetween,
  oneOf,
  onlyTrue,
  optional,
  pair,
  record,
  shaped,
  text,
  whole,
  word,
  yesNo,
} from './schema-parts.js';

/** Domains, in the order of the catalogue. */
export const domains = [
  'mental-health',
  'suicide',
  'alcohol',
  'drugs',
  'tobacco',
  'gambling',
  'neurodivergence',
  'brain-injury',
  'cognition',
  'functioning',
  'nutrition',
  'access',
] as const;

/** What a licence allows, in about two words. */
export const licenceClasses = [
  'public-domain',
  'free',
  'free-with-credit',
  'non-commercial',
  'no-derivatives',
  'registration',
  'permission',
  'commercial',
  'unclear',
] as const;

const confidence = oneOf(['verified', 'recalled'], '`verified` where the source was read, else `recalled`');
const sourceId = entryId('the id of an entry of `sources`');
const sourced = { source: sourceId, confidence: optional(confidence) };
const unitInterval = (what: string) => numberBetween(0, 1, `${what}, from 0 to 1`);

const formula = either(
  [
    text('a formula, as docs/definition-language.md'),
    z
      .object(
        { by: oneOf(['sex', 'age'], 'the context to branch on') },
        { error: 'must be a formula, or { by: sex, female: …, male: … }' },
      )
      .catchall(text('the formula of this branch')),
  ],
  'a formula (quote it where YAML reads it otherwise), or { by: sex, female: …, male: … }',
  'what is computed or tested',
);

const points = either(
  [number('points'), pair('points as an interval')],
  'a number, or [least, greatest]',
  'the points of the option',
);

const option = either(
  [
    record(
      {
        code: text('what is recorded'),
        label: text('a few words of our own'),
        points: optional(points),
      },
      'an option: { code, label, points? }',
    ),
    record(
      {
        code: text('what is recorded'),
        label: text('a few words of our own'),
        missing: oneOf(['refused', 'not-known', 'not-asked'], 'what kind of missing it means'),
      },
      'an option that means missing: { code, label, missing }',
    ),
  ],
  'a mapping',
  'an option: { code, label }',
);

const coded = {
  note: optional(text('a note for the reader')),
  loinc: optional(shaped(/^[0-9]{1,7}-[0-9]$/, 'a LOINC code (44250-9)', 'the LOINC code of the item')),
  snomed: optional(shaped(/^[0-9]{6,18}$/, 'a SNOMED CT identifier', 'the SNOMED CT identifier of the item')),
};
const label = text('a few words of our own, never the validated wording');
const whyUnscored = text('why the item is not scored');
const askedAs = record(
  { female: text('how it is asked of women'), male: text('how it is asked of men') },
  'how the item differs by sex, in own words: { female, male }',
);

const choiceItem = record(
  {
    label,
    options: entryId('the id of an entry of `options`'),
    points: optional(list(points, "the item's own points, one for each option that scores")),
    reverse: optional(onlyTrue('points become least + greatest − points')),
    unscored: optional(whyUnscored),
    'asked-as': optional(askedAs),
    ...coded,
  },
  'an item: { label, options }',
);
const numberItem = record(
  {
    label,
    number: record(
      {
        unit: text('the unit (kg)'),
        min: numberBetween(0, 1e9, 'the least value that can be entered'),
        max: numberBetween(0, 1e9, 'the greatest value that can be entered'),
        step: numberBetween(1e-6, 1e9, 'the step of values (0.1)'),
      },
      '{ unit, min, max, step }',
    ),
    unscored: optional(whyUnscored),
    'asked-as': optional(askedAs),
    ...coded,
  },
  'an item answered with a number: { label, number: { unit, min, max, step } }',
);
const textItem = record(
  { label, text: onlyTrue('free text'), unscored: whyUnscored, 'asked-as': optional(askedAs), ...coded },
  'an item answered in free text: { label, text: true, unscored }',
);
const item = either([choiceItem, numberItem, textItem], 'a mapping', 'an item: { label, options }');

const targets = either(
  [text('a range `q2..q8` or a name'), list(text('a range or a name'), 'ranges and names')],
  'a range, a name or a list',
  'the items that need not be asked',
);
const gate = { if: formula, then: targets };
const skip = either(
  [
    record({ ...gate, points: number('the points that skipped items get'), ...sourced }, 'a skip'),
    record(
      { ...gate, 'not-applicable': onlyTrue('the items leave the score'), ...sourced },
      'a skip: { if, then, points | not-applicable: true, source }',
    ),
  ],
  'a mapping',
  'a skip: { if, then, points | not-applicable: true, source }',
);
const stop = record(
  {
    ...gate,
    decides: list(fullId('the id of a cut-off or band scheme'), 'what the condition proves'),
    ...sourced,
  },
  'a stop: { if, decides, then, source }',
);

const missingRule = record(
  {
    allow: whole(1, 100, 'how many items may be missing'),
    round: optional(whole(0, 6, 'decimals kept, half away from zero')),
    ...sourced,
  },
  'a missing rule: { allow, round?, source }',
);
const score = either(
  [
    record(
      {
        formula,
        range: pair('the least and greatest value'),
        direction: optional(oneOf(['higher-worse', 'higher-better'], 'how the score reads')),
        missing: optional(mapOf(entryId('id of a missing rule'), missingRule, 'missing rules by id')),
        ...sourced,
      },
      'a score: { formula, range, source }',
    ),
    record(
      {
        formula: text('a quotient of number items'),
        quantity: onlyTrue('a measurement with a unit'),
        places: whole(0, 6, 'decimals shown'),
        unit: optional(text('the unit (kg/m2)')),
        ...sourced,
      },
      'a quantity: { formula, quantity: true, places, unit?, source }',
    ),
  ],
  'a mapping',
  'a score: { formula, range, source }',
);
const table = record(
  { rows: list(pair('[key, value]'), 'rows of [key, value]'), ...sourced },
  'a table: { source, rows: [[key, value], …] }',
);

const levelId = entryId('the id of a level');
const levelParts = {
  id: levelId,
  label: text('a few words: what was found and the response needed'),
  negative: optional(yesNo('whether the level reads as a negative screen')),
  'publisher-label': optional(text("the publisher's own label, kept as such")),
};
const rangeLevel = record(
  { ...levelParts, from: number('the least value'), to: optional(number('the greatest value')) },
  'a level: { id, label, from, to }',
);
const ruleLevel = either(
  [
    record({ ...levelParts, when: formula }, 'a level: { id, label, when }'),
    record(
      { ...levelParts, otherwise: onlyTrue('the last level') },
      'the last level: { id, label, otherwise: true }',
    ),
  ],
  'a mapping',
  'a level: { id, label, when }, the last one { id, label, otherwise: true }',
);
const preference = {
  title: optional(text('a title')),
  population: optional(text('whom it is for')),
  preferred: optional(onlyTrue('shown first')),
  'preferred-because': optional(text('why it is shown first')),
};
const levels = list(rangeLevel, 'levels in rising order');
const band = either(
  [
    record(
      { of: entryId('the id of a score'), levels, ...preference, ...sourced },
      'bands: { of, source, levels }',
    ),
    record(
      { rules: list(ruleLevel, 'levels, first match wins'), ...preference, ...sourced },
      'bands by rule: { source, rules }',
    ),
  ],
  'a mapping',
  'bands: { of, source, levels } or { source, rules }',
);

const evidenceRow = record(
  {
    population: text('whom it was found in'),
    n: optional(whole(1, 1e9, 'number of people')),
    'reference-standard': optional(text('what it was compared with')),
    sensitivity: optional(unitInterval('sensitivity')),
    specificity: optional(unitInterval('specificity')),
    ppv: optional(unitInterval('positive predictive value')),
    npv: optional(unitInterval('negative predictive value')),
    auc: optional(unitInterval('area under the curve')),
    setting: optional(text('the setting (justice)')),
    note: optional(text('a note')),
    ...sourced,
  },
  'an evidence row: { population, source, … }',
);

const cutOff = record(
  {
    when: formula,
    'screens-for': text('what a positive screen may mean, never a diagnosis'),
    population: preference.population,
    preferred: preference.preferred,
    'preferred-because': preference['preferred-because'],
    negative: optional(oneOf(['not-met', 'met', 'none'], 'which side reads as a negative screen')),
    kind: optional(word('control', 'a criterion that is not a screen positive')),
    'applies-when': optional(formula),
    evidence: optional(list(evidenceRow, 'evidence rows')),
    ...sourced,
  },
  'a cut-off: { when, screens-for, source }',
);

const flag = record(
  {
    when: formula,
    title: text('what was disclosed'),
    critical: optional(yesNo('whether it asks for a response today')),
    response: optional(text('the response needed, in own words')),
    ...sourced,
  },
  'a flag: { when, title, source }',
);

const absent = word('absent', '`absent` takes the entry out for this member');
const orAbsent = <S extends z.ZodType>(schema: S, what: string) =>
  either([schema, absent], `a mapping or 'absent'`, what);

const member = record(
  {
    items: optional(
      mapOf(entryId('id of an item'), orAbsent(item, 'an item of this member'), 'items of this member'),
    ),
    ranges: optional(mapOf(entryId('id of a score'), pair('the range of this member'), 'ranges by score')),
    levels: optional(mapOf(entryId('id of a band scheme'), levels, 'levels by band scheme')),
    scores: optional(mapOf(entryId('id of a score'), orAbsent(score, 'a score of this member'), 'scores')),
    bands: optional(mapOf(entryId('id of a band scheme'), orAbsent(band, 'bands of this member'), 'bands')),
    'cut-offs': optional(
      mapOf(entryId('id of a cut-off'), orAbsent(cutOff, 'a cut-off of this member'), 'cut-offs'),
    ),
    flags: optional(mapOf(entryId('id of a flag'), orAbsent(flag, 'a flag of this member'), 'flags')),
  },
  'what differs for this member; {} where nothing does',
);
const panelParts = {
  asked: oneOf(['chosen', 'all'], '`chosen`: only the members that apply are asked; `all`: each'),
  items: mapOf(entryId('id of an item'), item, 'the items of each member, in form order'),
  skips: optional(list(skip, 'skips inside a member')),
  scores: optional(mapOf(entryId('id of a score'), score, 'scores of each member')),
  bands: optional(mapOf(entryId('id of a band scheme'), band, 'bands of each member')),
  'cut-offs': optional(mapOf(entryId('id of a cut-off'), cutOff, 'cut-offs of each member')),
  flags: optional(mapOf(entryId('id of a flag'), flag, 'flags of each member')),
};
const panel = either(
  [
    record(
      { ...panelParts, members: mapOf(entryId('id of a member'), member, 'members in form order') },
      'a panel: { asked, members, items }',
    ),
    record(
      { ...panelParts, repeat: record({ max: whole(1, 50, 'the most members kept') }, '{ max }') },
      'a panel: { asked, repeat: { max }, items }',
    ),
  ],
  'a mapping',
  'a panel: { asked, members, items }',
);

/** Where a fact comes from, and how well that was checked. */
export const sourceSchema = record(
  {
    authors: optional(
      either(
        [text('the authors'), list(text('an author'), 'the authors')],
        'text or a list',
        'the authors as printed',
      ),
    ),
    year: optional(whole(1900, 2100, 'the year of publication')),
    title: text('the title'),
    doi: optional(text('the DOI, without a web address before it')),
    url: optional(shaped(/^https?:\/\/\S+$/, 'a web address', 'where it is found')),
    locator: optional(text('page, table or section')),
    confidence,
    seen: optional(isoDate('when it was read')),
    note: optional(text('a note')),
  },
  'a source: { title, confidence, … }',
);

const context = {
  id: instrumentId("the folder's name"),
  version: text('the version of this definition, "1.0.0"'),
  title: text('the full name'),
  short: text('the acronym people use'),
  export: optional(text('the name of the TypeScript export')),
  domain: oneOf(domains, 'what it screens for'),
  class: optional(oneOf(['validated', 'checklist'], '`checklist` is an honest list that is not validated')),
  edition: optional(
    record({ id: entryId('id of the edition'), note: optional(text('how it differs')) }, '{ id, note }'),
  ),
  measures: text('what, and for whom, in a few words'),
  respondent: list(oneOf(['self', 'clinician', 'informant', 'measured'], 'who answers'), 'who answers'),
  recall: optional(duration('the window that the questions ask about')),
  'recall-note': optional(text('what a duration cannot say')),
  minutes: optional(whole(1, 240, 'minutes to fill in')),
  'valid-for': optional(
    record(
      {
        age: optional(
          record(
            {
              from: optional(whole(0, 130, 'whole years')),
              to: optional(whole(0, 130, 'whole years')),
            },
            '{ from, to }',
          ),
        ),
        note: optional(text('whom it is validated for')),
        source: optional(sourceId),
        confidence: optional(confidence),
      },
      '{ age: { from, to }, note, source }',
    ),
  ),
  licence: record(
    {
      holder: text('who owns the wording'),
      class: oneOf(licenceClasses, 'what the licence allows'),
      terms: text('the terms in own words'),
      source: sourceId,
      confidence,
      seen: optional(isoDate('when the terms were read')),
    },
    '{ holder, class, terms, source, confidence, seen }',
  ),
  restrictions: optional(
    list(
      record({ text: text('what guidance forbids, in own words'), ...sourced }, '{ text, source }'),
      'what guidance forbids',
    ),
  ),
  evidence: optional(list(evidenceRow, 'evidence that belongs to no one cut-off')),
  codes: optional(
    record(
      {
        loinc: optional(
          mapOf(
            entryId('`panel` or the id of a score'),
            shaped(/^[0-9]{1,7}-[0-9]$/, 'a LOINC code (44250-9)', 'the LOINC code'),
            'LOINC codes',
          ),
        ),
        snomed: optional(
          mapOf(
            entryId('what the code is for'),
            shaped(/^[0-9]{6,18}$/, 'a SNOMED CT identifier', 'the SNOMED CT identifier'),
            'SNOMED CT identifiers',
          ),
        ),
        confidence,
        source: sourceId,
      },
      '{ loinc, snomed, confidence, source }',
    ),
  ),
  'open-questions': optional(
    list(text('what is not settled'), 'what is not settled and therefore not a rule'),
  ),
  pitfalls: optional(list(text('a mistake seen in software'), 'mistakes seen in software')),
  sources: mapOf(entryId('id of a source'), sourceSchema, 'sources by id'),
};

const shippedDefinition = record(
  {
    ...context,
    status: optional(word('shipped', '`shipped`, or `refused` with the reason')),
    options: optional(
      mapOf(entryId('id of an option set'), list(option, 'the options as printed'), 'option sets by id'),
    ),
    items: optional(mapOf(entryId('id of an item'), item, 'items in form order')),
    keyings: optional(
      mapOf(
        entryId('id of a keying'),
        mapOf(
          fullId('id of an item'),
          list(number('points'), 'points, one for each option that scores'),
          'by item',
        ),
        'second scorings of the same answers',
      ),
    ),
    skips: optional(list(skip, 'items that need not be asked')),
    stops: optional(list(stop, 'where the verdict is known')),
    panels: optional(mapOf(entryId('id of a panel'), panel, 'panels by id')),
    tables: optional(mapOf(entryId('id of a table'), table, 'tables by id')),
    scores: optional(mapOf(entryId('id of a score'), score, 'scores by id')),
    bands: optional(mapOf(entryId('id of a band scheme'), band, 'band schemes by id')),
    'cut-offs': optional(mapOf(entryId('id of a cut-off'), cutOff, 'cut-offs by id')),
    flags: optional(mapOf(entryId('id of a flag'), flag, 'flags by id')),
    contains: optional(
      mapOf(
        instrumentId('id of the short form'),
        record(
          {
            items: mapOf(
              fullId('item of the short form'),
              fullId('our item'),
              'item of the short form: our item',
            ),
            editions: optional(
              mapOf(entryId('our edition'), entryId('its edition'), 'our edition: its edition'),
            ),
          },
          '{ items, editions }',
        ),
        'short forms inside this one',
      ),
    ),
    change: optional(
      record(
        {
          'reliable-change': optional(number('points')),
          caseness: optional(number('the score at or above which a person is a case')),
          recovery: optional(text('what counts as recovery')),
          response: optional(text('what counts as response')),
          note: optional(text('a note')),
          ...sourced,
        },
        '{ reliable-change, caseness, recovery, response, source }',
      ),
    ),
  },
  'a definition',
);

const refusedDefinition = record(
  {
    ...context,
    status: word('refused', '`refused`'),
    refused: record(
      { reason: text('why it is not shipped'), unlock: text('what would change that') },
      '{ reason, unlock }',
    ),
  },
  'a refused definition: { status: refused, refused: { reason, unlock } } and no items or scores',
);

/** The whole of `definition.yaml`. */
export const definitionSchema = either(
  [shippedDefinition, refusedDefinition],
  'a mapping',
  'a definition, as docs/definition-language.md',
);

/** A definition that can be scored. */
export type ShippedDefinition = z.infer<typeof shippedDefinition>;
/** A definition that is named and not shipped, with the reason. */
export type RefusedDefinition = z.infer<typeof refusedDefinition>;
/** The reviewed facts of one instrument, as written in `definition.yaml`. */
export type Definition = z.infer<typeof definitionSchema>;

export type DefinitionItem = z.infer<typeof item>;
export type DefinitionOption = z.infer<typeof option>;
export type DefinitionSkip = z.infer<typeof skip>;
export type DefinitionScore = z.infer<typeof score>;
export type DefinitionBand = z.infer<typeof band>;
export type DefinitionCutOff = z.infer<typeof cutOff>;
export type DefinitionFlag = z.infer<typeof flag>;
export type DefinitionPanel = z.infer<typeof panel>;
export type DefinitionMember = z.infer<typeof member>;
export type DefinitionFormula = z.infer<typeof formula>;

/** The schema to hold a value against: chosen by `status`, so that the errors are those of the form meant. */
export const schemaFor = (value: unknown): typeof shippedDefinition | typeof refusedDefinition =>
  typeof value === 'object' && value !== null && 'status' in value && value.status === 'refused'
    ? refusedDefinition
    : shippedDefinition;
