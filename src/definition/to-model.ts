import type {
  Model,
  ModelBand,
  ModelCutOff,
  ModelFlag,
  ModelGate,
  ModelItem,
  ModelQuantity,
  ModelScore,
  Path,
} from '../formula/model.js';
import { closest } from '../formula/spelling.js';
import { fullName, type Part, type Placed, panelParts, placed } from './panels.js';
import { answers, itemPoints } from './points.js';
import type { PathProblem } from './problem.js';
import type {
  DefinitionBand,
  DefinitionCutOff,
  DefinitionFlag,
  DefinitionFormula,
  DefinitionItem,
  DefinitionOption,
  DefinitionScore,
  DefinitionSkip,
  ShippedDefinition,
} from './schema.js';

/** A definition written out for the formula language, with what could not be resolved. */
export interface WrittenOut {
  readonly model: Model;
  /** One short label for each item of the model, in its order. */
  readonly labels: readonly string[];
  readonly problems: readonly PathProblem[];
}

type FormulaSource = ModelCutOff['when'];

const formulaOf = (formula: DefinitionFormula): FormulaSource => {
  if (typeof formula === 'string') return formula;
  const { by, ...branches } = formula;
  return { by, branches };
};

const ofMember = (member: string | undefined): { member?: string } =>
  member === undefined ? {} : { member };

const unknown = (
  name: string,
  known: readonly string[],
  where: Path,
  what: string,
  atKey?: true,
): PathProblem => {
  const shown = known.length > 12 ? [...known.slice(0, 12), '…'] : known;
  return {
    code: 'unknown-name',
    where,
    ...(atKey ? { atKey } : {}),
    message: `there is no ${what} \`${name}\`; known are ${shown.join(', ') || 'none'}.`,
    didYouMean: closest(name, known),
  };
};

type OptionSets = Readonly<Record<string, readonly DefinitionOption[]>>;

const itemOf = (
  { id, where, member, entry }: Placed<DefinitionItem>,
  sets: OptionSets,
  problems: PathProblem[],
): ModelItem => {
  const common = { id: fullName(id, member), where, ...ofMember(member) };
  if ('text' in entry) return { kind: 'text', ...common, unscored: entry.unscored };
  const unscored = entry.unscored === undefined ? {} : { unscored: entry.unscored };
  if ('number' in entry) {
    const { unit, min, max, step } = entry.number;
    return { kind: 'number', ...common, unit, min, max, step, ...unscored };
  }
  const set = Object.hasOwn(sets, entry.options) ? sets[entry.options] : undefined;
  if (set === undefined)
    problems.push(unknown(entry.options, Object.keys(sets), [...where, 'options'], 'option set'));
  const options = set ?? [];
  const points = itemPoints(options, entry, where, problems);
  return {
    kind: 'choice',
    ...common,
    options: answers(options).map(({ code }, index) => {
      const value = points[index] ?? null;
      return { code, points: value };
    }),
    missing: Object.fromEntries(
      options.flatMap((option) => ('missing' in option ? [[option.code, option.missing] as const] : [])),
    ),
    ...unscored,
  };
};

const gateOf = ({ where, member, entry }: Placed<DefinitionSkip>): ModelGate => ({
  where,
  ...ofMember(member),
  if: formulaOf(entry.if),
  then: entry.then,
  effect: 'points' in entry ? { kind: 'points', points: entry.points } : { kind: 'not-applicable' },
});

const scoresOf = (scores: readonly Placed<DefinitionScore>[]): readonly ModelScore[] =>
  scores.flatMap(({ id, where, member, entry }) =>
    'quantity' in entry
      ? []
      : [
          {
            id: fullName(id, member),
            where,
            ...ofMember(member),
            formula: formulaOf(entry.formula),
            range: entry.range,
            missingRules: Object.entries(entry.missing ?? {}).map(([rule, { allow, round }]) => ({
              id: rule,
              allow,
              ...(round === undefined ? {} : { round }),
            })),
          },
        ],
  );

