import { describe, expect, it } from 'vitest';
import {
  type Case,
  checkDefinition,
  type Facts,
  type LoadedInstrument,
  loadDefinition,
  type ShippedDefinition,
} from '../../src/definition/index.js';
import { type EditKind, editsOf } from '../../src/review/edits.js';
import { prove } from '../../src/review/prove.js';
import { sameMeaning } from '../../src/review/same-meaning.js';
import { example } from '../definition/example.js';

function loaded(definition: ShippedDefinition): LoadedInstrument {
  const outcome = checkDefinition(definition);
  if (outcome._tag === 'Left') throw new Error(outcome.left.map(({ message }) => message).join('\n'));
  if (outcome.right.status === 'refused') throw new Error('refused');
  return outcome.right;
}

/** An openly fictional case. */
const oneCase = (
  name: string,
  answers: Case['answers'],
  expected: Case['expect'],
  more: Partial<Case> = {},
): Case => ({
  name,
  source: 'worked by hand',
  answers,
  expect: expected,
  ...more,
});

/** Three items of 0 to 2; many signs from 3; the third flagged from 1. */
const guarding: readonly Case[] = [
  oneCase(
    'all lowest',
    { q1: '0', q2: '0', q3: '0' },
    { scores: { total: 0 }, flags: { third: 'not-raised' } },
  ),
  oneCase('the first counts its code', { q1: '1', q2: '0', q3: '0' }, { scores: { total: 1 } }),
  oneCase('the second counts its code', { q1: '0', q2: '1', q3: '0' }, { scores: { total: 1 } }),
  oneCase(
    'two is few',
    { q1: '2', q2: '0', q3: '0' },
    { scores: { total: 2 }, bands: { signs: 'few' }, 'cut-offs': { three: 'not-met' } },
  ),
  oneCase(
    'three is many',
    { q1: '2', q2: '1', q3: '0' },
    { scores: { total: 3 }, bands: { signs: 'many' }, 'cut-offs': { three: 'met' } },
  ),
  oneCase(
    'the third alone raises its flag',
    { q1: '0', q2: '0', q3: '1' },
    { scores: { total: 1 }, flags: { third: 'raised' } },
  ),
];

/** What no answer shows of the example, entered a second time. */
const entered: Facts = { source: 'fictional', recall: 'P2W', minutes: 1 };

describe('the map of a short form', () => {
  const containing = {
    ...example,
    contains: { tiny: { items: { s1: 'q1', s2: 'q2' } } },
  } as ShippedDefinition;
  const taken = oneCase(
    'what tiny takes',
    { q1: '0', q2: '1', q3: '2' },
    { 'short-forms': { tiny: { s1: '0', s2: '1' } } },
  );
  const ofMap = (cases: readonly Case[]) =>
    prove(loaded(containing), cases).unnoticed.filter(({ where }) => where[0] === 'contains');

  it('is tried with each item taken from a neighbour and with the form left out, and a case notices', () => {
    expect(ofMap(guarding).map(({ change }) => change)).toEqual([
      'tiny left out',
      'q1 → q2',
      'q2 → q1',
      'q2 → q3',
    ]);
    expect(ofMap([...guarding, taken])).toEqual([]);
  });
});

