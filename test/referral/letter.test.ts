import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import {
  type Because,
  type Letter,
  type LetterTo,
  letterFor,
  type Pathway,
  type Person,
  recommend,
} from '../../src/referral/index.js';
import { drink2, gated2, is, mood3, rule, TODAY, today } from './fictional.js';
import { everything, forms, local, pathway } from './session-with-everything.js';

const letter = (to: LetterTo, person: Person, filled = forms) =>
  letterFor(recommend(pathway, { asOf: TODAY, forms: filled }, person, { local }), pathway, to);
const written = (to: LetterTo, person: Person, filled = forms): Letter => {
  const found = letter(to, person, filled);
  if (isLeft(found)) throw new Error(found.left.message);
  return found.right;
};
const words = ({ title, blocks }: Letter): string =>
  [title, ...blocks.flatMap((block) => (block.kind === 'list' ? block.items : [block.text]))].join('\n');

describe('the letter to the GP', () => {
  it('holds everything with consent: services, reasons, scores, guidelines, what to mind', () => {
    const text = words(written('gp', { ...everything, agrees: true }));
    for (const part of [
      'clinic (fictional) (Clinic Street, ring 1): Ask first? then refer. Because: MOOD-3 7 of 9, screen positive: low mood. [MOO-01, FG1] Mind: Keep well.',
      'MOOD-3: thoughts of danger',
      '[REG-01]',
      'A note of a result.',
      'Young.',
    ])
      expect(text).toContain(part);
  });

  it('says under the service what makes it sooner, with the guideline of the step, and what to mind there', () => {
    const of = {
      ...pathway,
      raises: [
        {
          id: 'UP-01',
          text: 'alone',
          when: is.fact('alone'),
          rules: ['MOO-01'],
          upTo: 'same-day',
          says: 'one step sooner',
          guideline: [{ id: 'FG9' }],
          confidence: 'fictional',
          level: 'design',
        } as const,
      ],
    };
    const plan = recommend(of, { asOf: TODAY, forms }, { ...everything, agrees: true }, { local });
    const made = letterFor(plan, of, 'gp');
    if (isLeft(made)) throw new Error(made.left.message);
    expect(words(made.right)).toContain(
      '[MOO-01, FG1] One step sooner. Because: alone: yes. [UP-01, FG9] Mind: Keep well.\n',
    );
  });

  it('names services that all are meant one beside another, and alternatives with or', () => {
    const together = (choice: 'all' | 'one-of'): string => {
      const of: Pathway = {
        ...pathway,
        rules: [
          rule('ALO-09', is.fact('alone'), {
            urgency: 'emergency',
            refer: { choice, services: ['specialist', 'surgery'] },
          }),
        ],
      };
      const made = letterFor(recommend(of, { asOf: TODAY, forms: [] }, { alone: true }), of, 'gp');
      if (isLeft(made)) throw new Error(made.left.message);
      return words(made.right);
    };
    expect(together('all')).toContain('specialist (fictional); surgery (fictional): Action of ALO-09.');
    expect(together('one-of')).toContain('specialist (fictional), or surgery (fictional): Action of ALO-09.');
  });

  it('prints what guidance forbids of the screens that it names, each text once, and of no other', () => {
    const limited = (of: typeof mood3, ...restrictions: string[]) => ({ ...of, restrictions });
    const filled = [
      today(limited(mood3, 'opens a conversation', 'not for children'), { q1: 3, q2: 3, q3: 1 }),
      today(limited(drink2, 'not for children'), { q1: 1, q2: 1 }),
      today(limited(gated2, 'of no account here'), {}),
    ];
    const heads = 'Limits of these screens\n';
    expect(words(written('gp', { ...everything, agrees: true }, filled))).toContain(
      `${heads}DRINK-2, MOOD-3: Not for children.\nMOOD-3: Opens a conversation.\nTo be`,
    );
    expect(words(written('gp', { ...everything, agrees: false }, filled))).toContain(
      `${heads}MOOD-3: Opens a conversation.\nMOOD-3: Not for children.\nTo be`,
    );
    expect(words(written('gp', { ...everything, agrees: true }))).not.toContain(heads);
  });

  it('holds only what safety asks for without consent, and says so to the sender [H32]', () => {
    for (const agrees of [false, 'refused', undefined] as const) {
      const made = written('gp', { ...everything, agrees });
      const text = words(made);
      expect(text).toContain('MOOD-3: thoughts of danger');
      expect(text).toContain('The person has not agreed to this letter');
      expect(text).not.toMatch(/7 of 9|MOO-01|PAI-01|a note of a result/i);
      expect(made.leftOut).toHaveLength(1);
    }
  });

  it('is not written where nothing may be told', () => {
    const found = letter('gp', { ...everything, agrees: false }, [today(mood3, { q1: 3, q2: 3, q3: 0 })]);
    expect(isLeft(found) && found.left.code).toBe('no-consent');
  });

  it('gives every reason that a rule has', () => {
    const both: Pathway = {
      ...pathway,
      rules: [rule('TWO-01', is.and(is.raises('mood-3', 'danger'), is.fact('in-pain')))],
    };
    const plan = recommend(both, { asOf: TODAY, forms }, { ...everything, agrees: true });
    const made = letterFor(plan, both, 'gp');
    expect(isRight(made) && words(made.right)).toContain(
      'Because: MOOD-3: thoughts of danger; in-pain: yes. [TWO-01, FG1]',
    );
  });

  it('says so too beside what is still open on such a form, and beside no fact [H27]', () => {
    const one: Pathway = { ...pathway, rules: [rule('GAT-01', is.meets('gated-2', 'some-3'))] };
    const plan = recommend(one, { asOf: TODAY, forms: [today(gated2, { q1: 0, q2: 3 })] }, { agrees: true });
    const restingOn = (rests: Because): string => {
      const recommendations = plan.recommendations.map((line) => ({
        ...line,
        reasons: line.reasons.map((reason) => ({ ...reason, because: [rests] })),
      }));
      const made = letterFor({ ...plan, recommendations }, one, 'gp');
      if (isLeft(made)) throw new Error(made.left.message);
      return words(made.right);
    };
    const open = {
      status: 'open',
      instrument: 'gated-2',
      verdict: 'sign',
      shown: 'GATED-2: a sign',
    } as const;
    expect(restingOn(open)).toContain('Because: GATED-2: a sign (answers on this form contradict each other');
    expect(restingOn({ ...open, instrument: 'mood-3' })).toContain('Because: GATED-2: a sign. [GAT-01');
    const taken = { ...open, status: 'result', on: TODAY, basis: 'proved', instrument: 'tiny-1' } as const;
    expect(restingOn({ ...taken, derivedFrom: 'gated-2' })).toContain('contradict each other');
    expect(restingOn({ ...taken, derivedFrom: 'mood-3' })).not.toContain('contradict each other');
    expect(restingOn({ status: 'fact', fact: 'alone', shown: 'alone: yes' })).toContain(
      'alone: yes. [GAT-01',
    );
  });

  it('says beside the reason that the answers of its form contradict each other, and of no other form [H27]', () => {
    const both: Pathway = {
      ...pathway,
      rules: [rule('GAT-01', is.meets('gated-2', 'some-3')), rule('MOO-03', is.meets('mood-3', 'case-5'))],
    };
    const said = (q1: number): string => {
      const filled = [today(gated2, { q1, q2: 3 }), today(mood3, { q1: 3, q2: 3, q3: 0 })];
      const made = letterFor(recommend(both, { asOf: TODAY, forms: filled }, { agrees: true }), both, 'gp');
      if (isLeft(made)) throw new Error(made.left.message);
      return words(made.right);
    };
    const aside = ' (answers on this form contradict each other: go through them with the person)';
    expect(said(0)).toMatch(
      /Because: GATED-2 3 of 6[^.]*contradict each other: go through them with the person\)/,
    );
    expect(said(0).split(aside)).toHaveLength(2);
    expect(said(0)).not.toContain('Limits of these screens');
    expect(said(1)).toMatch(/Because: GATED-2 4 of 6/);
    expect(said(1)).not.toContain('contradict');
  });

  it('says what was asked and not given, and states that a screen is no diagnosis and no ground for a sentence [H09] [H32]', () => {
    const text = words(written('gp', { ...everything, agrees: true, alone: 'refused' }));
    expect(text).toContain('(asked, not given)');
    expect(text).toContain('It is not a diagnosis');
    expect(text).toContain('not for sentencing, for breach');
  });
});

