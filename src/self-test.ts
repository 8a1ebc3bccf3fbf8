/**
 * Self-test of the installed package: is it what it says it is, here and now?
 *
 * Pure, and safe to import in a browser. What it tests is loaded when it runs, and by nothing that only scores.
 * @packageDocumentation
 */
import { catalogue } from './generated/catalogue.js';
import { pathwayLoaders } from './generated/pathway-loaders.js';
import * as index from './generated/self-test-index.cjs';
import type { SelfTestReport } from './review/self-test/report.js';
import { type SelfTestParts, selfTestOf } from './review/self-test/self-test.js';

export type { SelfTestCounts, SelfTestFailure, SelfTestReport } from './review/self-test/report.js';

const notThere = (): never => {
  throw new Error('the package does not hold it');
};

/** All that the catalogue offers, with what the index knows of it. */
const shippedParts = (): SelfTestParts => ({
  instruments: catalogue.map(({ id, digest, load }) => {
    const found = index.instruments.find((each) => each.id === id);
    return {
      id,
      digest,
      definition: found?.definition ?? notThere,
      scored:
        load === null
          ? null
          : {
              instrument: load,
              cases: found?.cases?.load ?? notThere,
              casesDigest: found?.cases?.digest ?? 'none',
            },
    };
  }),
  pathways: index.pathways.map(({ id, digest, cases, scenarios }) => ({
    id,
    pathway: async () => (pathwayLoaders[id] ?? notThere)(),
    pathwayDigest: digest,
    cases,
    scenarios,
  })),
});

/**
 * Tests the installed package: runs every case of every instrument and pathway, computes every digest again, and lowers every
 * definition again and holds it against the instrument that is shipped. Takes a second or so, in one go: in a browser, run it
 * in a worker or before the app starts.
 *
 * It finds what was broken or changed on the way (a bundler, a patch, a bad copy), not somebody who changes the package and
 * its digests alike: for that, compare the digests with those published for the version. Never rejects.
 *
 * @returns what was tested, in numbers, and every failure by instrument or pathway; plain JSON
 * @example
 * ```ts
 * import { selfTest } from 'caseness/self-test';
 *
 * const report = await selfTest();
 * if (report.status === 'failed') throw new Error(JSON.stringify(report.failures));
 * ```
 */
export const selfTest = (): Promise<SelfTestReport> => selfTestOf(shippedParts());
