import type { LoadedDefinition, LoadedInstrument } from '../definition/index.js';
import { type Part, partsOf, shownFormula } from '../definition/written-out.js';
import { parseSource } from '../formula/index.js';
import { inWords } from './in-words.js';

/** What a sheet prints beside the definition. */
export interface SheetOptions {
  readonly digest: { readonly scoring: string; readonly document: string };
}

type Cell = string | number | undefined;
type Shipped = LoadedInstrument['definition'];
type CutOffEntry = Part['cutOffs'][number]['entry'];
type Evidence = NonNullable<CutOffEntry['evidence']>[number];

/**
 * The review sheet of a definition, as Markdown: everything that a clinical lead has to check, in the order in which it is
 * read, with the source beside each number. Made from the definition alone, so that the two cannot differ.
 */
export function sheet(loaded: LoadedDefinition, { digest }: SheetOptions): string {
  const body = loaded.status === 'refused' ? refusal(loaded.definition) : shipped(loaded);
  const { id, version, title, short } = loaded.definition;
  return [
    `# ${short}: ${title}`,
    '',
    '<!-- Made by `npm run docs` from the definition; not edited by hand. -->',
    '',
    ...body,
    '## This sheet',
    '',
    `Definition \`${id}\`, version ${version}. Scoring digest \`${digest.scoring}\`, document digest \`${digest.document}\`.`,
    '',
  ].join('\n');
}

function refusal(
  definition: Extract<LoadedDefinition, { status: 'refused' }>['definition'],
): readonly string[] {
  return [
    '**Not scored by caseness.**',
    '',
    `Why: ${sentence(definition.refused.reason)}`,
    '',
    `What would change that: ${sentence(definition.refused.unlock)}`,
    '',
    ...about(definition),
    ...licence(definition),
    ...listSection('Open questions', definition['open-questions']),
    ...listSection('Mistakes seen in software', definition.pitfalls),
    ...sources(definition),
  ];
}

function shipped(loaded: LoadedInstrument): readonly string[] {
  const { definition } = loaded;
  const parts = partsOf(definition);
  const mark = markFrom(definition.sources);
  return [
    ...(definition.class === 'checklist'
      ? ['**A checklist, not a validated instrument.** It has no cut-off and says nothing by itself.', '']
      : []),
    ...about(definition),
    ...restrictions(definition, mark),
    ...licence(definition),
    ...parts.flatMap((part) => partSections(part, loaded, mark)),
    ...stops(definition, mark),
    ...tables(definition, mark),
    ...contains(definition),
    ...change(definition),
    ...evidenceSection('Further evidence', definition.evidence, mark),
    ...codes(definition),
    ...listSection('Open questions', definition['open-questions']),
    ...listSection('Mistakes seen in software', definition.pitfalls),
    ...sources(definition),
  ];
}

function about(
  definition: Omit<Partial<Shipped>, 'status'> & Pick<Shipped, 'measures' | 'domain'>,
): readonly string[] {
  const age = definition['valid-for']?.age;
  return [
    '## What it measures, and for whom',
    '',
    sentence(capital(definition.measures)),
    '',
    ...table(
      ['', ''],
      [
        ['Domain', definition.domain],
        ['Filled in by', definition.respondent?.join(', ')],
        [
          'Asks about',
          [definition.recall === undefined ? undefined : window(definition.recall), definition['recall-note']]
            .filter(isText)
            .join('; '),
        ],
        ['Minutes', definition.minutes],
        [
          'Valid for ages',
          age === undefined
            ? undefined
            : `${age.from ?? 0}${age.to === undefined ? ' and over' : ` to ${age.to}`}`,
        ],
        ['Validity', definition['valid-for']?.note],
        [
          'Edition',
          definition.edition && [definition.edition.id, definition.edition.note].filter(isText).join(': '),
        ],
      ].filter(([, value]) => value !== undefined && value !== ''),
    ),
  ];
}

function restrictions(definition: Shipped, mark: Mark): readonly string[] {
  const rows = definition.restrictions ?? [];
  return rows.length === 0
    ? []
    : [
        '## What it must not be used for',
        '',
        ...rows.map((entry) => `- ${sentence(entry.text)} (${mark(entry)})`),
        '',
      ];
}

