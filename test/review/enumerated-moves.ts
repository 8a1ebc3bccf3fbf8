import { isLeft } from 'fp-ts/Either';
import type { Answers, Instrument, Shape } from '../../src/instrument/index.js';
import type { ExampleForm } from '../../src/review/effect/joint-form.js';
import { outcomeText, type Said, saidBy } from '../../src/review/effect/outcome.js';
import { form, score } from '../../src/scoring/index.js';

/** Moves by part (`band uk`), then by `from → to`: how many forms. */
export type EnumeratedMoves = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface Enumerated {
  readonly forms: number;
  readonly moves: EnumeratedMoves;
}

type Filled = Readonly<Record<string, string>>;

interface Would {
  readonly answers: Filled;
  readonly administered: readonly string[];
  readonly context: Readonly<Record<string, string>>;
}

/** Each way in which a person would answer every item of the instrument, by brute force. */
export function* everyAnswer(instruments: readonly Instrument[]): Generator<Would> {
  const axes = new Map<
    string,
    { readonly kind: 'answer' | 'member' | 'context'; readonly values: Set<string> }
  >();
  // An item that one definition scores is on the form with every answer that either of them knows.
  const scored = new Set(
    instruments.flatMap(({ program }) =>
      program.variables.flatMap((variable) =>
        variable.kind === 'text' || variable.unscored === true ? [] : [variable.id],
      ),
    ),
  );
  for (const { program } of instruments) {
    for (const { panel, id, asked } of program.members)
      if (asked === 'chosen')
        axes.set(`${panel}.${id} chosen`, { kind: 'member', values: new Set(['no', 'yes']) });
    for (const [v, variable] of program.variables.entries()) {
      if (variable.kind === 'text' || !scored.has(variable.id)) continue;
      const { min, max, step, places } =
        variable.kind === 'number' ? variable : { min: 0, max: -1, step: 1, places: 0 };
      const values =
        variable.kind === 'choice'
          ? variable.codes
          : Array.from({ length: (max - min) / step + 1 }, (_, i) => String((min + i * step) / 10 ** places));
      const axis = axes.get(variable.id) ?? {
        kind: v < program.items ? 'answer' : 'context',
        values: new Set(),
      };
      for (const value of values) axis.values.add(value);
      axes.set(variable.id, axis);
    }
  }
  const names = [...axes];
  function* fill(at: number, would: Would): Generator<Would> {
    const [name, axis] = names[at] ?? [];
    if (name === undefined || axis === undefined) {
      yield would;
      return;
    }
    for (const value of axis.values) {
      if (axis.kind === 'answer')
        yield* fill(at + 1, { ...would, answers: { ...would.answers, [name]: value } });
      else if (axis.kind === 'context')
        yield* fill(at + 1, { ...would, context: { ...would.context, [name]: value } });
      else
        yield* fill(at + 1, {
          ...would,
          administered:
            value === 'yes' ? [...would.administered, name.replace(/ chosen$/, '')] : would.administered,
        });
    }
  }
  yield* fill(0, { answers: {}, administered: [], context: {} });
}

/** The form as a person fills it in: item after item, but for what need not be asked. */
export function filledIn(instrument: Instrument, would: Would): Filled {
  const { program } = instrument;
  const members = program.members.map(({ panel, id }) => `${panel}.${id}`);
  const administered = would.administered.filter((name) => members.includes(name));
  let filled: Filled = {};
  // What a stop makes needless is asked all the same; another gate over the same item may skip it.
  const gates = program.gates.filter(({ effect }) => effect.kind !== 'stops');
  const withoutStops = { ...instrument, program: { ...program, gates } };
  for (const { id, member } of program.variables.slice(0, program.items)) {
    const answer = would.answers[id];
    if (answer === undefined) continue;
    const asked = program.members[member ?? -1];
    if (asked?.asked === 'chosen' && !administered.includes(members[member ?? -1] as string)) continue;
    if (gates.length > 0) {
      const states = form(withoutStops, filled as Answers<Shape>, would.context as never, { administered });
      if (states.find(({ item }) => item === id)?.status === 'skipped') continue;
    }
    filled = { ...filled, [id]: answer };
  }
  return filled;
}

export function saidOnForm(
  instrument: Instrument,
  filled: Filled,
  would: Omit<Would, 'answers'>,
): Said | null {
  const members = instrument.program.members.map(({ panel, id }) => `${panel}.${id}`);
  const context =
    would.context['age'] === undefined
      ? would.context
      : { ...would.context, age: Number(would.context['age']) };
  const outcome = score(instrument, filled as Answers<Shape>, context as never, {
    administered: would.administered.filter((name) => members.includes(name)),
  });
  return isLeft(outcome) ? null : saidBy(outcome.right);
}

/** What an edit moves, by scoring each form with both definitions. */
export function enumerated(before: Instrument, after: Instrument): Enumerated {
  const seen = new Set<string>();
  const moves = new Map<string, Map<string, number>>();
  let forms = 0;
  for (const would of everyAnswer([before, after])) {
    const [a, b] = [filledIn(before, would), filledIn(after, would)];
    const key = JSON.stringify([a, b, would.administered, would.context]);
    if (seen.has(key)) continue;
    seen.add(key);
    const [was, is] = [saidOnForm(before, a, would), saidOnForm(after, b, would)];
    if (was === null || is === null) continue;
    forms++;
    for (const [part, outcome] of was) {
      const now = is.get(part);
      if (now === undefined) continue;
      const kind = part.split(' ')[0] as 'score';
      const [from, to] = [outcomeText(kind, outcome), outcomeText(kind, now)];
      if (from === to) continue;
      const found = moves.get(part) ?? new Map<string, number>();
      found.set(`${from} → ${to}`, (found.get(`${from} → ${to}`) ?? 0) + 1);
      moves.set(part, found);
    }
  }
  return { forms, moves };
}

/** How one form moves, part by part (`from → to`), scored by the engine as each side asks it. */
export function movesOfForm(
  before: Instrument,
  after: Instrument,
  form: ExampleForm,
): ReadonlyMap<string, string> {
  const would = { answers: form.answers, administered: form.administered ?? [], context: form.context ?? {} };
  const [was, is] = [before, after].map((one) => saidOnForm(one, filledIn(one, would), would));
  return new Map(
    [...(was ?? [])].flatMap(([part, outcome]) => {
      const now = is?.get(part);
      const kind = part.split(' ')[0] as 'score';
      return now === undefined ? [] : [[part, `${outcomeText(kind, outcome)} → ${outcomeText(kind, now)}`]];
    }),
  );
}
