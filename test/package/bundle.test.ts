import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, inject, it } from 'vitest';

const consumer = inject('consumer');

/** An app that takes in whatever an app may need to score and refer. */
const app = [
  `import * as engine from 'caseness';`,
  `import * as referral from 'caseness/referral';`,
  `import * as catalogue from 'caseness/catalogue';`,
  ...inject('instruments').map((id, at) => `import * as instrument${at} from 'caseness/instruments/${id}';`),
  ...inject('pathways').map((id, at) => `import * as pathway${at} from 'caseness/pathways/${id}';`),
  `import { phq9 } from 'caseness/instruments/phq-9';`,
  `export const all = [referral, catalogue, ${[
    ...inject('instruments').map((_, at) => `instrument${at}`),
    ...inject('pathways').map((_, at) => `pathway${at}`),
  ].join(', ')}];`,
  `export const scored = JSON.stringify(engine.score(phq9, { q1: 2, q2: 2, q3: 3, q4: 2, q5: 1, q6: 2, q7: 1, q8: 0, q9: 1 }));`,
].join('\n');

describe('an app that scores and refers, bundled for the browser', () => {
  let inputs: readonly string[] = [];
  let imports: readonly string[] = [];
  let bundle = '';

  beforeAll(async () => {
    writeFileSync(join(consumer, 'app.mjs'), app);
    const { metafile, outputFiles } = await build({
      absWorkingDir: consumer,
      entryPoints: ['app.mjs'],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser',
      format: 'iife',
      globalName: 'app',
      logLevel: 'silent',
    });
    inputs = Object.keys(metafile.inputs);
    imports = Object.values(metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
    bundle = outputFiles[0]?.text ?? '';
  });

  it('holds no schema library, no YAML parser and nothing of the command', () => {
    const foreign = /node_modules\/(zod|yaml|commander|csv-parse)\//;
    expect(inputs.length).toBeGreaterThan(inject('instruments').length);
    expect(inputs.filter((path) => foreign.test(path))).toEqual([]);
    expect(
      imports.filter((path) => /^(zod|yaml|commander|csv-parse)(\/|$)/.test(path) || foreign.test(path)),
    ).toEqual([]);
  });

  it('holds no case and no definition: these are for a self-test', () => {
    expect(inputs.filter((path) => /dist\/(cases|definitions|self-test)/.test(path))).toEqual([]);
  });

  it('asks for no Node built-in', () => {
    expect(
      imports.filter((path) => path.startsWith('node:') || /^(fs|path|crypto|util|os|url)$/.test(path)),
    ).toEqual([]);
    expect(bundle).not.toMatch(/\brequire\(["']|["']node:/);
  });

  it('scores where there is nothing but the language: no process, no Buffer, no window', () => {
    const scored: unknown = JSON.parse(runInContext(`${bundle}; app.scored`, createContext({})));
    expect(scored).toMatchObject({ _tag: 'Right', right: { scores: { total: { value: 14, of: 27 } } } });
  });
});
