import { describe, expect, it } from 'vitest';
import { resultOf, scoreForm } from '../support/forms.js';
import { instrumentOf } from '../support/shipped.js';

/** Forms on which people get hurt: each was tried on software in use. */
describe('awkward forms', () => {
  const all = (ids: readonly string[], code: number) => Object.fromEntries(ids.map((id) => [id, code]));
  const q = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `q${from + i}`);

  it('PHQ-9 with an impossible q3 and q9 = 3 still raises its flag [H07] [H25]', () => {
    const outcome = scoreForm(instrumentOf('phq-9'), { ...all(q(1, 9), 0), q3: 7, q9: 3 });
    expect(outcome).toMatchObject({
      _tag: 'Left',
      left: {
        problems: [{ code: 'not-an-option', at: 'q3' }],
        flags: { 'self-harm': { status: 'raised', critical: true } },
      },
    });
  });

  it('PHQ-9 with eight zeros and q9 unasked is not shown as finished [H06] [H07]', () => {
    const result = resultOf(instrumentOf('phq-9'), all(q(1, 8), 0));
    expect(result.scores['total']).toMatchObject({ status: 'incomplete', bounds: { lowest: 0, highest: 3 } });
    expect(result.bands['kroenke-2001']).toMatchObject({
      level: 'minimal',
      basis: 'proved',
      flagOpen: ['self-harm'],
    });
    expect(result.cutOffs['caseness-10']).toMatchObject({ status: 'not-met', flagOpen: ['self-harm'] });
    expect(result.flags['self-harm']).toEqual({
      status: 'open',
      critical: true,
      items: ['q9'],
      reasons: ['not-asked'],
    });
    expect(result.ask.first).toEqual(['q9']);
    expect(result.notices.map(({ code }) => code)).toContain('critical-flag-open');
  });

  it('a declined critical item is open, never not raised [H07]', () => {
    const result = resultOf(instrumentOf('phq-9'), { ...all(q(1, 8), 0), q9: { missing: 'refused' } });
    expect(result.flags['self-harm']).toMatchObject({ status: 'open', reasons: ['refused'] });
  });

  it("AUDIT 'never' with 'ten or more' and the rest unasked claims no negative [H27]", () => {
    const result = resultOf(instrumentOf('audit'), { q1: 0, q2: 4 });
    expect(result.inconsistent).toEqual([{ gate: 'q1 is "0"', items: ['q2'] }]);
    expect(result.skipped).toEqual([]);
    expect(result.scores['total']).toMatchObject({
      status: 'incomplete',
      bounds: { lowest: 4, highest: 36 },
    });
    expect(result.bands['uk']).toMatchObject({ status: 'undecided' });
    expect(result.cutOffs['hazardous-8']).toMatchObject({ status: 'undecided' });
  });

  it('AUDIT contradicted and otherwise complete at 7 is not called negative [H27]', () => {
    const result = resultOf(instrumentOf('audit'), { ...all(q(1, 10), 0), q2: 4 });
    expect(result.scores['total']).toMatchObject({ status: 'complete', value: 4 });
    expect(result.bands['uk']).toMatchObject({ status: 'undecided', reason: 'inconsistent' });
    expect(result.cutOffs['hazardous-8']).toMatchObject({ status: 'undecided', reason: 'inconsistent' });
  });

  it('AUDIT with q1 = never skips q2 to q8 with no points, and q9 and q10 still count [H27]', () => {
    const result = resultOf(instrumentOf('audit'), { q1: 0, q9: 4, q10: 4 });
    expect(result.scores['total']).toEqual({ status: 'complete', value: 8, of: 40 });
    expect(result.bands['uk']).toMatchObject({ level: 'increasing-risk' });
    expect(result.skipped.map(({ item }) => item)).toEqual(q(2, 8));
  });

  it('FAST q1 weekly is positive with an open total [H06]', () => {
    const result = resultOf(instrumentOf('fast'), { q1: 3 });
    expect(result.cutOffs['uk-phe-2017']).toEqual({ status: 'met', basis: 'proved' });
    expect(result.cutOffs['hodgson-2002']).toEqual({ status: 'met', basis: 'proved' });
    expect(result.scores['total']).toMatchObject({
      status: 'incomplete',
      bounds: { lowest: 3, highest: 15 },
    });
    expect(result.ask.now).toEqual([]);
  });

  it("PC-PTSD-5 'no' at the gate with three yes: total 3, inconsistent, 3 met and 4 undecided [H27]", () => {
    const result = resultOf(
      instrumentOf('pc-ptsd-5'),
      { q0: 'no', q1: 'yes', q2: 'yes', q3: 'yes', q4: 'no', q5: 'no' },
      { sex: 'unknown' },
    );
    expect(result.scores['total']).toEqual({ status: 'complete', value: 3, of: 5 });
    expect(result.inconsistent.flatMap(({ items }) => items)).toEqual(['q1', 'q2', 'q3']);
    expect(result.cutOffs['ptsd-3']).toEqual({ status: 'met', basis: 'proved' });
    expect(result.cutOffs['ptsd-4']).toMatchObject({ status: 'undecided', reason: 'inconsistent' });
  });

  it("C-SSRS with an attempt disclosed and its date open never lists 'none disclosed' as possible [H08]", () => {
    const result = resultOf(instrumentOf('c-ssrs-screener'), { q1: 'no', q2: 'no', q6: 'yes' });
    expect(result.bands['response']).toMatchObject({
      status: 'undecided',
      possible: ['response-now', 'assessment-today'],
    });
    expect(result.flags['any-disclosure']).toMatchObject({ status: 'raised' });
    expect(result.flags['intent-or-recent-act']).toMatchObject({ status: 'open', items: ['q6a'] });
  });

  it('sex not stated leaves a sex-specific cut-off undecided where the branches differ, and decided where they agree [H11]', () => {
    const audit = instrumentOf('audit-c-us');
    const cutOff = Object.keys(resultOf(audit, {}, { sex: 'unknown' }).cutOffs)[0] as string;
    const at = (q1: number, sex: string) =>
      resultOf(audit, { q1, q2: 0, q3: 0 }, { sex }).cutOffs[cutOff]?.status;
    expect(at(3, 'female')).toBe('met');
    expect(at(3, 'male')).toBe('not-met');
    expect(at(3, 'unknown')).toBe('undecided');
    expect(at(4, 'unknown')).toBe('met');
    expect(at(2, 'unknown')).toBe('not-met');
    expect(resultOf(audit, { q1: 3, q2: 0, q3: 0 }, { sex: 'unknown' }).ask.context).toEqual(['sex']);
  });

  it('41.0 kg to 36.9 kg is exactly ten per cent [H24]', () => {
    const must = instrumentOf('must');
    const lossPart = (weight: number) =>
      resultOf(must, { height: 1.7, weight, 'previous-weight': 41, intentional: 'no', acute: 'no' }).scores[
        'loss-part'
      ];
    expect(lossPart(36.9)).toEqual({ status: 'complete', value: 1, of: 2 });
    expect(lossPart(36.8)).toEqual({ status: 'complete', value: 2, of: 2 });
    expect(lossPart(39)).toEqual({ status: 'complete', value: 0, of: 2 });
  });

  it('39.2 kg at 1.40 m is a BMI of exactly 20 and scores one point [H24]', () => {
    const bmiPart = (weight: number) =>
      resultOf(instrumentOf('must'), {
        height: 1.4,
        weight,
        'previous-weight': weight,
        intentional: 'no',
        acute: 'no',
      }).scores['bmi-part'];
    expect(bmiPart(39.2)).toMatchObject({ value: 1 });
    expect(bmiPart(39.3)).toMatchObject({ value: 0 });
  });
});

describe('a bad answer behind a gate', () => {
  it('is no skipped item: C-SSRS with q2 = no and an unreadable q4 leaves the flag open [H07] [H27]', () => {
    const outcome = scoreForm(instrumentOf('c-ssrs-screener'), { q1: 'no', q2: 'no', q4: 'ye', q6: 'no' });
    expect(outcome).toMatchObject({
      _tag: 'Left',
      left: { flags: { 'intent-or-recent-act': { status: 'open' } } },
    });
  });
});

describe('many answers that stand for an interval', () => {
  it('are not tried one with another: twelve injuries of unknown length on the OSU TBI-ID are scored at once', () => {
    const numbers = Array.from({ length: 12 }, (_, i) => i + 1);
    const answers = { unlisted: 'some', ...Object.fromEntries(numbers.map((n) => [`${n}.loc`, 'unknown'])) };
    const { scores, bands } = resultOf(instrumentOf('osu-tbi-id-sf'), answers);
    expect(scores['injuries-with-loc']).toMatchObject({ bounds: { lowest: 12, highest: 24 } });
    expect(bands['worst-injury']).toMatchObject({ possible: ['mild', 'moderate', 'severe'] });
  }, 5_000);
});
