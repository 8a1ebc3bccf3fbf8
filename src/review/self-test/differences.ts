/** One place at which two values of JSON differ. */
export interface Difference {
  /** `program.cutOffs[0].verdict.test.value`; empty for the whole. */
  readonly at: string;
  /** As JSON; `nothing` where there is nothing. */
  readonly expected: string;
  readonly found: string;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inner = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** The smallest places at which two values of JSON differ; a key that is `undefined` is not there. */
export const differencesOf = (expected: unknown, found: unknown, at = ''): readonly Difference[] => {
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length)
    return expected.flatMap((value, index) => differencesOf(value, found[index], `${at}[${index}]`));
  if (isObject(expected) && isObject(found))
    return [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((key) =>
      differencesOf(own(expected, key), own(found, key), inner(at, key)),
    );
  const [want, got] = [shown(expected), shown(found)];
  return want === got ? [] : [{ at, expected: want, found: got }];
};
