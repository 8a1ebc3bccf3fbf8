import { BOTH, FALSE, OPEN, type Reach, TRUE } from './evaluate.js';
import type { Model, ModelBand, ModelScore, Path } from './model.js';
import type { Report } from './names.js';
import type {
  Accumulator,
  BandProgram,
  ChoiceVariable,
  CutOffProgram,
  FlagProgram,
  Gate,
  LevelProgram,
  NumberVariable,
  Program,
  ScoreProgram,
  VariableIndex,
  Verdict,
} from './normal-form.js';
import { applyGates, decide, emptyForm, NONE_AMONG, type PartialForm, reach } from './partial-form.js';
import { add, compare, fromNumber, multiply, rational, toNumber } from './rational.js';

/** A gate's condition is proved by trying this many answers to the items that it reads, and no more. */
const MOST_FORMS = 50_000;

/**
 * Holds a lowered definition against what it says of itself: declared ranges are the exact reachable ends, levels tile
 * what can be reached, no verdict is settled before anything is asked, and a stop proves what it claims to decide.
 * `scores`: the definition's entry of each score of the program; all other entries stand in the definition's order.
 */
export function checkProgram(
  model: Model,
  program: Program,
  scores: readonly ModelScore[],
  report: Report,
): void {
  const form = emptyForm(program);
  const reaches = program.scores.map((score) => reach(score, form));
  for (const [i, { where }] of scores.entries()) {
    const score = program.scores[i] as ScoreProgram;
    checkRange(score, reaches[i] as Reach, where, report);
    checkProrated(score, program, where, report);
  }
  for (const [i, entry] of model.bands.entries()) {
    const band = program.bands[i] as BandProgram;
    if (band.of === undefined) checkRules(band, entry, form, report);
    else if (hasValue(reaches[band.of] as Reach))
      checkLevels(band, entry, program.scores[band.of] as ScoreProgram, reaches[band.of] as Reach, report);
  }
  for (const [i, { id, where }] of model.cutOffs.entries()) {
    const { verdict, applies } = program.cutOffs[i] as CutOffProgram;
    const told = (outcome: string) => `Cut-off '${id}' can never be ${outcome}, whatever is answered.`;
    checkOpen(verdict, form, [...where, 'when'], [told('met'), told('missed')], 'dead-cut-off', report);
    if (applies === undefined) continue;
    const never = `Cut-off '${id}' never applies, whatever is answered.`;
    const always = `Cut-off '${id}' applies always: leave 'applies-when' out.`;
    checkOpen(applies, form, [...where, 'applies-when'], [never, always], 'dead-applies', report);
  }
  for (const [i, { id, where }] of model.flags.entries()) {
    const { verdict } = program.flags[i] as FlagProgram;
    const [never, always] = [
      `Flag '${id}' can never be raised.`,
      `Flag '${id}' is raised whatever is answered.`,
    ];
    checkOpen(verdict, form, [...where, 'when'], [never, always], 'dead-flag', report);
  }
  for (const [i, { where }] of model.gates.entries()) {
    const gate = program.gates[i] as Gate;
    const [never, always] = ['This gate never holds.', 'This gate holds whatever is answered.'];
    checkOpen(gate.verdict, form, [...where, 'if'], [never, always], 'dead-gate', report);
    if (gate.effect.kind === 'stops') checkStop(gate, gate.effect.decides, program, where, report);
  }
}

/** A verdict must be able to go both ways. `messages`: where it never is true, where it never is false. */
function checkOpen(
  verdict: Verdict,
  form: PartialForm,
  where: Path,
  messages: readonly [string, string],
  code: string,
  report: Report,
): void {
  const outcomes = decide(verdict, form);
  if ((outcomes & TRUE) === 0) report({ code, where, message: messages[0] });
  if ((outcomes & FALSE) === 0) report({ code, where, message: messages[1] });
}

/** Whether some form gives a score a value. */
const hasValue = ({ lowest, highest }: Reach): boolean => lowest <= highest;

/** A whole value of a score as it is printed. */
const printed = (value: number, scale: number): number => toNumber(rational(BigInt(value), BigInt(scale)));

/** How a printed value compares with a value in the score's scale. */
const against = (declared: number, value: number, scale: number): number =>
  compare(multiply(fromNumber(declared), rational(BigInt(scale))), rational(BigInt(value)));

