import type { Path } from '../formula/model.js';
import type { Instrument } from '../instrument/index.js';
import type { PathwayDefinition, RuleDefinition } from '../referral/definition/pathway-schema.js';
import { URGENCIES } from '../referral/index.js';
import { type ConditionEditKind, conditionEdits, type Nameable } from './condition-edits.js';
import { put } from './edits.js';

/** What a slip in a pathway does. */
export type PathwayEditKind =
  | ConditionEditKind
  /** An entry is left out. */
  | 'drop'
  /** Two neighbours change places. */
  | 'order'
  /** An urgency is one step higher or lower. */
  | 'step'
  /** A yes or no is turned round. */
  | 'turned'
  /** Two texts of one kind change places. */
  | 'exchange'
  /** An interval or a day is longer or shorter by one. */
  | 'interval'
  | 'minutes';

/** One slip of the pen: a pathway that differs from the reviewed one in a single place. */
export interface PathwayEdit {
  readonly kind: PathwayEditKind;
  /** Where the slip is, as a path into the pathway. */
  readonly where: Path;
  /** What was changed, in words: `urgent → soon`. */
  readonly change: string;
  /** It may be no valid pathway any more: that is for the loader to say. */
  readonly edited: PathwayDefinition;
  /** The minutes of an instrument, which stand in its own definition. */
  readonly minutes?: { readonly instrument: string; readonly minutes: number };
}

type Plain = Readonly<Record<string, unknown>>;
type Add = (kind: PathwayEditKind, where: Path, change: string, ...put: readonly Put[]) => void;
/** A place and what is put there; `undefined` takes the key out. */
type Put = readonly [where: Path, value: unknown];

interface Slips {
  readonly of: PathwayDefinition;
  readonly names: Nameable;
  readonly services: readonly string[];
  readonly add: Add;
}

/**
 * Every single slip in a pathway that could change a plan, a letter or what is overdue. Conditions: see `conditionEdits`. Of
 * rules, steps and cautions, and of services, facts, screens and letters: each entry left out; each urgency one step up and
 * down; each service left out or replaced by its neighbour, alternatives in another order, all turned into alternatives and
 * back; each yes or no turned round; each interval, day, limit and number of minutes moved by one; each need put in or left
 * out; each guideline left out; each number in a guideline or in a text that somebody reads moved by one; neighbouring texts
 * exchanged; services and facts in another order, which is the order of lines and questions of one urgency.
 */
export const pathwayEdits = (
  definition: PathwayDefinition,
  catalogue: readonly Instrument[],
): readonly PathwayEdit[] => {
  const edits: PathwayEdit[] = [];
  const slips: Slips = {
    of: definition,
    names: nameable(definition, catalogue),
    services: Object.keys(definition.services),
    add: (kind, where, change, ...puts) => {
      const edited = puts.reduce<unknown>((whole, [at, value]) => put(whole, at, value), definition);
      edits.push({ kind, where, change, edited: edited as PathwayDefinition });
    },
  };
  for (const part of [urgencySlips, factSlips, serviceSlips, routeSlips, cautionSlips, letterSlips])
    part(slips);
  for (const part of [raiseSlips, batterySlips, reviewSlips, loneTexts, textSlips]) part(slips);
  ruleSlips(slips, catalogue);
  minuteSlips(definition, catalogue, edits);
  return edits;
};

const nameable = ({ facts }: PathwayDefinition, catalogue: readonly Instrument[]): Nameable => ({
  instruments: new Map(catalogue.map((instrument) => [instrument.id, instrument])),
  numbers: Object.keys(facts).filter((id) => facts[id]?.type === 'number' || facts[id]?.type === 'date'),
  booleans: Object.keys(facts).filter((id) => facts[id]?.type === 'boolean'),
  values: new Map(
    Object.entries(facts).flatMap(([id, fact]) =>
      'values' in fact ? [[id, Object.keys(fact.values)] as const] : [],
    ),
  ),
});

const condition = ({ names, add }: Slips, where: Path, when: string): void => {
  for (const { kind, text } of conditionEdits(when, names)) add(kind, where, `→ ${text}`, [where, text]);
};

const dropEntry = ({ add }: Slips, where: Path, list: readonly unknown[], at: number, name: string): void => {
  const left = list.filter((_, other) => other !== at);
  // An empty list is not written: the key is left out.
  add('drop', [...where, at], `${name} left out`, [where, left.length === 0 ? undefined : left]);
};

const dropEach = (slips: Slips, where: Path, list: readonly string[] | undefined): void => {
  for (const [at, name] of (list ?? []).entries()) dropEntry(slips, where, list ?? [], at, name);
};

