import type { ChangedFact } from '../review/effect/changed-facts.js';
import type { Effect } from '../review/effect/effect.js';
import { isSome } from '../review/effect/figure.js';
import type { PartEffect } from '../review/effect/part-effects.js';
import type { RuleEffect } from '../review/effect/rule-effects.js';
import type { VersionJudgement } from '../review/effect/version-rule.js';
import type { PeopleMove, TableEffect } from './diff-table.js';
import { countText, exampleText, figureText, moveLines, shareText } from './diff-words.js';
import { hanging, printable, tableLines } from './text-layout.js';

/** What `caseness diff` found: of the definitions, and of the people of a table where one was given. */
export interface DiffReport {
  readonly files: { readonly old: string; readonly new: string };
  readonly effect: Effect;
  readonly data: TableEffect | null;
}

/** JSON with whole numbers of any size as text. */
export const diffJson = (report: DiffReport): string =>
  `${JSON.stringify(report, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2)}\n`;

const COLUMN = 10;

const isMoving = ({ moved, moves, standing }: PartEffect): boolean =>
  standing !== 'in-both' || moves.length > 0 || moved === null || isSome(moved);

const KINDS = {
  none: 'nothing changed',
  document: 'words only: the scoring digest is the same, so no result moves',
  scoring: 'a change of scoring: the scoring digests differ',
} as const;

const factLines = (fact: ChangedFact, { files }: DiffReport): readonly string[] => {
  const change =
    fact.old === null
      ? `added: ${fact.new}`
      : fact.new === null
        ? `gone: ${fact.old}`
        : `${fact.old} → ${fact.new}`;
  const moves = fact.moves === 'scoring' ? ' [scoring]' : fact.moves === 'document' ? ' [words]' : '';
  const place = `${files.old}:${fact.line.old} → ${files.new}:${fact.line.new}`;
  return [
    ...hanging('', `${fact.path}: ${change}${moves}`, COLUMN),
    ...hanging('', `  ${place}`, COLUMN + 2),
  ];
};

const versionWords = ({
  old,
  new: next,
  given,
  needed,
  enough,
  because,
  proved,
}: VersionJudgement): string => {
  const did =
    given === 'none'
      ? `${old}, not raised`
      : given === 'lowered'
        ? `${old} → ${next}, lowered`
        : `${old} → ${next}, ${given}`;
  const asks = needed === 'none' ? 'none is needed' : `a ${needed} version is needed`;
  const open = proved ? '' : '; that no form with missing answers moves is not shown';
  return `${did}: ${enough ? 'enough' : 'NOT ENOUGH'}; ${asks} (${because}${open})`;
};

/** What the figures are of, in sentences. */
const formsWords = ({ forms, parts }: Effect): readonly string[] => {
  if (forms === null) return [];
  const { total, onlyOld, onlyNew, onlyOldExample, addedItems, removedItems, context, members, states } =
    forms;
  const isSampled = parts.some(({ moved }) => moved?.method === 'sampled');
  return [
    `${countText(total)} complete forms${isSampled ? '; what is too much to count is estimated from forms drawn at random, and says so' : `, counted exactly (${countText(states)} states)`}. A form answers each item that either definition asks; what a definition skips it counts by its own rule.`,
    ...(context.length === 0 ? [] : [`Each form counts once for each value of ${context.join(' and ')}.`]),
    ...(members ? ['Of a panel, each member is chosen or not, and answered in full where it is.'] : []),
    ...(addedItems.length === 0
      ? []
      : [`Only the new definition asks ${addedItems.join(', ')}: the forms are over both.`]),
    ...(removedItems.length === 0
      ? []
      : [`Only the old definition asks ${removedItems.join(', ')}: the forms are over both.`]),
    ...(onlyOld === 0n
      ? []
      : [
          `${countText(onlyOld)} more hold an answer that the new definition refuses${onlyOldExample === null ? '' : ` (such as ${exampleText(onlyOldExample)})`}.`,
        ]),
    ...(onlyNew === 0n
      ? []
      : [`${countText(onlyNew)} more hold an answer that only the new definition knows.`]),
  ];
};

const STANDING = { 'in-both': '', added: ', new', removed: ', gone' } as const;

const partTitle = ({ kind, id, standing }: PartEffect): string => `${kind} ${id}${STANDING[standing]}`;

const bySexText = ({ bySex }: PartEffect): string =>
  bySex === undefined
    ? ''
    : Object.entries(bySex)
        .map(([sex, figure]) => `${sex}: ${figureText(figure)}`)
        .join('; ');

const partLines = (part: PartEffect): readonly string[] => {
  const rows = moveLines(part).map(({ move, forms, example }) => [
    move,
    figureText(forms),
    `smallest: ${exampleText(example)}`,
  ]);
  const sex = bySexText(part);
  return [
    ...hanging(
      '',
      `${partTitle(part)}: ${part.standing === 'in-both' ? figureText(part.moved) : 'nobody moves'}`,
      COLUMN,
    ),
    ...(sex === '' ? [] : hanging('', sex, COLUMN + 2)),
    ...tableLines(rows, COLUMN + 2),
  ];
};

