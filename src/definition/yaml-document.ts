import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
} from 'yaml';
import type { Path } from '../formula/model.js';
import { type DefinitionProblem, type PathProblem, pathText, withoutLongWords } from './problem.js';
import { readText } from './yaml-text.js';

/** Plain data as YAML gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A YAML file as data, with the place of each entry. */
export interface YamlDocument {
  /** `undefined` where the text could not be read as one mapping. */
  readonly value: Json | undefined;
  readonly problems: readonly DefinitionProblem[];
  /** Gives a problem its line and column. */
  readonly place: (problem: PathProblem) => DefinitionProblem;
}

interface Entry {
  /** Where the key stands, or the entry of a list. */
  readonly key: number;
  /** Where a scalar stands; a mapping or list is found at its key. */
  readonly value: number;
  /** Offset of the first character of a scalar's text, where text and source agree character by character. */
  readonly text?: number;
}

const key = (path: Path): string => JSON.stringify(path);
/** Keys of every object, which stand for something else than an entry. */
export const forbiddenKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];
/** What is said of one. */
export const forbiddenKey = 'this key is not allowed: rename it';
const deepest = 40;
/** After so many, what follows is noise. */
const mostSyntaxErrors = 100;
/** Longer than any name; each entry is found by all the keys around it. */
const longestKey = 120;
/** More entries than any definition has; each costs time to check. */
export const mostEntries = 20_000;
const tooManyEntries = `more than ${mostEntries} entries, which is more than is read: split the file, or remove what is not needed.`;
/** More words and marks than stand in so many entries; each can be a mistake of its own, and costs time and memory. */
const mostMarks = 200_000;
const plainDecimal = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

/** Whether a text holds too many words and marks to be parsed in good time; looking costs little. */
const isTooMuch = (text: string): boolean => {
  let marks = 0;
  for (const _ of new Lexer().lex(text)) {
    marks += 1;
    if (marks > mostMarks) return true;
  }
  return false;
};

