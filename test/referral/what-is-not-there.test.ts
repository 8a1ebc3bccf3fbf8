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
import { drink2, facts, is, mood3, pathwayWith, rule, TODAY, today } from './fictional.js';

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
    // A flag of another definition, and one of this definition that the result does not hold.
    tellFlag('other', placed({ flags: { other: { status: 'raised', critical: true } } }), {
      because,
      open: null,
    });
    tellFlag('danger', placed({ flags: {} }), { because, open: null });
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
    expect(
      shown({ op: 'meets', instrument: 'mood-3', cutOff: 'case-5', shows: 'total' }, { cutOffs: {} }),
    ).toEqual(['MOOD-3 0 of 9, criterion not met: low mood']);
    expect(
      shown({ op: 'score', instrument: 'mood-3', score: 'total', operator: '>=', value: 0 }, { flags: {} }),
    ).toEqual(['MOOD-3 0 of 9']);
  });

  it('fires nothing and asks nothing: a band or a score that does not apply', () => {
    const none = { status: 'not-applicable', reason: 'not-administered' } as const;
    const of = pathwayWith([
      rule('A-01', is.level('mood-3', 'severity', 'little')),
      rule('B-02', is.not(is.level('mood-3', 'severity', 'much'))),
      rule('C-03', { op: 'score', instrument: 'mood-3', score: 'total', operator: '>=', value: 0 }),
    ]);
    const outcome = right({ ...result, scores: { total: none }, bands: { severity: none } });
    const made = recommend(of, { asOf: TODAY, forms: [{ ...today(mood3, {}), outcome }] }, { agrees: true });
    expect([made.recommendations, made.questions]).toEqual([[], []]);
  });

  it('is asked of nobody: a fact that the pathway reads and does not declare', () => {
    const declared = facts.filter(({ id }) => !['sex', 'agrees', 'treated-by'].includes(id));
    const of = pathwayWith(
      [rule('SEX-01', is.meets('drink-2', 'by-sex')), rule('MOO-01', is.meets('mood-3', 'case-5'))],
      { facts: declared },
    );
    const forms = [today(drink2, { q1: 1, q2: 1 }), today(mood3, { q1: 3, q2: 3, q3: 0 })];
    const made = recommend(of, { asOf: TODAY, forms }, {});
    expect(made.questions).toEqual([]);
    expect(made.consent).toEqual({ refer: 'not-asked', share: false });
    expect(made.recommendations.map(({ services }) => services.map(({ route }) => route.status))).toEqual([
      ['ask-consent'],
    ]);
  });

  it('leaves a line without it: a service, or the way to one, that the pathway does not have', () => {
    const { clinic } = pathway.services;
    const of = pathwayWith(
      [
        rule('A-01', is.fact('alone'), { refer: { choice: 'all', services: ['unheard-of'] } }),
        rule('B-02', is.fact('alone')),
      ],
      { services: { ...(clinic && { clinic: { ...clinic, via: 'unheard-of' } }) } },
    );
    const made = recommend(of, { asOf: TODAY, forms: [] }, { agrees: true, alone: true });
    expect(made.recommendations.map(({ services }) => services)).toStrictEqual([
      [
        {
          id: 'clinic',
          name: 'clinic (fictional)',
          route: { status: 'refer' },
          provider: { status: 'no-provider-known' },
        },
      ],
      [],
    ]);
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
        blocks: expect.arrayContaining([
          {
            kind: 'list',
            items: ['Say that. Because', 'Say this! Because', 'Say more. Because'].map((text) =>
              expect.stringMatching(new RegExp(`^${text}: MOOD-3 6 of 9`)),
            ),
          },
        ]),
      },
    });
  });
});
