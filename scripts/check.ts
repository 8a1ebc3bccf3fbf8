/**
 * The one gate: `npm run check`. Runs every check, those that do not wait for each other side by side, prints one line for
 * each with its time, then the output of those that failed. Exit status 1 if any failed.
 */
import { spawn } from 'node:child_process';

interface Step {
  readonly name: string;
  readonly command: string;
  /** Steps that must have passed before. */
  readonly after: readonly string[];
}

interface Outcome {
  readonly step: Step;
  readonly status: 'passed' | 'failed' | 'not run';
  readonly seconds: number;
  readonly output: string;
}

const step = (name: string, command: string, ...after: readonly string[]): Step => ({ name, command, after });

/** In order of preference when a place is free: long chains first. */
const steps: readonly Step[] = [
  step('generate', 'tsx scripts/generate.ts'),
  step('build', 'npm run --silent build', 'generate'),
  step(
    'tests, covered',
    'vitest run --maxWorkers=1 --coverage test/formula test/scoring test/referral test/cases.test.ts',
    'generate',
  ),
  // Each property on 40 examples; `npm test` and continuous integration try all hundred.
  step(
    'tests, the rest',
    "PROPERTY_RUNS=40 vitest run --exclude 'test/{formula,scoring,referral}/**' --exclude test/cases.test.ts --exclude 'test/{package,browser}/**'",
    'generate',
  ),
  step('types', 'npm run --silent typecheck', 'generate'),
  step('pack', 'tsx scripts/pack.ts', 'build'),
  step('packed artefact', 'vitest run --config vitest.package.config.ts', 'pack'),
  step('types of the packed artefact', 'tsx scripts/packed-types.ts', 'pack'),
  step('publint', 'npm run --silent lint:package', 'pack'),
  step('size', 'size-limit', 'build'),
  step('boundaries', 'depcruise src --config .dependency-cruiser.cjs --output-type err', 'generate'),
  step('dead code', 'knip --no-progress', 'generate'),
  step('format and lint', 'biome check --error-on-warnings .'),
  step('documents', 'tsx scripts/docs.ts --check', 'generate'),
  step('hazards', 'tsx scripts/hazards.ts --check'),
];

/** Two cores: a third step fills the waits of the other two. */
const atOnce = 3;

const run = (one: Step): Promise<Outcome> =>
  new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(one.command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (code) =>
      resolve({
        step: one,
        status: code === 0 ? 'passed' : 'failed',
        seconds: (performance.now() - began) / 1000,
        output: Buffer.concat(chunks).toString(),
      }),
    );
  });

const line = ({ step: one, status, seconds }: Outcome): string =>
  `${status.padEnd(8)} ${one.name.padEnd(30)} ${status === 'not run' ? '' : `${seconds.toFixed(1)} s`}`;

/** Runs every step as soon as what it waits for has passed; a step whose forerunner failed is not run. */
const runAll = async (all: readonly Step[]): Promise<readonly Outcome[]> => {
  const outcomes = new Map<string, Outcome>();
  const running = new Map<string, Promise<Outcome>>();
  const settle = (outcome: Outcome): void => {
    outcomes.set(outcome.step.name, outcome);
    running.delete(outcome.step.name);
    console.log(line(outcome));
  };
  while (outcomes.size < all.length) {
    for (const one of all) {
      const waiting = !outcomes.has(one.name) && !running.has(one.name);
      if (waiting && one.after.some((name) => outcomes.has(name) && outcomes.get(name)?.status !== 'passed'))
        settle({ step: one, status: 'not run', seconds: 0, output: '' });
      else if (waiting && running.size < atOnce && one.after.every((name) => outcomes.has(name)))
        running.set(one.name, run(one));
    }
    if (running.size > 0) settle(await Promise.race(running.values()));
  }
  return [...outcomes.values()];
};

const began = performance.now();
const outcomes = await runAll(steps);
const failed = outcomes.filter(({ status }) => status === 'failed');
for (const { step: one, output } of failed)
  console.log(`\n── ${one.name}: ${one.command}\n${output.trimEnd()}`);
const passed = outcomes.filter(({ status }) => status === 'passed').length;
console.log(
  `\n${passed} of ${outcomes.length} passed in ${((performance.now() - began) / 1000).toFixed(0)} s` +
    (failed.length === 0 ? '' : `; failed: ${failed.map(({ step: one }) => one.name).join(', ')}`),
);
process.exitCode = passed === outcomes.length ? 0 : 1;
