import { canonicalJson } from '../definition/canonical.js';
import type { Facts } from '../definition/cases-schema.js';
import type { ShippedDefinition } from '../definition/index.js';

/** A fact that stands otherwise in the definition than in the second entry of it. */
export interface FactFailure {
  /** `facts.recall`, `facts.asked-as.q3` … */
  readonly of: string;
  readonly expected: string;
  readonly found: string;
}

/** The facts of `cases.yaml`, without where they were read; one that the definition does not state is undefined. */
export type EnteredFacts = Readonly<Record<keyof Omit<Facts, 'source'>, unknown>>;

/**
 * The facts of a definition that no answer shows: validated ages, the window that the questions ask about, minutes, figures
 * of change, the numbers that differ between the sexes, the cut-offs that are no screen positive. In the form in which
 * `cases.yaml` enters them a second time.
 */
export function factsOf(definition: ShippedDefinition): EnteredFacts {
  const { 'reliable-change': reliable, caseness } = definition.change ?? {};
  const hasFigures = reliable !== undefined || caseness !== undefined;
  return {
    ages: definition['valid-for']?.age,
    recall: definition.recall,
    minutes: definition.minutes,
    change: hasFigures ? { 'reliable-change': reliable, caseness } : undefined,
    'asked-as': askedAs(definition),
    controls: controls(definition),
  };
}

/** Where the second entry of the facts says otherwise. A fact that it leaves out says nothing; `controls` left out says none. */
export function checkFacts(definition: ShippedDefinition, facts: Facts | undefined): readonly FactFailure[] {
  if (facts === undefined) return [];
  const found = new Map(Object.entries(factsOf(definition)));
  const { source: _, controls: named = [], ...entered } = facts;
  return Object.entries({ ...entered, controls: [...named].sort() }).flatMap(([fact, expected]) => {
    const [want, got] = [inWords(expected), inWords(found.get(fact))];
    return want === got ? [] : [{ of: `facts.${fact}`, expected: want, found: got }];
  });
}

const inWords = (value: unknown): string => (value === undefined ? 'nothing' : canonicalJson(value));

/** The number in a text such as '6 or more units'; the only thing of it that a second reader can enter without its words. */
const NUMBER = /\d+(?:\.\d+)?/;
const numberIn = (text: string): number | null => {
  const found = NUMBER.exec(text);
  return found === null ? null : Number(found[0]);
};

function askedAs(definition: ShippedDefinition): Facts['asked-as'] | undefined {
  const entries = [
    ...Object.entries(definition.items ?? {}),
    ...Object.values(definition.panels ?? {}).flatMap(({ items }) => Object.entries(items)),
  ].flatMap(([id, item]) => {
    const asked = item['asked-as'];
    if (asked === undefined) return [];
    const [female, male] = [numberIn(asked.female), numberIn(asked.male)];
    return female === null || male === null ? [] : [[id, { female, male }] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** In the order of the alphabet: their order says nothing. */
function controls(definition: ShippedDefinition): readonly string[] {
  return [
    definition['cut-offs'] ?? {},
    ...Object.values(definition.panels ?? {}).map((panel) => panel['cut-offs'] ?? {}),
  ]
    .flatMap((cutOffs) => Object.entries(cutOffs))
    .flatMap(([id, { kind }]) => (kind === 'control' ? [id] : []))
    .sort();
}
