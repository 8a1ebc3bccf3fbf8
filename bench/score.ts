/**
 * `npm run bench`: the full typed result of `score` beside two yardsticks in the same run, a hand-written function that sums
 * and bands the same object, and fhirpath.js scoring the same answers as a FHIR response. It runs the built package, as an app does. Medians on one core; what counts is
 * the ratio, since the times are those of this machine at this moment.
 */
import { ok } from 'node:assert/strict';
import { cpus } from 'node:os';
import { type Answers, type Instrument, match, type ScoreResult, score } from 'caseness';
import { audit } from 'caseness/instruments/audit';
import { phq9 } from 'caseness/instruments/phq-9';
import { Bench } from 'tinybench';
import {
  auditFromBare,
  auditFromCoded,
  auditPlain,
  bareResponse,
  codedResponse,
  phq9FromBare,
  phq9FromCoded,
  phq9Plain,
} from './by-fhirpath.js';
import { auditByHand, type ByHand, phq9ByHand } from './by-hand.js';
import { auditCodes, type Form, forms, phq9Codes } from './forms.js';

type ShapeOf<I> = I extends Instrument<infer S> ? S : never;

interface Contest {
  readonly name: string;
  readonly forms: readonly Form[];
  /** The total found, or `null` where the form is refused. */
  readonly total: (form: Form) => ScoreResult | null;
  readonly score: (form: Form) => unknown;
  readonly byHand: (form: Form) => ByHand;
  readonly fromBare: (resource: object) => readonly unknown[];
  readonly fromCoded: (resource: object) => readonly unknown[];
  readonly plain: (resource: object) => readonly unknown[];
}

// The forms are drawn from the codes of the instrument, which the type of a form does not say.
const scorePhq9 = (form: Form) => score(phq9, form as Answers<ShapeOf<typeof phq9>>);
const scoreAudit = (form: Form) => score(audit, form as Answers<ShapeOf<typeof audit>>);

const ofPhq9 = {
  score: scorePhq9,
  total: (form: Form) =>
    match(
      scorePhq9(form),
      () => null,
      ({ scores }) => scores.total,
    ),
  byHand: phq9ByHand,
  fromBare: phq9FromBare,
  fromCoded: phq9FromCoded,
  plain: phq9Plain,
};
const ofAudit = {
  score: scoreAudit,
  total: (form: Form) =>
    match(
      scoreAudit(form),
      () => null,
      ({ scores }) => scores.total,
    ),
  byHand: auditByHand,
  fromBare: auditFromBare,
  fromCoded: auditFromCoded,
  plain: auditPlain,
};

const contests: readonly Contest[] = [
  { name: 'PHQ-9, whole forms', forms: forms(phq9Codes, 0), ...ofPhq9 },
  { name: 'PHQ-9, two answers in ten open', forms: forms(phq9Codes, 2), ...ofPhq9 },
  { name: 'AUDIT, whole forms', forms: forms(auditCodes, 0), ...ofAudit },
  { name: 'AUDIT, two answers in ten open', forms: forms(auditCodes, 2), ...ofAudit },
];

/** Before anything is timed: on whole forms all three must find the same total. */
const agree = (contest: Contest): void => {
  for (const form of contest.forms) {
    const found = contest.total(form);
    ok(found !== null, 'every form must be valid');
    const { total } = contest.byHand(form);
    if (total === null) continue;
    ok(found.status === 'complete' && found.value === total, 'score and the hand-written sum differ');
    ok(contest.fromBare(bareResponse(form))[0] === total, 'fhirpath.js and the hand-written sum differ');
    ok(contest.fromCoded(codedResponse(form))[0] === total, 'weights and the hand-written sum differ');
    ok(contest.plain(codedResponse(form))[0] === total, 'plain evaluation and the hand-written sum differ');
  }
};

/** Results a second by the median, from samples of one pass over all forms: a single result is below the clock's grain. */
const perSecond = async (contest: Contest): Promise<readonly number[]> => {
  const coded = contest.forms.map(codedResponse);
  const bare = contest.forms.map(bareResponse);
  let kept: unknown;
  const bench = new Bench({ time: 1000, warmupTime: 300 });
  bench
    .add('score', () => {
      for (const form of contest.forms) kept = contest.score(form);
    })
    .add('by hand', () => {
      for (const form of contest.forms) kept = contest.byHand(form);
    })
    .add('fhirpath.evaluate, coded answers', () => {
      for (const resource of coded) kept = contest.plain(resource);
    })
    .add('fhirpath.compile, coded answers', () => {
      for (const resource of coded) kept = contest.fromCoded(resource);
    })
    .add('fhirpath.compile, bare integers', () => {
      for (const resource of bare) kept = contest.fromBare(resource);
    });
  await bench.run();
  ok(kept !== undefined);
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`);
    return (contest.forms.length / result.latency.p50) * 1000;
  });
};

const whole = (value: number): string => Math.round(value).toLocaleString('en-GB').padStart(12);

console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; results a second, median, one core\n`,
);
console.log(
  `${''.padEnd(30)}${['score', 'by hand', 'plain', 'coded', 'bare'].map((name) => name.padStart(12)).join('')}   score is …`,
);
for (const contest of contests) {
  agree(contest);
  const rates = await perSecond(contest);
  const [ours = Number.NaN, hand = Number.NaN, plain = Number.NaN, coded = Number.NaN, bare = Number.NaN] =
    rates;
  console.log(
    `${contest.name.padEnd(30)}${rates.map(whole).join('')}   ` +
      `${(ours / plain).toFixed(0)} × plain, ${(ours / coded).toFixed(0)} × coded, ${(ours / bare).toFixed(0)} × bare, 1/${(hand / ours).toFixed(0)} of by hand`,
  );
}
console.log(`
score     the full typed result: bands, cut-offs, flags, what to ask, provenance; an open form stays open
by hand   a loop that gives a total, a band and a flag, or nothing where an answer is missing
plain     fhirpath.evaluate(resource, expression, environment, r4), as most people write it, on a FHIR response as form
          fillers write it (codings, weighed by the questionnaire): total and band; a missing answer counts as nothing
coded     the same with the expression compiled once
bare      compiled once, on the cheapest response that it can sum (bare integers)`);
