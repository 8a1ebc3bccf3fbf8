import type { PathProblem } from '../../definition/problem.js';
import type { Path } from '../../formula/model.js';
import type { Instrument } from '../../instrument/index.js';
import { compare, type Leaf } from '../finding.js';
import { isTrue } from '../kleene.js';
import type { Condition, Fact } from '../pathway.js';

/** What a condition hangs on: one thing that is known or found out, with what it makes of each leaf that reads it. */
interface Variable {
  readonly name: string;
  readonly leaves: readonly Leaf[];
  /** Every way in which the leaves can come out together. */
  readonly cases: readonly (readonly boolean[])[];
}

/** More combinations than any reviewed rule has; beyond it a rule is split, not checked for hours. */
const MOST = 200_000;

/** What conditions are checked against. */
export interface Known {
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly facts: ReadonlyMap<string, Fact>;
}

/** What is wrong with a condition, whatever rule it stands in; `null` where nothing is. */
export type Deadness = { readonly code: string; readonly message: string } | null;

/**
 * The conditions that can never hold, that hold for everybody, or that name something on which nothing hangs: found by
 * going through every combination of what facts can be and what the verdicts of one score can be together. `remembered`:
 * what was found of conditions (by their text) against the same facts and instruments.
 */
export const deadConditions = (
  conditions: readonly { readonly text: string; readonly when: Condition; readonly where: Path }[],
  known: Known,
  remembered: Map<string, Deadness>,
): readonly PathProblem[] =>
  conditions.flatMap(({ text, when, where }) => {
    const before = remembered.get(text);
    const problem = before === undefined ? deadness(when, known) : before;
    remembered.set(text, problem);
    return problem === null ? [] : [{ ...problem, where: [...where, 'when'] }];
  });

const deadness = (when: Condition, known: Known): Deadness => {
  let count = 1;
  const variables = variablesOf(when, known).map((variable) => {
    const stride = count;
    count *= variable.cases.length;
    return { ...variable, stride };
  });
  if (count > MOST) {
    return {
      code: 'too-many-cases',
      message: 'too many combinations to prove that the condition can hold and can fail: write two rules.',
    };
  }
  const truths = new Map<Leaf, boolean>();
  const holds = (combination: number): boolean => {
    for (const { leaves, cases, stride } of variables) {
      const made = cases[Math.floor(combination / stride) % cases.length];
      leaves.forEach((leaf, at) => {
        truths.set(leaf, made?.[at] === true);
      });
    }
    return holdsWith(when, truths);
  };
  const outcomes = Array.from({ length: count }, (_, combination) => holds(combination));
  if (!outcomes.includes(true)) {
    return { code: 'never-fires', message: 'no person and no result can meet this condition.' };
  }
  if (!outcomes.includes(false)) {
    return { code: 'always-fires', message: 'every person and every result meets this condition.' };
  }
  for (const { name, leaves, cases, stride } of variables) {
    const span = stride * cases.length;
    // A score that passes whatever it is (`total >= 0`) asks whether the form is there.
    const asksForTheForm =
      cases.length === 1 && leaves.every(({ op }, at) => op === 'score' && cases[0]?.[at] === true);
    const matters =
      asksForTheForm || outcomes.some((outcome, n) => outcome !== outcomes[n - (n % span) + (n % stride)]);
    if (!matters) {
      return {
        code: 'idle-name',
        message: `whatever ${name} is, the condition comes out the same: leave it out.`,
      };
    }
  }
  return null;
};

const holdsWith = (condition: Condition, truths: ReadonlyMap<Leaf, boolean>): boolean => {
  switch (condition.op) {
    case 'and':
      return condition.of.every((each) => holdsWith(each, truths));
    case 'or':
      return condition.of.some((each) => holdsWith(each, truths));
    case 'not':
      return !holdsWith(condition.of, truths);
    default:
      return truths.get(condition) === true;
  }
};

const leavesIn = (condition: Condition): readonly Leaf[] => {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.of.flatMap(leavesIn);
    case 'not':
      return leavesIn(condition.of);
    default:
      return [condition];
  }
};

const variablesOf = (condition: Condition, known: Known): readonly Variable[] => {
  const byName = new Map<string, { readonly first: Leaf; readonly leaves: Leaf[] }>();
  for (const leaf of leavesIn(condition)) {
    const name = variableOf(leaf, known);
    const group = byName.get(name) ?? { first: leaf, leaves: [] };
    group.leaves.push(leaf);
    byName.set(name, group);
  }
  return [...byName].map(([name, { first, leaves }]) => ({
    name,
    leaves,
    cases: distinct(casesOf(first, leaves, known)),
  }));
};

const distinct = (cases: readonly (readonly boolean[])[]): readonly (readonly boolean[])[] => [
  ...new Map(cases.map((each) => [each.join(), each])).values(),
];

const programOf = (id: string, known: Known): Instrument['program'] | undefined =>
  known.instruments.get(id)?.program;