/** Reads one YAML 1.2 mapping. Never throws; every refusal is in `problems`. */
export const readYaml = (input: string | Uint8Array, file: string): YamlDocument => {
  const read = readText(input);
  const text = read._tag === 'Right' ? read.right : read.left.text;
  const lines = new LineCounter();
  const entries = new Map<string, Entry>();
  const problems: DefinitionProblem[] = [];

  const at = (offset: number): { line: number; col: number } => {
    const found = lines.linePos(Math.min(Math.max(offset, 0), text.length));
    return { line: Math.max(found.line, 1), col: Math.max(found.col, 1) };
  };
  const report = (code: string, offset: number, path: Path, message: string): void => {
    problems.push({ code, file, ...at(offset), path: pathText(path), message });
  };
  const place = ({ code, where, atKey, span, message, didYouMean }: PathProblem): DefinitionProblem => {
    let depth = where.length;
    while (depth > 0 && !entries.has(key(where.slice(0, depth)))) depth -= 1;
    const entry = entries.get(key(where.slice(0, depth)));
    const exact = depth === where.length;
    const offset =
      entry === undefined
        ? 0
        : !exact || atKey
          ? entry.key
          : span !== undefined && entry.text !== undefined
            ? entry.text + span.start
            : entry.value;
    const hint = didYouMean === undefined ? {} : { didYouMean };
    return { code, file, ...at(offset), path: pathText(where), message: withoutLongWords(message), ...hint };
  };

  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  if (read._tag === 'Left') {
    report(read.left.code, read.left.offset, [], read.left.message);
    return { value: undefined, problems, place };
  }

  const textStart = (node: Scalar, start: number, end: number): { text?: number } => {
    const source = text.slice(start, end);
    if (source.includes('\n')) return {};
    if (node.type === Scalar.PLAIN) return { text: start };
    const quoted = node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE;
    return quoted && source.slice(1, -1) === node.value ? { text: start + 1 } : {};
  };

  const scalarValue = (node: Scalar, start: number, path: Path): Json => {
    if (typeof node.value === 'number') {
      const source = node.source ?? '';
      if (!plainDecimal.test(source) || source.replace(/[-.]/g, '').length > 15)
        report('not-plain-decimal', start, path, 'write the number in plain decimals, at most 15 digits');
      return node.value;
    }
    if (typeof node.value === 'string' || typeof node.value === 'boolean') return node.value;
    return null;
  };

  const pairs = (node: { items: { key: unknown; value: unknown }[] }, path: Path): Json => {
    const made = new Map<string, Json>();
    for (const pair of node.items) {
      const keyNode = pair.key;
      const keyAt = isScalar(keyNode) ? (keyNode.range?.[0] ?? 0) : at0(keyNode);
      if (!isScalar(keyNode) || typeof keyNode.value !== 'string') {
        report('key-not-text', keyAt, path, 'a key is a plain word here');
        continue;
      }
      refuseDecoration(keyNode, keyAt, path);
      const name = keyNode.value;
      const inner = [...path, name];
      if (name.length > longestKey)
        report('key-too-long', keyAt, path, `a key has at most ${longestKey} characters: shorten it`);
      else if (name === '<<')
        report('merge-key', keyAt, path, 'merge keys are not read: write the entries out');
      else if (forbiddenKeys.includes(name)) report('forbidden-key', keyAt, path, forbiddenKey);
      else if (made.has(name))
        report('duplicate-key', keyAt, inner, 'this key stands twice: remove one, or rename it');
      else {
        const value = pair.value;
        const valueAt = hasRange(value) ? value.range[0] : keyAt;
        entries.set(key(inner), { key: keyAt, value: isScalar(value) ? valueAt : keyAt, ...textOf(value) });
        made.set(name, build(value, valueAt, inner));
      }
    }
    return Object.fromEntries(made);
  };

  const hasRange = (node: unknown): node is Node & { range: [number, number, number] } =>
    typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
  const at0 = (node: unknown): number => (hasRange(node) ? node.range[0] : 0);
  const textOf = (node: unknown): { text?: number } =>
    isScalar(node) && hasRange(node) ? textStart(node, node.range[0], node.range[1]) : {};

  const refuseDecoration = (node: unknown, start: number, path: Path): void => {
    if (!isScalar(node) && !isCollection(node)) return;
    if (node.anchor !== undefined)
      report(
        'anchor',
        Math.max(text.lastIndexOf(`&${node.anchor}`, start), 0),
        path,
        'anchors are not read: write the value out where it is used',
      );
    if (node.tag !== undefined)
      report(
        'tag',
        Math.max(text.lastIndexOf(node.tag.startsWith('tag:') ? '!!' : '!', start), 0),
        path,
        'tags are not read: remove it; quote the value where it is text',
      );
  };

  const build = (node: unknown, start: number, path: Path): Json => {
    if (isAlias(node)) {
      report('alias', start, path, 'aliases are not read: write the value out');
      return null;
    }
    refuseDecoration(node, start, path);
    if (entries.size > mostEntries) return null;
    if (path.length > deepest) {
      report('too-deep', start, path, 'the nesting is too deep for a definition');
      return null;
    }
    if (isMap(node)) return pairs(node, path);
    if (isSeq(node))
      return node.items.map((item, index) => {
        const inner = [...path, index];
        const itemAt = at0(item);
        entries.set(key(inner), { key: itemAt, value: itemAt, ...textOf(item) });
        return build(item, itemAt, inner);
      });
    return isScalar(node) ? scalarValue(node, start, path) : null;
  };

  try {
    if (isTooMuch(text)) {
      report('too-long', 0, [], tooManyEntries);
      return { value: undefined, problems, place };
    }
    const document = parseDocument(text, {
      // With it come the core schema and no merge keys.
      version: '1.2',
      prettyErrors: false,
      // Duplicates are found below: the parser compares each key with all before it.
      uniqueKeys: false,
      stringKeys: true,
    });
    for (const error of [...document.errors, ...document.warnings].slice(0, mostSyntaxErrors))
      report('yaml', error.pos[0], [], `not readable as YAML: ${error.message.split('\n')[0] ?? ''}`);
    if (/^%/m.test(text))
      report('directive', text.search(/^%/m), [], 'directives are not read: remove the line');
    const contents = document.contents;
    if (!isMap(contents)) {
      if (problems.length === 0)
        report(
          'not-a-mapping',
          at0(contents),
          [],
          'this file must be a mapping: `key: value`, one below the other',
        );
      return { value: undefined, problems, place };
    }
    entries.set(key([]), { key: at0(contents), value: at0(contents) });
    const value = build(contents, at0(contents), []);
    if (entries.size > mostEntries) {
      report('too-long', 0, [], tooManyEntries);
      return { value: undefined, problems, place };
    }
    return { value: document.errors.length > 0 ? undefined : value, problems, place };
  } catch {
    // The parser is not ours: whatever it throws on odd bytes is a file that cannot be read.
    report('yaml', 0, [], 'not readable as YAML: look for unbalanced brackets or quotes');
    return { value: undefined, problems, place };
  }
};
