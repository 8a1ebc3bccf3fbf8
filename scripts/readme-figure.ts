import { readFileSync } from 'node:fs';

/** A count as README.md prints it: `7,865`. */
export const counted = (count: number): string => count.toLocaleString('en-GB');

/**
 * Whether README.md says what a whole run has found, word for word; where it does not, prints what it should say. A figure
 * that nobody holds against a run is soon another.
 */
export const isInReadme = (figure: string): boolean => {
  const says = readFileSync('README.md', 'utf8').includes(`| ${figure} |`);
  if (!says) console.error(`README.md has another figure: its table should say '${figure}'`);
  return says;
};
