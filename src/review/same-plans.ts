import type { Instrument } from '../instrument/index.js';
import type { PathwayDefinition } from '../referral/definition/index.js';

export const samePlans = (
  one: PathwayDefinition,
  other: PathwayDefinition,
  catalogue: readonly Instrument[],
): string | null => {
  void one;
  void other;
  void catalogue;
  return null;
};
