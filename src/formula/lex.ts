import type { FormulaError, Span } from './syntax.js';

/** A piece of formula text. A `text` token holds what stands between the quotes, its escapes resolved. */
export interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'symbol' | 'end';
  readonly text: string;
  readonly span: Span;
}

/** The longest formula that is read, in UTF-16 units. */
export const LONGEST_FORMULA = 10_000;
/** The most tokens of a formula; it bounds the height of the tree, so that any walk over it may recurse. */
export const MOST_TOKENS = 2_000;
const MOST_ERRORS = 20;

/** Words with a meaning of their own: never names, and in quotes where they are option codes. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'is',
  'if',
  'then',
  'else',
  'by',
  'true',
  'false',
]);

const NUMBER = /^[0-9]+(?:\.[0-9]+)?$/;
const NAME = /^[0-9]*[a-z][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)*$/;
/** `1e5`: reads as a name and is meant as a number. */
const SCIENTIFIC = /^[0-9]+(?:\.[0-9]+)?[eE][0-9]+$/;

/** Whether the text can name an item, a score, a panel, an instrument. */
export const isName = (text: string): boolean =>
  NAME.test(text) && !SCIENTIFIC.test(text) && !KEYWORDS.has(text);

/** Whether the text is a number written in scientific notation, which the language does not have. */
export const isScientific = (text: string): boolean => SCIENTIFIC.test(text);

const isWordCharacter = (c: string | undefined): boolean => /\w/.test(c ?? '');

/** Two-character symbols before their first characters. */
const SYMBOLS = ['..', '.*', '<=', '>=', '!=', '(', ')', ',', ':', '=', '<', '>', '+', '-', '*', '/'];

/** Near misses in ASCII, longest first: what was written, and what to write. */
const NEAR_MISSES: readonly (readonly [string, string])[] = [
  ['===', "'='"],
  ['!==', "'!='"],
  ['==', "'='"],
  ['<>', "'!='"],
  ['=>', "'>='"],
  ['=<', "'<='"],
  ['&&', "'and'"],
  ['||', "'or'"],
  ['**', "a product: 'height * height'"],
  ['&', "'and'"],
  ['|', "'or'"],
  ['!', "'not', or '!=' for 'differs from'"],
  ['^', "a product: 'height * height'"],
  ['%', 'the fraction as a number: 0.1 for ten per cent'],
  ["'", 'double quotes: \'q1 is "3a"\''],
  ['`', 'double quotes: \'q1 is "3a"\''],
  ['[', "'('"],
  [']', "')'"],
  ['{', "'{ by: sex, … }' as a YAML mapping of its own, outside the formula's text"],
  ['}', "'{ by: sex, … }' as a YAML mapping of its own, outside the formula's text"],
  [';', "',' between the parts of a call, and nothing at the end of a formula"],
  ['.', "a digit before a decimal point ('0.5'), and '..' between the ends of a range"],
];

/** The ASCII to write, and characters that stand for it or look like it (Cyrillic, Greek, typographic signs). */
const STAND_INS: readonly (readonly [string, string])[] = [
  ['a', 'аАαΑ'],
  ['b', 'ВΒ'],
  ['c', 'сС'],
  ['d', 'ԁ'],
  ['e', 'еЕΕ'],
  ['h', 'һНΗ'],
  ['i', 'іІιΙ'],
  ['j', 'јЈ'],
  ['k', 'КκΚ'],
  ['m', 'МΜ'],
  ['n', 'Ν'],
  ['o', 'оОοΟ'],
  ['p', 'рРρΡ'],
  ['q', 'ԛ'],
  ['s', 'ѕЅ'],
  ['t', 'ТΤ'],
  ['u', 'υ'],
  ['v', 'ν'],
  ['w', 'ԝ'],
  ['x', 'хХΧ'],
  ['y', 'уУΥ'],
  ['z', 'Ζ'],
  ['"', '“”„‟«»‘’‚‛″′'],
  ['-', '‐‑‒–—―−﹣'],
  ['*', '×⋅·∗'],
  ['/', '÷∕⁄'],
  [':', '∶'],
  ['..', '…‥'],
  ['>=', '≥⩾≧'],
  ['<=', '≤⩽≦'],
  ['!=', '≠'],
  ['and', '∧'],
  ['or', '∨'],
  ['not', '¬'],
];

const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  STAND_INS.flatMap(([ascii, characters]) => [...characters].map((c) => [c, ascii] as const)),
);

const INVISIBLE = /^[\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]$/;
const STRANGE_SPACE = /^[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]$/;
const SUPERSCRIPT = /^[¹²³]$/;

const codePointName = (c: string): string =>
  `U+${Number(c.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0')}`;

/** The ASCII for a character that is none, if it stands for one. */
const asciiFor = (c: string): string | undefined => {
  const code = Number(c.codePointAt(0));
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase();
  return LOOK_ALIKES.get(c);
};

