import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyForm, reach } from '../../src/formula/partial-form.js';
import type { ChoiceVariable, Instrument, Result } from '../../src/instrument/index.js';
import { project } from '../../src/scoring/index.js';
import { arbitraryForm, arbitraryScored, type Form, law, resultOf, scoreForm } from '../support/forms.js';
import { type Shipped, shipped } from '../support/shipped.js';

/*
 * The laws of DESIGN, each named once and run on every instrument found in instruments/. Soundness and exactness (5, 6) are
 * held against the brute-force oracle in exactness.test.ts; 10 belongs to the compiled targets; 13 to test/referral.
 */

const items = (instrument: Instrument) => instrument.program.variables.slice(0, instrument.program.items);
const everyMember = (instrument: Instrument) =>
  instrument.program.members.map((member) => `${member.panel}.${member.id}`);
const consistent = (result: Result) => result.inconsistent.length === 0;

/** Every verdict of a result, as `kind id` and its status or level. */
function verdicts(result: Result): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ...Object.entries(result.bands).map(([id, band]) => [`band ${id}`, band] as const),
    ...Object.entries(result.cutOffs).map(([id, cutOff]) => [`cut-off ${id}`, cutOff] as const),
    ...Object.entries(result.flags).map(([id, flag]) => [`flag ${id}`, flag] as const),
  ]);
}

/** A verdict in a word: what it says, without who else is open. */
function said(verdict: unknown): string {
  const { status, level, possible } = verdict as {
    status: string;
    level?: string;
    possible?: readonly string[];
  };
  return status === 'decided'
    ? `is ${level}`
    : status === 'undecided'
      ? `one of ${possible?.join(' ')}`
      : status;
}