function licence({ licence }: Pick<Shipped, 'licence'>): readonly string[] {
  const seen = licence.seen === undefined ? '' : `, seen ${licence.seen}`;
  return [
    '## Licence of the instrument',
    '',
    `**${capital(licence.class)}.** Holder: ${sentence(licence.holder)} ${sentence(capital(licence.terms))} (${licence.source}, ${licence.confidence}${seen}) No wording is shipped here; labels are for recognising an item, never for asking it.`,
    '',
  ];
}

function partSections(part: Part, loaded: LoadedInstrument, mark: Mark): readonly string[] {
  const of = part.member === undefined ? '' : ` of ${part.member.id} (${part.member.panel})`;
  return [
    ...items(part, loaded, of),
    ...skips(part, of, mark),
    ...scores(part, of, mark),
    ...bands(part, of, mark),
    ...cutOffs(part, of, mark),
    ...flags(part, of, mark),
  ];
}

function items(part: Part, { model, definition }: LoadedInstrument, of: string): readonly string[] {
  if (part.items.length === 0) return [];
  const sets = definition.options ?? {};
  const rows = part.items.map(({ id, entry }): readonly Cell[] => {
    const full = part.member === undefined ? id : `${part.member.id}.${id}`;
    const item = model.items.find((one) => one.id === full);
    const notes = [
      'reverse' in entry && entry.reverse === true ? 'reversed' : undefined,
      entry.unscored === undefined ? undefined : `not scored: ${entry.unscored}`,
      entry['asked-as'] === undefined
        ? undefined
        : `women: ${entry['asked-as'].female}; men: ${entry['asked-as'].male}`,
      entry.note,
      entry.loinc === undefined ? undefined : `LOINC ${entry.loinc}`,
      entry.snomed === undefined ? undefined : `SNOMED CT ${entry.snomed}`,
    ].filter(isText);
    return [
      full,
      entry.label,
      answersOf(item, 'options' in entry ? sets[entry.options] : undefined),
      notes.join('. '),
    ];
  });
  return [
    `## Items${of}`,
    '',
    ...table(['item', 'label (ours, not the wording)', 'answers and points', 'notes'], rows),
  ];
}

type ModelItem = LoadedInstrument['model']['items'][number];
type Options = NonNullable<Shipped['options']>[string];

function answersOf(item: ModelItem | undefined, options: Options | undefined): string {
  if (item === undefined || item.kind === 'text') return 'free text';
  if (item.kind === 'number') return `${item.min} to ${item.max} ${item.unit}, in steps of ${item.step}`;
  const label = (code: string) => options?.find((option) => option.code === code)?.label ?? '';
  const scored = item.options.map(({ code, points }) => {
    const shown = label(code) === code ? code : `${code}: ${label(code)}`;
    const given = points === null ? '' : typeof points === 'number' ? points : `${points[0]} to ${points[1]}`;
    return given === '' || String(given) === code
      ? shown
      : `${shown} (${given} ${given === 1 ? 'point' : 'points'})`;
  });
  const missing = Object.entries(item.missing).map(([code, reason]) => `${code} (missing: ${reason})`);
  return [...scored, ...missing].join('; ');
}

function skips(part: Part, of: string, mark: Mark): readonly string[] {
  if (part.skips.length === 0) return [];
  const rows = part.skips.map(({ entry }) => [
    shownFormula(entry.if),
    typeof entry.then === 'string' ? entry.then : entry.then.join(', '),
    'points' in entry ? `count as ${entry.points} points` : 'leave the score and its maximum',
    mark(entry),
  ]);
  return [
    `## Items that are not asked${of}`,
    '',
    ...table(['when', 'not asked', 'then they', 'source'], rows),
  ];
}

function scores(part: Part, of: string, mark: Mark): readonly string[] {
  if (part.scores.length === 0) return [];
  const rows = part.scores.map(({ id, entry }): readonly Cell[] => {
    const missing = 'missing' in entry ? Object.entries(entry.missing ?? {}) : [];
    const rules = missing.map(
      ([rule, { allow, round, source }]) =>
        `${rule}: up to ${allow} missing, value × items / answered${round === undefined ? '' : `, rounded to ${round} decimals`} (${source})`,
    );
    return [
      id,
      words(entry.formula),
      code(shownFormula(entry.formula)),
      'range' in entry
        ? `${entry.range[0]} to ${entry.range[1]}`
        : `${entry.unit ?? 'a number'}, ${entry.places} decimals shown`,
      'direction' in entry ? entry.direction?.replace('-', ' is ') : '',
      'quantity' in entry
        ? ''
        : rules.length === 0
          ? 'none: no value while one is missing, only its bounds'
          : rules.join('; '),
      mark(entry),
    ];
  });
  return [
    `## Scores${of}`,
    '',
    ...table(['score', 'in words', 'formula', 'range', 'reads', 'missing answers', 'source'], rows),
  ];
}

