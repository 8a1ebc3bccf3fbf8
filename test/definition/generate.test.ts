import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { catalogueModule } from '../../scripts/generate/catalogue-module.js';
import { citation, instrumentModule } from '../../scripts/generate/instrument-module.js';
import { jsonText } from '../../scripts/generate/json-text.js';
import { literal } from '../../scripts/generate/literal.js';
import { putFiles } from '../../scripts/generate/made-files.js';
import { definitionSkeleton, folderOf } from '../../scripts/instrument-new/skeleton.js';
import {
  checkDefinition,
  type Definition,
  definitionSchema,
  domains,
  exportName,
  jsonDefinition,
  loadDefinition,
  toInstrument,
} from '../../src/definition/index.js';
import { example, refusedExample } from './example.js';

const loadedOf = (definition: Definition) => {
  const outcome = checkDefinition(definition);
  if (outcome._tag === 'Left') throw new Error('the example is refused');
  return outcome.right;
};
const shipped = (() => {
  const loaded = loadedOf(example);
  if (loaded.status === 'refused') throw new Error('the example is refused');
  return loaded;
})();

/** What a made text of TypeScript or JSON is worth. */
const worth = (text: string): unknown => new Function(`return ${text}`)();

describe('a literal', () => {
  it('is worth the value that it was made from, in lines that can be read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(worth(`(${literal(value)})`)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 50 },
    );
    const long = { list: Array.from({ length: 200 }, (_, index) => index), text: "it's" };
    expect(
      Math.max(
        ...literal(long)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(110);
  });

  it('as JSON is worth the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('a made module', () => {
  const text = instrumentModule(shipped);

  it('exports the instrument under its name, as plain data', () => {
    const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
    const module: { exports: Record<string, unknown> } = { exports: {} };
    new Function('exports', outputText)(module.exports);
    expect(module.exports['exampleCheck']).toEqual(toInstrument(shipped));
  });

  it('spells out its ids in the type', () => {
    for (const part of [
      "q1: '0' | '1' | '2';",
      'context: never;',
      "scores: 'total';",
      "signs: 'few' | 'many';",
      "cutOffs: 'three';",
      "flags: 'third';",
      'missingRules: never;',
    ])
      expect(text).toContain(part);
  });

  it('says what it is, whose it is and that no wording is in it', () => {
    expect(text).toContain('Example check (fictional) (EX), definition 1.0.0.');
    expect(text).toContain('Licence of the instrument: public-domain, nobody. No wording is included.');
    expect(citation(shipped)).toBe('An invented source for examples. (recalled)');
  });

  it('is made the same each time', () => {
    expect(instrumentModule(shipped)).toBe(text);
  });
});

describe('the catalogue', () => {
  it('loads what is shipped and gives the reason for what is not', () => {
    const text = catalogueModule([shipped, loadedOf({ ...refusedExample, id: 'other-check' })]);
    expect(text).toContain(
      "load: () => import('./instruments/example-check.js').then((module) => module.exampleCheck)",
    );
    expect(text).toContain("refused: { reason: 'fictional', unlock: 'nothing' }");
    expect(text.match(/load: null/g)).toHaveLength(1);
  });
});

describe('the full definition as JSON', () => {
  it('keeps every field as written, beside digests and normal form', () => {
    const { digest, program, ...rest } = jsonDefinition(shipped);
    expect(rest).toEqual(example);
    expect(program).toEqual(shipped.program);
    expect(digest).toEqual(toInstrument(shipped).digest);
  });

  it('has no normal form of what is refused', () => {
    const { digest, ...rest } = jsonDefinition(loadedOf(refusedExample));
    expect(rest).toStrictEqual(refusedExample);
    expect(digest.scoring).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the JSON Schema for editors', () => {
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(z.toJSONSchema(definitionSchema));

  it('accepts what the loader accepts', () => {
    expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(refusedExample)).toBe(true);
  });

  it('refuses an unknown key and a code that is a number', () => {
    expect(validate({ ...example, cutoffs: {} })).toBe(false);
    expect(validate({ ...example, options: { often: [{ code: 0, label: 'never' }] } })).toBe(false);
  });
});

describe('made files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caseness-made-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('are written where they changed, left alone where not, and removed where stale', () => {
    const first = putFiles(
      folder,
      new Map([
        ['a.ts', 'a'],
        ['inside/b.ts', 'b'],
      ]),
    );
    expect(first).toEqual({ written: ['a.ts', 'inside/b.ts'], removed: [] });
    writeFileSync(join(folder, 'stale.ts'), '');
    utimesSync(join(folder, 'a.ts'), 1, 1);
    const second = putFiles(
      folder,
      new Map([
        ['a.ts', 'a'],
        ['inside/b.ts', 'c'],
      ]),
    );
    expect(second).toEqual({ written: ['inside/b.ts'], removed: ['stale.ts'] });
    expect(statSync(join(folder, 'a.ts')).mtimeMs).toBe(1000);
    expect(readFileSync(join(folder, 'inside/b.ts'), 'utf8')).toBe('c');
    expect(readdirSync(folder).sort()).toEqual(['a.ts', 'inside']);
  });
});

describe('a new instrument', () => {
  it('is a draft of which the loader says only what is empty', () => {
    const outcome = loadDefinition(
      definitionSkeleton('new-check', 'drugs', null),
      'new-check/definition.yaml',
    );
    const found = outcome._tag === 'Left' ? outcome.left : [];
    expect(found.map(({ path }) => path)).toEqual([
      ...['title', 'short', 'measures', 'recall', 'minutes'],
      ...['licence.holder', 'licence.class', 'licence.terms'],
      ...['items.q1.label', 'items.q2.label'],
      ...['authors', 'year', 'title', 'doi'].map((key) => `sources.publication.${key}`),
    ]);
    for (const { message } of found) expect(message).toMatch(/is empty: give /);
  });

  it('is accepted once it is filled in', () => {
    const draft: Record<string, unknown> = parse(definitionSkeleton('new-check', 'drugs', null));
    const filled = {
      ...draft,
      title: 'New check (fictional)',
      short: 'NC',
      measures: 'nothing',
      recall: 'P1M',
      minutes: 2,
      licence: { ...example.licence, source: 'publication' },
      items: { q1: { label: 'one', options: 'often' }, q2: { label: 'two', options: 'often' } },
      sources: { publication: { title: 'An invented source', confidence: 'recalled' } },
    };
    expect(loadDefinition(JSON.stringify(filled), 'new-check/definition.yaml')).toMatchObject({
      _tag: 'Right',
    });
  });

  it('goes to a folder for every domain', () => {
    const folders = ['mental-health', 'alcohol', 'drugs', 'neurodivergence', 'health-and-access'];
    for (const domain of domains) expect(folders).toContain(folderOf(domain));
  });
});

describe('the name of an export', () => {
  it('is the camel-cased id, or the name given', () => {
    expect(exportName({ id: 'audit-c-us' })).toBe('auditCUs');
    expect(exportName({ id: 'phq-9' })).toBe('phq9');
    expect(exportName({ id: '4at', export: 'fourAT' })).toBe('fourAT');
  });
});