/** Each entry replaced by what stands beside it among all that could stand there. */
const replaceEach = (
  { add }: Slips,
  where: Path,
  list: readonly string[],
  among: readonly string[],
): void => {
  for (const [at, entry] of list.entries())
    for (const other of neighbours(among, entry).filter((each) => !list.includes(each)))
      add('name', [...where, at], `${entry} → ${other}`, [[...where, at], other]);
};

const sameList = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.join('\n') === other.join('\n');

const swapped = <T>(list: readonly T[], at: number): readonly T[] =>
  list.map((each, other) =>
    other === at ? (list[at + 1] ?? each) : other === at + 1 ? (list[at] ?? each) : each,
  );

/** Neighbours of a list change places. */
const order = ({ add }: Slips, where: Path, list: readonly string[]): void => {
  for (const [at, name] of list.entries()) {
    const next = list[at + 1];
    if (next !== undefined) add('order', [...where, at], `${name} ↔ ${next}`, [where, swapped(list, at)]);
  }
};

/** Neighbours among the entries of a part change places. */
const entryOrder = ({ of, add }: Slips, part: 'facts' | 'services'): void => {
  const entries = Object.entries(of[part]);
  for (const [at, [id]] of entries.entries()) {
    const next = entries[at + 1];
    if (next !== undefined)
      add('order', [part, id], `${id} ↔ ${next[0]}`, [[part], Object.fromEntries(swapped(entries, at))]);
  }
};

/** A yes or no that is written only where it is so. */
const turned = ({ add }: Slips, where: Path, is: unknown): void =>
  add('turned', where, is === true ? 'true → absent' : 'absent → true', [
    where,
    is === true ? undefined : true,
  ]);

const step = ({ add }: Slips, where: Path, urgency: (typeof URGENCIES)[number]): void => {
  const at = URGENCIES.indexOf(urgency);
  for (const next of [URGENCIES[at - 1], URGENCIES[at + 1]]) {
    if (next !== undefined) add('step', where, `${urgency} → ${next}`, [where, next]);
  }
};

/** `P1M` one shorter and one longer. */
const interval = ({ add }: Slips, where: Path, length: string | undefined): void => {
  if (length === undefined) return;
  for (const by of [-1, 1]) {
    const moved = length.replace(/\d+/, (digits) => String(Number(digits) + by));
    add('interval', where, `${length} → ${moved}`, [where, moved]);
  }
  add('drop', where, `${length} left out`, [where, undefined]);
};

const DAY = 24 * 60 * 60 * 1000;

/** A calendar day one earlier and one later. */
const day = ({ add }: Slips, where: Path, date: string | undefined): void => {
  if (date === undefined) return;
  for (const by of [-DAY, DAY]) {
    const moved = new Date(Date.parse(date) + by).toISOString().slice(0, 10);
    add('interval', where, `${date} → ${moved}`, [where, moved]);
  }
};

/** The texts under one key of neighbouring entries change places. */
const exchangeTexts = ({ of, add }: Slips, part: keyof PathwayDefinition, key: string): void => {
  const entries = Object.entries(of[part] as Readonly<Record<string, Plain>>).filter(
    ([, entry]) => typeof entry[key] === 'string',
  );
  for (const [at, [id, entry]] of entries.entries()) {
    const next = entries[at + 1];
    if (next === undefined || next[1][key] === entry[key]) continue;
    const here = [part, id, key];
    add('exchange', here, `the text of ${next[0]}`, [here, next[1][key]], [[part, next[0], key], entry[key]]);
  }
};

const drop = ({ add }: Slips, where: Path, name = String(where[where.length - 1])): void =>
  add('drop', where, `${name} left out`, [where, undefined]);

const urgencySlips = (slips: Slips): void => {
  for (const id of URGENCIES) interval(slips, ['urgencies', id, 'review'], slips.of.urgencies[id].review);
  for (const key of ['label', 'target', 'plain']) exchangeTexts(slips, 'urgencies', key);
};

const UNITS = ['days', 'weeks', 'months'] as const;

