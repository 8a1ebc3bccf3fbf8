import { type Either, isLeft, left, right } from 'fp-ts/Either';
import type * as z from 'zod';
import type { DefinitionProblem } from '../definition/index.js';
import { schemaProblems } from '../definition/schema-problems.js';
import { readYaml } from '../definition/yaml-document.js';
import type { Instrument } from '../instrument/index.js';
import { loadPathway, pathwaySchema } from '../referral/definition/index.js';
import type { Pathway } from '../referral/index.js';
import {
  type PathwayCases,
  pathwayCasesSchema,
  type Scenarios,
  scenariosSchema,
} from '../review/pathway-cases-schema.js';
import { type PathwayTried, provePathway } from '../review/prove-pathway.js';
import type { PlacedEdit, ProveReport, Text } from './prove-report.js';

/** What stands beside a pathway; `null` where there is no such file. */
export interface BesidePathway {
  readonly cases: Text | null;
  readonly scenarios: Text | null;
}

/** Whether this is the text of a pathway and not of an instrument. */
export const isPathway = ({ file, text }: Text): boolean => {
  const { value } = readYaml(text, file);
  return typeof value === 'object' && value !== null && 'rules' in value && 'urgencies' in value;
};

/** A file beside the pathway, read by its schema; nothing where there is no file. */
const beside = <T extends { readonly pathway: string }>(
  text: Text | null,
  schema: z.ZodType<T>,
  id: string,
): { readonly value: T | null; readonly problems: readonly DefinitionProblem[] } => {
  if (text === null) return { value: null, problems: [] };
  const { value, problems, place } = readYaml(text.text, text.file);
  if (value === undefined || problems.length > 0) return { value: null, problems };
  const parsed = schema.safeParse(value);
  if (!parsed.success) return { value: null, problems: schemaProblems(parsed.error, value).map(place) };
  const message = `this file belongs to another pathway than ${id}.`;
  return parsed.data.pathway === id
    ? { value: parsed.data, problems: [] }
    : { value: null, problems: [place({ code: 'other-pathway', where: ['pathway'], message })] };
};

/** A pathway with what stands beside it, all of it loaded. */
export interface ReadPathway {
  readonly pathway: Pathway;
  readonly cases: PathwayCases | null;
  readonly scenarios: Scenarios | null;
}

/** Loads a pathway and what stands beside it; `Left`: every problem, with the id where the pathway itself loads. */
export const readPathwayTexts = (
  { file, text }: Text,
  { cases, scenarios }: BesidePathway,
  catalogue: readonly Instrument[],
): Either<{ readonly id: string | null; readonly problems: readonly DefinitionProblem[] }, ReadPathway> => {
  const loaded = loadPathway(text, file, catalogue);
  if (isLeft(loaded)) return left({ id: null, problems: loaded.left });
  const pathway = loaded.right;
  const ready = [
    beside(cases, pathwayCasesSchema, pathway.id),
    beside(scenarios, scenariosSchema, pathway.id),
  ] as const;
  const problems = ready.flatMap((each) => each.problems);
  return problems.length > 0
    ? left({ id: pathway.id, problems })
    : right({ pathway, cases: ready[0].value, scenarios: ready[1].value });
};

/** Makes every single slip in a pathway and asks who notices. Pure: the texts and the instruments are handed in. */
export const provePathwayTexts = (
  { file, text }: Text,
  besideIt: BesidePathway,
  catalogue: readonly Instrument[],
): ProveReport => {
  const nothing = { file, id: null, problems: [], failing: [], edits: null } as const;
  const read = readPathwayTexts({ file, text }, besideIt, catalogue);
  if (isLeft(read)) return { ...nothing, ...read.left, status: 'problems' };
  const { pathway, cases, scenarios } = read.right;
  const { id } = pathway;
  const { value, place } = readYaml(text, file);
  // It was loaded above, so it is a pathway.
  const definition = pathwaySchema.parse(value);
  const proof = provePathway(definition, pathway, catalogue, cases, scenarios);
  const placed = ({ kind, where, change, notice }: PathwayTried): PlacedEdit => {
    const { line, col, path } = place({ code: kind, where, message: change });
    return { line, col, path, kind, change, ...(notice.by === 'equivalence' ? { proof: notice.proof } : {}) };
  };
  const { failing, tried, byLoader, byCase } = proof;
  const unnoticed = proof.unnoticed.map(placed);
  return {
    ...nothing,
    id,
    status: failing.length > 0 ? 'problems' : unnoticed.length > 0 ? 'unguarded' : 'guarded',
    failing,
    differences: proof.differences.map(({ case: name, of, expected, found }) => ({
      case: name,
      says: `${of}: expected ${expected}, found ${found}`,
    })),
    edits: { tried, byLoader, byCase, byFact: 0, equivalent: proof.equivalent.map(placed), unnoticed },
  };
};
