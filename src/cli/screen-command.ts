import { dirname, resolve } from 'node:path';
import { type Either, isLeft, left, right } from 'fp-ts/Either';
import type { Instrument } from '../instrument/index.js';
import { calendarDate } from '../referral/calendar.js';
import { loadDirectory } from '../referral/definition/index.js';
import {
  type Directory,
  type LetterTo,
  letterFor,
  type Pathway,
  type Person,
  type Plan,
  recommend,
} from '../referral/index.js';
import { readPerson } from '../referral/person.js';
import { readJsonFile, readTextFile } from './input-file.js';
import type { JsonText } from './json-text.js';
import { nearest } from './nearest.js';
import {
  dataError,
  type ExitStatus,
  type Failure,
  failureLine,
  failuresIn,
  statusOf,
  type Terminal,
  usage,
} from './outcome.js';
import { mayWrite, openFileSink } from './output-file.js';
import { letterHtml, letterMarkdown, textHtml } from './render-letter.js';
import { type Headings, type Length, planText } from './render-plan.js';
import { areaOf, readSession, type SessionFile } from './session-file.js';

/** What the command looks up in the package. */
export interface Library {
  readonly instrumentIds: readonly string[];
  readonly pathwayIds: readonly string[];
  readonly instrument: (id: string) => Promise<Instrument>;
  readonly pathway: (id: string) => Promise<Pathway>;
  /** Empty where there is nothing to say. */
  readonly licenceNote: (id: string) => string;
}

/** Everything that a plan is made from. */
export interface ReadySession {
  readonly session: SessionFile;
  readonly pathway: Pathway;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly directory: Directory | null;
  /** By instrument of the session, where there is something to say. */
  readonly licences: ReadonlyMap<string, string>;
  /** Facts whose value is none that they can have, each with its place: the plan counts them as not asked. */
  readonly unreadFacts: readonly Failure[];
}

/** Names in a session that the package does not have, each with its place. */
const unknownNames = (
  session: SessionFile,
  json: JsonText,
  file: string,
  library: Library,
): readonly Failure[] => [
  ...(library.pathwayIds.includes(session.pathway)
    ? []
    : [
        dataError(
          'unknown-pathway',
          `${file}:${json.placeOf(['pathway'])}`,
          `there is no pathway '${session.pathway.slice(0, 60)}'; there is ${library.pathwayIds.join(', ')}`,
          nearest(session.pathway, library.pathwayIds),
        ),
      ]),
  ...failuresIn(
    session.forms.flatMap(({ instrument }, index) =>
      library.instrumentIds.includes(instrument) ? [] : [{ instrument, index }],
    ),
    file,
    ({ instrument, index }) =>
      dataError(
        'unknown-instrument',
        `${file}:${json.placeOf(['forms', index, 'instrument'])}`,
        `there is no instrument '${instrument.slice(0, 60)}'; 'caseness list' names all`,
        nearest(instrument, library.instrumentIds),
      ),
  ),
];

const directoryOf = async (
  path: string | null,
  pathway: Pathway,
  session: SessionFile,
  place: string,
): Promise<Either<readonly Failure[], Directory | null>> => {
  if (path === null) return right(null);
  const text = await readTextFile(path);
  if (isLeft(text)) return left([text.left]);
  const found = loadDirectory(text.right, path, pathway);
  if (isLeft(found)) {
    return left(
      found.left.map(({ code, file, line, col, path: at, message, didYouMean }) =>
        dataError(code, `${file}:${line}:${col}`, at === '' ? message : `${at}: ${message}`, didYouMean),
      ),
    );
  }
  const area = session.area === undefined ? right('') : areaOf(found.right, session.area, place);
  return isLeft(area) ? left([area.left]) : found;
};

/** Reads a session with all that it names; `Left` holds every problem at once. */
export const openSession = async (
  file: string,
  directory: string | undefined,
  library: Library,
): Promise<Either<readonly Failure[], ReadySession>> => {
  const json = await readJsonFile(file);
  if (isLeft(json)) return left([json.left]);
  const session = readSession(json.right, file);
  if (isLeft(session)) return session;
  const unknown = unknownNames(session.right, json.right, file, library);
  if (unknown.length > 0) return left(unknown);
  const pathway = await library.pathway(session.right.pathway);
  const misnamed = factsMisnamed(session.right, pathway, json.right, file);
  const unreadFacts = factsUnread(session.right, pathway, json.right, file);
  const named = session.right.directory;
  const path = directory ?? (named === undefined ? null : resolve(dirname(file), named));
  const local = await directoryOf(path, pathway, session.right, `${file}:${json.right.placeOf(['area'])}`);
  if (misnamed.length > 0 || isLeft(local))
    return left([...misnamed, ...unreadFacts, ...(isLeft(local) ? local.left : [])]);
  const ids = new Set([
    ...session.right.forms.map(({ instrument }) => instrument),
    ...Object.keys(pathway.instruments),
  ]);
  const instruments = new Map<string, Instrument>();
  for (const id of ids)
    if (library.instrumentIds.includes(id)) instruments.set(id, await library.instrument(id));
  const licences = new Map(
    [...new Set(session.right.forms.map(({ instrument }) => instrument))]
      .map((id) => [id, library.licenceNote(id)] as const)
      .filter(([, note]) => note !== ''),
  );
  return right({
    session: session.right,
    pathway,
    instruments,
    directory: local.right,
    licences,
    unreadFacts,
  });
};

