import { describe, expect, it } from 'vitest';
import type { Result, ScoreOptions } from '../../src/instrument/index.js';
import { resultOf, scoreForm } from '../support/forms.js';
import { instrumentOf } from '../support/shipped.js';

/*
 * Mistakes found in public software, in forms in circulation and in print, each written out as a small function beside a form
 * on which it goes wrong. A test says what this library gives and that the mistake gives something else; the numbers are worked
 * by hand from the published rule. The list is that of the `pitfalls` of the definitions.
 */

type Answers = Readonly<Record<string, number>>;

/** q1 to the last item, all with one answer but those named. */
function form(items: number, answer: number, others: Answers = {}): Answers {
  const rest = Array.from({ length: items }, (_, at) => [`q${at + 1}`, answer] as const);
  return { ...Object.fromEntries(rest), ...others };
}

const pick = (answers: Answers, ...ids: readonly string[]): number[] => ids.map((id) => answers[id] ?? 0);
const add = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
const sumOf = (answers: Answers): number => add(Object.values(answers));

/** The level of a total in a scheme of lowest values, lowest first. */
function levelIn(scheme: Answers, total: number): string {
  return (
    Object.entries(scheme)
      .filter(([, from]) => total >= from)
      .at(-1)?.[0] ?? 'no level'
  );
}

/** Mistaken wherever a yes is no point: behind a gate, on a turned item, on one of two parts. */
const yesCount = (given: Readonly<Record<string, unknown>>): number =>
  Object.values(given).filter((answer) => answer === 'yes').length;

interface Reading {
  readonly scores: Readonly<Record<string, number | string>>;
  readonly bands: Readonly<Record<string, string>>;
  readonly cutOffs: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, string>>;
}

/** A result in a word for each verdict: the level of a decided band, the value of a complete score, else the status. */
function read(id: string, answers: unknown, context: unknown = {}, options?: ScoreOptions): Reading {
  const result: Result = resultOf(instrumentOf(id), answers, context, options);
  const inWords = <T>(all: Readonly<Record<string, T>>, word: (one: T) => string) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, word(one)]));
  return {
    scores: Object.fromEntries(
      Object.entries(result.scores).map(([name, one]) => [
        name,
        one.status === 'complete' || one.status === 'prorated' ? one.value : one.status,
      ]),
    ),
    bands: inWords(result.bands, (one) => (one.status === 'decided' ? one.level : one.status)),
    cutOffs: inWords(result.cutOffs, (one) => one.status),
    flags: inWords(result.flags, (one) => one.status),
  };
}

/** The items for which a form is refused. */
function refusedFor(id: string, answers: unknown): readonly string[] {
  const outcome = scoreForm(instrumentOf(id), answers);
  return outcome._tag === 'Left' ? outcome.left.problems.map(({ at }) => at) : [];
}

describe('missing answers', () => {
  it('does not call an almost empty PHQ-9 minimal, as a sum of what is there does [H04]', () => {
    const answers = { q1: 0, q2: 1 };
    const missingAsZero = (given: Answers) => levelIn({ minimal: 0, mild: 5, moderate: 10 }, sumOf(given));
    expect(missingAsZero(answers)).toBe('minimal');
    const { scores, bands, flags } = read('phq-9', answers);
    expect(scores['total']).toBe('incomplete');
    expect(bands['kroenke-2001']).toBe('undecided');
    expect(flags['self-harm']).toBe('open');
  });

  it('does not call a half-answered Hunger Vital Sign no risk [H06]', () => {
    const answers: Readonly<Record<string, string>> = { q1: 'never' };
    const anyPositive = (given: Readonly<Record<string, string>>) =>
      Object.values(given).some((answer) => answer === 'often' || answer === 'sometimes')
        ? 'at-risk'
        : 'no-risk';
    expect(anyPositive(answers)).toBe('no-risk');
    expect(read('hunger-vital-sign', answers).cutOffs['at-risk']).toBe('undecided');
    const declined = { q1: 'never', q2: 'dont-know-or-refused' };
    expect(anyPositive(declined)).toBe('no-risk');
    expect(read('hunger-vital-sign', declined).cutOffs['at-risk']).toBe('undecided');
    expect(read('hunger-vital-sign', { q1: 'often', q2: 'dont-know-or-refused' }).cutOffs['at-risk']).toBe(
      'met',
    );
  });

  it('prorates no CORE-10 from two answers, where one public system has no floor [H05]', () => {
    const answers = { q1: 2, q4: 2 };
    const meanTimesTen = (given: Answers) => (sumOf(given) / Object.keys(given).length) * 10;
    expect(meanTimesTen(answers)).toBe(20);
    expect(read('core-10', answers, {}, { missing: 'core-trust' }).scores['total']).toBe('incomplete');
  });

  it('does not round a prorated LDQ over the line of the service form [H24]', () => {
    const { q9: _, q10: __, ...answers } = form(10, 2, { q1: 3, q2: 3 });
    const rounded = (given: Answers) => Math.round((sumOf(given) * 10) / Object.keys(given).length);
    expect(levelIn({ low: 0, medium: 10, high: 23 }, rounded(answers))).toBe('high');
    const { scores, bands } = read('ldq', answers, {}, { missing: 'authors' });
    expect(scores['total']).toBe(22.5);
    expect(bands['leeds-form']).toBe('medium');
  });

  it('leaves the ASQ open where the question about now was not asked [H06]', () => {
    const answers = { q1: 'yes', q2: 'no', q3: 'no', q4: 'no' };
    const absentAsNo = (given: Readonly<Record<string, string>>) =>
      given['q5'] === 'yes' ? 'acute' : 'non-acute';
    expect(absentAsNo(answers)).toBe('non-acute');
    const { cutOffs, flags } = read('asq', answers);
    expect(cutOffs['response-now']).toBe('undecided');
    expect(flags['current-thoughts']).toBe('open');
  });

  it('never reads an unknown length of unconsciousness as none on the OSU TBI-ID [H04]', () => {
    const answers = { '1.loc': 'unknown', '1.dazed': 'no', unlisted: 'none', q7: 'no' };
    const unknownAsNone = (given: Readonly<Record<string, string>>) =>
      ['under-30-min', '30-min-to-24-h', 'over-24-h'].includes(given['1.loc'] ?? '')
        ? 'injury'
        : 'improbable';
    expect(unknownAsNone(answers)).toBe('improbable');
    const { bands } = resultOf(instrumentOf('osu-tbi-id-sf'), answers);
    expect(bands['worst-injury']).toMatchObject({ possible: ['mild', 'moderate', 'severe'] });
  });

  it('does not count a part of the ACE-III that was not done as 0 [H04]', () => {
    const answers = { 'full.attention': 18, 'full.memory': 24, 'full.fluency': 12, 'full.language': 25 };
    const belowEightyTwo = (given: Answers) => sumOf(given) < 82;
    expect(belowEightyTwo(answers)).toBe(true);
    expect(read('ace-iii', answers).cutOffs['full.below-82']).toBe('undecided');
  });
});

