import { describe, expect, it } from 'vitest';
import { isIdentifier } from '../../src/definition/export-name.js';
import { exportName } from '../../src/definition/index.js';
import { shownFormula } from '../../src/definition/written-out.js';

describe('the name of an export', () => {
  it('is the one given, else the id in camel case', () => {
    expect(exportName({ id: 'audit-c' })).toBe('auditC');
    expect(exportName({ id: 'phq-9' })).toBe('phq9');
    expect(exportName({ id: '4at', export: 'fourAT' })).toBe('fourAT');
  });

  it('can name a constant: letters and digits to the end, a small letter first, no word of the language', () => {
    for (const name of ['a', 'auditC', 'phq9']) expect(isIdentifier(name), name).toBe(true);
    for (const name of ['', '4at', 'Audit', 'audit-c', 'asrs.v1', 'a!', '!a', 'class', 'yield', 'undefined'])
      expect(isIdentifier(name), name).toBe(false);
  });
});

describe('a formula on a review sheet', () => {
  it('stands as written, and by sex as one line', () => {
    expect(shownFormula('total >= 3')).toBe('total >= 3');
    expect(shownFormula({ by: 'sex', female: 'total >= 3', male: 'total >= 4' })).toBe(
      'by sex: female: total >= 3; male: total >= 4',
    );
  });
});
