import { AMONG, OPEN } from '../formula/evaluate.js';
import { applyGates, decide, type PartialForm, reach } from '../formula/partial-form.js';
import type { Program, Variable, Verdict } from '../instrument/index.js';

/** More forms than this are not tried one by one. */
const MOST_FORMS = 20_000;

/**
 * Whether two programs say the same of every form as it is recorded: each item open, or answered with one of its codes. This
 * tells nothing apart that an answer cannot: an option that counts as any of several points is one answer, however many
 * points it may count as. A missing rule estimates from the points themselves: with one, nothing is claimed.
 */
export function sameByAnswers(one: Program, other: Program): boolean {
  if (one.members.length > 0 || one.quantities.length > 0) return false;
  if (one.scores.some(({ missingRules }) => missingRules !== undefined)) return false;
  if (JSON.stringify(around(one)) !== JSON.stringify(around(other))) return false;
  const answers = one.variables.map(answersOf);
  const forms = answers.reduce((product, of) => product * of.length, 1);
  if (forms === 0 || forms > MOST_FORMS) return false;
  for (let n = 0; n < forms; n++) {
    let rest = n;
    const form = answers.map((of) => {
      const answer = of[rest % of.length] as string | null;
      rest = Math.floor(rest / of.length);
      return answer;
    });
    if (said(one, form) !== said(other, form)) return false;
  }
  return true;
}

/** What is not tried form by form and must be equal as it stands. */
function around({ variables, items, gates, scores, bands, cutOffs, flags }: Program): unknown {
  const of = (verdict: Verdict | undefined) => verdict?.reads;
  return [
    items,
    variables.map((variable) => ({ ...variable, codes: codesOf(variable) })),
    gates.map(({ targets, effect, verdict }) => [targets, effect.kind, of(verdict)]),
    scores.map(({ id, range, scale, reads, items: read, missingRules }) => [
      id,
      range,
      scale,
      reads,
      read,
      missingRules ?? [],
    ]),
    bands.map(({ levels, ...band }) => [band, levels.map(({ verdict, ...level }) => [level, of(verdict)])]),
    cutOffs.map(({ id, negative, control, verdict, applies }) => [
      id,
      negative,
      control,
      of(verdict),
      of(applies),
    ]),
    flags.map(({ id, critical, verdict }) => [id, critical, of(verdict)]),
  ];
}

function codesOf(variable: Variable): readonly string[] {
  return variable.kind === 'choice' ? [...new Set(variable.codes)] : [];
}

/** `null`: no answer. A number has too many answers to be tried. */
function answersOf(variable: Variable): readonly (string | null)[] {
  return variable.kind === 'number' ? [] : [null, ...codesOf(variable)];
}

function recorded(program: Program, answers: readonly (string | null)[]): PartialForm {
  const among: Record<number, readonly number[]> = {};
  const at = program.variables.map((variable, v) => {
    const answer = answers[v];
    if (variable.kind !== 'choice' || answer === null) return OPEN;
    const choices = [...variable.codes.keys()].filter((i) => variable.codes[i] === answer);
    if (choices.length === 1) return choices[0] as number;
    among[v] = choices;
    return AMONG;
  });
  return applyGates(program, { at, among });
}

function said(program: Program, answers: readonly (string | null)[]): string {
  const form = recorded(program, answers);
  const outcome = (verdict: Verdict | undefined) => (verdict === undefined ? null : decide(verdict, form));
  return JSON.stringify([
    form.gates,
    program.scores.map((score) => {
      const { lowest, highest, values } = reach(score, form);
      return [lowest, highest, values && [...values].sort((x, y) => x - y)];
    }),
    program.bands.map(({ levels }) => levels.map(({ verdict }) => outcome(verdict))),
    program.cutOffs.map(({ verdict, applies }) => [outcome(verdict), outcome(applies)]),
    program.flags.map(({ verdict }) => outcome(verdict)),
  ]);
}
