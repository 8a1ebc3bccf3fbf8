import { labels, verdictLabels } from './entries.js';
import type { Lint } from './lint.js';

const longestLabel = 60;
const longestVerdict = 100;

export const labelsAreShort: Lint = {
  name: 'labels-are-short',
  description: 'labels are a few words of our own, never the wording of a question',
  check: (definition) =>
    [
      ...labels(definition).map((label) => ({ ...label, longest: longestLabel })),
      ...verdictLabels(definition).map((label) => ({ ...label, longest: longestVerdict })),
    ]
      .filter(({ text, longest }) => text.length > longest || /[?\n]/.test(text))
      .map(({ where, longest }) => ({
        where,
        message: `at most ${longest} characters, one line and no question mark here: a few words of our own, never the validated wording.`,
      })),
};
