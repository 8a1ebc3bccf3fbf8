import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Cases,
  type DefinitionProblem,
  exportName,
  type LoadedDefinition,
  loadCases,
  loadDefinition,
} from '../../src/definition/index.js';

/** One definition and the file that it was read from. */
interface ReadDefinition {
  readonly file: string;
  readonly loaded: LoadedDefinition;
  /** `null` where there are none beside it. */
  readonly cases: Cases | null;
}

/** What one folder holds. */
interface FolderRead {
  readonly read: readonly ReadDefinition[];
  readonly problems: readonly DefinitionProblem[];
}

/** Every definition that could be read, in order of id, and every problem of all. */
export interface Definitions {
  readonly loaded: readonly LoadedDefinition[];
  /** By id of the instrument. */
  readonly cases: ReadonlyMap<string, Cases>;
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

const readFolder = (folder: string): FolderRead => {
  const file = join(folder, 'definition.yaml');
  const definition = loadDefinition(readFileSync(file), file);
  if (definition._tag === 'Left') return { read: [], problems: definition.left };
  const loaded = definition.right;
  const casesFile = join(folder, 'cases.yaml');
  if (loaded.status === 'refused' || !existsSync(casesFile))
    return { read: [{ file, loaded, cases: null }], problems: [] };
  const cases = loadCases(readFileSync(casesFile), casesFile, loaded);
  return cases._tag === 'Left'
    ? { read: [{ file, loaded, cases: null }], problems: cases.left }
    : { read: [{ file, loaded, cases: cases.right }], problems: [] };
};

const exportTwice = (all: readonly ReadDefinition[]): readonly DefinitionProblem[] =>
  all.flatMap(({ file, loaded }, index) => {
    const name = exportName(loaded.definition);
    const first = all.findIndex((other) => exportName(other.loaded.definition) === name);
    if (first === index) return [];
    const other = all[first]?.loaded.definition.id ?? '';
    return [
      atStart(file, 'export-twice', 'export', `\`${name}\` is the export of ${other} too: rename one.`),
    ];
  });

type Shipped = Extract<LoadedDefinition, { status: 'shipped' }>;

/** An item's codes and points, in one text. */
const codesOf = ({ model }: Shipped, id: string): string => {
  const item = model.items.find((one) => one.id === id);
  return item?.kind === 'choice' ? JSON.stringify([item.options, item.missing]) : (item?.kind ?? 'none');
};

/** What a definition says of a short form, held against the short form's own definition where there is one. */
const containsProblems = (all: readonly ReadDefinition[]): readonly DefinitionProblem[] =>
  all.flatMap(({ file, loaded: long }) =>
    long.status === 'refused'
      ? []
      : Object.entries(long.definition.contains ?? {}).flatMap(([id, { items, editions }]) => {
          const short = all.find(({ loaded }) => loaded.definition.id === id)?.loaded;
          if (short === undefined || short.status === 'refused') return [];
          const known = short.model.items.map((item) => item.id);
          const unknown = Object.keys(items).filter((item) => !known.includes(item));
          const edition = short.definition.edition?.id;
          const other = Object.values(editions ?? {}).filter((theirs) => theirs !== edition);
          const report = (message: string): DefinitionProblem =>
            atStart(file, 'contains', `contains.${id}`, message);
          const otherCodes = Object.entries(items).filter(
            ([theirs, ours]) => !unknown.includes(theirs) && codesOf(short, theirs) !== codesOf(long, ours),
          );
          return [
            ...unknown.map((item) => report(`${id} has no item \`${item}\`.`)),
            ...otherCodes.map(([theirs, ours]) =>
              report(
                `${id}'s \`${theirs}\` and our \`${ours}\` have other codes or points: an answer would be carried over as another one.`,
              ),
            ),
            ...other.map((theirs) =>
              report(`${id} is no edition \`${theirs}\` but \`${edition ?? 'none'}\`.`),
            ),
          ];
        }),
  );

/** Reads every definition and its cases under `root`. */
export const readDefinitions = (root: string): Definitions => {
  const folders = instrumentFolders(root).map(readFolder);
  const all = folders
    .flatMap(({ read }) => read)
    .sort((a, b) => (a.loaded.definition.id < b.loaded.definition.id ? -1 : 1));
  return {
    loaded: all.map(({ loaded }) => loaded),
    cases: new Map(
      all.flatMap(({ loaded, cases }) => (cases === null ? [] : [[loaded.definition.id, cases] as const])),
    ),
    problems: [...folders.flatMap(({ problems }) => problems), ...exportTwice(all), ...containsProblems(all)],
  };
};
