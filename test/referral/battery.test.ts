import { describe, expect, it } from 'vitest';
import { recommend, withinMinutes } from '../../src/referral/index.js';
import { pathwayWith, TODAY } from './fictional.js';

const next = (battery: readonly string[]) =>
  recommend(pathwayWith([], { battery }), { asOf: TODAY, forms: [] }, {}).next;
const fitting = (battery: readonly string[], minutes: number) =>
  withinMinutes(next(battery), minutes).map(({ instrument }) => instrument);

describe('the battery', () => {
  it('keeps the order of the pathway', () => {
    expect(next(['mood-3', 'mood-2']).map(({ instrument }) => instrument)).toEqual(['mood-3', 'mood-2']);
  });

  it('is cut to the time there is', () => {
    expect(fitting(['mood-2', 'mood-3', 'alert-1'], 7)).toEqual(['mood-2', 'mood-3', 'alert-1']);
    expect(fitting(['mood-2', 'mood-3', 'alert-1'], 6)).toEqual(['mood-2', 'mood-3']);
    expect(fitting(['mood-3', 'mood-2'], 3)).toEqual([]);
  });

  it('ends at an instrument whose time is not known', () => {
    expect(fitting(['mood-2', 'drink-2', 'mood-3'], 60)).toEqual(['mood-2']);
  });
});