const factSlips = (slips: Slips): void => {
  const { of, add } = slips;
  for (const [id, fact] of Object.entries(of.facts)) {
    const where = ['facts', id];
    drop(slips, where);
    turned(slips, [...where, 'sensitive'], fact.sensitive);
    if (fact.type === 'boolean') {
      add(
        'exchange',
        [...where, 'true'],
        "the words of 'false'",
        [[...where, 'true'], fact.false],
        [[...where, 'false'], fact.true],
      );
    } else if (fact.type === 'number') {
      for (const limit of ['min', 'max'] as const) {
        for (const moved of [fact[limit] - 1, fact[limit] + 1])
          add('number', [...where, limit], `${fact[limit]} → ${moved}`, [[...where, limit], moved]);
      }
    } else if (fact.type === 'date') {
      for (const unit of UNITS.filter((each) => each !== fact['counted-in']))
        add('name', [...where, 'counted-in'], `${fact['counted-in']} → ${unit}`, [
          [...where, 'counted-in'],
          unit,
        ]);
    } else {
      const other = fact.type === 'list' ? 'enum' : 'list';
      add('name', [...where, 'type'], `${fact.type} → ${other}`, [[...where, 'type'], other]);
      const values = Object.entries(fact.values);
      for (const [at, [value, words]] of values.entries()) {
        const here = [...where, 'values', value];
        drop(slips, here);
        const next = values[at + 1];
        if (next !== undefined)
          add(
            'exchange',
            here,
            `the words of ${next[0]}`,
            [here, next[1]],
            [[...where, 'values', next[0]], words],
          );
      }
    }
  }
  entryOrder(slips, 'facts');
  exchangeTexts(slips, 'facts', 'question');
  exchangeTexts(slips, 'facts', 'label');
  for (const name of ['age', 'sex'] as const) {
    const fact = of.context[name];
    if (fact === undefined) continue;
    drop(slips, ['context', name]);
    for (const other of ofSameType(of, fact))
      add('name', ['context', name], `${fact} → ${other}`, [['context', name], other]);
  }
};

/** The neighbours of a fact among those of its type. */
const ofSameType = ({ facts }: PathwayDefinition, id: string): readonly string[] => {
  const alike = Object.keys(facts).filter((other) => facts[other]?.type === facts[id]?.type);
  return alike.filter((_, at) => Math.abs(at - alike.indexOf(id)) === 1);
};

const serviceSlips = (slips: Slips): void => {
  const { of, services, add } = slips;
  const needs = [...new Set(Object.values(of.services).flatMap((service) => service.needs ?? []))];
  for (const [id, service] of Object.entries(of.services)) {
    const where = ['services', id];
    drop(slips, where);
    for (const key of ['neutral', 'discreet', 'in-the-room'] as const)
      turned(slips, [...where, key], service[key]);
    add('turned', [...where, 'consent'], `${service.consent} → ${!service.consent}`, [
      [...where, 'consent'],
      !service.consent,
    ]);
    for (const need of needs) {
      const has = service.needs ?? [];
      const toggled = has.includes(need) ? has.filter((each) => each !== need) : [...has, need];
      add('turned', [...where, 'needs'], `${need} ${has.includes(need) ? 'left out' : 'put in'}`, [
        [...where, 'needs'],
        toggled.length === 0 ? undefined : toggled,
      ]);
    }
    if (service.via !== undefined) {
      drop(slips, [...where, 'via'], `via ${service.via}`);
      for (const other of neighbours(services, service.via))
        add('name', [...where, 'via'], `${service.via} → ${other}`, [[...where, 'via'], other]);
    }
  }
  entryOrder(slips, 'services');
  exchangeTexts(slips, 'services', 'name');
  exchangeTexts(slips, 'services', 'plain');
};

const neighbours = (list: readonly string[], entry: string): readonly string[] =>
  list.filter((_, at) => Math.abs(at - list.indexOf(entry)) === 1);

const routeSlips = (slips: Slips): void => {
  const { of, add } = slips;
  const { consent, treatment } = of.routes;
  const at = (key: string): Path => ['routes', 'consent', key];
  step(slips, at('safety-from'), consent['safety-from']);
  const facts = [
    [at('fact'), consent.fact],
    [at('share'), consent.share],
    [['routes', 'treatment', 'fact'], treatment.fact],
  ] as const;
  for (const [where, fact] of facts)
    for (const other of ofSameType(of, fact)) add('name', where, `${fact} → ${other}`, [where, other]);
  add(
    'exchange',
    at('fact'),
    `${consent.fact} ↔ ${consent.share}`,
    [at('fact'), consent.share],
    [at('share'), consent.fact],
  );
  const texts = ['withheld', 'safety', 'ask'] as const;
  for (const [i, key] of texts.entries()) {
    const next = texts[i + 1];
    if (next !== undefined)
      add('exchange', at(key), `the text of ${next}`, [at(key), consent[next]], [at(next), consent[key]]);
  }
};

