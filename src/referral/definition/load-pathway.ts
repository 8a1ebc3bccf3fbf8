import { addMonths } from 'date-fns';
import { type Either, left, right } from 'fp-ts/Either';
import { dataDigest } from '../../definition/canonical.js';
import type { DefinitionProblem, PathProblem } from '../../definition/problem.js';
import { schemaProblems } from '../../definition/schema-problems.js';
import { sha256 } from '../../definition/sha256.js';
import { type Json, readYaml } from '../../definition/yaml-document.js';
import { closest } from '../../formula/index.js';
import type { Path } from '../../formula/model.js';
import type { Instrument } from '../../instrument/index.js';
import { calendarDate } from '../calendar.js';
import type {
  Caution,
  Condition,
  Fact,
  Guideline,
  InstrumentCard,
  Pathway,
  Raise,
  Rule,
  Service,
} from '../pathway.js';
import { isAtLeast } from '../urgency.js';
import { type Deadness, deadConditions } from './dead-conditions.js';
import { lowerCondition, type Names } from './lower-condition.js';
import {
  type FactDefinition,
  type PathwayDefinition,
  pathwaySchema,
  type RuleDefinition,
} from './pathway-schema.js';
import { type WordingLint, wordingLints } from './wording-lints.js';

/**
 * Reads a pathway and checks it against the instruments that its rules name.
 *
 * @param yamlText - the text or bytes of `pathway.yaml`
 * @param fileName - how problems name the file
 * @param catalogue - every instrument that a rule may name
 * @returns `Left` with every problem, each with file, line and column; `Right` with the pathway as plain data
 *
 * @example
 * import { readFileSync } from 'node:fs';
 * import { catalogue } from 'caseness/catalogue';
 * import { loadPathway } from 'caseness/referral/definition';
 *
 * const file = 'instruments/pathways/primary-care-example/pathway.yaml';
 * const instruments = await Promise.all(catalogue.flatMap(({ load }) => (load === null ? [] : [load()])));
 * const loaded = loadPathway(readFileSync(file), file, instruments);
 * console.assert(loaded._tag === 'Right' && loaded.right.rules.length === 6);
 *
 * const broken = loadPathway('id: my-practice', 'mine.yaml', instruments);
 * console.assert(broken._tag === 'Left' && broken.left[0]?.line === 1);
 */
export const loadPathway = (
  yamlText: string | Uint8Array,
  fileName: string,
  catalogue: readonly Instrument[],
): Either<readonly DefinitionProblem[], Pathway> => {
  const document = readYaml(yamlText, fileName);
  if (document.value === undefined) return left(document.problems);
  const parsed = pathwaySchema.safeParse(document.value);
  if (!parsed.success) {
    const problems = schemaProblems(parsed.error, document.value).map(document.place);
    return left(inFileOrder([...document.problems, ...problems]));
  }
  const memory = emptyMemory();
  const digest = dataDigest(document.value, sha256);
  const { pathway, problems } = build(parsed.data, digest, catalogue, memory);
  const all = [
    ...document.problems,
    ...[...problems, ...wordingProblems(document.value, [], memory)].map(document.place),
  ];
  return all.length > 0 ? left(inFileOrder(all)) : right(pathway);
};

/**
 * A check of many versions of a pathway against one catalogue, as `loadPathway` makes it of one file: what was found of a
 * text or a condition is not looked for again. Takes the data of a `pathway.yaml`; problems have no place in a file. The
 * versions have no digest, by which their plans would differ.
 */
export const pathwayChecker = (
  catalogue: readonly Instrument[],
): ((definition: PathwayDefinition) => Either<readonly PathProblem[], Pathway>) => {
  const memory = emptyMemory();
  return (definition) => {
    const parsed = pathwaySchema.safeParse(definition);
    if (!parsed.success) return left(schemaProblems(parsed.error, definition));
    const { pathway, problems } = build(parsed.data, '', catalogue, memory);
    // The schema lets nothing through that is no JSON.
    const all = [...problems, ...wordingProblems(parsed.data as unknown as Json, [], memory)];
    return all.length > 0 ? left(all) : right(pathway);
  };
};