describe('coding', () => {
  it('reads the bands of the K10 on answers of 1 to 5, not 0 to 4 [H03]', () => {
    const crufad = { 'likely-well': 0, mild: 20, moderate: 25, severe: 30 };
    const codedFromZero = (given: Answers) =>
      levelIn(crufad, add(Object.values(given).map((code) => code - 1)));
    const high = form(10, 3);
    expect(codedFromZero(high)).toBe('mild');
    expect(read('k10', high)).toMatchObject({
      scores: { total: 30, 'total-0-40': 20 },
      bands: { crufad: 'severe' },
    });
    const distressed = form(10, 2);
    expect(codedFromZero(distressed)).toBe('likely-well');
    expect(read('k10', distressed).bands['crufad']).toBe('mild');
  });

  it('holds the PCL-5 to answers of 0 to 4, where the older form counts 1 to 5 [H02]', () => {
    const answers = form(20, 1);
    const codedFromOne = (given: Answers) => add(Object.values(given).map((code) => code + 1));
    expect(codedFromOne(answers)).toBe(40);
    expect(read('pcl-5', answers)).toMatchObject({
      scores: { total: 20 },
      cutOffs: { 'ptsd-31': 'not-met' },
    });
    expect(refusedFor('pcl-5', form(20, 1, { q4: 5 }))).toEqual(['q4']);
  });

  it('subtracts nothing from the WHO-5 before it is multiplied', () => {
    const answers = form(5, 3, { q1: 4, q2: 4 });
    const lessFive = (given: Answers) => (sumOf(given) - 5) * 4;
    expect(lessFive(answers)).toBe(48);
    expect(lessFive(answers) <= 50).toBe(true);
    expect(read('who-5', answers)).toMatchObject({
      scores: { raw: 17, percent: 68 },
      cutOffs: { 'low-50': 'not-met', 'raw-13': 'not-met' },
    });
  });

  it('does not take a raw WHO-5 of 13 for 50 or less [H03]', () => {
    const answers = form(5, 3, { q1: 2, q2: 2 });
    const rawUpToThirteen = (given: Answers) => sumOf(given) <= 13;
    expect(rawUpToThirteen(answers)).toBe(true);
    expect(read('who-5', answers)).toMatchObject({
      scores: { percent: 52 },
      cutOffs: { 'low-50': 'not-met' },
    });
  });

  it('bands SWEMWBS on the metric score, not on the sum', () => {
    const answers = form(7, 3, { q1: 2 });
    const onTheSum = (given: Answers) => levelIn({ low: 7, average: 19.6, high: 27.5 }, sumOf(given));
    expect(onTheSum(answers)).toBe('average');
    expect(read('swemwbs', answers)).toMatchObject({
      scores: { raw: 20, metric: 18.59 },
      bands: { 'ng-fat-2017': 'low' },
    });
  });

  it('gives most of the time 2 points and almost always 3 on the PGSI, not 3 and 4', () => {
    const answers = form(9, 0, { q1: 2, q2: 2, q3: 3 });
    const pageOfABookmaker = (given: Answers) =>
      add(Object.values(given).map((code) => (code >= 2 ? code + 1 : code)));
    expect(pageOfABookmaker(answers)).toBe(10);
    expect(read('pgsi', answers)).toMatchObject({
      scores: { total: 7 },
      bands: { 'gambling-commission': 'moderate-risk' },
      cutOffs: { 'nice-specialist-8': 'not-met' },
    });
  });

  it('scores item 8 of the CUDIT-R 0, 2 or 4 [H25]', () => {
    const answers = form(8, 0, { q1: 3, q2: 1, q8: 4 });
    const byPlace = (given: Answers) => sumOf(given) - (given['q8'] ?? 0) / 2;
    expect(byPlace(answers)).toBe(6);
    expect(read('cudit-r', { q0: 'yes', ...answers })).toMatchObject({
      scores: { total: 8 },
      cutOffs: { 'hazardous-8': 'met' },
    });
    expect(refusedFor('cudit-r', { q0: 'yes', ...answers, q8: 1 })).toEqual(['q8']);
  });

  it('allows no 1 or 3 on items 9 and 10 of the AUDIT [H25]', () => {
    expect(refusedFor('audit', form(10, 1, { q9: 1, q10: 2 }))).toEqual(['q9']);
    expect(refusedFor('audit', form(10, 1, { q9: 0, q10: 3 }))).toEqual(['q10']);
  });

  it('adds WHODAS answers of 0 to 4, where many forms print 1 to 5', () => {
    const answers = form(12, 1);
    const codedFromOne = (given: Answers) => (add(Object.values(given).map((code) => code + 1)) / 48) * 100;
    expect(codedFromOne(answers)).toBe(50);
    expect(read('whodas-2.0-12', answers).scores).toMatchObject({
      simple: 12,
      'simple-from-12': 24,
      'simple-percent': 25,
    });
  });

  it('ends the SDS at 15, not at 20 [H25]', () => {
    const answers = { 'heroin.q1': 3, 'heroin.q2': 3, 'heroin.q3': 3, 'heroin.q4': 3, 'heroin.q5': 3 };
    const shareOfTwenty = (given: Answers) => sumOf(given) / 20;
    expect(shareOfTwenty(answers)).toBe(0.75);
    const { scores } = resultOf(instrumentOf('sds'), answers);
    expect(scores['heroin.total']).toEqual({ status: 'complete', value: 15, of: 15 });
    expect(refusedFor('sds', { ...answers, 'heroin.q5': 4 })).toEqual(['heroin.q5']);
  });
});