const ruleWords = ({ others, starts, stops }: RuleEffect): string => {
  const may = others.length === 0 ? '' : 'may ';
  if (starts === null || stops === null) return 'may change: not worked out';
  const parts = [
    ...(isSome(starts) ? [`${may}start${may === '' ? 's' : ''} for ${figureText(starts)}`] : []),
    ...(isSome(stops) ? [`${may}stop${may === '' ? 's' : ''} for ${figureText(stops)}`] : []),
  ];
  return parts.join('; ');
};

const ruleHead = ({ kind, id, urgency, proposal }: RuleEffect): string =>
  `${kind === 'rule' ? '' : `${kind} `}${id}${urgency === null ? '' : ` (${urgency})`}${proposal ? ', a proposal' : ''}`;

const ruleNotes = ({ others, lost, examples }: RuleEffect): readonly string[] => [
  ...(lost.length === 0
    ? []
    : [`names what is gone: ${lost.join(', ')}; the pathway will not load with the new definition`]),
  ...(examples.starts === null ? [] : [`smallest start: ${exampleText(examples.starts)}`]),
  ...(examples.stops === null ? [] : [`smallest stop: ${exampleText(examples.stops)}`]),
  ...(others.length === 0 ? [] : [`hangs also on ${others.join(', ')}`]),
];

const ruleLines = (rule: RuleEffect): readonly string[] => [
  ...hanging('', `${ruleHead(rule)}: ${ruleWords(rule)}`, COLUMN),
  ...ruleNotes(rule).flatMap((note) => hanging('', note, COLUMN + 2)),
];

const peopleWords = ({ from, to, people, rows }: PeopleMove): string => {
  const more = people - rows.length;
  const where = `rows ${rows.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `${from === null ? 'another value' : `${from} → ${to}`}: ${countText(people)} (${where})`;
};

const dataWords = ({ compared, moved, rejected }: TableEffect): string => {
  const share = compared === 0 ? '' : ` (${shareText(moved / compared)})`;
  const refused = rejected.old + rejected.new + rejected.both;
  const apart = `; ${countText(refused)} more could not be scored (${rejected.old} by the old definition alone, ${rejected.new} by the new alone, ${rejected.both} by both)`;
  return `${countText(moved)} of ${countText(compared)} people move${share}${refused === 0 ? '' : apart}`;
};

const section = (name: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : ['', ...lines.map((line, i) => (i === 0 ? `${name.padEnd(COLUMN)}${line.slice(COLUMN)}` : line))];

const sentences = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => hanging('', text, COLUMN));

const titleOf = ({ id, version }: Effect): string =>
  `${id.old === id.new ? id.new : `${id.old} → ${id.new}`} ${version.old} → ${version.new}`;

const unmoved = ({ parts }: Effect): string => {
  const still = parts.filter((part) => !isMoving(part)).map(({ kind, id }) => `${kind} ${id}`);
  return still.length === 0 ? '' : `nothing moves in ${still.join(', ')}`;
};

const partialWords = ({ partial }: Effect): readonly string[] => {
  if (partial === null) return [];
  const { moved, seed, parts } = partial;
  if (moved.method !== 'sampled') return [];
  const drawn = `of ${countText(moved.tried)} forms with missing answers (drawn, seed ${seed})`;
  if (moved.found === 0) return [`${drawn} none moves`];
  return [
    `${drawn} ${countText(moved.found)} move; how much is missing on a form is drawn too, so this is a share of no people`,
    ...parts.map(({ kind, id, moved: some, from, to, example }) => {
      const count = some.method === 'sampled' ? some.found : 0;
      return `${kind} ${id}: ${countText(count)}, such as ${from} → ${to}: ${exampleText(example)}`;
    }),
  ];
};

/** What moves that is no verdict of the form, and is not counted over forms. */
const besideWords = ({ beside }: Effect): readonly string[] => beside.map(({ text }) => text);

/** What kind of change it is; a change of words moves no verdict, and may move what is read beside them. */
const kindWords = ({ change, beside }: Effect): string =>
  change === 'document' && beside.length > 0
    ? 'the scoring digest is the same, so no verdict moves; what plans and notices read does'
    : KINDS[change];

/** The report for a terminal. */
export const diffText = (report: DiffReport): string => {
  const { effect, data } = report;
  const { facts, change, version, moved, parts, rules } = effect;
  const lines = [
    printable(titleOf(effect)),
    ...section('CHANGED', facts.length === 0 ? [] : facts.flatMap((fact) => factLines(fact, report))),
    ...section('KIND', sentences([kindWords(effect)])),
    ...section('VERSION', sentences([versionWords(version)])),
    ...section('FORMS', sentences(formsWords(effect))),
    ...(effect.forms === null && change === 'scoring'
      ? section(
          'FORMS',
          sentences(['the forms were not gone through: a definition is refused, or they are too many']),
        )
      : []),
    ...section(
      'MOVED',
      effect.forms === null
        ? []
        : [
            ...sentences([`${figureText(moved)} in anything`]),
            ...parts.filter(isMoving).flatMap(partLines),
            ...sentences([unmoved(effect)].filter((text) => text !== '')),
          ],
    ),
    ...section('PARTIAL', sentences(partialWords(effect))),
    ...section('BESIDE', sentences(besideWords(effect))),
    ...(rules === null
      ? []
      : section(
          'REFERRAL',
          rules.effects.length === 0
            ? sentences([`no rule of ${rules.pathway} changes`])
            : [...sentences([`by ${rules.pathway}:`]), ...rules.effects.flatMap(ruleLines)],
        )),
    ...(data === null
      ? []
      : section('PEOPLE', [
          ...sentences([dataWords(data)]),
          ...data.parts.flatMap(({ kind, id, people, moves }) => [
            ...sentences([`${kind} ${id}: ${countText(people)}`]),
            ...moves.flatMap((move) => hanging('', peopleWords(move), COLUMN + 2)),
          ]),
          ...data.notes.flatMap((note) => hanging('', `note: ${note}`, COLUMN)),
        ])),
  ];
  return `${lines.join('\n')}\n`;
};

const cell = (text: string): string => printable(text).replace(/[|\\`<>*_[\]]/g, (char) => `\\${char}`);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0
    ? []
    : [
        '',
        `| ${head.join(' | ')} |`,
        `| ${head.map(() => '---').join(' | ')} |`,
        ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
      ];

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${cell(text.slice(1))}.`;

const heading = (text: string): readonly string[] => ['', `#### ${text}`];

