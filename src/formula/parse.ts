import { type Either, left, right } from 'fp-ts/Either';
import { isName, isScientific, KEYWORDS, type Lexed, lex, type Token } from './lex.js';
import type { FormulaSource } from './model.js';
import { closest } from './spelling.js';
import type { ComparisonOperator, FormulaError, FunctionName, Span, Syntax, Verb } from './syntax.js';

export interface ParseOptions {
  /** Referral rules: `gad-7 meets caseness-8`, `phq-9 raises self-harm`, `audit.uk at least higher-risk`. */
  readonly verbs?: boolean;
}

/** A problem in a source; `branch` names the branch of `{ by: … }` whose text the span is in. */
export interface SourceError extends FormulaError {
  readonly branch?: string;
}

/** How deep parentheses, calls, `not` and `if` may stand inside each other. */
export const DEEPEST_NESTING = 100;

const FUNCTIONS: readonly FunctionName[] = [
  'sum',
  'mean',
  'min',
  'max',
  'count',
  'any',
  'all',
  'round',
  'table',
];
const COMPARISONS: readonly ComparisonOperator[] = ['=', '!=', '<', '<=', '>', '>='];
const VERB_WORDS = ['meets', 'raises', 'at', 'at-least', 'at-most'];

const LEVEL = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6 } as const;

const NOWHERE: Span = { start: 0, end: 0 };

/** A piece of the reader's text in a message, cut where it is long. */
const shown = (text: string): string => `'${text.length > 60 ? `${text.slice(0, 59)}…` : text}'`;

const functionNamed = (text: string): FunctionName | undefined => FUNCTIONS.find((f) => f === text);
const comparisonNamed = (text: string): ComparisonOperator | undefined => COMPARISONS.find((c) => c === text);

const spanning = (from: Syntax | Token, to: Syntax | Token): Span => ({
  start: from.span.start,
  end: to.span.end,
});

/**
 * Recursive descent over the tokens. The first problem is kept, and moves the reader to the end of the text, where every
 * loop stops: so each function returns a tree, which is thrown away where there is a problem.
 */
class Parser {
  private at = 0;
  private depth = 0;
  problem: FormulaError | undefined;
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private readonly verbs: boolean;
  private readonly end: Token;

  constructor(source: string, { tokens, end }: Lexed, verbs: boolean) {
    this.source = source;
    this.tokens = tokens;
    this.verbs = verbs;
    this.end = end;
  }

  formula(): Syntax {
    if (this.token().kind === 'end') {
      return this.fail(
        'empty',
        this.end.span,
        "This formula is empty; write one, for example 'sum(q1..q9)'.",
      );
    }
    const tree = this.expression();
    if (this.token().kind !== 'end') return this.unexpected();
    return tree;
  }

  private token(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? this.end;
  }

  private next(): Token {
    const token = this.token();
    this.at += 1;
    return token;
  }

  private fail(code: string, span: Span, message: string, didYouMean?: string): Syntax {
    this.problem ??= { code, span, message, ...(didYouMean === undefined ? {} : { didYouMean }) };
    this.at = this.tokens.length;
    return { kind: 'boolean', value: false, span };
  }

  private isSymbol(text: string, ahead = 0): boolean {
    const token = this.token(ahead);
    return token.kind === 'symbol' && token.text === text;
  }

  private isWord(text: string, ahead = 0): boolean {
    const token = this.token(ahead);
    return token.kind === 'word' && token.text === text;
  }

  private expect(kind: 'symbol' | 'word', text: string, message: string): Token {
    const token = this.token();
    if (token.kind === kind && token.text === text) return this.next();
    this.fail(`expected-${kind === 'word' ? text : 'sign'}`, token.span, message);
    return token;
  }

  private nested(read: () => Syntax): Syntax {
    if (this.depth >= DEEPEST_NESTING) {
      return this.fail(
        'too-deep',
        this.token().span,
        `This formula is nested more than ${DEEPEST_NESTING} deep; take out parentheses, or split it into several scores.`,
      );
    }
    this.depth += 1;
    const tree = read();
    this.depth -= 1;
    return tree;
  }

