/** A small measure of how hard a text is to read: Flesch and Kincaid's grade, and the age at which English schools teach it. */

/** Syllables by groups of vowels; a silent `e` at the end does not count. */
export const syllables = (word: string): number => {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  if (letters === '') return 1;
  const groups = letters
    .replace(/(?:[^laeiouy]es|[^laeiouy]e|ed)$/, (end) => (end === 'ed' ? 'd' : (end[0] ?? '')))
    .match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 0);
};

/** Words that name something and cannot be made simpler. */
const NAMES = /\b(?:GP|A&E|ID|ADHD|NHS)\b/g;

/** The reading age of a text in years: the grade of Flesch and Kincaid (1975), and five. */
export const readingAge = (text: string): number => {
  const plain = text
    .replace(NAMES, 'it')
    .replace(/\([^()]*\)/g, '')
    .replace(/\d[\d-]*/g, 'ten');
  const sentences = plain.split(/[.!?:\n]+/).filter((each) => /[a-z]/i.test(each));
  const words = sentences.flatMap((each) => each.match(/[a-z']+/gi) ?? []);
  const count = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (count / words.length) - 15.59 + 5;
};
