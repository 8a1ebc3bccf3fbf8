import type { Condition } from './conditions.js';
import { evaluate } from './evaluate.js';
import {
  blankForm,
  type LoweredScore,
  type Lowering,
  mayBeAbsent,
  testNode,
  widenedForm,
} from './lowering.js';
import { isHeldExactly, sizeOfNumber, sizeOfTest } from './magnitudes.js';
import type { Path } from './model.js';
import type { Gate, Variable, VariableIndex, Verdict } from './normal-form.js';
import {
  type Ground,
  leftOpenBy,
  type Pivoted,
  type PivotTrouble,
  pivotsOfEnds,
  pivotsOfScore,
  verdictOf,
} from './pivots.js';

/** Made once a formula is lowered, as that may add accumulators. */
const groundOver = (gates: readonly Gate[], lowering: Lowering): Ground => ({
  blank: blankForm(lowering),
  widened: widenedForm(lowering, (variable) => mayBeAbsent(variable, lowering)),
  gates,
});

/** The verdict of a condition behind these gates, with a problem where it cannot be made exact. */
export function exactVerdict(
  test: Condition,
  where: Path,
  gates: readonly Gate[],
  lowering: Lowering,
): Verdict {
  const node = testNode(test, lowering);
  const ground = groundOver(gates, lowering);
  reportTooLarge(sizeOfTest(node, ground.blank), where, lowering);
  const { trouble, ...verdict } = verdictOf(node, ground);
  reportTrouble(trouble, where, lowering);
  return verdict;
}

/** Reports a gate that an answered form can leave open: nobody could tell what to ask next. */
export function reportLeftOpen(
  { test }: Verdict,
  where: Path,
  gates: readonly Gate[],
  lowering: Lowering,
): void {
  const open = leftOpenBy(test, groundOver(gates, lowering));
  if (open === null) return;
  const { id } = lowering.variables[open.variable] as Variable;
  const message = `'${id}' answered '${open.code}' has points that are an interval, which leaves open whether this gate holds and so what is asked next: say it of the answer, as in '${id} is "${open.code}"'.`;
  lowering.report({ code: 'gate-interval', where, message });
}

/** Reports a number that can become too large for a double to hold it exactly. */
export function reportTooLarge(magnitude: number, where: Path, lowering: Lowering): void {
  if (isHeldExactly(magnitude)) return;
  const message =
    'A value here can be 2^53 or more, which cannot be held exactly: use fewer decimals or smaller factors.';
  lowering.report({ code: 'too-large', where, message });
}

/**
 * A score's pivots make its set of values exact. Where that would take too many and no more than its ends are asked for,
 * they make its ends exact. A number item counts by its ends. `items`: those without any of which it does not apply.
 */
export function exactScore(
  score: LoweredScore,
  items: readonly VariableIndex[],
  where: Path,
  gates: readonly Gate[],
  lowering: Lowering,
  graded: boolean,
): Pivoted {
  const ground = groundOver(gates, lowering);
  reportTooLarge(Math.max(sizeOfNumber(score.value, ground.blank), score.scale), where, lowering);
  const byValue = pivotsOfScore(score.value, items, ground);
  const byEnds = pivotsOfEnds(score.value, items, ground);
  // Of a score that never moves it is asked whether it applies, which its ends do not tell.
  const { lowest, highest } = evaluate(score.value, ground.widened);
  if (byValue.trouble?.kind === 'too-many' && !graded && lowest < highest) {
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
  const name = (variable: VariableIndex): string => `'${(lowering.variables[variable] as Variable).id}'`;
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
