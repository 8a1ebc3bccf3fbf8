import type {
  Accumulator,
  BooleanNode,
  Gate,
  Instrument,
  Monomial,
  NumberNode,
  Pivot,
  ScoreProgram,
  Variable,
  VariableIndex,
  Verdict,
} from '../instrument/index.js';
import { RUNTIME } from './javascript-runtime.js';

/**
 * The scorer of one instrument as the text of a JavaScript module that imports nothing: for a place where the library cannot
 * go, and as a second engine that every result of the first is held against.
 *
 * The module exports `made` (instrument, version, scoring digest), `declares` (what the scorer can and cannot express) and
 * `score(answers, context, administered)`. It takes valid answers as the library does, and gives
 * `{ scores, bands, cutOffs, flags, flagOpen, inconsistent }`: scores with value or bounds, verdicts with their status and, where
 * undecided, what is possible. An answer that is none of the item's is an exception that names the item and not the answer: the
 * library's errors, which keep every flag, are not in it; nor are missing rules, quantities, notices and what to ask next. The
 * text is code that will run: make it of an instrument of the package, or of one that `caseness/definition` has read.
 *
 * @example
 * ```ts
 * import { scorerSource } from 'caseness/compile';
 * import { gad2 } from 'caseness/instruments/gad-2';
 *
 * console.log(scorerSource(gad2).includes('export function score('));
 * // true
 * ```
 */
export function scorerSource(instrument: Instrument): string {
  const { program, id, version, digest } = instrument;
  const { gates, scores, accumulators } = program;
  return `export const made = ${json({ instrument: id, version, digest: digest.scoring })};
export const declares = ${json({
    partialForms: true,
    bounds: true,
    contradictions: true,
    badAnswers: false,
    missingRules: false,
    quantities: false,
    ask: false,
    notices: false,
  })};

const variables = ${json(program.variables.map(readable))};
const items = ${json(program.items)};
const members = ${json(program.members.map(({ panel, id: member, asked }) => ({ id: `${panel}.${member}`, asked })))};

${RUNTIME}
${accumulators.map((one, i) => accumulatorFunction(one, i)).join('\n')}
${scores.map((one, i) => `function score${i}(form) { return form.kept[${i}] ??= ${number(one.value)}; }`).join('\n')}
const gates = [
${gates.map((one) => `  ${gate(one)},`).join('\n')}
];

/** Scores answers (code, number or null by item) for a person of known or unknown age and sex. */
export function score(answers, context = {}, administered = []) {
  const recorded = read(answers, context, administered);
  const form = gated(recorded, recorded.at);
  const inconsistent = form.states.includes('contradicted');
  const disputed = gates.flatMap(({ reads, targets }, i) => (form.states[i] === 'contradicted' ? [...reads, ...targets] : []));
  const flags = {};
${program.flags
  .map(
    ({ id: flag, verdict, member }) =>
      `  flags[${json(flag)}] = ${administered(member)}flag(${decide(verdict)}, ${json(verdict.reads)}, disputed);`,
  )
  .join('\n')}
  const critical = ${json(program.flags.flatMap((flag) => (flag.critical === true ? [flag.id] : [])))};
  const flagOpen = critical.filter((id) => flags[id] === 'open');
  const reaches = [
${scores.map((one, i) => `    ${administered(one.member)}${reach(one, i)},`).join('\n')}
  ];
  const scores = {};
${scores.map(({ id: name, scale }, i) => `  scores[${json(name)}] = scoreOf(reaches[${i}], ${scale});`).join('\n')}
  const bands = {};
${program.bands
  .map(({ id: band, of, levels, member }) => {
    const negative = json(levels.flatMap((level) => (level.negative === true ? [level.id] : [])));
    const possible =
      of === undefined
        ? `firstOf([${levels
            .map((level) => `[${json(level.id)}, () => ${decide(level.verdict as Verdict)}]`)
            .join(', ')}])`
        : `levelsOf(reaches[${of}], ${(scores[of] as ScoreProgram).scale}, ${json(
            levels.map((level, i) => [
              level.id,
              i === 0 ? null : (level.from as number),
              levels[i + 1]?.from ?? null,
            ]),
          )})`;
    return `  bands[${json(band)}] = ${administered(member)}band(${possible}, ${json(levels.map((level) => level.id))}, ${negative}, inconsistent);`;
  })
  .join('\n')}
  const cutOffs = {};
${program.cutOffs
  .map(
    ({ id: cutOff, verdict, applies, negative, member }) =>
      `  cutOffs[${json(cutOff)}] = ${administered(member)}cutOff(${
        applies === undefined ? 'YES' : decide(applies)
      }, () => ${decide(verdict)}, ${json(negative ?? null)}, inconsistent);`,
  )
  .join('\n')}
  return { scores, bands, cutOffs, flags, flagOpen, inconsistent };
}
`;
}

const json = (value: unknown): string => JSON.stringify(value);

/** What reading an answer needs of a variable. */
const readable = (variable: Variable): object =>
  variable.kind === 'choice'
    ? {
        id: variable.id,
        codes: variable.codes,
        missing: Object.keys(variable.missing ?? {}),
        member: variable.member,
      }
    : variable.kind === 'number'
      ? {
          id: variable.id,
          places: variable.places,
          min: variable.min,
          max: variable.max,
          member: variable.member,
        }
      : { id: variable.id, member: variable.member };

