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
export type EnteredFacts = { readonly [F in keyof Omit<Facts, 'source'>]: Facts[F] | undefined };

type Plain = Readonly<Record<string, unknown>>;

/**
 * The facts of a definition that no answer shows: validated ages, the window that the questions ask about, minutes, figures
 * of change, the numbers that differ between the sexes, the cut-offs that are no screen positive. In the form in which
 * `cases.yaml` enters them a second time.
 */
export function factsOf(definition: ShippedDefinition): EnteredFacts {
  const change = pick(definition.change, ['reliable-change', 'caseness']);
  return {
    ages: definition['valid-for']?.age,
    recall: definition.recall,
    minutes: definition.minutes,
    change: Object.keys(change).length === 0 ? undefined : change,
    'asked-as': askedAs(definition),
    controls: controls(definition),
  };
}

/** Where the second entry of the facts says otherwise. A fact that it leaves out says nothing; `controls` left out says none. */
export function checkFacts(definition: ShippedDefinition, facts: Facts | undefined): readonly FactFailure[] {
  if (facts === undefined) return [];
  const found: Plain = factsOf(definition);
  const { source: _, ...entered } = { controls: [], ...facts };
  return Object.entries(entered).flatMap(([fact, expected]) => {
    if (expected === undefined) return [];
    const [want, got] = [inOrder(expected), inOrder(found[fact])];
    return want === got ? [] : [{ of: `facts.${fact}`, expected: want, found: got }];
  });
}

/** As JSON, keys and lists in order: their order says nothing. */
function inOrder(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value, (_, inner: unknown) =>
    Array.isArray(inner)
      ? [...inner].sort()
      : typeof inner === 'object' && inner !== null
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
  );
}

function pick<K extends string>(
  from: Readonly<Partial<Record<K, number | undefined>>> | undefined,
  keys: readonly K[],
): Partial<Record<K, number>> {
  const picked: Partial<Record<K, number>> = {};
  for (const key of keys) {
    const value = from?.[key];
    if (value !== undefined) picked[key] = value;
  }
  return picked;
}

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

function controls(definition: ShippedDefinition): string[] {
  return [
    definition['cut-offs'] ?? {},
    ...Object.values(definition.panels ?? {}).map((panel) => panel['cut-offs'] ?? {}),
  ]
    .flatMap((cutOffs) => Object.entries(cutOffs))
    .flatMap(([id, { kind }]) => (kind === 'control' ? [id] : []));
}
