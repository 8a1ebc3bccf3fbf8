import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import {
  loadDirectory,
  loadPathway,
  overdueRules,
  wordingLints,
} from '../../../src/referral/definition/index.js';
import { recommend } from '../../../src/referral/index.js';
import { catalogue, mood3, pathwayWith, TODAY, today } from '../fictional.js';

const FILE = `id: fictional
version: "1.0.0"
title: A fictional pathway
country: Nowhere
read: "2026-01-01"
review-by: "2027-01-01"
urgencies:
  emergency: { label: NOW, target: minutes }
  same-day: { label: TODAY, target: today }
  urgent: { label: URGENT, target: days }
  soon: { label: SOON, target: weeks }
  routine: { label: ROUTINE, target: months }
  none: { label: NOTE, target: nothing }
facts:
  age: { type: number, label: age, min: 0, max: 120, question: age? }
  sex: { type: enum, question: sex?, values: { female: female, male: male } }
  agrees: { type: boolean, sensitive: true, question: agrees?, "true": agrees, "false": does not agree }
  may-share: { type: boolean, question: share?, "true": may share, "false": may not share }
  registered: { type: boolean, question: registered?, "true": registered, "false": not registered }
  treated-by: { type: list, question: treated by?, values: { clinic: the clinic } }
  event: { type: date, label: the event, counted-in: weeks, question: when? }
context: { age: age, sex: sex }
services:
  clinic: { name: Clinic, consent: true, needs: [place], refer: [any], confidence: fictional }
  far: { name: Far clinic, consent: true, refer: [any], via: clinic, note: a note, confidence: fictional }
  room: { name: The room, in-the-room: true, consent: false, refer: [none], confidence: fictional }
routes:
  consent: { fact: agrees, safety-from: same-day, share: may-share, withheld: inform, safety: act, ask: ask }
  treatment: { fact: treated-by, text: tell }
cautions:
  young: { when: age < 18, on: plan, warning: other services, confidence: fictional }
battery: [mood-2]
rules:
  FIC-01:
    when: RULE
    urgency: routine
    refer: [clinic]
    action: do this
    confidence: fictional
    level: recalled
`;

const withRule = (when: string) => FILE.replace('RULE', when);
const USED = 'registered and event < 4';
const load = (text: string) => loadPathway(text, 'pathway.yaml', catalogue);
const problemsOf = (text: string) => {
  const loaded = load(text);
  return isLeft(loaded) ? loaded.left : [];
};
const conditionOf = (when: string) => {
  const loaded = load(`${withRule(`(${when}) or (${USED})`)}`);
  if (isLeft(loaded)) return loaded.left.map(({ message }) => message);
  const [first] = loaded.right.rules;
  return first?.when.op === 'or' ? first.when.of[0] : first?.when;
};
const replaced = (from: string, to: string) => withRule(USED).replace(from, to);

