import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { type LetterTo, letterFor, type Person, recommend } from '../../src/referral/index.js';
import { TODAY } from './fictional.js';
import { everything, forms, local, pathway } from './session-with-everything.js';

/** Each letter as it reads from the first word to the last. */

const letter = (to: LetterTo, person: Person, filled = forms, of = pathway) => {
  const made = letterFor(recommend(of, { asOf: TODAY, forms: filled }, person, { local }), of, to);
  return isLeft(made) ? made.left : made.right;
};
const head = (text: string) => ({ kind: 'heading', text });
const says = (text: string) => ({ kind: 'paragraph', text });
const list = (...items: readonly string[]) => ({ kind: 'list', items });

const NO_DIAGNOSIS =
  'A screen finds people who may need help. It is not a diagnosis, and a screen that found nothing rules nothing out. For care only: not for sentencing, for breach, or for any other decision against the person.';
const CARE_ONLY =
  'For care only: not for sentencing, for breach, or for any other decision against the person.';
const PATIENT = 'Name, date of birth, NHS number or other means of finding the patient: ____________________';
const DANGER =
  'hotline (fictional), or specialist (fictional), or surgery (fictional) (Surgery Lane): Action of DAN-01. Because: MOOD-3: thoughts of danger. [DAN-01, FG1]';

describe('the whole letter to the GP', () => {
  it('reads as follows where the person agrees [H09] [H32]', () => {
    expect(letter('gp', { ...everything, agrees: true })).toEqual({
      to: 'gp',
      title: 'Results of screening',
      blocks: [
        says('To: surgery (fictional)'),
        says('Day of the plan: 2026-11-24'),
        says(PATIENT),
        head('label same-day: target same-day'),
        list(DANGER),
        head('label urgent: target urgent'),
        list(
          'clinic (fictional) (Clinic Street, ring 1); guide (fictional): Action of ALO-01. Because: alone: yes. [ALO-01, FG1]',
          'clinic (fictional) (Clinic Street, ring 1): Ask first? then refer. Because: MOOD-3 7 of 9, screen positive: low mood. [MOO-01, FG1] Mind: Keep well.',
        ),
        head('label routine: target routine'),
        list(
          'surgery (fictional) (Surgery Lane): Action of REG-01. Because: registered: no. [REG-01]',
          'specialist (fictional): Action of PAI-01. Because: in-pain: yes. [PAI-01, FG1, FG2]',
        ),
        head('Also'),
        list('A note of a result. Because: DRINK-2: criterion met: drinking. [NOT-01, FG1]'),
        head('Mind'),
        list('Young.'),
        says('To be looked at again by 2026-12-01.'),
        says(NO_DIAGNOSIS),
      ],
      leftOut: [],
    });
  });

  it('reads as follows where the person does not agree and safety asks for it [H32]', () => {
    expect(letter('gp', { ...everything, agrees: false })).toEqual({
      to: 'gp',
      title: 'Results of screening',
      blocks: [
        says('To: surgery (fictional)'),
        says('Day of the plan: 2026-11-24'),
        says(PATIENT),
        says('The person has not agreed to this letter. It holds only what safety asks for.'),
        head('label same-day: target same-day'),
        list(DANGER),
        head('Mind'),
        list('Young.'),
        says('To be looked at again by 2026-12-01.'),
        says(NO_DIAGNOSIS),
      ],
      leftOut: ['results and everything below safety: the person has not agreed to be referred'],
    });
  });

  it('has no empty parts where nothing was found', () => {
    expect(letter('gp', { agrees: true, registered: true }, [])).toEqual({
      to: 'gp',
      title: 'Results of screening',
      blocks: [
        says('To: surgery (fictional)'),
        says('Day of the plan: 2026-11-24'),
        says(PATIENT),
        says(NO_DIAGNOSIS),
      ],
      leftOut: [],
    });
  });

  it('says why there is none', () => {
    expect(letter('gp', { agrees: false, registered: true }, [])).toEqual({
      code: 'no-consent',
      message: 'the person has not agreed to be referred, and nothing here is urgent enough to go without',
    });
    const nobody = { ...pathway, letters: { safetyNet: 'x' } };
    expect(letter('gp', { agrees: true }, [], nobody)).toEqual({
      code: 'no-recipient',
      message: 'the pathway fictional names no service to which a letter of this kind goes',
    });
  });
});