describe.each(shipped)('$id', ({ instrument, loaded }: Shipped) => {
  const { program } = instrument;

  it('law 1: scores stay in their declared range and reach both its ends', () => {
    const empty = emptyForm(program);
    for (const score of program.scores) {
      const { lowest, highest } = reach(score, empty);
      expect([lowest / score.scale, highest / score.scale], score.id).toEqual([...score.range]);
    }
    law(
      fc.property(arbitraryScored(instrument), ({ answers, context }) => {
        const { scores } = resultOf(instrument, answers, context);
        for (const score of program.scores) {
          const value = scores[score.id];
          if (value?.status === 'complete') {
            expect(value.value).toBeGreaterThanOrEqual(score.range[0]);
            expect(value.value).toBeLessThanOrEqual(score.range[1]);
          }
        }
      }),
    );
  });

  it('law 2: more points on an item never lower a score that its formula says rises [H01]', () => {
    // The points are read from the definition, not from the engine's tables.
    const points = new Map(
      loaded.model.items.flatMap((item) =>
        item.kind === 'choice'
          ? [[item.id, new Map(item.options.map((option) => [option.code, option.points] as const))] as const]
          : [],
      ),
    );
    const rising = program.scores.filter(
      ({ formula }) =>
        /^(sum|count|max|min|mean)\([^-<=!]*\)( \* \d+)?$/.test(formula) && !/ by | is |not /.test(formula),
    );
    const choices = items(instrument).filter(
      (variable): variable is ChoiceVariable => variable.kind === 'choice' && variable.unscored !== true,
    );
    if (rising.length === 0 || choices.length === 0) return;
    law(
      fc.property(
        arbitraryForm(instrument, 100),
        fc.constantFrom(...choices),
        fc.nat(),
        fc.nat(),
        (answers, variable, a, b) => {
          const of = points.get(variable.id);
          // An option that stands for an interval is neither less nor more than another.
          const codes = [...new Set(variable.codes)].filter((code) => typeof of?.get(code) === 'number');
          if (codes.length === 0) return;
          const [low, high] = [codes[a % codes.length] as string, codes[b % codes.length] as string].sort(
            (x, y) => Number(of?.get(x)) - Number(of?.get(y)),
          ) as [string, string];
          const less = resultOf(instrument, { ...answers, [variable.id]: low }, { sex: 'female', age: 40 });
          const more = resultOf(instrument, { ...answers, [variable.id]: high }, { sex: 'female', age: 40 });
          for (const { id } of rising) {
            const [x, y] = [less.scores[id], more.scores[id]];
            if (x?.status === 'complete' && y?.status === 'complete')
              expect(y.value).toBeGreaterThanOrEqual(x.value);
          }
        },
      ),
    );
  });

  it('law 3: the order of the answers is irrelevant', () => {
    law(
      fc.property(arbitraryScored(instrument), fc.infiniteStream(fc.nat()), ({ answers, context }, order) => {
        const keyed = Object.entries(answers).map((entry) => [order.next().value as number, entry] as const);
        const shuffled = Object.fromEntries(keyed.sort(([x], [y]) => x - y).map(([, entry]) => entry));
        expect(resultOf(instrument, shuffled, context)).toEqual(resultOf(instrument, answers, context));
      }),
    );
  });

  it('law 4: the levels of each band partition the reachable values [H03]', () => {
    const empty = emptyForm(program);
    for (const band of program.bands) {
      if (band.of === undefined) continue;
      const score = program.scores[band.of] as (typeof program.scores)[number];
      const { values } = reach(score, empty);
      const seen = new Set<string>();
      for (const scaled of values ?? []) {
        const value = scaled / score.scale;
        const holding = band.levels.filter(
          (level, i) =>
            value >= (level.from as number) &&
            (level.to === undefined
              ? value < (band.levels[i + 1]?.from ?? Number.POSITIVE_INFINITY)
              : value <= level.to),
        );
        expect(
          holding.map(({ id }) => id),
          `${band.id} at ${value}`,
        ).toHaveLength(1);
        seen.add((holding[0] as { id: string }).id);
      }
      if (values !== null) expect([...seen].sort()).toEqual(band.levels.map(({ id }) => id).sort());
    }
  });

  it('law 7: removing an answer never turns undecided into a verdict [H06]', () => {
    law(
      fc.property(arbitraryScored(instrument), fc.nat(), ({ answers, context }, pick) => {
        const ids = Object.keys(answers);
        if (ids.length === 0) return;
        const id = ids[pick % ids.length] as string;
        const administered = everyMember(instrument);
        const full = resultOf(instrument, answers, context, { administered });
        const { [id]: _, ...less } = answers;
        const without = resultOf(instrument, less, context, { administered });
        if (!consistent(full) || !consistent(without)) return;
        for (const [name, verdict] of verdicts(full)) {
          const { status } = verdict as { status: string };
          const after = (verdicts(without).get(name) as { status: string }).status;
          if (status === 'undecided') expect(after, name).toBe('undecided');
          if (status === 'open') expect(after, name).toBe('open');
        }
      }),
    );
  });

  it('law 8: a flag depends on its own items and their gates alone [H07]', () => {
    if (program.flags.length === 0) return;
    law(
      fc.property(arbitraryScored(instrument), fc.nat(), fc.nat(), ({ answers, context }, f, pick) => {
        const flag = program.flags[f % program.flags.length] as (typeof program.flags)[number];
        const own = itemsBehind(instrument, flag.verdict.reads);
        const others = items(instrument).filter(({ id }) => !own.has(id));
        const administered = everyMember(instrument);
        const whole = resultOf(instrument, answers, context, { administered });
        const before = whole.flags[flag.id];
        if (others.length > 0) {
          const { id } = others[pick % others.length] as { id: string };
          const { [id]: _, ...removed } = answers;
          expect(resultOf(instrument, removed, context, { administered }).flags[flag.id]).toEqual(before);
          const corrupted = scoreForm(instrument, { ...answers, [id]: { not: 'an answer' } }, context, {
            administered,
          });
          expect(corrupted._tag).toBe('Left');
          if (corrupted._tag === 'Left') expect(corrupted.left.flags[flag.id]).toEqual(before);
        }
        const given = Object.keys(answers).filter((id) => own.has(id));
        if (given.length > 0) {
          const id = given[pick % given.length] as string;
          const { [id]: _, ...removed } = answers;
          const after = resultOf(instrument, removed, context, { administered });
          if (consistent(whole) && consistent(after) && before?.status !== 'open') {
            expect(['open', before?.status]).toContain(after.flags[flag.id]?.status);
          }
        }
      }),
    );
  });

  it('law 9: any JSON as answers gives a Left that names the item, or a Right; it never throws [H25]', () => {
    law(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(
            fc.oneof(fc.constantFrom(...items(instrument).map(({ id }) => id)), fc.string()),
            fc.jsonValue(),
          ),
        ),
        fc.jsonValue(),
        (answers, context) => {
          const outcome = scoreForm(instrument, answers, context);
          if (outcome._tag === 'Right') return;
          expect(outcome.left.problems.length).toBeGreaterThan(0);
          for (const problem of outcome.left.problems) expect(problem.at.length).toBeLessThanOrEqual(41);
          expect(Object.keys(outcome.left.flags)).toEqual(program.flags.map(({ id }) => id));
        },
      ),
    );
  });

  it('law 9: a bad answer keeps every raised flag, and is not repeated in the error [H07] [H31]', () => {
    const secret = 'zebra-7731';
    law(
      fc.property(arbitraryScored(instrument), fc.nat(), ({ answers, context }, pick) => {
        const scored = items(instrument).filter((variable) => variable.kind !== 'text');
        const { id } = scored[pick % scored.length] as { id: string };
        const good = resultOf(instrument, answers, context, { administered: everyMember(instrument) });
        const outcome = scoreForm(instrument, { ...answers, [id]: secret }, context, {
          administered: everyMember(instrument),
        });
        expect(outcome._tag).toBe('Left');
        if (outcome._tag !== 'Left') return;
        expect(outcome.left.problems.map(({ at }) => at)).toContain(id);
        expect(JSON.stringify(outcome.left)).not.toContain(secret);
        for (const flag of program.flags) {
          if (!itemsBehind(instrument, flag.verdict.reads).has(id))
            expect(outcome.left.flags[flag.id]).toEqual(good.flags[flag.id]);
        }
      }),
    );
  });

  it('law 11: a result survives JSON', () => {
    law(
      fc.property(arbitraryScored(instrument), ({ answers, context }) => {
        const result = resultOf(instrument, answers, context);
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      }),
    );
  });

  it('law 12: interleaved calls equal isolated ones, and inputs are never changed [H18]', () => {
    law(
      fc.property(arbitraryScored(instrument), arbitraryScored(instrument), (a, b) => {
        const before = JSON.stringify([a, b]);
        const alone = JSON.stringify(resultOf(instrument, a.answers, a.context));
        resultOf(instrument, b.answers, b.context);
        expect(JSON.stringify(resultOf(instrument, Object.freeze({ ...a.answers }), a.context))).toBe(alone);
        expect(JSON.stringify([a, b])).toBe(before);
      }),
    );
  });

  it('law 12: a result changed in place changes no later one [H18]', () => {
    law(
      fc.property(arbitraryScored(instrument), ({ answers, context }) => {
        const first = resultOf(instrument, answers, context);
        const before = JSON.stringify(first);
        overwrite(first);
        expect(JSON.stringify(resultOf(instrument, answers, context))).toBe(before);
      }),
    );
  });

  it('law 16: answers to items left out of ask change no verdict', () => {
    law(
      fc.property(
        arbitraryScored(instrument),
        arbitraryForm(instrument, 100),
        ({ answers, context }, more) => {
          const administered = everyMember(instrument);
          const result = resultOf(instrument, answers, context, { administered });
          if (!consistent(result)) return;
          const { first, now, later } = result.ask;
          const asked = new Set([...first, ...now, ...later, ...result.skipped.map(({ item }) => item)]);
          const left = items(instrument).filter(({ id }) => !asked.has(id) && isMissing(answers[id]));
          const filled: Form = { ...answers, ...Object.fromEntries(left.map(({ id }) => [id, more[id]])) };
          const after = resultOf(instrument, filled, context, { administered });
          if (!consistent(after)) return;
          for (const [name, verdict] of verdicts(result)) {
            const then = verdicts(after).get(name);
            expect(said(then), name).toBe(said(verdict));
          }
        },
      ),
    );
  });

  it('a complete form has nothing to ask but the context', () => {
    law(
      fc.property(arbitraryForm(instrument, 100), (answers) => {
        const result = resultOf(instrument, answers, { age: 40, sex: 'female' });
        const interval = items(instrument).some(
          (variable) => variable.kind === 'choice' && new Set(variable.codes).size < variable.codes.length,
        );
        if (consistent(result) && !interval)
          expect([...result.ask.first, ...result.ask.now, ...result.ask.later]).toEqual([]);
      }),
    );
  });
});

