import { type Either, isLeft, left, right } from 'fp-ts/Either';
import type { Instrument, Variable } from '../instrument/index.js';
import { nearest } from './nearest.js';
import { type Failure, usage } from './outcome.js';

/** The items of a form, in order, without the context that formulas read. */
export const itemsOf = (instrument: Instrument): readonly Variable[] =>
  instrument.program.variables.slice(0, instrument.program.items);

/** `q3`, or `q1..q9` in form order, as item ids. `option` names the option that holds it, for the message. */
export const itemsNamed = (
  instrument: Instrument,
  text: string,
  option: string,
): Either<Failure, readonly string[]> => {
  const ids = itemsOf(instrument).map((item) => item.id);
  const indexOf = (name: string): Either<Failure, number> => {
    const index = ids.indexOf(name);
    return index >= 0
      ? right(index)
      : left(
          usage(
            'unknown-item',
            `${option}: ${instrument.short} has no item '${name.slice(0, 60)}'`,
            nearest(name, ids),
          ),
        );
  };
  const [from = '', to, more] = text.split('..');
  if (more !== undefined) return left(usage('bad-range', `${option}: a range has two ends, such as q1..q9`));
  const first = indexOf(from.trim());
  if (isLeft(first)) return first;
  if (to === undefined) return right([ids[first.right] ?? '']);
  const last = indexOf(to.trim());
  if (isLeft(last)) return last;
  if (last.right < first.right)
    return left(usage('bad-range', `${option}: '${from}' comes after '${to}' on the form`));
  return right(ids.slice(first.right, last.right + 1));
};

/** Items as the options name them: those that follow one another on the form as a range, the others by themselves. */
export const rangesOf = (instrument: Instrument, ids: readonly string[]): readonly string[] => {
  const order = itemsOf(instrument).map(({ id }) => id);
  const places = ids.map((id) => order.indexOf(id)).sort((a, b) => a - b);
  const runs: (readonly [number, number])[] = [];
  for (const at of places) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === at - 1) runs[runs.length - 1] = [last[0], at];
    else runs.push([at, at]);
  }
  return runs.map(([from, to]) =>
    from === to ? (order[from] ?? '') : `${order[from] ?? ''}..${order[to] ?? ''}`,
  );
};

/** Items that some score, verdict or gate reads, by id. The others are recorded and not scored. */
export const scoredItems = ({ program }: Instrument): ReadonlySet<string> => {
  const reads = [
    ...program.scores.map((score) => score.reads),
    ...program.quantities.map((quantity) => quantity.reads),
    ...program.bands.flatMap(({ levels }) => levels.map((level) => level.verdict?.reads ?? [])),
    ...program.cutOffs.flatMap((cutOff) => [cutOff.verdict.reads, cutOff.applies?.reads ?? []]),
    ...program.flags.map((flag) => flag.verdict.reads),
    ...program.gates.map((gate) => gate.verdict.reads),
  ].flat();
  return new Set(reads.flatMap((at) => (at < program.items ? (program.variables[at]?.id ?? []) : [])));
};
