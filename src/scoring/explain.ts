import { type Either, map } from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { ABSENT, AMONG, evaluate, OPEN } from '../formula/evaluate.js';
import type {
  Accumulator,
  Answers,
  BandProgram,
  BandResult,
  ChoiceVariable,
  CutOffResult,
  FlagResult,
  Gate,
  Instrument,
  LevelProgram,
  NumberVariable,
  QuantityResult,
  Result,
  ScoreProgram,
  ScoreResult,
  ScoringError,
  Shape,
  Variable,
  VariableIndex,
} from '../instrument/index.js';
import { type Assessment, assess } from './assessment.js';
import { decimal, readAnswers } from './read-answers.js';
import { type ContextAndOptions, score } from './score.js';

/** One line of the working. */
export interface Working {
  readonly part:
    | 'item'
    | 'gate'
    | 'score'
    | 'quantity'
    | 'band'
    | 'cut-off'
    | 'flag'
    | 'notice'
    | 'provenance';
  /** The item, score, band … that the line is about. */
  readonly of: string;
  readonly text: string;
}

/**
 * The working of a result, line by line, so that a person can check it by hand: what each item was answered and how many
 * points that gives, what the gates did, each sum written out, each verdict with the condition it was held against. It
 * holds answers: show it to those who may see them, and do not log it.
 *
 * @example
 * import { explain, match } from 'caseness';
 * import { phq2 } from 'caseness/instruments/phq-2';
 *
 * match(
 *   explain(phq2, { q1: 2, q2: 1 }),
 *   () => console.assert(false),
 *   (lines) => console.assert(lines.some(({ text }) => text.includes('2 + 1 = 3'))),
 * );
 */
export function explain<S extends Shape>(
  instrument: Instrument<S>,
  answers: NoInfer<Answers<S>>,
  ...rest: NoInfer<ContextAndOptions<S>>
): Either<ScoringError<S>, readonly Working[]> {
  return pipe(
    score(instrument, answers, ...rest),
    map((result) => {
      const [context, options] = rest;
      const reading = readAnswers(instrument, answers, context, options?.administered);
      return lines(assess(instrument, reading), result as Result);
    }),
  );
}

function lines(assessment: Assessment, result: Result): readonly Working[] {
  const { program } = assessment.instrument;
  const working: Working[] = [];
  program.variables.forEach((_, v) => {
    const text = itemLine(v, assessment);
    if (text !== null) working.push({ part: 'item', of: nameOf(v, assessment), text });
  });
  program.gates.forEach((gate, g) => {
    const text = gateLine(g, assessment);
    if (text !== null) working.push({ part: 'gate', of: gate.if, text });
  });
  program.scores.forEach((scored) => {
    working.push({ part: 'score', of: scored.id, text: scoreLine(scored, assessment, result) });
  });
  for (const quantity of program.quantities) {
    const value = result.quantities[quantity.id] as QuantityResult;
    working.push({
      part: 'quantity',
      of: quantity.id,
      text: `${quantity.formula} = ${value.status === 'complete' ? `${`${value.value} ${quantity.unit ?? ''}`.trim()}, rounded to ${quantity.places} decimal places; verdicts read the exact fraction` : value.status}`,
    });
  }
  for (const band of program.bands)
    working.push({ part: 'band', of: band.id, text: bandLine(band, assessment, result) });
  for (const cutOff of program.cutOffs) {
    const verdict = result.cutOffs[cutOff.id] as CutOffResult;
    const basis = 'basis' in verdict && verdict.basis === 'estimated' ? ', estimated' : '';
    working.push({
      part: 'cut-off',
      of: cutOff.id,
      text: `${cutOff.when}: ${verdict.status}${basis}`,
    });
  }
  for (const flag of program.flags) {
    const verdict = result.flags[flag.id] as FlagResult;
    const by =
      verdict.status === 'not-raised' && verdict.by !== undefined ? `, not asked because ${verdict.by}` : '';
    const open =
      verdict.status === 'open' ? `: ${verdict.items.join(', ')} (${verdict.reasons.join(', ')})` : '';
    working.push({ part: 'flag', of: flag.id, text: `${flag.when}: ${verdict.status}${by}${open}` });
  }
  for (const notice of result.notices) working.push({ part: 'notice', of: notice.code, text: notice.text });
  const { instrument, version, digest, engine } = result.provenance;
  working.push({
    part: 'provenance',
    of: instrument,
    text: `${instrument} ${version}, definition ${digest.document.slice(0, 12)}, scoring ${digest.scoring.slice(0, 12)}, engine ${engine}`,
  });
  return working;
}

function nameOf(v: VariableIndex, { instrument }: Assessment): string {
  return (instrument.program.variables[v] as { id: string }).id;
}