/** The text of the treatment route, and that with which letters end, for another. */
const loneTexts = ({ of, add }: Slips): void => {
  const { consent, treatment } = of.routes;
  for (const [where, text] of [
    [['routes', 'treatment', 'text'], treatment.text],
    [['letters', 'safety-net'], of.letters['safety-net']],
  ] as const) {
    const withheld = ['routes', 'consent', 'withheld'];
    add('exchange', where, 'the text of withheld', [where, consent.withheld], [withheld, text]);
  }
};

const cautionSlips = (slips: Slips): void => {
  for (const [id, { when, on }] of Object.entries(slips.of.cautions ?? {})) {
    const where = ['cautions', id];
    drop(slips, where);
    condition(slips, [...where, 'when'], when);
    const other = on === 'plan' ? 'results' : 'plan';
    slips.add('name', [...where, 'on'], `${on} → ${other}`, [[...where, 'on'], other]);
  }
  if (slips.of.cautions !== undefined) exchangeTexts(slips, 'cautions', 'warning');
};

const letterSlips = (slips: Slips): void => {
  for (const to of ['gp', 'navigator'] as const) {
    const service = slips.of.letters[to];
    if (service === undefined) continue;
    drop(slips, ['letters', to], service);
    for (const other of neighbours(slips.services, service))
      slips.add('name', ['letters', to], `${service} → ${other}`, [['letters', to], other]);
  }
};

const raiseSlips = (slips: Slips): void => {
  for (const [id, raise] of Object.entries(slips.of.raises ?? {})) {
    const where = ['raises', id];
    drop(slips, where);
    condition(slips, [...where, 'when'], raise.when);
    dropEach(slips, [...where, 'rules'], raise.rules);
    replaceEach(slips, [...where, 'rules'], raise.rules, Object.keys(slips.of.rules));
    step(slips, [...where, 'up-to'], raise['up-to']);
    guidelines(slips, where, raise.guideline);
    proposal(slips, where, raise);
    level(slips, where, raise.level);
  }
  if (slips.of.raises !== undefined) exchangeTexts(slips, 'raises', 'says');
};

const batterySlips = (slips: Slips): void => {
  dropEach(slips, ['battery'], slips.of.battery);
  order(slips, ['battery'], slips.of.battery);
};

const reviewSlips = (slips: Slips): void => {
  day(slips, ['read'], slips.of.read);
  day(slips, ['review-by'], slips.of['review-by']);
  for (const id of Object.keys(slips.of.waivers ?? {})) drop(slips, ['waivers', id]);
};

/** A rule of our own is on for everybody, or a rule of the guidance off until somebody names it. */
const proposal = (
  { add }: Slips,
  where: Path,
  { proposal: isOne, level }: { readonly proposal?: true | undefined; readonly level?: string | undefined },
): void => {
  const at = [...where, 'proposal'];
  if (isOne !== true) add('turned', at, 'absent → true', [at, true]);
  else add('turned', at, 'true → absent', [at, undefined], [[...where, 'level'], level ?? 'design']);
};

const LEVELS = ['verified', 'partial', 'recalled', 'design'] as const;

/** A rule that is said to be better or worse checked than it is. */
const level = ({ add }: Slips, where: Path, is: RuleDefinition['level']): void => {
  if (is === undefined) return;
  for (const other of neighbours(LEVELS, is))
    add('name', [...where, 'level'], `${is} → ${other}`, [[...where, 'level'], other]);
};

/** Each number in a text moved by one: of `1.2.10` the last part, which is where a slip of the pen falls. */
const numbersIn = ({ add }: Slips, where: Path, text: string | undefined): void => {
  for (const found of (text ?? '').matchAll(/\d+(?!\.?\d)/g)) {
    const [number] = found;
    for (const next of [Number(number) - 1, Number(number) + 1]) {
      if (next < 0) continue;
      const moved = `${text?.slice(0, found.index)}${next}${text?.slice(found.index + number.length)}`;
      add('number', where, `${number} → ${next} in '${text}'`, [where, moved]);
    }
  }
};

/** A guideline left out, and each number in what names it. */
const guidelines = (slips: Slips, rule: Path, list: RuleDefinition['guideline']): void => {
  const where = [...rule, 'guideline'];
  for (const [at, guideline] of (list ?? []).entries()) {
    dropEntry(slips, where, list ?? [], at, guideline.id);
    for (const key of ['id', 'year', 'locator', 'note'] as const)
      numbersIn(slips, [...where, at, key], guideline[key]);
  }
};