/** What was found of texts and conditions: a pathway that differs in one place needs little of it anew. */
interface Memory {
  readonly wordings: Map<string, readonly WordingLint[]>;
  /** By what the facts are, as text. */
  readonly dead: Map<string, Map<string, Deadness>>;
}

const emptyMemory = (): Memory => ({ wordings: new Map(), dead: new Map() });

/** What is remembered under a key, made where nothing is. */
const rememberedAt = <T>(map: Map<string, T>, key: string, make: () => T): T => {
  const before = map.get(key);
  if (before !== undefined) return before;
  const made = make();
  map.set(key, made);
  return made;
};

const inFileOrder = (problems: readonly DefinitionProblem[]): readonly DefinitionProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.col - b.col);

/** The wording rules, over every text but conditions, which are names. */
const wordingProblems = (value: Json, where: Path, memory: Memory): readonly PathProblem[] => {
  if (typeof value === 'string') {
    return rememberedAt(memory.wordings, value, () =>
      wordingLints.filter(({ pattern }) => pattern.test(value)),
    ).map(({ name, description }) => ({
      code: name,
      where,
      message: `this wording is not allowed: ${description}.`,
    }));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((each: Json, at) => wordingProblems(each, [...where, at], memory))
    : Object.entries(value).flatMap(([key, each]: [string, Json]) =>
        key === 'when' ? [] : wordingProblems(each, [...where, key], memory),
      );
};

const factOf = (id: string, given: FactDefinition): Fact => {
  const base = {
    id,
    question: given.question,
    ...(given.sensitive === true ? { sensitive: true as const } : {}),
  };
  switch (given.type) {
    case 'boolean':
      return { ...base, type: 'boolean', says: { true: given.true, false: given.false } };
    case 'enum':
    case 'list':
      return { ...base, type: given.type, says: given.values };
    case 'number':
      return { ...base, type: 'number', label: given.label, min: given.min, max: given.max };
    case 'date':
      return { ...base, type: 'date', label: given.label, countedIn: given['counted-in'] };
  }
};

const instrumentsOf = (condition: Condition): readonly string[] => {
  switch (condition.op) {
    case 'and':
    case 'or':
      return [...new Set(condition.of.flatMap(instrumentsOf))];
    case 'not':
      return instrumentsOf(condition.of);
    default:
      return 'instrument' in condition ? [condition.instrument] : [];
  }
};

const leavesOf = (condition: Condition): readonly Condition[] => {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.of.flatMap(leavesOf);
    case 'not':
      return leavesOf(condition.of);
    default:
      return [condition];
  }
};

const routing = (condition: Condition, routed: readonly string[]): Condition => {
  switch (condition.op) {
    case 'and':
    case 'or':
      return { op: condition.op, of: condition.of.map((each) => routing(each, routed)) };
    case 'not':
      return { op: 'not', of: routing(condition.of, routed) };
    case 'unrouted-critical-flag':
      return { op: condition.op, routed };
    default:
      return condition;
  }
};

