import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { instrumentFolders } from '../../scripts/generate/definitions.js';
import { documentDigest } from '../../src/definition/canonical.js';
import {
  casesSchema,
  definitionSchema,
  formatProblem,
  loadCases,
  loadDefinition,
  sha256,
} from '../../src/definition/index.js';
import { edited } from './example.js';

const folders = instrumentFolders(join(import.meta.dirname, '..', '..', 'instruments'));
const read = (folder: string) => {
  const file = join(folder, 'definition.yaml');
  return loadDefinition(readFileSync(file), file);
};

const ajv = new Ajv2020({ strict: false });
const editorSchemas = [
  ['definition.yaml', ajv.compile(z.toJSONSchema(definitionSchema, { reused: 'ref' }))],
  ['cases.yaml', ajv.compile(z.toJSONSchema(casesSchema, { reused: 'ref' }))],
] as const;

const leaves = (
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] =>
  Array.isArray(value)
    ? value.flatMap((inner, index) => leaves(inner, [...path, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
      : [path];

describe.each(folders.map((folder) => [folder.split('/').at(-1) ?? '', folder] as const))(
  '%s',
  (_, folder) => {
    it('is a definition without a problem, and so are its cases', () => {
      const loaded = read(folder);
      expect(loaded._tag === 'Left' ? loaded.left.map(formatProblem) : []).toEqual([]);
      const file = join(folder, 'cases.yaml');
      if (loaded._tag === 'Left' || loaded.right.status === 'refused' || !existsSync(file)) return;
      const cases = loadCases(readFileSync(file), file, loaded.right);
      expect(cases._tag === 'Left' ? cases.left.map(formatProblem) : []).toEqual([]);
    });

    it("is accepted by the editor's schema, and so are its cases", () => {
      for (const [name, validate] of editorSchemas) {
        const file = join(folder, name);
        if (!existsSync(file)) continue;
        expect(validate(parse(readFileSync(file, 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
      }
    });

    it('changes its document digest with any one field', () => {
      const loaded = read(folder);
      if (loaded._tag === 'Left') throw new Error('not loaded');
      const { definition } = loaded.right;
      const before = documentDigest(definition, sha256);
      const unmoved = leaves(definition).filter(
        (path) => documentDigest(edited(definition, path, 'another'), sha256) === before,
      );
      expect(unmoved).toEqual([]);
    });
  },
);