describe('the edits of a definition', () => {
  const everything: ShippedDefinition = {
    ...example,
    skips: [{ if: 'q1 is "0"', then: ['q2'], points: 0, source: 'made-up' }],
    'valid-for': { age: { from: 18, to: 64 } },
    change: { 'reliable-change': 2, caseness: 3, source: 'made-up' },
    items: {
      ...example.items,
      q3: { label: 'third', options: 'often', 'asked-as': { female: '6 or more', male: '8 or more' } },
    },
    stops: [{ if: 'q1 + q2 >= 3', decides: ['three'], then: ['q3'], source: 'made-up' }],
    scores: {
      total: {
        formula: 'sum(q1..q3)',
        range: [0, 6],
        source: 'made-up',
        missing: { mean: { allow: 1, source: 'made-up' } },
      },
    },
  };
  const edits = editsOf(everything);

  it.each<[EditKind, string, string]>([
    ['number', 'scores.total.range.1', '6 → 7'],
    ['number', 'cut-offs.three.when', 'total >= 3 → total >= 4'],
    ['number', 'options.often.2.points', '2 → 1'],
    ['number', 'scores.total.missing.mean.allow', '1 → 2'],
    ['comparison', 'flags.third.when', 'q3 >= 1 → q3 > 1'],
    ['comparison', 'skips.0.if', 'q1 is "0" → q1 is not 0'],
    ['keying', 'items.q1.reverse', 'reversed'],
    ['drop-item', 'scores.total.formula', 'sum(q1..q3) → sum(q1, q3)'],
    ['exchange-items', 'items.q2', 'q2 ↔ q3'],
    ['drop-skip', 'skips', 'entry 1 left out'],
    ['drop-stop', 'stops', 'entry 1 left out'],
    ['drop-missing-rule', 'scores.total.missing', 'mean left out'],
    ['drop-level', 'bands.signs.levels', 'entry 2 left out'],
    ['negative', 'bands.signs.levels.0.negative', 'true → false'],
    ['negative', 'cut-offs.three.negative', 'not-met → none'],
    ['number', 'recall', 'P2W → P1W'],
    ['number', 'recall', 'P2W → P3W'],
    ['fact', 'recall', 'recall left out'],
    ['number', 'minutes', '1 → 2'],
    ['fact', 'minutes', 'minutes left out'],
    ['number', 'valid-for.age.from', '18 → 17'],
    ['fact', 'valid-for.age.to', 'to left out'],
    ['number', 'change.reliable-change', '2 → 3'],
    ['fact', 'change.caseness', 'caseness left out'],
    ['number', 'items.q3.asked-as.male', '8 or more → 9 or more'],
    ['fact', 'cut-offs.three.kind', 'a screen positive → control'],
  ])('make a slip of the kind %s at %s: %s', (kind, where, change) => {
    const found = edits.map((edit) => ({
      kind: edit.kind,
      where: edit.where.join('.'),
      change: edit.change,
    }));
    expect(found).toContainEqual({ kind, where, change });
  });

  it('change the definition in one place each, and leave the reviewed one alone', () => {
    const before = JSON.stringify(everything);
    const changed = editsOf(everything).map(({ edited }) => JSON.stringify(edited));
    expect(changed).not.toContain(before);
    expect(new Set(changed).size).toBe(changed.length);
    expect(JSON.stringify(everything)).toBe(before);
  });

  it('leave alone what moves no result: labels, texts, figures of studies', () => {
    const withEvidence: ShippedDefinition = {
      ...example,
      'cut-offs': {
        three: {
          when: 'total >= 3',
          'screens-for': 'many signs',
          source: 'made-up',
          evidence: [
            {
              population: 'nobody, fictional',
              n: 7,
              sensitivity: 0.5,
              source: 'made-up',
              confidence: 'recalled',
            },
          ],
        },
      },
    };
    const places = editsOf(withEvidence).map(({ where }) => where.join('.'));
    expect(places.filter((where) => /evidence|label|title|sources/.test(where))).toEqual([]);
  });
});

describe('the proof of a definition', () => {
  it('calls a definition guarded where each edit is refused, noticed or means the same', () => {
    const proof = prove(loaded(example), guarding, entered);
    expect(proof.unnoticed).toEqual([]);
    expect(proof.failing).toEqual([]);
    expect(proof.byLoader).toBeGreaterThan(0);
    expect(proof.byCase).toBeGreaterThan(0);
    expect(proof.byFact).toBeGreaterThan(0);
    expect(proof.byLoader + proof.byCase + proof.byFact + proof.equivalent.length).toBe(proof.tried);
  });

  it('names the number that no case guards', () => {
    const { unnoticed } = prove(
      loaded(example),
      guarding.filter(({ name }) => name !== 'the third alone raises its flag'),
    );
    expect(unnoticed.map(({ where, change }) => [where.join('.'), change])).toContainEqual([
      'flags.third.when',
      'q3 >= 1 → q3 >= 2',
    ]);
    expect(unnoticed.every(({ notice }) => notice.by === 'nobody')).toBe(true);
  });

  it('leaves every number that the loader cannot tell unguarded where there are no cases', () => {
    const proof = prove(loaded(example), []);
    expect(proof.byCase).toBe(0);
    expect(proof.unnoticed.length).toBe(proof.tried - proof.byLoader - proof.equivalent.length);
    expect(proof.unnoticed.map(({ where }) => where[0])).toEqual(
      expect.arrayContaining(['options', 'flags']),
    );
  });

  it('lets a case that does not hold guard nothing, and names it', () => {
    const wrong = oneCase('nothing is six', { q1: '0', q2: '0', q3: '0' }, { scores: { total: 6 } });
    const proof = prove(loaded(example), [wrong]);
    expect(proof.failing).toEqual(['nothing is six']);
    expect(proof.byCase).toBe(0);
  });
});

