import type { Lowering } from './lowering.js';
import type { ModelGate } from './model.js';
import { findName, type Names, namesWithin, type Report, type VariableFacts } from './names.js';
import type { Gate, Variable, VariableIndex, Verdict } from './normal-form.js';
import { compare, fromNumber, isWhole, multiply, type Rational, rational } from './rational.js';
import { suggestion } from './spelling.js';
import type { Span } from './syntax.js';
import { rangeVariables } from './type-check.js';

const RANGE = /^\s*([^\s.]\S*?)\s*\.\.\s*([^\s.]\S*)\s*$/;
const NOWHERE: Span = { start: 0, end: 0 };

/** The variables that a gate is about. */
export function gateTargets(gate: ModelGate, names: Names, report: Report): readonly VariableIndex[] {
  const where = [...gate.where, 'then'];
  const place = { names, where, member: gate.member, report };
  const written = typeof gate.then === 'string' ? [gate.then] : gate.then;
  return written.flatMap((text) => {
    // Both groups stand in every match.
    const range = RANGE.exec(text) as readonly [string, string, string] | null;
    if (range !== null) return rangeVariables({ from: range[1], to: range[2], span: NOWHERE }, place) ?? [];
    const name = text.trim();
    const entity = findName(names, name, gate.member);
    if (entity?.kind === 'item' && entity.facts.item !== null) return [entity.variable];
    const { sentence, field } = suggestion(name, namesWithin(names, gate.member));
    report({
      code: 'unknown-target',
      where,
      message: `'${name}' is no item that can be skipped.${sentence}`,
      ...field,
    });
    return [];
  });
}

/** The gate with its effect on each target; `null` where there is a problem, which was reported. */
export function gateOf(
  gate: ModelGate,
  text: string,
  verdict: Verdict,
  targets: readonly VariableIndex[],
  earlier: readonly Gate[],
  lowering: Lowering,
): Gate | null {
  const { names, report, variables } = lowering;
  const first = Math.min(...targets);
  const name = (variable: VariableIndex): string => (variables[variable] as Variable).id;
  const late = verdict.reads.filter((variable) => variable >= first && variable < names.model.items.length);
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
    return effect.kind === 'points' ? (effect.as[i] as number) : effect.kind;
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
  const same = targets.map((target) => answersWorth(points, lowering.names.facts[target] as VariableFacts));
  const lacking = targets.filter((_, i) => (same[i] as readonly number[]).length === 0);
  if (lacking.length > 0) {
    const list = lacking.map((target) => `'${(lowering.variables[target] as Variable).id}'`).join(', ');
    lowering.report({
      code: 'gate-points',
      where: [...gate.where, 'points'],
      message: `No answer to ${list} has ${gate.effect.points} points, so a skipped item cannot count as that.`,
    });
    return null;
  }
  return { kind: 'points', as: same.map(([one]) => one as number), same };
}

/** The choices of an item that have these points, or the one count of a number item. */
function answersWorth(points: Rational, { variable, points: byChoice }: VariableFacts): readonly number[] {
  if (variable.kind === 'number') {
    const { min, max, step, places } = variable;
    const count = multiply(points, rational(10n ** BigInt(places)));
    const whole = Number(count.numerator);
    return isWhole(count) && whole >= min && whole <= max && (whole - min) % step === 0 ? [whole] : [];
  }
  return byChoice.flatMap((one, choice) => (one !== null && compare(one, points) === 0 ? [choice] : []));
}

function stopsOf(gate: ModelGate, decides: readonly string[], lowering: Lowering): Gate['effect'] | null {
  const { model } = lowering.names;
  const ids = new Set([...model.cutOffs, ...model.bands].map(({ id }) => id));
  const known = decides.flatMap((id) => {
    const found = [`${gate.member ?? ''}.${id}`, id].find((one) => ids.has(one));
    if (found !== undefined) return [found];
    const { sentence, field } = suggestion(id, ids);
    const where = [...gate.where, 'decides'];
    lowering.report({
      code: 'unknown-verdict',
      where,
      message: `'${id}' is no cut-off or band.${sentence}`,
      ...field,
    });
    return [];
  });
  return known.length === decides.length ? { kind: 'stops', decides: known } : null;
}