/** Nothing is said of a member of a panel that was not administered. */
const administered = (member: number | undefined): string =>
  member === undefined ? '' : `!recorded.administered[${json(member)}] ? null : `;

/** A number's values as an expression over `form`. */
function number(node: NumberNode): string {
  switch (node.op) {
    case 'accumulator':
      return `total${json(node.at)}(form.at, form)`;
    case 'score':
      return `score${json(node.at)}(form)`;
    case 'linear':
      return node.terms.reduce(
        (sum, [factor, of]) => `each(${sum}, ${number(of)}, (x, y) => x + ${json(factor)} * y)`,
        `just(${json(node.base)})`,
      );
    case 'indicator':
      return `indicated(${test(node.test)})`;
    case 'if':
      return `either(${test(node.test)}, () => ${number(node.then)}, () => ${number(node.else)})`;
    case 'max':
    case 'min':
      return node.of.map((of) => number(of)).reduce((a, b) => `each(${a}, ${b}, Math.${node.op})`);
    case 'table':
      return `looked(${number(node.of)}, ${json(node.keys)}, ${json(node.values)})`;
    case 'round':
      return `each(${number(node.of)}, just(${json(node.divisor)}), (x, y) => half(x / y))`;
  }
}

/** A test's outcomes as an expression over `form`: `NO`, `YES` or both. */
function test(node: BooleanNode): string {
  switch (node.op) {
    case 'constant':
      return node.value ? 'YES' : 'NO';
    case 'choice':
      return `chosen(form, ${json(node.variable)}, ${json(node.choices)})`;
    case 'at-least':
      return `atLeast(${number(node.of)}, ${json(node.value)})`;
    case 'within':
      return `within(${number(node.of)}, ${json(node.ranges)})`;
    case 'polynomial':
      return `(${json(variablesOf(node.of))}.some((v) => form.at[v] === ABSENT) ? NO : atLeast(${polynomial(node.of)}, 0))`;
    case 'and':
    case 'or':
      return `${node.op === 'and' ? 'all' : 'any'}([${node.of.map((of) => `() => ${test(of)}`).join(', ')}])`;
    case 'not':
      return `not(${test(node.of)})`;
  }
}

const variablesOf = (of: readonly Monomial[]): readonly VariableIndex[] => [
  ...new Set(of.flatMap((monomial) => monomial.of)),
];

const polynomial = (of: readonly Monomial[]): string =>
  of
    .map(({ times, of: factors }) =>
      factors.reduce(
        (so, v) => `each(${so}, count(form, ${json(v)}), (x, y) => x * y)`,
        `just(${json(times)})`,
      ),
    )
    .reduce((a, b) => `each(${a}, ${b}, (x, y) => x + y)`, 'just(0)');

/** One accumulator as a function: the terms written out, plain numbers where every item is known. */
function accumulatorFunction({ kind, base, share, terms }: Accumulator, at: number): string {
  const shown = terms.map(([v, points]) => {
    const values =
      typeof points === 'number'
        ? `each(count(form, ${v}), just(${json(points)}), (x, y) => x * y)`
        : `pointed(form, ${json(v)}, ${json(points)})`;
    return `at[${json(v)}] === ABSENT ? null : ${values}`;
  });
  const together = kind === 'max' || kind === 'min' ? `Math.${kind}` : '(x, y) => x + y';
  const known = terms.map(([v, points]) =>
    typeof points === 'number' ? `${json(points)} * at[${json(v)}]` : `${json(points)}[at[${json(v)}]]`,
  );
  const plain =
    kind === 'sum'
      ? [json(base), ...known].join(' + ')
      : kind === 'mean'
        ? `(${known.join(' + ')}) * ${json(share)} / ${terms.length}`
        : `${together}(${known.join(', ')})`;
  const finish =
    kind === 'sum'
      ? `each(sum, just(${json(base)}), (x, y) => x + y)`
      : kind === 'mean'
        ? `each(sum, just(${json(share)}), (x, y) => (x * y) / present.length)`
        : 'sum';
  const needed = [...new Set(terms.map(([v]) => v))];
  const settled = needed.length === 0 ? 'true' : needed.map((v) => `at[${json(v)}] >= 0`).join(' && ');
  return `function total${at}(at, form) {
  if (${settled}) return just(${terms.length === 0 ? json(base) : plain});
  const present = [
    ${shown.join(',\n    ')},
  ].filter((values) => values !== null);
  if (present.length === 0) return just(${json(base)});
  const sum = present.reduce((a, b) => each(a, b, ${together}));
  return ${finish};
}`;
}

const pivotList = (pivots: readonly Pivot[]): string =>
  json(pivots.map(({ variable, values }) => [variable, values]));

const decide = ({ test: condition, pivots }: Verdict): string =>
  `decide(form, ${pivotList(pivots)}, (form) => ${test(condition)})`;

const reach = ({ pivots, items }: ScoreProgram, at: number): string =>
  `reach(form, ${pivotList(pivots)}, ${json(items)}, score${at})`;

function gate({ verdict, targets, effect }: Gate): string {
  const taken = effect.kind === 'points' ? json(effect.as) : 'null';
  const same = effect.kind === 'points' ? json(effect.same) : 'null';
  return `{ kind: ${json(effect.kind)}, targets: ${json(targets)}, as: ${taken}, same: ${same}, reads: ${json(verdict.reads)}, pivots: ${pivotList(verdict.pivots)}, test: (form) => ${test(verdict.test)} }`;
}
