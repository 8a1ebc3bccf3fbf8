import { configureGlobal } from 'fast-check';

/**
 * In continuous integration the properties run on one fixed seed, so that a red run can be had again; elsewhere each run
 * draws its own, and a failure prints the seed. `PROPERTY_SEED` names one, and `PROPERTY_RUNS` sets how many examples each
 * property tries.
 */
const runs = Number(process.env['PROPERTY_RUNS'] ?? Number.NaN);
const seed = Number(
  process.env['PROPERTY_SEED'] ?? (process.env['CI'] === undefined ? Number.NaN : 20_261_123),
);

configureGlobal({
  ...(Number.isInteger(seed) ? { seed } : {}),
  ...(Number.isInteger(runs) && runs > 0 ? { numRuns: runs } : {}),
});
