import { isLeft } from 'fp-ts/Either';
import type { PathProblem } from '../../definition/problem.js';
import {
  closest,
  type FormulaError,
  parseFormula,
  print,
  type Span,
  type Syntax,
} from '../../formula/index.js';
import type { Path } from '../../formula/model.js';
import type { Instrument } from '../../instrument/index.js';
import type { Condition, Fact } from '../pathway.js';

/** What conditions may name. */
export interface Names {
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly facts: ReadonlyMap<string, Fact>;
}

/** A critical flag that no rule names; stands for itself in a condition. */
export const UNROUTED = 'unrouted-critical-flag';

interface Lowering {
  readonly names: Names;
  readonly report: (
    code: string,
    span: Span,
    message: string,
    candidates?: readonly string[],
    name?: string,
  ) => void;
}

/** Stands where something was reported. */
const NOTHING: Condition = { op: 'or', of: [] };

/**
 * Parses a rule's condition and lowers it to the nodes that the engine evaluates: every name is resolved against the
 * facts of the pathway and the verdicts of the instruments.
 */
export const lowerCondition = (
  source: string,
  where: Path,
  names: Names,
): { readonly condition: Condition; readonly problems: readonly PathProblem[] } => {
  const problems: PathProblem[] = [];
  const parsed = parseFormula(source, { verbs: true });
  if (isLeft(parsed))
    return { condition: NOTHING, problems: parsed.left.map((error) => placed(error, where)) };
  const condition = lower(parsed.right, {
    names,
    report: (code, span, message, candidates = [], name = '') => {
      const didYouMean = closest(name, candidates);
      problems.push({ code, where, span, message, ...(didYouMean === undefined ? {} : { didYouMean }) });
    },
  });
  return { condition, problems };
};

const placed = ({ code, span, message, didYouMean }: FormulaError, where: Path): PathProblem => ({
  code,
  where,
  span,
  message,
  ...(didYouMean === undefined ? {} : { didYouMean }),
});

const lower = (tree: Syntax, to: Lowering): Condition => {
  switch (tree.kind) {
    case 'and':
    case 'or':
      return joined(tree.kind, [lower(tree.left, to), lower(tree.right, to)]);
    case 'not':
      return { op: 'not', of: lower(tree.operand, to) };
    case 'verb':
      return lowerVerb(tree, to);
    case 'is':
      return lowerIs(tree, to);
    case 'compare':
      return lowerComparison(tree, to);
    case 'name':
      return lowerName(tree, to);
    default:
      to.report(
        'no-rule-condition',
        tree.span,
        'a rule names verdicts and facts: `gad-7 meets caseness-10`, `audit.uk at least higher-risk`, `phq-9 raises self-harm`, a fact, and `and`, `or`, `not` between them',
      );
      return NOTHING;
  }
};

/** Flattens, and joins levels of one band into one test, so that a band open between two named levels is decided. */
const joined = (op: 'and' | 'or', parts: readonly Condition[]): Condition => {
  const flat = parts.flatMap((part) => (part.op === op ? part.of : [part]));
  const of: Condition[] = [];
  for (const next of flat) {
    const at = of.findIndex((each) => op === 'or' && sameBand(each, next));
    const before = of[at];
    if (before?.op === 'level' && next.op === 'level') {
      of[at] = { ...before, levels: [...new Set([...before.levels, ...next.levels])] };
    } else {
      of.push(next);
    }
  }
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { op, of };
};

const sameBand = (a: Condition, b: Condition): boolean =>
  a.op === 'level' && b.op === 'level' && a.instrument === b.instrument && a.band === b.band;

const ofKind = <K extends Syntax['kind']>(kind: K, tree: Syntax): (Syntax & { readonly kind: K }) | null =>
  tree.kind === kind ? (tree as Syntax & { readonly kind: K }) : null;

/** `audit.uk` as the instrument and the rest; ids may hold dots, so the longest that fits is taken. */
const splitName = (name: string, { instruments }: Names): { instrument: Instrument; rest: string } | null => {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const instrument = instruments.get(name.slice(0, end));
    if (instrument !== undefined) return { instrument, rest: name.slice(end + 1) };
  }
  return null;
};

const unknownInstrument = (name: string, span: Span, to: Lowering): Condition => {
  const known = [...to.names.instruments.keys(), ...to.names.facts.keys(), UNROUTED];
  const head = name.includes('.') ? name.slice(0, name.indexOf('.')) : name;
  to.report('unknown-name', span, `${name} is no instrument and no fact of this pathway.`, known, head);
  return NOTHING;
};

const oneOfThese = (ids: readonly string[]): string => (ids.length === 0 ? 'none' : ids.join(', '));

