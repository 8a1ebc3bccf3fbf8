import type * as z from 'zod';
import type { Path } from '../formula/model.js';
import { closest } from '../formula/spelling.js';
import type { PathProblem } from './problem.js';
import { knownKeysMark } from './schema-parts.js';

type Issue = z.core.$ZodIssue;

const mostHints = 30;

// What is read from YAML or JSON has no symbol for a key.
const stepsOf = (path: readonly PropertyKey[]): Path => path as Path;

const subject = (path: Path): string => {
  const last = path.at(-1);
  return last === undefined ? 'the file' : typeof last === 'number' ? `entry ${last + 1}` : `\`${last}\``;
};

const codeOf = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.startsWith('is missing') ? 'missing-key' : 'wrong-type';
    case 'invalid_value':
      return issue.message.startsWith('is missing') ? 'missing-key' : 'not-one-of';
    default:
      return 'wrong-value';
  }
};

const lookAlike = (name: string): string => {
  const [strange] = /[^ -~]/u.exec(name) ?? [];
  if (strange === undefined) return '';
  const code = (strange.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `; its '${strange}' is U+${code}, not a plain letter`;
};

const unknownKeys = (issue: Issue & { code: 'unrecognized_keys' }, at: Path): readonly PathProblem[] => {
  const known = issue.message.slice(knownKeysMark.length).split(' ');
  return issue.keys.map((name, index) => {
    return {
      code: 'unknown-key',
      where: [...at, name],
      atKey: true,
      message: `\`${name}\` is no key here${lookAlike(name)}; known are ${known.join(', ')}.`,
      // A mapping with dozens of unknown keys is no misspelling.
      didYouMean: index < mostHints ? closest(name, known) : undefined,
    };
  });
};

/** The entry as a whole has the wrong shape: no form of it was tried. */
const failsAtRoot = (problems: readonly PathProblem[], at: Path): boolean =>
  problems.some(({ where }) => where.length === at.length);

const bestForm = (issue: Issue & { code: 'invalid_union' }, at: Path): readonly PathProblem[] => {
  const forms = issue.errors
    .map((issues) => issues.flatMap((inner) => problemsOf(inner, at)))
    .filter((problems) => !failsAtRoot(problems, at));
  const [first, ...others] = forms;
  if (first === undefined) {
    const missing = issue.message.startsWith('is missing');
    return [
      {
        code: missing ? 'missing-key' : 'wrong-type',
        where: at,
        message: `${subject(at)} ${issue.message}.`,
      },
    ];
  }
  return others.reduce((best, form) => (form.length < best.length ? form : best), first);
};

const oneOfHint = (issue: Issue, value: unknown): string | undefined =>
  issue.code === 'invalid_value' && typeof value === 'string'
    ? closest(value, issue.values.map(String))
    : undefined;

const problemsOf = (issue: Issue, base: Path, value?: unknown): readonly PathProblem[] => {
  const at = [...base, ...stepsOf(issue.path)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue, at);
    case 'invalid_union':
      return bestForm(issue, at);
    case 'invalid_key': {
      const name = String(at.at(-1));
      const message = `${issue.issues.map((inner) => inner.message).join()}${lookAlike(name)}.`;
      return [{ code: 'bad-id', where: at, atKey: true, message: `\`${name}\` ${message}` }];
    }
    default:
      return [
        {
          code: codeOf(issue),
          where: at,
          message: `${subject(at)} ${issue.message}.`,
          didYouMean: oneOfHint(issue, value),
        },
      ];
  }
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, step) => Reflect.get(Object(inner), step), value);

/** What a schema refuses, in the words of this project and with 'did you mean'. */
export const schemaProblems = (error: z.ZodError, value: unknown): readonly PathProblem[] =>
  error.issues.flatMap((issue) => problemsOf(issue, [], valueAt(value, issue.path)));
