import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDefinition, type LoadedInstrument, toInstrument } from '../../src/definition/index.js';
import { lowerModel } from '../../src/formula/index.js';
import type { Instrument, Program } from '../../src/instrument/index.js';
import { editsOf } from '../../src/review/edits.js';
import type { Edited } from '../../src/review/effect/joint-form.js';
import { type JointReading, jointReading } from '../../src/review/effect/joint-reading.js';
import { formsWhere, type PartEffect, partEffect } from '../../src/review/effect/part-effects.js';
import { buildModel, type Sketch, YES_NO } from '../formula/build-model.js';
import { arbitraryTrial } from '../support/arbitrary-model.js';
import { programOf } from '../support/engine-against-oracle.js';
import { shipped } from '../support/shipped.js';
import { enumerated, movesOfForm } from './enumerated-moves.js';

/*
 * The figures of an edit against brute force: every form filled in item after item as the engine asks, scored by the engine
 * with both definitions, and counted one by one.
 */

/** Ways to answer every item, beyond which an instrument is not tried form by form. */
const MOST_ANSWERS = 600;

const answersTo = ({ variables, members }: Program): number =>
  variables.reduce(
    (product, variable) =>
      variable.kind === 'text' || variable.unscored === true
        ? product
        : product *
          (variable.kind === 'choice'
            ? new Set(variable.codes).size
            : (variable.max - variable.min) / variable.step + 1),
    2 ** members.filter(({ asked }) => asked === 'chosen').length,
  );

const neverDrawn = () => {
  throw new Error('drawn where it can be counted');
};

interface Counted {
  readonly reading: JointReading;
  readonly forms: number;
  readonly parts: readonly PartEffect[];
}

function counted(edited: Edited): Counted {
  const reading = jointReading(edited);
  if (reading === null) throw new Error('not counted');
  const parts = reading.parts.map((part) => partEffect(reading, part, neverDrawn));
  return { reading, parts, forms: Number(formsWhere(reading, reading.readBy.both, reading.forms.weights)) };
}

/** Moves by part, as the brute force has them. */
function movesOf({ parts }: Counted): Record<string, Record<string, number>> {
  return Object.fromEntries(
    parts
      .filter(({ standing, moves }) => standing === 'in-both' && moves.length > 0)
      .map(({ kind, id, moves }) => [
        `${kind} ${id}`,
        Object.fromEntries(
          moves.map(({ from, to, forms }) => [
            `${from} → ${to}`,
            forms.method === 'exact' ? Number(forms.forms) : -1,
          ]),
        ),
      ]),
  );
}

function holds(old: Instrument, next: Instrument, edited: Edited): void {
  const found = counted(edited);
  const truth = enumerated(old, next);
  expect(found.forms).toBe(truth.forms);
  expect(movesOf(found)).toEqual(
    Object.fromEntries([...truth.moves].map(([part, moves]) => [part, Object.fromEntries(moves)])),
  );
  for (const { kind, id, standing, moves } of found.parts)
    for (const { from, to, example } of standing === 'in-both' ? moves : [])
      expect(movesOfForm(old, next, example).get(`${kind} ${id}`)).toBe(`${from} → ${to}`);
}

describe('the effect of an edit, counted', () => {
  const small = shipped.filter(({ instrument }) => answersTo(instrument.program) <= MOST_ANSWERS);

  it('has instruments to be tried on', () => {
    expect(small.length).toBeGreaterThan(15);
  });

  it.each(small)('is that of every form tried one by one: $id', ({ loaded, instrument }) => {
    const edits = editsOf(loaded.definition).flatMap(({ edited }): readonly LoadedInstrument[] => {
      const outcome = checkDefinition(edited);
      return outcome._tag === 'Right' && outcome.right.status === 'shipped' ? [outcome.right] : [];
    });
    fc.assert(
      fc.property(fc.constantFrom(...edits), (next) => {
        holds(instrument, toInstrument(next), { old: loaded, new: next });
      }),
      { numRuns: 6 },
    );
  });

  it('is that of every form tried one by one, from any definition to any other', () => {
    let tried = 0;
    fc.assert(
      fc.property(arbitraryTrial(0), arbitraryTrial(0), ({ model: old }, { model: next }) => {
        const [before, after] = [lowerModel(old), lowerModel(next)];
        if (before._tag === 'Left' || after._tag === 'Left') return;
        if (answersTo(before.right) * answersTo(after.right) > MOST_ANSWERS) return;
        tried++;
        holds(instrumentOf(before.right), instrumentOf(after.right), {
          old: { model: old, program: before.right },
          new: { model: next, program: after.right },
        });
      }),
    );
    expect(tried).toBeGreaterThan(0);
  });
});

describe('the effect of an edit on a fictional definition', () => {
  const of = (sketch: Sketch) => {
    const model = buildModel(sketch);
    return { model, program: programOf(model) };
  };
  const next = of({ items: { q1: YES_NO, q2: YES_NO }, scores: { s: ['q1 + q2', 0, 2] } });
  it.each<[string, Sketch]>([
    [
      'a member that only an unscored item tells of',
      {
        items: { q1: YES_NO, q2: YES_NO, 'a.note': YES_NO, 'b.note': YES_NO },
        unscored: ['a.note', 'b.note'],
        members: [
          { panel: 'drug', id: 'a', asked: 'chosen' },
          { panel: 'drug', id: 'b', asked: 'chosen' },
        ],
        scores: { s: ['count(drug.* : q1 = 0) + q2', 0, 3] },
      },
    ],
    [
      'an item that a stop makes needless and a skip gives its points',
      {
        items: { q1: YES_NO, q2: YES_NO },
        gates: [
          { if: 'q1', then: 'q2', effect: { kind: 'stops', decides: ['met'] } },
          { if: 'q1', then: 'q2', effect: { kind: 'points', points: 0 } },
        ],
        scores: { s: ['q1 + q2', 0, 1] },
        cutOffs: { met: 'q1 or q2' },
      },
    ],
  ])('counts %s as the forms tried one by one have it', (_, sketch) => {
    const old = of(sketch);
    holds(instrumentOf(old.program), instrumentOf(next.program), { old, new: next });
  });
});

const instrumentOf = (program: Program): Instrument => ({
  id: 'trial',
  version: '1.0.0',
  title: 'A fictional trial',
  short: 'TRIAL',
  edition: null,
  digest: { scoring: '', document: '' },
  recall: null,
  minutes: null,
  validAge: null,
  restrictions: [],
  labels: program.variables.map(({ id }) => id),
  program,
  contains: {},
});
