import { type Either, isLeft, left, right } from 'fp-ts/Either';
import { checkProgram } from './check-program.js';
import { all, type Condition, not } from './conditions.js';
import { type Evaluation, OPEN } from './evaluate.js';
import {
  asQuotient,
  type LoweredScore,
  type Lowering,
  lowerNumber,
  lowerTest,
  scaledNode,
  scoreValue,
  testNode,
} from './lower-formula.js';
import { tooLarge } from './magnitudes.js';
import type { FormulaSource, Model, ModelGate, ModelProblem, Path } from './model.js';
import {
  CONTEXT_NAMES,
  findName,
  gatherNames,
  memberIndex,
  type Names,
  namesWithin,
  type Report,
} from './names.js';
import type {
  BandProgram,
  CutOffProgram,
  FlagProgram,
  Gate,
  LevelProgram,
  MemberProgram,
  Program,
  QuantityProgram,
  ScoreProgram,
  VariableIndex,
  Verdict,
} from './normal-form.js';
import { parseSource } from './parse.js';
import {
  type Ground,
  type Pivoted,
  type PivotTrouble,
  pivotsOfEnds,
  pivotsOfScore,
  verdictOf,
} from './pivots.js';
import { variablesOfNumber } from './polarity.js';
import { toMonomials, wholeMonomials } from './polynomials.js';
import { compare, fromNumber, isWhole, multiply, rational } from './rational.js';
import { closest } from './spelling.js';
import type { Span, Syntax } from './syntax.js';
import { condition, namesIn, numeric, type Place, rangeVariables } from './type-check.js';
import type { NumberTree, TestTree } from './typed.js';

/** A parsed formula and where it stands; `null` where it could not be read, which was reported. */
interface Source {
  readonly where: Path;
  readonly member: string | undefined;
  readonly syntax: Syntax | null;
  readonly text: string;
}

/** Every formula of a definition, parsed. */
interface Sources {
  readonly scores: readonly Source[];
  readonly quantities: readonly Source[];
  readonly gates: readonly Source[];
  readonly cutOffs: readonly { readonly when: Source; readonly applies: Source | null }[];
  readonly flags: readonly Source[];
  /** By band, by level; `null` for a level without a condition. */
  readonly levels: readonly (readonly (Source | null)[])[];
}

/** A formula with its types checked. */
interface Checked<T> {
  readonly tree: T | null;
  readonly where: Path;
}

/**
 * Lowers a definition's formulas to the normal form: names resolved, arithmetic exact on whole numbers, and for each
 * verdict the pivots that make it exact on every half-filled form; then holds the whole against what the definition says
 * of itself (ranges, levels, dead verdicts, stops). Left: every problem found, each with the path of its entry and, inside
 * a formula, the place in its text. The whole is looked at once each formula is right by itself.
 */
export function lowerModel(model: Model): Either<readonly ModelProblem[], Program> {
  const lowered = lowerFormulas(model);
  if (isLeft(lowered)) return lowered;
  const { program, order } = lowered.right;
  const problems: ModelProblem[] = [];
  checkProgram(model, program, order, (problem) => {
    problems.push(problem);
  });
  return problems.length > 0 ? left(problems) : right(program);
}

/** A program whose formulas are right one by one. */
export interface Lowered {
  readonly program: Program;
  /** Model index of each score of the program. */
  readonly order: readonly number[];
}

/** As `lowerModel`, without the checks on the definition as a whole. */
export function lowerFormulas(model: Model): Either<readonly ModelProblem[], Lowered> {
  const problems: ModelProblem[] = [];
  const report: Report = (problem) => {
    problems.push(problem);
  };
  const sources = parseAll(model, report);
  const names = gatherNames(model, contextRead(sources), report);
  checkKeyings(model, names, report);
  checkTables(model, report);
  const read = new Set<VariableIndex>();
  const checked = typeCheckAll(sources, names, report, (variable) => read.add(variable));
  const targets = model.gates.map((gate) => gateTargets(gate, names, report));
  const order = dependencyOrder(model, checked, report);
  if (problems.length > 0) return left(problems);
  checkUse(names, read, report);
  const program = lowerAll(model, names, sources, checked, targets, order, report);
  return program === null || problems.length > 0 ? left(problems) : right({ program, order: order.scores });
}

