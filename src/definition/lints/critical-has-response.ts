import { parts } from './entries.js';
import type { Lint } from './lint.js';

export const criticalHasResponse: Lint = {
  name: 'critical-has-response',
  description: 'a critical flag says which response it asks for',
  check: (definition) =>
    parts(definition)
      .flatMap((part) => part.flags)
      .filter(({ entry }) => entry.critical === true && entry.response === undefined)
      .map(({ where }) => ({
        where: [...where, 'critical'],
        message: 'a critical flag needs a `response`: what to do now, in our own words.',
      })),
};
