import { ABSENT, FALSE, roundHalfAway, TRUE } from '../../formula/evaluate.js';
import type {
  Accumulator,
  BandProgram,
  BooleanNode,
  CutOffProgram,
  FlagProgram,
  Monomial,
  NumberNode,
  Program,
  QuantityProgram,
  ScoreProgram,
  Variable,
  VariableIndex,
} from '../../instrument/index.js';
import { type Diagram, type Diagrams, LIMITS, TooManyStates } from './decision-diagram.js';
import { type JointForms, type JointVariable, NO_ANSWER, type Side } from './joint-form.js';
import {
  between,
  DOES_NOT_APPLY,
  MET,
  MET_OR_NOT,
  NOT_MET,
  NOT_RAISED,
  type OutcomeNumbers,
  partKey,
  RAISED,
  RAISED_OR_NOT,
} from './outcome.js';

/** Of a term that is not on the form. */
const NONE = Number.MIN_SAFE_INTEGER;
/** Evaluations of one polynomial. */
const MOST_EVALUATIONS = 40_000_000;
/** Values of one quotient: each may be a state of its own. */
const MOST_QUOTIENTS = 1_000_000;

interface Cache {
  readonly accumulators: Map<number, Diagram>;
  readonly scores: Map<number, Diagram>;
}

/**
 * One program read over the forms of both: which items it asks, and what each of its parts says, as diagrams. A form is as
 * the person would answer every item; the program counts what it skips by its own rule, so no form contradicts a gate.
 */
export class SideReading {
  readonly #diagrams: Diagrams;
  readonly #forms: JointForms;
  readonly #program: Program;
  readonly #side: Side;
  readonly #outcomes: OutcomeNumbers;
  /** By variable: its choice or count once the gates so far are applied, or `ABSENT`. */
  readonly #at: Diagram[];
  readonly #skipped: Diagram[];
  /** Variables that can be not applicable. */
  readonly #canBeAbsent: ReadonlySet<VariableIndex>;
  /** By level, the groups of choices that are one answer here. */
  readonly #blurred: readonly (readonly [number, readonly number[]])[];
  #cache: Cache = { accumulators: new Map(), scores: new Map() };
  readonly #parts = new Map<string, Diagram | null>();