describe('loading a pathway', () => {
  it('gives plain data that a plan can be made from', () => {
    const loaded = load(withRule(`mood-3 meets case-5 and ${USED}`));
    expect(isRight(loaded)).toBe(true);
    if (isLeft(loaded)) return;
    expect(JSON.parse(JSON.stringify(loaded.right))).toEqual(loaded.right);
    const made = recommend(
      loaded.right,
      { asOf: TODAY, forms: [today(mood3, { q1: 3, q2: 3, q3: 0 })] },
      { registered: true, event: '2026-11-20', agrees: true },
    );
    expect(made.recommendations.map(({ reasons }) => reasons.map(({ rule }) => rule))).toEqual([['FIC-01']]);
  });

  it('lowers verdicts, levels, scores and facts to nodes', () => {
    expect(conditionOf('mood-3 meets case-5')).toEqual({
      op: 'meets',
      instrument: 'mood-3',
      cutOff: 'case-5',
    });
    expect(conditionOf('mood-3.severity at least some')).toEqual({
      op: 'level',
      instrument: 'mood-3',
      band: 'severity',
      levels: ['some', 'much'],
    });
    expect(conditionOf('mood-3.severity at most some')).toMatchObject({ levels: ['little', 'some'] });
    expect(conditionOf('mood-3.severity is some')).toMatchObject({ levels: ['some'] });
    expect(conditionOf('drink-2.response is not now')).toMatchObject({ op: 'not', of: { levels: ['now'] } });
    expect(conditionOf('mood-3.severity is some or mood-3.severity is much')).toMatchObject({
      levels: ['some', 'much'],
    });
    expect(conditionOf('mood-3.total >= 4')).toMatchObject({
      op: 'score',
      score: 'total',
      operator: '>=',
      value: 4,
    });
    expect(conditionOf('not registered')).toEqual({
      op: 'not',
      of: { op: 'fact', fact: 'registered', value: 'true' },
    });
    expect(conditionOf('sex is female')).toEqual({ op: 'fact', fact: 'sex', value: 'female' });
    expect(conditionOf('treated-by is not clinic')).toMatchObject({ op: 'not', of: { fact: 'treated-by' } });
    expect(conditionOf('age >= 40 and age <= 74')).toMatchObject({
      op: 'and',
      of: [{ op: 'fact-number' }, { value: 74 }],
    });
  });

  it('needs no cautions', () => {
    const text = withRule(USED).replace(/cautions:\n.*\n/, '');
    expect(isRight(load(text))).toBe(true);
  });

  it('answers critical flags that no rule names, and only those', () => {
    const text = withRule(USED)
      .concat(
        '  FIC-02: { when: unrouted-critical-flag, urgency: same-day, refer: [room], action: answer it, confidence: fictional, level: design }\n',
      )
      .concat(
        '  FIC-03: { when: mood-3 raises danger, urgency: same-day, refer: [room], action: ask, confidence: fictional, level: design }\n',
      );
    const loaded = load(text);
    expect(isRight(loaded) && loaded.right.rules[1]?.when).toEqual({
      op: 'unrouted-critical-flag',
      routed: ['mood-3 danger'],
    });
  });

  it.each([
    ['mood-3 meets case-6', 'unknown-cut-off', 'case-5'],
    ['mood-3 raises dangr', 'unknown-flag', 'danger'],
    ['mood-3.severty at least some', 'unknown-band', 'severity'],
    ['mood-3.severity is som', 'unknown-level', 'some'],
    ['moood-3 meets case-5', 'unknown-name', 'mood-3'],
    ['mood-3.totl > 4', 'unknown-score', 'total'],
    ['sex is femal', 'unknown-value', 'female'],
    ['registred', 'unknown-name', 'registered'],
    ['drink-2.response at least later', 'no-order', undefined],
    ['mood-3', 'no-rule-condition', undefined],
    ['sum(q1..q3) > 3', 'no-rule-condition', undefined],
    ['3 > age', 'no-rule-condition', undefined],
    ['any(registered)', 'no-rule-condition', undefined],
    ['q1 is yes', 'unknown-name', undefined],
    ['q1 > 3', 'unknown-name', undefined],
    ['moood-3.total > 3', 'unknown-name', 'mood-3'],
    ['mood-2.severity is some', 'unknown-band', undefined],
    ['regisstered is yess', 'unknown-name', 'registered'],
    ['1e5 > 3', 'unexpected-end', undefined],
    ['mood-3 meats case-5', 'unknown-word', 'meets'],
    ['age is young', 'unknown-value', undefined],
    ['sex', 'not-a-condition', undefined],
    ['sex > 4', 'not-a-number', undefined],
    ['registered and', 'unexpected-end', undefined],
  ])('places and explains what is wrong in `%s`', (when, code, meant) => {
    const problems = problemsOf(withRule(`(${USED}) and ${when}`));
    expect(problems[0]).toMatchObject({ file: 'pathway.yaml', line: 35, path: 'rules.FIC-01.when' });
    expect(problems[0]?.col).toBeGreaterThan(10);
    if (code !== 'unexpected-end') expect(problems.map((problem) => problem.code)).toContain(code);
    if (meant !== undefined) expect(problems.some(({ didYouMean }) => didYouMean === meant)).toBe(true);
  });

  it.each([
    ['refer: [clinic]', 'refer: [clinik]', 'unknown-service'],
    ['via: clinic', 'via: clinik', 'unknown-service'],
    ['via: clinic', 'via: somewhere', 'unknown-service'],
    ['refer: [clinic]', 'next: [mood-9]', 'unknown-instrument'],
    ['battery: [mood-2]', 'battery: [mood-9]', 'unknown-instrument'],
    ['refer: [clinic]', 'refer: [clinic]\n    provides: [plaice]', 'unknown-need'],
    ['refer: [clinic]', 'refer: [clinic]\n    one-of: [room]', 'refer-twice'],
    ['    refer: [clinic]\n', '', 'no-effect'],
    ['urgency: routine', 'urgency: none', 'no-urgency'],
    ['    level: recalled\n', '', 'missing-key'],
    ['review-by: "2027-01-01"', 'review-by: "2027-01-02"', 'review-window'],
    ['review-by: "2027-01-01"', 'review-by: "2026-01-01"', 'review-window'],
    ['read: "2026-01-01"', 'read: "2026-02-30"', 'review-window'],
    ['fact: agrees', 'fact: age', 'wrong-fact'],
    ['fact: agrees', 'fact: agreez', 'unknown-fact'],
    ['facts:', 'facts:\n  spare: { type: boolean, question: q, "true": a, "false": b }', 'unused-fact'],
    ['country: Nowhere', 'land: Nowhere', 'unknown-key'],
    ['urgency: routine', 'urgency: quickly', 'not-one-of'],
    [USED, `mood-3 raises danger and ${USED}`, 'critical-flag-urgency'],
    ['action: do this', 'action: he has depression', 'no-diagnosis'],
    ['action: do this', 'action: take 100 mg', 'no-dose'],
    ['action: do this', 'action: the person is at low risk', 'no-low-risk'],
    [
      'title: A fictional pathway',
      'title: "“a sentence that is quoted from somewhere else”"',
      'no-quoted-guideline',
    ],
    ['action: do this', 'action: recommend a DRR', 'no-court-order'],
    ['action: do this', 'action: ask for a welfare check', 'no-welfare-check'],
  ])('refuses `%s` written as `%s`', (from, to, code) => {
    const problems = problemsOf(replaced(from, to));
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems.every(({ line, col }) => line >= 1 && col >= 1)).toBe(true);
  });

  it('reports every problem at once, in the order of the file', () => {
    const problems = problemsOf(
      replaced('via: clinic', 'via: clinik').replace('action: do this', 'action: he has autism'),
    );
    expect(problems.map(({ code }) => code)).toEqual(['unknown-service', 'no-diagnosis']);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
        (text) => {
          expect(isLeft(load(text as string))).toBe(true);
        },
      ),
    );
  });

  it('names the rules that should have been read again', () => {
    const loaded = load(withRule(USED));
    expect(isRight(loaded) && overdueRules(loaded.right, '2027-01-01')).toEqual([]);
    expect(isRight(loaded) && overdueRules(loaded.right, '2027-01-02')).toEqual(['FIC-01']);
  });
});

