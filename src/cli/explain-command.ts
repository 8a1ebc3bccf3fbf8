import type { Readable } from 'node:stream';
import { type Either, isLeft, left, right } from 'fp-ts/Either';
import type { Answers, Context, Instrument, Result, Shape } from '../instrument/index.js';
import { explain, score, type Working } from '../scoring/index.js';
import { readJsonFile, readJsonInput } from './input-file.js';
import { type JsonValue, parseJsonText } from './json-text.js';
import { nearest } from './nearest.js';
import {
  dataError,
  type ExitStatus,
  type Failure,
  failureLine,
  statusOf,
  type Terminal,
  usage,
} from './outcome.js';
import { errorTexts, openText } from './render-result.js';
import { names } from './table-options.js';
import { hanging, wrap } from './text-layout.js';

/** What `explain` is given besides the answers. */
export interface ExplainOptions {
  readonly answers?: string;
  readonly sex?: string;
  readonly age?: string;
  readonly missingRule?: string;
  readonly administered?: readonly string[];
  readonly json?: boolean;
}

const TITLES: Readonly<Record<Working['part'], string>> = {
  item: 'ITEMS',
  gate: 'GATES',
  score: 'SCORES',
  quantity: 'MEASURED',
  band: 'BANDS',
  'cut-off': 'CUT-OFFS',
  flag: 'FLAGS',
  notice: 'NOTICES',
  provenance: 'MADE BY',
};

/** The critical flags open beside a line's verdict. */
const openBeside = (instrument: Instrument, result: Result, line: Working): string => {
  const verdict =
    line.part === 'band'
      ? result.bands[line.of]
      : line.part === 'cut-off'
        ? result.cutOffs[line.of]
        : undefined;
  return verdict !== undefined && 'flagOpen' in verdict ? openText(instrument, verdict.flagOpen) : '';
};

/** The working as a page of text; each verdict with the critical flags that are open beside it. */
export const workingText = (instrument: Instrument, result: Result, working: readonly Working[]): string => {
  const lines: string[] = [
    ...wrap(`${instrument.short}: ${instrument.title} (${instrument.id} ${instrument.version})`, 100),
  ];
  let part: Working['part'] | null = null;
  for (const line of working) {
    if (line.part !== part) lines.push('', TITLES[line.part]);
    part = line.part;
    const named =
      line.part === 'band' || line.part === 'cut-off' || line.part === 'flag' || line.part === 'score';
    lines.push(
      ...hanging(
        '  ',
        `${named ? `${line.of}: ` : ''}${line.text}${openBeside(instrument, result, line)}`,
        named ? 6 : 4,
      ).map((text, index) => (index === 0 ? `  ${text.trimStart()}` : text)),
    );
  }
  return `${lines.join('\n')}\n`;
};

const contextOf = (options: ExplainOptions): Either<readonly Failure[], Required<Context>> => {
  const failures: Failure[] = [];
  const sexes = ['female', 'male', 'unknown'] as const;
  const sex = sexes.find((known) => known === (options.sex ?? 'unknown'));
  if (sex === undefined)
    failures.push(
      usage('bad-context', '--sex: give female, male or unknown', nearest(options.sex ?? '', sexes)),
    );
  const years =
    options.age === undefined
      ? 'unknown'
      : /^[0-9]{1,3}$/.test(options.age)
        ? Number(options.age)
        : Number.NaN;
  const age = years === 'unknown' || years <= 120 ? years : undefined;
  if (age === undefined) failures.push(usage('bad-context', '--age: give whole years from 0 to 120'));
  return sex === undefined || age === undefined ? left(failures) : right({ age, sex });
};

const answersFrom = async (
  file: string | undefined,
  text: string | undefined,
  input: Readable,
): Promise<Either<Failure, JsonValue>> => {
  if (file !== undefined && text !== undefined)
    return left(usage('two-answers', 'give the answers as a file or with --answers, not both'));
  if (file !== undefined) {
    const json = file === '-' ? await readJsonInput(input) : await readJsonFile(file);
    return isLeft(json) ? json : right(json.right.value);
  }
  if (text === undefined)
    return left(
      usage(
        'no-answers',
        `give the answers: --answers '{"q1": 2}', the path of a JSON file, or - for standard input`,
      ),
    );
  const json = parseJsonText(text);
  return isLeft(json)
    ? left(dataError('not-json', `--answers:${json.left.line}:${json.left.column}`, json.left.message))
    : right(json.right.value);
};

/** `caseness explain <id>`: 0 explained, 1 the answers have errors, 2 wrong usage. */
export const runExplain = async (
  instrument: Instrument,
  file: string | undefined,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const fail = (failures: readonly Failure[]): ExitStatus => {
    for (const failure of failures) terminal.errors.write(`caseness: ${failureLine(failure)}\n`);
    return statusOf(failures);
  };
  const context = contextOf(options);
  const answers = await answersFrom(file, options.answers, terminal.input);
  if (isLeft(context) || isLeft(answers)) {
    return fail([...(isLeft(context) ? context.left : []), ...(isLeft(answers) ? [answers.left] : [])]);
  }
  // `score` and `explain` read answers as unknown data and report what they cannot read.
  const given = answers.right as Answers<Shape>;
  const scoring = {
    ...(options.missingRule === undefined ? {} : { missing: options.missingRule }),
    administered: (options.administered ?? []).flatMap(names),
  };
  const result = score(instrument, given, context.right, scoring);
  const working = explain(instrument, given, context.right, scoring);
  if (isLeft(result) || isLeft(working)) {
    const error = isLeft(result) ? result.left : isLeft(working) ? working.left : undefined;
    if (options.json === true)
      terminal.output.write(`${JSON.stringify({ status: 'invalid', error }, null, 2)}\n`);
    for (const text of error === undefined ? [] : errorTexts(instrument, error))
      terminal.errors.write(`caseness: ${text}\n`);
    return 1;
  }
  terminal.output.write(
    options.json === true
      ? `${JSON.stringify({ status: 'scored', result: result.right, working: working.right }, null, 2)}\n`
      : workingText(instrument, result.right, working.right),
  );
  return 0;
};
