import { types } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { DefinitionProblem } from '../../src/definition/index.js';

/** How many examples a property tries here; `PROPERTY_RUNS` asks for more. */
export const tries = (usually: number): { readonly numRuns: number } => ({
  numRuns: fc.readConfigureGlobal().numRuns ?? usually,
});

/** Text that stands for an answer: where it turns up again, health data has leaked. */
export const marker = 'zebra-7731';
/** The same for an answer in digits. */
export const markerNumber = 77_317_731;

const leaked = /zebra-7731|77317731/;

/** Nothing that was said holds an answer. */
export const saysNoAnswer = (said: unknown): void => {
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? '');
  const found = leaked.exec(text);
  expect(found === null ? '' : text.slice(Math.max(0, found.index - 60), found.index + 20)).toBe('');
};

const prototypes = [Object, Array, String, Number, Boolean, Function, Map, Set, RegExp, Date, Error].map(
  ({ name, prototype }) => [name, prototype, Reflect.ownKeys(prototype).map(String).sort().join()] as const,
);

/** No built-in prototype has gained or lost a member since this module was loaded. */
export const prototypesAreClean = (): void => {
  for (const [name, prototype, keys] of prototypes)
    expect([name, Reflect.ownKeys(prototype).map(String).sort().join()]).toEqual([name, keys]);
};

/** Freezes a value throughout, so that whoever writes to it throws. Proxies stay as they are. */
export const frozen = <T>(value: T, seen = new Set<unknown>()): T => {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || seen.has(value)) return value;
  // Bytes cannot be frozen.
  if (ArrayBuffer.isView(value)) return value;
  seen.add(value);
  for (const key of Reflect.ownKeys(value)) {
    const held = Object.getOwnPropertyDescriptor(value, key);
    if (held !== undefined && 'value' in held) frozen(held.value, seen);
  }
  return Object.freeze(value);
};

/** Longer than anything said of one problem; a message that grows with the input is a way to flood a log. */
const longestMessage = 2_000;

/** At least one problem, and each with its place and with words that say what is wrong. */
export const arePlaced = (problems: readonly DefinitionProblem[], text: string): void => {
  expect(problems.length).toBeGreaterThan(0);
  const lines = text.split('\n').length;
  for (const { code, file, line, col, message } of problems) {
    expect([file === '', message === '', code === '']).toEqual([false, false, false]);
    expect([message.slice(0, 80), message.length < longestMessage]).toEqual([message.slice(0, 80), true]);
    expect(Number.isInteger(line) && line >= 1 && line <= Math.max(lines, 1)).toBe(true);
    expect(Number.isInteger(col) && col >= 1).toBe(true);
  }
};

/** Milliseconds that `run` took. */
export const timed = (run: () => void): number => {
  const from = performance.now();
  run();
  return performance.now() - from;
};
