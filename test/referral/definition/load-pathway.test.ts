import fc from 'fast-check';
import { isLeft, isRight, right } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deadConditions } from '../../../src/referral/definition/dead-conditions.js';
import {
  loadDirectory,
  loadPathway,
  overdueRules,
  wordingLints,
} from '../../../src/referral/definition/index.js';
import { pathwayChecker } from '../../../src/referral/definition/load-pathway.js';
import { pathwaySchema } from '../../../src/referral/definition/pathway-schema.js';
import { type Condition, recommend } from '../../../src/referral/index.js';
import { catalogue, facts as fictionalFacts, is, mood3, pathwayWith, TODAY, today } from '../fictional.js';

const FILE = `id: fictional
version: "1.0.0"
title: A fictional pathway
country: Nowhere
read: "2026-01-01"
review-by: "2027-01-01"
urgencies:
  emergency: { label: NOW, target: minutes, plain: now }
  same-day: { label: TODAY, target: today, plain: today }
  urgent: { label: URGENT, target: days, plain: this week }
  soon: { label: SOON, target: weeks, plain: this month, review: P1M }
  routine: { label: ROUTINE, target: months, plain: this year }
  none: { label: NOTE, target: nothing, plain: not now }
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
  clinic: { name: Clinic, plain: the clinic, neutral: true, discreet: true, consent: true, needs: [place], refer: [any], confidence: fictional }
  far: { name: Far clinic, plain: far off, consent: true, refer: [any], via: clinic, note: a note, confidence: fictional }
  room: { name: The room, plain: here, in-the-room: true, consent: false, refer: [none], confidence: fictional }
routes:
  consent: { fact: agrees, safety-from: same-day, share: may-share, withheld: inform, safety: act, ask: ask }
  treatment: { fact: treated-by, text: tell }
cautions:
  young: { when: age < 18, on: plan, warning: other services, confidence: fictional }
letters: { safety-net: ring }
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

  it('has a digest that any edit changes, an edit of order among them, and no edit of layout or remarks [H34]', () => {
    const text = withRule(USED);
    const digestOf = (edited: string): string => {
      const loaded = load(edited);
      if (isLeft(loaded)) throw new Error(loaded.left.map(({ message }) => message).join('; '));
      return loaded.right.digest;
    };
    expect(digestOf(text)).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf(`# A remark.\n${text}\n\n`)).toBe(digestOf(text));
    expect(digestOf(JSON.stringify(parse(text)))).toBe(digestOf(text));
    const { facts, ...rest } = parse(text);
    const turned = { ...rest, facts: Object.fromEntries(Object.entries(facts).reverse()) };
    const edits = [JSON.stringify(turned), text.replace('action: do this', 'action: do this now')];
    expect(new Set([text, ...edits].map(digestOf)).size).toBe(3);
    const made = load(text);
    if (isLeft(made)) throw new Error('does not load');
    expect(recommend(made.right, { asOf: TODAY, forms: [] }, {}).pathway.digest).toBe(digestOf(text));
  });

  it('lowers verdicts, levels, scores and facts to nodes', () => {
    expect(conditionOf('mood-3 meets case-5')).toEqual({
      op: 'meets',
      instrument: 'mood-3',
      cutOff: 'case-5',
      shows: 'total',
    });
    expect(conditionOf('drink-2 meets by-sex')).toEqual({
      op: 'meets',
      instrument: 'drink-2',
      cutOff: 'by-sex',
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
    expect(problems[0]).toMatchObject({ file: 'pathway.yaml', line: 36, path: 'rules.FIC-01.when' });
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
    ['letters: {', 'letters: { gp: surgry,', 'unknown-service'],
    ['letters: {', 'letters: { navigator: surgry,', 'unknown-service'],
    ['letters:', 'waivers: { FIC-09: later }\nletters:', 'unknown-rule'],
    [
      'letters:',
      'raises:\n  UP-01: { when: registered, rules: [FIC-09], up-to: urgent, says: x, confidence: y, proposal: true }\nletters:',
      'unknown-rule',
    ],
    [
      'letters:',
      'raises:\n  FIC-01: { when: registered, rules: [FIC-01], up-to: urgent, says: x, confidence: y, proposal: true }\nletters:',
      'id-twice',
    ],
    [
      'letters:',
      'raises:\n  UP-01: { when: registered, rules: [FIC-01], up-to: urgent, says: x, confidence: y }\nletters:',
      'missing-key',
    ],
    ['action: do this', 'action: do this\n    review: soon', 'wrong-value'],
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

  it('refuses or reads a pathway of which any one part is any JSON, and a plan can be made from what it reads [H25]', () => {
    const whole = parse(withRule(`mood-3 meets case-5 and ${USED}`));
    const paths = (value: unknown, path: readonly string[]): readonly (readonly string[])[] =>
      typeof value !== 'object' || value === null
        ? [path]
        : [path, ...Object.entries(value).flatMap(([key, each]) => paths(each, [...path, key]))];
    const put = (value: unknown, [key, ...rest]: readonly string[], part: unknown): unknown => {
      if (key === undefined) return part;
      if (Array.isArray(value))
        return value.map((each, at) => (String(at) === key ? put(each, rest, part) : each));
      const entries = Object.entries(Object(value)).map(([name, each]) => [
        name,
        name === key ? put(each, rest, part) : each,
      ]);
      return Object.fromEntries(entries);
    };
    fc.assert(
      fc.property(fc.constantFrom(...paths(whole, [])), fc.jsonValue(), (path, part) => {
        const loaded = load(JSON.stringify(put(whole, path, part)));
        if (isLeft(loaded)) expect(loaded.left.length).toBeGreaterThan(0);
        else
          expect(
            recommend(loaded.right, { asOf: TODAY, forms: [today(mood3, { q1: 3, q2: 3, q3: 0 })] }, {})
              .pathway.id,
          ).toBe(loaded.right.id);
      }),
      { numRuns: 500 },
    );
  });

  it('names the rules that should have been read again, without those that are waived by name [H15]', () => {
    const loaded = load(withRule(USED));
    expect(isRight(loaded) && overdueRules(loaded.right, '2027-01-01')).toEqual([]);
    expect(isRight(loaded) && overdueRules(loaded.right, '2027-01-02')).toEqual(['FIC-01']);
    const waived = load(replaced('letters:', 'waivers: { FIC-01: the new text is awaited }\nletters:'));
    expect(isRight(waived) && overdueRules(waived.right, '2027-01-02')).toEqual([]);
  });

  it('keeps plain words, reviews, steps up and letters', () => {
    const loaded = load(
      replaced('action: do this', 'action: do this\n    plain: We do this.\n    review: P2W').replace(
        'letters: { safety-net: ring }',
        'letters: { gp: clinic, navigator: far, safety-net: ring }\nraises:\n  UP-01: { when: registered, rules: [FIC-01], up-to: urgent, says: sooner, guideline: [{ id: FG1 }], confidence: fictional, level: recalled }\n  UP-P2: { when: registered, rules: [FIC-01], up-to: urgent, says: sooner, confidence: fictional, proposal: true }',
      ),
    );
    expect(isLeft(loaded) ? loaded.left : []).toEqual([]);
    if (isLeft(loaded)) return;
    const { rules, raises, letters, services, urgencies } = loaded.right;
    expect(rules[0]).toMatchObject({ plain: 'We do this.', review: 'P2W' });
    expect(raises.map(({ id, level, upTo }) => [id, level, upTo])).toEqual([
      ['UP-01', 'recalled', 'urgent'],
      ['UP-P2', 'proposal', 'urgent'],
    ]);
    expect(letters).toEqual({ gp: 'clinic', navigator: 'far', safetyNet: 'ring' });
    expect(services['clinic']).toMatchObject({
      place: 0,
      plain: 'the clinic',
      neutral: true,
      discreet: true,
    });
    expect(urgencies.soon.review).toBe('P1M');
  });

  it('keeps no pathway of which a battery puts what cannot wait behind what can', () => {
    const battery = (ids: string) => problemsOf(replaced('battery: [mood-2]', `battery: [${ids}]`));
    expect(battery('mood-2, mood-3').map(({ code, path }) => [code, path])).toEqual([
      ['battery-order', 'battery[1]'],
    ]);
    expect(battery('mood-3, mood-2')).toEqual([]);
  });
});

describe('conditions on which nothing can hang', () => {
  const codeOf = (when: string, instruments = catalogue) => {
    const loaded = loadPathway(
      withRule(`(${USED}) and not registered`)
        .replace(
          'rules:\n',
          `rules:\n  DED-01: { when: "${when}", urgency: routine, refer: [room], action: x, confidence: y, level: design }\n`,
        )
        .replace('(registered and event < 4) and not registered', USED),
      'pathway.yaml',
      instruments,
    );
    return isLeft(loaded) ? loaded.left.map(({ code, path }) => `${code} ${path}`) : [];
  };
  const dead = (code: string) => [`${code} rules.DED-01.when`];

  it.each([
    ['registered and not registered'],
    ['age < 18 and age > 40'],
    ['age > 120'],
    ['event < 4 and event > 8'],
    ['sex is female and sex is male'],
    ['mood-3.severity is much and mood-3.total < 6'],
    ['mood-3.severity is little and mood-3 meets case-5'],
    ['drink-2.response is now and drink-2.response is later'],
    ['treated-by is clinic and treated-by is not clinic'],
  ])('finds that nobody can meet `%s`', (when) => {
    expect(codeOf(when)).toEqual(dead('never-fires'));
  });

  it.each([
    ['registered or not registered'],
    ['age >= 0 or registered'],
    ['mood-3.total < 6 or mood-3.severity is much'],
    ['sex is not female or sex is not male'],
    ['mood-3 meets case-5 or not mood-3 meets case-5'],
    ['drink-2 meets by-sex or not drink-2 meets by-sex'],
  ])('finds that everybody meets `%s`', (when) => {
    expect(codeOf(when)).toEqual(dead('always-fires'));
  });

  it.each([
    ['registered or (registered and age > 40)'],
    ['event < 4 or (sex is female and sex is male)'],
    ['mood-3.severity is much or (mood-3 meets case-5 and drink-2.total > 9)'],
  ])('finds the name that changes nothing in `%s`', (when) => {
    expect(codeOf(when)).toEqual(dead('idle-name'));
  });

  it.each([
    ['registered and age > 40'],
    ['event < 4'],
    ['mood-3.total >= 0 and registered'],
    ['mood-3.severity is some and not mood-3 meets case-5'],
    ['drink-2.response is now or drink-2 meets women-2'],
    ['drink-2 raises mornings and not registered'],
    ['treated-by is clinic or sex is male'],
  ])('lets `%s` stand', (when) => {
    expect(codeOf(when)).toEqual([]);
  });

  it('says that what is not there can never hold', () => {
    const known = {
      instruments: new Map(catalogue.map((each) => [each.id, each])),
      facts: new Map(fictionalFacts.map((fact) => [fact.id, fact])),
    };
    const codes = (when: Condition) =>
      deadConditions([{ text: '', when, where: ['rules', 'X'] }], known, new Map()).map(({ code }) => code);
    expect(codes(is.level('nothing', 'band', 'level'))).toEqual(['never-fires']);
    expect(codes(is.level('mood-3', 'nothing', 'level'))).toEqual(['never-fires']);
    expect(codes(is.fact('age', 'young'))).toEqual(['never-fires']);
    expect(codes({ op: 'score', instrument: 'mood-3', score: 'nothing', operator: '>', value: 1 })).toEqual(
      [],
    );
    expect(codes(is.meets('nothing', 'cut-off'))).toEqual([]);
    expect(codes(is.fact('nothing'))).toEqual([]);
  });

  it('asks for two rules where there is too much to prove', () => {
    const flags = Array.from({ length: 18 }, (_, at) => ({
      id: `flag-${at}`,
      when: 'q1 >= 1',
      verdict: { test: { op: 'choice' as const, variable: 0, choices: [1] }, pivots: [], reads: [0] },
      title: `flag ${at}`,
    }));
    const many = { ...mood3, id: 'many', program: { ...mood3.program, flags } };
    const when = flags.map(({ id }) => `many raises ${id}`).join(' or ');
    expect(codeOf(when, [...catalogue, many])).toEqual(dead('too-many-cases'));
  });
});

describe('checking many versions of a pathway', () => {
  const versions = [
    withRule(USED),
    replaced('urgency: routine', 'urgency: soon'),
    replaced('refer: [clinic]', 'refer: [clinik]'),
    withRule(`${USED} and mood-3 meets case-5 and not mood-3 meets case-5`),
    replaced('action: do this', 'action: the person is safe'),
    withRule(USED),
  ];

  it('finds of each what loading it finds, whatever was checked before', () => {
    const check = pathwayChecker(catalogue);
    for (const text of versions) {
      const found = check(pathwaySchema.parse(parse(text)));
      const alone = load(text);
      // A version has no digest: plans of two would differ by it.
      if (isRight(alone)) expect(found).toEqual(right({ ...alone.right, digest: '' }));
      else
        expect(isLeft(found) && found.left.map(({ code }) => code)).toEqual(
          alone.left.map(({ code }) => code),
        );
    }
    expect(versions.map((text) => load(text)._tag)).toEqual([
      'Right',
      'Right',
      'Left',
      'Left',
      'Left',
      'Right',
    ]);
  });

  it('refuses what is no pathway', () => {
    const { letters: _, ...rest } = pathwaySchema.parse(parse(withRule(USED)));
    const found = pathwayChecker(catalogue)(rest as ReturnType<typeof pathwaySchema.parse>);
    expect(isLeft(found) && found.left.map(({ code }) => code)).toEqual(['missing-key']);
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
