import { canonicalJson, documentDigest, scoringDigest } from '../../definition/canonical.js';
import type { Cases } from '../../definition/cases-schema.js';
import type { Definition, ShippedDefinition } from '../../definition/schema.js';
import { type JsonDefinition, toInstrumentWith } from '../../definition/to-instrument.js';
import { toModel } from '../../definition/to-model.js';
import { lowerModel } from '../../formula/index.js';
import { ENGINE, type Instrument } from '../../instrument/index.js';
import type { Pathway } from '../../referral/index.js';
import { checkCases } from '../check-cases.js';
import { checkPathwayCases, checkScenarios, type PathwayCaseFailure } from '../check-pathway-cases.js';
import { checkFacts } from '../facts.js';
import type { PathwayCases, Scenarios } from '../pathway-cases-schema.js';
import { differencesOf } from './differences.js';
import type { SelfTestCounts, SelfTestFailure, SelfTestReport } from './report.js';
import { sha256 } from './sha256.js';

/**
 * One instrument of a package: how its parts are loaded, and what is recorded of them. What a loader gives is data of the
 * package under test, so nothing of it is taken for granted.
 */
export interface InstrumentParts {
  readonly id: string;
  /** Both digests, as the catalogue has them. */
  readonly digest: Instrument['digest'];
  /** `definitions/<id>.json` */
  readonly definition: () => unknown;
  /** `null` where the instrument is refused and so not scored. */
  readonly scored: {
    readonly instrument: () => Promise<unknown>;
    readonly cases: () => unknown;
    /** Digest over the cases, as the index has it. */
    readonly casesDigest: string;
  } | null;
}

/** One file beside a pathway, with its digest as the index has it. */
export interface RecordedPart {
  readonly load: () => unknown;
  readonly digest: string;
}

/** One pathway of a package: how its parts are loaded, and what is recorded of them. */
export interface PathwayParts {
  readonly id: string;
  readonly pathway: () => Promise<unknown>;
  readonly pathwayDigest: string;
  /** `null` where there is no such file. */
  readonly cases: RecordedPart | null;
  readonly scenarios: RecordedPart | null;
}

/** All that a package ships of instruments and pathways. */
export interface SelfTestParts {
  readonly instruments: readonly InstrumentParts[];
  readonly pathways: readonly PathwayParts[];
}

/** Differences listed of one instrument: more say nothing more. */
const MOST_DIFFERENCES = 10;

type Part = Extract<SelfTestFailure, { kind: 'unusable' }>['part'];

/** What a step gave, or the failure that it ended in. */
type Tried<T> =
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'failed'; readonly failure: SelfTestFailure };

const unusable = (of: string, part: Part, error: unknown): SelfTestFailure => ({
  kind: 'unusable',
  of,
  part,
  message: error instanceof Error ? error.message : 'it cannot be used',
});

/** Loads or runs what may be broken in any way: a package that was tampered with is what this is for. */
const attempt = async <T>(of: string, part: Part, step: () => T | Promise<T>): Promise<Tried<T>> => {
  try {
    return { status: 'done', value: await step() };
  } catch (error) {
    return { status: 'failed', failure: unusable(of, part, error) };
  }
};

/** Digest over a file of cases or a pathway: SHA-256 of its canonical form. */
export const partDigest = (part: unknown): string => sha256(canonicalJson(part));

const asRecord = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error('this is no mapping');
};

interface Recorded {
  readonly in: 'catalogue' | 'definition' | 'instrument' | 'index';
  readonly digest: unknown;
}

const digestFailures = (
  of: string,
  digest: Extract<SelfTestFailure, { kind: 'digest' }>['digest'],
  recorded: readonly Recorded[],
  found: string,
): readonly SelfTestFailure[] => {
  const others = recorded.filter((place) => place.digest !== found);
  return [...new Set(others.map((place) => place.digest))].map((other) => ({
    kind: 'digest',
    of,
    digest,
    recordedIn: others.filter((place) => place.digest === other).map((place) => place.in),
    recorded: typeof other === 'string' ? other : 'none',
    found,
  }));
};

const differences = (
  of: string,
  where: 'instrument' | 'definition',
  expected: unknown,
  found: unknown,
): readonly SelfTestFailure[] =>
  differencesOf(expected, found)
    .slice(0, MOST_DIFFERENCES)
    .map((difference) => ({ kind: 'difference', of, in: where, ...difference }));

interface Tested {
  readonly counts: SelfTestCounts;
  readonly failures: readonly SelfTestFailure[];
}

const NOTHING: SelfTestCounts = { instruments: 0, pathways: 0, cases: 0, digests: 0, definitions: 0 };