  /** Something stands where the formula should have ended or gone on with an operator. */
  private unexpected(): Syntax {
    const token = this.token();
    const lower = token.text.toLowerCase();
    if (token.kind === 'word') {
      if (!this.verbs && VERB_WORDS.includes(lower)) {
        return this.fail(
          'verb-outside-rule',
          token.span,
          `${shown(token.text)} belongs to referral rules; in a definition compare a score, for example 'total >= 10'.`,
        );
      }
      const meant = closest(lower, [
        ...KEYWORDS,
        ...(this.verbs ? ['meets', 'raises', 'at least', 'at most'] : []),
      ]);
      if (meant !== undefined && meant !== token.text) {
        return this.fail(
          'unknown-word',
          token.span,
          `${shown(token.text)} is no operator; did you mean '${meant}'?`,
          meant,
        );
      }
    }
    if (this.isSymbol(')')) {
      return this.fail('unopened', token.span, "This ')' closes nothing; remove it, or write its '('.");
    }
    if (this.isSymbol('..')) {
      return this.fail(
        'range-end',
        token.span,
        "A range runs from one item's name to another's; write it as 'q1..q9'.",
      );
    }
    const range = this.rangeMeant();
    if (range !== undefined) {
      const panel = this.isSymbol(':')
        ? "; across the members of a panel 'any(substance.* : count >= 2)'"
        : '';
      return this.fail('range-sign', token.span, `A range has two dots; write ${shown(range)}${panel}.`);
    }
    if (this.isSymbol('.*') || this.isSymbol(':')) {
      return this.fail(
        'members-outside-call',
        token.span,
        "Across the members of a panel, write a call: 'any(substance.* : count >= 2)'.",
      );
    }
    if (this.isSymbol(',')) {
      return this.fail(
        'comma-outside-call',
        token.span,
        "A comma stands only between the parts of a call such as 'any(q1, q2)'; join conditions with 'and' or 'or'.",
      );
    }
    return this.fail(
      'unexpected',
      token.span,
      `${shown(token.text)} cannot stand here, after something complete; write an operator ('and', 'or', '+', '>=', …) before it, or remove it.`,
    );
  }

  /** `q1:q3` and `q1 to q3`, as the range that they stand for. */
  private rangeMeant(): string | undefined {
    const [first, last] = [this.token(-1), this.token(1)];
    const isBetween = this.isWord('to') || (this.isSymbol(':') && !this.isSymbol(':', -2));
    return isBetween && isName(first.text) && isName(last.text) ? `${first.text}..${last.text}` : undefined;
  }

  private expression(): Syntax {
    return this.isWord('if') ? this.nested(() => this.choice()) : this.operators(LEVEL.or);
  }

  private choice(): Syntax {
    const first = this.next();
    const test = this.isWord('if')
      ? this.fail(
          'if-inside',
          this.token().span,
          "Put an 'if' that is the condition of another in parentheses.",
        )
      : this.operators(LEVEL.or);
    this.expect('word', 'then', "Here 'then' is missing; write 'if … then … else …'.");
    const consequence = this.expression();
    this.expect('word', 'else', "Here 'else' is missing; an 'if' always has one: 'if … then … else …'.");
    const alternative = this.expression();
    return {
      kind: 'if',
      test,
      then: consequence,
      else: alternative,
      span: spanning(first, alternative),
    };
  }

  /** How tightly the operator at this place binds; `undefined` where none stands. */
  private level(): number | undefined {
    const { kind, text } = this.token();
    if (kind === 'word') {
      if (text === 'or' || text === 'and') return LEVEL[text];
      if (text === 'is') return LEVEL.comparison;
      return this.verbs && VERB_WORDS.includes(text) ? LEVEL.comparison : undefined;
    }
    if (kind !== 'symbol') return undefined;
    if (comparisonNamed(text) !== undefined) return LEVEL.comparison;
    if (text === '+' || text === '-') return LEVEL.sum;
    return text === '*' || text === '/' ? LEVEL.product : undefined;
  }

  private operators(least: number): Syntax {
    let tree = this.prefix(least);
    for (;;) {
      const level = this.level();
      if (level === undefined || level < least) return tree;
      tree = level === LEVEL.comparison ? this.comparison(tree) : this.binary(tree, level);
      if (level === LEVEL.comparison && this.level() === LEVEL.comparison) return this.chained(tree);
    }
  }

  private binary(tree: Syntax, level: number): Syntax {
    const token = this.token();
    if (token.text === '-' && !this.hasSpacesAround(token)) {
      return this.fail(
        'minus-needs-spaces',
        token.span,
        "Write minus with a space on each side: 'a - b'. A hyphen without spaces belongs to a name, and an option code with one is written in double quotes.",
      );
    }
    this.next();
    const other = this.operators(level + 1);
    const span = spanning(tree, other);
    switch (token.text) {
      case 'or':
      case 'and':
        return { kind: token.text, left: tree, right: other, span };
      case '-':
      case '*':
      case '/':
        return { kind: 'arithmetic', operator: token.text, left: tree, right: other, span };
      default:
        return { kind: 'arithmetic', operator: '+', left: tree, right: other, span };
    }
  }

