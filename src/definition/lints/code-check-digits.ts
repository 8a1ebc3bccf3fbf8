import { parts } from './entries.js';
import type { Lint } from './lint.js';

/** LOINC: mod 10 (Luhn) over the digits before the hyphen. */
const luhn = (code: string): boolean => {
  const sum = [...code.slice(0, -2)].reverse().reduce((total, character, index) => {
    const doubled = Number(character) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(code.slice(-1));
};

// Dihedral group D5 multiplication and the permutation of Verhoeff's scheme, which SNOMED CT identifiers use.
const multiply = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const permute = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

const verhoeff = (code: string): boolean =>
  [...code].reverse().reduce((check, digit, index) => {
    const moved = permute[index % 8]?.[Number(digit)] ?? '0';
    return Number(multiply[check]?.[Number(moved)] ?? '0');
  }, 0) === 0;

export const codeCheckDigits: Lint = {
  name: 'code-check-digits',
  description: 'LOINC and SNOMED CT codes end in their right check digit',
  check: (definition) => {
    const items = parts(definition).flatMap((part) =>
      part.items.flatMap(({ where, entry }) => [
        { where: [...where, 'loinc'], code: entry.loinc, right: luhn },
        { where: [...where, 'snomed'], code: entry.snomed, right: verhoeff },
      ]),
    );
    const codes = [
      ...Object.entries(definition.codes?.loinc ?? {}).map(([id, code]) => ({
        where: ['codes', 'loinc', id],
        code,
        right: luhn,
      })),
      ...Object.entries(definition.codes?.snomed ?? {}).map(([id, code]) => ({
        where: ['codes', 'snomed', id],
        code,
        right: verhoeff,
      })),
    ];
    return [...items, ...codes]
      .filter(({ code, right }) => code !== undefined && !right(code))
      .map(({ where }) => ({
        where,
        message: 'the check digit of this code is wrong: copy it again from its source.',
      }));
  },
};
