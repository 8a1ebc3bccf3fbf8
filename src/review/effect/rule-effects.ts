import type { FlagProgram } from '../../instrument/index.js';
import { compare, type Leaf } from '../../referral/finding.js';
import type { Pathway } from '../../referral/index.js';
import { ABSENT, and, FALSE, isTrue, not, or, TRUE, type Truth, UNKNOWN } from '../../referral/kleene.js';
import type { Condition } from '../../referral/pathway.js';
import { type Diagram, TooManyStates } from './decision-diagram.js';
import type { DrawnForm } from './drawn-forms.js';
import { exactly, type Figure, isSome, sampled } from './figure.js';
import { type ExampleForm, SIDES, type Side } from './joint-form.js';
import type { JointReading } from './joint-reading.js';
import { type Outcome, partKey, type Said } from './outcome.js';
import { formsWhere } from './part-effects.js';
import type { JointPart } from './parts.js';

/** What an edit does to one rule of a pathway that reads the instrument. */
export interface RuleEffect {
  readonly kind: 'rule' | 'raise' | 'caution';
  readonly id: string;
  /** The condition as written. */
  readonly when: string;
  readonly urgency: string | null;
  /** A proposal of the pathway, which is off unless the adopter names it. */
  readonly proposal: boolean;
  /**
   * What else the rule reads. Where there is anything, `starts` and `stops` count the forms for which the rule *may* start
   * or stop, by some answer of the rest.
   */
  readonly others: readonly string[];
  /** Forms on which the rule fires with the new definition only; `null`: not worked out. */
  readonly starts: Figure | null;
  /** Forms on which it fired with the old definition only. */
  readonly stops: Figure | null;
  readonly examples: { readonly starts: ExampleForm | null; readonly stops: ExampleForm | null };
  /** Verdicts that the rule names and the new definition no longer has: the pathway would not load with it. */
  readonly lost: readonly string[];
}

/** More conditions on other things than this are not gone through one by one. */
const MOST_OTHERS = 8;

interface RuleSource {
  readonly kind: RuleEffect['kind'];
  readonly id: string;
  readonly text: string;
  readonly when: Condition;
  readonly urgency: string | null;
  readonly level: string;
}

type VerdictLeaf = Extract<Leaf, { readonly instrument: string }>;

const isOwn = (leaf: Leaf, instrument: string): boolean =>
  'instrument' in leaf ? leaf.instrument === instrument : leaf.op === 'unrouted-critical-flag';

function leavesOf(condition: Condition): readonly Leaf[] {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.of.flatMap(leavesOf);
    case 'not':
      return leavesOf(condition.of);
    default:
      return [condition];
  }
}

/** The part of the instrument that a leaf reads. */
function keyOf(leaf: VerdictLeaf): string {
  switch (leaf.op) {
    case 'meets':
      return partKey('cut-off', leaf.cutOff);
    case 'raises':
      return partKey('flag', leaf.flag);
    case 'level':
      return partKey('band', leaf.band);
    case 'score':
      return partKey('score', leaf.score);
  }
}

function leafText(leaf: Leaf): string {
  switch (leaf.op) {
    case 'meets':
      return `${leaf.instrument} meets ${leaf.cutOff}`;
    case 'raises':
      return `${leaf.instrument} raises ${leaf.flag}`;
    case 'level':
      return `${leaf.instrument} ${leaf.band}: ${leaf.levels.join(' or ')}`;
    case 'score':
      return `${leaf.instrument} ${leaf.score} ${leaf.operator} ${leaf.value}`;
    case 'unrouted-critical-flag':
      return 'a critical flag of another instrument that no rule names';
    case 'fact':
      return leaf.value === 'true' ? leaf.fact : `${leaf.fact} is ${leaf.value}`;
    case 'fact-number':
      return `${leaf.fact} ${leaf.operator} ${leaf.value}`;
  }
}

/** What an outcome says on a leaf, as the rules of referral read a result. */
function truthOf(leaf: VerdictLeaf, outcome: Outcome | undefined): Truth {
  const [first, last] = [outcome?.[0], outcome?.at(-1)];
  if (outcome === undefined || first === undefined || last === undefined) return ABSENT;
  if (leaf.op === 'score') return compare(leaf.operator, Number(first), Number(last), leaf.value);
  const holds = (one: string): boolean =>
    leaf.op === 'level' ? leaf.levels.includes(one) : one === (leaf.op === 'meets' ? 'met' : 'raised');
  return outcome.every(holds) ? TRUE : outcome.some(holds) ? UNKNOWN : FALSE;
}

