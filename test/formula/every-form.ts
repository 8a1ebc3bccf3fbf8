import {
  ABSENT,
  AMONG,
  type Evaluation,
  evaluate,
  OPEN,
  outcomes,
  TRUE,
  valuesOf,
} from '../../src/formula/evaluate.js';
import type { Program, Variable, Verdict } from '../../src/formula/normal-form.js';
import {
  applyGates,
  decide,
  isWithoutItems,
  NONE_AMONG,
  type Recorded,
  reach,
} from '../../src/formula/partial-form.js';

type Row = readonly number[];

const valuesTo = (variable: Variable): Row => {
  if (variable.kind === 'choice') return [...variable.codes.keys()];
  if (variable.kind === 'text') return [0];
  const { min, max, step } = variable;
  return Array.from({ length: (max - min) / step + 1 }, (_, i) => min + i * step);
};

const product = (columns: readonly Row[]): readonly Row[] =>
  columns.reduce<readonly Row[]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  );

/** The choices that share their code with another: an option whose points are an interval. */
const interval = (variable: Variable): Row =>
  variable.kind === 'choice'
    ? [...variable.codes.keys()].filter(
        (i) =>
          variable.codes.indexOf(variable.codes[i] ?? '') !==
          variable.codes.lastIndexOf(variable.codes[i] ?? ''),
      )
    : [];

/** Every way in which a form can be recorded: each item answered, open, or answered with an interval; a chosen member left out. */
function* everyRecording(program: Program): Generator<Recorded> {
  const columns = program.variables.map((variable) => [
    ...valuesTo(variable),
    OPEN,
    ...(interval(variable).length > 0 ? [AMONG] : []),
  ]);
  const among = Object.fromEntries(program.variables.map((variable, i) => [i, interval(variable)]));
  for (const left of product(program.members.map(({ asked }) => (asked === 'chosen' ? [0, 1] : [0])))) {
    const isLeftOut = (variable: Variable): boolean =>
      variable.member !== undefined && left[variable.member] === 1;
    for (const at of product(
      columns.map((column, i) => (isLeftOut(program.variables[i] as Variable) ? [ABSENT] : column)),
    )) {
      yield { at, among: at.includes(AMONG) ? among : NONE_AMONG };
    }
  }
}

const evaluation = (program: Program, at: Row): Evaluation => ({ program, at, among: {}, known: {} });

/** By the letter of the language: each gate that holds skips those of its items that were left open, unless one contradicts it. */
function fillIn(program: Program, recorded: Recorded, filled: Row): Row {
  const at = [...filled];
  for (const { effect, targets, verdict } of program.gates) {
    if (effect.kind === 'stops' || outcomes(verdict.test, evaluation(program, at)) !== TRUE) continue;
    const contradicted = targets.some((target, i) => {
      const known = recorded.at[target] as number;
      if (known === OPEN || known === ABSENT) return false;
      const same = effect.kind === 'points' ? (effect.same[i] ?? []) : [];
      return !(known === AMONG ? (recorded.among[target] ?? []) : [known]).some((choice) =>
        same.includes(choice),
      );
    });
    if (contradicted) continue;
    targets.forEach((target, i) => {
      if (recorded.at[target] === OPEN)
        at[target] = effect.kind === 'points' ? (effect.as[i] as number) : ABSENT;
    });
  }
  return at;
}

/** Every completion of a form. */
function completions(program: Program, recorded: Recorded): readonly Row[] {
  const columns = recorded.at.map((known, i) => {
    if (known === OPEN) return valuesTo(program.variables[i] as Variable);
    return known === AMONG ? (recorded.among[i] as Row) : [known];
  });
  return product(columns).map((filled) => fillIn(program, recorded, filled));
}

/** Where the engine and the enumeration of completions differ: none, if every verdict and score is exact on every form. */
export function differences(program: Program): readonly string[] {
  const found: string[] = [];
  const verdicts: readonly (readonly [string, Verdict])[] = [
    ...program.cutOffs.map(({ id, verdict }) => [id, verdict] as const),
    ...program.bands.flatMap(({ id, levels }) =>
      levels.flatMap(({ verdict, ...level }) =>
        verdict === undefined ? [] : [[`${id}.${level.id}`, verdict] as const],
      ),
    ),
  ];
  for (const recorded of everyRecording(program)) {
    const form = applyGates(program, recorded);
    const completed = completions(program, recorded).map((at) => evaluation(program, at));
    for (const [id, verdict] of verdicts) {
      const meant = completed.reduce((seen, one) => seen | outcomes(verdict.test, one), 0);
      const said = decide(verdict, form);
      if (said !== meant) found.push(`${id} on ${recorded.at}: ${said}, not ${meant}`);
    }
    for (const score of program.scores) {
      const applying = completed.filter((one) => !isWithoutItems(score.items, one));
      if (applying.length === 0) continue;
      const meant = new Set(applying.flatMap((one) => [...valuesOf(evaluate(score.value, one))]));
      const { lowest, highest, values } = reach(score, form);
      const ends = lowest === Math.min(...meant) && highest === Math.max(...meant);
      const all =
        values === null || (values.size === meant.size && [...values].every((value) => meant.has(value)));
      if (!ends || !all)
        found.push(`${score.id} on ${recorded.at}: ${lowest} to ${highest}, not ${[...meant]}`);
    }
  }
  return found;
}