function bands(part: Part, of: string, mark: Mark): readonly string[] {
  return part.bands.flatMap(({ id, entry }) => {
    const rows: readonly (readonly Cell[])[] =
      'of' in entry
        ? entry.levels.map((level) => [
            `${level.from}${level.to === undefined ? ' and over' : level.to === level.from ? '' : ` to ${level.to}`}`,
            level.id,
            level.label,
            level.negative === true ? 'negative' : '',
            level['publisher-label'],
          ])
        : entry.rules.map((level) => [
            'when' in level ? `${words(level.when)} ${code(shownFormula(level.when))}` : 'otherwise',
            level.id,
            level.label,
            level.negative === true ? 'negative' : '',
            level['publisher-label'],
          ]);
    const preferred =
      entry.preferred === true ? ` Shown first: ${sentence(entry['preferred-because'] ?? '')}` : '';
    return [
      `## Bands: ${entry.title ?? id}${of}`,
      '',
      `\`${id}\`${'of' in entry ? `, of ${entry.of}` : ', by rule: the first that holds'}. ${
        entry.population === undefined ? '' : `For ${sentence(entry.population)} `
      }Source: ${mark(entry)}.${preferred}`,
      '',
      ...table(['of' in entry ? entry.of : 'when', 'level', 'label', 'reads as', "publisher's label"], rows),
    ];
  });
}

function cutOffs(part: Part, of: string, mark: Mark): readonly string[] {
  if (part.cutOffs.length === 0) return [];
  const rows = part.cutOffs.map(({ id, entry }): readonly Cell[] => [
    entry.preferred === true ? `${id} (shown first: ${entry['preferred-because'] ?? ''})` : id,
    `${words(entry.when)} ${code(shownFormula(entry.when))}`,
    `${entry['screens-for']}${entry.kind === 'control' ? ' (a control, no screen positive)' : ''}`,
    entry.population,
    entry['applies-when'] === undefined ? '' : shownFormula(entry['applies-when']),
    mark(entry),
  ]);
  return [
    `## Cut-offs${of}`,
    '',
    ...table(['cut-off', 'met when', 'screens for', 'population', 'applies when', 'source'], rows),
    ...part.cutOffs.flatMap(({ id, entry }) =>
      evidenceSection(`Evidence for ${id}${of}`, entry.evidence, mark, '###'),
    ),
  ];
}

function evidenceSection(
  title: string,
  rows: readonly Evidence[] | undefined,
  mark: Mark,
  level = '##',
): readonly string[] {
  if (rows === undefined || rows.length === 0) return [];
  return [
    `${level} ${title}`,
    '',
    ...table(
      [
        'population',
        'n',
        'reference standard',
        'sensitivity',
        'specificity',
        'PPV',
        'NPV',
        'AUC',
        'note',
        'source',
      ],
      rows.map((row) => [
        row.setting === undefined ? row.population : `${row.population} (${row.setting} setting)`,
        row.n,
        row['reference-standard'],
        row.sensitivity,
        row.specificity,
        row.ppv,
        row.npv,
        row.auc,
        row.note,
        mark(row),
      ]),
    ),
  ];
}

function flags(part: Part, of: string, mark: Mark): readonly string[] {
  if (part.flags.length === 0) return [];
  const rows = part.flags.map(({ id, entry }): readonly Cell[] => [
    id,
    entry.title,
    `${words(entry.when)} ${code(shownFormula(entry.when))}`,
    entry.critical === true ? 'yes' : 'no',
    entry.response,
    mark(entry),
  ]);
  return [
    `## Flags${of}`,
    '',
    ...table(['flag', 'what it names', 'raised when', 'response today', 'response', 'source'], rows),
  ];
}

function stops(definition: Shipped, mark: Mark): readonly string[] {
  if (definition.stops === undefined) return [];
  const rows = definition.stops.map((stop): readonly Cell[] => [
    shownFormula(stop.if),
    stop.decides.join(', '),
    typeof stop.then === 'string' ? stop.then : stop.then.join(', '),
    mark(stop),
  ]);
  return [
    '## Where it may stop early',
    '',
    ...table(['when', 'decides', 'need not be asked', 'source'], rows),
  ];
}

