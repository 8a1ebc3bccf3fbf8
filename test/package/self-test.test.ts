import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const consumer = inject('consumer');
const home = join(consumer, 'node_modules/caseness');

/** Runs a program of the consumer's, or of a copy of the package. */
const node = (args: readonly string[], cwd = consumer) => {
  const { status, stdout, stderr } = spawnSync('node', args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status, stdout, stderr };
};

const use = `selfTest().then((report) => console.log(JSON.stringify(report)));`;

describe('the self-test of the packed package', () => {
  it('finds it sound, and says what was tested', () => {
    const { status, stdout, stderr } = node([join(home, 'dist/cli.js'), 'self-test', '--json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'sound',
      tested: { instruments: inject('instruments').length, pathways: inject('pathways').length },
    });
  });

  it('reports the same from an ES module and from CommonJS, and prints nothing else', () => {
    writeFileSync(join(consumer, 'test.mjs'), `import { selfTest } from 'caseness/self-test';\n${use}`);
    writeFileSync(join(consumer, 'test.cjs'), `const { selfTest } = require('caseness/self-test');\n${use}`);
    const [module, common] = [node(['test.mjs']), node(['test.cjs'])];
    expect([module.status, module.stderr, common.status, common.stderr]).toEqual([0, '', 0, '']);
    expect(JSON.parse(module.stdout)).toMatchObject({ status: 'sound', failures: [] });
    expect(common.stdout).toBe(module.stdout);
  });
});

describe('the self-test bundled for a browser', () => {
  let inputs: readonly string[] = [];
  let imports: readonly string[] = [];
  let bundle = '';
  beforeAll(async () => {
    writeFileSync(join(consumer, 'browser.mjs'), `export { selfTest } from 'caseness/self-test';`);
    const { metafile, outputFiles } = await build({
      absWorkingDir: consumer,
      entryPoints: ['browser.mjs'],
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

  it('needs no schema library, no YAML parser and no Node built-in', () => {
    expect(inputs.filter((path) => /node_modules\/(zod|yaml|commander|csv-parse)\//.test(path))).toEqual([]);
    expect(imports.filter((path) => path.startsWith('node:'))).toEqual([]);
  });

  it('finds everything sound where there is nothing but the language', async () => {
    const promise: Promise<unknown> = runInContext(`${bundle}; app.selfTest()`, createContext({}));
    expect(await promise).toMatchObject({ status: 'sound', tested: { pathways: inject('pathways').length } });
  });
});

describe('a packed package that was tampered with', () => {
  // A copy with the same neighbours: what it depends on is found beside it.
  const copy = join(consumer, 'node_modules/caseness-copy');
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const replaceIn = (file: string, from: string | RegExp, to: string): void => {
    const path = join(copy, 'dist', file);
    const text = readFileSync(path, 'utf8');
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    writeFileSync(path, changed);
  };
  const tampered = (change: () => void) => {
    cpSync(home, copy, { recursive: true });
    change();
    const { status, stdout } = node([join(copy, 'dist/cli.js'), 'self-test']);
    rmSync(copy, { recursive: true, force: true });
    return { status, lines: stdout.split('\n') };
  };

  it('is caught where one number of one instrument was changed [H33]', () => {
    const { status, lines } = tampered(() =>
      replaceIn(
        'instruments/phq-9.js',
        /(id: "depression-10"|when: "total >= 10")([\s\S]*?value: )10/,
        '$1$211',
      ),
    );
    expect(status).toBe(1);
    expect(lines.filter((line) => line.startsWith('phq-9: the instrument differs')).join()).toMatch(
      /program\.cutOffs\[\d+\]\.verdict\.test\.value: expected 10, found 11/,
    );
    expect(lines.some((line) => line.startsWith("phq-9: case '"))).toBe(true);
    // A pathway whose rules hang on that number says so too.
    const named = lines.flatMap((line) => /^([a-z0-9-]+): /.exec(line)?.[1] ?? []);
    expect(new Set(named)).toEqual(new Set(['phq-9', 'england-probation']));
  });

  it('is caught where a definition or a case was changed or is gone, each by its name [H33]', () => {
    const { status, lines } = tampered(() => {
      replaceIn('definitions/gad-7.json', /"when":\s*"total >= 10"/, '"when":"total >= 11"');
      replaceIn('cases/who-5.json', /"scores":\s*\{"([a-z]+)":\s*([0-9]+)/, '"scores":{"$1":99$2');
      rmSync(join(copy, 'dist/definitions/phq-2.json'));
    });
    expect(status).toBe(1);
    const said = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
    expect([
      said(/^gad-7: document digest: recorded .* in catalogue and definition and instrument/),
      said(/^who-5: cases digest: /),
      said(/^who-5: case '.*': scores\.[a-z]+: expected 99[0-9]+, found [0-9]+$/),
      said(/^phq-2: the definition cannot be used: /),
    ]).toEqual([1, 1, 1, 1]);
  });
});