  private hasSpacesAround({ span }: Token): boolean {
    const blank = (c = '-'): boolean => ' \t\n\r'.includes(c);
    return blank(this.source[span.start - 1]) && blank(this.source[span.end]);
  }

  private comparison(tree: Syntax): Syntax {
    const token = this.next();
    const operator = comparisonNamed(token.text);
    if (operator === undefined) return token.text === 'is' ? this.code(tree) : this.verb(tree, token);
    const quote = this.token();
    if (quote.kind === 'text') {
      return this.fail(
        'code-needs-is',
        quote.span,
        "An option code is compared with 'is' or 'is not'; '=' and '!=' compare points.",
      );
    }
    // `> =`, in either order.
    const joined = [`${operator}${quote.text}`, `${quote.text}${operator}`].find(comparisonNamed);
    if (quote.kind === 'symbol' && joined !== undefined) {
      return this.fail(
        'split-sign',
        spanning(token, quote),
        `Write ${shown(joined)} as one sign, without a space.`,
      );
    }
    const other = this.operators(LEVEL.sum);
    return { kind: 'compare', operator, left: tree, right: other, span: spanning(tree, other) };
  }

  private chained(tree: Syntax): Syntax {
    const middle = tree.kind === 'compare' ? tree.right : undefined;
    const token = this.token();
    const text = (piece: { readonly span: Span }): string =>
      this.source.slice(piece.span.start, piece.span.end);
    if (middle === undefined || token.kind !== 'symbol') {
      return this.fail(
        'chained-comparison',
        token.span,
        "Comparisons cannot be chained; join two with 'and'.",
      );
    }
    this.next();
    const last = this.operators(LEVEL.sum);
    return this.fail(
      'chained-comparison',
      spanning(tree, last),
      `Comparisons cannot be chained; write ${shown(`${text(tree)} and ${text(middle)} ${token.text} ${text(last)}`)}.`,
    );
  }

  private code(subject: Syntax): Syntax {
    if (subject.kind !== 'name' && subject.kind !== 'range') {
      return this.fail(
        'is-needs-item',
        subject.span,
        "'is' compares the option chosen for an item; put an item's name before it, or compare numbers with '='.",
      );
    }
    const negated = this.isWord('not');
    if (negated) this.next();
    const token = this.next();
    const keyword = token.kind === 'word' && KEYWORDS.has(token.text.toLowerCase());
    if (keyword && token.text !== 'true' && token.text !== 'false') {
      return this.fail(
        'expected-code',
        token.span,
        `An option code stands after 'is'; where the code is the word ${shown(token.text)} itself, write it in double quotes.`,
      );
    }
    if (token.kind === 'symbol' || token.kind === 'end') {
      return this.fail(
        'expected-code',
        token.span,
        "An option code stands after 'is'; write it as it is recorded, in double quotes where it is more than one plain word.",
      );
    }
    return { kind: 'is', subject, code: token.text, negated, span: spanning(subject, token) };
  }

  private verb(subject: Syntax, token: Token): Syntax {
    if (subject.kind !== 'name') {
      return this.fail(
        'verb-needs-name',
        subject.span,
        `Before '${token.text}' stands the name of an instrument or of one of its verdicts, and nothing else.`,
      );
    }
    const verb = this.verbAfter(token);
    if (verb === undefined) {
      return this.fail(
        'unknown-verb',
        token.span,
        "After 'at' write 'least' or 'most': 'audit.uk at least higher-risk'.",
      );
    }
    const object = this.next();
    if (object.kind !== 'word' || !isName(object.text)) {
      return this.fail(
        'verb-needs-object',
        object.span,
        `After '${verb.replace('-', ' ')}' write the id of a cut-off, flag or level, for example 'gad-7 meets caseness-8'.`,
      );
    }
    return {
      kind: 'verb',
      verb,
      subject: subject.name,
      object: object.text,
      span: spanning(subject, object),
    };
  }

  private verbAfter({ text }: Token): Verb | undefined {
    if (text === 'meets' || text === 'raises' || text === 'at-least' || text === 'at-most') return text;
    if (this.isWord('least')) {
      this.next();
      return 'at-least';
    }
    if (this.isWord('most')) {
      this.next();
      return 'at-most';
    }
    return undefined;
  }

