import { type Either, left, mapLeft, right } from 'fp-ts/Either';
import { lowerModel, parseSource } from '../formula/index.js';
import type { Model, ModelProblem, Path } from '../formula/model.js';
import type { Program } from '../instrument/program.js';
import { type LintContext, lints } from './lints/index.js';
import { type DefinitionProblem, type PathProblem, withoutLongWords } from './problem.js';
import { readablePart } from './readable-part.js';
import { restOfModel } from './rest-of-model.js';
import { type Definition, type RefusedDefinition, type ShippedDefinition, schemaFor } from './schema.js';
import { schemaProblems } from './schema-problems.js';
import { toModel } from './to-model.js';
import { tooLarge, tooManyItems } from './written-size.js';
import { forbiddenKey, forbiddenKeys, mostEntries, readYaml } from './yaml-document.js';

/** A definition that can be scored, read, checked and lowered. */
export interface LoadedInstrument {
  readonly status: 'shipped';
  readonly definition: ShippedDefinition;
  /** The definition written out, panels member by member. */
  readonly model: Model;
  readonly program: Program;
  /** One short label for each item of the program. */
  readonly labels: readonly string[];
}

/** A definition that is named and not shipped. */
export interface LoadedRefusal {
  readonly status: 'refused';
  readonly definition: RefusedDefinition;
}

export type LoadedDefinition = LoadedInstrument | LoadedRefusal;

/** Deeper than any formula of a definition stands. */
const deepestFormula = 20;
const formulaKeys = ['formula', 'when', 'if', 'applies-when'] as const;

/** Formula problems name the entry or the formula; the span belongs to the text that it was found in. */
const ofModel = ({ code, where, span, message, didYouMean }: ModelProblem): PathProblem => ({
  code,
  where,
  span,
  message,
  didYouMean,
});

const isFormulaPlace = (path: Path): boolean => formulaKeys.some((key) => key === path.at(-1));

/** `{ formula: round(total, 0), … }`: the comma ends the formula, and what follows it is read as a key. */
const unquoted = ' Inside { … } a comma ends what stands before it: put a formula that has one in quotes.';

/** Problems in the syntax of the formulas of a value that is no definition yet: they need no other part of it. */
const syntaxProblems = (value: unknown, path: Path = [], isCutShort = false): readonly PathProblem[] => {
  if (Array.isArray(value)) return value.flatMap((inner, index) => syntaxProblems(inner, [...path, index]));
  // That a formula is blank is said by the schema.
  if (typeof value === 'string' && isFormulaPlace(path) && value.trim() !== '') {
    const parsed = parseSource(value);
    return parsed._tag === 'Right'
      ? []
      : parsed.left.map(({ code, span, message, didYouMean }) => ({
          code,
          where: path,
          span,
          message: isCutShort && code === 'unclosed' ? message + unquoted : message,
          didYouMean,
        }));
  }
  if (typeof value !== 'object' || value === null || path.length > deepestFormula) return [];
  const entries = Object.entries(value);
  const cut = entries.some(([, inner]) => inner === null);
  return entries.flatMap(([key, inner]) => syntaxProblems(inner, [...path, key], cut));
};

const folderOf = (file: string): string | null => {
  const steps = file.split(/[\\/]/);
  return steps.at(-1) === 'definition.yaml' ? (steps.at(-2) ?? null) : null;
};

const lintProblems = (
  definition: Definition,
  file: string,
  written: Omit<LintContext, 'folder'> = {},
): readonly PathProblem[] =>
  lints.flatMap((lint) =>
    lint
      .check(definition, { folder: folderOf(file), ...written })
      .map((finding) => ({ code: lint.name, ...finding })),
  );