const strangeCharacter = (c: string, span: Span): FormulaError => {
  const name = codePointName(c);
  if (INVISIBLE.test(c)) {
    return { code: 'look-alike', span, message: `An invisible character (${name}) stands here; delete it.` };
  }
  if (STRANGE_SPACE.test(c)) {
    return {
      code: 'look-alike',
      span,
      message: `This space (${name}) is not the ordinary one; write a plain space.`,
    };
  }
  if (SUPERSCRIPT.test(c)) {
    return {
      code: 'look-alike',
      span,
      message: `'${c}' (${name}) is not understood; write a product: 'height * height'.`,
    };
  }
  const ascii = asciiFor(c);
  if (ascii !== undefined) {
    return {
      code: 'look-alike',
      span,
      message: `'${c}' (${name}) is not the ASCII character it stands for; write ${ascii === '"' ? 'a straight double quote: "' : `'${ascii}'`}.`,
      didYouMean: ascii,
    };
  }
  const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(c) ? `'${c}' (${name})` : name;
  return {
    code: 'unknown-character',
    span,
    message: `The character ${shown} has no meaning in a formula; remove it. An option code that holds it is written in double quotes.`,
  };
};

/** The end of the word that begins at `start`: hyphens and single dots belong to it where a word character follows. */
const wordEnd = (text: string, start: number): number => {
  let at = start + 1;
  for (;;) {
    const c = text[at];
    const joined = (c === '-' || c === '.') && isWordCharacter(text[at + 1]);
    if (!joined && !isWordCharacter(c)) return at;
    at += 1;
  }
};

type Quoted = { readonly text: string; readonly end: number } | undefined;

/** Quoted text from its opening quote on; `\"` and `\\` are the only escapes. `undefined` where it is not closed. */
const quoted = (source: string, start: number): Quoted => {
  let text = '';
  for (let at = start + 1; ; at += 1) {
    const c = source[at];
    if (c === undefined) return undefined;
    if (c === '"') return { text, end: at + 1 };
    const next = source[at + 1];
    if (c === '\\' && (next === '"' || next === '\\')) {
      text += next;
      at += 1;
    } else {
      text += c;
    }
  }
};

const BLANKS: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r']);

/** The token that begins at `at`, which is no blank; or what is wrong there. */
const pieceAt = (text: string, at: number): Token | FormulaError => {
  // `at` lies inside the text, so there is a code point.
  const c = String.fromCodePoint(Number(text.codePointAt(at)));
  const token = (kind: Token['kind'], value: string, end: number): Token => ({
    kind,
    text: value,
    span: { start: at, end },
  });
  if (isWordCharacter(c)) {
    const end = wordEnd(text, at);
    const word = text.slice(at, end);
    return token(NUMBER.test(word) ? 'number' : 'word', word, end);
  }
  if (c === '"') {
    const closed = quoted(text, at);
    if (closed !== undefined) return token('text', closed.text, closed.end);
    return {
      code: 'unclosed-quote',
      span: { start: at, end: text.length },
      message: 'This quoted code is not closed; write a second double quote after it.',
    };
  }
  const nearMiss = NEAR_MISSES.find(([wrong]) => text.startsWith(wrong, at));
  const symbol = SYMBOLS.find((s) => text.startsWith(s, at));
  if (symbol !== undefined && (nearMiss === undefined || symbol.length >= nearMiss[0].length)) {
    return token('symbol', symbol, at + symbol.length);
  }
  if (nearMiss === undefined) return strangeCharacter(c, { start: at, end: at + c.length });
  const [wrong, right] = nearMiss;
  return {
    code: 'unknown-sign',
    span: { start: at, end: at + wrong.length },
    message: `'${wrong}' is no sign of the formula language; write ${right}.`,
  };
};

/** What a text holds: its tokens, the `end` after them, and everything in it that is no token. */
export interface Lexed {
  readonly tokens: readonly Token[];
  readonly end: Token;
  readonly errors: readonly FormulaError[];
}

/** The tokens of a formula. Total, and linear in the text's length; it stops at twenty errors and at the limits above. */
export const lex = (text: string): Lexed => {
  const tokens: Token[] = [];
  const errors: FormulaError[] = [];
  const end: Token = { kind: 'end', text: '', span: { start: text.length, end: text.length } };
  const tooLong = (start: number, limit: string): FormulaError => ({
    code: 'too-long',
    span: { start, end: text.length },
    message: `A formula has at most ${limit}; use ranges such as sum(q1..q9), or split it into several scores.`,
  });
  if (text.length > LONGEST_FORMULA) {
    return { tokens, end, errors: [tooLong(LONGEST_FORMULA, `${LONGEST_FORMULA} characters`)] };
  }
  for (let at = 0; at < text.length && errors.length < MOST_ERRORS; ) {
    if (BLANKS.has(text.charAt(at))) {
      at += 1;
      continue;
    }
    const piece =
      tokens.length < MOST_TOKENS
        ? pieceAt(text, at)
        : tooLong(at, `${MOST_TOKENS} names, numbers and signs`);
    if ('kind' in piece) tokens.push(piece);
    else errors.push(piece);
    at = piece.span.end;
  }
  return { tokens, end, errors };
};

/** Whether an option code may stand without quotes after `is`. */
export const isBareCode = (code: string): boolean => {
  if (!isWordCharacter(code[0]) || wordEnd(code, 0) !== code.length) return false;
  return !KEYWORDS.has(code.toLowerCase()) || code === 'true' || code === 'false';
};
