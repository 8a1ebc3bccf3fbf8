import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result, ScoreResult } from '../../src/instrument/index.js';
import { meaning, type RawAnswer } from '../oracle/meaning.js';
import { arbitraryScored, type Form, law, resultOf } from '../support/forms.js';
import { type Shipped, shipped } from '../support/shipped.js';

/*
 * Laws 5 and 6. The oracle reads the definition's formulas as written and tries every completion of a partial form, in exact
 * fractions; the engine must say what the completions say, no more and no less. Forms that contradict themselves are held to
 * soundness of their scores only, as their negatives are withheld on purpose.
 */

/** How many completions are tried for one form before it is left to the sampled law below. */
const MOST_COMPLETIONS = 4_000;

const toNumber = (fraction: string): number => {
  const [top, bottom] = fraction.split('/');
  return Number(top) / Number(bottom ?? 1);
};

const ofScore = (score: ScoreResult | undefined): readonly [number, number] | null =>
  score?.status === 'complete'
    ? [score.value, score.value]
    : score?.status === 'incomplete' || score?.status === 'prorated'
      ? [score.bounds.lowest, score.bounds.highest]
      : null;

const hasNumbers = ({ instrument }: Shipped): boolean =>
  instrument.program.variables.slice(0, instrument.program.items).some(({ kind }) => kind === 'number');

/** Removes answers until few enough completions are left to try them all: the law is about partial forms. */
function nearly(full: Form, from: Form, keep: number): Form {
  const missing = Object.keys(full).filter((id) => !isAnswered(from[id]));
  return { ...from, ...Object.fromEntries(missing.slice(keep).map((id) => [id, full[id]])) };
}

/** The generated forms hold valid answers only. */
function raw(answers: Form): Readonly<Record<string, RawAnswer>> {
  return answers as Readonly<Record<string, RawAnswer>>;
}

function isAnswered(answer: unknown): boolean {
  return answer !== undefined && answer !== null && typeof answer !== 'object';
}

describe.each(shipped.filter((one) => !hasNumbers(one)))('$id', ({ instrument, loaded }: Shipped) => {
  const oracle = meaning(loaded.model);
  const administered = instrument.program.members.map((member) => `${member.panel}.${member.id}`);

  it('laws 5 and 6: every verdict equals enumeration over the completions of the form', () => {
    law(
      fc.property(
        arbitraryScored(instrument),
        arbitraryScored(instrument),
        fc.integer({ min: 0, max: 7 }),
        ({ answers: from, context }, { answers: full }, keep) => {
          const answers = nearly(full, from, keep);
          const truth = oracle.possibilities(
            { answers: raw(answers), context, administered },
            MOST_COMPLETIONS,
          );
          const result: Result = resultOf(instrument, answers, context, { administered });
          const skip = new Set(truth.tooMany);
          const open = truth.contradictions.some(({ holds }) => holds === 'always');
          for (const [id, values] of truth.scores) {
            if (skip.has(`scores ${id}`)) continue;
            const bounds = ofScore(result.scores[id]);
            if (bounds === null) continue;
            const numbers = [...values].map(toNumber);
            expect(bounds, id).toEqual([Math.min(...numbers), Math.max(...numbers)]);
          }
          if (open) return;
          for (const [id, levels] of truth.bands) {
            if (skip.has(`bands ${id}`)) continue;
            const band = result.bands[id];
            const said =
              band?.status === 'decided'
                ? [band.level]
                : band?.status === 'undecided'
                  ? [...band.possible]
                  : ['not-applicable'];
            expect(said.sort(), id).toEqual([...levels].sort());
          }
          for (const [id, outcomes] of truth.cutOffs) {
            if (skip.has(`cutOffs ${id}`)) continue;
            const cutOff = result.cutOffs[id];
            const said = cutOff?.status === 'undecided' ? [...cutOff.possible] : [cutOff?.status ?? ''];
            expect(said.sort(), id).toEqual([...outcomes].sort());
          }
          for (const [id, outcomes] of truth.flags) {
            if (skip.has(`flags ${id}`)) continue;
            const status = result.flags[id]?.status ?? '';
            expect(status === 'open' ? ['not-raised', 'raised'] : [status], id).toEqual([...outcomes].sort());
          }
        },
      ),
    );
  });
});

describe.each(shipped)('$id', ({ instrument, loaded }: Shipped) => {
  const oracle = meaning(loaded.model);
  const administered = instrument.program.members.map((member) => `${member.panel}.${member.id}`);

  it('law 5: a completion of a partial form lies inside its bounds and agrees with its proved verdicts', () => {
    law(
      fc.property(
        arbitraryScored(instrument),
        fc.infiniteStream(fc.nat({ max: 1_000_000 })),
        ({ answers, context }, picks) => {
          const result = resultOf(instrument, answers, context, { administered });
          if (result.inconsistent.length > 0) return;
          const sample = oracle.sample(
            { answers: raw(answers), context, administered },
            (n: number) => (picks.next().value as number) % n,
          );
          const completed = resultOf(instrument, { ...answers, ...sample.answers }, sample.context, {
            administered,
          });
          if (completed.inconsistent.length > 0) return;
          for (const [id, score] of Object.entries(completed.scores)) {
            const bounds = ofScore(result.scores[id]);
            if (score.status !== 'complete' || bounds === null) continue;
            expect(score.value, id).toBeGreaterThanOrEqual(bounds[0]);
            expect(score.value, id).toBeLessThanOrEqual(bounds[1]);
          }
          for (const [id, band] of Object.entries(result.bands)) {
            const after = completed.bands[id];
            if (after?.status !== 'decided') continue;
            if (band.status === 'decided') expect(after.level, id).toBe(band.level);
            if (band.status === 'undecided') expect(band.possible, id).toContain(after.level);
          }
          for (const [id, cutOff] of Object.entries(result.cutOffs)) {
            if (cutOff.status === 'met' || cutOff.status === 'not-met')
              expect(completed.cutOffs[id]?.status, id).toBe(cutOff.status);
          }
          for (const [id, flag] of Object.entries(result.flags)) {
            if (flag.status === 'raised' || flag.status === 'not-raised')
              expect(completed.flags[id]?.status, id).toBe(flag.status);
          }
        },
      ),
    );
  });
});
