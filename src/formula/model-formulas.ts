import { isLeft } from 'fp-ts/Either';
import type {
  FormulaSource,
  Model,
  ModelBand,
  ModelCutOff,
  ModelFlag,
  ModelGate,
  ModelQuantity,
  ModelScore,
  Path,
} from './model.js';
import { CONTEXT_NAMES, type Names, type Report } from './names.js';
import type { VariableIndex } from './normal-form.js';
import { parseSource } from './parse.js';
import type { Syntax } from './syntax.js';
import { condition, namesIn, numeric, type Place } from './type-check.js';
import type { NumberTree, TestTree } from './typed.js';

/** A formula of a definition, the entry that it belongs to, its text and place; `tree`: what it has been read as. */
export interface Formula<Entry, Tree> {
  readonly entry: Entry;
  readonly where: Path;
  readonly text: string;
  readonly tree: Tree;
}

/** Every formula of a definition, in the order of its entries. */
export interface Formulas<Value, Test> {
  readonly scores: readonly Formula<ModelScore, Value>[];
  readonly quantities: readonly Formula<ModelQuantity, Value>[];
  readonly gates: readonly Formula<ModelGate, Test>[];
  readonly cutOffs: readonly {
    readonly when: Formula<ModelCutOff, Test>;
    readonly applies: Formula<ModelCutOff, Test> | null;
  }[];
  readonly flags: readonly Formula<ModelFlag, Test>[];
  /** By level, `null` where it has no condition. */
  readonly bands: readonly {
    readonly entry: ModelBand;
    readonly levels: readonly (Formula<ModelBand, Test> | null)[];
  }[];
}

type Parsed = Formulas<Syntax | null, Syntax | null>;

/** Parses every formula of a definition; `null` where one could not be read, which was reported. */
export function parseAll(model: Model, report: Report): Parsed {
  const parse = <E>(entry: E, formula: FormulaSource, where: Path): Formula<E, Syntax | null> => {
    const parsed = parseSource(formula);
    if (isLeft(parsed)) {
      for (const { branch, ...problem } of parsed.left) {
        report({ ...problem, where: branch === undefined ? where : [...where, branch] });
      }
    }
    return { entry, where, text: textOf(formula), tree: isLeft(parsed) ? null : parsed.right };
  };
  return {
    scores: model.scores.map((one) => parse(one, one.formula, [...one.where, 'formula'])),
    quantities: model.quantities.map((one) => parse(one, one.formula, [...one.where, 'formula'])),
    gates: model.gates.map((one) => parse(one, one.if, [...one.where, 'if'])),
    cutOffs: model.cutOffs.map((one) => ({
      when: parse(one, one.when, [...one.where, 'when']),
      applies: one.applies === undefined ? null : parse(one, one.applies, [...one.where, 'applies-when']),
    })),
    flags: model.flags.map((one) => parse(one, one.when, [...one.where, 'when'])),
    bands: model.bands.map((entry) => ({
      entry,
      levels: entry.levels.map((level) =>
        level.when === undefined ? null : parse(entry, level.when, [...level.where, 'when']),
      ),
    })),
  };
}

function textOf(source: FormulaSource): string {
  if (typeof source === 'string') return source;
  const branches = Object.entries(source.branches).map(([name, text]) => `, ${name}: ${text}`);
  return `{ by: ${source.by}${branches.join('')} }`;
}

/** The same formulas with another tree each. */
function mapFormulas<V, T, W, U>(
  formulas: Formulas<V, T>,
  value: (one: Formula<{ readonly member?: string }, V>) => W,
  test: (one: Formula<{ readonly member?: string }, T>) => U,
): Formulas<W, U> {
  const asValue = <E extends { readonly member?: string }>(one: Formula<E, V>) => ({
    ...one,
    tree: value(one),
  });
  const asTest = <E extends { readonly member?: string }>(one: Formula<E, T>) => ({
    ...one,
    tree: test(one),
  });
  return {
    scores: formulas.scores.map(asValue),
    quantities: formulas.quantities.map(asValue),
    gates: formulas.gates.map(asTest),
    cutOffs: formulas.cutOffs.map(({ when, applies }) => ({
      when: asTest(when),
      applies: applies && asTest(applies),
    })),
    flags: formulas.flags.map(asTest),
    bands: formulas.bands.map(({ entry, levels }) => ({
      entry,
      levels: levels.map((one) => one && asTest(one)),
    })),
  };
}

/** The context facts that some formula names. */
export function contextRead(formulas: Parsed): ReadonlySet<string> {
  const named = new Set<string>();
  const gather = ({ tree }: Formula<unknown, Syntax | null>): void => {
    for (const name of tree === null ? [] : namesIn(tree)) named.add(name);
  };
  mapFormulas(formulas, gather, gather);
  return new Set(CONTEXT_NAMES.filter((fact) => named.has(fact)));
}

/** Checks the types of every formula; `null` where there is a problem, which was reported. `read` is told of each item read. */
export function typeCheckAll(
  formulas: Parsed,
  names: Names,
  report: Report,
  read: (variable: VariableIndex) => void,
): Formulas<NumberTree | null, TestTree | null> {
  const placeOf = ({ where, entry }: Formula<{ readonly member?: string }, unknown>): Place => ({
    names,
    where,
    member: entry.member,
    keying: undefined,
    report,
    read,
  });
  return mapFormulas(
    formulas,
    (one) => one.tree && numeric(one.tree, placeOf(one)),
    (one) => one.tree && condition(one.tree, placeOf(one)),
  );
}
