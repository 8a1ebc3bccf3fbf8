import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  explainedIn,
  reviewOf,
  type Survivor,
  survivorsOf,
  toBeExplained,
} from '../../scripts/mutation/survivors.js';
import { areas } from '../../scripts/mutation-areas.js';

const source = 'const a = 1;\nif (a > 0 &&\n    a < 9) {\n  b();\n}\n';
const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});
const report = {
  files: {
    'src/x.ts': {
      source,
      mutants: [
        { status: 'Killed', replacement: '2', location: at(1, 11, 1, 12) },
        { status: 'Survived', replacement: 'true', location: at(2, 5, 3, 10) },
        { status: 'NoCoverage', replacement: '{}', location: at(3, 12, 5, 2) },
        { status: 'Timeout', replacement: 'false', location: at(2, 5, 3, 10) },
      ],
    },
  },
};
const [first, second] = survivorsOf(report) as [Survivor, Survivor];

describe('the survivors of a mutation run', () => {
  it('are named by the lines that they touch, before and after, as one line', () => {
    expect(survivorsOf(report)).toEqual([
      { file: 'src/x.ts', was: 'if (a > 0 && a < 9) {', now: 'if (true) {' },
      { file: 'src/x.ts', was: 'a < 9) { b(); }', now: 'a < 9) {}' },
    ]);
  });

  it('are held against those that were looked at; an explanation that is of no use any more is named', () => {
    const old = { file: 'src/x.ts', was: 'gone', now: 'away', why: 'it was equal' };
    const review = reviewOf([first, second], [{ ...first, why: 'equal' }, old]);
    expect(review).toEqual({ explained: 1, open: [second], stale: [old] });
  });

  it('are written so that they can be entered in the list of their area', () => {
    expect(parse(toBeExplained([first, second]))).toEqual({
      'src/x.ts': [
        { was: first.was, now: first.now, why: '' },
        { was: second.was, now: second.now, why: '' },
      ],
    });
  });
});

describe('the lists of survivors that were looked at', () => {
  it('stand for areas that there are, each entry once, with a reason and a file of the area', () => {
    const lists = readdirSync('scripts/mutation/explained').map((file) => file.replace(/\.yaml$/, ''));
    for (const area of lists) {
      expect(Object.keys(areas)).toContain(area);
      const entries = explainedIn(area);
      expect(entries.filter(({ file }) => !file.startsWith(`src/${area}/`))).toEqual([]);
      const keys = entries.map(({ file, was, now }) => `${file} ${was} => ${now}`);
      expect(keys.filter((key, index) => keys.indexOf(key) < index)).toEqual([]);
    }
  });
});
