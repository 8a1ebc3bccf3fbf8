import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/index.js';
import { sheet } from '../../src/review/sheet.js';

const digest = { scoring: 'a1', document: 'b2' };

/** The sheet of an openly fictional definition. */
function sheetOf(text: string): string {
  const outcome = loadDefinition(text, 'definition.yaml');
  if (outcome._tag === 'Left')
    throw new Error(outcome.left.map(({ line, message }) => `${line} ${message}`).join('\n'));
  return sheet(outcome.right, { digest });
}

const head = `
id: trial
version: "1.2.0"
title: A trial definition, openly fictional
short: TRIAL
domain: functioning
measures: nothing; it tries the sheet
respondent: [self, clinician]
recall: P2W
minutes: 1
licence: { holder: nobody, class: public-domain, terms: none needed, source: book, confidence: verified }
`;
const sources = `
sources:
  book: { title: A fictional book, year: 2026, confidence: verified }
  memory: { title: A fictional memory, confidence: recalled }
`;
const items = `
options: { yes-no: [ { code: "yes", label: "yes", points: 1 }, { code: "no", label: "no", points: 0 }, { code: declined, label: declined, missing: refused } ] }
items:
  q1: { label: first, options: yes-no }
  q2: { label: second | other, options: yes-no, reverse: true, note: "one\\n  and two" }
  q3: { label: third, options: yes-no, loinc: "1234-4" }
`;
const rules = `
skips: [ { if: q1 is no, then: q2..q3, points: 0, source: memory } ]
scores: { total: { formula: sum(q1..q3), range: [0, 3], direction: higher-worse, source: book, missing: { mean: { allow: 1, round: 0, source: memory } } } }
bands: { signs: { of: total, title: Signs, preferred: true, preferred-because: the only scheme, source: book, levels: [ { id: few, label: few signs, from: 0, to: 1, negative: true }, { id: many, label: many signs, from: 2, to: 3, publisher-label: high } ] } }
cut-offs: { two: { when: total >= 2, screens-for: signs, population: nobody, source: book, confidence: recalled, evidence: [ { population: nobody, n: 12, sensitivity: 0.5, source: memory, confidence: recalled } ] } }
flags: { third: { when: q3 >= 1, title: the third, critical: true, response: ask about it now, source: book } }
restrictions: [ { text: Not for anything, source: book } ]
open-questions: [ Whether the book is right ]
pitfalls: [ Adding the points twice ]
`;
const whole = sheetOf(head + items + rules + sources);

