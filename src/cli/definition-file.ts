import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A word that can be an id, and no path. */
const isId = (word: string): boolean => /^[a-z0-9][a-z0-9.-]*$/.test(word) && !/\.(ya?ml|json)$/.test(word);

/**
 * The file that a word on the command line means: the word itself where there is such a file; else, in a folder that holds
 * `instruments/`, the definition or the pathway with that id. The word as it is where neither is there.
 */
export const definitionFileOf = async (word: string): Promise<string> => {
  if (!isId(word) || (await isThere(word))) return word;
  const folders = await readdir('instruments').catch((): readonly string[] => []);
  for (const folder of [...folders].sort())
    for (const name of ['definition.yaml', 'pathway.yaml']) {
      const path = join('instruments', folder, word, name);
      if (await isThere(path)) return path;
    }
  return word;
};

/** What to add where a file is not there and an id was meant; nothing for a path. */
export const insteadOfId = (word: string): string =>
  isId(word) ? '; give the path of a definition.yaml, or an id where the folder instruments/ is' : '';
