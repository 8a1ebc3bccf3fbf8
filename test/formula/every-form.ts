import { ABSENT, AMONG, FALSE, OPEN, TRUE, valuesOf } from '../../src/formula/evaluate.js';
import type { Model } from '../../src/formula/model.js';
import type { ChoiceVariable, Pivot, Program, Variable } from '../../src/formula/normal-form.js';
import { applyGates, decide, NONE_AMONG, type Recorded, reach } from '../../src/formula/partial-form.js';
import { type Form, meaning } from '../oracle/meaning.js';

type Row = readonly number[];

const product = (columns: readonly Row[]): readonly Row[] =>
  columns.reduce<readonly Row[]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  );

/** The choices that share their code with another: an option whose points are an interval. */
const interval = ({ codes }: ChoiceVariable): Row =>
  codes.flatMap((code, i) => (codes.indexOf(code) === codes.lastIndexOf(code) ? [] : [i]));

/** Every way in which an item can be recorded: each answer, and none. */
const recordings = (variable: Variable): Row => {
  switch (variable.kind) {
    case 'text':
      return [OPEN];
    case 'choice': {
      const among = interval(variable);
      const alone = [...variable.codes.keys()].filter((choice) => !among.includes(choice));
      return [...alone, ...(among.length > 0 ? [AMONG] : []), OPEN];
    }
    case 'number': {
      // Of a long scale the middle says enough.
      const { min, max, step } = variable;
      const counts = Array.from({ length: (max - min) / step + 1 }, (_, i) => min + i * step);
      return [...(counts.length > 10 ? [min, max] : counts), OPEN];
    }
  }
};

/** A form as it is recorded and as it was filled in. */
interface Filled {
  readonly recorded: Recorded;
  readonly form: Form;
}

/** Every form of a definition: each item answered or open, each member that need not be chosen asked or left out. */
function everyForm({ variables, members, items }: Program): readonly Filled[] {
  const among = Object.fromEntries(
    variables.map((variable, i) => [i, variable.kind === 'choice' ? interval(variable) : []]),
  );
  return product(members.map(({ asked }) => (asked === 'chosen' ? [0, 1] : [0]))).flatMap((left) => {
    const isLeftOut = ({ member }: { readonly member?: number }): boolean =>
      member !== undefined && left[member] === 1;
    const administered = members.flatMap(({ panel, id }, member) =>
      left[member] === 1 ? [] : [`${panel}.${id}`],
    );
    const columns = variables.map((variable) => (isLeftOut(variable) ? [ABSENT] : recordings(variable)));
    return product(columns).map((at): Filled => {
      const answers = at.flatMap((known, i): [string, string][] => {
        const variable = variables[i] as Variable;
        if (known === OPEN || known === ABSENT || variable.kind === 'text') return [];
        if (variable.kind === 'number') return [[variable.id, String(known / 10 ** variable.places)]];
        const choice = known === AMONG ? (interval(variable)[0] as number) : known;
        return [[variable.id, variable.codes[choice] as string]];
      });
      const recorded = { at, among: at.includes(AMONG) ? among : NONE_AMONG };
      const [asked, context] = [answers.slice(0, 0), Object.fromEntries(answers)];
      for (const answer of answers)
        if (variables.findIndex(({ id }) => id === answer[0]) < items) asked.push(answer);
      const { age, sex } = context;
      return {
        recorded,
        form: {
          answers: Object.fromEntries(asked),
          context: {
            ...(age ? { age: Number(age) } : {}),
            ...(sex ? { sex: sex as 'female' | 'male' } : {}),
          },
          administered,
        },
      };
    });
  });
}

const fraction = (text: string): number => {
  const [top, bottom = '1'] = text.split('/');
  return Number(top) / Number(bottom);
};

const NOT_APPLICABLE = 'not-applicable';

/**
 * Where the lowered definition and its meaning differ: none, if on every form every verdict, and every score's ends and
 * values, are what the enumeration of completions gives.
 */
export function differences(model: Model, program: Program): readonly string[] {
  const found: string[] = [];
  const { possibilities } = meaning(model);
  for (const { recorded, form } of everyForm(program)) {
    const filled = applyGates(program, recorded);
    const truth = possibilities(form);
    const where = JSON.stringify(form.answers);
    for (const { id, verdict } of program.cutOffs) {
      const meant = truth.cutOffs.get(id) ?? new Set();
      if (meant.has(NOT_APPLICABLE)) continue;
      const outcomes = (meant.has('met') ? TRUE : 0) | (meant.has('not-met') ? FALSE : 0);
      const said = decide(verdict, filled);
      if (said !== outcomes) found.push(`${id} on ${where}: ${said}, not ${outcomes}`);
    }
    for (const { id, levels } of program.bands) {
      const meant = truth.bands.get(id) ?? new Set();
      const said = levels.flatMap(({ id: level, verdict }) =>
        verdict && decide(verdict, filled) & TRUE ? [level] : [],
      );
      if (levels.some(({ id: level, verdict }) => verdict && said.includes(level) !== meant.has(level)))
        found.push(`${id} on ${where}: ${said}, not ${[...meant]}`);
    }
    for (const score of program.scores) {
      const values = [...(truth.scores.get(score.id) ?? [])].filter((one) => one !== NOT_APPLICABLE);
      if (values.length === 0) continue;
      const meant = new Set(values.map((one) => Math.round(fraction(one) * score.scale)));
      const said = reach(score, filled);
      const ends = said.lowest === Math.min(...meant) && said.highest === Math.max(...meant);
      const listed = said.values === null || [...valuesOf(said)].every((value) => meant.has(value));
      const complete = said.values === null || said.values.size === meant.size;
      if (!ends || !listed || !complete)
        found.push(`${score.id} on ${where}: ${said.lowest} to ${said.highest}, not ${[...meant]}`);
    }
  }
  return found;
}

/** By verdict and score, what is tried value by value on a form that leaves it open: `'q1 0 2, q2 0 1 2'`. */
export function tried({ variables, cutOffs, scores, bands }: Program): Readonly<Record<string, string>> {
  const told = (pivots: readonly Pivot[]): string =>
    pivots.map(({ variable, values }) => [variables[variable]?.id, ...values].join(' ')).join(', ');
  const all: readonly (readonly [string, readonly Pivot[]])[] = [
    ...scores.map(({ id, pivots }) => [id, pivots] as const),
    ...cutOffs.map(({ id, verdict }) => [id, verdict.pivots] as const),
    ...bands.flatMap(({ id, levels }) =>
      levels.map((level) => [`${id}.${level.id}`, level.verdict?.pivots ?? []] as const),
    ),
  ];
  return Object.fromEntries(all.flatMap(([id, pivots]) => (pivots.length === 0 ? [] : [[id, told(pivots)]])));
}