describe('the whole letter to the person', () => {
  const blocks = (asked: readonly unknown[]) => [
    says('This plan is for you. You can choose who sees it.'),
    head('Plain same-day'),
    list('The hotline, or ABC Team, or the surgery (Surgery Lane).'),
    head('Plain urgent'),
    list('The clinic (Clinic Street, ring 1).', 'Talking helps.'),
    head('Plain routine'),
    list('The surgery (Surgery Lane).', 'ABC Team.'),
    ...asked,
    says('We will look at this plan with you by 1 December 2026.'),
    head('If things get worse'),
    says('Ring the hotline.'),
  ];
  const whole = (asked: readonly unknown[]) => ({
    to: 'person',
    title: 'Your plan',
    blocks: blocks(asked),
    leftOut: ['guide (fictional): tell the person face to face'],
  });

  it('reads as follows, by what the person said about help [H09]', () => {
    expect(letter('person', { ...everything, agrees: true })).toEqual(whole([]));
    expect(letter('person', { ...everything, agrees: false })).toEqual(
      whole([says('You said no to some help. That is fine. You can change your mind at any time.')]),
    );
    expect(letter('person', everything)).toEqual(
      whole([says('We will ask you first. You can say yes or no to each one.')]),
    );
  });

  it('reads as follows where nothing was found', () => {
    expect(letter('person', { agrees: true, registered: true }, [])).toEqual({
      to: 'person',
      title: 'Your plan',
      blocks: [
        says('This plan is for you. You can choose who sees it.'),
        says('There is no new help to plan today. If you feel worse, please tell us.'),
        head('If things get worse'),
        says('Ring the hotline.'),
      ],
      leftOut: [],
    });
  });
});

describe('the whole hand-over to the navigator', () => {
  const opening = [
    says('To: guide (fictional)'),
    says('Day of the plan: 2026-11-24'),
    says('Name, and how to reach the person: ____________________'),
  ];

  it('reads as follows where the person agrees to sharing [H32]', () => {
    expect(letter('navigator', { ...everything, agrees: true, 'may-share': true })).toEqual({
      to: 'navigator',
      title: 'Hand-over',
      blocks: [
        ...opening,
        head('First'),
        list('Action of REG-01. [REG-01]'),
        head('label same-day: target same-day'),
        list(
          'hotline (fictional): after the first steps (REG-01)',
          'specialist (fictional): after the first steps (REG-01)',
          'surgery (fictional) (Surgery Lane): after the first steps (REG-01)',
        ),
        head('label urgent: target urgent'),
        list('clinic (fictional) (Clinic Street, ring 1)'),
        head('label routine: target routine'),
        list('specialist (fictional): after the first steps (REG-01)'),
        says(
          'The person agrees that you know which services these are. Results and answers are not part of this hand-over.',
        ),
        says(CARE_ONLY),
      ],
      leftOut: ['1 services that speak of health, or must not be named, were left out'],
    });
  });

  it('reads as follows where the person does not agree to sharing [H32]', () => {
    expect(letter('navigator', { ...everything, agrees: true, 'may-share': false })).toEqual({
      to: 'navigator',
      title: 'Hand-over',
      blocks: [
        ...opening,
        head('First'),
        list('Action of REG-01. [REG-01]'),
        head('label same-day: target same-day'),
        list('surgery (fictional) (Surgery Lane): after the first steps (REG-01)'),
        says(
          'The person has not agreed to sharing about health. Ask the person what else there is to help with.',
        ),
        says(CARE_ONLY),
      ],
      leftOut: ['5 services that speak of health, or must not be named, were left out'],
    });
  });

  it('has no empty parts where nothing was found, and says why there is none', () => {
    expect(letter('navigator', { agrees: true, 'may-share': true, registered: true }, [])).toEqual({
      to: 'navigator',
      title: 'Hand-over',
      blocks: [
        ...opening,
        says(
          'The person agrees that you know which services these are. Results and answers are not part of this hand-over.',
        ),
        says(CARE_ONLY),
      ],
      leftOut: [],
    });
    expect(letter('navigator', { ...everything, agrees: false })).toEqual({
      code: 'no-consent',
      message: 'the person has not agreed to be referred: ask first; a hand-over is never sent for safety',
    });
  });
});
