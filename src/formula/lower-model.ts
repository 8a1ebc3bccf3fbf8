import { type Either, isLeft, left, right } from 'fp-ts/Either';
import { checkProgram } from './check-program.js';
import { scoreValue } from './comparisons.js';
import type { Condition } from './conditions.js';
import { exactScore, exactVerdict, reportLeftOpen, reportTooLarge } from './exact.js';
import { asQuotient } from './linear.js';
import { bandOf } from './lower-bands.js';
import { lowerNumber, lowerTest, whereAdministered } from './lower-formula.js';
import { gateOf, gateTargets } from './lower-gates.js';
import { blankForm, type LoweredScore, type Lowering, scaledNode } from './lowering.js';
import { sizeOfPolynomial } from './magnitudes.js';
import type { Model, ModelFlag, ModelGate, ModelProblem, ModelQuantity, ModelScore, Path } from './model.js';
import { contextRead, type Formula, type Formulas, parseAll, typeCheckAll } from './model-formulas.js';
import { findName, gatherNames, memberIndex, type Names, type Report } from './names.js';
import type {
  CutOffProgram,
  FlagProgram,
  Gate,
  MemberProgram,
  Program,
  QuantityProgram,
  ScoreProgram,
  VariableIndex,
  Verdict,
} from './normal-form.js';
import { type Quotient, toMonomials, wholeMonomials } from './polynomials.js';
import { suggestion } from './spelling.js';
import type { NumberTree, TestTree } from './typed.js';

/** Every formula with its types checked and none in error. */
type Checked = Formulas<NumberTree, TestTree>;

/**
 * Lowers a definition's formulas to the normal form: names resolved, arithmetic exact on whole numbers, and for each
 * verdict the pivots that make it exact on every half-filled form; then holds the whole against what the definition says
 * of itself (ranges, levels, dead verdicts, stops). Left: every problem found, each with the path of its entry and, inside
 * a formula, the place in its text. The whole is looked at once each formula is right by itself.
 */
export function lowerModel(model: Model): Either<readonly ModelProblem[], Program> {
  const lowered = lowerFormulas(model);
  if (isLeft(lowered)) return lowered;
  const { program, scores } = lowered.right;
  const problems: ModelProblem[] = [];
  checkProgram(model, program, scores, (problem) => {
    problems.push(problem);
  });
  return problems.length > 0 ? left(problems) : right(program);
}

/** A program whose formulas are right one by one. */
export interface Lowered {
  readonly program: Program;
  /** The definition's entry of each score of the program. */
  readonly scores: readonly ModelScore[];
}

/** As `lowerModel`, without the checks on the definition as a whole. */
export function lowerFormulas(model: Model): Either<readonly ModelProblem[], Lowered> {
  const problems: ModelProblem[] = [];
  const report: Report = (problem) => {
    problems.push(problem);
  };
  const parsed = parseAll(model, report);
  const names = gatherNames(model, contextRead(parsed), report);
  checkKeyings(model, names, report);
  checkTables(model, report);
  const read = new Set<VariableIndex>();
  const checked = typeCheckAll(parsed, names, report, (variable) => read.add(variable));
  const targets = model.gates.map((gate) => gateTargets(gate, names, report));
  const order = dependencyOrder(checked, report);
  if (problems.length > 0) return left(problems);
  checkUse(names, read, report);
  // A formula without a tree was reported.
  const program = lowerAll(model, names, checked as Checked, targets, order, report);
  if (program === null || problems.length > 0) return left(problems);
  const scores = order.flatMap(({ kind, at }) => (kind === 'score' ? [model.scores[at] as ModelScore] : []));
  return right({ program, scores });
}