describe('the letter to the person', () => {
  it('names services in plain words, and no score, reason, rule or condition [H09]', () => {
    const made = written('person', { ...everything, agrees: true });
    const text = words(made);
    expect(text).toContain('The clinic (Clinic Street, ring 1).');
    expect(text).toContain('Talking helps.');
    expect(text).toContain('The hotline, or ABC Team, or the surgery (Surgery Lane).');
    expect(text).toContain('Ring the hotline.');
    expect(text).not.toMatch(/MOOD-3|DRINK-2|of 9|MOO-01|FG1|low mood|screen/i);
  });

  it('never names what somebody at home must not read, and tells the sender', () => {
    const made = written('person', { ...everything, agrees: true });
    expect(words(made)).not.toMatch(/guide|SECRET WORDS/);
    expect(made.leftOut).toEqual(['guide (fictional): tell the person face to face']);
  });

  it('keeps quiet where a rule refers to a discreet service among others', () => {
    const mixed: Pathway = {
      ...pathway,
      rules: [
        rule('ALO-02', is.fact('alone'), {
          refer: { choice: 'all', services: ['guide', 'clinic'] },
          plain: 'SECRET WORDS',
        }),
        rule('PAI-02', is.fact('in-pain'), {
          urgency: 'emergency',
          refer: { choice: 'all', services: ['hospital', 'guide'] },
        }),
      ],
    };
    const plan = recommend(mixed, { asOf: TODAY, forms: [] }, { alone: true, 'in-pain': true, agrees: true });
    const made = letterFor(plan, mixed, 'person');
    if (isLeft(made)) throw new Error(made.left.message);
    // No line without a reason either: of the rule's other service nothing is left to say.
    expect(words(made.right)).not.toMatch(/guide|SECRET|clinic|hospital/);
    expect(made.right.leftOut).toEqual([
      'hospital (fictional); guide (fictional): tell the person face to face',
      'clinic (fictional): tell the person face to face',
      'guide (fictional): tell the person face to face',
    ]);
  });

  it('names no discreet service for a rule of which the pathway no longer knows', () => {
    const rules = [
      rule('ALO-04', is.fact('alone'), { refer: { choice: 'one-of', services: ['clinic', 'guide'] } }),
    ];
    const plan = recommend({ ...pathway, rules }, { asOf: TODAY, forms: [] }, { alone: true, agrees: true });
    const made = letterFor(plan, { ...pathway, rules: [] }, 'person');
    expect(isRight(made) && words(made.right)).not.toContain('guide');
    expect(isRight(made) && made.right.leftOut).toEqual([
      'clinic (fictional); guide (fictional): tell the person face to face',
    ]);
  });

  it('tells the sender of every service that it does not name', () => {
    const { hotline } = pathway.services;
    const quiet: Pathway = {
      ...pathway,
      services: { ...pathway.services, ...(hotline && { hotline: { ...hotline, discreet: true } }) },
      rules: [
        rule('ALO-03', is.fact('alone'), { refer: { choice: 'one-of', services: ['guide', 'hotline'] } }),
        rule('PAI-03', is.fact('in-pain'), { refer: { choice: 'one-of', services: ['clinic', 'hotline'] } }),
      ],
    };
    const plan = recommend(quiet, { asOf: TODAY, forms: [] }, { alone: true, 'in-pain': true, agrees: true });
    const made = letterFor(plan, quiet, 'person');
    expect(isRight(made) && made.right.leftOut).toEqual([
      'clinic (fictional); hotline (fictional): tell the person face to face',
      'guide (fictional); hotline (fictional): tell the person face to face',
    ]);
    // What to do if things get worse is the pathway's own sentence, the same for everybody.
    const [ownWords] = isRight(made) ? words(made.right).split('If things get worse') : [];
    expect(ownWords).toContain('no new help');
    expect(ownWords).not.toMatch(/hotline|guide|clinic/);
  });

  it('says what was answered about help, and what to do where nothing was found', () => {
    expect(words(written('person', { ...everything, agrees: false }))).toContain('You said no to some help.');
    expect(words(written('person', everything))).toContain('We will ask you first.');
    const none = written('person', { agrees: true }, []);
    expect(words(none)).toContain('There is no new help to plan today.');
  });
});

