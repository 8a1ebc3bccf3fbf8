import { describe, expect, it } from 'vitest';
import { planAppointment, recommend } from '../../src/referral/index.js';
import { drink2, is, pathwayWith, rule, TODAY, today } from './fictional.js';

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

  it('puts what holds a critical flag before what was asked for and holds none', () => {
    const made = recommend(
      pathwayWith([rule('DRI-01', is.meets('drink-2', 'women-2'), { next: ['alert-1'] })], {
        battery: ['mood-2', 'mood-3'],
        instruments: {
          'mood-2': { short: 'MOOD-2', title: 'x', minutes: 1, contains: [] },
          'alert-1': { short: 'ALERT-1', title: 'x', minutes: 1, contains: [] },
          'mood-3': { short: 'MOOD-3', title: 'x', minutes: 1, critical: true, contains: [] },
        },
      }),
      { asOf: TODAY, forms: [today(drink2, { q1: 1, q2: 1 })] },
      { sex: 'female' },
    );
    expect(made.next.map(({ instrument }) => instrument)).toEqual(['mood-3', 'alert-1', 'mood-2']);
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
