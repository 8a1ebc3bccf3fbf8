import { type Either, left, right } from 'fp-ts/Either';

/** Longest definition read, in bytes. */
export const longestText = 1_000_000;
const deepestBrackets = 64;
const deepestIndent = 256;

/** Why a text is refused before it is parsed, with the offset of the first offence. */
export interface TextProblem {
  readonly code: string;
  readonly offset: number;
  readonly message: string;
  /** The text as far as it could be read, so that the offset can be turned into a line. */
  readonly text: string;
}

const refuse = (code: string, text: string, offset: number, message: string): Either<TextProblem, never> =>
  left({ code, text, offset, message });

const tooLong =
  'the file is longer than 1 MB: a definition is a few pages; split it or remove what is not one';

const decode = (bytes: Uint8Array): Either<TextProblem, string> => {
  try {
    return right(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const at = Math.max(0, text.indexOf('\uFFFD'));
    return refuse('not-utf-8', text, at, 'the file is not UTF-8 from here on: save it as UTF-8');
  }
};

// Written as escapes: the characters themselves would be invisible here.
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F]/;
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/;

/** Offset at which brackets or indentation nest too deep to be a definition; the YAML parser may not survive such text. */
const tooDeepAt = (text: string): number | null => {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 0x5b || character === 0x7b) depth += 1;
    else if (character === 0x5d || character === 0x7d) depth = Math.max(0, depth - 1);
    if (depth > deepestBrackets) return at;
  }
  const indent = new RegExp(`^(?: {${deepestIndent}}|[ \\t]*(?:[-?:][ \\t]+){16})`, 'm').exec(text);
  return indent === null ? null : indent.index;
};

/**
 * The text of a definition, safe to parse: at most 1 MB of UTF-8 without control or invisible characters and without
 * nesting that no definition has. A byte order mark is dropped.
 */
export const readText = (input: string | Uint8Array): Either<TextProblem, string> => {
  if (input.length > longestText) return refuse('too-long', '', 0, tooLong);
  const decoded = typeof input === 'string' ? right(input) : decode(input);
  if (decoded._tag === 'Left') return decoded;
  const text = decoded.right.startsWith('\uFEFF') ? decoded.right.slice(1) : decoded.right;
  const surrogate = loneSurrogate.exec(text);
  if (surrogate !== null)
    return refuse('not-utf-8', text, surrogate.index, 'half a character stands here: save the file as UTF-8');
  const controlled = control.exec(text);
  if (controlled !== null)
    return refuse('control-character', text, controlled.index, 'a control character stands here: delete it');
  const hidden = invisible.exec(text);
  if (hidden !== null)
    return refuse('invisible-character', text, hidden.index, 'an invisible character stands here: delete it');
  const deep = tooDeepAt(text);
  if (deep !== null)
    return refuse(
      'too-deep',
      text,
      deep,
      'the nesting is too deep for a definition: see docs/definition-language.md',
    );
  return right(text);
};
