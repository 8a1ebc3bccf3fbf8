import type * as z from 'zod';
import type { Path } from '../formula/model.js';
import { closest } from '../formula/spelling.js';
import type { PathProblem } from './problem.js';
import { knownKeysMark } from './schema-parts.js';

type Issue = z.core.$ZodIssue;

const mostHints = 30;

const stepsOf = (path: readonly PropertyKey[]): Path =>
  path.map((step) => (typeof step === 'symbol' ? String(step) : step));

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
  const strange = [...name].find((character) => (character.codePointAt(0) ?? 0) > 0x7f);
  if (strange === undefined) return '';
  const code = (strange.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `; its '${strange}' is U+${code}, not a plain letter`;
};

const unknownKeys = (issue: Issue & { code: 'unrecognized_keys' }, at: Path): readonly PathProblem[] => {
  const known = issue.message.slice(knownKeysMark.length).split(' ');
  return issue.keys.map((name, index) => {
    // A mapping with dozens of unknown keys is no misspelling.
    const meant = index < mostHints ? closest(name, known) : undefined;
    return {
      code: 'unknown-key',
      where: [...at, name],
      atKey: true,
      message: `\`${name}\` is no key here${lookAlike(name)}; known are ${known.join(', ')}.`,
      ...(meant === undefined ? {} : { didYouMean: meant }),
    };
  });
};

/** The entry as a whole has the wrong shape: no form of it was tried. */
const failsAtRoot = (problems: readonly PathProblem[], at: Path): boolean =>
  problems.some(({ where, code }) => where.length === at.length && code !== 'unknown-key');

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

const oneOfHint = (issue: Issue, value: unknown): { didYouMean?: string } => {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return {};
  const meant = closest(
    value,
    issue.values.filter((word) => typeof word === 'string'),
  );
  return meant === undefined ? {} : { didYouMean: meant };
};

const problemsOf = (issue: Issue, base: Path, value?: unknown): readonly PathProblem[] => {
  const at = [...base, ...stepsOf(issue.path)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue, at);
    case 'invalid_union':
      return bestForm(issue, at);
    case 'invalid_key': {
      const name = String(at.at(-1));
      const message = `${issue.issues[0]?.message ?? 'must be an id'}${lookAlike(name)}.`;
      return [{ code: 'bad-id', where: at, atKey: true, message: `\`${name}\` ${message}` }];
    }
    default:
      return [
        {
          code: codeOf(issue),
          where: at,
          message: `${subject(at)} ${issue.message}.`,
          ...oneOfHint(issue, value),
        },
      ];
  }
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );

/** What a schema refuses, in the words of this project and with 'did you mean'. */
export const schemaProblems = (error: z.ZodError, value: unknown): readonly PathProblem[] =>
  error.issues.flatMap((issue) => problemsOf(issue, [], valueAt(value, issue.path)));
