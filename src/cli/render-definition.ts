import type { JsonDefinition } from '../definition/index.js';
import type { Definition, ShippedDefinition } from '../definition/schema.js';
import { licenceNote } from './licence-note.js';
import { hanging, tableLines, WIDTH, wrap } from './text-layout.js';

type CutOff = NonNullable<ShippedDefinition['cut-offs']>[string];
type Evidence = NonNullable<CutOff['evidence']>[number];
type Formula = CutOff['when'];
type Item = NonNullable<ShippedDefinition['items']>[string];
type Option = NonNullable<ShippedDefinition['options']>[string][number];
type Panel = NonNullable<ShippedDefinition['panels']>[string];
type Member = Extract<Panel, { readonly members: unknown }>['members'][string];
type Parts = Pick<ShippedDefinition, 'scores' | 'bands' | 'cut-offs' | 'flags'>;

const formulaText = (formula: Formula): string =>
  typeof formula === 'string'
    ? formula
    : `by ${formula.by}: ${Object.entries(formula)
        .filter(([key]) => key !== 'by')
        .map(([value, branch]) => `${value} ${branch}`)
        .join(', ')}`;

const optionText = (option: Option): string =>
  'missing' in option ? `${option.code} = missing (${option.missing})` : `${option.code} ${option.label}`;

/** `5 to 9`, `3`, `from 20`. */
const edges = (from: number, to: number | undefined): string =>
  to === undefined ? `from ${from}` : from === to ? String(from) : `${from} to ${to}`;

const percent = (value: number): string => `${Math.round(value * 1000) / 10}%`;

/** One row of evidence: in whom, against what, how well, from where. */
const evidenceText = (row: Evidence): string =>
  [
    `${row.population}${row.n === undefined ? '' : `, n ${row.n}`}`,
    ...(row['reference-standard'] === undefined ? [] : [`against ${row['reference-standard']}`]),
    ...(row.sensitivity === undefined ? [] : [`sensitivity ${percent(row.sensitivity)}`]),
    ...(row.specificity === undefined ? [] : [`specificity ${percent(row.specificity)}`]),
    ...(row.ppv === undefined ? [] : [`positive predictive value ${percent(row.ppv)}`]),
    ...(row.npv === undefined ? [] : [`negative predictive value ${percent(row.npv)}`]),
    ...(row.auc === undefined ? [] : [`AUC ${row.auc}`]),
    ...(row.note === undefined ? [] : [row.note]),
    `[${row.source}${row.confidence === undefined ? '' : `, ${row.confidence}`}]`,
  ].join('; ');

const block = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

const bullets = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => hanging('  -', text, 4));

const itemRows = (items: Readonly<Record<string, Item>>): readonly string[] =>
  tableLines(
    Object.entries(items).map(([id, item]) => [
      id,
      item.label,
      [
        'options' in item
          ? `${item.options}${'reverse' in item && item.reverse ? ', reversed' : ''}${'points' in item && item.points !== undefined ? `, points ${item.points.map((points) => (typeof points === 'number' ? points : points.join(' to '))).join(' ')}` : ''}`
          : 'number' in item
            ? `${item.number.min} to ${item.number.max} ${item.number.unit}, step ${item.number.step}`
            : 'free text',
        ...('unscored' in item && item.unscored !== undefined ? [`not scored: ${item.unscored}`] : []),
      ].join('; '),
    ]),
    2,
  );