function itemLine(v: VariableIndex, form: Assessment): string | null {
  const { instrument, recorded: reading } = form;
  const variable = instrument.program.variables[v] as { id: string; kind: string };
  const label = instrument.labels[v] === undefined ? '' : ` (${instrument.labels[v]})`;
  const at = form.at[v] as number;
  const recorded = reading.at[v] as number;
  if (recorded === ABSENT) return null;
  if (variable.kind === 'text' && Object.hasOwn(reading.unscored, variable.id))
    return `${variable.id}${label}: recorded, not scored`;
  if (at === ABSENT) return `${variable.id}${label}: not applicable`;
  if (at === OPEN) return `${variable.id}${label}: missing (${reading.reasons[v] ?? 'not-asked'})`;
  const shown = shownAnswer(
    variable as ChoiceVariable | NumberVariable,
    at === AMONG ? (form.among[v]?.[0] as number) : at,
  );
  const given = pointsOf(v, at, shown, instrument);
  return recorded === OPEN
    ? `${variable.id}${label}: skipped, counts as ${shown}${given}`
    : `${variable.id}${label}: answered ${shown}${given}`;
}

/** The points of a choice in the first plain sum that reads it, where they are not its code (a reversed item). */
function pointsOf(v: VariableIndex, choice: number, code: string, { program }: Instrument): string {
  for (const { value, scale } of program.scores) {
    const sum = value.op === 'accumulator' && scale === 1 ? program.accumulators[value.at] : undefined;
    const points = sum?.kind === 'sum' ? sum.terms.find(([variable]) => variable === v)?.[1] : undefined;
    if (typeof points !== 'object' || choice < 0) continue;
    return String(points[choice]) === code ? '' : `, ${points[choice]} points`;
  }
  return '';
}

function shownAnswer(variable: ChoiceVariable | NumberVariable, at: number): string {
  return variable.kind === 'choice'
    ? (variable.codes[at] as string)
    : `${decimal(at, variable.places)} ${variable.unit}`;
}

/** What a gate did, that of a panel under the name of its member; nothing where the member was not asked. */
function gateLine(g: number, { instrument, gates, recorded }: Assessment): string | null {
  const { program } = instrument;
  const { targets, verdict, effect, if: condition } = program.gates[g] as Gate;
  if (targets.every((v) => recorded.at[v] === ABSENT)) return null;
  // A gate of a member reads and skips items of that one alone.
  const [member, ...others] = new Set(
    [...verdict.reads, ...targets].map((v) => program.variables[v]?.member),
  );
  const of =
    member === undefined || others.length > 0 ? '' : `${(program.members[member] as { id: string }).id}: `;
  const gate = { if: `${of}${condition}`, effect };
  const items = targets.map((v) => (program.variables[v] as Variable).id).join(', ');
  switch (gates[g]) {
    case 'holds':
      return gate.effect.kind === 'stops'
        ? `${gate.if}: holds, ${items} need not be asked`
        : `${gate.if}: holds, ${items} skipped (${gate.effect.kind})`;
    case 'contradicted':
      return `${gate.if}: holds, but some of ${items} were answered: nothing is skipped`;
    case 'undecided':
      return `${gate.if}: not decided yet`;
    default:
      return `${gate.if}: does not hold`;
  }
}

function scoreLine(scored: ScoreProgram, assessment: Assessment, result: Result): string {
  const value = result.scores[scored.id] as ScoreResult;
  switch (value.status) {
    case 'complete':
      return `${scored.formula} = ${writtenOut(scored, assessment)}${value.value} of ${value.of}`;
    case 'prorated':
      return `${scored.formula}: ${value.value} of ${value.of}, rule ${value.rule} fills in ${value.imputed.join(', ')}; proved ${value.bounds.lowest} to ${value.bounds.highest}`;
    case 'incomplete':
      return `${scored.formula}: ${value.bounds.lowest} to ${value.bounds.highest} of ${value.of}; missing ${value.missing.join(', ')}`;
    default:
      return `${scored.formula}: not applicable`;
  }
}

/** A plain sum as its terms: `2 + 1 + 0 = `. Anything else is shown by its formula alone. */
function writtenOut({ value, scale }: ScoreProgram, form: Assessment): string {
  const sum = value.op === 'accumulator' ? (form.program.accumulators[value.at] as Accumulator) : null;
  if (sum?.kind !== 'sum' || scale !== 1) return '';
  const { program } = form;
  const terms = sum.terms
    .filter(([variable]) => (form.at[variable] as number) >= 0)
    .map((term) => {
      const accumulators = [{ kind: 'sum', base: 0, terms: [term] } as const];
      const alone = { ...form, program: { ...program, accumulators } };
      return evaluate({ op: 'accumulator', at: 0 }, alone).lowest;
    });
  return [...(sum.base === 0 ? [] : [sum.base]), ...terms].join(' + ').concat(' = ');
}

function bandLine(band: BandProgram, assessment: Assessment, result: Result): string {
  const value = result.bands[band.id] as BandResult;
  const of =
    band.of === undefined ? 'rules' : (assessment.instrument.program.scores[band.of] as ScoreProgram).id;
  if (value.status === 'decided') {
    const { from, to } = band.levels.find(({ id }) => id === value.level) as LevelProgram;
    const edges = from === undefined ? '' : ` (from ${from}${to === undefined ? '' : ` to ${to}`})`;
    return `${of}: ${value.label}${edges}${value.basis === 'estimated' ? ', estimated' : ''}`;
  }
  return value.status === 'undecided'
    ? `${of}: undecided, possible ${value.possible.join(', ')} (${value.reason})`
    : `${of}: not applicable`;
}
