import type {
  BandProgram,
  CutOffProgram,
  FlagProgram,
  Program,
  QuantityProgram,
  ScoreProgram,
} from '../../instrument/index.js';
import type { Diagram } from './decision-diagram.js';
import { type BothSides, SIDES, type Side } from './joint-form.js';
import { type PartKind, partKey } from './outcome.js';
import type { SideReading } from './side-reading.js';

/** One thing that a definition says of a form. */
export type ProgramPart =
  | { readonly kind: 'score'; readonly of: ScoreProgram }
  | { readonly kind: 'quantity'; readonly of: QuantityProgram }
  | { readonly kind: 'band'; readonly of: BandProgram }
  | { readonly kind: 'cut-off'; readonly of: CutOffProgram }
  | { readonly kind: 'flag'; readonly of: FlagProgram };

/** The same thing, by its id, before the edit and after; `null` where it is not there. */
export interface JointPart {
  readonly kind: PartKind;
  readonly id: string;
  readonly key: string;
  readonly sides: BothSides<ProgramPart | null>;
}

/** Everything that a program says, in the order of the definition. */
export function partsOfProgram({
  scores,
  quantities,
  bands,
  cutOffs,
  flags,
}: Program): readonly ProgramPart[] {
  return [
    ...scores.map((of) => ({ kind: 'score', of }) as const),
    ...quantities.map((of) => ({ kind: 'quantity', of }) as const),
    ...bands.map((of) => ({ kind: 'band', of }) as const),
    ...cutOffs.map((of) => ({ kind: 'cut-off', of }) as const),
    ...flags.map((of) => ({ kind: 'flag', of }) as const),
  ];
}

/** The parts of both programs, those that only the old one has last within their kind. */
export function jointParts(programs: BothSides<Program>): readonly JointPart[] {
  const found = { old: byKey(programs.old), new: byKey(programs.new) };
  const order: readonly PartKind[] = ['score', 'quantity', 'band', 'cut-off', 'flag'];
  const keys = [...new Set([...found.new.keys(), ...found.old.keys()])];
  return keys
    .map((key): JointPart => {
      const sides = { old: found.old.get(key) ?? null, new: found.new.get(key) ?? null };
      const { kind, of } = (sides.new ?? sides.old) as ProgramPart;
      return { kind, id: of.id, key, sides };
    })
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function byKey(program: Program): ReadonlyMap<string, ProgramPart> {
  return new Map(partsOfProgram(program).map((part) => [partKey(part.kind, part.of.id), part]));
}

/** What the part says on each form; `null` where there are too many states. */
export function diagramOf(part: ProgramPart, reading: SideReading): Diagram | null {
  switch (part.kind) {
    case 'score':
      return reading.score(part.of);
    case 'quantity':
      return reading.quantity(part.of);
    case 'band':
      return reading.band(part.of);
    case 'cut-off':
      return reading.cutOff(part.of);
    case 'flag':
      return reading.flag(part.of);
  }
}

/** Words beside a rule, which move nothing. */
const WORDS = [
  'formula',
  'when',
  'if',
  'label',
  'title',
  'response',
  'screensFor',
  'preferred',
  'range',
  'pivots',
];

/**
 * Whether a part is made of the same rules on both sides, as they are written in normal form: then no form moves, however
 * many there are. Gates are held against each other as a whole.
 */
export function isWrittenTheSame({ sides }: JointPart, programs: BothSides<Program>): boolean {
  const [a, b] = SIDES.map((side) => {
    const part = sides[side];
    return part === null ? null : written(part, programs[side]);
  });
  return a !== null && a === b;
}

function written(part: ProgramPart, program: Program): string {
  const open: unknown[] = [part.of, program.gates];
  const band = part.kind === 'band' && part.of.of !== undefined ? program.scores[part.of.of] : null;
  return JSON.stringify(spelt([...open, band, program.members], program));
}

/** A part of a program with names for variables and with what it points to written out. */
function spelt(value: unknown, program: Program): unknown {
  if (Array.isArray(value)) return value.map((one) => spelt(one, program));
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Readonly<Record<string, unknown>>;
  const variable = (v: unknown): unknown => program.variables[v as number];
  if (node['op'] === 'accumulator') {
    const { terms, ...rest } = program.accumulators[node['at'] as number] as Program['accumulators'][number];
    return [rest, terms.map(([v, points]) => [variable(v), points])];
  }
  if (node['op'] === 'score') {
    const score = program.scores[node['at'] as number] as ScoreProgram;
    return [score.scale, spelt(score.value, program)];
  }
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, inner]) => {
      if (WORDS.includes(name)) return [];
      if (name === 'variable') return [[name, variable(inner)]];
      if (['reads', 'targets', 'items'].includes(name)) return [[name, (inner as unknown[]).map(variable)]];
      if (name === 'of' && 'times' in node) return [[name, (inner as unknown[]).map(variable)]];
      return [[name, spelt(inner, program)]];
    }),
  );
}

/** The side on which a part stands, where it stands on one only. */
export function onlySide({ sides }: JointPart): Side | null {
  return sides.old === null ? 'new' : sides.new === null ? 'old' : null;
}
