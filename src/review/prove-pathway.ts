import type { Path } from '../formula/model.js';
import type { Instrument } from '../instrument/index.js';
import type { PathwayDefinition } from '../referral/definition/index.js';
import { pathwayChecker } from '../referral/definition/load-pathway.js';
import type { Pathway, Plan } from '../referral/index.js';
import { caseChecks, scenarioChecks } from './check-pathway-cases.js';
import type { PathwayCases, Scenarios } from './pathway-cases-schema.js';
import { type PathwayEdit, type PathwayEditKind, pathwayEdits } from './pathway-edits.js';
import type { PathwayCaseFailure, PathwayCheck } from './plan-comparison.js';
import type { Notice } from './prove.js';
import { samePlans } from './same-plans.js';

/** One slip in a pathway, and who noticed it. */
export interface PathwayTried {
  readonly kind: PathwayEditKind;
  readonly where: Path;
  readonly change: string;
  readonly notice: Notice;
}

/** How well the cases and scenarios beside a pathway guard it. */
export interface PathwayProof {
  readonly pathway: string;
  /** Cases and scenarios that do not hold of the pathway as it stands: they guard nothing and are left aside. */
  readonly failing: readonly string[];
  /** Where they do not hold. */
  readonly differences: readonly PathwayCaseFailure[];
  readonly tried: number;
  readonly byLoader: number;
  readonly byCase: number;
  readonly equivalent: readonly PathwayTried[];
  readonly unnoticed: readonly PathwayTried[];
}

/** A case that holds, and what its plan is about: it is tried first where one of these is edited. */
interface Guard {
  readonly name: string;
  readonly hold: PathwayCheck['hold'];
  /** `null`: it makes no plan, which takes no time, and is asked about everything first. */
  readonly touches: ReadonlySet<string> | null;
}

/**
 * Makes every single slip in a pathway, one at a time, and asks whether the loader, one of its cases or one of its scenarios
 * notices. An edit that no plan can show is proved to be so, and listed.
 *
 * @param definition - the data of `pathway.yaml`
 * @param pathway - the same, loaded
 * @param catalogue - every instrument
 */
export const provePathway = (
  definition: PathwayDefinition,
  pathway: Pathway,
  catalogue: readonly Instrument[],
  cases: PathwayCases | null,
  scenarios: Scenarios | null,
): PathwayProof => {
  const checks = [
    ...(cases === null ? [] : caseChecks(catalogue, cases)),
    ...(scenarios === null ? [] : scenarioChecks(catalogue, scenarios)),
  ];
  const failing: string[] = [];
  const differences: PathwayCaseFailure[] = [];
  const guards: Guard[] = [];
  for (const { name, hold } of checks) {
    const { plan, failures } = hold(pathway);
    if (failures.length > 0) {
      failing.push(name);
      differences.push(...failures);
    } else guards.push({ name, hold, touches: touchedBy(plan) });
  }
  const check = pathwayChecker(catalogue);
  const same = samePlans({ definition, pathway });
  const order = guardOrder(guards);
  const tried = pathwayEdits(definition, catalogue).map((edit): PathwayTried => {
    const { kind, where, change } = edit;
    return { kind, where, change, notice: noticeOf(edit, definition, same, check, order(where)) };
  });
  const by = (who: Notice['by']) => tried.filter(({ notice }) => notice.by === who);
  return {
    pathway: definition.id,
    failing,
    differences,
    tried: tried.length,
    byLoader: by('loader').length,
    byCase: by('case').length,
    equivalent: by('equivalence'),
    unnoticed: by('nobody'),
  };
};

/** The rules, services, facts and instruments that a plan speaks of. */
const touchedBy = (plan: Plan | null): ReadonlySet<string> | null => {
  if (plan === null) return null;
  const lines = [...plan.access, ...plan.recommendations];
  return new Set([
    ...lines.flatMap(({ reasons, services }) => [
      ...reasons.map(({ rule }) => rule),
      ...services.map(({ id }) => id),
    ]),
    ...plan.notes.map(({ rule }) => rule),
    ...plan.next.flatMap(({ instrument, rules }) => [instrument, ...rules]),
    ...plan.questions.flatMap((question) => [
      ...question.rules,
      question.status === 'fact' ? question.fact : question.instrument,
    ]),
  ]);
};

/** The guards in the order in which they are asked about an edit at a place; every one of them is in the end. */
const guardOrder = (guards: readonly Guard[]): ((where: Path) => readonly Guard[]) => {
  const orders = new Map<string, readonly Guard[]>();
  return (where) => {
    const name = String(where[1]);
    const before = orders.get(name);
    if (before !== undefined) return before;
    const own = guards.filter(
      ({ touches, name: called }) => touches?.has(name) !== false || called.startsWith(`${name} `),
    );
    const made = [...own, ...guards.filter((guard) => !own.includes(guard))];
    orders.set(name, made);
    return made;
  };
};

const noticeOf = (
  { edited, minutes, where }: PathwayEdit,
  { context: { age, sex } }: PathwayDefinition,
  same: ReturnType<typeof samePlans>,
  check: ReturnType<typeof pathwayChecker>,
  guards: readonly Guard[],
): Notice => {
  const outcome = check(edited);
  if (outcome._tag === 'Left') return { by: 'loader', code: outcome.left[0]?.code ?? 'refused' };
  const pathway = minutes === undefined ? outcome.right : withMinutes(outcome.right, minutes);
  // Age and sex move scores: what reads them otherwise has its forms scored again.
  const afresh = where[0] === 'context' || (where[0] === 'facts' && [age, sex].includes(String(where[1])));
  const noticing = guards.find(({ hold }) => hold(pathway, afresh).failures.length > 0);
  if (noticing !== undefined) return { by: 'case', name: noticing.name };
  const proof = minutes === undefined ? same({ definition: edited, pathway }) : null;
  return proof === null ? { by: 'nobody' } : { by: 'equivalence', proof };
};

const withMinutes = (
  pathway: Pathway,
  { instrument, minutes }: NonNullable<PathwayEdit['minutes']>,
): Pathway => {
  const card = pathway.instruments[instrument];
  return card === undefined
    ? pathway
    : { ...pathway, instruments: { ...pathway.instruments, [instrument]: { ...card, minutes } } };
};