const quantitiesOf = (scores: readonly Placed<DefinitionScore>[]): readonly ModelQuantity[] =>
  scores.flatMap(({ id, where, member, entry }) =>
    'quantity' in entry
      ? [
          {
            id: fullName(id, member),
            where,
            ...ofMember(member),
            formula: entry.formula,
            places: entry.places,
            ...(entry.unit === undefined ? {} : { unit: entry.unit }),
          },
        ]
      : [],
  );

const levelsOf = (entry: DefinitionBand, where: Path): ModelBand['levels'] => {
  if ('of' in entry) {
    // A member's own levels stand under its `levels`, directly.
    const at = where[4] === 'levels' ? where : [...where, 'levels'];
    return entry.levels.map(({ id, label, negative, from, to }, index) => ({
      id,
      where: [...at, index],
      label,
      ...(negative === true ? { negative } : {}),
      from,
      ...(to === undefined ? {} : { to }),
    }));
  }
  return entry.rules.map((rule, index) => ({
    id: rule.id,
    where: [...where, 'rules', index],
    label: rule.label,
    ...(rule.negative === true ? { negative: rule.negative } : {}),
    ...('when' in rule ? { when: formulaOf(rule.when) } : {}),
  }));
};

const bandOf = ({ id, where, member, entry }: Placed<DefinitionBand>): ModelBand => ({
  id: fullName(id, member),
  where,
  ...ofMember(member),
  ...(entry.preferred === true ? { preferred: true } : {}),
  ...('of' in entry ? { of: entry.of } : {}),
  levels: levelsOf(entry, where),
});

const negativeOf = (negative: DefinitionCutOff['negative']): { negative?: 'met' | 'not-met' } =>
  negative === 'none' ? {} : { negative: negative ?? 'not-met' };

const cutOffOf = ({ id, where, member, entry }: Placed<DefinitionCutOff>): ModelCutOff => ({
  id: fullName(id, member),
  where,
  ...ofMember(member),
  when: formulaOf(entry.when),
  ...(entry['applies-when'] === undefined ? {} : { applies: formulaOf(entry['applies-when']) }),
  screensFor: entry['screens-for'],
  ...(entry.preferred === true ? { preferred: true } : {}),
  ...(entry.kind === undefined ? {} : { control: true }),
  ...negativeOf(entry.negative),
});

const flagOf = ({ id, where, member, entry }: Placed<DefinitionFlag>): ModelFlag => ({
  id: fullName(id, member),
  where,
  ...ofMember(member),
  when: formulaOf(entry.when),
  title: entry.title,
  ...(entry.critical === true ? { critical: true } : {}),
  ...(entry.response === undefined ? {} : { response: entry.response }),
});

const topLevel = (definition: ShippedDefinition): Part => ({
  items: placed(definition.items, ['items']),
  skips: (definition.skips ?? []).map((entry, index) => ({
    id: String(index),
    where: ['skips', index],
    entry,
  })),
  scores: placed(definition.scores, ['scores']),
  bands: placed(definition.bands, ['bands']),
  cutOffs: placed(definition['cut-offs'], ['cut-offs']),
  flags: placed(definition.flags, ['flags']),
});

/** The top level and then each member of each panel, with the places where its entries were written. */
export const partsOf = (definition: ShippedDefinition, problems: PathProblem[] = []): readonly Part[] => [
  topLevel(definition),
  ...Object.entries(definition.panels ?? {}).flatMap(([id, panel]) => panelParts(id, panel, problems)),
];

const repeatedCodes = (definition: ShippedDefinition): readonly PathProblem[] =>
  Object.entries(definition.options ?? {}).flatMap(([set, options]) =>
    options.flatMap(({ code }, index): readonly PathProblem[] =>
      options.findIndex((other) => other.code === code) < index
        ? [
            {
              code: 'code-twice',
              where: ['options', set, index, 'code'],
              message: 'this code stands twice in the set: a code names one option.',
            },
          ]
        : [],
    ),
  );

