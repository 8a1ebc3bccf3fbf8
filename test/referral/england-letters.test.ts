import { isLeft } from 'fp-ts/Either';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Letter, letterFor, type Pathway, recommend } from '../../src/referral/index.js';
import { realLibrary } from '../cli/real-instruments.js';
import { readingAge, syllables } from './readability.js';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await realLibrary().pathway('england-probation');
});

const JARGON =
  /\b(?:referral|refer|screen|score|assess\w*|intervention|safeguarding|caseness|clinic(?:al|ian)|provision|CMHT|IAPT|IDVA|MARAC|OPD|CAS3|PHQ|AUDIT|dependence|disorder|depress\w*|psychosis|symptom\w*)\b/i;

const words = ({ title, blocks }: Letter): string =>
  [title, ...blocks.flatMap((block) => (block.kind === 'list' ? block.items : [block.text]))].join('\n');

/** Somebody for whom everything fires that facts alone can make fire. */
const everything = () => ({
  ...Object.fromEntries(
    pathway.facts.flatMap((fact) => (fact.type === 'boolean' ? [[fact.id, true] as const] : [])),
  ),
  'registered-with-gp': false,
  'gambling-asked': false,
  housing: 'no-fixed-address',
  opioids: 'current',
  sex: 'female',
  age: 45,
  'units-per-day': 30,
});

describe('the measure of reading', () => {
  it('counts syllables', () => {
    expect(
      ['cat', 'make', 'doctor', 'naloxone', 'needles', 'alcohol', 'helped', 'you'].map(syllables),
    ).toEqual([1, 1, 2, 3, 2, 3, 1, 1]);
  });
  it('finds a hard text hard and an easy one easy', () => {
    expect(readingAge('The cat sat on the mat. We will help you.')).toBeLessThan(8);
    expect(
      readingAge('Comprehensive multidisciplinary psychological assessment necessitates authorisation.'),
    ).toBeGreaterThan(18);
  });
});

describe('what a person in England reads', () => {
  it('is plain: a reading age of about nine for the letter with everything in it', () => {
    const plan = recommend(pathway, { asOf: '2026-11-24', forms: [] }, everything());
    const letter = letterFor(plan, pathway, 'person');
    if (isLeft(letter)) throw new Error(letter.left.message);
    expect(plan.recommendations.length).toBeGreaterThan(20);
    expect(readingAge(words(letter.right))).toBeLessThan(9.5);
  });

  it('is plain in each of its texts, without the words of the trade', () => {
    const texts = [
      ...Object.values(pathway.services).map(({ plain }) => plain),
      ...pathway.rules.flatMap(({ plain }) => plain ?? []),
      ...Object.values(pathway.urgencies).map(({ plain }) => plain),
      pathway.letters.safetyNet,
    ];
    expect(texts.filter((text) => JARGON.test(text))).toEqual([]);
    const hard = texts.filter((text) => text.split(' ').length > 6 && readingAge(text) > 13);
    expect(hard).toEqual([]);
  });

  it('never says that a person has a condition, nor how great a danger is [H08] [H09]', () => {
    const plan = recommend(pathway, { asOf: '2026-11-24', forms: [] }, everything());
    for (const to of ['gp', 'person', 'navigator'] as const) {
      const letter = letterFor(plan, pathway, to);
      if (isLeft(letter)) throw new Error(letter.left.message);
      expect(words(letter.right)).not.toMatch(
        /\b(?:low|no|medium|high)[ -]risk\b|you have [a-z]+(?:ia|sis|ism)\b|diagnosed/i,
      );
    }
  });

  it('leaves domestic abuse and safeguarding out of the letter that comes home', () => {
    const plan = recommend(
      pathway,
      { asOf: '2026-11-24', forms: [] },
      { 'abuse-disclosed': true, 'consent-to-refer': true },
    );
    const letter = letterFor(plan, pathway, 'person');
    if (isLeft(letter)) throw new Error(letter.left.message);
    expect(words(letter.right)).not.toMatch(/hurts or scares|keep people from harm|abuse|someone at home/i);
    expect(letter.right.leftOut.join()).toMatch(/Domestic-abuse/);
  });
});