describe('keys', () => {
  const agreeSide = (code: number | undefined) => (code ?? 0) <= 2;

  it('scores the AQ-10 with the adult key, not the key of the adolescent form [H01]', () => {
    const answers = form(10, 1, { q2: 4, q3: 4, q5: 4, q10: 4 });
    const keyedOnAgree = (agree: readonly string[]) => (given: Answers) =>
      Object.entries(given).filter(([id, code]) => agreeSide(code) === agree.includes(id)).length;
    const adolescent = keyedOnAgree(['q1', 'q5', 'q8', 'q10']);
    expect(adolescent(answers)).toBe(4);
    expect(keyedOnAgree(['q1', 'q7', 'q8', 'q10'])(answers)).toBe(6);
    expect(read('aq-10', answers)).toMatchObject({ scores: { total: 6 }, cutOffs: { 'referral-6': 'met' } });
  });

  it('gives no 2 points for a definite answer on the AQ-10', () => {
    const answers = form(10, 2, { q1: 1, q7: 1, q8: 1, q10: 3 });
    const definiteCountsTwo = (given: Answers) =>
      add(pick(given, 'q1', 'q7', 'q8', 'q10').map((code) => (code === 1 ? 2 : code === 2 ? 1 : 0)));
    expect(definiteCountsTwo(answers)).toBe(6);
    expect(read('aq-10', answers)).toMatchObject({
      scores: { total: 3 },
      cutOffs: { 'referral-6': 'not-met' },
    });
  });

  it('has a threshold for each item of the ASRS, not one for all', () => {
    const countFrom = (least: number) => (given: Answers) =>
      pick(given, 'q1', 'q2', 'q3', 'q4', 'q5', 'q6').filter((code) => code >= least).length;
    const sometimes = form(18, 0, { q1: 2, q4: 2, q5: 2, q6: 2 });
    expect(countFrom(2)(sometimes)).toBe(4);
    expect(read('asrs-v1.1', sometimes)).toMatchObject({
      scores: { 'part-a-count': 1 },
      cutOffs: { 'count-4': 'not-met' },
    });
    const mixed = form(18, 0, { q1: 2, q2: 2, q3: 2, q4: 3 });
    expect(countFrom(3)(mixed)).toBe(1);
    expect(read('asrs-v1.1', mixed)).toMatchObject({
      scores: { 'part-a-count': 4 },
      cutOffs: { 'count-4': 'met' },
    });
  });

  it('does not count the ASRS-5 by the rule of version 1.1 [H02]', () => {
    const answers = form(6, 2, { q1: 3, q3: 3 });
    const countOfSix = (given: Answers) =>
      pick(given, 'q1', 'q2', 'q3').filter((code) => code >= 2).length +
      pick(given, 'q4', 'q5', 'q6').filter((code) => code >= 3).length;
    expect(countOfSix(answers) >= 4).toBe(false);
    expect(read('asrs-5', answers)).toMatchObject({ scores: { total: 14 }, cutOffs: { 'sum-14': 'met' } });
  });

  it('turns item 6 of the RAADS-14 [H01]', () => {
    const answers = form(14, 1, { q1: 0, q2: 0, q6: 0 });
    expect(sumOf(answers)).toBe(11);
    expect(read('raads-14', answers)).toMatchObject({
      scores: { total: 14 },
      cutOffs: { 'authors-14': 'met' },
    });
    expect(read('raads-14', form(14, 0)).scores['total']).toBe(3);
  });

  it('turns item 3 of the DAST-10 [H01]', () => {
    const no = Object.fromEntries(Object.keys(form(10, 0)).map((id) => [id, 'no']));
    const cannotStop = { ...no, q1: 'yes', q2: 'yes', q3: 'no' };
    expect(yesCount(cannotStop)).toBe(2);
    expect(read('dast-10', cannotStop)).toMatchObject({
      scores: { total: 3 },
      cutOffs: { 'moderate-3': 'met' },
    });
    const noDrugs = { ...no, q3: 'yes' };
    expect(yesCount(noDrugs)).toBe(1);
    expect(read('dast-10', noDrugs)).toMatchObject({ scores: { total: 0 }, bands: { skinner: 'none' } });
  });

  it('turns item 3 of the SAPAS [H01]', () => {
    const answers = { q1: 'yes', q2: 'yes', q3: 'no', q4: 'no', q5: 'no', q6: 'no', q7: 'no', q8: 'no' };
    expect(yesCount(answers)).toBe(2);
    expect(read('sapas', answers)).toMatchObject({ scores: { total: 3 }, cutOffs: { 'assess-3': 'met' } });
  });

  it('turns the two items of strength on the CORE-10 once, not twice [H01]', () => {
    const answers = form(10, 1, { q2: 4, q3: 4 });
    const turnedTwice = (given: Answers) => sumOf(given);
    expect(turnedTwice(answers)).toBe(16);
    expect(read('core-10', answers)).toMatchObject({
      scores: { total: 8 },
      cutOffs: { 'clinical-11': 'not-met' },
    });
  });

  it('weighs the items of the Adult Dyslexia Checklist', () => {
    const answers = form(15, 2, { q1: 3 });
    const withoutWeights = (given: Answers) => sumOf(given);
    expect(withoutWeights(answers)).toBe(31);
    expect(withoutWeights(answers) >= 45).toBe(false);
    expect(read('adult-dyslexia-checklist', answers)).toMatchObject({
      scores: { total: 47 },
      cutOffs: { 'authors-45': 'met' },
    });
    // On a plain sum even the highest form (60) would stay in the middle band.
    expect(withoutWeights(form(15, 4))).toBe(60);
    expect(read('adult-dyslexia-checklist', form(15, 4)).bands['authors-2001']).toBe('more-signs');
  });

  it('counts self-harm from 1 in the algorithm of the PHQ-9, and adds no difficulty item', () => {
    const answers = form(10, 0, { q1: 2, q2: 2, q3: 2, q4: 2, q9: 1 });
    const allFromTwo = (given: Answers) =>
      Object.entries(given).filter(([id, code]) => id !== 'q10' && code >= 2).length >= 5;
    expect(allFromTwo(answers)).toBe(false);
    expect(read('phq-9', answers).cutOffs['major-depressive-syndrome']).toBe('met');
    const difficult = form(10, 1, { q10: 3 });
    expect(sumOf(difficult)).toBe(12);
    expect(read('phq-9', difficult)).toMatchObject({
      scores: { total: 9 },
      cutOffs: { 'caseness-10': 'not-met' },
    });
  });
});