const partLines = (parts: Parts): readonly string[] => [
  ...block(
    'SCORES',
    tableLines(
      Object.entries(parts.scores ?? {}).map(([id, score]) => [
        id,
        score.formula === undefined ? '' : formulaText(score.formula),
        [
          'range' in score
            ? `${score.range[0]} to ${score.range[1]}`
            : `shown in ${score.unit ?? 'its unit'}, ${score.places} places`,
          ...('direction' in score && score.direction !== undefined
            ? [score.direction.replace('-', ' is ')]
            : []),
          ...('missing' in score && score.missing !== undefined
            ? Object.entries(score.missing).map(
                ([rule, { allow, source }]) =>
                  `missing rule ${rule}: up to ${allow} missing (${source}), off unless named`,
              )
            : []),
          `[${score.source}]`,
        ].join('; '),
      ]),
      2,
    ),
  ),
  ...Object.entries(parts.bands ?? {}).flatMap(([id, band]) =>
    block(
      `BANDS ${id}${band.preferred === true ? ' (shown first)' : ''}${band.title === undefined ? '' : `: ${band.title}`} [${band.source}]`,
      tableLines(
        'levels' in band
          ? band.levels.map((level) => [edges(level.from, level.to), level.id, level.label])
          : band.rules.map((level) => [
              'when' in level ? formulaText(level.when) : 'otherwise',
              level.id,
              level.label,
            ]),
        2,
      ),
    ),
  ),
  ...block(
    'CUT-OFFS',
    Object.entries(parts['cut-offs'] ?? {}).flatMap(([id, cutOff]) => [
      ...hanging(
        `  ${id}`,
        `${formulaText(cutOff.when)}: screens for ${cutOff['screens-for']}${cutOff.population === undefined ? '' : `; ${cutOff.population}`}${cutOff.preferred === true ? ' (shown first)' : ''} [${cutOff.source}]`,
        Math.max(4, id.length + 4),
      ),
      ...(cutOff.evidence ?? []).flatMap((row) => hanging('      evidence', evidenceText(row), 16)),
    ]),
  ),
  ...block(
    'FLAGS',
    Object.entries(parts.flags ?? {}).flatMap(([id, flag]) =>
      hanging(
        `  ${id}`,
        `${formulaText(flag.when)}: ${flag.title}${flag.critical === true ? ' (critical: asks for a response today)' : ''}${flag.response === undefined ? '' : `. Response: ${flag.response}`} [${flag.source}]`,
        Math.max(4, id.length + 4),
      ),
    ),
  ),
];

const partsOf = (panel: Panel): Parts => ({
  scores: panel.scores ?? {},
  bands: panel.bands ?? {},
  'cut-offs': panel['cut-offs'] ?? {},
  flags: panel.flags ?? {},
});

/** What a member of a panel has otherwise than the rest: other items, ranges, levels and rules. */
const memberLines = (id: string, member: Member): readonly string[] => {
  const present = <T>(
    entries: Readonly<Record<string, T | 'absent'>> | undefined,
  ): Readonly<Record<string, T>> =>
    Object.fromEntries(
      Object.entries(entries ?? {}).flatMap(([key, entry]) => (entry === 'absent' ? [] : [[key, entry]])),
    );
  const absent = [member.items, member.scores, member.bands, member['cut-offs'], member.flags].flatMap(
    (entries) => Object.entries(entries ?? {}).flatMap(([key, entry]) => (entry === 'absent' ? [key] : [])),
  );
  const lines = [
    ...(absent.length === 0 ? [] : hanging('  without', absent.join(', '), 11)),
    ...itemRows(present<Item>(member.items)),
    ...Object.entries(member.ranges ?? {}).flatMap(([score, [least, greatest]]) =>
      hanging('  range', `${score} ${least} to ${greatest}`, 11),
    ),
    ...Object.entries(member.levels ?? {}).flatMap(([band, levels]) =>
      hanging(
        '  bands',
        `${band}: ${levels.map(({ id: level, from, to }) => `${level} ${edges(from, to)}`).join(' · ')}`,
        11,
      ),
    ),
    ...partLines({
      scores: present<NonNullable<Parts['scores']>[string]>(member.scores),
      bands: present<NonNullable<Parts['bands']>[string]>(member.bands),
      'cut-offs': present<CutOff>(member['cut-offs']),
      flags: present<NonNullable<Parts['flags']>[string]>(member.flags),
    }),
  ];
  return lines.length === 0 ? [] : ['', `${id} DIFFERS`, ...lines];
};

const panelLines = (id: string, panel: Panel): readonly string[] => {
  const members =
    'members' in panel ? Object.keys(panel.members).join(', ') : `numbered, at most ${panel.repeat.max}`;
  return [
    ...block(
      `PANEL ${id} (${panel.asked === 'all' ? 'each member is asked' : 'members are chosen'}: ${members})`,
      itemRows(panel.items),
    ),
    ...partLines(partsOf(panel)),
    ...('members' in panel
      ? Object.entries(panel.members).flatMap(([member, differs]) => memberLines(member, differs))
      : []),
  ];
};

