/**
 * A test runner for Stryker that keeps the tests in its process: they are bundled once (`bundle-tests.ts`), collected once,
 * and for each mutant the tests that cover it are called, quickest first, until one fails. A mutant that never ends is
 * stopped by Stryker, which ends the process and starts another.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
  type TimeoutMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import * as fc from 'fast-check';
import { type CollectedTest, collector, testRun } from './collected-tests.js';
import { bundleFile, type Found, foundFile, type Outline, outlineFile } from './outline.js';

type Cover = (...ids: readonly string[]) => void;
type Modules = Readonly<Record<string, () => void>>;

/** The tests as loaded once, each file's when they are first asked for. */
interface Loaded {
  readonly testsOf: (file: string) => readonly CollectedTest[];
}

// The instrumented code finds its mutant here: Stryker's own agreement.
const context: InstrumenterContext = {};
Reflect.set(globalThis, INSTRUMENTER_CONSTANTS.NAMESPACE, context);

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const fileOf = (testId: string): string => testId.slice(0, testId.indexOf(' > '));

// Read here is only what this runner or its bundler has written.
const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** How many of the last killers are tried first: mutants come in order, and what finds one often finds the next. */
const remembered = 8;

/** The last killers, then what is quickest. */
const inOrder = (
  ids: readonly string[],
  killers: readonly string[],
  took: Readonly<Record<string, number>>,
): readonly string[] => {
  const place = (id: string): number =>
    killers.includes(id) ? killers.indexOf(id) - remembered : (took[id] ?? 0);
  return [...ids].sort((one, other) => place(one) - place(other));
};

const require = createRequire(join(process.cwd(), 'package.json'));

/** Evaluates the bundle; `evaluating` is told which module is evaluated, and when none is any more. */
const load = (
  script: Script,
  outline: Outline,
  cover: Cover = () => undefined,
  evaluating: (file: string | null) => void = () => undefined,
): Loaded => {
  const { api, testsOf } = collector();
  const module: { exports: Modules } = { exports: {} };
  script.runInThisContext()(module, (id: string): unknown => (id === 'vitest' ? api : require(id)), cover);
  const evaluate = (file: string): void => {
    evaluating(file);
    module.exports[file]?.();
    evaluating(null);
  };
  for (const file of outline.first) module.exports[file]?.();
  // A property that fails has found the mutant: no need of the smallest counterexample.
  fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
  const known = new Map<string, readonly CollectedTest[]>();
  const collect = (file: string): readonly CollectedTest[] => {
    const imported = new Set(outline.tests[file]);
    for (const each of outline.then) if (each !== file && imported.has(each)) evaluate(each);
    const tests = testsOf(file, () => evaluate(file));
    known.set(file, tests);
    return tests;
  };
  return { testsOf: (file) => known.get(file) ?? collect(file) };
};

const outside = '';

/** Counts how often each mutant is passed, apart for each test and for each module that is evaluated. */
const counts = () => {
  const all = new Map<string, Record<string, number>>();
  const of = (name: string): Record<string, number> => {
    const known = all.get(name) ?? {};
    all.set(name, known);
    return known;
  };
  let now = of(outside);
  return {
    of,
    into: (name: string): void => {
      now = of(name);
    },
    cover: ((...ids) => {
      for (const id of ids) now[id] = (now[id] ?? 0) + 1;
    }) satisfies Cover,
    /** Adds what was counted for some to another. */
    add: (name: string, others: readonly string[]): void => {
      const sum = of(name);
      for (const other of others)
        for (const [id, hits] of Object.entries(of(other))) sum[id] = (sum[id] ?? 0) + hits;
    },
  };
};

const activate = (options: MutantRunOptions | null): void => {
  delete context.activeMutant;
  delete context.hitCount;
  delete context.hitLimit;
  if (options === null) return;
  context.activeMutant = options.activeMutant.id;
  if (options.hitLimit === undefined) return;
  context.hitCount = 0;
  context.hitLimit = options.hitLimit;
};

const killed = (killer: string, error: unknown, nrOfTests: number): MutantRunResult => ({
  status: MutantRunStatus.Killed,
  killedBy: [killer],
  failureMessage: textOf(error),
  nrOfTests,
});

/** Passed more often than a hundred times of what the tests do without it: it would never end. */
const endless = (options: MutantRunOptions | null): TimeoutMutantRunResult | null => {
  const reached = determineHitLimitReached(context.hitCount, options?.hitLimit);
  return reached === undefined
    ? null
    : { status: MutantRunStatus.Timeout, reason: reached.reason ?? 'hit limit' };
};

