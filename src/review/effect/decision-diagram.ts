/** A function from forms to whole numbers, as a node of a decision diagram: equal functions are the same node. */
export type Diagram = number;

/** More nodes, or more steps in one piece of work, than this are not gone through: the work is given up instead. */
export interface Limits {
  readonly nodes: number;
  readonly steps: number;
}

export const LIMITS: Limits = { nodes: 400_000, steps: 4_000_000 };

/** Thrown where a diagram grows beyond the limits; caught where the way of counting is chosen. */
export class TooManyStates extends Error {
  constructor(limits: Limits) {
    super(`more than ${limits.nodes} states or ${limits.steps} steps`);
    this.name = 'TooManyStates';
  }
}

/** By level (a variable of the form) and choice: 1 where the choice counts as a form of its own, else 0. */
export type Weights = readonly (readonly (0 | 1)[])[];
/** By level and choice: what the choice costs. */
export type Costs = readonly (readonly number[])[];
/** One choice for each level. */
export type Path = readonly number[];

interface Node {
  readonly level: number;
  /** Runs of neighbouring choices with one child: the first choice after each run, and its child. */
  readonly ends: readonly number[];
  readonly kids: readonly Diagram[];
  /** Of a terminal. */
  readonly value: number;
}

export const FALSE_VALUE = 0;
export const TRUE_VALUE = 1;

/**
 * Reduced, shared decision diagrams over variables of many values. Every operation gives the smallest diagram of its
 * result, so that states which no remaining answer can tell apart are one state: counting needs no more of them than the
 * question does.
 */
export class Diagrams {
  readonly #nodes: Node[] = [];
  readonly #known = new Map<string, Diagram>();
  readonly #widths: readonly number[];
  readonly #limits: Limits;

  /** `widths`: how many choices each variable has, in order. */
  constructor(widths: readonly number[], limits: Limits = LIMITS) {
    this.#widths = widths;
    this.#limits = limits;
  }

  get size(): number {
    return this.#nodes.length;
  }