function checkRange(score: ScoreProgram, reached: Reach, where: Path, report: Report): void {
  const { id, range, scale } = score;
  const { lowest, highest } = reached;
  if (!hasValue(reached)) {
    const message = `'${id}' never has a value: whatever is answered, none of its items applies.`;
    report({ code: 'dead-score', where, message });
    return;
  }
  if (against(range[0], lowest, scale) === 0 && against(range[1], highest, scale) === 0) return;
  report({
    code: 'range',
    where: [...where, 'range'],
    message: `'${id}' reaches from ${printed(lowest, scale)} to ${printed(highest, scale)}, and its range says ${range[0]} to ${range[1]}: correct whichever is wrong.`,
  });
}

/** Mean of the answered items for each missing one: that is a rule for sums. */
function checkProrated(score: ScoreProgram, program: Program, where: Path, report: Report): void {
  const { value, missingRules } = score;
  const isSum = value.op === 'accumulator' && (program.accumulators[value.at] as Accumulator).kind === 'sum';
  if (missingRules === undefined || isSum) return;
  report({
    code: 'prorated-sum',
    where: [...where, 'missing'],
    message: `A missing rule prorates a sum of items, and '${score.id}' is not one: write it as a sum of items times a number, or leave the rule out.`,
  });
}

interface Edges {
  readonly level: LevelProgram;
  readonly where: Path;
  readonly from: number;
  /** `null`: up to the next level, half-open. */
  readonly to: number | null;
}

function checkLevels(
  band: BandProgram,
  entry: ModelBand,
  score: ScoreProgram,
  reached: Reach,
  report: Report,
): void {
  const whole = score.scale === 1;
  const edges: Edges[] = [];
  for (const [i, { where }] of entry.levels.entries()) {
    const level = band.levels[i] as LevelProgram;
    const { from, to } = level;
    if (from === undefined || (to === undefined) === whole) {
      const message = whole
        ? `'${score.id}' has whole values: level '${level.id}' needs both 'from' and 'to'.`
        : `'${score.id}' has values between whole numbers: level '${level.id}' needs 'from' and no 'to'; it runs up to the next level.`;
      report({ code: 'level-edges', where, message });
    } else edges.push({ level, where, from, to: to ?? null });
  }
  if (edges.length < band.levels.length || !areAscending(edges, report)) return;
  checkEnds(edges, band, entry.where, score, reached, report);
  checkGaps(edges, entry.where, score, reached, report);
}

/** Whether the levels ascend without overlap; what does not was reported. */
function areAscending(edges: readonly Edges[], report: Report): boolean {
  let ascending = true;
  for (const [i, { level, where, from, to }] of edges.entries()) {
    if (to !== null && to < from) {
      ascending = false;
      const message = `Level '${level.id}' ends at ${to}, before it starts at ${from}.`;
      report({ code: 'level-order', where, message });
    }
    const before = edges[i - 1];
    if (before === undefined) continue;
    const end = before.to ?? before.from;
    if (from <= end) {
      ascending = false;
      const message = `Level '${level.id}' starts at ${from}, and '${before.level.id}' before it reaches ${end}: levels ascend and do not overlap.`;
      report({ code: 'level-overlap', where, message });
    }
  }
  return ascending;
}

function checkEnds(
  edges: readonly Edges[],
  band: BandProgram,
  where: Path,
  score: ScoreProgram,
  { lowest, highest }: Reach,
  report: Report,
): void {
  // A band has at least one level.
  const [first, last] = [edges[0] as Edges, edges.at(-1) as Edges];
  const startsRight = against(first.from, lowest, score.scale) === 0;
  const endsRight = last.to === null || against(last.to, highest, score.scale) === 0;
  if (startsRight && endsRight) return;
  report({
    code: 'level-ends',
    where: [...where, 'levels'],
    message: `The levels of '${band.id}' run from ${first.from} to ${last.to ?? 'its end'}, and '${score.id}' from ${printed(lowest, score.scale)} to ${printed(highest, score.scale)}: they must start and end together.`,
  });
}

