import fc from 'fast-check';

const names = ['q1', 'q2', 'q9', 'total', 'age', 'sex', 'q10', 'sum', 'metric', 'substance.q2', '3a'];

const { number: numeric, truth } = fc.letrec<{ number: string; truth: string }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...names, '0', '1', '2.5', '999999999999', '0.000000001'),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number'))
      .map((parts) => parts.join(' ')),
    tie('number').map((inner) => `(${inner})`),
    tie('number').map((inner) => `-(${inner})`),
    fc
      .tuple(
        fc.constantFrom('sum', 'mean', 'min', 'max'),
        fc.array(tie('number'), { minLength: 1, maxLength: 3 }),
      )
      .map(([call, of]) => `${call}(${of.join(', ')})`),
    fc.constantFrom(
      'sum(q1..q9)',
      'sum(q9..q1)',
      'max(q2..q2)',
      'count(q1..q9 >= 1)',
      'table(metric, total)',
    ),
    tie('number').map((inner) => `round(${inner}, 1)`),
    tie('truth').map((inner) => `count(${inner})`),
    fc
      .tuple(tie('truth'), tie('number'), tie('number'))
      .map(([when, yes, no]) => `(if ${when} then ${yes} else ${no})`),
  ),
  truth: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc
      .tuple(tie('number'), fc.constantFrom('=', '!=', '<', '<=', '>', '>='), tie('number'))
      .map((parts) => parts.join(' ')),
    fc
      .tuple(
        fc.constantFrom('q1', 'q2', 'sex'),
        fc.constantFrom(' is ', ' is not '),
        fc.constantFrom('"0"', 'female', '3'),
      )
      .map((parts) => parts.join('')),
    fc.constantFrom('true', 'false'),
    tie('truth').map((inner) => `not (${inner})`),
    tie('truth').map((inner) => `(${inner})`),
    fc.tuple(tie('truth'), fc.constantFrom('and', 'or'), tie('truth')).map((parts) => parts.join(' ')),
    fc
      .tuple(fc.constantFrom('any', 'all'), fc.array(tie('truth'), { minLength: 1, maxLength: 3 }))
      .map(([call, of]) => `${call}(${of.join(', ')})`),
  ),
}));

/** Formulas by the grammar: most are wrong in their types or too far, none in their words. */
export const grammatical: fc.Arbitrary<string> = fc.oneof(numeric, truth);

/** Where a token of the language may begin or end. */
const seams = /(\s+|\.\.|\.\*|[<>!]=|[()+*/,:=<>"-])/;

const bits: readonly string[] = [
  ...[
    '(',
    ')',
    ',',
    '..',
    '.*',
    ':',
    '"',
    "'",
    '-',
    '- ',
    ' -',
    'not ',
    'if ',
    ' then ',
    ' else ',
    ' by ',
    ' is ',
  ],
  ...['sum(', 'q1', 'Q1', '1e999', '0x1F', '00', '.5', '5.', '__proto__', 'constructor', 'toString', 'NaN'],
  ...[
    '\u0441ount',
    'q\u200b1',
    'q1\u202e',
    '\u2265',
    '\u00a0',
    '\ufeff',
    '\ud800',
    '\u0000',
    '\n',
    '\uff11',
    'x'.repeat(99),
  ],
];

type Damage =
  | { readonly kind: 'drop'; readonly at: number }
  | { readonly kind: 'double'; readonly at: number }
  | { readonly kind: 'swap'; readonly at: number; readonly other: number }
  | { readonly kind: 'put'; readonly at: number; readonly bit: string };

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(200) }),
  fc.record({ kind: fc.constant('double' as const), at: fc.nat(200) }),
  fc.record({ kind: fc.constant('swap' as const), at: fc.nat(200), other: fc.nat(200) }),
  fc.record({ kind: fc.constant('put' as const), at: fc.nat(200), bit: fc.constantFrom(...bits) }),
);

const damagedBy = (text: string, done: readonly Damage[]): string => {
  const pieces = text.split(seams);
  for (const one of done) {
    const at = one.at % pieces.length;
    const piece = pieces[at] ?? '';
    if (one.kind === 'drop') pieces[at] = '';
    else if (one.kind === 'double') pieces[at] = piece + piece;
    else if (one.kind === 'put') pieces[at] = piece + one.bit;
    else {
      const other = one.other % pieces.length;
      pieces[at] = pieces[other] ?? '';
      pieces[other] = piece;
    }
  }
  return pieces.join('');
};

/** Formulas with a few of their tokens lost, doubled, exchanged or joined by what does not belong. */
export const damaged = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(of, fc.array(damage, { minLength: 1, maxLength: 4 })).map(([text, done]) => damagedBy(text, done));
