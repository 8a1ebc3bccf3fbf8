import { instrumentFromYaml } from '../../src/definition/index.js';
import type { Instrument } from '../../src/instrument/index.js';

const HEAD = `
id: trial
version: "1.0.0"
title: A trial definition, openly fictional
short: TRIAL
domain: functioning
measures: nothing; it tries the language
respondent: [self]
recall: P2W
minutes: 1
licence: { holder: nobody, class: public-domain, terms: none needed, source: s, confidence: verified, seen: "2026-11-24" }
sources:
  s: { title: A fictional source, year: 2026, confidence: verified }
`;

const OPTIONS: Readonly<Record<string, string>> = {
  four: `[ { code: "0", label: none }, { code: "1", label: a little }, { code: "2", label: some }, { code: "3", label: much } ]`,
  answer: `[ { code: "yes", label: "yes", points: 1 }, { code: "no", label: "no", points: 0 }, { code: declined, label: declined, missing: refused } ]`,
  count: `[ { code: "0", label: none }, { code: "2", label: two }, { code: unknown, label: not known, points: [1, 3] } ]`,
};

/** Three items of 0 to 3, for a body that needs no more of them. */
export const THREE_ITEMS = `items:
  q1: { label: one, options: four }
  q2: { label: two, options: four }
  q3: { label: three, options: four }`;

/** An instrument from the part of a definition that a test is about; the rest is the same openly fictional head. */
export function define(body: string): Instrument {
  const used = Object.entries(OPTIONS).filter(([id]) => body.includes(`options: ${id}`));
  const options =
    used.length === 0 ? '' : `options:\n${used.map(([id, set]) => `  ${id}: ${set}`).join('\n')}`;
  const outcome = instrumentFromYaml(`${HEAD}${options}\n${body}`);
  if (outcome._tag === 'Left') {
    throw new Error(outcome.left.map(({ line, col, message }) => `${line}:${col} ${message}`).join('\n'));
  }
  return outcome.right;
}
