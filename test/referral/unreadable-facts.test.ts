import { describe, expect, it } from 'vitest';
import type { Pathway } from '../../src/referral/index.js';
import { readPerson } from '../../src/referral/person.js';

/** Of a pathway only its facts are read here. Fictional. */
const pathway = {
  facts: [
    { id: 'seen-by', type: 'list', question: 'Who?', says: { nurse: 'the nurse' } },
    { id: 'carer', type: 'boolean', question: 'Carer?', says: { true: 'yes', false: 'no' } },
  ],
  context: {},
} as unknown as Pathway;

const trap = (): never => {
  throw new Error('trap');
};
const revoked = (of: object): object => {
  const { proxy, revoke } = Proxy.revocable(of, {});
  revoke();
  return proxy;
};
const read = (person: unknown) => {
  const { states, problems } = readPerson(pathway, person, null);
  return {
    states: [...states.values()].map(({ state }) => state.status),
    problems: problems.map(({ status, at }) => `${status} ${at}`),
  };
};

describe('a fact that throws when it is read', () => {
  it('counts as not asked, is reported, and leaves the others', () => {
    const person = Object.defineProperty({ carer: true }, 'seen-by', { enumerable: true, get: trap });
    expect(read(person)).toEqual({ states: ['not-asked', 'known'], problems: ['bad-fact seen-by'] });
    expect(read({ 'seen-by': revoked([]), carer: false })).toEqual({
      states: ['not-asked', 'known'],
      problems: ['bad-fact seen-by'],
    });
  });

  it('is none of the person, where the person is no record', () => {
    for (const person of [revoked({}), null, 'text', ['nurse'], undefined])
      expect(read(person)).toEqual({ states: ['not-asked', 'not-asked'], problems: [] });
  });

  it('is not kept: a list that changes afterwards changes nothing that was read', () => {
    const list = ['nurse'];
    const { states } = readPerson(pathway, { 'seen-by': list }, null);
    list.push('other');
    expect(states.get('seen-by')?.state).toMatchObject({ values: ['nurse'] });
  });
});

describe('a fact with a long name', () => {
  it('is named in part', () => {
    const { problems } = readPerson(pathway, { ['n'.repeat(61)]: 1, ['m'.repeat(60)]: 1 }, null);
    expect(problems.map(({ at }) => at)).toEqual([`${'n'.repeat(60)}…`, 'm'.repeat(60)]);
  });
});