/** A value that its fact cannot have stops nothing: a risk disclosed beside it must show. It is told, with its place. */
const factsUnread = (
  session: SessionFile,
  pathway: Pathway,
  json: JsonText,
  file: string,
): readonly Failure[] =>
  failuresIn(
    readPerson(pathway, session.person ?? {}, calendarDate(session['as-of'])).problems.filter(
      ({ status }) => status === 'bad-fact',
    ),
    file,
    ({ status, at, message }) => dataError(status, `${file}:${json.placeOf(['person', at])}`, message),
  );

/** A mistyped fact would silently leave its rules out, so it stops the command. */
const factsMisnamed = (
  session: SessionFile,
  pathway: Pathway,
  json: JsonText,
  file: string,
): readonly Failure[] => {
  const facts = pathway.facts.map(({ id }) => id);
  const proposals = [...pathway.rules, ...pathway.raises]
    .filter(({ level }) => level === 'proposal')
    .map(({ id }) => id);
  return [
    ...failuresIn(
      Object.keys(session.person ?? {}).filter((id) => !facts.includes(id)),
      file,
      (id) =>
        dataError(
          'unknown-fact',
          `${file}:${json.placeOfKey(['person', id])}`,
          `'${id.slice(0, 60)}' is no fact of pathway ${pathway.id}`,
          nearest(id, facts),
        ),
    ),
    ...failuresIn(
      (session.proposals ?? []).flatMap((id, index) => (proposals.includes(id) ? [] : [{ id, index }])),
      file,
      ({ id, index }) =>
        dataError(
          'unknown-proposal',
          `${file}:${json.placeOf(['proposals', index])}`,
          `'${id.slice(0, 60)}' is no proposal of pathway ${pathway.id}`,
          nearest(id, proposals),
        ),
    ),
  ];
};

/** The plan of a session. */
export const planOf = ({ session, pathway, instruments, directory }: ReadySession): Plan => {
  const own = new Set(session.forms.map(({ instrument }) => instrument));
  const derivable = [...new Set([...instruments.values()].flatMap(({ contains }) => Object.keys(contains)))];
  return recommend(
    pathway,
    {
      asOf: session['as-of'],
      forms: session.forms.flatMap((form) => {
        const instrument = instruments.get(form.instrument);
        return instrument === undefined
          ? []
          : [
              {
                instrument,
                on: form.on,
                answers: form.answers,
                options: {
                  ...(form['missing-rule'] === undefined ? {} : { missing: form['missing-rule'] }),
                  ...(form.administered === undefined ? {} : { administered: form.administered }),
                },
              },
            ];
      }),
      derive: derivable.filter((id) => !own.has(id)).flatMap((id) => instruments.get(id) ?? []),
    },
    // `recommend` reads facts as unknown data and reports what a fact cannot be.
    (session.person ?? {}) as Person,
    {
      ...(session.proposals === undefined ? {} : { proposals: session.proposals }),
      ...(directory === null || session.area === undefined
        ? {}
        : { local: { directory, area: session.area } }),
    },
  );
};

const headerOf = ({ session, pathway, directory }: ReadySession): string => {
  const area = session.area === undefined ? '' : ` · ${directory?.areas[session.area]?.name ?? session.area}`;
  return `${session['as-of']} · ${pathway.title} ${pathway.version}${area}${session.note === undefined ? '' : ` · ${session.note}`}`;
};

/** How the plan is printed. */
export interface PageOptions {
  /** `full`: every question, every line of every score. */
  readonly length: Length;
  /** Minutes that the appointment has; absent where that was not said. */
  readonly minutes?: number;
}

/** The plan of a session as printed. */
export const screenText = (ready: ReadySession, plan: Plan, { length, minutes }: PageOptions): string => {
  const { urgencies } = ready.pathway;
  const headings: Headings = {
    emergency: urgencies.emergency.label,
    'same-day': urgencies['same-day'].label,
    urgent: urgencies.urgent.label,
    soon: urgencies.soon.label,
    routine: urgencies.routine.label,
    none: urgencies.none.label,
  };
  return planText(plan, {
    instruments: ready.instruments,
    headings,
    header: headerOf(ready),
    licences: ready.licences,
    directory: ready.directory === null ? 'no-directory' : 'directory',
    length,
    ...(minutes === undefined ? {} : { minutes }),
  });
};