const lowerVerb = (tree: Syntax & { readonly kind: 'verb' }, to: Lowering): Condition => {
  const { verb, subject, object, span } = tree;
  const found = splitName(subject, to.names);
  if (found === null) return unknownInstrument(subject, span, to);
  const { instrument, rest } = found;
  const { id, program } = instrument;
  if (verb === 'meets' || verb === 'raises') {
    const kind = verb === 'meets' ? 'cut-off' : 'flag';
    const ids = (verb === 'meets' ? program.cutOffs : program.flags).map((each) => each.id);
    if (rest === '' && ids.includes(object)) {
      return verb === 'meets'
        ? { op: 'meets', instrument: id, cutOff: object, ...scoreBehind(object, program) }
        : { op: 'raises', instrument: id, flag: object };
    }
    to.report(
      `unknown-${kind}`,
      span,
      `${id} has no ${kind} ${object}; it has ${oneOfThese(ids)}.`,
      ids,
      object,
    );
    return NOTHING;
  }
  return lowerLevels(found, object, span, to, (levels, at) => {
    const ordered = levels.every(({ verdict }) => verdict === undefined);
    if (!ordered) {
      to.report(
        'no-order',
        span,
        `the levels of ${subject} are rules and have no order: name them with 'is'.`,
      );
      return [];
    }
    return verb === 'at-least' ? levels.slice(at) : levels.slice(0, at + 1);
  });
};

/** The score that the cut-off's condition names first, shown beside it in a plan. */
const scoreBehind = (id: string, { cutOffs, scores }: Instrument['program']): { readonly shows?: string } => {
  const words = cutOffs.filter((each) => each.id === id).flatMap(({ when }) => when.split(/[^\w.-]+/));
  const [score] = scores.filter((each) => words.includes(each.id));
  return score === undefined ? {} : { shows: score.id };
};

type Levels = Instrument['program']['bands'][number]['levels'];

const lowerLevels = (
  { instrument, rest }: { readonly instrument: Instrument; readonly rest: string },
  level: string,
  span: Span,
  to: Lowering,
  chosen: (levels: Levels, at: number) => Levels,
): Condition => {
  const bands = instrument.program.bands;
  const band = bands.find(({ id }) => id === rest);
  if (band === undefined) {
    const ids = bands.map(({ id }) => id);
    to.report(
      'unknown-band',
      span,
      `${instrument.id} has no band ${rest}; it has ${oneOfThese(ids)}.`,
      ids,
      rest,
    );
    return NOTHING;
  }
  const ids = band.levels.map(({ id }) => id);
  const at = ids.indexOf(level);
  if (at === -1) {
    to.report(
      'unknown-level',
      span,
      `${instrument.id}.${rest} has no level ${level}; it has ${oneOfThese(ids)}.`,
      ids,
      level,
    );
    return NOTHING;
  }
  return {
    op: 'level',
    instrument: instrument.id,
    band: rest,
    levels: chosen(band.levels, at).map(({ id }) => id),
  };
};

const negatedIf = (negated: boolean, condition: Condition): Condition =>
  negated ? { op: 'not', of: condition } : condition;

const lowerIs = (tree: Syntax & { readonly kind: 'is' }, to: Lowering): Condition => {
  const { subject, code, negated, span } = tree;
  // The parser lets nothing but a name stand before 'is'.
  const name = print(subject);
  const fact = to.names.facts.get(name);
  if (fact !== undefined) {
    const values = fact.type === 'enum' || fact.type === 'list' ? Object.keys(fact.says) : [];
    if (!values.includes(code)) {
      to.report(
        'unknown-value',
        span,
        `${name} has no value ${code}; it has ${oneOfThese(values)}.`,
        values,
        code,
      );
    }
    return negatedIf(negated, { op: 'fact', fact: name, value: code });
  }
  const found = splitName(name, to.names);
  if (found === null) return unknownInstrument(name, span, to);
  return negatedIf(
    negated,
    lowerLevels(found, code, span, to, (levels, at) => levels.slice(at, at + 1)),
  );
};

const lowerName = (tree: Syntax & { readonly kind: 'name' }, to: Lowering): Condition => {
  const { name, span } = tree;
  if (name === UNROUTED) return { op: 'unrouted-critical-flag', routed: [] };
  const fact = to.names.facts.get(name);
  if (fact === undefined) {
    if (splitName(name, to.names) === null) return unknownInstrument(name, span, to);
    to.report(
      'no-rule-condition',
      span,
      `say what ${name} must show: \`meets\`, \`raises\`, \`is\`, \`at least\`.`,
    );
    return NOTHING;
  }
  if (fact.type !== 'boolean') {
    to.report('not-a-condition', span, `${name} is no yes or no fact: compare it, or use 'is'.`);
  }
  return { op: 'fact', fact: name, value: 'true' };
};

const lowerComparison = (tree: Syntax & { readonly kind: 'compare' }, to: Lowering): Condition => {
  const { operator, left, right, span } = tree;
  const name = ofKind('name', left)?.name;
  const number = ofKind('number', right)?.text;
  if (name === undefined || number === undefined) {
    to.report('no-rule-condition', span, 'compare a fact or a score with a number: `units-per-day >= 15`.');
    return NOTHING;
  }
  const value = Number(number);
  const fact = to.names.facts.get(name);
  if (fact !== undefined) {
    if (fact.type !== 'number' && fact.type !== 'date') {
      to.report('not-a-number', span, `${name} is no number and no date: use 'is', or its name alone.`);
    }
    return { op: 'fact-number', fact: name, operator, value };
  }
  const found = splitName(name, to.names);
  if (found === null) return unknownInstrument(name, span, to);
  const ids = found.instrument.program.scores.map(({ id }) => id);
  if (!ids.includes(found.rest)) {
    const message = `${found.instrument.id} has no score ${found.rest}; it has ${oneOfThese(ids)}.`;
    to.report('unknown-score', span, message, ids, found.rest);
  }
  return { op: 'score', instrument: found.instrument.id, score: found.rest, operator, value };
};