  #node(level: number, ends: readonly number[], kids: readonly Diagram[], value: number): Diagram {
    const key = `${level}:${value}:${kids.join()}:${ends.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#nodes.length >= this.#limits.nodes) throw new TooManyStates(this.#limits);
    this.#nodes.push({ level, ends, kids, value });
    this.#known.set(key, this.#nodes.length - 1);
    return this.#nodes.length - 1;
  }

  #at(diagram: Diagram): Node {
    return this.#nodes[diagram] as Node;
  }

  /** The same value for every form. */
  terminal(value: number): Diagram {
    return this.#node(this.#widths.length, [], [], value);
  }

  get false(): Diagram {
    return this.terminal(FALSE_VALUE);
  }

  get true(): Diagram {
    return this.terminal(TRUE_VALUE);
  }

  /** The value of a diagram that is the same for every form; `null` where it is not. */
  constant(diagram: Diagram): number | null {
    const { level, value } = this.#at(diagram);
    return level === this.#widths.length ? value : null;
  }

  /** By the choice at one level: `of` gives what stands for each. */
  choose(level: number, of: (choice: number) => Diagram): Diagram {
    const ends: number[] = [];
    const kids: Diagram[] = [];
    const width = this.#widths[level] as number;
    for (let choice = 0; choice < width; choice++) this.#addRun(ends, kids, choice + 1, of(choice));
    return this.#joined(level, ends, kids);
  }

  #addRun(ends: number[], kids: Diagram[], end: number, kid: Diagram): void {
    if (kids.length > 0 && kids[kids.length - 1] === kid) ends[ends.length - 1] = end;
    else {
      ends.push(end);
      kids.push(kid);
    }
  }

  #joined(level: number, ends: readonly number[], kids: readonly Diagram[]): Diagram {
    return kids.length === 1 ? (kids[0] as Diagram) : this.#node(level, ends, kids, 0);
  }

  /** Counts the steps of one piece of work. */
  #steps(): () => void {
    let left = this.#limits.steps;
    return () => {
      left--;
      if (left < 0) throw new TooManyStates(this.#limits);
    };
  }

  /** `f` of the values of several diagrams, form by form. */
  combine(of: readonly Diagram[], f: (...values: number[]) => number): Diagram {
    return this.#walk(of, (at) => {
      const values: number[] = [];
      for (const diagram of at) {
        const value = this.constant(diagram);
        if (value === null) return undefined;
        values.push(value);
      }
      return this.terminal(f(...values));
    });
  }

  /** `then` where the test holds, else `otherwise`. */
  if(test: Diagram, then: Diagram, otherwise: Diagram): Diagram {
    return this.#walk([test, then, otherwise], ([t, a, b]) => {
      const value = this.constant(t as Diagram);
      if (value !== null) return value === FALSE_VALUE ? b : a;
      return a === b ? a : undefined;
    });
  }

  and(a: Diagram, b: Diagram): Diagram {
    return this.if(a, b, this.false);
  }

  or(a: Diagram, b: Diagram): Diagram {
    return this.if(a, this.true, b);
  }

  not(a: Diagram): Diagram {
    return this.if(a, this.false, this.true);
  }

  /** Goes down several diagrams together until `settled` knows the result. */
  #walk(of: readonly Diagram[], settled: (at: readonly Diagram[]) => Diagram | undefined): Diagram {
    const memo = new Map<string, Diagram>();
    const step = this.#steps();
    const go = (at: readonly Diagram[]): Diagram => {
      const result = settled(at);
      if (result !== undefined) return result;
      const key = at.join();
      const known = memo.get(key);
      if (known !== undefined) return known;
      let level = this.#widths.length;
      for (const diagram of at) level = Math.min(level, this.#at(diagram).level);
      const width = this.#widths[level] as number;
      const runs = at.map(() => 0);
      const ends: number[] = [];
      const kids: Diagram[] = [];
      for (let from = 0; from < width; ) {
        step();
        let to = width;
        const next = at.map((diagram, i) => {
          const node = this.#at(diagram);
          if (node.level !== level) return diagram;
          while ((node.ends[runs[i] as number] as number) <= from) runs[i] = (runs[i] as number) + 1;
          const run = runs[i] as number;
          to = Math.min(to, node.ends[run] as number);
          return node.kids[run] as Diagram;
        });
        this.#addRun(ends, kids, to, go(next));
        from = to;
      }
      const made = this.#joined(level, ends, kids);
      memo.set(key, made);
      return made;
    };
    return go(of);
  }

  /** The value for one form. */
  valueAt(diagram: Diagram, path: Path): number {
    let node = this.#at(diagram);
    while (node.level < this.#widths.length) node = this.#at(this.#child(node, path[node.level] as number));
    return node.value;
  }

  #child({ ends, kids }: Node, choice: number): Diagram {
    return kids[ends.findIndex((end) => choice < end)] as Diagram;
  }

  /**
   * Joins the choices of one level that belong together (`groups`: by choice, the number of its group), so that none of
   * them can be told from the others: each then gives `join` of what all of them gave.
   */
  blur(
    diagram: Diagram,
    level: number,
    groups: readonly number[],
    join: (a: number, b: number) => number,
  ): Diagram {
    const memo = new Map<Diagram, Diagram>();
    const go = (one: Diagram): Diagram => {
      const node = this.#at(one);
      if (node.level > level) return one;
      const known = memo.get(one);
      if (known !== undefined) return known;
      const joined = new Map<number, Diagram>();
      if (node.level === level)
        for (const [choice, group] of groups.entries()) {
          const child = this.#child(node, choice);
          const before = joined.get(group);
          joined.set(group, before === undefined ? child : this.combine([before, child], join));
        }
      const made = this.choose(node.level, (choice) =>
        node.level === level
          ? (joined.get(groups[choice] as number) as Diagram)
          : go(this.#child(node, choice)),
      );
      memo.set(one, made);
      return made;
    };
    return go(diagram);
  }

  /** Nodes that can be reached, parents first. */
  #inOrder(root: Diagram): readonly Diagram[] {
    const seen = new Set<Diagram>([root]);
    const byLevel: Diagram[][] = this.#widths.map(() => []);
    const terminals: Diagram[] = [];
    const open = [root];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const { level, kids } = this.#at(one);
      (byLevel[level] ?? terminals).push(one);
      for (const kid of kids)
        if (!seen.has(kid)) {
          seen.add(kid);
          open.push(kid);
        }
    }
    return [...byLevel.flat(), ...terminals];
  }

  /** How many forms give each value, exactly. */
  count(root: Diagram, weights: Weights): ReadonlyMap<number, bigint> {
    const depth = this.#widths.length;
    const totals = weights.map((of) => of.reduce<number>((sum, weight) => sum + weight, 0));
    const between = (from: number, to: number): bigint => {
      let product = 1n;
      for (let level = from; level < to; level++) product *= BigInt(totals[level] as number);
      return product;
    };
    const paths = new Map<Diagram, bigint>([[root, between(0, this.#at(root).level)]]);
    const found = new Map<number, bigint>();
    for (const one of this.#inOrder(root)) {
      const { level, ends, kids, value } = this.#at(one);
      const ways = paths.get(one) as bigint;
      if (level === depth) {
        if (ways > 0n) found.set(value, (found.get(value) ?? 0n) + ways);
        continue;
      }
      const of = weights[level] as readonly number[];
      let choice = 0;
      for (const [run, kid] of kids.entries()) {
        let weight = 0;
        for (; choice < (ends[run] as number); choice++) weight += of[choice] as number;
        if (weight === 0) continue;
        const more = ways * BigInt(weight) * between(level + 1, this.#at(kid).level);
        paths.set(kid, (paths.get(kid) ?? 0n) + more);
      }
      for (const kid of kids) if (!paths.has(kid)) paths.set(kid, 0n);
    }
    return found;
  }

  /** For each value the cheapest form that gives it; of several, always the same one. */
  cheapest(root: Diagram, weights: Weights, costs: Costs): ReadonlyMap<number, Path> {
    const depth = this.#widths.length;
    const best = weights.map((of, level) =>
      cheapestChoice(of, costs[level] as readonly number[], 0, of.length),
    );
    const skipped = (from: number, to: number): number => {
      let sum = 0;
      for (let level = from; level < to; level++) sum += costOf(costs, level, best[level] as number);
      return sum;
    };
    interface Step {
      readonly cost: number;
      /** The node above and the choice taken there; `null` at the root. */
      readonly from: { readonly node: Diagram; readonly choice: number } | null;
    }
    const steps = new Map<Diagram, Step>([[root, { cost: skipped(0, this.#at(root).level), from: null }]]);
    const ends = new Map<number, Diagram>();
    for (const one of this.#inOrder(root)) {
      const node = this.#at(one);
      const step = steps.get(one);
      if (step === undefined) continue;
      if (node.level === depth) ends.set(node.value, one);
      let start = 0;
      for (const [run, kid] of node.kids.entries()) {
        const end = node.ends[run] as number;
        const choice = cheapestChoice(
          weights[node.level] as readonly number[],
          costs[node.level] as readonly number[],
          start,
          end,
        );
        start = end;
        if (choice < 0) continue;
        const cost =
          step.cost + costOf(costs, node.level, choice) + skipped(node.level + 1, this.#at(kid).level);
        const before = steps.get(kid);
        if (before === undefined || cost < before.cost) steps.set(kid, { cost, from: { node: one, choice } });
      }
    }
    const paths = new Map<number, Path>();
    for (const [value, end] of ends) {
      const path = best.slice();
      for (let at = steps.get(end)?.from; at != null; at = steps.get(at.node)?.from)
        path[this.#at(at.node).level] = at.choice;
      paths.set(value, path);
    }
    return paths;
  }

  /**
   * Draws forms that give a value other than 0, each equally often. `random` gives numbers from 0 to below 1. `null` where
   * there is no such form.
   */
  sampler(root: Diagram, weights: Weights): ((random: () => number) => Path) | null {
    const depth = this.#widths.length;
    const allowed = weights.map((of) => of.flatMap((weight, choice) => (weight > 0 ? [choice] : [])));
    const ways = new Map<Diagram, bigint>();
    for (const one of [...this.#inOrder(root)].reverse()) {
      const { level, value } = this.#at(one);
      ways.set(one, level === depth ? (value === 0 ? 0n : 1n) : this.#waysBelow(one, allowed, ways));
    }
    if (ways.get(root) === 0n) return null;
    const shares = new Map<Diagram, readonly number[]>();
    const sharesOf = (one: Diagram): readonly number[] => {
      const known = shares.get(one);
      if (known !== undefined) return known;
      const node = this.#at(one);
      const total = ways.get(one) as bigint;
      let sum = 0n;
      const made = (allowed[node.level] as readonly number[]).map((choice) => {
        sum += this.#waysThrough(node, choice, allowed, ways);
        // A ratio of big integers to nine digits: a sample needs no more.
        return Number((sum * 1_000_000_000n) / total) / 1_000_000_000;
      });
      shares.set(one, made);
      return made;
    };
    return (random) => {
      let at = root;
      return allowed.map((choices, level) => {
        const node = this.#at(at);
        const drawn = random();
        if (node.level !== level) return choices[Math.floor(drawn * choices.length)] as number;
        const upTo = sharesOf(at).findIndex((share) => drawn < share);
        const choice = choices[upTo < 0 ? choices.length - 1 : upTo] as number;
        at = this.#child(node, choice);
        return choice;
      });
    };
  }

  #waysBelow(
    one: Diagram,
    allowed: readonly (readonly number[])[],
    ways: ReadonlyMap<Diagram, bigint>,
  ): bigint {
    const node = this.#at(one);
    let sum = 0n;
    for (const choice of allowed[node.level] as readonly number[])
      sum += this.#waysThrough(node, choice, allowed, ways);
    return sum;
  }

  #waysThrough(
    node: Node,
    choice: number,
    allowed: readonly (readonly number[])[],
    ways: ReadonlyMap<Diagram, bigint>,
  ): bigint {
    const child = this.#child(node, choice);
    let product = ways.get(child) as bigint;
    for (let level = node.level + 1; level < this.#at(child).level; level++)
      product *= BigInt((allowed[level] as readonly number[]).length);
    return product;
  }
}

function costOf(costs: Costs, level: number, choice: number): number {
  return (costs[level] as readonly number[])[choice] as number;
}

/** The first of the cheapest choices that count, from `start` to below `end`; -1 where none counts. */
function cheapestChoice(
  weights: readonly number[],
  costs: readonly number[],
  start: number,
  end: number,
): number {
  let best = -1;
  for (let choice = start; choice < end; choice++)
    if (weights[choice] !== 0 && (best < 0 || (costs[choice] as number) < (costs[best] as number)))
      best = choice;
  return best;
}