describe('the hand-over to the navigator', () => {
  it('is not written without consent, safety or not [H32]', () => {
    for (const agrees of [false, 'refused', undefined] as const) {
      const found = letter('navigator', { ...everything, agrees });
      expect(isLeft(found) && found.left.code).toBe('no-consent');
    }
  });

  it('names no service that speaks of health unless sharing was agreed [H32]', () => {
    const kept = written('navigator', { ...everything, agrees: true, 'may-share': false });
    expect(words(kept)).toContain('surgery (fictional) (Surgery Lane): after the first steps (REG-01)');
    expect(words(kept)).not.toMatch(/clinic|specialist|hotline/);
    expect(kept.leftOut).toHaveLength(1);
    const shared = words(written('navigator', { ...everything, agrees: true, 'may-share': true }));
    expect(shared).toContain('clinic (fictional) (Clinic Street, ring 1)');
    expect(shared).not.toContain('guide (fictional) (');
    expect(shared).not.toMatch(/• guide/);
  });

  it('names every step that comes first, and a service of which the pathway no longer knows only where sharing was agreed', () => {
    const { guide } = pathway.services;
    const later: Pathway = { ...pathway, services: { ...(guide && { guide }) } };
    const steps: Pathway = {
      ...pathway,
      rules: [
        rule('REG-02', is.fact('alone'), {
          refer: { choice: 'all', services: ['guide'] },
          provides: ['surgery-place'],
        }),
        ...pathway.rules,
      ],
    };
    const handOver = (share: boolean) => {
      const person = { ...everything, agrees: true, 'may-share': share };
      const made = letterFor(recommend(steps, { asOf: TODAY, forms }, person), later, 'navigator');
      return isRight(made) ? words(made.right) : '';
    };
    expect(handOver(true)).toContain('specialist (fictional): after the first steps (REG-01, REG-02)');
    expect(handOver(false)).not.toMatch(/specialist|clinic|surgery/);
  });

  it('never holds a result, an answer or a reason, whatever was agreed [H32]', () => {
    fc.assert(
      fc.property(
        fc.record({
          'may-share': fc.option(fc.boolean(), { nil: undefined }),
          'in-pain': fc.boolean(),
          alone: fc.boolean(),
          registered: fc.boolean(),
        }),
        fc.record({
          q1: fc.integer({ min: 0, max: 3 }),
          q2: fc.integer({ min: 0, max: 3 }),
          q3: fc.integer({ min: 0, max: 3 }),
        }),
        (person, answers) => {
          const text = words(written('navigator', { ...person, agrees: true }, [today(mood3, answers)]));
          expect(text).not.toMatch(/MOOD-3|of 9|thoughts|low mood|in-pain|screen/);
        },
      ),
    );
  });

  it('has no first steps where none are needed, and leaves nothing out where all may be named', () => {
    const made = written(
      'navigator',
      { agrees: true, 'may-share': true, 'in-pain': true, registered: true },
      [],
    );
    expect(words(made)).not.toContain('First');
    expect(made.leftOut).toEqual([]);
  });
});