const headLines = (definition: JsonDefinition): readonly string[] => {
  const age = definition['valid-for']?.age;
  const ages =
    age === undefined
      ? ''
      : age.to === undefined
        ? `${age.from ?? 0} and over`
        : `${age.from ?? 0} to ${age.to}`;
  const facts: readonly (readonly [string, string])[] = [
    ['measures', definition.measures],
    ['answered by', definition.respondent.join(', ')],
    [
      'looks back',
      [definition.recall ?? '', definition['recall-note'] ?? ''].filter((part) => part !== '').join('; '),
    ],
    ['minutes', definition.minutes === undefined ? '' : String(definition.minutes)],
    [
      'valid for',
      [ages === '' ? '' : `age ${ages}`, definition['valid-for']?.note ?? '']
        .filter((part) => part !== '')
        .join('; '),
    ],
    [
      'edition',
      definition.edition === undefined
        ? ''
        : `${definition.edition.id}${definition.edition.note === undefined ? '' : `: ${definition.edition.note}`}`,
    ],
    [
      'licence',
      `${definition.licence.class} (${definition.licence.confidence}); ${definition.licence.holder}; ${definition.licence.terms}`,
    ],
    ['', licenceNote(definition.licence.class)],
    ['version', definition.version],
    ['digest', `scoring ${definition.digest.scoring}`],
    ['', `document ${definition.digest.document}`],
  ];
  return [
    ...wrap(`${definition.short}: ${definition.title} (${definition.id})`, WIDTH),
    ...(definition.class === 'checklist' ? ['A checklist of our own: it is no validated instrument.'] : []),
    ...facts.filter(([, text]) => text !== '').flatMap(([name, text]) => hanging(`  ${name}`, text, 15)),
  ];
};

const sourceText = (source: Definition['sources'][string]): string => {
  const authors =
    source.authors === undefined
      ? ''
      : typeof source.authors === 'string'
        ? source.authors
        : source.authors.join(', ');
  return [
    authors,
    source.year === undefined ? '' : String(source.year),
    source.title,
    source.locator ?? '',
    source.doi === undefined ? '' : `doi ${source.doi}`,
    source.url ?? '',
    source.confidence,
    source.note ?? '',
  ]
    .filter((part) => part !== '')
    .join('; ');
};

/** The definition on a page or two: items, scores, bands, cut-offs with their evidence, flags, limits, what is open. */
export const definitionText = (definition: JsonDefinition): string => {
  const lines: string[] = [...headLines(definition)];
  if (definition.status === 'refused') {
    lines.push(
      ...block('REFUSED', [
        ...hanging('  because', definition.refused.reason, 11),
        ...hanging('  unlock', definition.refused.unlock, 11),
      ]),
    );
  } else {
    lines.push(
      ...block('ITEMS (short labels of our own, never the wording)', itemRows(definition.items ?? {})),
      ...block(
        'ANSWERS',
        Object.entries(definition.options ?? {}).flatMap(([id, options]) =>
          hanging(`  ${id}`, options.map(optionText).join(' · '), Math.max(15, id.length + 4)),
        ),
      ),
      ...block(
        'NEED NOT BE ASKED',
        bullets([
          ...(definition.skips ?? []).map(
            (skip) =>
              `if ${formulaText(skip.if)}: ${[skip.then].flat().join(', ')} ${'points' in skip ? `count ${skip.points}` : 'leave the score'} [${skip.source}]`,
          ),
          ...(definition.stops ?? []).map(
            (stop) =>
              `if ${formulaText(stop.if)}: ${[stop.then].flat().join(', ')} need not be asked, ${stop.decides.join(', ')} known [${stop.source}]`,
          ),
        ]),
      ),
      ...partLines(definition),
      ...Object.entries(definition.panels ?? {}).flatMap(([id, panel]) => panelLines(id, panel)),
      ...block('CONTAINS', bullets(Object.keys(definition.contains ?? {}))),
    );
  }
  lines.push(
    ...block('EVIDENCE', bullets((definition.evidence ?? []).map(evidenceText))),
    ...block(
      'LIMITS',
      bullets((definition.restrictions ?? []).map(({ text, source }) => `${text} [${source}]`)),
    ),
    ...block(
      'OPEN QUESTIONS (not settled, and therefore not a rule)',
      bullets(definition['open-questions'] ?? []),
    ),
    ...block('MISTAKES SEEN IN SOFTWARE', bullets(definition.pitfalls ?? [])),
    ...block(
      'SOURCES',
      Object.entries(definition.sources).flatMap(([id, source]) =>
        hanging(`  ${id}`, sourceText(source), Math.max(4, id.length + 4)),
      ),
    ),
  );
  return `${lines.join('\n')}\n`;
};