describe('items that do not belong', () => {
  it('adds six items of the K6, not the eleven variables of its survey page [H26]', () => {
    const answers = form(6, 1);
    const page = {
      ...answers,
      compared: 4,
      'days-lost': 6,
      'days-cut-back': 3,
      visits: 2,
      'physical-cause': 1,
    };
    expect(sumOf(page) >= 13).toBe(true);
    expect(read('k6', answers)).toMatchObject({ scores: { total: 6 }, cutOffs: { 'serious-13': 'not-met' } });
    expect(refusedFor('k6', page)).toEqual([
      'compared',
      'days-lost',
      'days-cut-back',
      'visits',
      'physical-cause',
    ]);
  });

  it('counts item 7 of the AUDIT once', () => {
    const answers = form(10, 0, { q1: 2, q2: 1, q3: 2, q7: 2 });
    const sevenTwice = (given: Answers) => sumOf(given) + (given['q7'] ?? 0);
    expect(sevenTwice(answers)).toBe(9);
    expect(read('audit', answers)).toMatchObject({
      scores: { total: 7 },
      cutOffs: { 'hazardous-8': 'not-met' },
    });
  });

  it('splits the domains of the AUDIT at items 4 to 6, not 4 to 7', () => {
    const answers = form(10, 0, { q1: 1, q2: 1, q7: 1 });
    const fourToSeven = (given: Answers) => add(pick(given, 'q4', 'q5', 'q6', 'q7'));
    expect(fourToSeven(answers)).toBe(1);
    expect(read('audit', answers)).toMatchObject({
      scores: { dependence: 0, harm: 1 },
      cutOffs: { 'dependence-cue': 'not-met', 'harm-cue': 'met' },
    });
  });

  it('counts no point for the exposure that opens the PC-PTSD-5, and gives 0 where it is denied [H27]', () => {
    const answers = { q0: 'yes', q1: 'yes', q2: 'yes', q3: 'no', q4: 'no', q5: 'no' };
    expect(yesCount(answers)).toBe(3);
    expect(read('pc-ptsd-5', answers)).toMatchObject({
      scores: { total: 2 },
      cutOffs: { 'ptsd-3': 'not-met' },
    });
    const nullWithoutSymptoms = (given: Readonly<Record<string, string>>) =>
      given['q1'] === undefined ? null : 0;
    expect(nullWithoutSymptoms({ q0: 'no' })).toBe(null);
    expect(read('pc-ptsd-5', { q0: 'no' })).toMatchObject({
      scores: { total: 0 },
      cutOffs: { 'ptsd-3': 'not-met' },
    });
  });

  it('counts no point for the gate of the RODS', () => {
    const answers = { q1: 'yes', q2: 'yes', q3: 'yes', q4: 'no', q5: 'no', q6: 'no', q7: 'no', q8: 'no' };
    expect(yesCount(answers)).toBe(3);
    expect(read('rods', answers)).toMatchObject({
      scores: { total: 2 },
      cutOffs: { 'dependence-3': 'not-met' },
    });
  });

  it('counts the two parts of items 10 and 11 of the TCU Drug Screen 5 once', () => {
    const no = Object.fromEntries(Object.keys(form(9, 0)).map((id) => [id, 'no']));
    const answers = { ...no, q1: 'yes', q2: 'yes', q10a: 'yes', q10b: 'yes', q11a: 'no', q11b: 'no' };
    const partsApart = yesCount(answers);
    expect(levelIn({ none: 0, mild: 2, moderate: 4 }, partsApart)).toBe('moderate');
    expect(read('tcuds-5', answers)).toMatchObject({ scores: { total: 3 }, bands: { 'dsm-5': 'mild' } });
  });

  it('asks no item 5 of tobacco on the ASSIST', () => {
    const answers = {
      'tobacco.q1': 'yes',
      'tobacco.q2': 6,
      'tobacco.q3': 6,
      'tobacco.q4': 4,
      'tobacco.q6': 6,
      'tobacco.q7': 3,
    };
    const withItemFive = sumOf({ q2: 6, q3: 6, q4: 4, q5: 8, q6: 6, q7: 3 });
    expect(levelIn({ low: 0, moderate: 4, high: 27 }, withItemFive)).toBe('high');
    expect(read('assist', answers)).toMatchObject({
      scores: { 'tobacco.involvement': 25 },
      bands: { 'tobacco.who-v3-1': 'moderate' },
    });
    expect(refusedFor('assist', { ...answers, 'tobacco.q5': 8 })).toEqual(['tobacco.q5']);
  });

  it('keeps items 6 and 7 of the ASSIST where nothing was used in three months [H27]', () => {
    const answers = { 'opioids.q1': 'yes', 'opioids.q2': 0, 'opioids.q6': 3, 'opioids.q7': 3 };
    const zeroWithoutRecentUse = (given: Readonly<Record<string, string | number>>) =>
      given['opioids.q2'] === 0 ? 0 : 6;
    expect(zeroWithoutRecentUse(answers)).toBe(0);
    expect(read('assist', answers)).toMatchObject({
      scores: { 'opioids.involvement': 6 },
      bands: { 'opioids.who-v3-1': 'moderate' },
    });
  });

  it('tells the halves of the PHQ-4 apart by item: anxiety comes first', () => {
    const answers = { q1: 2, q2: 1, q3: 0, q4: 0 };
    const depressionFirst = (given: Answers) => add(pick(given, 'q1', 'q2')) >= 3;
    expect(depressionFirst(answers)).toBe(true);
    expect(read('phq-4', answers).cutOffs).toMatchObject({ 'anxiety-3': 'met', 'depression-3': 'not-met' });
  });

  it('uses the clusters of the PCL-5, not those of the form of 17 items [H02]', () => {
    const answers = form(20, 0, { q1: 2, q6: 2, q8: 2, q9: 2, q18: 2, q19: 2 });
    const from = (given: Answers, first: number, last: number) =>
      Object.entries(given).filter(([id, code]) => {
        const at = Number(id.slice(1));
        return at >= first && at <= last && code >= 2;
      }).length;
    const seventeenItems = (given: Answers) =>
      from(given, 1, 5) >= 1 && from(given, 6, 12) >= 3 && from(given, 13, 17) >= 2;
    expect(seventeenItems(answers)).toBe(false);
    expect(read('pcl-5', answers).cutOffs).toMatchObject({ 'dsm-5-clusters': 'met', 'ptsd-31': 'not-met' });
  });
});

