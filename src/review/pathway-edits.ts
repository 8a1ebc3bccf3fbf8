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
 * out; each guideline left out and each of its numbers moved by one; neighbouring texts exchanged.
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
  for (const part of [raiseSlips, batterySlips, reviewSlips, ruleSlips]) part(slips);
  minuteSlips(definition, catalogue, edits);
  return edits;
};

const nameable = ({ facts }: PathwayDefinition, catalogue: readonly Instrument[]): Nameable => ({
  instruments: new Map(catalogue.map((instrument) => [instrument.id, instrument])),
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
    step(slips, [...where, 'up-to'], raise['up-to']);
    guidelines(slips, where, raise.guideline);
    proposal(slips, where, raise);
  }
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

/** The numbers of a guideline's year, locator and note, the last part of each moved by one. */
const guidelines = (slips: Slips, rule: Path, list: RuleDefinition['guideline']): void => {
  const where = [...rule, 'guideline'];
  for (const [at, guideline] of (list ?? []).entries()) {
    dropEntry(slips, where, list ?? [], at, guideline.id);
    for (const key of ['year', 'locator', 'note'] as const) {
      const text = guideline[key];
      if (text === undefined) continue;
      for (const found of text.matchAll(/\d+(?!\.?\d)/g)) {
        for (const by of [-1, 1]) {
          const moved = `${text.slice(0, found.index)}${Number(found[0]) + by}${text.slice(found.index + found[0].length)}`;
          slips.add('number', [...where, at, key], `${text} → ${moved}`, [[...where, at, key], moved]);
        }
      }
    }
  }
};

const ruleSlips = (slips: Slips): void => {
  const { of, add, services } = slips;
  for (const [id, rule] of Object.entries(of.rules)) {
    const where = ['rules', id];
    drop(slips, where);
    condition(slips, [...where, 'when'], rule.when);
    step(slips, [...where, 'urgency'], rule.urgency);
    turned(slips, [...where, 'in-the-room'], rule['in-the-room']);
    proposal(slips, where, rule);
    for (const key of ['refer', 'one-of'] as const) {
      const list = rule[key];
      if (list === undefined) continue;
      dropEach(slips, [...where, key], list);
      for (const [at, service] of list.entries())
        for (const other of neighbours(services, service).filter((each) => !list.includes(each)))
          add('name', [...where, key, at], `${service} → ${other}`, [[...where, key, at], other]);
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
    dropEach(slips, [...where, 'provides'], rule.provides);
    if (rule.plain !== undefined) drop(slips, [...where, 'plain']);
    interval(slips, [...where, 'review'], rule.review);
    day(slips, [...where, 'read'], rule.read);
    day(slips, [...where, 'review-by'], rule['review-by']);
    guidelines(slips, where, rule.guideline);
  }
  exchangeTexts(slips, 'rules', 'action');
  exchangeTexts(slips, 'rules', 'plain');
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
