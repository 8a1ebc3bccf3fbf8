import { digestsOf, type LoadedDefinition, type LoadedInstrument } from '../../definition/index.js';
import type { Pathway } from '../../referral/index.js';
import { sameMeaning } from '../same-meaning.js';
import { type BesideVerdicts, besideVerdicts } from './beside-verdicts.js';
import { type ChangedFact, changedFacts, type DefinitionText } from './changed-facts.js';
import { type Diagram, type Limits, TooManyStates } from './decision-diagram.js';
import { type DrawnForm, drawComplete, drawPartial } from './drawn-forms.js';
import { exactly, type Figure, isSome, sampled } from './figure.js';
import { type BothSides, type ExampleForm, SIDES } from './joint-form.js';
import { type JointReading, jointReading } from './joint-reading.js';
import { outcomeText, type PartKind } from './outcome.js';
import { formsWhere, movedIn, type PartEffect, partEffect } from './part-effects.js';
import { onlySide } from './parts.js';
import { type RuleEffect, ruleEffects } from './rule-effects.js';
import { judgeVersion, type VersionJudgement } from './version-rule.js';

type Loaded = BothSides<LoadedInstrument>;

/** A definition as it was loaded, with the file that it was loaded from. */
export interface LoadedText extends DefinitionText {
  readonly loaded: LoadedDefinition;
}

export interface EffectOptions {
  /** A pathway whose rules may read the instrument. */
  readonly pathway?: Pathway;
  /** Forms drawn where they cannot be counted. */
  readonly sample?: number;
  /** Forms with missing answers that are drawn. */
  readonly partial?: number;
  /** Where the drawing starts: the same seed draws the same forms. */
  readonly seed?: number;
  /** How far forms are counted before they are drawn instead. */
  readonly limits?: Limits;
}

/** What all the figures are of. */
export interface FormsCompared {
  /** Complete forms that both definitions read. */
  readonly total: bigint;
  /** Complete forms that hold an answer which only the one definition knows. */
  readonly onlyOld: bigint;
  readonly onlyNew: bigint;
  readonly onlyOldExample: ExampleForm | null;
  /** Items that are asked by one definition alone; the forms are over both. */
  readonly addedItems: readonly string[];
  readonly removedItems: readonly string[];
  /** Facts of the context that are part of a form here: each form counts once for each value. */
  readonly context: readonly string[];
  /** Of a panel, each member is chosen or not. */
  readonly members: boolean;
  /** States that the counting needed. */
  readonly states: number;
}

/** What was seen on forms with missing answers, drawn at random. */
export interface PartialEffect {
  readonly moved: Figure;
  readonly seed: number;
  readonly parts: readonly {
    readonly kind: PartKind;
    readonly id: string;
    readonly moved: Figure;
    readonly from: string;
    readonly to: string;
    readonly example: ExampleForm;
  }[];
}

/** What an edit of a definition does. */
export interface Effect {
  readonly id: BothSides<string>;
  readonly digest: BothSides<{ readonly scoring: string; readonly document: string }>;
  /** By the two digests. */
  readonly change: 'none' | 'document' | 'scoring';
  readonly facts: readonly ChangedFact[];
  /** What moves that is no verdict of the form: short forms, recall, ages, minutes. Not counted over forms. */
  readonly beside: readonly BesideVerdicts[];
  readonly version: VersionJudgement;
  /** `null` where no result can move, one of the definitions is refused, or the forms are too many to be gone through. */
  readonly forms: FormsCompared | null;
  /** Forms that move in anything; `null`: not worked out. */
  readonly moved: Figure | null;
  readonly parts: readonly PartEffect[];
  readonly partial: PartialEffect | null;
  readonly rules: { readonly pathway: string; readonly effects: readonly RuleEffect[] } | null;
}

export const DEFAULT_SAMPLE = 20_000;
export const DEFAULT_PARTIAL = 2_000;
export const DEFAULT_SEED = 1;

/**
 * What an edit of a definition changes and what that does, over all complete forms: each item that either definition asks
 * has an answer, and what a definition skips it counts by its own rule. Pure: the same two files give the same report.
 */
export function effectOfEdit(texts: BothSides<LoadedText>, options: EffectOptions = {}): Effect {
  const digest = { old: digestsOf(texts.old.loaded), new: digestsOf(texts.new.loaded) };
  const definition = { old: texts.old.loaded.definition, new: texts.new.loaded.definition };
  const change =
    digest.old.scoring !== digest.new.scoring
      ? 'scoring'
      : digest.old.document !== digest.new.document
        ? 'document'
        : 'none';
  const beside = besideVerdicts({ old: texts.old.loaded, new: texts.new.loaded });
  const head = {
    id: { old: definition.old.id, new: definition.new.id },
    digest,
    change,
    facts: changedFacts(texts),
    beside,
  } as const;
  const versions = { old: definition.old.version, new: definition.new.version };
  const nothing = { forms: null, moved: null, parts: [], partial: null, rules: null } as const;
  const [old, next] = [texts.old.loaded, texts.new.loaded];
  if (change !== 'scoring' || old.status === 'refused' || next.status === 'refused') {
    const gone =
      old.status === 'shipped' && next.status === 'refused' ? 'the new definition is refused' : null;
    const version = judgeVersion(versions, {
      change,
      moves: null,
      gone,
      beside,
      isSame: () => old.status === 'refused',
    });
    return { ...head, ...nothing, version };
  }
  const edited: Loaded = { old, new: next };
  const reading = jointReading(edited, options.limits);
  if (reading === null) {
    const version = judgeVersion(versions, {
      change,
      moves: null,
      gone: null,
      beside,
      isSame: () => isSame(edited),
    });
    return { ...head, ...nothing, version };
  }
  const { sample = DEFAULT_SAMPLE, partial = DEFAULT_PARTIAL, seed = DEFAULT_SEED } = options;
  let drawn: readonly DrawnForm[] | null = null;
  const draw = (): readonly DrawnForm[] => {
    drawn ??= drawComplete(reading, edited, { tries: sample, seed });
    return drawn;
  };
  const parts = reading.parts.map((part) => partEffect(reading, part, draw));
  const forms = formsCompared(reading, edited);
  const onPartial = partial === 0 ? null : partialEffect(reading, edited, partial, seed);
  const { pathway } = options;
  return {
    ...head,
    version: judgeVersion(versions, {
      change,
      moves: firstMove(parts, onPartial),
      gone: firstGone(parts, forms),
      beside,
      isSame: () => isSame(edited),
    }),
    forms,
    moved: movedInAny(reading, draw),
    parts,
    partial: onPartial,
    rules:
      pathway === undefined || head.id.old !== head.id.new
        ? null
        : { pathway: pathway.id, effects: ruleEffects(reading, pathway, head.id.new, draw) },
  };
}