  private prefix(least: number): Syntax {
    const token = this.token();
    if (this.isWord('not')) {
      if (least > LEVEL.not) {
        return this.fail('not-inside', token.span, "Put 'not …' in parentheses here: '(not …)'.");
      }
      this.next();
      const operand = this.nested(() => this.operators(LEVEL.not));
      return { kind: 'not', operand, span: spanning(token, operand) };
    }
    if (this.isSymbol('-')) {
      this.next();
      if (this.token().kind !== 'number' && !this.isSymbol('(')) {
        return this.fail(
          'minus-needs-operand',
          token.span,
          "A minus sign stands before a number or a parenthesis; for a difference write 'a - b', for the opposite of a name '-(name)'.",
        );
      }
      const operand = this.nested(() => this.primary());
      return { kind: 'negate', operand, span: spanning(token, operand) };
    }
    return this.primary();
  }

  private primary(): Syntax {
    const token = this.token();
    switch (token.kind) {
      case 'number':
        this.next();
        if (this.isSymbol('..')) {
          return this.fail(
            'range-end',
            token.span,
            "A range runs between names of items; write it as 'q1..q9'.",
          );
        }
        return { kind: 'number', text: token.text, span: token.span };
      case 'text':
        return this.fail(
          'code-needs-is',
          token.span,
          "An option code in quotes stands only after 'is' or 'is not': 'q1 is \"3a\"'.",
        );
      case 'end':
        return this.fail(
          'unfinished',
          token.span,
          'The formula breaks off here; write a name, a number or a call, or remove the operator before.',
        );
      case 'symbol':
        return this.isSymbol('(') ? this.parenthesised() : this.misplacedSymbol();
      case 'word':
        return this.word();
    }
  }

  private misplacedSymbol(): Syntax {
    const token = this.token();
    return this.fail(
      'expected-operand',
      token.span,
      `A name, a number or a call is missing before ${shown(token.text)}; write it, or remove ${shown(token.text)}.`,
    );
  }

  private parenthesised(): Syntax {
    const open = this.next();
    const inner = this.nested(() => this.expression());
    const close = this.close(open, inner);
    return { ...inner, span: spanning(open, close) };
  }

  /** The `)` for `open`, which stands after `before`. */
  private close(open: Token, before: Syntax): Token {
    if (this.isSymbol(')')) return this.next();
    if (this.token().kind === 'end') {
      this.fail('unclosed', open.span, "This '(' is never closed; write its ')'.");
    } else {
      this.unexpected();
    }
    return { ...open, span: before.span };
  }

  private word(): Syntax {
    const token = this.next();
    const { text, span } = token;
    if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true', span };
    if (text === 'if') {
      return this.fail(
        'if-inside',
        span,
        "Put 'if … then … else …' in parentheses where it is part of something.",
      );
    }
    if (KEYWORDS.has(text)) {
      return this.fail(
        'expected-operand',
        span,
        `A name, a number or a call is missing before '${text}'; '${text}' is a word of the language and names nothing.`,
      );
    }
    if (this.isSymbol('(')) return this.nested(() => this.call(token));
    if (!isName(text)) return this.badName(token);
    if (!this.isSymbol('..')) return { kind: 'name', name: text, span };
    this.next();
    const last = this.next();
    if (last.kind === 'word' && isName(last.text)) {
      return { kind: 'range', from: text, to: last.text, span: spanning(token, last) };
    }
    const meant = last.kind === 'number' ? `${text.replace(/[0-9]+$/, '')}${last.text}` : undefined;
    return this.fail(
      'range-end',
      last.span,
      `A range ends with the name of an item; write ${meant === undefined ? "it as 'q1..q9'" : shown(`${text}..${meant}`)}.`,
      meant,
    );
  }

  private badName({ text, span }: Token): Syntax {
    const lower = text.toLowerCase();
    if (isScientific(text)) {
      return this.fail('number-form', span, "Write the number in full, in plain decimals: '0.001', '1000'.");
    }
    if (lower !== text && (isName(lower) || KEYWORDS.has(lower))) {
      return this.fail(
        'upper-case',
        span,
        `Names and words are in lower case; write ${shown(lower)}.`,
        lower,
      );
    }
    return this.fail(
      'bad-name',
      span,
      `${shown(text)} is no name: a name begins with a letter and holds lower-case letters, digits, '-', '_' and dots between its parts.`,
    );
  }