/** Any evidence that holds is enough; what is absent says nothing. */
const joined = (a: Truth, b: Truth): Truth => {
  if (b === ABSENT || isTrue(a)) return a;
  if (isTrue(b)) return TRUE;
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : FALSE;
};

/** Truths of some kind (of one form, or of all forms as a diagram) joined by a condition. */
interface Logic<T> {
  readonly of: (truth: Truth) => T;
  readonly join: (values: readonly T[], f: (...truths: Truth[]) => Truth) => T;
}

function over<T>(condition: Condition, leaf: (leaf: Leaf) => T, logic: Logic<T>): T {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.of
        .map((of) => over(of, leaf, logic))
        .reduce(
          (a, b) => logic.join([a, b], condition.op === 'and' ? and : or),
          logic.of(condition.op === 'and' ? TRUE : FALSE),
        );
    case 'not':
      return logic.join([over(condition.of, leaf, logic)], not);
    default:
      return leaf(condition);
  }
}

const ONE_FORM: Logic<Truth> = { of: (truth) => truth, join: (truths, f) => f(...truths) };

/** The rules, steps up and cautions of a pathway that read the instrument, with what the edit does to each that may change. */
export function ruleEffects(
  reading: JointReading,
  pathway: Pathway,
  instrument: string,
  drawn: () => readonly DrawnForm[],
): readonly RuleEffect[] {
  const sources: readonly RuleSource[] = [
    ...pathway.rules.map(
      ({ id, text, when, urgency, level }) => ({ kind: 'rule', id, text, when, urgency, level }) as const,
    ),
    ...pathway.raises.map(
      ({ id, text, when, level }) => ({ kind: 'raise', id, text, when, urgency: null, level }) as const,
    ),
    ...pathway.cautions.map(
      ({ id, text, when }) => ({ kind: 'caution', id, text, when, urgency: null, level: 'design' }) as const,
    ),
  ];
  return sources
    .filter(({ when }) => leavesOf(when).some((leaf) => isOwn(leaf, instrument)))
    .map((source) => ruleEffect(reading, source, instrument, drawn))
    .filter(
      ({ starts, stops, lost }) =>
        starts === null || stops === null || isSome(starts) || isSome(stops) || lost.length > 0,
    );
}

function ruleEffect(
  reading: JointReading,
  source: RuleSource,
  instrument: string,
  drawn: () => readonly DrawnForm[],
): RuleEffect {
  const leaves = leavesOf(source.when);
  const others = new Map(
    leaves
      .filter((leaf) => !isOwn(leaf, instrument) || leaf.op === 'unrouted-critical-flag')
      .map((leaf) => [JSON.stringify(leaf), leaf] as const),
  );
  const own = leaves.filter((leaf): leaf is VerdictLeaf => 'instrument' in leaf && isOwn(leaf, instrument));
  const has = (side: Side, leaf: VerdictLeaf): boolean =>
    reading.parts.some(({ key, sides }) => key === keyOf(leaf) && sides[side] !== null);
  const head = {
    kind: source.kind,
    id: source.id,
    when: source.text,
    urgency: source.urgency,
    proposal: source.level === 'proposal',
    others: [...others.values()].map(leafText),
    lost: [...new Set(own.filter((leaf) => has('old', leaf) && !has('new', leaf)).map(leafText))],
  };
  if (others.size > MOST_OTHERS) return { ...head, ...UNKNOWN_EFFECT };
  const worlds = worldsOf([...others.keys()]);
  try {
    return { ...head, ...exactRule(reading, source.when, instrument, worlds) };
  } catch (error) {
    if (!(error instanceof TooManyStates)) throw error;
    return { ...head, ...sampledRule(reading, source.when, instrument, worlds, drawn()) };
  }
}

const UNKNOWN_EFFECT = { starts: null, stops: null, examples: { starts: null, stops: null } } as const;

/** Each way in which the other things that a rule reads may stand. */
type World = ReadonlyMap<string, Truth>;

function worldsOf(keys: readonly string[]): readonly World[] {
  return Array.from(
    { length: 2 ** keys.length },
    (_, n) => new Map(keys.map((key, i) => [key, (n >> i) & 1 ? TRUE : FALSE])),
  );
}

/** Critical flags of one side that no rule names. */
function unrouted(
  reading: JointReading,
  side: Side,
  routed: readonly string[],
  instrument: string,
): readonly JointPart[] {
  return reading.parts.filter(({ sides }) => {
    const part = sides[side];
    if (part?.kind !== 'flag') return false;
    const { id, critical }: FlagProgram = part.of;
    return critical === true && !routed.includes(`${instrument} ${id}`);
  });
}