function isSame(edited: Loaded): boolean {
  return sameMeaning(edited.old.program, edited.new.program) !== null;
}

function firstMove(parts: readonly PartEffect[], partial: PartialEffect | null): string | null {
  const moving = parts.find(({ moved }) => moved !== null && isSome(moved));
  if (moving !== undefined) return `${moving.kind} ${moving.id} moves for some complete form`;
  const first = partial?.parts[0];
  return first === undefined ? null : `${first.kind} ${first.id} moves for some form with missing answers`;
}

function firstGone(parts: readonly PartEffect[], { onlyOld }: FormsCompared): string | null {
  const removed = parts.find(({ standing }) => standing === 'removed');
  if (removed !== undefined) return `${removed.kind} ${removed.id} is gone`;
  return onlyOld > 0n ? 'answers that were valid are no longer read' : null;
}

function formsCompared(reading: JointReading, { old, new: next }: Loaded): FormsCompared {
  const { diagrams, forms, readBy } = reading;
  const path = diagrams.cheapest(readBy.onlyOld, forms.weights, forms.costs).get(1);
  const count = (test: Diagram): bigint => formsWhere(reading, test, forms.weights);
  const ids = ({ program }: LoadedInstrument): readonly string[] =>
    program.variables.slice(0, program.items).map(({ id }) => id);
  const [before, after] = [ids(old), ids(next)];
  return {
    total: count(readBy.both),
    onlyOld: count(readBy.onlyOld),
    onlyNew: count(readBy.onlyNew),
    onlyOldExample: path === undefined ? null : reading.formAt(path),
    addedItems: after.filter((id) => !before.includes(id)),
    removedItems: before.filter((id) => !after.includes(id)),
    context: forms.variables.filter(({ kind }) => kind === 'context').map(({ id }) => id),
    members: forms.variables.some(({ kind }) => kind === 'member'),
    states: diagrams.size,
  };
}

/** Forms that move in one part or more, of those that are on both sides. */
function movedInAny(reading: JointReading, draw: () => readonly DrawnForm[]): Figure | null {
  const { diagrams, forms, readBy } = reading;
  const parts = reading.parts.filter((part) => onlySide(part) === null);
  const tests = parts.map((part) => movedIn(reading, part));
  try {
    if (tests.every((test) => test !== null)) {
      const any = tests.reduce((a, b) => diagrams.or(a, b), diagrams.false);
      const whole = formsWhere(reading, readBy.both, forms.weights);
      return exactly(formsWhere(reading, any, forms.weights), whole);
    }
  } catch (error) {
    if (!(error instanceof TooManyStates)) throw error;
  }
  const read = draw().filter(({ said }) => said.old !== null && said.new !== null);
  if (read.length === 0) return null;
  const found = read.filter(({ said }) =>
    parts.some(({ key }) => JSON.stringify(said.old?.get(key)) !== JSON.stringify(said.new?.get(key))),
  );
  return sampled(found.length, read.length);
}

function partialEffect(
  reading: JointReading,
  edited: Loaded,
  tries: number,
  seed: number,
): PartialEffect | null {
  const drawn = drawPartial(reading, edited, { tries, seed });
  const read = drawn.filter(({ said }) => said.old !== null && said.new !== null);
  if (read.length === 0) return null;
  const parts = reading.parts.filter((part) => onlySide(part) === null);
  const moving = new Set<DrawnForm>();
  const found = parts.flatMap(({ kind, id, key }): readonly PartialEffect['parts'][number][] => {
    const text = (one: DrawnForm): readonly string[] =>
      SIDES.map((side) => outcomeText(kind, one.said[side]?.get(key) ?? []));
    const moved = read.filter((one) => {
      const [from, to] = text(one);
      return from !== to;
    });
    for (const one of moved) moving.add(one);
    const smallest = moved.reduce<DrawnForm | null>(
      (best, one) => (best === null || one.cost < best.cost ? one : best),
      null,
    );
    if (smallest === null) return [];
    const [from, to] = text(smallest);
    const figure = sampled(moved.length, read.length);
    return [{ kind, id, moved: figure, from: from ?? '', to: to ?? '', example: smallest.form }];
  });
  return { moved: sampled(moving.size, read.length), seed, parts: found };
}
