/** How many examples a property tries that wants more than the usual hundred: fewer where `PROPERTY_RUNS` says so. */
export function propertyRuns(wanted: number): number {
  const limit = Number(process.env['PROPERTY_RUNS'] ?? Number.NaN);
  return Number.isInteger(limit) && limit > 0 ? Math.min(wanted, limit) : wanted;
}
