import { describe, expect, it } from 'vitest';
import {
  drawsLots,
  imports,
  parsed,
  places,
  reachesOut,
  readsClock,
  remembers,
  sources,
} from './source-rules.js';

const library = sources(/^src\/(?!cli\/)/);
const engine = sources(/^src\/(formula|instrument|scoring|referral)\//);

/** How many places of a piece of code a rule finds. */
const found = (code: string, rule: Parameters<typeof places>[1]): number =>
  places(parsed('x.ts', code), rule).length;

describe('the rules on the source', () => {
  it('know a clock, a lot, an outside and a memory when they see one', () => {
    expect(found('new Date(); Date(); Date.now(); performance.now()', readsClock)).toBe(4);
    expect(found('new Date(2026, 1, 1); new Date(text); Date.parse(text); Date.UTC(1)', readsClock)).toBe(0);
    expect(found('Math.random(); crypto.randomUUID(); Math.round(1)', drawsLots)).toBe(2);
    expect(found('console.log(1); process.env; fetch(x); plan.process; ({ console: 1 })', reachesOut)).toBe(
      3,
    );
    expect(imports(parsed('x.ts', "import a from 'node:fs'; export * from './b.js'"))).toEqual([
      'node:fs',
      './b.js',
    ]);
    for (const code of [
      'let seen = 0;',
      'const cache = new Map<string, number>();',
      'export const cache = new WeakMap();',
      'class A { static last = 0; }',
      'const last = { value: 0 }; const f = () => { last.value = 1; };',
      'const all: number[] = []; const f = () => all.push(1);',
    ])
      expect(remembers(parsed('x.ts', code)), code).toHaveLength(1);
    const harmless =
      'const a: ReadonlyMap<string, number> = new Map(); const f = () => { let b = 0; b += 1; };';
    expect(remembers(parsed('x.ts', harmless))).toEqual([]);
    expect(engine.length).toBeGreaterThan(40);
    expect(library.length).toBeGreaterThan(engine.length);
  });
});

describe('the library', () => {
  it('never reads the clock: every date is an argument [H13]', () => {
    expect(library.flatMap((source) => places(source, readsClock))).toEqual([]);
  });

  it('leaves nothing to chance: the same form gives the same result [H18]', () => {
    expect(library.flatMap((source) => places(source, drawsLots))).toEqual([]);
  });

  it('remembers nothing between two calls: no state in any module that scores or refers [H18]', () => {
    expect(engine.flatMap(remembers)).toEqual([]);
  });

  it('writes no log, reads no environment and opens no connection [H31]', () => {
    expect(library.flatMap((source) => places(source, reachesOut))).toEqual([]);
  });

  it('takes no module for files, processes or the network; only the digest needs Node [H31]', () => {
    const outside = library.flatMap((source) =>
      imports(source)
        .filter((module) => module.startsWith('node:'))
        .map((module) => `${source.file} ${module}`),
    );
    expect(outside).toEqual(['src/definition/sha256.ts node:crypto']);
  });

  it('takes no network module in the command either: it reads and writes the files it is given [H31]', () => {
    const network = /^(node:)?(http|https|http2|net|tls|dgram|dns|child_process|cluster|inspector)$/;
    const command = sources(/^src\/cli\//);
    expect(command.length).toBeGreaterThan(10);
    expect(command.flatMap(imports).filter((module) => network.test(module))).toEqual([]);
    expect(
      command.flatMap((source) => places(source, (node) => reachesOut(node) && node.getText() === 'fetch')),
    ).toEqual([]);
  });
});