function checkKeyings(model: Model, names: Names, report: Report): void {
  for (const [keying, items] of Object.entries(model.keyings)) {
    for (const [id, points] of Object.entries(items)) {
      const where = ['keyings', keying, id];
      const entity = names.entities.get(id);
      const item = entity?.kind === 'item' ? entity.facts.item : null;
      if (item?.kind !== 'choice') {
        const { sentence, field } = suggestion(id, names.entities.keys());
        const message = `Keying '${keying}' names '${id}', which is no item with options.${sentence}`;
        report({ code: 'unknown-name', where, message, ...field });
      } else if (points.length !== item.options.length) {
        report({
          code: 'keying-length',
          where,
          message: `'${id}' has ${item.options.length} options that score, and keying '${keying}' gives ${points.length} points: give one for each.`,
        });
      }
    }
  }
}

function checkTables(model: Model, report: Report): void {
  for (const [id, { rows, where }] of Object.entries(model.tables)) {
    if (rows.length === 0) {
      report({ code: 'table-keys', where, message: `Table '${id}' has no rows.` });
    }
    rows.forEach(([key], i) => {
      const before = rows[i - 1];
      if (before === undefined || key > before[0]) return;
      report({
        code: 'table-keys',
        where: [...where, 'rows', i],
        message: `The keys of table '${id}' must ascend, each once: ${key} stands after ${before[0]}.`,
      });
    });
  }
}

/** A score or quantity, by its index in the model. */
interface Valued {
  readonly kind: 'score' | 'quantity';
  readonly at: number;
}

/** Scores and quantities in an order in which each can be worked out; a circle is a problem. */
function dependencyOrder(
  { scores, quantities }: Formulas<NumberTree | null, TestTree | null>,
  report: Report,
): readonly Valued[] {
  const state = new Map<string, 'open' | 'done'>();
  const order: Valued[] = [];
  const visit = (one: Valued, from: Path): void => {
    const { kind, at } = one;
    const key = `${kind} ${at}`;
    const before = state.get(key);
    if (before === 'done') return;
    // A tree that reads an entry was made of the names of the model's entries.
    const { entry, tree, where } = (kind === 'score' ? scores : quantities)[at] as Formula<
      ModelScore | ModelQuantity,
      NumberTree | null
    >;
    if (before === 'open') {
      const message = `'${entry.id}' is worked out from itself, by way of this formula.`;
      report({ code: 'circular', where: from, message });
      return;
    }
    state.set(key, 'open');
    for (const read of tree === null ? [] : valuesRead(tree)) visit(read, where);
    state.set(key, 'done');
    order.push(one);
  };
  for (const [at, { where }] of scores.entries()) visit({ kind: 'score', at }, where);
  for (const [at, { where }] of quantities.entries()) visit({ kind: 'quantity', at }, where);
  return order;
}

/** The scores and quantities that a formula names itself. */
const valuesRead = (tree: NumberTree | TestTree): readonly Valued[] =>
  namedIn(tree).flatMap((one) =>
    one.kind === 'score' || one.kind === 'quantity' ? [{ kind: one.kind, at: one.at }] : [],
  );

type Leaf = Extract<
  NumberTree | TestTree,
  { readonly kind: 'score' | 'quantity' | 'points' | 'measurement' | 'choice' }
>;

/** Everything that a formula names, as often as it stands there. */
function namedIn(tree: NumberTree | TestTree): readonly Leaf[] {
  switch (tree.kind) {
    case 'constant':
      return [];
    case 'score':
    case 'quantity':
    case 'points':
    case 'measurement':
    case 'choice':
      return [tree];
    case 'sum':
    case 'mean':
    case 'max':
    case 'min':
    case 'count':
    case 'and':
    case 'or':
      return tree.of.flatMap(namedIn);
    case 'negate':
    case 'not':
    case 'round':
    case 'table':
    case 'of-member':
    case 'of-item':
      return namedIn(tree.of);
    case 'product':
    case 'quotient':
    case 'compare':
      return [...namedIn(tree.left), ...namedIn(tree.right)];
    case 'if':
      return [...namedIn(tree.test), ...namedIn(tree.then), ...namedIn(tree.else)];
  }
}

