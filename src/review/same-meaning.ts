import { evaluate, FALSE, OPEN, outcomes, point, TRUE } from '../formula/evaluate.js';
import {
  applyGates,
  decide,
  emptyForm,
  NONE_AMONG,
  type PartialForm,
  reach,
} from '../formula/partial-form.js';
import type { BandProgram, Program, VariableIndex, Verdict } from '../instrument/index.js';
import { sameByAnswers } from './same-answers.js';
import { sameByParts } from './same-parts.js';

/** More forms than this are not tried one by one. */
const MOST_FORMS = 300_000;

/**
 * Whether two programs give the same verdict for every complete form and every partial one, with the proof in a few words;
 * `null` where that cannot be shown. What differs is found part by part, and each part that differs is tried over every
 * answer to the items that it reads.
 */
export function sameMeaning(one: Program, other: Program): string | null {
  if (JSON.stringify(bare(one)) === JSON.stringify(bare(other))) return 'the same normal form';
  if (readsNegativesOnly(one, other))
    return 'nothing contradicts or estimates it: which side is negative moves no result';
  if (negativesNeverWithheld(one, other))
    return 'no form that contradicts itself decides it: which side is negative moves no result';
  // Only what complete forms can tell apart is tried below: rules about missing answers must be equal as they stand.
  if (JSON.stringify(aroundForms(one)) !== JSON.stringify(aroundForms(other)))
    return sameByAnswers(one, other) ? 'equal over every form as it can be recorded' : null;
  if (differInEstimates(one, other)) return null;
  const reads = differing(one, other);
  return agree(one, other, reads);
}

/**
 * Whether two programs differ in nothing but which sides read as negative, of verdicts on forms that cannot contradict
 * themselves and that read no score with a missing rule: a negative is then never withheld.
 */
function readsNegativesOnly(one: Program, other: Program): boolean {
  if (one.gates.some(({ effect }) => effect.kind !== 'stops') || !differInNegatives(one, other)) return false;
  const estimated = new Set(one.scores.flatMap((score, i) => (isEstimatedScore(score) ? [i] : [])));
  const bands = pairs(one.bands, other.bands).filter(([a, b]) => !same(a, b));
  const cutOffs = pairs(one.cutOffs, other.cutOffs).filter(([a, b]) => !same(a, b));
  return (
    bands.every(([{ of }]) => of === undefined || !readsScore({ op: 'score', at: of }, estimated, one)) &&
    cutOffs.every(([{ verdict }]) => !readsScore(verdict.test, estimated, one))
  );
}

/** Whether a part of a program reads one of these scores, through other scores too. */
function readsScore(part: unknown, scores: ReadonlySet<number>, program: Program): boolean {
  if (typeof part !== 'object' || part === null) return false;
  if ('op' in part && part.op === 'score' && 'at' in part && typeof part.at === 'number')
    return scores.has(part.at) || readsScore(program.scores[part.at]?.value, scores, program);
  return Object.values(part).some((inner) => readsScore(inner, scores, program));
}

function isEstimatedScore({ missingRules }: Program['scores'][number]): boolean {
  return missingRules !== undefined;
}

function isEstimated({ scores }: Program): boolean {
  return scores.some(isEstimatedScore);
}

function differInNegatives(one: Program, other: Program): boolean {
  const without = (program: Program) =>
    JSON.stringify(bare(program), (key, value: unknown) => (key === 'negative' ? undefined : value));
  return without(one) === without(other);
}

/**
 * Whether two programs differ in nothing but which sides read as negative, and no form that contradicts itself decides one of
 * the sides in question (rules that any answer against a gate settles otherwise): a negative is then never withheld.
 */
function negativesNeverWithheld(one: Program, other: Program): boolean {
  if (isEstimated(one) || !differInNegatives(one, other)) return false;
  const sides: Verdict[] = [];
  for (const [a, b] of pairs(one.bands, other.bands)) {
    for (const [level, changed] of pairs(a.levels, b.levels)) {
      if (level.negative === changed.negative) continue;
      if (level.verdict === undefined) return false;
      sides.push(level.verdict);
    }
  }
  const cutOffs = pairs(one.cutOffs, other.cutOffs).filter(([a, b]) => a.negative !== b.negative);
  const isWithheld = (form: PartialForm) =>
    sides.some((side) => decide(side, form) === TRUE) ||
    cutOffs.some(([{ verdict, negative }, changed]) =>
      [negative, changed.negative].some(
        (side) => side !== undefined && decide(verdict, form) === (side === 'met' ? TRUE : FALSE),
      ),
    );
  const states = one.variables.map((variable) =>
    variable.kind === 'choice' ? [OPEN, ...variable.codes.keys()] : variable.kind === 'text' ? [OPEN] : [],
  );
  return everyForm(states, (at) => {
    const form = applyGates(one, { at, among: NONE_AMONG });
    return !form.gates.includes('contradicted') || !isWithheld(form);
  });
}