/** The definition lowered once more, with both digests computed again. Throws where it does not lower. */
const loweredAgain = (definition: ShippedDefinition): Instrument => {
  const { model, labels, problems } = toModel(definition);
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${problem.where.join('.')}: ${problem.message}`);
  const program = lowerModel(model);
  if (program._tag === 'Left') throw new Error(program.left[0]?.message ?? 'it does not lower');
  return toInstrumentWith({ status: 'shipped', definition, model, labels, program: program.right }, sha256);
};

/** The definition as it was written, without what was added to it when the package was made. */
const asWritten = (made: Readonly<Record<string, unknown>>): Definition => {
  const { digest: _, program: __, ...definition } = made as unknown as JsonDefinition;
  // Whether it is one is what is tested: the digest is over all of it.
  return definition as Definition;
};

const digestsIn = (holder: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  typeof holder['digest'] === 'object' && holder['digest'] !== null ? { ...holder['digest'] } : {};

const testRefused = async ({ id, digest, definition }: InstrumentParts): Promise<Tested> => {
  const read = await attempt(id, 'definition', () => asRecord(definition()));
  if (read.status === 'failed') return { counts: NOTHING, failures: [read.failure] };
  const recorded = digestsIn(read.value);
  const found = {
    document: documentDigest(asWritten(read.value), sha256),
    scoring: scoringDigest(asWritten(read.value), null, sha256),
  };
  return {
    counts: { ...NOTHING, digests: 2 },
    failures: (['document', 'scoring'] as const).flatMap((which) =>
      digestFailures(
        id,
        which,
        [
          { in: 'catalogue', digest: digest[which] },
          { in: 'definition', digest: recorded[which] },
        ],
        found[which],
      ),
    ),
  };
};

/** Holds the definition against the instrument that is shipped, part by part, and every recorded digest against both. */
const testDefinition = async (
  { id, digest, definition }: InstrumentParts,
  instrument: Readonly<Record<string, unknown>> | null,
): Promise<Tested> => {
  const read = await attempt(id, 'definition', () => asRecord(definition()));
  if (read.status === 'failed') return { counts: NOTHING, failures: [read.failure] };
  const made = read.value;
  const places = (which: 'document' | 'scoring'): readonly Recorded[] => [
    { in: 'catalogue', digest: digest[which] },
    { in: 'definition', digest: digestsIn(made)[which] },
    ...(instrument === null ? [] : [{ in: 'instrument' as const, digest: digestsIn(instrument)[which] }]),
  ];
  const document = await attempt(id, 'definition', () => documentDigest(asWritten(made), sha256));
  if (document.status === 'failed') return { counts: NOTHING, failures: [document.failure] };
  const again = digestFailures(id, 'document', places('document'), document.value);
  // `toModel` reads a definition that has passed the schema: whatever it makes of another is a failure, not a fault.
  const lowered = await attempt(id, 'definition', () => loweredAgain(asWritten(made) as ShippedDefinition));
  if (lowered.status === 'failed')
    return { counts: { ...NOTHING, digests: 1 }, failures: [...again, lowered.failure] };
  const { digest: digests, ...expected } = lowered.value;
  const { digest: _, ...shipped } = instrument ?? {};
  return {
    counts: { ...NOTHING, digests: 2, definitions: 1 },
    failures: [
      ...again,
      ...digestFailures(id, 'scoring', places('scoring'), digests.scoring),
      ...(instrument === null ? [] : differences(id, 'instrument', expected, shipped)),
      ...differences(id, 'definition', expected.program, made['program']).map((failure) =>
        failure.kind === 'difference' ? { ...failure, at: `program.${failure.at}` } : failure,
      ),
    ],
  };
};

const caseFailures = (of: string, failures: readonly PathwayCaseFailure[]): readonly SelfTestFailure[] =>
  failures.map(({ case: name, of: what, expected, found }) => ({
    kind: 'case',
    of,
    case: name,
    what,
    expected,
    found,
  }));

/** Reads a list of cases, holds its digest against the recorded one, and runs them. */
const testCases = async (
  of: string,
  part: 'cases' | 'scenarios',
  { load, digest }: RecordedPart,
  run: (value: Readonly<Record<string, unknown>>) => readonly PathwayCaseFailure[],
): Promise<Tested> => {
  const read = await attempt(of, part, () => asRecord(load()));
  if (read.status === 'failed') return { counts: NOTHING, failures: [read.failure] };
  const again = digestFailures(of, part, [{ in: 'index', digest }], partDigest(read.value));
  const list = read.value[part];
  const ran = await attempt(of, part, () => caseFailures(of, run(read.value)));
  return {
    counts: { ...NOTHING, cases: Array.isArray(list) ? list.length : 0, digests: 1 },
    failures: [...again, ...(ran.status === 'done' ? ran.value : [ran.failure])],
  };
};

const testInstrument = async (parts: InstrumentParts, loaded: Tried<Instrument>): Promise<Tested> => {
  const { id, scored } = parts;
  if (scored === null) return testRefused(parts);
  const instrument = loaded.status === 'done' ? loaded.value : null;
  const definition = await testDefinition(parts, instrument === null ? null : { ...instrument });
  if (instrument === null)
    return loaded.status === 'failed'
      ? { ...definition, failures: [loaded.failure, ...definition.failures] }
      : definition;
  const cases = await testCases(
    id,
    'cases',
    { load: scored.cases, digest: scored.casesDigest },
    // The cases are the package's own; a shape that is none of theirs is caught where they are run.
    (value) => {
      const { cases: some, facts } = value as unknown as Cases;
      // A definition that could not be read or lowered is named as that, and states nothing.
      const wrong =
        definition.counts.definitions === 1
          ? checkFacts(asWritten(asRecord(parts.definition())) as ShippedDefinition, facts)
          : [];
      return [...checkCases(instrument, some), ...wrong.map((failure) => ({ case: 'facts', ...failure }))];
    },
  );
  return together([{ counts: { ...NOTHING, instruments: 1 }, failures: [] }, definition, cases]);
};

const testPathway = async (
  { id, pathway, pathwayDigest, cases, scenarios }: PathwayParts,
  catalogue: readonly Instrument[],
): Promise<Tested> => {
  const loaded = await attempt(id, 'pathway', async () => asRecord(await pathway()));
  if (loaded.status === 'failed') return { counts: NOTHING, failures: [loaded.failure] };
  // A pathway that was tampered with is caught by its digest, its cases, or where they are run.
  const read = loaded.value as unknown as Pathway;
  return together([
    {
      counts: { ...NOTHING, pathways: 1, digests: 1 },
      failures: digestFailures(id, 'pathway', [{ in: 'index', digest: pathwayDigest }], partDigest(read)),
    },
    ...(cases === null
      ? []
      : [
          await testCases(id, 'cases', cases, (value) =>
            checkPathwayCases(read, catalogue, value as unknown as PathwayCases),
          ),
        ]),
    ...(scenarios === null
      ? []
      : [
          await testCases(id, 'scenarios', scenarios, (value) =>
            checkScenarios(read, catalogue, value as unknown as Scenarios),
          ),
        ]),
  ]);
};

const together = (all: readonly Tested[]): Tested => ({
  counts: all.reduce<SelfTestCounts>(
    (sum, { counts }) => ({
      instruments: sum.instruments + counts.instruments,
      pathways: sum.pathways + counts.pathways,
      cases: sum.cases + counts.cases,
      digests: sum.digests + counts.digests,
      definitions: sum.definitions + counts.definitions,
    }),
    NOTHING,
  ),
  failures: all.flatMap(({ failures }) => failures),
});

const loadInstrument = async ({ id, scored }: InstrumentParts): Promise<Tried<Instrument>> =>
  attempt(id, 'instrument', async () => {
    const loaded = asRecord(await scored?.instrument());
    if (loaded['id'] !== id) throw new Error('this is another instrument');
    // What else it holds is compared, part by part, with what the definition gives.
    return loaded as unknown as Instrument;
  });

/**
 * Tests all parts of a package: every case is run, every digest computed again, and every definition lowered again and held
 * against the instrument that is shipped. Never rejects: a part that cannot be read is a failure like any other.
 */
export const selfTestOf = async ({ instruments, pathways }: SelfTestParts): Promise<SelfTestReport> => {
  const loaded = await Promise.all(
    instruments.map(async (parts) => ({ parts, instrument: await loadInstrument(parts) })),
  );
  const catalogue = loaded.flatMap(({ instrument }) =>
    instrument.status === 'done' ? [instrument.value] : [],
  );
  const tested: Tested[] = [];
  for (const { parts, instrument } of loaded) tested.push(await testInstrument(parts, instrument));
  for (const parts of pathways) tested.push(await testPathway(parts, catalogue));
  const { counts, failures } = together(tested);
  const [first, ...others] = failures;
  const said = { engine: ENGINE, tested: counts };
  return first === undefined
    ? { ...said, status: 'sound', failures: [] }
    : { ...said, status: 'failed', failures: [first, ...others] };
};