function textOf(source: FormulaSource): string {
  if (typeof source === 'string') return source;
  const branches = Object.entries(source.branches).map(([name, text]) => `, ${name}: ${text}`);
  return `{ by: ${source.by}${branches.join('')} }`;
}

function parseAll(model: Model, report: Report): Sources {
  const parse = (formula: FormulaSource, where: Path, member: string | undefined): Source => {
    const parsed = parseSource(formula);
    if (isLeft(parsed)) {
      for (const { branch, ...problem } of parsed.left) {
        report({ ...problem, where: branch === undefined ? where : [...where, branch] });
      }
    }
    return { where, member, syntax: isLeft(parsed) ? null : parsed.right, text: textOf(formula) };
  };
  return {
    scores: model.scores.map((one) => parse(one.formula, [...one.where, 'formula'], one.member)),
    quantities: model.quantities.map((one) => parse(one.formula, [...one.where, 'formula'], one.member)),
    gates: model.gates.map((one) => parse(one.if, [...one.where, 'if'], one.member)),
    cutOffs: model.cutOffs.map((one) => ({
      when: parse(one.when, [...one.where, 'when'], one.member),
      applies:
        one.applies === undefined ? null : parse(one.applies, [...one.where, 'applies-when'], one.member),
    })),
    flags: model.flags.map((one) => parse(one.when, [...one.where, 'when'], one.member)),
    levels: model.bands.map((band) =>
      band.levels.map((level) =>
        level.when === undefined ? null : parse(level.when, [...level.where, 'when'], band.member),
      ),
    ),
  };
}

function everySource(sources: Sources): readonly Source[] {
  const levels = sources.levels.flat().filter((one) => one !== null);
  const cutOffs = sources.cutOffs.flatMap(({ when, applies }) =>
    applies === null ? [when] : [when, applies],
  );
  return [
    ...sources.scores,
    ...sources.quantities,
    ...sources.gates,
    ...cutOffs,
    ...sources.flags,
    ...levels,
  ];
}

/** The context facts that some formula names. */
function contextRead(sources: Sources): ReadonlySet<string> {
  const named = everySource(sources).flatMap(({ syntax }) => (syntax === null ? [] : namesIn(syntax)));
  return new Set(CONTEXT_NAMES.filter((fact) => named.includes(fact)));
}