const build = (
  given: PathwayDefinition,
  digest: string,
  catalogue: readonly Instrument[],
  memory: Memory,
): { readonly pathway: Pathway; readonly problems: readonly PathProblem[] } => {
  const problems: PathProblem[] = [];
  const instruments = new Map(catalogue.map((instrument) => [instrument.id, instrument]));
  const facts = Object.entries(given.facts).map(([id, fact]) => factOf(id, fact));
  const names: Names = { instruments, facts: new Map(facts.map((fact) => [fact.id, fact])) };
  const serviceIds = Object.keys(given.services);

  const mustBe = (kind: string, name: string | undefined, known: readonly string[], where: Path): void => {
    if (name === undefined || known.includes(name)) return;
    const didYouMean = closest(name, known);
    const message = `${name} is no ${kind} here.`;
    problems.push({
      code: `unknown-${kind}`,
      where,
      message,
      ...(didYouMean === undefined ? {} : { didYouMean }),
    });
  };
  const lowered = (source: string, where: Path): Condition => {
    const { condition, problems: found } = lowerCondition(source, where, names);
    problems.push(...found);
    return condition;
  };
  const factOfType = (id: string | undefined, type: Fact['type'], where: Path): void => {
    mustBe('fact', id, Object.keys(given.facts), where);
    const fact = names.facts.get(String(id));
    if (fact !== undefined && fact.type !== type) {
      problems.push({ code: 'wrong-fact', where, message: `${id} must be a fact of type ${type}.` });
    }
  };

  factOfType(given.context.age, 'number', ['context', 'age']);
  factOfType(given.context.sex, 'enum', ['context', 'sex']);
  factOfType(given.routes.consent.fact, 'boolean', ['routes', 'consent', 'fact']);
  factOfType(given.routes.consent.share, 'boolean', ['routes', 'consent', 'share']);
  factOfType(given.routes.treatment.fact, 'list', ['routes', 'treatment', 'fact']);

  const services: Record<string, Service> = {};
  for (const [place, [id, service]] of Object.entries(given.services).entries()) {
    mustBe('service', service.via, serviceIds, ['services', id, 'via']);
    const { name, plain, consent, needs = [], refer, via, note, confidence } = service;
    services[id] = {
      id,
      place,
      name,
      plain,
      ...(service.neutral === true ? { neutral: true } : {}),
      ...(service.discreet === true ? { discreet: true } : {}),
      consent,
      needs,
      refer,
      confidence,
      ...(service['in-the-room'] === true ? { inTheRoom: true } : {}),
      ...(via === undefined ? {} : { via }),
      ...(note === undefined ? {} : { note }),
    };
  }

  const known = [...instruments.keys()];
  const critical = new Set(
    catalogue.flatMap(({ id, program }) =>
      program.flags.filter((flag) => flag.critical === true).map((flag) => `${id} ${flag.id}`),
    ),
  );
  for (const [at, id] of given.battery.entries()) mustBe('instrument', id, known, ['battery', at]);
  const needed = new Set(Object.values(services).flatMap(({ needs }) => needs));

  const rules = Object.entries(given.rules).map(([id, rule]): Rule => {
    const where: Path = ['rules', id];
    const when = lowered(rule.when, [...where, 'when']);
    const check = (
      kind: string,
      key: 'refer' | 'one-of' | 'next' | 'provides',
      among: readonly string[],
    ): void => {
      for (const [at, name] of (rule[key] ?? []).entries()) mustBe(kind, name, among, [...where, key, at]);
    };
    check('service', 'refer', serviceIds);
    check('service', 'one-of', serviceIds);
    check('instrument', 'next', known);
    check('need', 'provides', [...needed]);
    problems.push(...ruleProblems(given, rule, where), ...criticalProblems(rule, when, where, critical));
    return {
      id,
      text: rule.when,
      when,
      urgency: rule.urgency,
      refer:
        rule['one-of'] === undefined
          ? { choice: 'all', services: rule.refer ?? [] }
          : { choice: 'one-of', services: rule['one-of'] },
      ...(rule['in-the-room'] === true ? { inTheRoom: true } : {}),
      action: rule.action,
      warnings: rule.warnings ?? [],
      ...(rule.plain === undefined ? {} : { plain: rule.plain }),
      next: rule.next ?? [],
      ...(rule.review === undefined ? {} : { review: rule.review }),
      ...(rule.provides === undefined ? {} : { provides: rule.provides }),
      guideline: guidelinesOf(rule.guideline),
      confidence: rule.confidence,
      level: rule.proposal === true ? 'proposal' : (rule.level ?? 'design'),
      read: rule.read ?? given.read,
      reviewBy: rule['review-by'] ?? given['review-by'],
      instruments: instrumentsOf(when),
    };
  });

  const cautions = Object.entries(given.cautions ?? {}).map(
    ([id, { when, on, warning, confidence }]): Caution => ({
      id,
      text: when,
      when: lowered(when, ['cautions', id, 'when']),
      on,
      warning,
      confidence,
    }),
  );

  const ruleIds = Object.keys(given.rules);
  const raises = Object.entries(given.raises ?? {}).map(([id, raise]): Raise => {
    const where: Path = ['raises', id];
    for (const [at, name] of raise.rules.entries()) mustBe('rule', name, ruleIds, [...where, 'rules', at]);
    if (ruleIds.includes(id)) {
      problems.push({ code: 'id-twice', where, atKey: true, message: `${id} is a rule already.` });
    }
    problems.push(...levelProblems(raise, where));
    return {
      id,
      text: raise.when,
      when: lowered(raise.when, [...where, 'when']),
      rules: raise.rules,
      upTo: raise['up-to'],
      says: raise.says,
      guideline: guidelinesOf(raise.guideline),
      confidence: raise.confidence,
      level: raise.proposal === true ? 'proposal' : (raise.level ?? 'design'),
    };
  });
  for (const id of Object.keys(given.waivers ?? {})) mustBe('rule', id, ruleIds, ['waivers', id]);
  mustBe('service', given.letters.gp, serviceIds, ['letters', 'gp']);
  mustBe('service', given.letters.navigator, serviceIds, ['letters', 'navigator']);
  problems.push(...batteryProblems(given.battery, catalogue));

  // A condition that could not be read reads no fact: what it would have used is not known.
  if (problems.length === 0)
    problems.push(
      ...unusedFacts(
        given,
        [...rules, ...cautions, ...raises].map(({ when }) => when),
      ),
      ...deadConditions(
        [
          ...rules.map(({ id, text, when }) => ({ text, when, where: ['rules', id] })),
          ...cautions.map(({ id, text, when }) => ({ text, when, where: ['cautions', id] })),
          ...raises.map(({ id, text, when }) => ({ text, when, where: ['raises', id] })),
        ],
        names,
        rememberedAt(memory.dead, JSON.stringify(given.facts), () => new Map()),
      ),
    );
  const routed = rules
    .filter(({ level }) => level !== 'proposal')
    .flatMap(({ when }) => leavesOf(when))
    .flatMap((leaf) => (leaf.op === 'raises' ? [`${leaf.instrument} ${leaf.flag}`] : []));
  const pathway: Pathway = {
    id: given.id,
    version: given.version,
    digest,
    title: given.title,
    country: given.country,
    urgencies: given.urgencies,
    facts,
    context: given.context,
    services,
    routes: {
      consent: {
        fact: given.routes.consent.fact,
        safetyFrom: given.routes.consent['safety-from'],
        withheld: given.routes.consent.withheld,
        safety: given.routes.consent.safety,
        ask: given.routes.consent.ask,
        share: given.routes.consent.share,
      },
      treatment: given.routes.treatment,
    },
    cautions,
    raises,
    waivers: given.waivers ?? {},
    letters: {
      ...(given.letters.gp === undefined ? {} : { gp: given.letters.gp }),
      ...(given.letters.navigator === undefined ? {} : { navigator: given.letters.navigator }),
      safetyNet: given.letters['safety-net'],
    },
    rules: rules.map((rule) => ({ ...rule, when: routing(rule.when, [...new Set(routed)]) })),
    instruments: Object.fromEntries(catalogue.map((instrument) => [instrument.id, cardOf(instrument)])),
    battery: given.battery,
  };
  return { pathway, problems };
};

