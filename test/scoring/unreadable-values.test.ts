import { describe, expect, it } from 'vitest';
import type { Answers, Context, ScoreOptions, Shape } from '../../src/instrument/index.js';
import { classify, form, score } from '../../src/scoring/index.js';
import { instrumentOf } from '../support/shipped.js';

const phq2 = instrumentOf('phq-2');
const assistLite = instrumentOf('assist-lite');
const unknown: Required<Context> = { age: 'unknown', sex: 'unknown' };

const trap = (): never => {
  throw new Error('trap');
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
/** A program without types may hand over anything. */
const asAnswers = (value: unknown): Answers<Shape> => value as Answers<Shape>;

const problemsOf = (
  answers: unknown,
  context: unknown = unknown,
  options: unknown = {},
  instrument = phq2,
) => {
  const outcome = score(
    instrument,
    asAnswers(answers),
    context as Required<Context>,
    options as ScoreOptions,
  );
  return outcome._tag === 'Left' ? outcome.left.problems.map(({ code, at }) => `${code} ${at}`) : [];
};

describe('what throws when it is read', () => {
  it('is, as an answer, no answer to its item, and leaves the others', () => {
    expect(
      problemsOf({ q1: 1, q2: Object.defineProperty({}, 'missing', { enumerable: true, get: trap }) }),
    ).toEqual(['unknown-missing-reason q2']);
    expect(problemsOf(Object.defineProperty({ q1: 1 }, 'q2', { enumerable: true, get: trap }))).toEqual([
      'wrong-type q2',
    ]);
    expect(problemsOf({ q1: 1, q2: revoked() })).toEqual(['wrong-type q2']);
  });

  it('is, as the whole, no object', () => {
    expect(problemsOf(revoked())).toEqual(['not-an-object answers']);
    expect(problemsOf({}, revoked())).toEqual(['not-an-object context']);
    expect(problemsOf({}, Object.defineProperty({}, 'age', { enumerable: true, get: trap }))).toEqual([
      'bad-context age',
    ]);
    expect(form(phq2, { q1: 1 }, revoked()).map(({ status }) => status)).toEqual(['answered', 'open']);
  });

  it('is, where it keeps its entries elsewhere than in keys, no object: never an empty form', () => {
    const kept = [new Map([['q2', 3]]), new Set(['q2']), new Date(0), new Error('q2'), /q2/];
    for (const value of kept) {
      expect(problemsOf(value)).toEqual(['not-an-object answers']);
      expect(problemsOf({}, value)).toEqual(['not-an-object context']);
      expect(problemsOf({ q1: 1, q2: value })).toEqual(['wrong-type q2']);
    }
    class Answered {
      q1 = 1;
    }
    expect(problemsOf(new Answered())).toEqual([]);
    expect(problemsOf(Object.assign(Object.create(null), { q1: 1 }))).toEqual([]);
  });

  it('is, among the chosen members, no member', () => {
    expect(problemsOf({}, unknown, { administered: [Object.create(null)] }, assistLite)).toEqual([
      'unknown-member administered',
    ]);
    expect(problemsOf({}, unknown, { administered: new Array(1) }, assistLite)).toEqual([
      'unknown-member undefined',
    ]);
    expect(problemsOf({}, unknown, { administered: 'substance.cannabis' }, assistLite)).toEqual([]);
  });

  it('is no total', () => {
    const totals = (value: unknown) => {
      const outcome = classify(phq2, value as { total: number });
      return outcome._tag === 'Left' ? outcome.left.problems.map(({ code, at }) => `${code} ${at}`) : [];
    };
    expect(totals({ total: Symbol('1') })).toEqual(['not-attainable total']);
    expect(totals({ total: 3n })).toEqual(['not-attainable total']);
    expect(totals(Object.defineProperty({}, 'total', { enumerable: true, get: trap }))).toEqual([
      'not-attainable total',
    ]);
    expect(totals(null)).toEqual(['not-an-object scores']);
    expect(totals({ total: 3 })).toEqual([]);
  });
});

describe('what an answer or an age only inherits', () => {
  it('is nobody’s', () => {
    expect(problemsOf(Object.create({ q1: 'x' }))).toEqual([]);
    const young = score(instrumentOf('audit'), {}, Object.create({ age: 12, sex: 'male' }));
    expect(young._tag === 'Right' && young.right.notices.map(({ code }) => code)).not.toContain(
      'outside-valid-age',
    );
  });
});
