import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DefinitionProblem,
  exportName,
  type LoadedDefinition,
  loadCases,
  loadDefinition,
} from '../../src/definition/index.js';

/** Every definition that could be read, in order of id, and every problem of all. */
export interface Definitions {
  readonly loaded: readonly LoadedDefinition[];
  readonly problems: readonly DefinitionProblem[];
}

const foldersIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name))
        .sort()
    : [];

/** Folders of instruments: `<root>/<domain folder>/<id>`, those of pathways left out. */
export const instrumentFolders = (root: string): readonly string[] =>
  foldersIn(root)
    .filter((folder) => folder !== join(root, 'pathways'))
    .flatMap(foldersIn)
    .filter((folder) => existsSync(join(folder, 'definition.yaml')));

const atStart = (file: string, code: string, path: string, message: string): DefinitionProblem => ({
  code,
  file,
  line: 1,
  col: 1,
  path,
  message,
});

const readFolder = (folder: string): Definitions => {
  const file = join(folder, 'definition.yaml');
  const definition = loadDefinition(readFileSync(file), file);
  if (definition._tag === 'Left') return { loaded: [], problems: definition.left };
  const loaded = definition.right;
  const casesFile = join(folder, 'cases.yaml');
  if (loaded.status === 'refused') return { loaded: [loaded], problems: [] };
  if (!existsSync(casesFile)) {
    const message = 'there is no cases.yaml beside it: a definition ships with expectations of its own.';
    return { loaded: [loaded], problems: [atStart(file, 'no-cases', '', message)] };
  }
  const cases = loadCases(readFileSync(casesFile), casesFile, loaded);
  return { loaded: [loaded], problems: cases._tag === 'Left' ? cases.left : [] };
};

const exportTwice = (loaded: readonly LoadedDefinition[]): readonly DefinitionProblem[] =>
  loaded.flatMap(({ definition }, index) => {
    const name = exportName(definition);
    const first = loaded.findIndex((other) => exportName(other.definition) === name);
    if (first === index) return [];
    const other = loaded[first]?.definition.id ?? '';
    return [
      atStart(definition.id, 'export-twice', 'export', `\`${name}\` is the export of ${other} too: rename one.`),
    ];
  });

/** What a definition says of a short form, held against the short form's own definition where there is one. */
const containsProblems = (loaded: readonly LoadedDefinition[]): readonly DefinitionProblem[] =>
  loaded.flatMap((long) =>
    long.status === 'refused'
      ? []
      : Object.entries(long.definition.contains ?? {}).flatMap(([id, { items, editions }]) => {
          const short = loaded.find(({ definition }) => definition.id === id);
          if (short === undefined || short.status === 'refused') return [];
          const known = short.model.items.map((item) => item.id);
          const unknown = Object.keys(items).filter((item) => !known.includes(item));
          const edition = short.definition.edition?.id;
          const other = Object.values(editions ?? {}).filter((theirs) => theirs !== edition);
          const report = (message: string): DefinitionProblem =>
            atStart(long.definition.id, 'contains', `contains.${id}`, message);
          return [
            ...unknown.map((item) => report(`${id} has no item \`${item}\`.`)),
            ...other.map((theirs) => report(`${id} is no edition \`${theirs}\` but \`${edition ?? 'none'}\`.`)),
          ];
        }),
  );

/** Reads every definition and its cases under `root`. */
export const readDefinitions = (root: string): Definitions => {
  const read = instrumentFolders(root).map(readFolder);
  const loaded = read
    .flatMap((one) => one.loaded)
    .sort((a, b) => (a.definition.id < b.definition.id ? -1 : 1));
  return {
    loaded,
    problems: [...read.flatMap((one) => one.problems), ...exportTwice(loaded), ...containsProblems(loaded)],
  };
};
