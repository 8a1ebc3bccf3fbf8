import { type Either, left, right } from 'fp-ts/Either';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export type JsonPath = readonly (string | number)[];

/** A parsed text, with the place of each value for messages. */
export interface JsonText {
  readonly value: JsonValue;
  /** `line:column` of the value at `path`, or of the nearest enclosing value that exists. */
  readonly placeOf: (path: JsonPath) => string;
  /** `line:column` of the key that ends `path`. */
  readonly placeOfKey: (path: JsonPath) => string;
}

export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  /** Never quotes the text: it may hold health data. */
  readonly message: string;
}

/** Deeper than any form is nested; a hostile text must not exhaust the stack. */
const DEEPEST = 200;

class Unreadable extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Where a value stands, and what stands inside it. (A map from whole paths would grow with depth times length of keys.) */
interface Place {
  readonly at: number;
  /** Where its key stands. */
  readonly keyAt?: number;
  readonly inside?: Inside;
}

/** By key or index; a number is the place of a value in a list that holds nothing itself. */
type Inside = Map<string | number, Place | number>;

/**
 * Strict JSON (RFC 8259), with places. Unlike `JSON.parse` it refuses a key that stands twice (the first answer would
 * vanish silently), says line and column, and its messages never quote the text.
 */
export const parseJsonText = (source: string): Either<JsonProblem, JsonText> => {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  let at = 0;

  const fail = (message: string, where = at): never => {
    throw new Unreadable(where, message);
  };
  const skipSpace = (): void => {
    while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  };
  const word = (expected: string, value: JsonValue): JsonValue => {
    if (!text.startsWith(expected, at)) fail('this is no JSON value; text needs double quotes');
    at += expected.length;
    return value;
  };
  const escapes: Readonly<Record<string, string>> = {
    '"': '"',
    '\\': '\\',
    '/': '/',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
  };
  const string = (): string => {
    const from = at;
    at += 1;
    let out = '';
    let plain = at;
    for (;;) {
      if (at >= text.length) fail('this text is not closed: a double quote is missing', from);
      const char = text.charAt(at);
      if (char === '"') break;
      if (char < ' ')
        fail('a line break or control character stands inside a text; close the quote or escape it');
      if (char !== '\\') {
        at += 1;
        continue;
      }
      out += text.slice(plain, at);
      const next = text.charAt(at + 1);
      if (next === 'u') {
        const hex = text.slice(at + 2, at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) fail('\\u needs four hexadecimal digits');
        out += String.fromCharCode(Number.parseInt(hex, 16));
        at += 6;
      } else {
        const escaped = Object.hasOwn(escapes, next) ? escapes[next] : undefined;
        if (escaped === undefined) fail('this is no escape that JSON knows');
        out += escaped;
        at += 2;
      }
      plain = at;
    }
    out += text.slice(plain, at);
    at += 1;
    return out;
  };
  const number = (): number => {
    const match = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/.exec(text.slice(at, at + 400));
    if (match === null) return fail('this is no number');
    const after = text.charAt(at + match[0].length);
    if (/[0-9.,eE+]/.test(after) && after !== ',') fail('this is no number that JSON knows');
    at += match[0].length;
    return Number(match[0]);
  };
  const root: Inside = new Map();
  const value = (depth: number, around: Inside, step: string | number, keyAt?: number): JsonValue => {
    if (depth > DEEPEST) fail(`nested deeper than ${DEEPEST} levels`);
    skipSpace();
    const char = text.charAt(at);
    const key = keyAt === undefined ? {} : { keyAt };
    if (char === '{' || char === '[') {
      const inside: Inside = new Map();
      around.set(step, { at, ...key, inside });
      return char === '{' ? object(depth + 1, inside) : array(depth + 1, inside);
    }
    around.set(step, keyAt === undefined ? at : { at, keyAt });
    if (char === '"') return string();
    if (char === 't') return word('true', true);
    if (char === 'f') return word('false', false);
    if (char === 'n') return word('null', null);
    if (char === '-' || (char >= '0' && char <= '9')) return number();
    if (at >= text.length) return fail(depth === 0 ? 'the text is empty' : 'the text ends too early');
    if (char === "'") return fail('JSON writes text in double quotes');
    return fail('this is no JSON value; text needs double quotes');
  };
  const array = (depth: number, inside: Inside): JsonValue => {
    const items: JsonValue[] = [];
    at += 1;
    skipSpace();
    if (text.charAt(at) === ']') {
      at += 1;
      return items;
    }
    for (;;) {
      items.push(value(depth, inside, items.length));
      skipSpace();
      const char = text.charAt(at);
      at += 1;
      if (char === ']') return items;
      if (char !== ',') fail("a comma or ']' is missing here", at - 1);
    }
  };
  const object = (depth: number, inside: Inside): JsonValue => {
    const entries = new Map<string, JsonValue>();
    at += 1;
    skipSpace();
    if (text.charAt(at) === '}') {
      at += 1;
      return {};
    }
    for (;;) {
      skipSpace();
      if (text.charAt(at) !== '"')
        fail('a key in double quotes is missing here (no comma before a closing brace)');
      const keyAt = at;
      const key = string();
      if (entries.has(key)) fail('this key stands twice in the same object; keep one', keyAt);
      skipSpace();
      if (text.charAt(at) !== ':') fail("a ':' is missing here");
      at += 1;
      entries.set(key, value(depth, inside, key, keyAt));
      skipSpace();
      const char = text.charAt(at);
      at += 1;
      // `fromEntries` defines each key as the object's own, `__proto__` too.
      if (char === '}') return Object.fromEntries(entries);
      if (char !== ',') fail("a comma or '}' is missing here", at - 1);
    }
  };

  // Found once, at the first problem: a text may have as many problems as lines.
  const starts: number[] = [];
  const lineAndColumn = (offset: number): { line: number; column: number } => {
    if (starts.length === 0)
      for (let start = 0; start >= 0; start = text.indexOf('\n', start) + 1 || -1) starts.push(start);
    let [line, after] = [0, starts.length];
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else after = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  const print = (offset: number): string => {
    const place = lineAndColumn(offset);
    return `${place.line}:${place.column}`;
  };
  /** The place of the value at `path` or of the nearest around it, and whether it is the value itself. */
  const placeAt = (path: JsonPath): { readonly place: Place; readonly exact: boolean } => {
    let found = root.get('') ?? 0;
    for (const step of path) {
      const inner = typeof found === 'number' ? undefined : found.inside?.get(step);
      if (inner === undefined)
        return { place: typeof found === 'number' ? { at: found } : found, exact: false };
      found = inner;
    }
    return { place: typeof found === 'number' ? { at: found } : found, exact: true };
  };
  const placeOf = (path: JsonPath): string => print(placeAt(path).place.at);

  try {
    const parsed = value(0, root, '');
    skipSpace();
    if (at < text.length) fail('something follows the end of the JSON value');
    return right({
      value: parsed,
      placeOf,
      placeOfKey: (path) => {
        const { place, exact } = placeAt(path);
        return print(exact ? (place.keyAt ?? place.at) : place.at);
      },
    });
  } catch (error) {
    if (error instanceof Unreadable) return left({ ...lineAndColumn(error.at), message: error.message });
    throw error;
  }
};