const isCritical = ({ program }: Instrument): boolean => program.flags.some((flag) => flag.critical === true);

const cardOf = (instrument: Instrument): InstrumentCard => {
  const { short, title, minutes, contains } = instrument;
  return {
    short,
    title,
    minutes,
    ...(isCritical(instrument) ? { critical: true } : {}),
    contains: Object.keys(contains),
  };
};

const ruleProblems = (
  given: PathwayDefinition,
  rule: RuleDefinition,
  where: Path,
): readonly PathProblem[] => {
  const problems: PathProblem[] = [];
  const refers = rule.refer !== undefined || rule['one-of'] !== undefined;
  if (rule.refer !== undefined && rule['one-of'] !== undefined) {
    problems.push({
      code: 'refer-twice',
      where,
      message: 'a rule has `refer` (all) or `one-of` (alternatives), not both.',
    });
  }
  if (rule.urgency !== 'none' && !refers && rule.next === undefined) {
    problems.push({
      code: 'no-effect',
      where,
      message: 'name a service (`refer`, `one-of`) or an instrument (`next`).',
    });
  }
  if (rule.urgency === 'none' && refers) {
    problems.push({ code: 'no-urgency', where, message: 'a rule that refers has an urgency above `none`.' });
  }
  problems.push(...levelProblems(rule, where));
  const read = calendarDate(rule.read ?? given.read);
  const reviewBy = calendarDate(rule['review-by'] ?? given['review-by']);
  if (read === null || reviewBy === null || reviewBy <= read || reviewBy > addMonths(read, 12)) {
    const message = '`read` and `review-by` are calendar days, the second at most 12 months after the first.';
    problems.push({ code: 'review-window', where, message });
  }
  return problems;
};