/** The items that a score is made of, also where one of them cannot move it: those named, here and in what is named here. */
function itemsOfScore(at: number, formulas: Checked, model: Model): readonly VariableIndex[] {
  const items = new Set<VariableIndex>();
  const seen = new Set<NumberTree>();
  const visit = (tree: NumberTree): void => {
    if (seen.has(tree)) return;
    seen.add(tree);
    for (const one of namedIn(tree)) {
      // A tree that reads an entry was made of the names of the model's entries.
      if (one.kind === 'score') visit((formulas.scores[one.at] as Formula<ModelScore, NumberTree>).tree);
      else if (one.kind === 'quantity')
        visit((formulas.quantities[one.at] as Formula<ModelQuantity, NumberTree>).tree);
      else if (one.variable < model.items.length) items.add(one.variable);
    }
  };
  visit((formulas.scores[at] as Formula<ModelScore, NumberTree>).tree);
  return [...items].sort((a, b) => a - b);
}

/** Each item is read by a formula or says why it is not scored. */
function checkUse(names: Names, read: ReadonlySet<VariableIndex>, report: Report): void {
  names.facts.forEach(({ item }, variable) => {
    if (item === null || (item.unscored === undefined) === read.has(variable)) return;
    report(
      item.unscored === undefined
        ? {
            code: 'unread-item',
            where: item.where,
            message: `No formula reads '${item.id}': use it, or say why not with 'unscored: ...'.`,
          }
        : {
            code: 'unscored-read',
            where: item.where,
            message: `'${item.id}' says that it is not scored, and a formula reads it: remove 'unscored', or the item from the formula.`,
          },
    );
  });
}

/** `null` where some formula does not lower; each problem was reported. */
function lowerAll(
  model: Model,
  names: Names,
  formulas: Checked,
  targets: readonly (readonly VariableIndex[])[],
  order: readonly Valued[],
  report: Report,
): Program | null {
  const lowering = startLowering(names, targets, report);
  const lowered = order.map(({ kind, at }) =>
    (kind === 'score' ? lowerScore : lowerQuantity)(at, formulas, lowering),
  );
  if (lowered.includes(false)) return null;
  const gates: Gate[] = [];
  for (const [i, formula] of formulas.gates.entries()) {
    const aboutItems = targets[i] as readonly VariableIndex[];
    const verdict = gateVerdict(formula, aboutItems, gates, lowering);
    const gate = verdict && gateOf(formula.entry, formula.text, verdict, aboutItems, gates, lowering);
    if (gate !== null) gates.push(gate);
  }
  return {
    variables: lowering.variables,
    items: model.items.length,
    members: model.members.map(({ panel, id, asked }): MemberProgram => ({ panel, id, asked })),
    accumulators: lowering.accumulators,
    gates,
    scores: order.flatMap(({ kind, at }) =>
      kind === 'score' ? [scoreProgram(at, formulas, gates, lowering)] : [],
    ),
    quantities: formulas.quantities.map((one, at) => quantityProgram(one, at, gates, lowering)),
    bands: formulas.bands.flatMap(({ entry, levels }) => {
      const conditions = levels.map((one) => one && lowerTest(one.tree, { lowering, where: one.where }));
      const band = bandOf(entry, conditions, gates, lowering);
      return band === null ? [] : [{ ...band, ...ofMember(entry, model) }];
    }),
    cutOffs: formulas.cutOffs.flatMap((one) => cutOffProgram(one, gates, lowering) ?? []),
    flags: formulas.flags.flatMap((one) => flagProgram(one, gates, lowering) ?? []),
  };
}

function startLowering(
  names: Names,
  targets: readonly (readonly VariableIndex[])[],
  report: Report,
): Lowering {
  const dropped = names.model.gates.flatMap(({ effect }, i) =>
    effect.kind === 'not-applicable' ? (targets[i] as readonly VariableIndex[]) : [],
  );
  return {
    names,
    variables: names.facts.map(({ variable }) => variable),
    accumulators: [],
    scores: new Map(),
    quantities: new Map(),
    droppable: new Set(dropped),
    report,
  };
}