describe('rules that are no sum', () => {
  it('adds the first answer to stage 2 of the FAST', () => {
    const answers = { q1: 1, q2: 1, q3: 1, q4: 0 };
    const withoutTheFirst = (given: Answers) => add(pick(given, 'q2', 'q3', 'q4'));
    expect(withoutTheFirst(answers) >= 3).toBe(false);
    expect(read('fast', answers)).toMatchObject({
      scores: { total: 3 },
      cutOffs: { 'uk-phe-2017': 'met', 'hodgson-2002': 'met' },
    });
  });

  it('keeps the two rules of the FAST for never apart [H27]', () => {
    const answers = { q1: 0, q2: 2, q3: 1, q4: 0 };
    const neverIsNegative = (given: Answers) => given['q1'] !== 0 && sumOf(given) >= 3;
    expect(neverIsNegative(answers)).toBe(false);
    expect(read('fast', answers).cutOffs).toMatchObject({ 'uk-phe-2017': 'met', 'hodgson-2002': 'not-met' });
  });

  it('adds up no yes answers of the C-SSRS screener: one recent act needs a response now [H07]', () => {
    const answers = { q1: 'no', q2: 'no', q6: 'yes', q6a: 'yes' };
    const byCount = (given: Readonly<Record<string, string>>) => (yesCount(given) <= 2 ? 'low' : 'higher');
    expect(byCount(answers)).toBe('low');
    expect(read('c-ssrs-screener', answers).bands['response']).toBe('response-now');
  });

  it('asks about acts after the C-SSRS screener although nobody thought of suicide [H27]', () => {
    const answers = { q1: 'no', q2: 'no' };
    const stopsAtTwo = (given: Readonly<Record<string, string>>) => (given['q2'] === 'no' ? 'none' : 'ask');
    expect(stopsAtTwo(answers)).toBe('none');
    const { bands, ask } = resultOf(instrumentOf('c-ssrs-screener'), answers);
    expect(bands['response']).toMatchObject({ status: 'undecided' });
    expect(ask.first).toContain('q6');
  });

  it('refers on one item of history of the BJMHS, where a sum of eight does not', () => {
    const answers = { q1: 'no', q2: 'no', q3: 'no', q4: 'no', q5: 'no', q6: 'no', q7: 'yes', q8: 'no' };
    const twoOfEight = (given: Readonly<Record<string, string>>) => yesCount(given) >= 2;
    expect(twoOfEight(answers)).toBe(false);
    expect(read('bjmhs', answers).cutOffs['referral']).toBe('met');
  });

  it('asks for more than one yes on HELPS', () => {
    const answers = { h: 'yes', e: 'no', l: 'no', p: 0, s: 'no' };
    const anyYes = (given: Readonly<Record<string, unknown>>) => yesCount(given) >= 1;
    expect(anyYes(answers)).toBe(true);
    expect(read('helps', answers).cutOffs).toEqual({ 'three-part': 'not-met', 'count-2': 'not-met' });
  });

  it('takes one yes of the two Whooley questions', () => {
    const answers = { q1: 'yes', q2: 'no' };
    const bothAsked = (given: Readonly<Record<string, string>>) => yesCount(given) >= 2;
    expect(bothAsked(answers)).toBe(false);
    expect(read('whooley', answers).cutOffs['any-yes']).toBe('met');
  });

  it('scores a body mass index of exactly 20 on MUST, in exact arithmetic [H24]', () => {
    const answers = { height: 1.4, weight: 39.2, 'previous-weight': 39.2, intentional: 'no', acute: 'no' };
    const index = answers.weight / (answers.height * answers.height);
    const twentyIsFree = (bmi: number) => (bmi < 18.5 ? 2 : bmi < 20 ? 1 : 0);
    const inDoubles = (bmi: number) => (bmi < 18.5 ? 2 : bmi <= 20 ? 1 : 0);
    expect([twentyIsFree(index), inDoubles(index)]).toEqual([0, 0]);
    expect(read('must', answers)).toMatchObject({
      scores: { 'bmi-part': 1, total: 1 },
      bands: { bapen: 'medium' },
    });
  });

  it('does not round the body mass index before MUST is scored [H24]', () => {
    const answers = { height: 1.7, weight: 59, 'previous-weight': 59, intentional: 'no', acute: 'no' };
    const rounded = Math.round(answers.weight / (answers.height * answers.height)) <= 20 ? 1 : 0;
    expect(rounded).toBe(1);
    expect(read('must', answers)).toMatchObject({
      scores: { 'bmi-part': 0, total: 0 },
      bands: { bapen: 'low' },
    });
  });

  it('counts no planned loss on MUST, and takes the percentage of the weight before', () => {
    const answers = { height: 1.7, weight: 95.1, 'previous-weight': 100, intentional: 'no', acute: 'no' };
    const ofTheWeightNow = ((100 - 95.1) / 95.1) * 100 >= 5;
    expect(ofTheWeightNow).toBe(true);
    expect(read('must', answers).scores['loss-part']).toBe(0);
    const planned = { ...answers, weight: 85, intentional: 'yes' };
    const anyLoss = (100 - planned.weight) / 100 > 0.1;
    expect(anyLoss).toBe(true);
    expect(read('must', planned).scores['loss-part']).toBe(0);
  });
});