/** Whether something holds of every form made of one state of each variable; false where there are none or too many. */
function everyForm(
  states: readonly (readonly number[])[],
  holds: (at: readonly number[]) => boolean,
): boolean {
  const forms = states.reduce((product, of) => product * of.length, 1);
  if (forms === 0 || forms > MOST_FORMS) return false;
  for (let n = 0; n < forms; n++) {
    let rest = n;
    const at = states.map((of) => {
      const state = of[rest % of.length] as number;
      rest = Math.floor(rest / of.length);
      return state;
    });
    if (!holds(at)) return false;
  }
  return true;
}

/** A program without its texts, its sums in one order. */
function bare(program: Program): unknown {
  return JSON.parse(
    JSON.stringify(program, (key, value: unknown) => {
      if (['formula', 'when', 'if', 'label', 'title', 'response', 'screensFor'].includes(key))
        return undefined;
      if (key === 'terms' && Array.isArray(value)) {
        return [...(value as unknown[])].map((term) => JSON.stringify(term)).sort();
      }
      return value;
    }),
  ) as unknown;
}

/**
 * Whether something differs that a missing rule can estimate: an estimate may lie where no complete form does, so complete
 * forms do not tell.
 */
function differInEstimates(one: Program, other: Program): boolean {
  const estimated = new Set(one.scores.flatMap((score, i) => (isEstimatedScore(score) ? [i] : [])));
  const scores = pairs(one.scores, other.scores).some(([a, b], i) => estimated.has(i) && !same(a, b));
  const accumulators = estimated.size > 0 && !same(one.accumulators, other.accumulators);
  const bands = pairs(one.bands, other.bands).some(
    ([a, b]) => !same(a, b) && a.of !== undefined && readsScore({ op: 'score', at: a.of }, estimated, one),
  );
  const cutOffs = pairs(one.cutOffs, other.cutOffs).some(
    ([a, b]) =>
      !same(a, b) &&
      (readsScore(a.verdict.test, estimated, one) || readsScore(b.verdict.test, estimated, other)),
  );
  return scores || accumulators || bands || cutOffs;
}

/** What decides how a form is read before any formula: options, members, missing rules, which sides are negative. */
function aroundForms({ variables, members, scores, bands, cutOffs, flags }: Program): unknown {
  return [
    variables,
    members,
    scores.map(({ id, missingRules, range, scale }) => [id, missingRules, range, scale]),
    bands.map(({ id, levels }) => [id, levels.map((level) => [level.id, level.negative])]),
    cutOffs.map(({ id, negative, control }) => [id, negative, control]),
    flags.map(({ id, critical }) => [id, critical]),
  ];
}

/** The variables read by whatever differs. */
function differing(one: Program, other: Program): readonly VariableIndex[] {
  const reads = new Set<VariableIndex>();
  const add = (verdict: { readonly reads: readonly VariableIndex[] } | undefined): void => {
    for (const v of verdict?.reads ?? []) reads.add(v);
  };
  if (one.gates.length !== other.gates.length) {
    for (const gate of [...one.gates, ...other.gates]) {
      add(gate.verdict);
      for (const v of gate.targets) reads.add(v);
    }
  }
  for (const [a, b] of pairs(one.gates, other.gates)) {
    if (same(a, b)) continue;
    for (const gate of [a, b]) {
      add(gate.verdict);
      for (const v of gate.targets) reads.add(v);
    }
  }
  for (const [a, b] of pairs(one.scores, other.scores)) {
    add(a);
    add(b);
  }
  for (const [a, b] of [...pairs(one.cutOffs, other.cutOffs), ...pairs(one.flags, other.flags)]) {
    if (same(a, b)) continue;
    add(a.verdict);
    add(b.verdict);
  }
  for (const [a, b] of pairs(one.bands, other.bands)) {
    for (const level of [...a.levels, ...b.levels]) add(level.verdict);
  }
  return [...reads].sort((x, y) => x - y);
}

