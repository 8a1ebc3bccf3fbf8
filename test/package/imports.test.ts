import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';

const consumer = inject('consumer');
const instruments = inject('instruments');
const pathways = inject('pathways');
const home = join(consumer, 'node_modules/caseness');

/** Runs a program in the consumer's folder and reads the JSON that it prints. */
const run = (file: string, program: string): unknown => {
  writeFileSync(join(consumer, file), program);
  return JSON.parse(execFileSync('node', [file], { cwd: consumer, encoding: 'utf8' }));
};

const report = `
const instruments = {};
const form = { q1: 2, q2: 2, q3: 3, q4: 2, q5: 1, q6: 2, q7: 1, q8: 0, q9: 1 };
for (const id of ${JSON.stringify(instruments)})
  instruments[id] = Object.values(await get('caseness/instruments/' + id)).map((instrument) => instrument.id);
const pathways = {};
for (const id of ${JSON.stringify(pathways)})
  pathways[id] = Object.values(await get('caseness/pathways/' + id)).map((pathway) => pathway.id);
const names = {};
for (const entry of ['caseness', 'caseness/referral', 'caseness/referral/definition', 'caseness/definition', 'caseness/catalogue', 'caseness/compile', 'caseness/self-test'])
  names[entry] = Object.keys(await get(entry)).filter((name) => name !== 'default' && name !== '__esModule').sort();
const { score } = await get('caseness');
const { phq9 } = await get('caseness/instruments/phq-9');
console.log(JSON.stringify({ instruments, pathways, names, scored: score(phq9, form) }));
`;
const fromEsm = run('all.mjs', `const get = (name) => import(name);\n${report}`);
const fromCommonJs = run(
  'all.cjs',
  `const get = async (name) => require(name);\n(async () => {${report}})();`,
);

const listed = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1));

describe('the packed package', () => {
  it('holds the build, the licence, the readme, the changelog, and nothing else', () => {
    expect(
      listed(home)
        .filter((file) => !file.startsWith('dist/'))
        .sort(),
    ).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(
      listed(home)
        .filter((file) => !/\.(js|cjs|d\.ts|d\.cts|json)$/.test(file))
        .sort(),
    ).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md']);
  });

  it('has at least one instrument, and one definition and one file of cases for each', () => {
    expect(instruments.length).toBeGreaterThan(0);
    for (const id of instruments)
      for (const folder of ['definitions', 'cases'])
        expect(existsSync(join(home, `dist/${folder}/${id}.json`)), id).toBe(true);
  });

  it('gives the same from ESM as from CommonJS, for every subpath, instrument and pathway', () => {
    expect(fromCommonJs).toEqual(fromEsm);
  });

  it('exports each instrument and pathway under its id', () => {
    expect(fromEsm).toMatchObject({
      instruments: Object.fromEntries(instruments.map((id) => [id, [id]])),
      pathways: Object.fromEntries(pathways.map((id) => [id, [id]])),
    });
  });

  it('scores a form', () => {
    expect(fromEsm).toMatchObject({
      scored: { _tag: 'Right', right: { scores: { total: { status: 'complete', value: 14, of: 27 } } } },
    });
  });

  it('gives definitions, the schema and its own package.json as plain JSON files', () => {
    const found = run(
      'json.cjs',
      `console.log(JSON.stringify([require('caseness/definitions/phq-9.json').id,
        typeof require('caseness/definition.schema.json'), require('caseness/package.json').name]));`,
    );
    expect(found).toEqual(['phq-9', 'object', 'caseness']);
  });

  it('carries the version of the package as the version of the engine', () => {
    const { version }: { version: string } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    expect(run('engine.mjs', `import { ENGINE } from 'caseness'; console.log(JSON.stringify(ENGINE));`)).toBe(
      version,
    );
  });

  it('brings the command', () => {
    const { bin }: { bin: { caseness: string } } = JSON.parse(
      readFileSync(join(home, 'package.json'), 'utf8'),
    );
    const said = execFileSync('node', [join(home, bin.caseness), 'list'], {
      cwd: consumer,
      encoding: 'utf8',
    });
    expect(said).toContain('phq-9');
  });
});