/** Options of `caseness screen` as they stand on the command line. */
export interface ScreenOptions {
  readonly directory?: string;
  readonly json?: boolean;
  readonly full?: boolean;
  readonly minutes?: string;
  readonly letter?: string;
  readonly format?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** What is to be written, once the options are known to fit together. */
type Wanted =
  | { readonly status: 'json' }
  | ({ readonly status: 'plan'; readonly format: 'text' | 'html' } & PageOptions)
  | { readonly status: 'letter'; readonly to: LetterTo; readonly format: 'md' | 'html' };

const LETTERS: readonly LetterTo[] = ['gp', 'person', 'navigator'];

const wantedBy = (options: ScreenOptions): Either<Failure, Wanted> => {
  const { letter, format, minutes } = options;
  const oneOf = (name: string, known: readonly string[], given: string): Failure =>
    usage('bad-option', `--${name} is one of ${known.join(', ')}`, nearest(given, known));
  if (options.json === true) {
    return letter === undefined && format === undefined
      ? right({ status: 'json' })
      : left(usage('bad-option', '--json gives the whole plan: leave --letter and --format out'));
  }
  if (letter !== undefined) {
    const to = LETTERS.find((each) => each === letter);
    if (to === undefined) return left(oneOf('letter', LETTERS, letter));
    if (format === undefined || format === 'md') return right({ status: 'letter', to, format: 'md' });
    return format === 'html'
      ? right({ status: 'letter', to, format })
      : left(oneOf('format', ['md', 'html'], format));
  }
  if (format !== undefined && format !== 'text' && format !== 'html')
    return left(oneOf('format', ['text', 'html'], format));
  if (minutes !== undefined && !/^[0-9]{1,4}$/.test(minutes))
    return left(usage('bad-option', '--minutes is a whole number of minutes'));
  return right({
    status: 'plan',
    format: format ?? 'text',
    length: options.full === true ? 'full' : 'page',
    ...(minutes === undefined ? {} : { minutes: Number(minutes) }),
  });
};

/** What goes to the reader, and what only the sender has to know. */
interface Written {
  readonly text: string;
  readonly toSender: readonly string[];
}

const write = (ready: ReadySession, plan: Plan, wanted: Wanted): Either<Failure, Written> => {
  switch (wanted.status) {
    case 'json':
      return right({ text: `${JSON.stringify(plan, null, 2)}\n`, toSender: [] });
    case 'plan': {
      const text = screenText(ready, plan, wanted);
      return right({
        text: wanted.format === 'html' ? textHtml(`Plan ${plan.asOf}`, text) : text,
        toSender: [],
      });
    }
    case 'letter': {
      const letter = letterFor(plan, ready.pathway, wanted.to);
      if (isLeft(letter))
        return left(dataError(letter.left.code, `--letter ${wanted.to}`, letter.left.message));
      return right({
        text: wanted.format === 'html' ? letterHtml(letter.right) : letterMarkdown(letter.right),
        toSender: letter.right.leftOut.map((text) => `left out of the letter: ${text}`),
      });
    }
  }
};

/**
 * `caseness screen <session.json>`: 0 a plan or a letter, 1 the session has errors (a plan is printed where one can be made;
 * a letter is not), 2 wrong usage.
 */
export const runScreen = async (
  file: string,
  options: ScreenOptions,
  library: Library,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const fail = (failures: readonly Failure[]): ExitStatus => {
    for (const failure of failures) terminal.errors.write(`caseness: ${failureLine(failure)}\n`);
    return statusOf(failures);
  };
  const wanted = wantedBy(options);
  if (isLeft(wanted)) return fail([wanted.left]);
  const force = options.force === true ? 'force' : 'keep';
  const taken = options.out === undefined ? null : mayWrite(options.out, force);
  if (taken !== null) return fail([taken]);
  const ready = await openSession(file, options.directory, library);
  if (isLeft(ready)) return fail(ready.left);
  const plan = planOf(ready.right);
  const { unreadFacts } = ready.right;
  const wrong = plan.problems.filter(({ status }) => status !== 'forms-disagree');
  if (wanted.right.status === 'letter' && wrong.length > 0) {
    const others = wrong.filter(({ status }) => status !== 'bad-fact');
    return fail([...unreadFacts, ...others.map(({ status, message }) => dataError(status, file, message))]);
  }
  fail(unreadFacts);
  const written = write(ready.right, plan, wanted.right);
  if (isLeft(written)) return fail([written.left]);
  if (options.out === undefined) {
    terminal.output.write(written.right.text);
  } else {
    const sink = await openFileSink(options.out, force);
    if (isLeft(sink)) return fail([sink.left]);
    await sink.right.write(written.right.text);
    await sink.right.finish();
  }
  for (const line of written.right.toSender) terminal.errors.write(`caseness: ${line}\n`);
  if (wanted.right.status !== 'json' && plan.problems.length > 0) {
    terminal.errors.write(`caseness: ${file}: ${plan.problems.length} to put right, printed under PROBLEM\n`);
  }
  return wrong.length > 0 ? 1 : 0;
};