describe('any letter', () => {
  it('needs somebody to whom it goes', () => {
    const plan = recommend(pathway, { asOf: TODAY, forms }, { ...everything, agrees: true });
    const nobody = { ...pathway, letters: { safetyNet: 'x' } };
    for (const to of ['gp', 'navigator'] as const) {
      const found = letterFor(plan, nobody, to);
      expect(isLeft(found) && found.left.code).toBe('no-recipient');
    }
    expect(isRight(letterFor(plan, nobody, 'person'))).toBe(true);
  });

  it('leaves out the day of a review where there is none, and names it where there is', () => {
    const { review: _, ...whenever } = pathway.urgencies.routine;
    const unreviewed = { ...pathway, urgencies: { ...pathway.urgencies, routine: whenever } };
    for (const [to, day] of [
      ['gp', '2026-12-01'],
      ['person', '1 December 2026'],
    ] as const) {
      const plan = recommend(unreviewed, { asOf: TODAY, forms }, { ...everything, agrees: true });
      const made = letterFor(plan, unreviewed, to);
      expect(isRight(made) && words(made.right)).not.toMatch(/looked at again|We will look/);
      expect(isRight(made) && words(made.right)).not.toContain(day);
      expect(words(written(to, { ...everything, agrees: true }))).toContain(day);
    }
  });
});