  /** Throws `TooManyStates` where the gates themselves are too much. */
  constructor(diagrams: Diagrams, forms: JointForms, program: Program, side: Side, outcomes: OutcomeNumbers) {
    this.#diagrams = diagrams;
    this.#forms = forms;
    this.#program = program;
    this.#side = side;
    this.#outcomes = outcomes;
    this.#canBeAbsent = absentable(program);
    this.#blurred = [...forms.levels[side]].flatMap(([v, level]) => {
      const variable = program.variables[v];
      if (variable?.kind !== 'choice' || new Set(variable.codes).size === variable.codes.length) return [];
      return [[level, (forms.variables[level] as JointVariable).choices.map(({ group }) => group)]];
    });
    this.#at = program.variables.map((variable, v) => this.#recorded(variable, v));
    this.#skipped = program.variables.map(() => diagrams.false);
    for (const gate of program.gates) {
      if (gate.effect.kind === 'stops') continue;
      // Skipped only where the condition holds for certain: an interval of points may leave it open.
      const holds = this.#diagrams.combine([this.#outcomesOf(gate.verdict.test)], (bits) =>
        bits === TRUE ? 1 : 0,
      );
      for (const [i, target] of gate.targets.entries()) {
        const effect = gate.effect.kind === 'points' ? (gate.effect.as[i] as number) : ABSENT;
        const administered = this.#administered(program.variables[target]?.member);
        const skips = diagrams.and(holds, administered);
        this.#at[target] = diagrams.if(skips, diagrams.terminal(effect), this.#at[target] as Diagram);
        this.#skipped[target] = diagrams.or(this.#skipped[target] as Diagram, skips);
      }
      this.#cache = { accumulators: new Map(), scores: new Map() };
    }
  }

  #recorded({ member }: Variable, v: VariableIndex): Diagram {
    const level = this.#forms.levels[this.#side].get(v);
    // An item that no rule reads still tells whether its member was asked.
    const answered = level === undefined ? this.#diagrams.terminal(0) : this.#answer(level);
    return member === undefined
      ? answered
      : this.#diagrams.if(this.#administered(member), answered, this.#diagrams.terminal(ABSENT));
  }

  #answer(level: number): Diagram {
    const { choices } = this.#forms.variables[level] as JointVariable;
    return this.#diagrams.choose(level, (choice) => {
      const at = choices[choice]?.at[this.#side] as number;
      // What is no answer here makes a form that this side refuses: no verdict is read from it.
      return this.#diagrams.terminal(at === NO_ANSWER ? 0 : at);
    });
  }

  #administered(member: number | undefined): Diagram {
    if (member === undefined || this.#program.members[member]?.asked === 'all') return this.#diagrams.true;
    const level = this.#forms.members[this.#side].get(member);
    if (level === undefined) return this.#diagrams.true;
    return this.#diagrams.choose(level, (choice) => this.#diagrams.terminal(choice));
  }

  /** By level of the form, whether this side asks the item there; `null` where it has no such item. */
  asked(level: number): Diagram | null {
    const { kind, place } = this.#forms.variables[level] as JointVariable;
    const v = place[this.#side];
    if (kind !== 'item' || v === null) return null;
    return this.#diagrams.and(
      this.#administered(this.#program.variables[v]?.member),
      this.#diagrams.not(this.#skipped[v] as Diagram),
    );
  }

  /** Whether this side can read the form: every item that it asks is answered with an answer of its own. */
  isRead(): Diagram {
    let all = this.#diagrams.true;
    for (const [v, level] of this.#forms.levels[this.#side]) {
      const { kind, choices } = this.#forms.variables[level] as JointVariable;
      if (this.#program.variables[v]?.kind === 'text') continue;
      if (choices.every(({ at }) => at[this.#side] !== NO_ANSWER)) continue;
      const isAnswer = this.#diagrams.choose(level, (choice) =>
        this.#diagrams.terminal(choices[choice]?.at[this.#side] === NO_ANSWER ? 0 : 1),
      );
      const asked = kind === 'item' ? (this.asked(level) as Diagram) : this.#diagrams.true;
      all = this.#diagrams.and(all, this.#diagrams.if(asked, isAnswer, this.#diagrams.true));
    }
    return all;
  }

  /** What the part says, as numbers of outcomes; `null` where there are too many states. */
  #part(key: string, of: () => Diagram): Diagram | null {
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    let made: Diagram | null;
    try {
      made = of();
    } catch (error) {
      if (!(error instanceof TooManyStates)) throw error;
      made = null;
    }
    this.#parts.set(key, made);
    return made;
  }

  score(score: ScoreProgram): Diagram | null {
    return this.#part(partKey('score', score.id), () =>
      this.#onlyWhere(score.member, this.#scoreOutcome(score)),
    );
  }

  quantity(quantity: QuantityProgram): Diagram | null {
    return this.#part(partKey('quantity', quantity.id), () =>
      this.#onlyWhere(quantity.member, this.#quotient(quantity)),
    );
  }

  band(band: BandProgram): Diagram | null {
    return this.#part(partKey('band', band.id), () =>
      this.#onlyWhere(
        band.member,
        band.of === undefined ? this.#ruleBand(band) : this.#rangeBand(band, band.of),
      ),
    );
  }

  cutOff(cutOff: CutOffProgram): Diagram | null {
    return this.#part(partKey('cut-off', cutOff.id), () => {
      const applies =
        cutOff.applies === undefined ? this.#diagrams.terminal(TRUE) : this.#outcomesOf(cutOff.applies.test);
      return this.#onlyWhere(
        cutOff.member,
        this.#diagrams.combine([applies, this.#outcomesOf(cutOff.verdict.test)], (here, bits) =>
          this.#outcomes.numberOf(
            here === FALSE
              ? DOES_NOT_APPLY
              : here !== TRUE
                ? MET_OR_NOT
                : bits === TRUE
                  ? MET
                  : bits === FALSE
                    ? NOT_MET
                    : MET_OR_NOT,
          ),
        ),
      );
    });
  }

  flag(flag: FlagProgram): Diagram | null {
    return this.#part(partKey('flag', flag.id), () =>
      this.#onlyWhere(
        flag.member,
        this.#diagrams.combine([this.#outcomesOf(flag.verdict.test)], (bits) =>
          this.#outcomes.numberOf(bits === TRUE ? RAISED : bits === FALSE ? NOT_RAISED : RAISED_OR_NOT),
        ),
      ),
    );
  }

  #onlyWhere(member: number | undefined, said: Diagram): Diagram {
    return this.#diagrams.if(
      this.#administered(member),
      said,
      this.#diagrams.terminal(this.#outcomes.numberOf(DOES_NOT_APPLY)),
    );
  }

  /** Joins what an answer cannot tell apart: the choices of an option whose points are an interval. */
  #blur(diagram: Diagram, join: (a: number, b: number) => number): Diagram {
    return this.#blurred.reduce(
      (blurred, [level, groups]) => this.#diagrams.blur(blurred, level, groups, join),
      diagram,
    );
  }

  /** Which outcomes a test can have on a form, as bits. */
  #outcomesOf(test: BooleanNode): Diagram {
    const bits = this.#diagrams.combine([this.#test(test)], (value) => (value === 0 ? FALSE : TRUE));
    return this.#blur(bits, (a, b) => a | b);
  }

  #isWithoutItems(items: readonly VariableIndex[]): Diagram {
    if (items.length === 0 || !items.every((v) => this.#canBeAbsent.has(v))) return this.#diagrams.false;
    return items.reduce(
      (all, v) =>
        this.#diagrams.and(
          all,
          this.#diagrams.combine([this.#at[v] as Diagram], (at) => (at === ABSENT ? 1 : 0)),
        ),
      this.#diagrams.true,
    );
  }

  /** The lowest and highest value of a score on a form, in its own scale. */
  #ends(at: number): readonly [Diagram, Diagram] {
    const { items } = this.#program.scores[at] as ScoreProgram;
    const value = this.#diagrams.if(
      this.#isWithoutItems(items),
      this.#diagrams.terminal(NONE),
      this.#number({ op: 'score', at }),
    );
    const pick =
      (better: (a: number, b: number) => number) =>
      (a: number, b: number): number =>
        a === NONE ? b : b === NONE ? a : better(a, b);
    return [this.#blur(value, pick(Math.min)), this.#blur(value, pick(Math.max))];
  }

  #scoreOutcome(score: ScoreProgram): Diagram {
    const { scale } = score;
    return this.#diagrams.combine(this.#ends(this.#program.scores.indexOf(score)), (lowest, highest) =>
      this.#outcomes.numberOf(
        lowest === NONE ? DOES_NOT_APPLY : between((lowest as number) / scale, (highest as number) / scale),
      ),
    );
  }

  #rangeBand({ levels }: BandProgram, of: number): Diagram {
    const { scale } = this.#program.scores[of] as ScoreProgram;
    const levelAt = (value: number): number =>
      levels.reduce((found, { from }, i) => (i > 0 && value / scale >= (from as number) ? i : found), 0);
    const [lowest, highest] = this.#ends(of);
    if (lowest === highest)
      return this.#diagrams.combine([lowest], (value) =>
        this.#outcomes.numberOf(value === NONE ? DOES_NOT_APPLY : [levels[levelAt(value)]?.id as string]),
      );
    // Which levels the values of an interval reach, level by level: a gap between two values may leave one out.
    const { items } = this.#program.scores[of] as ScoreProgram;
    const without = this.#isWithoutItems(items);
    const value = this.#number({ op: 'score', at: of });
    const reached = levels.map((_, i) =>
      this.#blur(
        this.#diagrams.combine([without, value], (none, one) =>
          none === 0 && levelAt(one as number) === i ? 1 : 0,
        ),
        (a, b) => a | b,
      ),
    );
    return this.#diagrams.combine(reached, (...are) =>
      this.#outcomes.numberOf(levels.filter((_, i) => are[i] === 1).map(({ id }) => id)),
    );
  }

  #ruleBand({ levels }: BandProgram): Diagram {
    const told = levels.map(({ verdict }) =>
      verdict === undefined ? this.#diagrams.terminal(FALSE) : this.#outcomesOf(verdict.test),
    );
    return this.#diagrams.combine(told, (...bits) => {
      const sure = bits.indexOf(TRUE);
      const possible = levels.filter((_, i) => (sure < 0 ? ((bits[i] as number) & TRUE) !== 0 : i === sure));
      return this.#outcomes.numberOf(possible.map(({ id }) => id));
    });
  }

  #quotient({ numerator, denominator, places, reads }: QuantityProgram): Diagram {
    const factor = 10 ** places;
    const forms = reads.reduce(
      (product, v) =>
        product * (this.#forms.variables[this.#forms.levels[this.#side].get(v) ?? -1]?.choices.length ?? 1),
      1,
    );
    if (forms > MOST_QUOTIENTS) throw new TooManyStates(LIMITS);
    return this.#diagrams.combine(
      [this.#anyAbsent(reads), this.#polynomial(numerator), this.#polynomial(denominator)],
      (absent, top, bottom) =>
        this.#outcomes.numberOf(
          absent === 1
            ? DOES_NOT_APPLY
            : [String(roundHalfAway(((top as number) * factor) / (bottom as number)) / factor)],
        ),
    );
  }

  #accumulator(at: number): Diagram {
    const known = this.#cache.accumulators.get(at);
    if (known !== undefined) return known;
    const made = this.#accumulated(this.#program.accumulators[at] as Accumulator);
    this.#cache.accumulators.set(at, made);
    return made;
  }

  #accumulated({ kind, base, share, terms }: Accumulator): Diagram {
    const points = terms.map(([v, of]) =>
      this.#diagrams.combine([this.#at[v] as Diagram], (at) =>
        at === ABSENT ? NONE : typeof of === 'number' ? of * at : (of[at] as number),
      ),
    );
    const add = kind === 'max' || kind === 'min' ? Math[kind] : (a: number, b: number): number => a + b;
    // From the last item up: what is already joined then lies below, and is gone through once for each new state.
    const total = points.reduceRight(
      (below, one) =>
        this.#diagrams.combine([one, below], (a, b) => (a === NONE ? b : b === NONE ? a : add(a, b))),
      this.#diagrams.terminal(NONE),
    );
    if (kind === 'mean') {
      const present = points.reduceRight(
        (below, one) => this.#diagrams.combine([one, below], (a, b) => b + (a === NONE ? 0 : 1)),
        this.#diagrams.terminal(0),
      );
      return this.#diagrams.combine([total, present], (sum, of) =>
        of === 0 ? base : (sum * (share as number)) / of,
      );
    }
    const more = kind === 'sum' ? base : 0;
    return this.#diagrams.combine([total], (value) => (value === NONE ? base : value + more));
  }

  #number(node: NumberNode): Diagram {
    switch (node.op) {
      case 'accumulator':
        return this.#accumulator(node.at);
      case 'score': {
        const known = this.#cache.scores.get(node.at);
        if (known !== undefined) return known;
        const made = this.#number((this.#program.scores[node.at] as ScoreProgram).value);
        this.#cache.scores.set(node.at, made);
        return made;
      }
      case 'linear':
        return node.terms.reduce(
          (sum, [factor, of]) => this.#diagrams.combine([sum, this.#number(of)], (x, y) => x + factor * y),
          this.#diagrams.terminal(node.base),
        );
      case 'indicator':
        return this.#test(node.test);
      case 'if':
        return this.#diagrams.if(this.#test(node.test), this.#number(node.then), this.#number(node.else));
      case 'max':
      case 'min':
        return node.of
          .map((of) => this.#number(of))
          .reduce((a, b) => this.#diagrams.combine([a, b], Math[node.op]));
      case 'table':
        return this.#diagrams.combine(
          [this.#number(node.of)],
          (value) => node.values[node.keys.indexOf(value)] as number,
        );
      case 'round':
        return this.#diagrams.combine([this.#number(node.of)], (value) =>
          roundHalfAway(value / node.divisor),
        );
    }
  }

  #test(test: BooleanNode): Diagram {
    switch (test.op) {
      case 'constant':
        return this.#diagrams.terminal(test.value ? 1 : 0);
      case 'choice':
        return this.#diagrams.combine([this.#at[test.variable] as Diagram], (at) =>
          test.choices.includes(at) ? 1 : 0,
        );
      case 'at-least':
        return this.#diagrams.combine([this.#number(test.of)], (value) => (value >= test.value ? 1 : 0));
      case 'within':
        return this.#diagrams.combine([this.#number(test.of)], (value) =>
          test.ranges.some(([low, high]) => low <= value && value <= high) ? 1 : 0,
        );
      case 'polynomial':
        return this.#diagrams.if(
          this.#anyAbsent(test.of.flatMap(({ of }) => of)),
          this.#diagrams.false,
          this.#isAtLeastNought(test.of),
        );
      case 'and':
        return test.of.reduce((all, of) => this.#diagrams.and(all, this.#test(of)), this.#diagrams.true);
      case 'or':
        return test.of.reduce((any, of) => this.#diagrams.or(any, this.#test(of)), this.#diagrams.false);
      case 'not':
        return this.#diagrams.not(this.#test(test.of));
    }
  }

  #anyAbsent(variables: readonly VariableIndex[]): Diagram {
    return variables
      .filter((v) => this.#canBeAbsent.has(v))
      .reduce(
        (any, v) =>
          this.#diagrams.or(
            any,
            this.#diagrams.combine([this.#at[v] as Diagram], (at) => (at === ABSENT ? 1 : 0)),
          ),
        this.#diagrams.false,
      );
  }

  /** The value of a polynomial; what is absent counts as nothing, and the reader says so. */
  #polynomial(of: readonly Monomial[]): Diagram {
    return of.reduce((sum, { times, of: variables }) => {
      const product = variables.reduce(
        (so, v) => this.#diagrams.combine([so, this.#at[v] as Diagram], (a, b) => a * (b === ABSENT ? 0 : b)),
        this.#diagrams.terminal(times),
      );
      return this.#diagrams.combine([sum, product], (a, b) => a + b);
    }, this.#diagrams.terminal(0));
  }

  /** Σ monomials >= 0, without a state for each value: two measurements are held against each other in runs. */
  #isAtLeastNought(of: readonly Monomial[]): Diagram {
    const variables = [...new Set(of.flatMap(({ of: read }) => read))];
    const isGated = variables.some((v) => this.#program.gates.some(({ targets }) => targets.includes(v)));
    const levels = this.#forms.levels[this.#side];
    const levelOf = (v: VariableIndex): number => levels.get(v) as number;
    if (isGated) return this.#diagrams.combine([this.#polynomial(of)], (value) => (value >= 0 ? 1 : 0));
    variables.sort((a, b) => levelOf(a) - levelOf(b));
    const counts = variables.map((v) =>
      (this.#forms.variables[levelOf(v)] as JointVariable).choices.map(({ at }) =>
        Math.max(at[this.#side], 0),
      ),
    );
    const evaluations = counts.reduce((product, { length }) => product * length, 1);
    if (evaluations > MOST_EVALUATIONS) throw new TooManyStates(LIMITS);
    const held: number[] = [];
    const go = (depth: number): Diagram => {
      const v = variables[depth];
      if (v === undefined) {
        const sum = of.reduce(
          (so, { times, of: read }) =>
            so + read.reduce((product, one) => product * (held[variables.indexOf(one)] as number), times),
          0,
        );
        return this.#diagrams.terminal(sum >= 0 ? 1 : 0);
      }
      if (depth === variables.length - 1)
        return this.#lastOf(of, v, variables, held, counts[depth] as number[]);
      return this.#diagrams.choose(levelOf(v), (choice) => {
        held[depth] = (counts[depth] as number[])[choice] as number;
        return go(depth + 1);
      });
    };
    return go(0);
  }

  /** The last measurement of a polynomial, the others held: its powers are gathered first, as there are many values. */
  #lastOf(
    of: readonly Monomial[],
    v: VariableIndex,
    variables: readonly VariableIndex[],
    held: readonly number[],
    counts: readonly number[],
  ): Diagram {
    const powers: number[] = [];
    for (const { times, of: read } of of) {
      let factor = times;
      let power = 0;
      for (const one of read) {
        if (one === v) power++;
        else factor *= held[variables.indexOf(one)] as number;
      }
      powers[power] = (powers[power] ?? 0) + factor;
    }
    const [no, yes] = [this.#diagrams.false, this.#diagrams.true];
    return this.#diagrams.choose(this.#forms.levels[this.#side].get(v) as number, (choice) => {
      let value = 0;
      for (let power = powers.length - 1; power >= 0; power--)
        value = value * (counts[choice] as number) + (powers[power] ?? 0);
      return value >= 0 ? yes : no;
    });
  }
}

function absentable({ variables, members, gates }: Program): ReadonlySet<VariableIndex> {
  const absent = new Set<VariableIndex>();
  for (const { effect, targets } of gates)
    if (effect.kind === 'not-applicable') for (const target of targets) absent.add(target);
  for (const [v, { member }] of variables.entries())
    if (member !== undefined && members[member]?.asked === 'chosen') absent.add(v);
  return absent;
}
