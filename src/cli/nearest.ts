import { closest } from '../formula/spelling.js';

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The known name that was probably meant: the same but for case, spaces and punctuation (`PHQ9`), or a few slips away. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const candidates = [...known];
  const wanted = name.length <= 100 ? bare(name) : '';
  const same = wanted === '' ? undefined : candidates.find((candidate) => bare(candidate) === wanted);
  return same ?? closest(name, candidates);
};
