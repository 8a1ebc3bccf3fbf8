/** The script of all tests, in the folder that Stryker makes. */
export const bundleFile = 'mutation-tests.cjs';
/** What is in it: `Outline`. */
export const outlineFile = 'mutation-tests.json';
/** What the dry run found: `Found`. */
export const foundFile = 'mutation-found.json';

/** What the bundle holds, each list in the order in which it may be evaluated. */
export interface Outline {
  /** The code under mutation (and what sets up the suites): what runs here is static, and not of one test. */
  readonly first: readonly string[];
  /** All else: other code, what tests share, test files. */
  readonly then: readonly string[];
  /** For each test file all that it imports, itself included. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

/** What the dry run found, for every process that runs mutants later. */
export interface Found {
  /** Milliseconds that each test took, by id. */
  readonly took: Readonly<Record<string, number>>;
  /** The test files that run a mutant while they are evaluated, before their tests: by mutant. */
  readonly evaluated: Readonly<Record<string, readonly string[]>>;
}