const inOrder = (problems: readonly DefinitionProblem[]): readonly DefinitionProblem[] => {
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => a.line - b.line || a.col - b.col)
    .filter((problem) => {
      // A panel's entry is checked once for each member; what it says is said once.
      const key = JSON.stringify([problem.code, problem.line, problem.col, problem.path]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
};

type Checked = Either<readonly PathProblem[], LoadedDefinition>;

const unlessProblems = (problems: readonly PathProblem[], loaded: LoadedDefinition): Checked =>
  problems.length > 0 ? left(problems) : right(loaded);

const checkShipped = (definition: ShippedDefinition, file: string): Checked => {
  const crowded = tooManyItems(definition);
  if (crowded !== null) return left([crowded]);
  const { model, labels, problems } = toModel(definition);
  const large = tooLarge(model);
  if (large !== null) return left([...problems, ...lintProblems(definition, file), large]);
  const lowered = lowerModel(model);
  const rest =
    lowered._tag === 'Left' ? restOfModel(model, lowered.left) : { problems: [], program: lowered.right };
  const written = rest.program === undefined ? { model } : { model, program: rest.program };
  const found = [...problems, ...lintProblems(definition, file, written)];
  if (lowered._tag === 'Left') {
    // Where an entry could not be written out, what follows from the whole (ranges, levels) would be said of something else.
    const itsOwn = [...lowered.left, ...rest.problems].filter(
      ({ span }) => problems.length === 0 || span !== undefined,
    );
    return left([...found, ...itsOwn.map(ofModel)]);
  }
  return unlessProblems(found, { status: 'shipped', definition, model, labels, program: lowered.right });
};

/** What is wrong with the formulas of a definition of which other parts have the wrong shape. */
const typeProblems = (
  value: unknown,
  found: readonly PathProblem[],
  file: string,
): readonly PathProblem[] => {
  // Without its scores and skips as they stand, nobody knows what a verdict comes to.
  const isWhole = found.every(({ where: [part] }) => part !== 'scores' && part !== 'skips');
  const part = readablePart(value, found);
  const parsed = schemaFor(part).safeParse(part);
  if (!parsed.success || parsed.data.status === 'refused') return [];
  const checked = checkShipped(parsed.data, file);
  if (checked._tag === 'Right') return [];
  return checked.left.filter(({ span, where }) => span !== undefined || (isWhole && isFormulaPlace(where)));
};

const check = (value: unknown, file: string): Checked => {
  const parsed = schemaFor(value).safeParse(value);
  if (!parsed.success) {
    const found = schemaProblems(parsed.error, value);
    return left([...found, ...syntaxProblems(value), ...typeProblems(value, found, file)]);
  }
  const definition = parsed.data;
  return definition.status === 'refused'
    ? unlessProblems(lintProblems(definition, file), { status: 'refused', definition })
    : checkShipped(definition, file);
};

/** What can be said of a file of which some entries could not be read: the shape and each formula by itself. */
const checkRest = (value: unknown): readonly PathProblem[] => {
  const parsed = schemaFor(value).safeParse(value);
  return [...(parsed.success ? [] : schemaProblems(parsed.error, value)), ...syntaxProblems(value)];
};

/**
 * Reads a definition: YAML, schema, formulas, lints. Left: every problem at once, in the order of the file, each with line
 * and column. Where the shape is wrong, formulas are still held against the names that can be read; what needs the whole
 * (ranges, levels, lints) waits until it can be. Never throws, whatever the bytes.
 *
 * `file` is printed in problems; where it ends in `<folder>/definition.yaml`, the id must be that folder.
 *
 * @example
 * import { readFileSync } from 'node:fs';
 * import { formatProblem, loadDefinition } from 'caseness/definition';
 *
 * const file = 'instruments/mental-health/phq-9/definition.yaml';
 * const text = readFileSync(file, 'utf8');
 * const loaded = loadDefinition(text, file);
 * console.assert(loaded._tag === 'Right' && loaded.right.status === 'shipped');
 *
 * const slip = loadDefinition(text.replace('total >= 10', 'totl >= 10'), file);
 * const [first] = slip._tag === 'Left' ? slip.left : [];
 * console.assert(first !== undefined && formatProblem(first).includes("Did you mean 'total'?"));
 */
export const loadDefinition = (
  input: string | Uint8Array,
  file: string,
): Either<readonly DefinitionProblem[], LoadedDefinition> => {
  const { value, problems, place } = readYaml(input, file);
  if (value === undefined) return left(inOrder(problems));
  if (problems.length > 0) return left(inOrder([...problems, ...checkRest(value).map(place)]));
  return mapLeft((found: readonly PathProblem[]) => inOrder(found.map(place)))(check(value, file));
};

/** The data of a literal; `undefined` for what is none: cycles, accessors and proxies that throw, big integers. */
const plainData = (literal: unknown): unknown => {
  try {
    return JSON.parse(JSON.stringify(literal));
  } catch {
    return undefined;
  }
};

/**
 * Checks a definition that was written as a typed literal. Problems have line and column 1, and their path. Never throws,
 * whatever the value.
 *
 * @example
 * import { checkDefinition, type Definition } from 'caseness/definition';
 *
 * const unfinished = { id: 'mine', version: '1.0.0' };
 * const checked = checkDefinition(unfinished as Definition);
 * console.assert(checked._tag === 'Left' && checked.left.some(({ path }) => path === 'licence'));
 */
export const checkDefinition = (
  definition: Definition,
  file = 'definition',
): Either<readonly DefinitionProblem[], LoadedDefinition> =>
  mapLeft((found: readonly PathProblem[]) => inOrder(found.map((problem) => unplaced(problem, file))))(
    checkLiteral(plainData(definition), file),
  );

/** Entries inside a value, counted no further than `most`. */
const entriesIn = (value: unknown, most: number): number => {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const inner of Object.values(value)) {
    if (count > most) break;
    count += 1 + entriesIn(inner, most - count);
  }
  return count;
};

/** Keys that would reach for a prototype: in a file the reader refuses them, and a schema passes over some in silence. */
const forbiddenIn = (value: unknown, path: Path = []): readonly PathProblem[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => {
        const where = [...path, key];
        return forbiddenKeys.includes(key)
          ? [{ code: 'forbidden-key', where, message: forbiddenKey }]
          : forbiddenIn(inner, where);
      });

const checkLiteral = (data: unknown, file: string): Checked => {
  const refuse = (code: string, message: string): Checked => left([{ code, where: [], message }]);
  if (data === undefined) return refuse('not-data', 'a definition is plain data: write it as JSON would.');
  if (entriesIn(data, mostEntries) > mostEntries)
    return refuse('too-long', `more than ${mostEntries} entries: a definition is a few pages; split it.`);
  const forbidden = forbiddenIn(data);
  return forbidden.length > 0 ? left([...forbidden, ...checkRest(data)]) : check(data, file);
};

const unplaced = ({ code, where, message, didYouMean }: PathProblem, file: string): DefinitionProblem => ({
  code,
  file,
  line: 1,
  col: 1,
  path: where.join('.'),
  message: withoutLongWords(message),
  ...(didYouMean === undefined ? {} : { didYouMean }),
});