/** Every rule and every step says how well it was checked. */
const levelProblems = (
  { level, proposal }: { readonly level?: string | undefined; readonly proposal?: true | undefined },
  where: Path,
): readonly PathProblem[] =>
  proposal === true || level !== undefined
    ? []
    : [
        {
          code: 'missing-key',
          where,
          message: 'say how well it was checked: `level`, or `proposal: true`.',
        },
      ];

/** An appointment that ends early has asked what cannot wait. */
const batteryProblems = (
  battery: readonly string[],
  catalogue: readonly Instrument[],
): readonly PathProblem[] => {
  const critical = battery.map((id) => catalogue.some((each) => each.id === id && isCritical(each)));
  const first = critical.indexOf(false);
  return critical.flatMap((isCritical, at) =>
    isCritical && first !== -1 && first < at
      ? [
          {
            code: 'battery-order',
            where: ['battery', at],
            message: `${battery[at]} has a critical flag: it comes before instruments that have none.`,
          },
        ]
      : [],
  );
};

const guidelinesOf = (given: RuleDefinition['guideline']): readonly Guideline[] =>
  (given ?? []).map(({ id, year, locator, note }) => ({
    id,
    ...(year === undefined ? {} : { year }),
    ...(locator === undefined ? {} : { locator }),
    ...(note === undefined ? {} : { note }),
  }));

const criticalProblems = (
  rule: RuleDefinition,
  when: Condition,
  where: Path,
  critical: ReadonlySet<string>,
): readonly PathProblem[] => {
  const late = leavesOf(when).some(
    (leaf) =>
      leaf.op === 'unrouted-critical-flag' ||
      (leaf.op === 'raises' && critical.has(`${leaf.instrument} ${leaf.flag}`)),
  );
  const message = 'a critical flag asks for a response today: `same-day` or `emergency`.';
  return late && !isAtLeast(rule.urgency, 'same-day')
    ? [{ code: 'critical-flag-urgency', where: [...where, 'urgency'], message }]
    : [];
};

const unusedFacts = (given: PathwayDefinition, conditions: readonly Condition[]): readonly PathProblem[] => {
  const { consent, treatment } = given.routes;
  const used = new Set([consent.fact, consent.share, treatment.fact, given.context.age, given.context.sex]);
  for (const leaf of conditions.flatMap(leavesOf)) if ('fact' in leaf) used.add(leaf.fact);
  return Object.keys(given.facts)
    .filter((id) => !used.has(id))
    .map((id) => ({
      code: 'unused-fact',
      where: ['facts', id],
      atKey: true,
      message: `no rule, caution or route reads ${id}: remove it, or write the rule.`,
    }));
};

/**
 * The rules whose guideline should have been read again by `on` (`YYYY-MM-DD`, compared as text), without those that the
 * pathway waives by name.
 *
 * @example
 * import { overdueRules } from 'caseness/referral/definition';
 * import { primaryCareExample } from 'caseness/pathways/primary-care-example';
 *
 * console.assert(overdueRules(primaryCareExample, '2027-11-24').length === 0);
 * console.assert(overdueRules(primaryCareExample, '2027-11-25').length === primaryCareExample.rules.length);
 */
export const overdueRules = (pathway: Pathway, on: string): readonly string[] =>
  pathway.rules
    .filter(({ id, reviewBy }) => reviewBy < on && !Object.hasOwn(pathway.waivers, id))
    .map(({ id }) => id);