/** The one score from which a verdict is taken, and the printed values at which it holds; `null` where it hangs on more. */
const onScore = (
  leaf: Leaf,
  known: Known,
): {
  readonly score: Instrument['program']['scores'][number];
  readonly test: (value: number) => boolean;
} | null => {
  if (leaf.op !== 'meets' && leaf.op !== 'level' && leaf.op !== 'score') return null;
  const scores = programOf(leaf.instrument, known)?.scores ?? [];
  const found = (at: number, test: (value: number, scale: number) => boolean) => {
    const score = scores[at];
    return score === undefined ? null : { score, test: (value: number): boolean => test(value, score.scale) };
  };
  if (leaf.op === 'score') {
    return found(
      scores.findIndex(({ id }) => id === leaf.score),
      (value) => isTrue(compare(leaf.operator, value, value, leaf.value)),
    );
  }
  if (leaf.op === 'level') {
    const band = programOf(leaf.instrument, known)?.bands.find(({ id }) => id === leaf.band);
    const levels = band?.levels ?? [];
    return found(band?.of ?? -1, (value) => {
      const reached = levels.filter(({ from }) => from !== undefined && from <= value).map(({ id }) => id);
      return leaf.levels.includes(String(reached.at(-1)));
    });
  }
  const test = programOf(leaf.instrument, known)?.cutOffs.find(({ id }) => id === leaf.cutOff)?.verdict.test;
  if (test?.op !== 'at-least' || test.of.op !== 'score') return null;
  return found(test.of.at, (value, scale) => value * scale >= test.value);
};

/** Leaves with one name come out together. */
const variableOf = (leaf: Leaf, known: Known): string => {
  switch (leaf.op) {
    case 'fact':
      return known.facts.get(leaf.fact)?.type === 'list' ? `${leaf.fact} is ${leaf.value}` : leaf.fact;
    case 'fact-number':
      return leaf.fact;
    case 'unrouted-critical-flag':
      return leaf.op;
    case 'raises':
      return `${leaf.instrument} raises ${leaf.flag}`;
    case 'meets':
    case 'level':
    case 'score': {
      const score = onScore(leaf, known)?.score.id;
      if (score !== undefined) return `${leaf.instrument}.${score}`;
      return leaf.op === 'level'
        ? `${leaf.instrument}.${leaf.band}`
        : `${leaf.instrument} ${leaf.op} ${named(leaf)}`;
    }
  }
};

const named = (leaf: Extract<Leaf, { readonly op: 'meets' | 'score' }>): string =>
  leaf.op === 'meets' ? leaf.cutOff : leaf.score;

const EITHER: readonly (readonly boolean[])[] = [[true], [false]];

const casesOf = (first: Leaf, leaves: readonly Leaf[], known: Known): readonly (readonly boolean[])[] => {
  const score = onScore(first, known)?.score;
  if (score !== undefined) {
    const [least, most] = score.range;
    return between(least, most, 1 / score.scale).map((value) =>
      leaves.map((leaf) => onScore(leaf, known)?.test(value) === true),
    );
  }
  if (first.op === 'level') {
    const levels =
      programOf(first.instrument, known)?.bands.find(({ id }) => id === first.band)?.levels ?? [];
    return levels.map(({ id }) => leaves.map((leaf) => leaf.op === 'level' && leaf.levels.includes(id)));
  }
  if (first.op === 'fact' || first.op === 'fact-number')
    return factCases(leaves, known.facts.get(first.fact));
  return EITHER.map((each) => leaves.map(() => each[0] === true));
};

const factCases = (leaves: readonly Leaf[], fact: Fact | undefined): readonly (readonly boolean[])[] => {
  switch (fact?.type) {
    case 'enum':
      return Object.keys(fact.says).map((value) =>
        leaves.map((leaf) => 'value' in leaf && leaf.value === value),
      );
    case 'number':
    case 'date': {
      const edges = leaves.flatMap((leaf) => (leaf.op === 'fact-number' ? [leaf.value] : []));
      const [least, most] = fact.type === 'number' ? [fact.min, fact.max] : [0, Number.POSITIVE_INFINITY];
      const values = edges
        .flatMap((edge) => [edge - 1, edge, edge + 1])
        .filter((value) => value >= least && value <= most);
      const never = fact.type === 'date' ? [leaves.map(() => false)] : [];
      return [
        ...never,
        ...values.map((value) =>
          leaves.map(
            (leaf) => leaf.op === 'fact-number' && isTrue(compare(leaf.operator, value, value, leaf.value)),
          ),
        ),
      ];
    }
    default:
      return EITHER.map((each) => leaves.map(() => each[0] === true));
  }
};

/** The values from `least` to `most`, a step apart; the two ends and a thousand between them where there are more. */
const between = (least: number, most: number, step: number): readonly number[] => {
  const count = Math.min(1000, Math.round((most - least) / step));
  return Array.from({ length: count + 1 }, (_, at) => least + ((most - least) * at) / Math.max(1, count));
};