/** Every reachable value lies in a level, and every level holds one. */
function checkGaps(
  edges: readonly Edges[],
  where: Path,
  score: ScoreProgram,
  reached: Reach,
  report: Report,
): void {
  const { scale } = score;
  const holds = ({ from, to }: Edges, i: number, value: number): boolean => {
    const next = edges[i + 1];
    if (against(from, value, scale) > 0) return false;
    if (to !== null) return against(to, value, scale) >= 0;
    return next === undefined || against(next.from, value, scale) > 0;
  };
  // Where the values are not listed, every whole number between the ends is taken to be one.
  const values = reached.values ?? wholeBetween(reached);
  const sorted = [...values].sort((a, b) => a - b);
  const lost = sorted.filter((value) => !edges.some((one, i) => holds(one, i, value)));
  if (lost.length > 0) {
    const list = lost
      .slice(0, 5)
      .map((value) => printed(value, scale))
      .join(', ');
    report({
      code: 'level-gap',
      where: [...where, 'levels'],
      message: `No level holds ${list}${lost.length > 5 ? ' and more' : ''}, which '${score.id}' can be.`,
    });
  }
  edges.forEach((one, i) => {
    if (sorted.some((value) => holds(one, i, value))) return;
    report({
      code: 'dead-level',
      where: one.where,
      message: `'${score.id}' can never be in level '${one.level.id}'.`,
    });
  });
  if (score.missingRules === undefined) return;
  // An estimate can lie between two values, so nothing between two levels may be left out.
  edges.forEach((one, i) => {
    const before = edges[i - 1];
    if (before === undefined || before.to === null) return;
    if (compare(add(fromNumber(before.to), rational(1n)), fromNumber(one.from)) === 0) return;
    report({
      code: 'level-gap',
      where: one.where,
      message: `An estimated value of '${score.id}' can lie between ${before.to} and ${one.from}: level '${one.level.id}' must start one above the end of the level before.`,
    });
  });
}

function wholeBetween({ lowest, highest }: Reach): ReadonlySet<number> {
  const length = Math.min(highest - lowest + 1, 100_000);
  return new Set(Array.from({ length }, (_, i) => lowest + i));
}

function checkRules(band: BandProgram, entry: ModelBand, form: PartialForm, report: Report): void {
  for (const [i, { id, where }] of entry.levels.entries()) {
    const verdict = (band.levels[i] as LevelProgram).verdict as Verdict;
    if ((decide(verdict, form) & TRUE) !== 0) continue;
    const message = `Level '${id}' of '${band.id}' is never reached: the levels before it take every form.`;
    report({ code: 'dead-level', where, message });
  }
}

/** A stop must prove what it decides: however the items that it reads are answered, where it holds the verdict is known. */
function checkStop(
  gate: Gate,
  decides: readonly string[],
  program: Program,
  where: Path,
  report: Report,
): void {
  const read = gate.verdict.reads;
  const values = read.map((variable) => valuesOfVariable(variable, program));
  if (values.reduce((n, one) => n * one.length, 1) > MOST_FORMS) {
    report({
      code: 'stop-too-wide',
      where: [...where, 'if'],
      message: 'This condition reads too many items for its claim to be checked: use fewer.',
    });
    return;
  }
  for (const id of decides) {
    const proved = everyAssignment(values, (assignment) => {
      const at = program.variables.map(() => OPEN);
      read.forEach((variable, i) => {
        at[variable] = assignment[i] as number;
      });
      const form = applyGates(program, { at, among: NONE_AMONG });
      return decide(gate.verdict, form) !== TRUE || isDecided(id, program, form);
    });
    if (proved) continue;
    report({
      code: 'stop-unproved',
      where: [...where, 'decides'],
      message: `'${gate.if}' does not settle '${id}': with the rest unasked it can still go more than one way.`,
    });
  }
}

/** The values to try of a variable that a condition reads: every choice, or every count. */
function valuesOfVariable(variable: VariableIndex, program: Program): readonly number[] {
  const facts = program.variables[variable] as ChoiceVariable | NumberVariable;
  if (facts.kind === 'choice') return [...facts.codes.keys()];
  const { min, max, step } = facts;
  return Array.from({ length: (max - min) / step + 1 }, (_, i) => min + i * step);
}

function everyAssignment(
  values: readonly (readonly number[])[],
  check: (assignment: readonly number[]) => boolean,
): boolean {
  const [first, ...rest] = values;
  if (first === undefined) return check([]);
  return first.every((value) => everyAssignment(rest, (others) => check([value, ...others])));
}

/** Whether a cut-off or band can go no more than one way on a form. */
function isDecided(id: string, program: Program, form: PartialForm): boolean {
  const cutOff = program.cutOffs.find((one) => one.id === id);
  if (cutOff !== undefined) return isSettled(cutOff.verdict, form);
  // What a stop decides is a cut-off or a band.
  const band = program.bands.find((one) => one.id === id) as BandProgram;
  if (band.of === undefined) return band.levels.every(({ verdict }) => isSettled(verdict as Verdict, form));
  const score = program.scores[band.of] as ScoreProgram;
  const { lowest, highest } = reach(score, form);
  const levelOf = (value: number): number =>
    band.levels.findLastIndex(({ from }) => from !== undefined && against(from, value, score.scale) <= 0);
  return levelOf(lowest) === levelOf(highest);
}

function isSettled(verdict: Verdict, form: PartialForm): boolean {
  return decide(verdict, form) !== BOTH;
}
