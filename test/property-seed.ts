import { configureGlobal } from 'fast-check';

/**
 * In continuous integration the properties run on one fixed seed, so that a red run can be had again; elsewhere each run
 * draws its own, and a failure prints the seed. `PROPERTY_RUNS` sets how many examples each property tries.
 */
const runs = Number(process.env['PROPERTY_RUNS'] ?? Number.NaN);

configureGlobal({
  ...(process.env['CI'] === undefined ? {} : { seed: 20_261_123 }),
  ...(Number.isInteger(runs) && runs > 0 ? { numRuns: runs } : {}),
});
