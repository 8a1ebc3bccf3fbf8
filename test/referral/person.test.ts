import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../src/referral/calendar.js';
import { readPerson } from '../../src/referral/person.js';
import { pathwayWith, TODAY } from './fictional.js';

const pathway = pathwayWith([]);
const read = (person: unknown) => readPerson(pathway, person, calendarDate(TODAY));
const stateOf = (person: unknown, fact: string) => read(person).states.get(fact)?.state;

describe('facts about a person', () => {
  it('tells known, asked and not given, and not asked apart', () => {
    expect(stateOf({ registered: false }, 'registered')).toMatchObject({
      status: 'known',
      values: ['false'],
    });
    expect(stateOf({ registered: 'refused' }, 'registered')).toEqual({ status: 'not-given' });
    expect(stateOf({ registered: 'not-known' }, 'registered')).toEqual({ status: 'not-given' });
    expect(stateOf({ registered: null }, 'registered')).toEqual({ status: 'not-asked' });
    expect(stateOf({}, 'registered')).toEqual({ status: 'not-asked' });
  });

  it('takes what was not said for not asked, and finds nothing wrong with it', () => {
    expect(read({ registered: null, age: undefined }).problems).toEqual([]);
  });

  it('holds a number, a day and an event that never was each as what it is', () => {
    const held = (values: readonly string[], number: number) => ({ status: 'known', values, number });
    expect(stateOf({ age: 120 }, 'age')).toStrictEqual(held([], 120));
    expect(stateOf({ age: 0 }, 'age')).toStrictEqual(held([], 0));
    expect(stateOf({ event: TODAY }, 'event')).toStrictEqual(held([], 0));
    expect(stateOf({ event: 'never' }, 'event')).toStrictEqual(held(['never'], Number.NaN));
  });

  it('holds each type in its own way', () => {
    expect(stateOf({ sex: 'female' }, 'sex')).toMatchObject({ status: 'known', values: ['female'] });
    expect(stateOf({ 'treated-by': ['clinic', 'surgery'] }, 'treated-by')).toMatchObject({
      values: ['clinic', 'surgery'],
    });
    expect(stateOf({ age: 34 }, 'age')).toMatchObject({ status: 'known', number: 34 });
    expect(stateOf({ event: 'never' }, 'event')).toMatchObject({ status: 'known', number: Number.NaN });
    expect(stateOf({ event: '2026-11-10' }, 'event')).toMatchObject({ status: 'known', number: 2 });
  });

  it.each([
    ['registered', 'yes'],
    ['sex', 'toString'],
    ['sex', 4],
    ['sex', ['female']],
    ['treated-by', 'clinic'],
    ['treated-by', ['clinic', 'elsewhere']],
    ['age', 121],
    ['age', -1],
    ['age', Number.NaN],
    ['age', '34'],
    ['event', '2026-11-25'],
    ['event', 'last week'],
  ])('reports a value that %s cannot have, and keeps it to itself [H31]', (fact, value) => {
    const { states, problems } = read({ [fact]: value });
    expect(states.get(fact)?.state).toEqual({ status: 'not-asked' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ status: 'bad-fact', at: fact });
    // The same words whatever was given: what may be given stands in them, what was given does not.
    expect(problems[0]?.message).toBe(read({ [fact]: {} }).problems[0]?.message);
  });

  it('says what each fact must be', () => {
    const wrong = { registered: 3, sex: 3, 'treated-by': 3, age: 'x', event: 3 };
    expect(read(wrong).problems.map(({ message }) => message)).toEqual([
      'age must be a number from 0 to 120; it counts as not asked',
      'sex must be one of female, male, other; it counts as not asked',
      'registered must be true or false; it counts as not asked',
      'treated-by must be a list, of clinic, surgery; it counts as not asked',
      "event must be a date YYYY-MM-DD, not later than the day of the plan, or 'never'; it counts as not asked",
    ]);
  });

  it('reports a fact that the pathway does not have', () => {
    expect(read({ shoe: 44 }).problems).toEqual([
      { status: 'unknown-fact', at: 'shoe', message: 'shoe is no fact of this pathway; it was not read' },
    ]);
  });

  it('cannot count from a date where the day of the plan is not known', () => {
    for (const event of ['2026-11-10', '1960-01-01'])
      expect(readPerson(pathway, { event }, null).problems).toHaveLength(1);
  });

  it('gives scoring what it knows of age and sex, and unknown for the rest', () => {
    expect(read({ age: 34.9, sex: 'male' }).context).toEqual({ age: 34, sex: 'male' });
    expect(read({ sex: 'other' }).context).toEqual({ age: 'unknown', sex: 'unknown' });
    expect(readPerson(pathwayWith([], { context: {} }), { age: 3, sex: 'male' }, null).context).toEqual({
      age: 'unknown',
      sex: 'unknown',
    });
    const elsewhere = pathwayWith([], { context: { age: 'years', sex: 'gender' } });
    expect(readPerson(elsewhere, { age: 3, sex: 'male' }, null).context).toEqual({
      age: 'unknown',
      sex: 'unknown',
    });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (person) => {
        expect(read(person).states.size).toBe(pathway.facts.length);
      }),
    );
    expect(read([1]).problems).toEqual([]);
    expect(read('34').problems).toEqual([]);
    expect(read(JSON.parse('{"__proto__": {"registered": false}}')).states.get('registered')?.state).toEqual({
      status: 'not-asked',
    });
  });
});