type Told = Pick<RuleEffect, 'starts' | 'stops' | 'examples'>;

function exactRule(
  reading: JointReading,
  when: Condition,
  instrument: string,
  worlds: readonly World[],
): Told {
  const { diagrams, outcomes, forms, readBy } = reading;
  const logic: Logic<Diagram> = {
    of: (truth) => diagrams.terminal(truth),
    join: (values, f) => diagrams.combine(values, f),
  };
  const said = (key: string, side: Side, leaf: VerdictLeaf): Diagram => {
    const part = reading.parts.find((one) => one.key === key);
    if (part === undefined || part.sides[side] === null) return logic.of(ABSENT);
    const diagram = reading.said(part, side);
    if (diagram === null) throw new TooManyStates({ nodes: 0, steps: 0 });
    return diagrams.combine([diagram], (number) => truthOf(leaf, outcomes.outcomeOf(number)));
  };
  const known = new Map<string, Diagram>();
  const read = (leaf: Leaf, side: Side, world: World): Diagram => {
    const key = JSON.stringify(leaf);
    const elsewhere = world.get(key);
    if (leaf.op !== 'unrouted-critical-flag' && elsewhere !== undefined) return logic.of(elsewhere);
    const at = `${side} ${key}`;
    const here =
      known.get(at) ??
      (leaf.op === 'unrouted-critical-flag'
        ? unrouted(reading, side, leaf.routed, instrument)
            .map(({ key: flag, id }) => said(flag, side, { op: 'raises', instrument, flag: id }))
            .reduce((a, b) => logic.join([a, b], joined), logic.of(ABSENT))
        : said(keyOf(leaf as VerdictLeaf), side, leaf as VerdictLeaf));
    known.set(at, here);
    return elsewhere === undefined ? here : logic.join([logic.of(elsewhere), here], joined);
  };
  let starts = diagrams.false;
  let stops = diagrams.false;
  for (const world of worlds) {
    const [before, after] = SIDES.map((side) =>
      diagrams.combine([over(when, (leaf) => read(leaf, side, world), logic)], (truth) =>
        isTrue(truth) ? 1 : 0,
      ),
    ) as [Diagram, Diagram];
    if (before === after) continue;
    starts = diagrams.or(starts, diagrams.and(after, diagrams.not(before)));
    stops = diagrams.or(stops, diagrams.and(before, diagrams.not(after)));
  }
  const whole = formsWhere(reading, readBy.both, forms.weights);
  const told = (test: Diagram): readonly [Figure, ExampleForm | null] => {
    const among = diagrams.and(readBy.both, test);
    const path = diagrams.cheapest(among, forms.weights, forms.costs).get(1);
    return [
      exactly(formsWhere(reading, among, forms.weights), whole),
      path === undefined ? null : reading.formAt(path),
    ];
  };
  const [[started, first], [stopped, second]] = [told(starts), told(stops)];
  return { starts: started, stops: stopped, examples: { starts: first, stops: second } };
}

function sampledRule(
  reading: JointReading,
  when: Condition,
  instrument: string,
  worlds: readonly World[],
  drawn: readonly DrawnForm[],
): Told {
  const fires = (said: Said, side: Side, world: World): boolean =>
    isTrue(
      over(
        when,
        (leaf) => {
          const elsewhere = world.get(JSON.stringify(leaf));
          if (leaf.op === 'unrouted-critical-flag')
            return unrouted(reading, side, leaf.routed, instrument)
              .map(({ key, id }) => truthOf({ op: 'raises', instrument, flag: id }, said.get(key)))
              .reduce(joined, elsewhere ?? ABSENT);
          return elsewhere ?? truthOf(leaf as VerdictLeaf, said.get(keyOf(leaf as VerdictLeaf)));
        },
        ONE_FORM,
      ),
    );
  const read = drawn.flatMap(({ said, form, cost }) =>
    said.old === null || said.new === null ? [] : [{ before: said.old, after: said.new, form, cost }],
  );
  if (read.length === 0) return UNKNOWN_EFFECT;
  const told = (turns: (was: boolean, is: boolean) => boolean): readonly [Figure, ExampleForm | null] => {
    const found = read
      .filter(({ before, after }) =>
        worlds.some((world) => turns(fires(before, 'old', world), fires(after, 'new', world))),
      )
      .sort((a, b) => a.cost - b.cost);
    return [sampled(found.length, read.length), found[0]?.form ?? null];
  };
  const [starts, first] = told((was, is) => !was && is);
  const [stops, second] = told((was, is) => was && !is);
  return { starts, stops, examples: { starts: first, stops: second } };
}
