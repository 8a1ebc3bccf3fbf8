import type { Model, ModelItem } from '../formula/model.js';
import type { Definition } from './schema.js';
import type { Json } from './yaml-document.js';

/** A hash of the UTF-8 of a text, in hex. */
export type Hash = (text: string) => string;

/**
 * One text for one value: keys sorted, text in Unicode NFC, numbers by their shortest decimal text (so `1.0` is `1` and -0
 * is `0`), no white space, entries that are `undefined` left out. Total on JSON data.
 *
 * @example
 * canonicalJson({ b: 1.0, a: ['x'] }) // '{"a":["x"],"b":1}'
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return 'null';
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => [key.normalize('NFC'), inner] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
};

/** The keys of every mapping, in the order written: the order of items and levels carries meaning. */
const orders = (value: unknown): Json => {
  if (Array.isArray(value)) return value.map(orders);
  if (typeof value !== 'object' || value === null) return null;
  return Object.entries(value).map(([key, inner]) => [key, orders(inner)]);
};

/** What stands in maps whose order carries meaning: items, and what is declared in turn. */
const ordered = (definition: Definition): Json => {
  if (definition.status === 'refused') return null;
  const keys = (entries: object | undefined): Json => Object.keys(entries ?? {});
  return {
    items: keys(definition.items),
    scores: keys(definition.scores),
    bands: keys(definition.bands),
    'cut-offs': keys(definition['cut-offs']),
    flags: keys(definition.flags),
    panels: orders(definition.panels ?? {}),
  };
};

/**
 * Digest over the whole definition: any edit of any field changes it, and so does the order in which items, scores, bands,
 * cut-offs, flags and panels stand. The layout of the YAML and its comments do not.
 */
export const documentDigest = (definition: Definition, hash: Hash): string =>
  hash(canonicalJson({ definition, order: ordered(definition) }));

/** Digest over all of a file's data and the order of its keys: any edit changes it; the layout of the YAML and comments do not. */
export const dataDigest = (data: unknown, hash: Hash): string =>
  hash(canonicalJson({ data, order: orders(data) }));

const scoringItem = (item: ModelItem): unknown => {
  const common = { id: item.id, member: item.member, unscored: item.unscored !== undefined };
  switch (item.kind) {
    case 'choice':
      return {
        ...common,
        options: item.options.map(({ code, points }) => ({ code, points })),
        missing: item.missing,
      };
    case 'number':
      return { ...common, unit: item.unit, min: item.min, max: item.max, step: item.step };
    case 'text':
      return { ...common, text: true };
  }
};

/** What can move a result, and nothing else. */
const scoringParts = (definition: Definition, model: Model): unknown => ({
  id: definition.id,
  edition: definition.edition?.id,
  'valid-for': definition['valid-for']?.age,
  contains: definition.status === 'refused' ? undefined : definition.contains,
  members: model.members,
  items: model.items.map(scoringItem),
  keyings: model.keyings,
  tables: Object.fromEntries(Object.entries(model.tables).map(([id, { rows }]) => [id, rows])),
  gates: model.gates.map(({ where, ...gate }) => gate),
  scores: model.scores.map(({ id, formula, range, missingRules, member }) => ({
    id,
    formula,
    range,
    missingRules,
    member,
  })),
  quantities: model.quantities.map(({ id, formula, places, unit, member }) => ({
    id,
    formula,
    places,
    unit,
    member,
  })),
  bands: model.bands.map(({ id, of, levels, member }) => ({
    id,
    of,
    member,
    levels: levels.map((level) => ({
      id: level.id,
      negative: level.negative,
      from: level.from,
      to: level.to,
      when: level.when,
    })),
  })),
  cutOffs: model.cutOffs.map(({ id, when, applies, control, negative, member }) => ({
    id,
    when,
    applies,
    control,
    negative,
    member,
  })),
  flags: model.flags.map(({ id, when, critical, member }) => ({ id, when, critical, member })),
});

/**
 * Digest over whatever can move a result, after panels are written out and points keyed: ids, edition, option codes with
 * points and missing reasons, item order and number limits, keyings, gates, tables, formulas with range and missing rules,
 * levels with edges and negatives, cut-offs with side and kind, flags with `critical`, short forms, ages.
 *
 * Out are words, sources, evidence, licence, version, `preferred` and `recall`: they change what is read beside a result,
 * not the result. A formula counts as written, so that its spelling is never judged here.
 */
export const scoringDigest = (definition: Definition, model: Model | null, hash: Hash): string =>
  hash(
    canonicalJson(model === null ? { id: definition.id, refused: true } : scoringParts(definition, model)),
  );
