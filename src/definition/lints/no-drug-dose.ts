import { allTexts } from './entries.js';
import type { Lint } from './lint.js';

// Units of alcohol, grams of a drink and kilograms of a body are no doses.
const dose =
  /\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|μg|micrograms?|milligrams?|international units|iu)\b|\b\d+\s?(?:tablets?|capsules?)\b/i;

export const noDrugDose: Lint = {
  name: 'no-drug-dose',
  description: 'no text holds the dose of a drug',
  check: (definition) =>
    allTexts(definition)
      .filter(({ text }) => dose.test(text))
      .map(({ where }) => ({
        where,
        message: 'this reads as the dose of a drug: say what to do without it; doses belong to prescribers.',
      })),
};