/** The proof that an edited copy of a definition means the same, or `null`. */
function proofOf(text: string, from: string, to: string): string | null {
  expect(text.split(from).length).toBe(2);
  const [one, other] = [text, text.replace(from, to)].map((yaml) => {
    const outcome = loadDefinition(yaml, 'definition.yaml');
    if (outcome._tag === 'Left') throw new Error(outcome.left.map(({ message }) => message).join('\n'));
    if (outcome.right.status === 'refused') throw new Error('refused');
    return outcome.right.program;
  });
  if (one === undefined || other === undefined) throw new Error('not loaded');
  return sameMeaning(one, other);
}

const head = `
id: trial
version: "1.0.0"
title: A trial definition, openly fictional
short: TRIAL
domain: functioning
measures: nothing; it tries the proofs
respondent: [self]
recall: P2W
minutes: 1
licence: { holder: nobody, class: public-domain, terms: none needed, source: s, confidence: verified }
sources: { s: { title: A fictional source, confidence: verified } }
`;
const yesNo = '[ { code: "yes", label: "yes", points: 1 }, { code: "no", label: "no", points: 0 } ]';

describe('meaning the same', () => {
  const threeItems = `${head}
options: { yes-no: ${yesNo} }
items:
  q1: { label: first, options: yes-no }
  q2: { label: second, options: yes-no }
  q3: { label: third, options: yes-no }
`;

  it('is proved of another way to write one formula', () => {
    const text = `${threeItems}
cut-offs: { two: { when: "count(q1..q3) >= 2", screens-for: signs, source: s } }
`;
    expect(proofOf(text, 'count(q1..q3) >= 2', 'count(q1, q2, q3) > 1')).toBe('the same normal form');
    expect(proofOf(text, 'count(q1..q3) >= 2', 'any(q1 + q2 >= 2, q1 + q3 >= 2, q2 + q3 >= 2)')).toBe(
      'equal over every answer to 3 items',
    );
  });

  it('is not claimed where one form is told apart', () => {
    const text = `${threeItems}
cut-offs: { two: { when: "count(q1..q3) >= 2", screens-for: signs, source: s } }
`;
    expect(proofOf(text, 'count(q1..q3) >= 2', 'count(q1..q3) >= 3')).toBeNull();
    expect(proofOf(text, 'count(q1..q3) >= 2', 'any(q1 + q2 >= 2, q1 + q3 >= 2, q3)')).toBeNull();
  });

  it('is proved of a negative side that nothing can withhold, and of no other', () => {
    const levels = `
scores: { total: { formula: sum(q1..q3), range: [0, 3], source: s } }
bands: { few: { of: total, source: s, levels: [ { id: few, label: few, from: 0, to: 1, negative: true }, { id: many, label: many, from: 2, to: 3 } ] } }
`;
    const turned = [', negative: true', ''] as const;
    expect(proofOf(threeItems + levels, ...turned)).toMatch(/^nothing contradicts or estimates it/);
    const skip = 'skips: [ { if: q1 is no, then: q2..q3, points: 0, source: s } ]\n';
    expect(proofOf(threeItems + skip + levels, ...turned)).toBeNull();
    const prorated = levels.replace('source: s }', 'source: s, missing: { mean: { allow: 1, source: s } } }');
    expect(proofOf(threeItems + prorated, ...turned)).toBeNull();
  });

  it('is proved of a negative rule that every contradiction overrules', () => {
    const rules = `
skips: [ { if: q1 is no, then: q2..q3, points: 0, source: s } ]
bands: { said: { source: s, rules: [ { id: some, label: some, when: "any(q1..q3)" }, { id: none-said, label: none, otherwise: true, negative: true } ] } }
`;
    expect(proofOf(threeItems + rules, ', negative: true', '')).toMatch(/^no form that contradicts itself/);
    const deaf = rules.replace('any(q1..q3)', 'any(q1, q2)');
    const flag =
      'flags: { third: { when: q3 is yes, title: third, critical: false, response: note it, source: s } }\n';
    expect(proofOf(threeItems + deaf + flag, ', negative: true', '')).toBeNull();
  });

  const open = `${head}
options:
  yes-no: ${yesNo}
  often: [ { code: "0", label: never }, { code: some, label: some, points: [0, 5] } ]
items:
  q1: { label: first, options: yes-no }
  q2: { label: second, options: often }
`;

  it('is proved of a number that no recorded answer can tell', () => {
    const text = `${open}
cut-offs: { either: { when: "any(q1) or q2 >= 1", screens-for: signs, source: s } }
`;
    expect(proofOf(text, '[0, 5]', '[0, 6]')).toBe('equal over every form as it can be recorded');
    expect(proofOf(text, '[0, 5]', '[1, 5]')).toBeNull();
    expect(proofOf(text.replace('[0, 5]', '[1, 5]'), 'q2 >= 1', 'q2 >= 2')).toBeNull();
  });

  it('is proved part by part where there are too many forms, a panel member taken whole', () => {
    const panel = `${head}
options:
  loss: [ { code: none, label: none, points: 1 }, { code: short, label: short, points: 3 }, { code: long, label: long, points: 5 } ]
  dazed: [ { code: "no", label: "no", points: 1 }, { code: "yes", label: "yes", points: 2 } ]
  left: [ { code: none, label: none, points: 0 }, { code: some, label: some, points: [0, 4] } ]
items: { left: { label: left out, options: left } }
panels:
  blow:
    asked: chosen
    repeat: { max: 8 }
    items: { loss: { label: loss, options: loss }, dazed: { label: dazed, options: dazed } }
    scores: { severity: { formula: "max(loss, dazed)", range: [1, 5], source: s } }
cut-offs: { lost: { when: "any(blow.* : severity >= 3) or left >= 1", screens-for: signs, source: s } }
`;
    const proof = 'each part that differs is equal over every answer to its own items';
    expect(proofOf(panel, 'label: none, points: 1', 'label: none, points: 0')).toBe(proof);
    expect(proofOf(panel, 'left >= 1', 'left >= 2')).toBe(proof);
    expect(proofOf(panel, 'severity >= 3', 'severity >= 2')).toBeNull();
    expect(proofOf(panel, 'label: short, points: 3', 'label: short, points: 4')).toBeNull();
  });

  it('is proved of an edge that no reachable value lies on', () => {
    const items = Array.from(
      { length: 14 },
      (_, i) => `  q${i + 1}: { label: item ${i + 1}, options: three }`,
    ).join('\n');
    const text = `${head}
options: { three: [ { code: "0", label: a }, { code: "1", label: b }, { code: "2", label: c } ] }
items:
${items}
scores: { share: { formula: sum(q1..q14) / 28 * 100, range: [0, 100], source: s } }
cut-offs: { half: { when: share >= 50, screens-for: signs, source: s } }
`;
    // One point of 28 is 25/7 per cent: thirteen are 46.4 and fourteen are 50.
    expect(proofOf(text, 'share >= 50', 'share >= 47')).toBe(
      'no reachable value lies between the old edge and the new',
    );
    expect(proofOf(text, 'share >= 50', 'share >= 46')).toBeNull();
    // With one of fourteen missing, 12 points of 13 items are 12.9 of 28: an estimate of 46.2 per cent, between the edges.
    const estimated = text.replace(
      'source: s } }',
      'source: s, missing: { mean: { allow: 1, source: s } } } }',
    );
    expect(proofOf(estimated, 'share >= 50', 'share >= 47')).toBeNull();
  });
});
