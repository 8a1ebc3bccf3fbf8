import { dirname, resolve } from 'node:path';
import { type Either, isLeft, left, right } from 'fp-ts/Either';
import type { Instrument } from '../instrument/index.js';
import { loadDirectory } from '../referral/definition/index.js';
import { type Directory, type Pathway, type Person, type Plan, recommend } from '../referral/index.js';
import { readJsonFile, readTextFile } from './input-file.js';
import type { JsonText } from './json-text.js';
import { nearest } from './nearest.js';
import { dataError, type ExitStatus, type Failure, failureLine, statusOf, type Terminal } from './outcome.js';
import { type Headings, planText } from './render-plan.js';
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
  ...session.forms.flatMap(({ instrument }, index) =>
    library.instrumentIds.includes(instrument)
      ? []
      : [
          dataError(
            'unknown-instrument',
            `${file}:${json.placeOf(['forms', index, 'instrument'])}`,
            `there is no instrument '${instrument.slice(0, 60)}'; 'caseness list' names all`,
            nearest(instrument, library.instrumentIds),
          ),
        ],
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
        dataError(code, `${file}:${line}:${col}`, `${at}: ${message}`, didYouMean),
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
  const named = session.right.directory;
  const path = directory ?? (named === undefined ? null : resolve(dirname(file), named));
  const local = await directoryOf(path, pathway, session.right, `${file}:${json.right.placeOf(['area'])}`);
  if (misnamed.length > 0 || isLeft(local)) return left([...misnamed, ...(isLeft(local) ? local.left : [])]);
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
  return right({ session: session.right, pathway, instruments, directory: local.right, licences });
};

/** A mistyped fact would silently leave its rules out, so it stops the command. */
const factsMisnamed = (
  session: SessionFile,
  pathway: Pathway,
  json: JsonText,
  file: string,
): readonly Failure[] => {
  const facts = pathway.facts.map(({ id }) => id);
  const proposals = pathway.rules.filter(({ level }) => level === 'proposal').map(({ id }) => id);
  return [
    ...Object.keys(session.person ?? {}).flatMap((id) =>
      facts.includes(id)
        ? []
        : [
            dataError(
              'unknown-fact',
              `${file}:${json.placeOfKey(['person', id])}`,
              `'${id.slice(0, 60)}' is no fact of pathway ${pathway.id}`,
              nearest(id, facts),
            ),
          ],
    ),
    ...(session.proposals ?? []).flatMap((id, index) =>
      proposals.includes(id)
        ? []
        : [
            dataError(
              'unknown-proposal',
              `${file}:${json.placeOf(['proposals', index])}`,
              `'${id.slice(0, 60)}' is no proposal of pathway ${pathway.id}`,
              nearest(id, proposals),
            ),
          ],
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

/** The plan of a session as printed. */
export const screenText = (ready: ReadySession, plan: Plan): string => {
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
  });
};

/** `caseness screen <session.json>`: 0 a plan, 1 the session has errors (a plan is printed where one can be made), 2 wrong usage. */
export const runScreen = async (
  file: string,
  options: { readonly directory?: string; readonly json?: boolean },
  library: Library,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const ready = await openSession(file, options.directory, library);
  if (isLeft(ready)) {
    for (const failure of ready.left) terminal.errors.write(`caseness: ${failureLine(failure)}\n`);
    return statusOf(ready.left);
  }
  const plan = planOf(ready.right);
  terminal.output.write(
    options.json === true ? `${JSON.stringify(plan, null, 2)}\n` : screenText(ready.right, plan),
  );
  if (options.json !== true && plan.problems.length > 0) {
    terminal.errors.write(`caseness: ${file}: ${plan.problems.length} to put right, printed under PROBLEM\n`);
  }
  return plan.problems.some(({ status }) => status !== 'forms-disagree') ? 1 : 0;
};
