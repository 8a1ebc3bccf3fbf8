import { describe, expect, it } from 'vitest';
import { planAppointment, recommend } from '../../src/referral/index.js';
import { pathwayWith, TODAY } from './fictional.js';

const next = (battery: readonly string[]) =>
  recommend(pathwayWith([], { battery }), { asOf: TODAY, forms: [] }, {}).next;
const fitting = (battery: readonly string[], minutes: number) => {
  const { now, later, minutes: used } = planAppointment(next(battery), minutes);
  return [now.map(({ instrument }) => instrument), later.map(({ instrument }) => instrument), used];
};

describe('the battery', () => {
  it('keeps the order of the pathway', () => {
    expect(next(['mood-3', 'mood-2']).map(({ instrument }) => instrument)).toEqual(['mood-3', 'mood-2']);
  });

  it('fills the time there is in the order of the pathway, and keeps the rest for later', () => {
    expect(fitting(['mood-2', 'mood-3', 'alert-1'], 7)).toEqual([['mood-2', 'mood-3', 'alert-1'], [], 7]);
    expect(fitting(['mood-2', 'mood-3', 'alert-1'], 6)).toEqual([['mood-2', 'mood-3'], ['alert-1'], 5]);
    expect(fitting(['mood-3', 'mood-2'], 3)).toEqual([['mood-2'], ['mood-3'], 1]);
    expect(fitting(['mood-3', 'mood-2'], 0)).toEqual([[], ['mood-3', 'mood-2'], 0]);
  });

  it('promises no place to an instrument whose time is not known', () => {
    expect(fitting(['mood-2', 'drink-2', 'mood-3'], 60)).toEqual([['mood-2', 'mood-3'], ['drink-2'], 5]);
  });
});
