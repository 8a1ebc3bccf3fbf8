import { format } from 'node:util';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

type Work = (...given: readonly unknown[]) => unknown;

interface Suite {
  readonly name: string;
  readonly within: Suite | null;
  readonly beforeAll: Work[];
  readonly beforeEach: Work[];
  readonly afterEach: Work[];
  readonly afterAll: Work[];
}

/** One `it`, with the suite whose hooks belong to it. */
export interface CollectedTest {
  /** `file > suite > title #n`; the same in each process. */
  readonly id: string;
  readonly work: () => unknown;
  readonly suite: Suite;
}

const suiteWithin = (within: Suite | null, name: string): Suite => ({
  name,
  within,
  beforeAll: [],
  beforeEach: [],
  afterEach: [],
  afterAll: [],
});

/** The suite and what it stands in, outermost first. */
const chain = (suite: Suite): readonly Suite[] =>
  suite.within === null ? [suite] : [...chain(suite.within), suite];

const workAmong = (given: readonly unknown[]): Work => {
  const found = given.find((each) => typeof each === 'function');
  // A callback as the test file wrote it; what it takes is the affair of the file.
  return found === undefined ? () => undefined : (found as Work);
};

/** vitest's own assertions, without the worker that vitest makes them in. */
const expectation = (): unknown => {
  chai.use(JestExtend);
  chai.use(JestChaiExpect);
  chai.use(JestAsymmetricMatchers);
  const expect = Object.assign(
    (value: unknown, message?: string) => chai.expect(value, message),
    chai.expect,
  );
  Object.assign(expect, Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT));
  Reflect.set(globalThis, GLOBAL_EXPECT, expect);
  setState(
    { assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null },
    expect as never,
  );
  return expect;
};
const expect = expectation();

/**
 * What a test file imports from `vitest`, as far as the suites under mutation use it, and the tests that it declares.
 * The tests are functions in this process: each can be run again and again, in any order.
 */
export const collector = () => {
  let suite = suiteWithin(null, '');
  let tests: CollectedTest[] = [];

  const inSuite = (name: string, work: Work, given: readonly unknown[]): void => {
    const outer = suite;
    suite = suiteWithin(outer, name);
    work(...given);
    suite = outer;
  };
  const addTest = (title: string, work: Work, given: readonly unknown[]): void => {
    const path = [...chain(suite).map(({ name }) => name), title].filter((name) => name !== '').join(' > ');
    tests.push({ id: `${path} #${tests.length}`, work: () => work(...given), suite });
  };
  type Add = typeof addTest;
  const each =
    (add: Add) =>
    (rows: readonly unknown[]) =>
    (title: string, ...rest: readonly unknown[]): void => {
      for (const row of rows) {
        const given: readonly unknown[] = Array.isArray(row) ? row : [row];
        const shown = given.slice(0, title.match(/%[sdifjoO]/g)?.length ?? 0);
        add(format(title, ...shown), workAmong(rest), given);
      }
    };
  const declared = (add: Add) =>
    Object.assign((title: string, ...rest: readonly unknown[]): void => add(title, workAmong(rest), []), {
      each: each(add),
    });

  return {
    api: {
      expect,
      describe: declared(inSuite),
      it: declared(addTest),
      test: declared(addTest),
      beforeAll: (work: Work) => suite.beforeAll.push(work),
      beforeEach: (work: Work) => suite.beforeEach.push(work),
      afterEach: (work: Work) => suite.afterEach.push(work),
      afterAll: (work: Work) => suite.afterAll.push(work),
    },
    /** The tests that `evaluate`, the body of the file, declares. */
    testsOf: (file: string, evaluate: () => void): readonly CollectedTest[] => {
      suite = suiteWithin(null, file);
      tests = [];
      evaluate();
      return tests;
    },
  };
};

/** Runs tests one by one; what a suite does before all of its tests is done once, before the first of them. */
export const testRun = () => {
  const begun = new Set<Suite>();
  return {
    /** What is done once, before the test: rejects where that fails. */
    begin: async ({ suite }: CollectedTest): Promise<void> => {
      for (const each of chain(suite)) {
        if (begun.has(each)) continue;
        begun.add(each);
        for (const hook of each.beforeAll) await hook();
      }
    },
    /** Resolves when the test has passed, rejects with what failed. */
    run: async ({ work, suite }: CollectedTest): Promise<void> => {
      const suites = chain(suite);
      for (const each of suites) for (const hook of each.beforeEach) await hook();
      try {
        const done = work();
        if (done instanceof Promise) await done;
      } finally {
        for (const each of [...suites].reverse()) for (const hook of each.afterEach) await hook();
      }
    },
    end: async (): Promise<void> => {
      for (const each of begun) for (const hook of each.afterAll) await hook();
    },
  };
};