describe('lines', () => {
  it('takes 6 on the AQ-10 as positive, not only more than 6 [H15]', () => {
    const answers = form(10, 3);
    const moreThanSix = (total: number) => total > 6;
    const { scores, cutOffs, flags } = read('aq-10', answers);
    expect(scores['total']).toBe(6);
    expect(moreThanSix(6)).toBe(false);
    expect(cutOffs['referral-6']).toBe('met');
    expect(flags['all-disagree']).toBe('raised');
  });

  it('ends the zones of the AUDIT at 15 and 19 [H03]', () => {
    const answers = form(10, 1, { q1: 3, q2: 2, q3: 2, q4: 2, q9: 0, q10: 2 });
    const oneLower = (total: number) =>
      levelIn({ 'lower-risk': 0, 'increasing-risk': 8, 'higher-risk': 15, 'possible-dependence': 20 }, total);
    const { scores, bands } = read('audit', answers);
    expect(scores['total']).toBe(15);
    expect(oneLower(15)).toBe('higher-risk');
    expect(bands).toEqual({ uk: 'increasing-risk', 'who-zones': 'zone-2' });
  });

  it('starts hazardous drinking at 8 on the AUDIT, not above it [H03]', () => {
    const answers = form(10, 0, { q1: 4, q2: 4 });
    const moreThanEight = (given: Answers) => sumOf(given) > 8;
    expect(moreThanEight(answers)).toBe(false);
    expect(read('audit', answers)).toMatchObject({ scores: { total: 8 }, cutOffs: { 'hazardous-8': 'met' } });
  });

  it('has no highest band from 13 on the AUDIT [H03]', () => {
    const answers = form(10, 1, { q1: 4, q2: 2, q3: 2, q9: 0, q10: 0 });
    const bandsOfAForm = (given: Answers) =>
      levelIn({ none: 0, low: 1, medium: 8, highest: 13 }, sumOf(given));
    expect(bandsOfAForm(answers)).toBe('highest');
    expect(read('audit', answers)).toMatchObject({ scores: { total: 13 }, bands: { uk: 'increasing-risk' } });
  });

  it('keeps the UK line of the AUDIT-C for either sex, where the US lines are 4 and 3 [H10]', () => {
    const answers = { q1: 2, q2: 1, q3: 1 };
    const us = (sex: 'female' | 'male') => sumOf(answers) >= (sex === 'female' ? 3 : 4);
    expect([us('female'), us('male')]).toEqual([true, true]);
    for (const sex of ['female', 'male', 'unknown']) {
      expect(Object.values(read('audit-c', answers, { sex }).cutOffs)).not.toContain('met');
    }
  });

  it('takes less than monthly on the M-SASQ as negative [H03]', () => {
    const anyHeavyEpisode = (given: Answers) => (given['q1'] ?? 0) >= 1;
    expect(anyHeavyEpisode({ q1: 1 })).toBe(true);
    expect(read('m-sasq', { q1: 1 }).cutOffs['monthly-2']).toBe('not-met');
    expect(read('m-sasq', { q1: 2 }).cutOffs['monthly-2']).toBe('met');
  });

  it('counts a PHQ-9 of 9 as below caseness, though a page prints 9 or above for above 9 [H03]', () => {
    const nineOrAbove = (given: Answers) => sumOf(given) >= 9;
    const nine = form(9, 1);
    expect(nineOrAbove(nine)).toBe(true);
    expect(read('phq-9', nine).cutOffs).toMatchObject({
      'caseness-10': 'not-met',
      'talking-therapies-10': 'not-met',
    });
    expect(read('phq-9', form(9, 1, { q1: 2 })).cutOffs).toMatchObject({ 'talking-therapies-10': 'met' });
  });

  it('keeps the 15 of the authors and the 16 of NICE on the PHQ-9 apart [H03]', () => {
    const moreSevereFromFifteen = (given: Answers) => sumOf(given) >= 15;
    const fifteen = form(9, 2, { q1: 1, q2: 1, q9: 1 });
    expect(moreSevereFromFifteen(fifteen)).toBe(true);
    expect(read('phq-9', fifteen)).toMatchObject({
      scores: { total: 15 },
      bands: { 'kroenke-2001': 'moderately-severe' },
      cutOffs: { 'nice-16': 'not-met' },
    });
  });

  it('keeps the cut-offs 8 and 10 of the GAD-7 apart, and adds no difficulty item [H19]', () => {
    const oneLine = (line: number) => (given: Answers) => sumOf(given) >= line;
    const eight = form(7, 1, { q1: 2 });
    expect([oneLine(8)(eight), oneLine(10)(eight)]).toEqual([true, false]);
    expect(read('gad-7', eight).cutOffs).toEqual({ 'talking-therapies-8': 'met', 'caseness-10': 'not-met' });
    const difficult = form(8, 1, { q8: 3 });
    expect(oneLine(10)(difficult)).toBe(true);
    expect(read('gad-7', difficult)).toMatchObject({
      scores: { total: 7 },
      cutOffs: { 'talking-therapies-8': 'not-met' },
    });
  });

  it.each([
    [11, 'low', 'mild'],
    [15, 'mild', 'moderate'],
    [20, 'moderate', 'moderate-to-severe'],
    [25, 'moderate-to-severe', 'severe'],
  ])('bands a CORE-10 of %i as the manual does, not one point higher [H03]', (total, mistaken, level) => {
    // Items 2 and 3 are turned: 4 on each adds nothing.
    const fours = Math.floor(total / 4);
    const scored = ['q1', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10'];
    const points = scored.map((id, at) => [id, at < fours ? 4 : at === fours ? total % 4 : 0] as const);
    const answers = { ...Object.fromEntries(points), q2: 4, q3: 4 };
    const onePointHigh = { healthy: 0, low: 6, mild: 12, moderate: 16, 'moderate-to-severe': 21, severe: 26 };
    expect(levelIn(onePointHigh, total)).toBe(mistaken);
    expect(read('core-10', answers)).toMatchObject({ scores: { total }, bands: { 'core-manual': level } });
  });

  it('assesses a woman further from 4 on the CMHS-W, the line of NICE [H10]', () => {
    const answers = { q1: 'yes', q2: 'yes', q3: 'yes', q4: 'yes', q5: 'no', q6: 'no', q7: 'no', q8: 'no' };
    const lineOf = (line: number) => yesCount(answers) >= line;
    expect({ unitedStates: lineOf(5), men: lineOf(6) }).toEqual({ unitedStates: false, men: false });
    expect(read('cmhs-w', answers)).toMatchObject({
      scores: { total: 4 },
      cutOffs: { 'ng66-4': 'met', 'us-5': 'not-met' },
    });
  });

  it('names the scheme at 15 and 30 on the SADQ, where the published ones differ [H19]', () => {
    const authors = (total: number) => levelIn({ mild: 0, moderate: 16, severe: 31 }, total);
    const fifteen = read('sadq', form(20, 0, { q1: 3, q2: 3, q3: 3, q4: 3, q5: 3 }));
    expect(authors(15)).toBe('mild');
    expect(fifteen).toMatchObject({
      scores: { total: 15 },
      bands: { 'uk-2025': 'moderate', 'nice-2011': 'moderate', stockwell: 'mild' },
      cutOffs: { 'moderate-15': 'met', 'moderate-16': 'not-met' },
    });
    const thirty = read('sadq', form(20, 1, { q1: 3, q2: 3, q3: 3, q4: 3, q5: 3 }));
    expect(authors(30)).toBe('moderate');
    expect(thirty).toMatchObject({
      scores: { total: 30 },
      bands: { 'uk-2025': 'severe', 'nice-2011': 'moderate', stockwell: 'moderate' },
      cutOffs: { 'severe-30': 'met', 'severe-31': 'not-met' },
    });
  });

  it('puts no community form of the SADQ without its last four items into the bands [H02]', () => {
    const answers = form(16, 1, { q1: 0, q2: 0 });
    const bandedAsTwenty = (given: Answers) => levelIn({ below: 0, moderate: 15, severe: 30 }, sumOf(given));
    expect(bandedAsTwenty(answers)).toBe('below');
    expect(read('sadq', answers)).toMatchObject({
      scores: { total: 'incomplete' },
      bands: { 'uk-2025': 'undecided' },
    });
  });

  it('names the scheme at 10 on the LDQ, low for the authors and medium on a service form [H19]', () => {
    const answers = form(10, 1);
    const oneScheme = (total: number) => levelIn({ low: 0, medium: 10, high: 23 }, total);
    expect(oneScheme(10)).toBe('medium');
    expect(read('ldq', answers).bands).toEqual({ 'authors-site': 'low', 'leeds-form': 'medium' });
  });

  it('puts the line of men on the DUDIT to nobody else [H11]', () => {
    const answers = form(11, 0, { q1: 2, q3: 1 });
    const lineOfMen = (given: Answers) => sumOf(given) >= 6;
    expect(lineOfMen(answers)).toBe(false);
    const screen = (sex: string) => read('dudit', answers, { sex }).cutOffs['problems-men-6-women-2'];
    expect([screen('male'), screen('female'), screen('unknown')]).toEqual(['not-met', 'met', 'undecided']);
  });

  it("puts alcohol's line of 11 on no other substance of the ASSIST [H10]", () => {
    const answers = {
      'cannabis.q1': 'yes',
      'cannabis.q2': 3,
      'cannabis.q3': 4,
      'cannabis.q4': 0,
      'cannabis.q5': 0,
      'cannabis.q6': 3,
      'cannabis.q7': 0,
    };
    const lineOfAlcohol = (total: number) => levelIn({ low: 0, moderate: 11, high: 27 }, total);
    expect(lineOfAlcohol(10)).toBe('low');
    expect(read('assist', answers)).toMatchObject({
      scores: { 'cannabis.involvement': 10 },
      bands: { 'cannabis.who-v3-1': 'moderate' },
    });
  });

  it('has a line for each substance of the SDS, not one for all [H10]', () => {
    const four = (substance: string) =>
      Object.fromEntries(
        ['q1', 'q2', 'q3', 'q4'].map((id) => [`${substance}.${id}`, 1]).concat([[`${substance}.q5`, 0]]),
      );
    const oneLine = (total: number) => total >= 3;
    expect(oneLine(4)).toBe(true);
    expect(read('sds', four('benzodiazepines')).cutOffs['benzodiazepines.dependence-7']).toBe('not-met');
    expect(read('sds', four('amphetamine')).cutOffs['amphetamine.dependence-5']).toBe('not-met');
    expect(read('sds', four('cocaine')).cutOffs['cocaine.dependence-4']).toBe('met');
  });

  it('keeps 60 on the Adult Dyslexia Checklist in the middle band [H03]', () => {
    const sixtyBeginsTheNext = (total: number) =>
      levelIn({ 'few-signs': 22, 'mild-signs': 45, 'more-signs': 60 }, total);
    expect(sixtyBeginsTheNext(60)).toBe('more-signs');
    // Twos throughout are 44; one place up on items 1, 11 (3 each), 2, 12, 13 (2 each), 3, 4, 5, 6 (1 each) makes 60.
    const answers = form(15, 2, { q1: 3, q2: 3, q3: 3, q4: 3, q5: 3, q6: 3, q11: 3, q12: 3, q13: 3 });
    expect(read('adult-dyslexia-checklist', answers)).toMatchObject({
      scores: { total: 60 },
      bands: { 'authors-2001': 'mild-signs' },
    });
  });
});
