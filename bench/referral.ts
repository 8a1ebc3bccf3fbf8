/**
 * `npm run bench:referral`: plans for a full battery of ten instruments on the pathway for England, on one core. What
 * counts is the ratio to two yardsticks of the same run: scoring the ten forms, and writing the plan as JSON, which is the
 * least that anybody does with it. Medians; the times are those of this machine at this moment.
 */
import { ok } from 'node:assert/strict';
import { cpus } from 'node:os';
import { type Answers, type Instrument, type Shape, score } from 'caseness';
import { catalogue } from 'caseness/catalogue';
import { englandProbation } from 'caseness/pathways/england-probation';
import { type Plan, recommend, type Session } from 'caseness/referral';
import { Bench } from 'tinybench';

const battery = [
  'phq-9',
  'gad-7',
  'audit',
  'dast-10',
  'pc-ptsd-5',
  'c-ssrs-screener',
  'aq-10',
  'asrs-v1.1',
  'itq',
  'core-10',
];
const TODAY = '2026-11-24';
const person = {
  age: 34,
  sex: 'male',
  'registered-with-gp': false,
  housing: 'no-fixed-address',
  'consent-to-refer': true,
};
const context = { age: 34, sex: 'male' } as const;

/** A small linear congruential generator (constants of Numerical Recipes). */
const drawFrom = (seed: number): ((limit: number) => number) => {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
};
const draw = drawFrom(20_261_124);

const instruments = await Promise.all(
  battery.map(async (id): Promise<Instrument> => {
    const load = catalogue.find((entry) => entry.id === id)?.load;
    if (load === undefined || load === null) throw new Error(`${id} is not in the catalogue`);
    return load();
  }),
);

/** Every item answered, at random: more rules fire and more is asked than for most people. */
const answersTo = ({ program }: Instrument): Answers<Shape> =>
  Object.fromEntries(
    program.variables
      .slice(0, program.items)
      .flatMap((item) => (item.kind === 'choice' ? [[item.id, item.codes[draw(item.codes.length)]]] : [])),
  );

const sessions: readonly Session[] = Array.from({ length: 64 }, () => ({
  asOf: TODAY,
  forms: instruments.map((instrument) => ({ instrument, on: TODAY, answers: answersTo(instrument) })),
}));
const outcomeOf = ({ instrument, answers }: Session['forms'][number]) =>
  score(instrument, answers as Answers<Shape>, context, { on: TODAY });
const scored: readonly Session[] = sessions.map((session) => ({
  ...session,
  forms: session.forms.map((form) => ({ ...form, outcome: outcomeOf(form) })),
}));

const plans: readonly Plan[] = scored.map((session) => recommend(englandProbation, session, person));
sessions.forEach((session, at) => {
  ok(
    JSON.stringify(recommend(englandProbation, session, person)) === JSON.stringify(plans[at]),
    'a plan differs where its forms were scored before',
  );
});

let kept: unknown;
const bench = new Bench({ time: 1500, warmupTime: 500 });
bench
  .add('plans, forms scored before', () => {
    for (const session of scored) kept = recommend(englandProbation, session, person);
  })
  .add('plans, ten forms scored here', () => {
    for (const session of sessions) kept = recommend(englandProbation, session, person);
  })
  .add('the ten forms scored, no plan', () => {
    for (const session of sessions) for (const form of session.forms) kept = outcomeOf(form);
  })
  .add('the plan written as JSON', () => {
    for (const plan of plans) kept = JSON.stringify(plan);
  });
await bench.run();
ok(kept !== undefined);

const rates = bench.tasks.map(({ name, result }) => {
  if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`);
  return { name, rate: (sessions.length / result.latency.p50) * 1000 };
});
console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; a second, median, one core\n`,
);
for (const { name, rate } of rates)
  console.log(`${name.padEnd(32)}${Math.round(rate).toLocaleString('en-GB').padStart(10)}`);
const [plan = { rate: Number.NaN }, , forms = { rate: Number.NaN }, json = { rate: Number.NaN }] = rates;
console.log(
  `\na plan costs ${(forms.rate / plan.rate).toFixed(1)} × the scoring of its ten forms, and ${(json.rate / plan.rate).toFixed(1)} × being written as JSON`,
);