  private call(name: Token): Syntax {
    const of = functionNamed(name.text);
    if (of === undefined) {
      const meant = closest(name.text, FUNCTIONS);
      const hint =
        meant === undefined ? `the functions are ${FUNCTIONS.join(', ')}` : `did you mean '${meant}'?`;
      return this.fail(
        'unknown-function',
        name.span,
        `There is no function ${shown(name.text)}; ${hint}${meant === undefined ? '.' : ''}`,
        meant,
      );
    }
    const open = this.next();
    if (this.isSymbol(')')) {
      return this.fail(
        'arity',
        spanning(name, this.token()),
        `'${of}()' is empty; write what it is taken of.`,
      );
    }
    let last = this.argument();
    const parts = [last];
    while (this.isSymbol(',')) {
      this.next();
      last = this.argument();
      parts.push(last);
    }
    const by = this.isWord('by') ? this.keying(of) : undefined;
    const close = this.close(open, last);
    const span = spanning(name, close);
    const wrong = this.wrongParts(of, parts);
    if (wrong !== undefined) return this.fail('arity', span, wrong);
    return { kind: 'call', name: of, of: parts, ...(by === undefined ? {} : { by }), span };
  }

  private wrongParts(of: FunctionName, parts: readonly Syntax[]): string | undefined {
    if (
      of === 'round' &&
      (parts.length !== 2 || parts[1]?.kind !== 'number' || !/^[0-9]$/.test(parts[1].text))
    ) {
      return "'round' takes a value and the number of decimals, 0 to 9: 'round(mean(q1..q4), 1)'.";
    }
    if (of === 'table' && (parts.length !== 2 || parts[0]?.kind !== 'name')) {
      return "'table' takes the name of a table and the value to look up: 'table(metric, raw)'.";
    }
    return undefined;
  }

  private keying(of: FunctionName): string | undefined {
    const by = this.next();
    const keying = this.next();
    if (of === 'round' || of === 'table') {
      this.fail(
        'keying-place',
        by.span,
        `A keying stands in a call over items: 'sum(q1..q12 by cghq)', not in '${of}'.`,
      );
      return undefined;
    }
    if (keying.kind === 'word' && isName(keying.text)) return keying.text;
    this.fail(
      'expected-keying',
      keying.span,
      "After 'by' stands the name of a keying: 'sum(q1..q12 by cghq)'.",
    );
    return undefined;
  }

  private argument(): Syntax {
    const panel = this.token();
    if (panel.kind !== 'word' || !this.isSymbol('.*', 1)) return this.expression();
    if (!isName(panel.text)) return this.badName(panel);
    this.next();
    this.next();
    const usage = `After '${panel.text}.*' write a colon and what is asked of each member: '${panel.text}.* : count >= 2'.`;
    this.expect('symbol', ':', usage);
    const body = this.nested(() => this.expression());
    return { kind: 'members', panel: panel.text, body, span: spanning(panel, body) };
  }
}

/**
 * The syntax tree of a formula. Left: what is wrong, with its place (offsets into `text`) and what to do: every character
 * that is none of the language's, or else the first place where the formula cannot be read. Total: no text makes it throw,
 * and its time is linear in the text's length.
 *
 * @example
 * parseFormula('sum(q1..q9)')             // right: a call of a range
 * parseFormula('1 < q1 < 3')              // left: Comparisons cannot be chained; write '1 < q1 and q1 < 3'.
 */
export const parseFormula = (
  text: string,
  options: ParseOptions = {},
): Either<readonly FormulaError[], Syntax> => {
  const lexed = lex(text);
  if (lexed.errors.length > 0) return left(lexed.errors);
  const parser = new Parser(text, lexed, options.verbs === true);
  const tree = parser.formula();
  return parser.problem === undefined ? right(tree) : left([parser.problem]);
};

/**
 * The syntax tree of a formula as it stands in a definition: text, or `{ by: sex, female: …, male: … }`, which becomes one
 * `by` tree with its branches in the order written. Left: the problems of every branch, each with the branch's name.
 */
export const parseSource = (
  source: FormulaSource,
  options: ParseOptions = {},
): Either<readonly SourceError[], Syntax> => {
  if (typeof source === 'string') return parseFormula(source, options);
  const branches: (readonly [string, Syntax])[] = [];
  const problems: SourceError[] = [];
  for (const [branch, text] of Object.entries(source.branches)) {
    const parsed = parseFormula(text, options);
    if (parsed._tag === 'Right') branches.push([branch, parsed.right]);
    else problems.push(...parsed.left.map((error) => ({ ...error, branch })));
  }
  if (problems.length > 0) return left(problems);
  if (branches.length === 0) {
    return left([
      {
        code: 'no-branches',
        span: NOWHERE,
        message: `'by: ${source.by}' has no branch; write one for each value.`,
      },
    ]);
  }
  return right({ kind: 'by', context: source.by, branches, span: NOWHERE });
};