/** Whether the quantity could be lowered; a problem was reported. */
function lowerQuantity(at: number, formulas: Checked, lowering: Lowering): boolean {
  const { tree, where } = formulas.quantities[at] as Formula<ModelQuantity, NumberTree>;
  const value = lowerNumber(tree, { lowering, where });
  if (value === null) return false;
  const quotient = asQuotient(value);
  if (quotient === null) {
    lowering.report({
      code: 'quantity-of-points',
      where,
      message: 'A quantity is made of number items alone. What adds points is a score: give it a range.',
    });
    return false;
  }
  lowering.quantities.set(at, quotient);
  return true;
}

/** Whether the score could be lowered; a problem was reported. */
function lowerScore(at: number, formulas: Checked, lowering: Lowering): boolean {
  const { entry, tree, where } = formulas.scores[at] as Formula<ModelScore, NumberTree>;
  const value = lowerNumber(tree, { lowering, where });
  if (value === null) return false;
  if (value.kind === 'quotient') {
    lowering.report({
      code: 'quotient-as-score',
      where,
      message:
        "A product or quotient of number items is no score: declare it with 'quantity: true', without a range.",
    });
    return false;
  }
  const linear = scoreValue(value, lowering);
  const { node, scale } = scaledNode(linear, lowering);
  const estimable = entry.missingRules.length > 0;
  const position = lowering.scores.size;
  lowering.scores.set(at, { value: node, scale: Number(scale), linear, estimable, position });
  return true;
}

function scoreProgram(
  at: number,
  formulas: Checked,
  gates: readonly Gate[],
  lowering: Lowering,
): ScoreProgram {
  const { model } = lowering.names;
  const { entry, text } = formulas.scores[at] as Formula<ModelScore, NumberTree>;
  // Each score was lowered before.
  const score = lowering.scores.get(at) as LoweredScore;
  const items = itemsOfScore(at, formulas, model);
  const graded = isGraded(at, lowering.names);
  const { pivots, reads } = exactScore(score, items, entry.where, gates, lowering, graded);
  return {
    id: entry.id,
    formula: text,
    value: score.value,
    scale: score.scale,
    range: entry.range,
    pivots,
    reads,
    items,
    ...(entry.missingRules.length > 0 ? { missingRules: entry.missingRules } : {}),
    ...ofMember(entry, model),
  };
}

/** Whether a band of more than two levels is read from a score: then its values must be known one by one. */
function isGraded(at: number, names: Names): boolean {
  return names.model.bands.some(({ of, member, levels }) => {
    const entity = of === undefined ? undefined : findName(names, of, member);
    return levels.length > 2 && entity?.kind === 'score' && entity.at === at;
  });
}

function quantityProgram(
  { entry, text, where }: Formula<ModelQuantity, NumberTree>,
  at: number,
  gates: readonly Gate[],
  lowering: Lowering,
): QuantityProgram {
  // Each quantity was lowered before.
  const quotient = lowering.quantities.get(at) as Quotient;
  const [above, below] = wholeMonomials([quotient.numerator, quotient.denominator]);
  const [numerator, denominator] = [toMonomials(above), toMonomials(below)];
  const reads = [...new Set([...numerator, ...denominator].flatMap(({ of }) => of))];
  const size = Math.max(...[numerator, denominator].map((of) => sizeOfPolynomial(of, blankForm(lowering))));
  reportTooLarge(size, where, lowering);
  reportByTurns(entry.id, reads, where, gates, lowering);
  return {
    id: entry.id,
    formula: text,
    numerator,
    denominator,
    places: entry.places,
    ...(entry.unit === undefined ? {} : { unit: entry.unit }),
    reads: reads.sort((a, b) => a - b),
    ...ofMember(entry, lowering.names.model),
  };
}

