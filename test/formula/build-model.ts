import type {
  FormulaSource,
  Model,
  ModelBand,
  ModelCutOff,
  ModelFlag,
  ModelGate,
  ModelItem,
  ModelMember,
  ModelQuantity,
  ModelScore,
} from '../../src/formula/model.js';

type Points = number | readonly [number, number] | null;

interface Measured {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit?: string;
}

export interface Sketch {
  /** An item's points, the codes being their texts; or code to points; or a number item; or free text. */
  readonly items: Readonly<
    Record<string, readonly number[] | Readonly<Record<string, Points>> | { number: Measured } | 'text'>
  >;
  readonly unscored?: readonly string[];
  readonly missing?: readonly string[];
  readonly members?: readonly ModelMember[];
  readonly keyings?: Model['keyings'];
  readonly tables?: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly gates?: readonly Omit<ModelGate, 'where'>[];
  /** Formula and range. */
  readonly scores?: Readonly<Record<string, readonly [FormulaSource, number, number]>>;
  /** Scores with a missing rule. */
  readonly prorated?: readonly string[];
  readonly quantities?: Readonly<Record<string, string>>;
  /** By score: `[level, from, to?]`; or rules: `[level, when]`, the last `[level]`. */
  readonly bands?: Readonly<
    Record<
      string,
      | { of: string; levels: readonly (readonly [string, number?, number?])[] }
      | readonly (readonly [string, string?])[]
    >
  >;
  readonly cutOffs?: Readonly<Record<string, FormulaSource>>;
  readonly applies?: Readonly<Record<string, string>>;
  readonly flags?: Readonly<Record<string, FormulaSource>>;
}

/** The points 0 to `most`, as an item's options. */
export const upTo = (most: number): readonly number[] => Array.from({ length: most + 1 }, (_, i) => i);

/** Items `q1` to `q<count>`, each with the same points. */
export const questions = (
  count: number,
  points: readonly number[],
  prefix = 'q',
): Record<string, readonly number[]> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i + 1}`, points]));

export const YES_NO = { no: 0, yes: 1 } as const;

/** A model as the loader makes it, from a sketch. An id `cannabis.q1` belongs to the member `cannabis`. */
export function buildModel(sketch: Sketch): Model {
  const members = sketch.members ?? [];
  const memberOf = (id: string): { member?: string } => {
    const [member] = id.split('.');
    return member !== undefined && members.some((one) => one.id === member) && id.includes('.')
      ? { member }
      : {};
  };
  const items = Object.entries(sketch.items).map(([id, item]): ModelItem => {
    const shared = { id, where: ['items', id], ...memberOf(id) };
    const unscored = sketch.unscored?.includes(id) ? { unscored: 'recorded only' } : {};
    if (item === 'text') return { ...shared, kind: 'text', unscored: 'free text' };
    if ('number' in item && typeof item.number === 'object' && item.number !== null && 'min' in item.number) {
      const { unit = 'count', min, max, step } = item.number;
      return { ...shared, kind: 'number', unit, min, max, step, ...unscored };
    }
    const options = Array.isArray(item)
      ? item.map((points: number) => ({ code: String(points), points }))
      : Object.entries(item as Record<string, Points>).map(([code, points]) => ({ code, points }));
    const missing = sketch.missing?.includes(id) ? { refused: 'refused' as const } : {};
    return { ...shared, kind: 'choice', options, missing, ...unscored };
  });
  return {
    items,
    members,
    keyings: sketch.keyings ?? {},
    tables: Object.fromEntries(
      Object.entries(sketch.tables ?? {}).map(([id, rows]) => [id, { where: ['tables', id], rows }]),
    ),
    gates: (sketch.gates ?? []).map((gate, i) => ({ ...gate, where: ['skips', i] })),
    scores: Object.entries(sketch.scores ?? {}).map(
      ([id, [formula, low, high]]): ModelScore => ({
        id,
        where: ['scores', id],
        ...memberOf(id),
        formula,
        range: [low, high],
        missingRules: sketch.prorated?.includes(id) ? [{ id: 'some', allow: 1 }] : [],
      }),
    ),
    quantities: Object.entries(sketch.quantities ?? {}).map(
      ([id, formula]): ModelQuantity => ({ id, where: ['scores', id], ...memberOf(id), formula, places: 1 }),
    ),
    bands: Object.entries(sketch.bands ?? {}).map(([id, band]): ModelBand => {
      const where = ['bands', id];
      if ('of' in band) {
        const levels = band.levels.map(([level, from, to], i) => ({
          id: level,
          where: [...where, 'levels', i],
          label: level,
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        }));
        return { id, where, ...memberOf(id), of: band.of, levels };
      }
      const levels = band.map(([level, when], i) => ({
        id: level,
        where: [...where, 'rules', i],
        label: level,
        ...(when === undefined ? {} : { when }),
      }));
      return { id, where, ...memberOf(id), levels };
    }),
    cutOffs: Object.entries(sketch.cutOffs ?? {}).map(
      ([id, when]): ModelCutOff => ({
        id,
        where: ['cut-offs', id],
        ...memberOf(id),
        when,
        screensFor: 'something fictional',
        ...(sketch.applies?.[id] === undefined ? {} : { applies: sketch.applies[id] }),
      }),
    ),
    flags: Object.entries(sketch.flags ?? {}).map(
      ([id, when]): ModelFlag => ({ id, where: ['flags', id], ...memberOf(id), when, title: id }),
    ),
  };
}
