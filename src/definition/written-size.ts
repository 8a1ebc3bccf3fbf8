import { lex } from '../formula/lex.js';
import type { FormulaSource, Model, Path } from '../formula/model.js';
import type { PathProblem } from './problem.js';
import type { ShippedDefinition } from './schema.js';

/** More items than any definition has, those of each panel member counted. */
export const MOST_ITEMS = 1_000;
/** More options than any item has. */
export const MOST_OPTIONS = 500;
/** More names than the formulas of a definition hold together, every range and every score written out. */
export const MOST_NAMES = 5_000;
/** Longest chain of scores of which each is made of the one before. */
export const LONGEST_CHAIN = 200;

/** A formula and the panel member whose names it means. */
interface Written {
  readonly where: Path;
  readonly member?: string | undefined;
  readonly source: FormulaSource;
}

const textsOf = (source: FormulaSource): readonly string[] =>
  typeof source === 'string' ? [source] : Object.values(source.branches);

const written = (
  at: { readonly where: Path; readonly member?: string | undefined },
  key: string,
  source: FormulaSource | undefined,
): readonly Written[] =>
  source === undefined ? [] : [{ where: [...at.where, key], member: at.member, source }];

/** Items, those of each panel member counted, before anything is written out. */
const itemsOf = ({ items = {}, panels = {} }: ShippedDefinition): number =>
  Object.values(panels).reduce((sum, panel) => {
    const own = Object.keys(panel.items).length;
    if (!('members' in panel)) return sum + own * panel.repeat.max;
    const members = Object.values(panel.members);
    return members.reduce((all, member) => all + own + Object.keys(member.items ?? {}).length, sum);
  }, Object.keys(items).length);

/** What makes a definition too large by its items or their options alone; `null` where nothing does. */
export const tooManyItems = (definition: ShippedDefinition): PathProblem | null => {
  if (itemsOf(definition) > MOST_ITEMS) {
    const message = `more than ${MOST_ITEMS} items, those of each panel member counted: split the definition.`;
    return { code: 'too-large', where: [definition.panels === undefined ? 'items' : 'panels'], message };
  }
  const long = Object.entries(definition.options ?? {}).find(([, options]) => options.length > MOST_OPTIONS);
  if (long === undefined) return null;
  const message = `more than ${MOST_OPTIONS} options: make it an item with a number.`;
  return { code: 'too-large', where: ['options', long[0]], message };
};

/**
 * The first formula with which a definition becomes too large to be worked out in good time and memory; `null` where none
 * does. What counts is the length of what the formulas say, not of what is written: forty scores of which each names the
 * one before three times are a page, and written out more than any memory holds.
 */
export const tooLarge = (model: Model): PathProblem | null => {
  const places = new Map(model.items.map(({ id }, at) => [id, at]));
  const scores = new Map(
    [...model.scores, ...model.quantities].flatMap((score) =>
      written(score, 'formula', score.formula).map((one) => [score.id, one] as const),
    ),
  );
  const sizes = new Map<string, number>();
  // A name that is none is looked for among all others.
  const sizeOfUnknown = 1 + model.items.length / 100;

  const sizeOfName = (name: string, member: string | undefined, chain: number): number => {
    const own = `${member}.${name}`;
    const id = scores.has(own) ? own : name;
    const score = scores.get(id);
    if (score === undefined) return places.has(own) || places.has(name) ? 1 : sizeOfUnknown;
    const before = sizes.get(id);
    if (before !== undefined) return before;
    // A circle is refused elsewhere; here it must only end.
    sizes.set(id, 0);
    const size = chain < LONGEST_CHAIN ? sizeOf(score, chain + 1) : MOST_NAMES + 1;
    sizes.set(id, size);
    return size;
  };
  const sizeOfRange = (from: string, to: string, member: string | undefined): number => {
    const [first, last] = [from, to].map((name) => places.get(`${member}.${name}`) ?? places.get(name));
    return first === undefined || last === undefined ? 2 * sizeOfUnknown : Math.abs(last - first) + 1;
  };
  const sizeOf = ({ source, member }: Written, chain: number): number => {
    let size = 0;
    for (const text of textsOf(source)) {
      const { tokens } = lex(text);
      const times = tokens.some((token) => token.text === '.*') ? model.members.length : 1;
      tokens.forEach((token, at) => {
        const [next, last] = [tokens[at + 1]?.text, tokens[at + 2]?.text];
        const endsRange = tokens[at - 1]?.text === '..';
        if (token.kind === 'word' && !endsRange)
          size +=
            times *
            (next === '..' && last !== undefined
              ? sizeOfRange(token.text, last, member)
              : sizeOfName(token.text, member, chain));
      });
    }
    return size;
  };

  const gates = model.gates.flatMap((gate) => written(gate, 'if', gate.if));
  const verdicts = [
    ...model.bands.flatMap(({ levels, member }) =>
      levels.flatMap(({ where, when }) => written({ where, member }, 'when', when)),
    ),
    ...model.cutOffs.flatMap((one) => [
      ...written(one, 'when', one.when),
      ...written(one, 'applies-when', one.applies),
    ]),
    ...model.flags.flatMap((flag) => written(flag, 'when', flag.when)),
  ];
  let total = 0;
  for (const one of [...scores.values(), ...gates, ...verdicts]) {
    // Whoever reads an item reads the gates before it too.
    total += sizeOf(one, 0) * (1 + gates.length / 10);
    if (total > MOST_NAMES)
      return {
        code: 'too-large',
        where: one.where,
        message: `with this formula the definition names more than ${MOST_NAMES} items, ranges and scores written out: name a score once, shorten the formulas, or split the definition.`,
      };
  }
  return null;
};