/** The report as Markdown, for a pull request. */
export const diffMarkdown = (report: DiffReport): string => {
  const { effect, data } = report;
  const { facts, version, moved, parts, rules } = effect;
  const mark = { scoring: 'scoring', document: 'words', together: '' } as const;
  const moving = parts.filter(isMoving);
  const lines = [
    `### Effect on ${cell(titleOf(effect))}`,
    '',
    `${sentence(kindWords(effect))} **Version** ${cell(versionWords(version))}.`,
    ...table(
      ['changed', 'before', 'after', 'lines', 'kind'],
      facts.map((fact) => [
        fact.path,
        fact.old ?? '(not there)',
        fact.new ?? '(not there)',
        `${fact.line.old} → ${fact.line.new}`,
        mark[fact.moves],
      ]),
    ),
    ...(effect.beside.length === 0
      ? []
      : [...heading('Beside the verdicts'), '', ...besideWords(effect).map((text) => `- ${sentence(text)}`)]),
    ...(effect.forms === null
      ? []
      : [
          ...heading('Forms that move'),
          '',
          `**${cell(figureText(moved))}** in anything. ${formsWords(effect).map(cell).join(' ')}`,
          ...table(
            ['part', 'from → to', 'forms', 'smallest form'],
            moving.flatMap((part) => {
              const rows = moveLines(part).map(({ move, forms, example }) => [
                partTitle(part),
                move,
                figureText(forms),
                exampleText(example),
              ]);
              const sex = bySexText(part);
              if (rows.length === 0) return [[partTitle(part), '', figureText(part.moved), '']];
              return sex === '' ? rows : [...rows, [partTitle(part), 'by sex', sex, '']];
            }),
          ),
          ...(unmoved(effect) === '' ? [] : ['', sentence(unmoved(effect))]),
          ...partialWords(effect).flatMap((text) => ['', sentence(text)]),
        ]),
    ...(rules === null
      ? []
      : [
          ...heading(`Referral by ${cell(rules.pathway)}`),
          ...(rules.effects.length === 0 ? ['', 'No rule changes.'] : []),
          ...table(
            ['rule', 'what changes', 'beside'],
            rules.effects.map((rule) => [ruleHead(rule), ruleWords(rule), ruleNotes(rule).join('; ')]),
          ),
        ]),
    ...(data === null
      ? []
      : [
          ...heading('People of the table'),
          '',
          `${cell(dataWords(data))}.`,
          ...table(
            ['part', 'people'],
            data.parts.flatMap(({ kind, id, moves }) =>
              moves.map((move) => [`${kind} ${id}`, peopleWords(move)]),
            ),
          ),
        ]),
  ];
  return `${lines.join('\n')}\n`;
};

/** Whether some verdict moves, or it was not worked out whether it does. */
export const someMove = ({ effect, data }: DiffReport): boolean =>
  effect.version.needed === 'major' ||
  !effect.version.proved ||
  (effect.moved !== null && isSome(effect.moved)) ||
  (data !== null && data.moved > 0);