function tables(definition: Shipped, mark: Mark): readonly string[] {
  return Object.entries(definition.tables ?? {}).flatMap(([id, { rows, ...entry }]) => [
    `## Table: ${id}`,
    '',
    `Source: ${mark(entry)}.`,
    '',
    ...table(['from', 'to'], rows),
  ]);
}

function contains(definition: Shipped): readonly string[] {
  if (definition.contains === undefined) return [];
  const rows = Object.entries(definition.contains).map(
    ([short, { items: map, editions }]): readonly Cell[] => [
      short,
      Object.entries(map)
        .map(([theirs, ours]) => `${theirs} = ${ours}`)
        .join(', '),
      Object.entries(editions ?? {})
        .map(([ours, theirs]) => `${ours} = ${theirs}`)
        .join(', '),
    ],
  );
  return [
    '## Short forms inside it',
    '',
    ...table(['short form', 'its item = ours', 'our edition = its'], rows),
  ];
}

function change(definition: Shipped): readonly string[] {
  if (definition.change === undefined) return [];
  return [
    '## Change between two forms',
    '',
    ...table(
      ['', ''],
      Object.entries(definition.change).map(([key, value]) => [key, String(value)]),
    ),
  ];
}

function codes(definition: Shipped): readonly string[] {
  const { codes } = definition;
  if (codes === undefined) return [];
  const rows = [
    ...Object.entries(codes.loinc ?? {}).map(([of, value]) => ['LOINC', of, value] as const),
    ...Object.entries(codes.snomed ?? {}).map(([of, value]) => ['SNOMED CT', of, value] as const),
  ];
  return [
    '## Codes',
    '',
    ...table(['system', 'of', 'code'], rows),
    `Source: ${codes.source}, ${codes.confidence}.`,
    '',
  ];
}

function sources(definition: Pick<Shipped, 'sources'>): readonly string[] {
  const rows = Object.entries(definition.sources).map(([id, source]): readonly Cell[] => [
    id,
    [
      typeof source.authors === 'string' ? source.authors : source.authors?.join(', '),
      source.year,
      source.title,
      source.locator,
      source.doi === undefined ? undefined : `doi:${source.doi}`,
      source.url,
    ]
      .filter((part) => part !== undefined)
      .join('. '),
    source.confidence,
    [source.note, source.seen === undefined ? undefined : `seen ${source.seen}`].filter(isText).join('; '),
  ]);
  return ['## Sources', '', ...table(['id', 'source', 'confidence', 'what was seen'], rows)];
}

function listSection(title: string, lines: readonly string[] | undefined): readonly string[] {
  return lines === undefined ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${sentence(line)}`), ''];
}

type FormulaEntry = CutOffEntry['when'];

/** The formula in words, where it is short enough to help. */
function words(formula: FormulaEntry): string {
  const source = typeof formula === 'string' ? formula : shownBranches(formula);
  const parsed = parseSource(source);
  return parsed._tag === 'Left' ? '' : inWords(parsed.right);
}

function shownBranches(formula: Exclude<FormulaEntry, string>): {
  by: string;
  branches: Record<string, string>;
} {
  const { by, ...branches } = formula;
  return { by, branches };
}

type Marked = { readonly source: string; readonly confidence?: string | undefined };
type Mark = (entry: Marked) => string;

/** The source of a number with what the number itself is worth: its own mark, else that of its source. */
function markFrom(known: Shipped['sources']): Mark {
  return ({ source, confidence }) => `${source}, ${confidence ?? known[source]?.confidence ?? 'not given'}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

const UNITS: Readonly<Record<string, string>> = { Y: 'years', M: 'months', W: 'weeks', D: 'days' };

/** `P2W` as `the last 2 weeks`. */
function window(duration: string): string {
  const parts = [...duration.matchAll(/(\d+)([YMWD])/g)].map(
    ([, count, unit]) => `${count} ${UNITS[unit as string]}`,
  );
  return `the last ${parts.join(' and ')}`;
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

function cell(value: Cell): string {
  return value === undefined ? '' : String(value).replaceAll('|', '\\|').replaceAll('\n', ' ').trim();
}

/** A Markdown table without its empty columns. */
function table(heads: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] {
  const kept = heads.map((_, i) => rows.some((row) => cell(row[i]) !== ''));
  const line = (cells: readonly Cell[]) =>
    `| ${cells
      .filter((_, i) => kept[i])
      .map(cell)
      .join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line), ''];
}