const containsProblems = (
  definition: ShippedDefinition,
  items: readonly ModelItem[],
): readonly PathProblem[] =>
  Object.entries(definition.contains ?? {}).flatMap(([short, { items: map, editions }]) => [
    ...Object.entries(map).flatMap(([theirs, ours]): readonly PathProblem[] =>
      items.some(({ id }) => id === ours)
        ? []
        : [
            unknown(
              ours,
              items.map(({ id }) => id),
              ['contains', short, 'items', theirs],
              'item',
            ),
          ],
    ),
    ...Object.keys(editions ?? {}).flatMap((edition): readonly PathProblem[] =>
      edition === definition.edition?.id
        ? []
        : [
            unknown(
              edition,
              definition.edition === undefined ? [] : [definition.edition.id],
              ['contains', short, 'editions', edition],
              'edition',
              true,
            ),
          ],
    ),
  ]);

const memberTwice = (parts: readonly Part[]): readonly PathProblem[] => {
  const ids = new Set<string>();
  return parts.flatMap(({ member }): readonly PathProblem[] => {
    if (member === undefined) return [];
    if (!ids.has(member.id)) {
      ids.add(member.id);
      return [];
    }
    const message = `two panels have a member \`${member.id}\`: names are member first, so rename one.`;
    return [
      { code: 'member-twice', where: ['panels', member.panel, 'members', member.id], atKey: true, message },
    ];
  });
};

const levelTwice = (bands: readonly ModelBand[]): readonly PathProblem[] =>
  bands.flatMap(({ levels }) =>
    levels.flatMap(({ id, where }, index): readonly PathProblem[] =>
      levels.findIndex((other) => other.id === id) < index
        ? [
            {
              code: 'level-twice',
              where: [...where, 'id'],
              message: `level \`${id}\` stands twice: rename one.`,
            },
          ]
        : [],
    ),
  );

const otherwiseProblems = (bands: readonly Placed<DefinitionBand>[]): readonly PathProblem[] =>
  bands.flatMap(({ where, entry }): readonly PathProblem[] => {
    if (!('rules' in entry)) return [];
    const at = entry.rules.findIndex((rule) => 'otherwise' in rule);
    return at === entry.rules.length - 1
      ? []
      : [
          {
            code: 'otherwise-last',
            where: at === -1 ? [...where, 'rules'] : [...where, 'rules', at],
            message: 'the last level, and only it, says `otherwise: true`, so that every form has a level.',
          },
        ];
  });

/** Writes a definition out for the formula language: panels member by member, points after keying. */
export const toModel = (definition: ShippedDefinition): WrittenOut => {
  const problems: PathProblem[] = [];
  const parts = partsOf(definition, problems);
  const items = parts.flatMap((part) => part.items);
  const scores = parts.flatMap((part) => part.scores);
  const bands = parts.flatMap((part) => part.bands);
  const modelItems = items.map((item) => itemOf(item, definition.options ?? {}, problems));
  const modelBands = bands.map(bandOf);
  const stops = (definition.stops ?? []).map(
    (stop, index): ModelGate => ({
      where: ['stops', index],
      if: formulaOf(stop.if),
      then: stop.then,
      effect: { kind: 'stops', decides: stop.decides },
    }),
  );
  const model: Model = {
    items: modelItems,
    members: parts.flatMap(({ member }) => (member === undefined ? [] : [member])),
    keyings: definition.keyings ?? {},
    tables: Object.fromEntries(
      Object.entries(definition.tables ?? {}).map(([id, { rows }]) => [id, { where: ['tables', id], rows }]),
    ),
    gates: [...parts.flatMap((part) => part.skips.map(gateOf)), ...stops],
    scores: scoresOf(scores),
    quantities: quantitiesOf(scores),
    bands: modelBands,
    cutOffs: parts.flatMap((part) => part.cutOffs.map(cutOffOf)),
    flags: parts.flatMap((part) => part.flags.map(flagOf)),
  };
  return {
    model,
    labels: items.map(({ entry }) => entry.label),
    problems: [
      ...problems,
      ...repeatedCodes(definition),
      ...containsProblems(definition, modelItems),
      ...memberTwice(parts),
      ...levelTwice(modelBands),
      ...otherwiseProblems(bands),
    ],
  };
};
