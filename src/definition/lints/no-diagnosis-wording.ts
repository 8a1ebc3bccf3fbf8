import { verdictWords } from './entries.js';
import type { Lint } from './lint.js';

const condition =
  '(?:major |severe |mild |moderate |an? |clinical )*(?:depress\\w+|anxiety|ptsd|adhd|autis\\w+|dementia|psychosis|psychotic|alcoholi\\w+|addict\\w*|alcohol dependence|drug dependence|[\\w-]+ disorder|disorder|brain injury|learning disabilit\\w+|suicidal)';
const diagnosis = new RegExp(
  `\\b(?:diagnosed|diagnosis of|suffers? from|confirms|(?:has|have|is|are) ${condition})\\b`,
  'i',
);

export const noDiagnosisWording: Lint = {
  name: 'no-diagnosis-wording',
  description: 'a result says what a screen found, never that somebody has a disorder',
  check: (definition) =>
    verdictWords(definition)
      .filter(({ text }) => diagnosis.test(text))
      .map(({ where }) => ({
        where,
        message:
          'this reads as a diagnosis: say what was found and what is needed (screen positive, assess).',
      })),
};