function pairs<T>(a: readonly T[], b: readonly T[]): readonly (readonly [T, T])[] {
  return a.slice(0, b.length).map((x, i) => [x, b[i] as T] as const);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(bare(a as Program)) === JSON.stringify(bare(b as Program));
}

/** Tries every answer to `reads` and holds all verdicts of the two programs together. */
function agree(one: Program, other: Program, reads: readonly VariableIndex[]): string | null {
  const values = reads.map((v): readonly number[] => {
    const variable = one.variables[v];
    // An item left open tells two programs apart only through a gate: exact verdicts follow from those of complete forms.
    const open = one.gates.length + other.gates.length > 0 ? [-1] : [];
    return variable?.kind === 'choice' ? [...open, ...variable.codes.keys()] : [];
  });
  const forms = values.reduce((product, of) => product * of.length, 1);
  if (forms === 0 || forms > MOST_FORMS) {
    if (agreeByTotals(one, other)) return 'no reachable value lies between the old edge and the new';
    return sameByParts(one, other)
      ? 'each part that differs is equal over every answer to its own items'
      : null;
  }
  const states = one.variables.map((_, v) => values[reads.indexOf(v)] ?? [OPEN]);
  return everyForm(states, (at) => said(one, at) === said(other, at))
    ? `equal over every answer to ${reads.length} items`
    : null;
}

/** Everything that a program says of a form: bounds of each score, outcomes of each verdict. */
function said(program: Program, at: readonly number[]): string {
  const form = applyGates(program, { at, among: NONE_AMONG });
  const verdict = ({ test }: Verdict): number => outcomes(test, form);
  const scores = program.scores.map(({ value }) => {
    const { lowest, highest } = evaluate(value, form);
    return [lowest, highest];
  });
  return JSON.stringify([
    form.gates,
    scores,
    program.bands.map((band) => levelsOf(band, scores, program)),
    program.cutOffs.map((cutOff) => [
      verdict(cutOff.verdict),
      cutOff.applies === undefined ? 2 : verdict(cutOff.applies),
    ]),
    program.flags.map((flag) => verdict(flag.verdict)),
  ]);
}

function levelsOf(
  band: BandProgram,
  scores: readonly (readonly number[])[],
  program: Program,
): readonly (string | undefined)[] {
  if (band.of === undefined) return [];
  const { scale } = program.scores[band.of] as { scale: number };
  return (scores[band.of] as readonly number[]).map(
    (value) => band.levels.findLast(({ from }) => value / scale >= (from ?? Number.POSITIVE_INFINITY))?.id,
  );
}

/**
 * Where there are too many forms: the two differ only in edges of bands and cut-offs on one score each, and no reachable
 * value of that score lies between the old edge and the new.
 */
function agreeByTotals(one: Program, other: Program): boolean {
  if (!same(one.gates, other.gates) || !same(one.scores, other.scores) || !same(one.flags, other.flags))
    return false;
  if (!same(one.accumulators, other.accumulators)) return false;
  return byValues(one, other);
}

function byValues(one: Program, other: Program): boolean {
  const form = emptyForm(one);
  const reaches = one.scores.map((score) => reach(score, form).values);
  for (const [a, b] of pairs(one.bands, other.bands)) {
    if (same(a, b)) continue;
    const values = a.of === undefined || a.of !== b.of ? null : (reaches[a.of] ?? null);
    if (values === null) return false;
    for (const value of values) {
      const level = (band: BandProgram) =>
        levelsOf(
          band,
          Array.from({ length: (a.of as number) + 1 }, () => [value]),
          one,
        )[0];
      if (level(a) !== level(b)) return false;
    }
  }
  for (const [a, b] of pairs(one.cutOffs, other.cutOffs)) {
    if (same(a, b)) continue;
    const at = scoreRead(a.verdict);
    if (at === null || at !== scoreRead(b.verdict)) return false;
    const values = reaches[at] ?? null;
    if (values === null) return false;
    for (const value of values) {
      const given = { ...form, known: { [at]: point(value) } };
      if (outcomes(a.verdict.test, given) !== outcomes(b.verdict.test, given)) return false;
    }
  }
  return true;
}

/** The one score that a test is about, if it is about nothing else. */
function scoreRead({ test }: Verdict): number | null {
  const node = test.op === 'not' ? test.of : test;
  if (node.op !== 'at-least' && node.op !== 'within') return null;
  return node.of.op === 'score' ? node.of.at : null;
}