/** Every text that a plan or a letter shows, apart from guidelines. */
const textSlips = (slips: Slips): void => {
  const { urgencies, facts, services, routes, cautions, letters, raises, rules } = slips.of;
  const each = (part: string, entries: Readonly<Record<string, Plain>>, keys: readonly string[]): void => {
    for (const [id, entry] of Object.entries(entries))
      for (const key of keys) {
        const text = entry[key];
        if (typeof text === 'string') numbersIn(slips, [part, id, key], text);
      }
  };
  each('urgencies', urgencies, ['label', 'target', 'plain']);
  each('facts', facts, ['question', 'label', 'true', 'false']);
  for (const [id, fact] of Object.entries(facts))
    if ('values' in fact)
      for (const [value, words] of Object.entries(fact.values))
        numbersIn(slips, ['facts', id, 'values', value], words);
  each('services', services, ['name', 'plain']);
  each('routes', routes, ['withheld', 'safety', 'ask', 'text']);
  each('cautions', cautions ?? {}, ['warning']);
  numbersIn(slips, ['letters', 'safety-net'], letters['safety-net']);
  each('raises', raises ?? {}, ['says']);
  each('rules', rules, ['action', 'plain', 'confidence']);
  for (const [id, { warnings = [] }] of Object.entries(rules))
    for (const [at, warning] of warnings.entries()) numbersIn(slips, ['rules', id, 'warnings', at], warning);
};

const ruleSlips = (slips: Slips, catalogue: readonly Instrument[]): void => {
  const { of, add, services } = slips;
  const instruments = catalogue.map(({ id }) => id);
  for (const [id, rule] of Object.entries(of.rules)) {
    const where = ['rules', id];
    drop(slips, where);
    condition(slips, [...where, 'when'], rule.when);
    step(slips, [...where, 'urgency'], rule.urgency);
    turned(slips, [...where, 'in-the-room'], rule['in-the-room']);
    proposal(slips, where, rule);
    level(slips, where, rule.level);
    for (const key of ['refer', 'one-of'] as const) {
      const list = rule[key];
      if (list === undefined) continue;
      dropEach(slips, [...where, key], list);
      replaceEach(slips, [...where, key], list, services);
      if (key === 'one-of') order(slips, [...where, key], list);
      const otherKey = key === 'refer' ? 'one-of' : 'refer';
      if (list.length > 1)
        add(
          'name',
          [...where, key],
          `${key} → ${otherKey}`,
          [[...where, key], undefined],
          [[...where, otherKey], list],
        );
    }
    dropEach(slips, [...where, 'warnings'], rule.warnings);
    dropEach(slips, [...where, 'next'], rule.next);
    replaceEach(slips, [...where, 'next'], rule.next ?? [], instruments);
    dropEach(slips, [...where, 'provides'], rule.provides);
    if (rule.plain !== undefined) drop(slips, [...where, 'plain']);
    interval(slips, [...where, 'review'], rule.review);
    day(slips, [...where, 'read'], rule.read);
    day(slips, [...where, 'review-by'], rule['review-by']);
    guidelines(slips, where, rule.guideline);
  }
  exchangeTexts(slips, 'rules', 'action');
  exchangeTexts(slips, 'rules', 'plain');
  exchangeTexts(slips, 'rules', 'confidence');
  const warned = Object.entries(of.rules).filter(([, { warnings }]) => warnings !== undefined);
  for (const [at, [id, { warnings }]] of warned.entries()) {
    const next = warned[at + 1];
    const here = ['rules', id, 'warnings'];
    if (next !== undefined && !sameList(next[1].warnings, warnings))
      add(
        'exchange',
        here,
        `the warnings of ${next[0]}`,
        [here, next[1].warnings],
        [['rules', next[0], 'warnings'], warnings],
      );
  }
};

/** The minutes that the pathway takes over from the definitions of the instruments that it gives. */
const minuteSlips = (
  definition: PathwayDefinition,
  catalogue: readonly Instrument[],
  edits: PathwayEdit[],
): void => {
  const given = new Map<string, Path>();
  for (const [at, id] of definition.battery.entries()) given.set(id, ['battery', at]);
  for (const [rule, { next }] of Object.entries(definition.rules))
    for (const [at, id] of (next ?? []).entries())
      if (!given.has(id)) given.set(id, ['rules', rule, 'next', at]);
  for (const { id, minutes } of catalogue) {
    const where = given.get(id);
    if (where === undefined || minutes === null) continue;
    for (const moved of [minutes - 1, minutes + 1])
      edits.push({
        kind: 'minutes',
        where,
        change: `minutes of ${id}: ${minutes} → ${moved}`,
        edited: definition,
        minutes: { instrument: id, minutes: moved },
      });
  }
};