describe('wording rules', () => {
  const caught = (text: string) =>
    wordingLints.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);

  it('have a name and a description', () => {
    for (const { name, description } of wordingLints)
      expect(`${name} ${description}`).toMatch(/^no-[a-z-]+ \w/);
  });

  it.each([
    'Screen positive: assessment for trauma-focused therapy',
    'No suicidal thoughts disclosed at this screen',
    'Give lower-risk drinking feedback',
    'A normal score alone does not rule out dementia',
    '15 units a day or more',
    'Safety plan today',
    'Tell the probation practitioner that the result matters to the requirement',
  ])('let `%s` pass', (text) => {
    expect(caught(text)).toEqual([]);
  });

  it.each([
    ['She suffers from PTSD', 'no-diagnosis'],
    ['The person is autistic', 'no-diagnosis'],
    ['He has a personality disorder', 'no-diagnosis'],
    ['thiamine 50 mg twice', 'no-dose'],
    ['no risk found', 'no-low-risk'],
    ['the person is safe', 'no-low-risk'],
    ['consider an MHTR', 'no-court-order'],
    ['ask the police to call', 'no-welfare-check'],
  ])('catch `%s`', (text, lint) => {
    expect(caught(text)).toContain(lint);
  });
});

describe('loading a directory', () => {
  const pathway = pathwayWith([]);
  const text =
    'id: moor\nareas:\n  northmoor: { name: Northmoor, services: { clinic: { name: Northmoor Clinic (fictional) } } }\n';

  it('gives areas with their providers', () => {
    expect(loadDirectory(text, 'directory.yaml', pathway)).toMatchObject({
      right: { areas: { northmoor: { services: { clinic: { name: 'Northmoor Clinic (fictional)' } } } } },
    });
  });

  it.each([
    [text.replace('clinic:', 'clinik:'), 'unknown-service'],
    [text.replace('clinic:', 'something-else:'), 'unknown-service'],
    [text.replace('name: Northmoor,', ''), 'missing-key'],
    ['- 1', 'not-a-mapping'],
  ])('refuses %j', (wrong, code) => {
    const loaded = loadDirectory(wrong, 'directory.yaml', pathway);
    expect(isLeft(loaded) && loaded.left.map((problem) => problem.code)).toContain(code);
  });
});
