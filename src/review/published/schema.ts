import * as z from 'zod';
import { sourceSchema } from '../../definition/schema.js';
import {
  either,
  entryId,
  fullId,
  instrumentId,
  list,
  mapOf,
  number,
  oneOf,
  optional,
  record,
  shaped,
  text,
  whole,
  yesNo,
} from '../../definition/schema-parts.js';

const column = text('the name of a column of the table');
const item = text('an item of the instrument');
const condition = shaped(
  /^\s*[^\s=<>!].*?\s*(!?=.*|[<>]=?\s*-?\d+(\.\d+)?\s*)$/s,
  "a column, one of = != < <= > >=, and a value, as 'RIDAGEYR >= 20'",
  'which rows are read',
);
const conditions = list(condition, 'conditions, all of which a row must meet');

const context = record(
  {
    age: optional(
      record(
        { column, values: optional(mapOf(z.string(), text('whole years, or unknown'), 'what cells mean')) },
        '{ column, values }',
      ),
    ),
    sex: optional(
      record(
        {
          column,
          values: optional(
            mapOf(z.string(), oneOf(['female', 'male', 'unknown'], 'what a cell means'), 'what cells mean'),
          ),
        },
        '{ column, values }',
      ),
    ),
  },
  '{ age, sex }',
);

const ofScore = record(
  {
    score: fullId('id of a score'),
    from: optional(number('least value')),
    to: optional(number('greatest value')),
  },
  '{ score } or { score, from, to }',
);
const ofBand = record(
  {
    band: fullId('id of a band scheme'),
    level: either(
      [text('a level'), list(text('a level'), 'levels')],
      'a level or a list',
      'the levels counted',
    ),
  },
  '{ band, level }',
);
const ofCutOff = record({ 'cut-off': fullId('id of a cut-off: counted where it is met') }, '{ cut-off }');
const ofFlag = record({ flag: fullId('id of a flag: counted where it is raised') }, '{ flag }');

const figure = record(
  {
    statistic: oneOf(
      ['n', 'count', 'percent', 'mean', 'sd', 'alpha'],
      'n, count, percent, mean, sd, or alpha, as docs/published-results.md defines them',
    ),
    of: either(
      [ofScore, ofBand, ofCutOff, ofFlag],
      '{ score }, { score, from, to }, { band, level }, { cut-off } or { flag }',
      'what is counted or measured',
    ),
    weighted: optional(
      yesNo('whether the weight counts; percent, mean and sd are weighted where there is one'),
    ),
    is: mapOf(
      entryId('id of a group'),
      shaped(/^-?\d+(\.\d+)?$/, 'the figure as printed, such as "8.0"', 'the figure as printed'),
      'the printed figure of each group',
    ),
    source: entryId('the id of an entry of `sources`'),
    locator: optional(text('table, figure or page')),
    note: optional(text('a note')),
  },
  'a figure: { statistic, of, is, source }',
);

/** The whole of a published result. */
export const publishedResultSchema = record(
  {
    id: instrumentId('the name of the file, without .yaml'),
    title: text('what was published'),
    instrument: instrumentId('the instrument, such as phq-9'),
    data: record(
      {
        file: shaped(
          /^(?!\/|.*\\|.*(^|\/)\.\.(\/|$))[^\s].*$/,
          'a path inside the folder of the data, with / between folders',
          'where the table is',
        ),
        about: text('what it is, who may have it, and where'),
        delimiter: optional(oneOf(['comma', 'tab', 'semicolon', 'pipe'], 'what stands between cells')),
        decimals: optional(oneOf(['point', 'comma'], 'how decimals are written')),
      },
      '{ file, about }',
    ),
    columns: optional(
      mapOf(z.string(), column, 'the column of each item; an item left out has its own name'),
    ),
    'not-asked': optional(list(item, 'items that stand in no column')),
    'missing-codes': optional(
      mapOf(
        z.string(),
        oneOf(['refused', 'not-known', 'not-asked'], 'why there is no answer'),
        'what the codes for a missing answer mean',
      ),
    ),
    recode: optional(
      list(
        record(
          {
            items: text('an item, or a range such as q1..q9'),
            values: mapOf(z.string(), text('a code'), 'cell to code'),
          },
          '{ items, values }',
        ),
        'what the cells of items mean',
      ),
    ),
    'accept-columns': optional(list(item, 'items whose columns are scored as they stand')),
    context: optional(context),
    'missing-rule': optional(entryId('a sourced missing rule of the instrument')),
    administered: optional(
      list(
        shaped(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'panel.member', 'a panel member'),
        'panel members asked in every row',
      ),
    ),
    where: optional(conditions),
    forms: optional(
      oneOf(
        ['complete', 'decided'],
        'which forms count: those in which all that the figure reads was answered, or also those that are certain without',
      ),
    ),
    'rejected-rows': optional(whole(0, 1_000_000_000, 'rows that cannot be scored; none unless it is said')),
    weight: optional(column),
    groups: optional(
      mapOf(
        entryId('id of a group'),
        record(
          { label: optional(text('what the group is called')), where: optional(conditions) },
          '{ label, where }',
        ),
        'parts of the population, by id',
      ),
    ),
    figures: list(figure, 'the published figures'),
    sources: mapOf(entryId('id of a source'), sourceSchema, 'sources by id'),
  },
  'a published result: { id, title, instrument, data, figures, sources, … }',
);

/** A published result: whose data, how it is read, and what was printed. */
export type PublishedResult = z.infer<typeof publishedResultSchema>;
/** One row of a published table: one statistic, of one or more groups. */
export type PublishedFigure = PublishedResult['figures'][number];
/** What a figure counts or measures. */
export type FigureOf = PublishedFigure['of'];
