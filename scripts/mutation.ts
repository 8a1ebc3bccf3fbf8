/**
 * `npm run mutation [-- area | file …]`: changes the code of an area one small thing at a time and counts the changes that the
 * tests of that area notice (Stryker, with the test runner of `mutation/test-runner.ts`). Fails where fewer are noticed than
 * have been held so far, and where a change that nobody noticed is not explained in `mutation/explained/<area>.yaml`. What was not
 * noticed stands in `out/mutation/<area>.html`, what is not explained in `out/mutation/<area>.open.yaml`, ready to be entered;
 * for files named it is printed too.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Stryker } from '@stryker-mutator/core';
import { explainedIn, reviewOf, survivorsOf, toBeExplained } from './mutation/survivors.js';
import { areas } from './mutation-areas.js';

type Area = keyof typeof areas;

const isArea = (word: string): word is Area => Object.hasOwn(areas, word);

const run = async (area: Area, files: readonly string[]): Promise<void> => {
  const { tests, but, held } = areas[area];
  const source = `src/${area}`;
  console.log(
    `\n${area}: what ${tests.join(' and ')} notice${files.length > 0 ? ` of ${files.join(', ')}` : ''}`,
  );
  await new Stryker({
    testRunner: 'in-process',
    plugins: ['./scripts/mutation/test-runner.ts'],
    coverageAnalysis: 'perTest',
    // What runs only while a module is loaded (the schemas): each would need everything loaded anew.
    ignoreStatic: true,
    mutate: files.length > 0 ? [...files] : [`${source}/**/*.ts`, '!src/referral/definition/**'],
    buildCommand: [
      'tsx scripts/mutation/bundle-tests.ts',
      source,
      ...tests,
      ...but.map((file) => `!${file}`),
    ].join(' '),
    concurrency: Math.min(availableParallelism(), 4),
    // Most that never end are stopped by the number of times they pass the mutant; this is for the rest, on a busy machine too.
    timeoutMS: 10_000,
    timeoutFactor: 2,
    testRunnerNodeArgs: ['--max-old-space-size=1500'],
    tempDirName: 'out/.stryker',
    ignorePatterns: ['dist', 'out', 'coverage', 'docs/api', 'bench'],
    reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
    thresholds: { high: 95, low: 90, break: files.length > 0 ? null : held },
    clearTextReporter: {
      allowColor: false,
      logTests: false,
      reportTests: false,
      reportMutants: files.length > 0,
    },
    htmlReporter: { fileName: `out/mutation/${area}.html` },
    jsonReporter: { fileName: `out/mutation/${area}.json` },
  }).runMutationTest();
  if (files.length === 0) review(area);
};

/** Says which survivors nobody has looked at, and which explanations are of no use any more. */
const review = (area: Area): void => {
  const report: unknown = JSON.parse(readFileSync(`out/mutation/${area}.json`, 'utf8'));
  const { explained, open, stale } = reviewOf(survivorsOf(report), explainedIn(area));
  writeFileSync(`out/mutation/${area}.open.yaml`, toBeExplained(open));
  console.log(
    `${area}: ${explained} survivors explained, ${open.length} not, ${stale.length} explanations stale`,
  );
  for (const { file, was, now } of open.slice(0, MOST_SHOWN)) console.log(`  ${file}: ${was}  =>  ${now}`);
  for (const { file, was, now } of stale) console.log(`  stale: ${file}: ${was}  =>  ${now}`);
  if (open.length > areas[area].open) process.exitCode = 1;
};

/** Survivors printed; the file has all of them. */
const MOST_SHOWN = 20;

const words = process.argv.slice(2);
const files = words.filter((word) => /^src\/[a-z]+\/.+\.ts$/.test(word));
const asked = [...words.filter(isArea), ...files.map((file) => file.split('/')[1] ?? '').filter(isArea)];
if (words.some((word) => !isArea(word) && !files.includes(word))) {
  console.error(`usage: npm run mutation [-- ${Object.keys(areas).join(' | ')} | src/formula/lex.ts …]`);
  process.exitCode = 2;
} else {
  // The same examples in every run, and few of them: a mutant is met by all the tests that reach it.
  process.env['CI'] = '1';
  process.env['PROPERTY_RUNS'] ??= '25';
  // The processes that Stryker starts read TypeScript too.
  process.env['NODE_OPTIONS'] = '--import tsx';
  const wanted = asked.length > 0 ? [...new Set(asked)] : Object.keys(areas).filter(isArea);
  for (const area of wanted)
    await run(
      area,
      files.filter((file) => file.startsWith(`src/${area}/`)),
    );
}
