import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What was written and what was removed. */
export interface Changes {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

const filesUnder = (folder: string, inside = ''): readonly string[] =>
  existsSync(join(folder, inside))
    ? readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? filesUnder(folder, join(inside, entry.name)) : [join(inside, entry.name)],
      )
    : [];

/** Makes `folder` hold these files and no other; a file whose content is the same is left alone. */
export const putFiles = (folder: string, files: ReadonlyMap<string, string>): Changes => {
  const removed = filesUnder(folder).filter((path) => !files.has(path));
  for (const path of removed) rmSync(join(folder, path));
  const written = [...files].flatMap(([path, content]) => {
    const target = join(folder, path);
    if (existsSync(target) && readFileSync(target, 'utf8') === content) return [];
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    return [path];
  });
  return { written, removed };
};
