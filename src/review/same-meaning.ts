import { evaluate, outcomes } from '../formula/evaluate.js';
import { applyGates, emptyForm, NONE_AMONG, reach } from '../formula/partial-form.js';
import type { BandProgram, Program, VariableIndex, Verdict } from '../instrument/index.js';

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
    return 'no gate and no missing rule: which side is negative moves no result';
  // Only what complete forms can tell apart is tried below: rules about missing answers must be equal as they stand.
  if (JSON.stringify(aroundForms(one)) !== JSON.stringify(aroundForms(other))) return null;
  const reads = differing(one, other);
  if (reads === null) return null;
  return agree(one, other, reads) ? `equal over every answer to ${reads.length} items` : null;
}

/**
 * Whether two programs differ in nothing but which sides read as negative, on a form that can neither contradict itself nor
 * be estimated: a negative is then never withheld.
 */
function readsNegativesOnly(one: Program, other: Program): boolean {
  if (one.gates.some(({ effect }) => effect.kind !== 'stops')) return false;
  if (one.scores.some(({ missingRules }) => missingRules !== undefined)) return false;
  const without = (program: Program) =>
    JSON.stringify(bare(program), (key, value: unknown) => (key === 'negative' ? undefined : value));
  return without(one) === without(other);
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

/** The variables read by whatever differs; `null` where the two do not even have the same parts. */
function differing(one: Program, other: Program): readonly VariableIndex[] | null {
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
function agree(one: Program, other: Program, reads: readonly VariableIndex[]): boolean {
  const values = reads.map((v): readonly number[] => {
    const variable = one.variables[v];
    // An item left open tells two programs apart only through a gate: exact verdicts follow from those of complete forms.
    const open = one.gates.length + other.gates.length > 0 ? [-1] : [];
    return variable?.kind === 'choice' ? [...open, ...variable.codes.keys()] : [];
  });
  const forms = values.reduce((product, of) => product * of.length, 1);
  if (forms === 0 || forms > MOST_FORMS) return agreeByTotals(one, other);
  const at = one.variables.map(() => -1);
  for (let n = 0; n < forms; n++) {
    let rest = n;
    for (const [i, v] of reads.entries()) {
      const of = values[i] as readonly number[];
      at[v] = of[rest % of.length] as number;
      rest = Math.floor(rest / of.length);
    }
    if (said(one, at) !== said(other, at)) return false;
  }
  return true;
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
      const given = { ...form, given: { [at]: value } };
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