describe('the sheet of a definition', () => {
  it('goes from what it is for to its rules, its doubts and its sources', () => {
    expect(whole.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# TRIAL: A trial definition, openly fictional',
      '## What it measures, and for whom',
      '## What it must not be used for',
      '## Licence of the instrument',
      '## Items',
      '## Items that are not asked',
      '## Scores',
      '## Bands: Signs',
      '## Cut-offs',
      '### Evidence for two',
      '## Flags',
      '## Open questions',
      '## Mistakes seen in software',
      '## Sources',
      '## This sheet',
    ]);
  });

  it.each([
    ['a skip', 'q1 is no', 'memory, recalled'],
    ['a score', 'sum(q1..q3)', 'book, verified'],
    ['a missing rule', 'up to 1 missing', '(memory)'],
    ['a cut-off, whose own confidence is lower than that of its source', 'total >= 2', 'book, recalled'],
    ['a figure of a study', '| 0.5 |', 'memory, recalled'],
    ['a flag', 'q3 >= 1', 'book, verified'],
    ['a restriction', 'Not for anything', 'book, verified'],
  ])('prints the source and confidence beside %s', (_, rule, source) => {
    const line = whole.split('\n').find((one) => one.includes(rule));
    expect(line).toContain(source);
  });

  it('prints the source of a band scheme, why it is shown first, and which level reads as negative', () => {
    expect(whole).toContain('`signs`, of total. Source: book, verified. Shown first: the only scheme.');
    expect(whole).toMatch(/\| 0 to 1 \| few \| few signs \| negative \| +\|/);
    expect(whole).toMatch(/\| 2 to 3 \| many \| many signs \| +\| high \|/);
  });

  it('says each rule in words beside the formula', () => {
    expect(whole).toContain('| total | the sum of q1 to q3 | `sum(q1..q3)` |');
    expect(whole).toContain('total is 2 or more `total >= 2`');
  });

  it('shows the points of an item as they count after reversal, and what means missing', () => {
    const line = whole.split('\n').find((one) => one.startsWith('| q2 '));
    expect(line).toContain('yes (0 points); no (1 point); declined (missing: refused)');
    expect(line).toContain('reversed');
  });

  it('keeps a pipe or a line break in a text from breaking its table', () => {
    const line = whole.split('\n').find((one) => one.startsWith('| q2 ')) ?? '';
    expect(line).toContain('second \\| other');
    const columns = (row: string | undefined) => row?.replaceAll('\\|', '').split('|').length;
    const headRow = whole.split('\n').find((one) => one.startsWith('| item '));
    expect(columns(line)).toBe(columns(headRow));
  });

  it('says what is missing of a score without a missing rule', () => {
    const none = sheetOf(head + items + rules.replace(/, missing: \{ mean: .*?\} \}/, '') + sources);
    expect(none).toContain('none: no value while one is missing, only its bounds');
  });

  it('leaves out the columns and sections that have nothing in them', () => {
    const bare = sheetOf(`${head}${items}
scores: { total: { formula: sum(q1..q3), range: [0, 3], source: book } }
sources: { book: { title: A fictional book, confidence: verified } }
`);
    expect(bare).not.toContain('## Flags');
    expect(bare).not.toContain('## Open questions');
    expect(bare).not.toMatch(/^\| score .* reads /m);
  });

  it('ends with version and digests', () => {
    expect(whole).toContain('Definition `trial`, version 1.2.0. Scoring digest `a1`, document digest `b2`.');
    expect(whole.endsWith('\n')).toBe(true);
  });

  it('never invites to edit it by hand', () => {
    expect(whole).toContain('not edited by hand');
  });
});

describe('the sheet of a refused definition', () => {
  it('says why it is not scored and what would change that, and has no rules', () => {
    const text =
      sheetOf(`${head.replace('title:', 'status: refused\nrefused: { reason: The owner forbids it, unlock: leave in writing }\ntitle:')}
sources: { book: { title: A fictional book, confidence: verified } }
`);
    expect(text).toContain('**Not scored by caseness.**');
    expect(text).toContain('Why: The owner forbids it.');
    expect(text).toContain('What would change that: leave in writing.');
    expect(text).toContain('## Licence of the instrument');
    expect(text).not.toMatch(/^## (Items|Scores|Bands|Cut-offs|Flags)/m);
  });
});

describe('the sheet of a checklist', () => {
  it('says first that it is no validated instrument', () => {
    const text = sheetOf(`${head.replace('domain:', 'class: checklist\ndomain:')}${items}
flags: { third: { when: any(q1..q3), title: any of it, critical: false, response: note it, source: book } }
sources: { book: { title: A fictional book, confidence: verified } }
`);
    const [, , , , first] = text.split('\n');
    expect(first).toContain('**A checklist, not a validated instrument.**');
    expect(whole).not.toContain('A checklist');
  });
});

describe('the sheet of a panel', () => {
  it('has the items and rules of each member, with what is its own', () => {
    const text = sheetOf(`${head}
options: { yes-no: [ { code: "yes", label: "yes", points: 1 }, { code: "no", label: "no", points: 0 } ] }
panels:
  plant:
    asked: chosen
    members: { moss: {}, fern: { items: { q2: absent }, ranges: { total: [0, 1] } } }
    items: { q1: { label: first, options: yes-no }, q2: { label: second, options: yes-no } }
    scores: { total: { formula: sum(q1..q2), range: [0, 2], source: book } }
sources: { book: { title: A fictional book, confidence: verified } }
`);
    expect(text).toContain('## Items of moss (plant)');
    expect(text).toContain('## Scores of fern (plant)');
    expect(text).toMatch(/^\| moss\.q2 /m);
    expect(text).not.toMatch(/^\| fern\.q2 /m);
    const [, scoresOfFern = ''] = text.split('## Scores of fern (plant)');
    expect(scoresOfFern).toContain('0 to 1');
  });
});
