import { lowerModel } from '../formula/index.js';
import type { Model, ModelItem, ModelProblem, Path } from '../formula/model.js';
import type { Program } from '../instrument/program.js';

/** What is left of a definition without the verdicts that are wrong in themselves. */
export interface RestOfModel {
  readonly problems: readonly ModelProblem[];
  /** Its normal form, where nothing else is wrong. */
  readonly program?: Program;
}

const isWithin = (where: Path, entry: Path): boolean => entry.every((step, index) => where[index] === step);

/** Why an item may be read by no formula for once. */
const unscored = 'what reads it cannot be read';

const lowered = (model: Model): RestOfModel => {
  const outcome = lowerModel(model);
  return outcome._tag === 'Left' ? { problems: outcome.left } : { problems: [], program: outcome.right };
};

/** As `lowered`, with items that nothing reads any more let be. */
const loweredUnread = (model: Model): RestOfModel => {
  const first = lowered(model);
  const unread = first.problems.filter(({ code }) => code === 'unread-item');
  if (unread.length === 0) return first;
  const items = model.items.map(
    (item): ModelItem => (unread.some(({ where }) => where === item.where) ? { ...item, unscored } : item),
  );
  return lowered({ ...model, items });
};

/**
 * Holds a definition against the whole without the cut-offs, flags and bands that are wrong in themselves, which nothing else
 * reads but stops, so that a dead cut-off is said beside a slip in another. Nothing, where something else is wrong too.
 */
export const restOfModel = (model: Model, problems: readonly ModelProblem[]): RestOfModel => {
  const isRight = (entry: { readonly where: Path }): boolean =>
    !problems.some(({ where }) => isWithin(where, entry.where));
  const verdicts = [...model.cutOffs, ...model.flags, ...model.bands];
  if (!problems.every(({ where }) => verdicts.some((entry) => isWithin(where, entry.where))))
    return { problems: [] };
  const rest: Model = {
    ...model,
    gates: model.gates.filter(({ effect }) => effect.kind !== 'stops'),
    cutOffs: model.cutOffs.filter(isRight),
    flags: model.flags.filter(isRight),
    bands: model.bands.filter(isRight),
  };
  const found = loweredUnread(rest);
  if (found.problems.length === 0) return found;
  const further = restOfModel(rest, found.problems);
  return { ...further, problems: [...found.problems, ...further.problems] };
};