/** Reports gates that may leave out by turns what a quantity is made of: one gate is tried by itself, not two together. */
function reportByTurns(
  id: string,
  reads: readonly VariableIndex[],
  where: Path,
  gates: readonly Gate[],
  { names, report }: Lowering,
): void {
  const leaving = gates.filter(
    ({ effect, targets }) => effect.kind === 'not-applicable' && targets.some((one) => reads.includes(one)),
  );
  const readBefore = leaving.map(({ verdict }, i) =>
    verdict.reads.find((v) => leaving.slice(0, i).some((before) => before.verdict.reads.includes(v))),
  );
  const shared = readBefore.find((variable) => variable !== undefined);
  if (shared === undefined) return;
  const message = `Two gates that read '${names.facts[shared]?.variable.id}' leave out items of '${id}', perhaps by turns, so that it could not be told whether it applies: make them one gate, its conditions joined with 'or'.`;
  report({ code: 'quantity-by-turns', where, message });
}

function cutOffProgram(
  { when, applies }: Checked['cutOffs'][number],
  gates: readonly Gate[],
  lowering: Lowering,
): CutOffProgram | null {
  const verdict = verdictOn(when, gates, lowering);
  const forWhom = applies && verdictOn(applies, gates, lowering);
  const { entry, text } = when;
  if (verdict === null) return null;
  return {
    id: entry.id,
    when: text,
    verdict,
    screensFor: entry.screensFor,
    ...(entry.preferred ? { preferred: true } : {}),
    ...(entry.control ? { control: true } : {}),
    ...(entry.negative === undefined ? {} : { negative: entry.negative }),
    ...(forWhom === null ? {} : { applies: forWhom }),
    ...ofMember(entry, lowering.names.model),
  };
}

function flagProgram(
  formula: Formula<ModelFlag, TestTree>,
  gates: readonly Gate[],
  lowering: Lowering,
): FlagProgram | null {
  const verdict = verdictOn(formula, gates, lowering);
  const { entry, text } = formula;
  if (verdict === null) return null;
  return {
    id: entry.id,
    when: text,
    verdict,
    title: entry.title,
    ...(entry.critical ? { critical: true } : {}),
    ...(entry.response === undefined ? {} : { response: entry.response }),
    ...ofMember(entry, lowering.names.model),
  };
}

/** The verdict of a formula; `null` where there is a problem, which was reported. */
function verdictOn(
  { tree, where }: Formula<unknown, TestTree>,
  gates: readonly Gate[],
  lowering: Lowering,
): Verdict | null {
  const test = lowerTest(tree, { lowering, where });
  return test && exactVerdict(test, where, gates, lowering);
}

/** The verdict of a gate; `null` where there is a problem, which was reported. */
function gateVerdict(
  formula: Formula<ModelGate, TestTree>,
  targets: readonly VariableIndex[],
  gates: readonly Gate[],
  lowering: Lowering,
): Verdict | null {
  const { entry, where } = formula;
  const test = gateTest(formula, targets, lowering);
  if (test === null) return null;
  const verdict = exactVerdict(test, where, gates, lowering);
  // Where a stop is left open the rest is asked, as it is without the stop.
  if (entry.effect.kind !== 'stops') reportLeftOpen(verdict, where, gates, lowering);
  return verdict;
}

/**
 * The condition of a gate. Where a member was not administered its gates change nothing: its own items are not there, but
 * others that a gate of it is about are. `null` where there is a problem, which was reported.
 */
function gateTest(
  { entry, tree, where }: Formula<ModelGate, TestTree>,
  targets: readonly VariableIndex[],
  lowering: Lowering,
): Condition | null {
  const member = memberIndex(lowering.names.model, entry.member);
  const isOwn = (target: VariableIndex): boolean => lowering.variables[target]?.member === member;
  const at = { lowering, where };
  const of = lowerTest(tree, at);
  if (of === null || entry.member === undefined || targets.every(isOwn)) return of;
  return whereAdministered(of, member, tree.span, at);
}

/** The index of the panel member that an entry belongs to, if any. */
const ofMember = ({ member }: { readonly member?: string }, model: Model): { readonly member?: number } =>
  member === undefined ? {} : { member: memberIndex(model, member) };
