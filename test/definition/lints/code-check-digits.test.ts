import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { codeCheckDigits } from '../../../src/definition/lints/code-check-digits.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  codeCheckDigits.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts right LOINC and SNOMED CT check digits', () => {
  expect(
    found(
      edited(edited(example, ['items', 'q1', 'loinc'], '44250-9'), ['codes'], {
        snomed: { score: '720433000' },
        confidence: 'recalled',
        source: 'made-up',
      }),
    ),
  ).toEqual([]);
});

it('refuses a LOINC code with two digits changed over', () => {
  expect(found(edited(example, ['items', 'q1', 'loinc'], '44520-9'))).toEqual(['items.q1.loinc']);
});

it('refuses a SNOMED CT identifier with one digit wrong', () => {
  expect(found(edited(example, ['items', 'q1', 'snomed'], '720433001'))).toEqual(['items.q1.snomed']);
});
