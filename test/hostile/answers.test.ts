import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers, Context, Instrument, ScoreOptions, Shape } from '../../src/instrument/index.js';
import { classify, explain, form, project, score, scoreOrThrow } from '../../src/scoring/index.js';
import { instrumentOf, shipped } from '../support/shipped.js';
import { frozen, prototypesAreClean, saysNoAnswer, tries } from './claims.js';
import { corpus } from './corpus.js';
import { anyValue, made, recordOf } from './hostile-values.js';

/** What comes over a wire or out of a form is unknown data, whatever its type says. */
const asAnswers = (value: unknown): Answers<Shape> => value as Answers<Shape>;
const asContext = (value: unknown): Required<Context> => value as Required<Context>;
const asTotals = (value: unknown): Record<string, number> => value as Record<string, number>;
const asOptions = (value: unknown): ScoreOptions => value as ScoreOptions;

const itemsOf = ({ program }: Instrument): readonly string[] =>
  program.variables.slice(0, program.items).map(({ id }) => id);

/** Everything that takes answers, with the claims that hold for each. */
const holdsFor = (
  instrument: Instrument,
  answers: unknown,
  context: unknown,
  options: unknown = {},
): void => {
  const outcome = score(instrument, asAnswers(answers), asContext(context), asOptions(options));
  if (outcome._tag === 'Left') {
    const { problems, flags } = outcome.left;
    expect(problems.length).toBeGreaterThan(0);
    for (const { at, message } of problems) {
      expect(at.length).toBeLessThanOrEqual(41);
      expect([message.slice(0, 60), message.length < 600, message.endsWith('.')]).toEqual([
        message.slice(0, 60),
        true,
        true,
      ]);
    }
    // The name of a member that was chosen is no answer.
    saysNoAnswer(problems.filter(({ code }) => code !== 'unknown-member'));
    expect(Object.keys(flags)).toEqual(instrument.program.flags.map(({ id }) => id));
    try {
      scoreOrThrow(instrument, asAnswers(answers), asContext(context), asOptions(options));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: 'InvalidAnswers' });
      saysNoAnswer(problems.some(({ code }) => code === 'unknown-member') ? '' : String(error));
    }
  } else {
    expect(JSON.parse(JSON.stringify(outcome.right))).toEqual(outcome.right);
    explain(instrument, asAnswers(answers), asContext(context), asOptions(options));
  }
  expect(form(instrument, asAnswers(answers), asContext(context)).map(({ item }) => item)).toEqual(
    itemsOf(instrument),
  );
  for (const short of [...Object.keys(instrument.contains), '__proto__', 'constructor']) {
    const projected = project(instrument, short, asAnswers(answers), asContext(context));
    if (projected._tag === 'Left') saysNoAnswer(projected.left);
  }
};

const ids = shipped.map(({ id }) => id);

describe('saved answers', () => {
  it.each(corpus('answers'))('$name: $why', ({ bytes }) => {
    const { instrument, answers, context, options } = JSON.parse(bytes.toString('utf8'));
    holdsFor(instrumentOf(instrument), made(answers), made(context), made(options));
    prototypesAreClean();
  });
});

describe('any value', () => {
  it('as an answer is read or refused by name; no accessor, proxy or prototype makes scoring throw [H25] [H31]', () => {
    const answer = fc.oneof(
      anyValue,
      fc.constantFrom(0, 1, '2').map((plain) => ({ plain })),
    );
    fc.assert(
      fc.property(
        fc
          .constantFrom(...ids)
          .chain((id) => fc.tuple(fc.constant(id), recordOf(itemsOf(instrumentOf(id)), answer))),
        recordOf(['age', 'sex'], anyValue),
        ([id, answers], context) => {
          holdsFor(instrumentOf(id), frozen(made(answers)), frozen(made(context)));
        },
      ),
      tries(40),
    );
    prototypesAreClean();
  });

  it('as the whole of the answers, the context or an option is read or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        anyValue,
        anyValue,
        recordOf(['missing', 'on', 'administered'], anyValue),
        (id, answers, context, options) =>
          holdsFor(instrumentOf(id), made(answers), made(context), made(options)),
      ),
      tries(120),
    );
    prototypesAreClean();
  });

  it('as one answer leaves the flag that another answer raises [H07]', () => {
    const phq9 = instrumentOf('phq-9');
    fc.assert(
      fc.property(anyValue, fc.constantFrom('q1', 'q4', 'q8'), (value, item) => {
        const outcome = score(phq9, asAnswers({ q9: 3, [item]: made(value) }), asContext({}));
        const { flags } = outcome._tag === 'Left' ? outcome.left : outcome.right;
        expect(flags['self-harm']?.status).toBe('raised');
      }),
      tries(100),
    );
    const trapped = {
      q9: 3,
      get q2(): number {
        throw new Error('trap');
      },
    };
    expect(score(phq9, trapped, asContext({}))).toMatchObject({
      _tag: 'Left',
      left: { problems: [{ at: 'q2' }], flags: { 'self-harm': { status: 'raised' } } },
    });
  });

  it('as a recorded total is held against what a form can give, or refused', () => {
    const scoresOf = (id: string) => instrumentOf(id).program.scores.map((score) => score.id);
    fc.assert(
      fc.property(
        fc
          .constantFrom(...ids)
          .chain((id) =>
            fc.tuple(fc.constant(id), fc.oneof(anyValue, recordOf([...scoresOf(id), 'total'], anyValue))),
          ),
        ([id, totals]) => {
          const outcome = classify(instrumentOf(id), asTotals(made(totals)));
          if (outcome._tag === 'Left') saysNoAnswer(outcome.left.problems);
        },
      ),
      tries(200),
    );
    prototypesAreClean();
  });
});