/** What a verdict depends on: its items, and of each gate over one of them what it reads and all that it skips. */
function itemsBehind(instrument: Instrument, reads: readonly number[]): ReadonlySet<string | undefined> {
  const { gates, variables } = instrument.program;
  const all = new Set(reads);
  for (const gate of [...gates].reverse()) {
    if (gate.effect.kind === 'stops' || !gate.targets.some((v) => all.has(v))) continue;
    for (const v of [...gate.targets, ...gate.verdict.reads]) all.add(v);
  }
  return new Set([...all].map((v) => variables[v]?.id));
}

/** Spoils everything that can be reached in a result. */
function overwrite(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) overwrite(inner);
  if (Array.isArray(value)) value.push('spoilt');
  else for (const key of Object.keys(value)) (value as Record<string, unknown>)[key] = 'spoilt';
}

function isMissing(answer: unknown): boolean {
  return answer === undefined || answer === null || typeof answer === 'object';
}

describe('law 17: a short form derived through contains equals the short form scored by itself', () => {
  const pairs = shipped.flatMap(({ instrument }) =>
    Object.entries(instrument.contains).map(([short, map]) => ({
      long: instrument,
      short: shipped.find(({ id }) => id === short)?.instrument,
      id: short,
      map,
    })),
  );
  it.each(pairs.filter(({ short }) => short !== undefined))(
    '$id out of $long.id',
    ({ long, short, id, map }) => {
      law(
        fc.property(arbitraryForm(long, 100), (answers) => {
          const result = resultOf(long, answers, { sex: 'female', age: 40 });
          if (!consistent(result)) return;
          const own = Object.fromEntries(
            Object.entries(map).map(([theirs, ours]) => [theirs, answers[ours]]),
          );
          const projected = projectForm(long, id, answers);
          expect(resultOf(short as Instrument, projected, { sex: 'female', age: 40 }).scores).toEqual(
            resultOf(short as Instrument, own, { sex: 'female', age: 40 }).scores,
          );
        }),
      );
    },
  );
});

function projectForm(instrument: Instrument, short: string, answers: Form): unknown {
  const outcome = project(instrument, short, answers as never);
  if (outcome._tag === 'Left') throw new Error(outcome.left.problems.map(({ message }) => message).join(' '));
  return outcome.right;
}