/** Runs the tests until one fails, with the mutant of `options` active, or with none. */
const run = async (
  options: MutantRunOptions | null,
  loaded: Loaded,
  ids: readonly string[],
): Promise<MutantRunResult> => {
  const byId = new Map([...new Set(ids.map(fileOf))].flatMap(loaded.testsOf).map((test) => [test.id, test]));
  const running = testRun();
  let nrOfTests = 0;
  activate(options);
  try {
    for (const id of ids) {
      const test = byId.get(id);
      if (test === undefined) continue;
      nrOfTests += 1;
      try {
        await running.begin(test);
        await running.run(test);
      } catch (error) {
        return endless(options) ?? killed(id, error, nrOfTests);
      }
    }
    return endless(options) ?? { status: MutantRunStatus.Survived, nrOfTests };
  } finally {
    activate(null);
    await running.end();
  }
};

class InProcessTestRunner implements TestRunner {
  readonly #outline = readJson<Outline>(outlineFile);
  readonly #script = new Script(
    `(function (module, require, coverMutants) {${readFileSync(bundleFile, 'utf8')}\n})`,
    { filename: join(process.cwd(), bundleFile) },
  );
  #found: Found | null = null;
  #loaded: Loaded | null = null;
  #killers: readonly string[] = [];

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    // Thousands of assertions fail, and nobody reads where.
    Error.stackTraceLimit = 0;
  }

  async dryRun(): Promise<DryRunResult> {
    const count = counts();
    const loaded = load(this.#script, this.#outline, count.cover, (file) => count.into(file ?? outside));
    const tests: TestResult[] = [];
    for (const [file, imported] of Object.entries(this.#outline.tests)) {
      const running = testRun();
      for (const test of loaded.testsOf(file)) {
        const began = performance.now();
        count.into(file);
        const failure = await running.begin(test).then(() => {
          count.into(test.id);
          return running.run(test).then(() => null, textOf);
        }, textOf);
        const shown = { id: test.id, name: test.id, fileName: file, timeSpentMs: performance.now() - began };
        tests.push(
          failure === null
            ? { ...shown, status: TestStatus.Success }
            : { ...shown, status: TestStatus.Failed, failureMessage: failure },
        );
      }
      count.into(outside);
      await running.end();
      for (const test of loaded.testsOf(file)) count.add(test.id, imported);
    }
    const evaluated: Record<string, string[]> = {};
    for (const [file, imported] of Object.entries(this.#outline.tests)) {
      for (const id of new Set(imported.flatMap((each) => Object.keys(count.of(each))))) {
        evaluated[id] = [...(evaluated[id] ?? []), file];
      }
    }
    const took = Object.fromEntries(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    writeFileSync(foundFile, JSON.stringify({ took, evaluated } satisfies Found));
    const perTest = Object.fromEntries(tests.map(({ id }) => [id, count.of(id)]));
    return {
      status: DryRunStatus.Complete,
      tests,
      mutantCoverage: { static: count.of(outside), perTest },
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    this.#found ??= readJson<Found>(foundFile);
    const { took, evaluated } = this.#found;
    const ids = inOrder(options.testFilter ?? Object.keys(took), this.#killers, took);
    if (options.reloadEnvironment) return this.#killer(await this.#fresh(options, ids));
    const result = await this.#warm(options, ids);
    const files = evaluated[options.activeMutant.id];
    if (result.status !== MutantRunStatus.Survived || files === undefined) return this.#killer(result);
    return this.#killer(
      await this.#fresh(
        options,
        ids.filter((id) => files.includes(fileOf(id))),
      ),
    );
  }

  /** Remembers what has killed. */
  #killer(result: MutantRunResult): MutantRunResult {
    if (result.status === MutantRunStatus.Killed) {
      this.#killers = [...new Set([...result.killedBy, ...this.#killers])].slice(0, remembered);
    }
    return result;
  }

  /** Runs tests as they are loaded; where a mutant has left something behind, everything is loaded anew. */
  async #warm(options: MutantRunOptions, ids: readonly string[]): Promise<MutantRunResult> {
    this.#loaded ??= load(this.#script, this.#outline);
    const result = await run(options, this.#loaded, ids);
    if (result.status !== MutantRunStatus.Killed) return result;
    const unchanged = await run(null, this.#loaded, result.killedBy);
    if (unchanged.status === MutantRunStatus.Survived) return result;
    this.#loaded = null;
    return this.#fresh(options, ids);
  }

  /** Loads everything with the mutant active, and runs tests. */
  async #fresh(options: MutantRunOptions, ids: readonly string[]): Promise<MutantRunResult> {
    activate(options);
    try {
      return await run(options, load(this.#script, this.#outline), ids);
    } catch (error) {
      return killed(ids[0] ?? '', error, 0);
    } finally {
      activate(null);
    }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessTestRunner)];