function checkKeyings(model: Model, names: Names, report: Report): void {
  for (const [keying, items] of Object.entries(model.keyings)) {
    for (const [id, points] of Object.entries(items)) {
      const where = ['keyings', keying, id];
      const entity = names.entities.get(id);
      const item = entity?.kind === 'item' ? names.facts[entity.variable]?.item : undefined;
      if (item?.kind !== 'choice') {
        const near = closest(id, names.entities.keys());
        report({
          code: 'unknown-name',
          where,
          message: `Keying '${keying}' names '${id}', which is no item with options.${near ? ` Did you mean '${near}'?` : ''}`,
          ...(near === undefined ? {} : { didYouMean: near }),
        });
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

interface AllChecked {
  readonly scores: readonly Checked<NumberTree>[];
  readonly quantities: readonly Checked<NumberTree>[];
  readonly gates: readonly Checked<TestTree>[];
  readonly cutOffs: readonly {
    readonly when: Checked<TestTree>;
    readonly applies: Checked<TestTree> | null;
  }[];
  readonly flags: readonly Checked<TestTree>[];
  readonly levels: readonly (readonly (Checked<TestTree> | null)[])[];
}

function typeCheckAll(
  sources: Sources,
  names: Names,
  report: Report,
  read: (variable: VariableIndex) => void,
): AllChecked {
  const place = ({ where, member }: Source): Place => ({
    names,
    where,
    member,
    keying: undefined,
    report,
    read,
  });
  const number = (source: Source): Checked<NumberTree> => ({
    where: source.where,
    tree: source.syntax && numeric(source.syntax, place(source)),
  });
  const test = (source: Source): Checked<TestTree> => ({
    where: source.where,
    tree: source.syntax && condition(source.syntax, place(source)),
  });
  return {
    scores: sources.scores.map(number),
    quantities: sources.quantities.map(number),
    gates: sources.gates.map(test),
    cutOffs: sources.cutOffs.map(({ when, applies }) => ({
      when: test(when),
      applies: applies && test(applies),
    })),
    flags: sources.flags.map(test),
    levels: sources.levels.map((levels) => levels.map((one) => one && test(one))),
  };
}

const RANGE = /^\s*([^\s.][^\s]*?)\s*\.\.\s*([^\s.][^\s]*)\s*$/;
const NOWHERE: Span = { start: 0, end: 0 };

/** The variables that a gate is about. */
function gateTargets(gate: ModelGate, names: Names, report: Report): readonly VariableIndex[] {
  const where = [...gate.where, 'then'];
  const place: Place = {
    names,
    where,
    member: gate.member,
    keying: undefined,
    report,
    read: () => undefined,
  };
  const written = typeof gate.then === 'string' ? [gate.then] : gate.then;
  return written.flatMap((text) => {
    const range = RANGE.exec(text);
    if (range !== null)
      return rangeVariables({ from: range[1] ?? '', to: range[2] ?? '', span: NOWHERE }, place) ?? [];
    const name = text.trim();
    const entity = findName(names, name, gate.member);
    if (entity?.kind === 'item' && names.facts[entity.variable]?.item != null) return [entity.variable];
    const near = closest(name, namesWithin(names, gate.member));
    report({
      code: 'unknown-target',
      where,
      message: `'${name}' is no item that can be skipped.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
      ...(near === undefined ? {} : { didYouMean: near }),
    });
    return [];
  });
}

interface Order {
  /** Model indexes of the scores, each after those that it reads. */
  readonly scores: readonly number[];
  readonly quantities: readonly number[];
}

/** Scores and quantities in an order in which each can be worked out; a circle is a problem. */
function dependencyOrder(model: Model, checked: AllChecked, report: Report): Order {
  const state = new Map<string, 'open' | 'done'>();
  const order = { scores: [] as number[], quantities: [] as number[] };
  const visit = (kind: 'score' | 'quantity', at: number, from: Path): void => {
    const key = `${kind} ${at}`;
    const before = state.get(key);
    if (before === 'done') return;
    const entry = kind === 'score' ? model.scores[at] : model.quantities[at];
    if (before === 'open') {
      report({
        code: 'circular',
        where: from,
        message: `'${entry?.id ?? ''}' is worked out from itself, by way of this formula.`,
      });
      return;
    }
    state.set(key, 'open');
    const formula = (kind === 'score' ? checked.scores : checked.quantities)[at];
    for (const one of scoresRead(formula?.tree ?? null)) visit(one.kind, one.at, formula?.where ?? from);
    state.set(key, 'done');
    (kind === 'score' ? order.scores : order.quantities).push(at);
  };
  model.scores.forEach((score, at) => {
    visit('score', at, score.where);
  });
  model.quantities.forEach((quantity, at) => {
    visit('quantity', at, quantity.where);
  });
  return order;
}

type Read = { readonly kind: 'score' | 'quantity'; readonly at: number };

/** The scores and quantities that a formula names itself. */
function scoresRead(tree: NumberTree | TestTree | null): readonly Read[] {
  if (tree === null) return [];
  switch (tree.kind) {
    case 'score':
    case 'quantity':
      return [{ kind: tree.kind, at: tree.at }];
    case 'constant':
    case 'points':
    case 'measurement':
    case 'choice':
      return [];
    case 'sum':
    case 'mean':
    case 'max':
    case 'min':
    case 'count':
    case 'and':
    case 'or':
      return tree.of.flatMap(scoresRead);
    case 'negate':
    case 'not':
    case 'round':
    case 'table':
    case 'of-member':
      return scoresRead(tree.of);
    case 'product':
    case 'quotient':
    case 'compare':
      return [...scoresRead(tree.left), ...scoresRead(tree.right)];
    case 'if':
      return [...scoresRead(tree.test), ...scoresRead(tree.then), ...scoresRead(tree.else)];
  }
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
  sources: Sources,
  checked: AllChecked,
  targets: readonly (readonly VariableIndex[])[],
  order: Order,
  report: Report,
): Program | null {
  const lowering = startLowering(model, names, targets, order, report);
  for (const at of order.quantities) lowerQuantity(checked.quantities[at], at, lowering);
  for (const at of order.scores) lowerScore(checked.scores[at], at, lowering);
  const lowered = [...lowering.scores.values()];
  if (lowered.length < model.scores.length || lowering.quantities.size < model.quantities.length) return null;
  const variables = lowering.variables;
  const blank: Evaluation = {
    variables,
    accumulators: lowering.accumulators,
    scores: lowered,
    at: variables.map(() => OPEN),
    among: {},
    given: {},
  };
  const verdict = (one: Checked<TestTree>, gates: readonly Gate[]): Verdict | null => {
    const test = one.tree && lowerTest(one.tree, { lowering, where: one.where });
    return test && exactVerdict(test, one.where, { blank, gates }, lowering);
  };
  const gates: Gate[] = [];
  model.gates.forEach((gate, i) => {
    const condition = checked.gates[i];
    const found = condition === undefined ? null : verdict(condition, gates);
    const made =
      found && gateOf(gate, sources.gates[i]?.text ?? '', found, targets[i] ?? [], gates, lowering);
    if (made !== null) gates.push(made);
  });
  if (gates.length < model.gates.length) return null;
  const ground: Ground = { blank, gates };
  const ofMember = (member: string | undefined): { readonly member?: number } =>
    member === undefined ? {} : { member: memberIndex(model, member) };

  const scores = order.scores.flatMap((at, position): ScoreProgram[] => {
    const [score, one] = [model.scores[at], lowered[position]];
    if (score === undefined || one === undefined) return [];
    const found = exactScore(one, score.where, ground, lowering, isGraded(model, score.id));
    return [
      {
        id: score.id,
        formula: sources.scores[at]?.text ?? '',
        value: one.value,
        scale: one.scale,
        range: score.range,
        pivots: found.pivots,
        reads: found.reads,
        items: [...variablesOfNumber(one.value, blank)]
          .filter((v) => v < model.items.length)
          .sort((a, b) => a - b),
        ...(score.missingRules.length > 0 ? { missingRules: score.missingRules } : {}),
        ...ofMember(score.member),
      },
    ];
  });
  const quantities = model.quantities.flatMap((quantity, at): QuantityProgram[] => {
    const made = lowering.quantities.get(at);
    if (made === undefined) return [];
    const [numerator = [], denominator = []] = wholeMonomials([made.numerator, made.denominator]).map(
      toMonomials,
    );
    const reads = [...new Set([...numerator, ...denominator].flatMap(({ of }) => of))].sort((a, b) => a - b);
    return [
      {
        id: quantity.id,
        formula: sources.quantities[at]?.text ?? '',
        numerator,
        denominator,
        places: quantity.places,
        ...(quantity.unit === undefined ? {} : { unit: quantity.unit }),
        reads,
        ...ofMember(quantity.member),
      },
    ];
  });
  const bands = model.bands.flatMap((band, at): BandProgram[] => {
    const conditions = (checked.levels[at] ?? []).map((one) =>
      one?.tree ? lowerTest(one.tree, { lowering, where: one.where }) : null,
    );
    const made = bandOf(model, at, conditions, ground, lowering);
    return made === null ? [] : [{ ...made, ...ofMember(band.member) }];
  });
  const cutOffs = model.cutOffs.flatMap((cutOff, at): CutOffProgram[] => {
    const one = checked.cutOffs[at];
    const when = one && verdict(one.when, gates);
    const applies = one?.applies ? verdict(one.applies, gates) : undefined;
    if (!when || applies === null) return [];
    return [
      {
        id: cutOff.id,
        when: sources.cutOffs[at]?.when.text ?? '',
        verdict: when,
        screensFor: cutOff.screensFor,
        ...(cutOff.preferred ? { preferred: true } : {}),
        ...(cutOff.control ? { control: true } : {}),
        ...(cutOff.negative === undefined ? {} : { negative: cutOff.negative }),
        ...(applies === undefined ? {} : { applies }),
        ...ofMember(cutOff.member),
      },
    ];
  });
  const flags = model.flags.flatMap((flag, at): FlagProgram[] => {
    const one = checked.flags[at];
    const when = one && verdict(one, gates);
    if (!when) return [];
    return [
      {
        id: flag.id,
        when: sources.flags[at]?.text ?? '',
        verdict: when,
        title: flag.title,
        ...(flag.critical ? { critical: true } : {}),
        ...(flag.response === undefined ? {} : { response: flag.response }),
        ...ofMember(flag.member),
      },
    ];
  });
  const program: Program = {
    variables,
    items: model.items.length,
    members: model.members.map(({ panel, id, asked }): MemberProgram => ({ panel, id, asked })),
    accumulators: lowering.accumulators,
    gates,
    scores,
    quantities,
    bands,
    cutOffs,
    flags,
  };
  return reportTooLarge(model, program, order, report) ? null : program;
}

function startLowering(
  model: Model,
  names: Names,
  targets: readonly (readonly VariableIndex[])[],
  order: Order,
  report: Report,
): Lowering {
  const dropped = model.gates.flatMap(({ effect }, i) =>
    effect.kind === 'not-applicable' ? (targets[i] ?? []) : [],
  );
  return {
    names,
    variables: names.facts.map(({ variable }) => variable),
    accumulators: [],
    scores: new Map(),
    quantities: new Map(),
    positions: new Map(order.scores.map((at, position) => [at, position])),
    droppable: new Set(dropped),
    report,
  };
}

function lowerQuantity(one: Checked<NumberTree> | undefined, at: number, lowering: Lowering): void {
  const value = one?.tree && lowerNumber(one.tree, { lowering, where: one.where });
  if (!one?.tree || !value) return;
  const quotient = asQuotient(value);
  if (quotient !== null) lowering.quantities.set(at, quotient);
  else {
    lowering.report({
      code: 'quantity-of-points',
      where: one.where,
      message: 'A quantity is made of number items alone. What adds points is a score: give it a range.',
    });
  }
}

function lowerScore(one: Checked<NumberTree> | undefined, at: number, lowering: Lowering): void {
  const value = one?.tree && lowerNumber(one.tree, { lowering, where: one.where });
  if (!one || !value) return;
  if (value.kind === 'quotient') {
    lowering.report({
      code: 'quotient-as-score',
      where: one.where,
      message:
        "A product or quotient of number items is no score: declare it with 'quantity: true', without a range.",
    });
    return;
  }
  const linear = scoreValue(value, lowering);
  const { node, scale } = scaledNode(linear, lowering);
  const estimable = (lowering.names.model.scores[at]?.missingRules.length ?? 0) > 0;
  lowering.scores.set(at, { value: node, scale: Number(scale), linear, estimable });
}

/** The verdict of a condition, with a problem where it cannot be made exact. */
function exactVerdict(test: Condition, where: Path, ground: Ground, lowering: Lowering): Verdict {
  const { trouble, ...verdict } = verdictOf(testNode(test, lowering), ground);
  reportTrouble(trouble, where, lowering);
  return verdict;
}

/** Whether a band of more than two levels is read from a score: then its values must be known one by one. */
function isGraded(model: Model, score: string): boolean {
  return model.bands.some(({ of, member, levels }) => {
    if (of === undefined || levels.length <= 2) return false;
    return of === score || `${member ?? ''}.${of}` === score;
  });
}

/**
 * A score's pivots make its set of values exact. Where that would take too many and no more than its ends are asked for,
 * they make its ends exact. A number item counts by its ends.
 */
function exactScore(
  score: LoweredScore,
  where: Path,
  ground: Ground,
  lowering: Lowering,
  graded: boolean,
): Pivoted {
  const byValue = pivotsOfScore(score.value, ground);
  const byEnds = pivotsOfEnds(score.value, ground);
  if (byValue.trouble?.kind === 'too-many' && !graded) {
    reportTrouble(byEnds.trouble, where, lowering);
    return byEnds;
  }
  reportTrouble(byValue.trouble ?? byEnds.trouble, where, lowering);
  const isMeasurement = (variable: VariableIndex) => lowering.variables[variable]?.kind === 'number';
  const more = byEnds.pivots.filter(
    ({ variable }) => isMeasurement(variable) && !byValue.pivots.some((one) => one.variable === variable),
  );
  return { ...byValue, pivots: [...byValue.pivots, ...more].sort((a, b) => a.variable - b.variable) };
}

function reportTrouble(trouble: PivotTrouble | null, where: Path, lowering: Lowering): void {
  if (trouble === null) return;
  const name = (variable: VariableIndex): string => `'${lowering.variables[variable]?.id ?? ''}'`;
  lowering.report(
    trouble.kind === 'too-many'
      ? {
          code: 'too-many-pivots',
          where,
          message: `${trouble.variables.map(name).join(', ')} push this both ways, or open and close a gate before it; at most three may. Say it so that each pushes one way: 'any(q3, q6)' for 'q3 or (q6 and not q6a)'.`,
        }
      : {
          code: 'mixed-measurement',
          where,
          message: `More of ${name(trouble.variable)} can make this true and can make it false, beside other items, so it cannot be bounded. Say it so that it pushes one way, as in 'any(...)' of one-sided comparisons.`,
        },
  );
}

function gateOf(
  gate: ModelGate,
  text: string,
  verdict: Verdict,
  targets: readonly VariableIndex[],
  earlier: readonly Gate[],
  lowering: Lowering,
): Gate | null {
  const { names, report, variables } = lowering;
  const first = Math.min(...targets);
  const name = (variable: VariableIndex): string => variables[variable]?.id ?? '';
  const late = verdict.reads.filter((variable) => variable >= first && names.facts[variable]?.item != null);
  if (late.length > 0) {
    report({
      code: 'gate-order',
      where: [...gate.where, 'if'],
      message: `A gate may only read what is asked before the items that it is about: ${late.map(name).join(', ')} is not declared before '${name(first)}'.`,
    });
    return null;
  }
  const overtaken = earlier.find(
    (one) => one.effect.kind !== 'stops' && one.verdict.reads.some((v) => targets.includes(v)),
  );
  if (overtaken !== undefined && gate.effect.kind !== 'stops') {
    report({
      code: 'gate-order',
      where: gate.where,
      message: `The earlier gate '${overtaken.if}' reads an item that this gate skips: put this gate before it.`,
    });
    return null;
  }
  const effect = effectOf(gate, targets, lowering);
  const made = effect && { if: text, verdict, targets, effect };
  const clash = made && earlier.flatMap((one) => targets.filter((target) => differ(one, made, target)))[0];
  if (clash === null || clash === undefined) return made;
  report({
    code: 'gate-overlap',
    where: gate.where,
    message: `An earlier gate skips '${name(clash)}' in another way. Where both hold it must be clear what a skipped item counts as: give both the same effect.`,
  });
  return null;
}

/** Whether two gates make something different of one item. */
function differ(a: Gate, b: Gate, target: VariableIndex): boolean {
  const asIn = ({ targets, effect }: Gate): number | string | null => {
    const i = targets.indexOf(target);
    if (i < 0 || effect.kind === 'stops') return null;
    return effect.kind === 'points' ? (effect.as[i] ?? null) : effect.kind;
  };
  const [x, y] = [asIn(a), asIn(b)];
  return x !== null && y !== null && x !== y;
}

function effectOf(
  gate: ModelGate,
  targets: readonly VariableIndex[],
  lowering: Lowering,
): Gate['effect'] | null {
  if (gate.effect.kind === 'not-applicable') return { kind: 'not-applicable' };
  if (gate.effect.kind === 'stops') return stopsOf(gate, gate.effect.decides, lowering);
  const points = fromNumber(gate.effect.points);
  const same = targets.map((target): readonly number[] => {
    const facts = lowering.names.facts[target];
    if (facts?.variable.kind === 'number') {
      const count = multiply(points, rational(10n ** BigInt(facts.variable.places)));
      const { min, max, step } = facts.variable;
      const whole = Number(count.numerator);
      return isWhole(count) && whole >= min && whole <= max && (whole - min) % step === 0 ? [whole] : [];
    }
    return (facts?.points ?? []).flatMap((one, choice) =>
      one !== null && compare(one, points) === 0 ? [choice] : [],
    );
  });
  const lacking = targets
    .filter((_, i) => same[i]?.length === 0)
    .map((target) => lowering.variables[target]?.id ?? '');
  if (lacking.length > 0) {
    lowering.report({
      code: 'gate-points',
      where: [...gate.where, 'points'],
      message: `No answer to ${lacking.map((id) => `'${id}'`).join(', ')} has ${gate.effect.points} points, so a skipped item cannot count as that.`,
    });
    return null;
  }
  return { kind: 'points', as: same.map(([one = 0]) => one), same };
}

function stopsOf(gate: ModelGate, decides: readonly string[], lowering: Lowering): Gate['effect'] | null {
  const { model } = lowering.names;
  const ids = new Set([...model.cutOffs, ...model.bands].map(({ id }) => id));
  const found = decides.map((id) => [`${gate.member ?? ''}.${id}`, id].find((one) => ids.has(one)));
  const known = found.filter((one) => one !== undefined);
  decides.forEach((id, i) => {
    if (found[i] !== undefined) return;
    const near = closest(id, ids);
    lowering.report({
      code: 'unknown-verdict',
      where: [...gate.where, 'decides'],
      message: `'${id}' is no cut-off or band.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
      ...(near === undefined ? {} : { didYouMean: near }),
    });
  });
  return known.length === decides.length ? { kind: 'stops', decides: known } : null;
}

/** A band; of a rule band each level is its condition and none before it. */
function bandOf(
  model: Model,
  at: number,
  conditions: readonly (Condition | null)[],
  ground: Ground,
  lowering: Lowering,
): BandProgram | null {
  const band = model.bands[at];
  if (band === undefined) return null;
  const plain = { id: band.id, ...(band.preferred ? { preferred: true as const } : {}) };
  if (band.of !== undefined) {
    const entity = findName(lowering.names, band.of, band.member);
    const of = entity?.kind === 'score' ? lowering.positions.get(entity.at) : undefined;
    if (of === undefined) {
      const near = closest(
        band.of,
        model.scores.map(({ id }) => id),
      );
      lowering.report({
        code: 'unknown-score',
        where: [...band.where, 'of'],
        message: `'${band.of}' is no score.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
        ...(near === undefined ? {} : { didYouMean: near }),
      });
      return null;
    }
    return {
      ...plain,
      of,
      levels: band.levels.map(
        ({ id, label, negative, from, to }): LevelProgram => ({
          id,
          label,
          ...(negative ? { negative } : {}),
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        }),
      ),
    };
  }
  const last = band.levels.length - 1;
  if (band.levels.some(({ when }, i) => (when === undefined) !== (i === last))) {
    lowering.report({
      code: 'otherwise-level',
      where: band.where,
      message: `Every level of '${band.id}' but the last needs 'when', and the last is the 'otherwise' level.`,
    });
    return null;
  }
  if (conditions.slice(0, last).some((one) => one === null)) return null;
  const before: Condition[] = [];
  const levels = band.levels.map(({ id, label, negative, where }, i): LevelProgram => {
    const own = conditions[i] ?? null;
    const test = all([...before, ...(own === null ? [] : [own])]);
    if (own !== null) before.push(not(own));
    return {
      id,
      label,
      ...(negative ? { negative } : {}),
      verdict: exactVerdict(test, where, ground, lowering),
    };
  });
  return { ...plain, levels };
}

function reportTooLarge(model: Model, program: Program, order: Order, report: Report): boolean {
  const message =
    'A value here can be 2^53 or more, which cannot be held exactly: use fewer decimals or smaller factors.';
  let found = false;
  const check = (part: unknown, where: Path | undefined): void => {
    if (where === undefined || !tooLarge(part, program)) return;
    found = true;
    report({ code: 'too-large', where, message });
  };
  program.scores.forEach(({ value, scale }, i) => {
    check([value, scale], model.scores[order.scores[i] ?? -1]?.where);
  });
  program.quantities.forEach(({ numerator, denominator }, i) => {
    check(
      [
        { op: 'polynomial', of: numerator },
        { op: 'polynomial', of: denominator },
      ],
      model.quantities[i]?.where,
    );
  });
  program.gates.forEach(({ verdict }, i) => {
    check(verdict.test, model.gates[i]?.where);
  });
  program.cutOffs.forEach(({ id, verdict, applies }) => {
    check([verdict.test, applies?.test], model.cutOffs.find((one) => one.id === id)?.where);
  });
  program.flags.forEach(({ id, verdict }) => {
    check(verdict.test, model.flags.find((one) => one.id === id)?.where);
  });
  program.bands.forEach(({ id, levels }) => {
    check(
      levels.map(({ verdict }) => verdict?.test),
      model.bands.find((one) => one.id === id)?.where,
    );
  });
  return found;
}
