import { right } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/instrument/index.js';
import { tellLeaf } from '../../src/referral/evidence.js';
import type { Evidence } from '../../src/referral/finding.js';
import { tellFlag } from '../../src/referral/flag-finding.js';
import { type Because, letterFor, recommend } from '../../src/referral/index.js';
import type { Placed } from '../../src/referral/readings.js';
import { tellVerdict } from '../../src/referral/verdict-finding.js';
import { scoreOrThrow } from '../../src/scoring/index.js';
import { is, mood3, pathwayWith, rule, TODAY, today } from './fictional.js';

const pathway = pathwayWith([]);
const evidence: Evidence = { pathway, states: new Map(), byInstrument: new Map() };
const result: Result = scoreOrThrow(mood3, { q1: 0, q2: 0, q3: 0 } as object, { age: 30, sex: 'female' });
const placed = (given: Partial<Result> = {}): Placed => ({
  instrument: mood3,
  on: TODAY,
  date: null,
  derivedFrom: null,
  status: 'current',
  fresh: true,
  outcome: right({ ...result, ...given }),
});

describe('what is not there', () => {
  it('is told of in no words', () => {
    const because: Because[] = [];
    tellLeaf({ op: 'fact', fact: 'nothing', value: 'true' }, evidence, () => true, { because, open: null });
    tellFlag('nothing', placed(), { because, open: null });
    expect(because).toEqual([]);
  });

  it('puts nothing in the place of a verdict that a result does not hold', () => {
    const shown = (leaf: Parameters<typeof tellVerdict>[0], given: Partial<Result>) => {
      const because: Because[] = [];
      tellVerdict(leaf, placed(given), evidence, { because, open: null });
      return because.map((each) => each.shown);
    };
    expect(
      shown({ op: 'score', instrument: 'mood-3', score: 'total', operator: '>=', value: 0 }, { scores: {} }),
    ).toEqual(['']);
    expect(
      shown({ op: 'level', instrument: 'mood-3', band: 'severity', levels: ['some'] }, { bands: {} }),
    ).toEqual(['MOOD-3 0 of 9, ']);
  });

  it('keeps a service out of a letter that the pathway of the letter does not have', () => {
    const of = pathwayWith([rule('MOO-01', is.meets('mood-3', 'case-5'), { plain: 'We help.' })]);
    const plan = recommend(
      of,
      { asOf: TODAY, forms: [today(mood3, { q1: 3, q2: 3, q3: 0 })] },
      { agrees: true },
    );
    expect(letterFor(plan, { ...of, services: {} }, 'person')).toMatchObject({
      right: { blocks: expect.arrayContaining([{ kind: 'list', items: ['We help.'] }]) },
    });
  });

  it('puts notes in one order, and ends a sentence once', () => {
    const notes = [
      rule('B-02', is.meets('mood-3', 'case-5'), {
        urgency: 'none',
        refer: { choice: 'all', services: [] },
        action: 'Say this!',
      }),
      rule('A-01', is.meets('mood-3', 'case-5'), {
        urgency: 'none',
        refer: { choice: 'all', services: [] },
        action: 'say that',
      }),
      rule('C-03', is.meets('mood-3', 'case-5'), {
        urgency: 'none',
        refer: { choice: 'all', services: [] },
        action: 'say more',
      }),
    ];
    const of = pathwayWith(notes);
    const plan = recommend(
      of,
      { asOf: TODAY, forms: [today(mood3, { q1: 3, q2: 3, q3: 0 })] },
      { agrees: true },
    );
    expect(plan.notes.map(({ rule: id }) => id)).toEqual(['A-01', 'B-02', 'C-03']);
    expect(letterFor(plan, of, 'gp')).toMatchObject({
      right: {
        blocks: expect.arrayContaining([{ kind: 'list', items: ['Say that.', 'Say this!', 'Say more.'] }]),
      },
    });
  });
});
