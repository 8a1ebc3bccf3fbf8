import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

/** Every file that the manifest offers: its command and what its subpaths name. */
const entries = (): readonly string[] => {
  const { bin, exports }: { bin: Readonly<Record<string, string>>; exports: unknown } = JSON.parse(
    readFileSync(join(home, 'package.json'), 'utf8'),
  );
  const targets = (value: unknown): readonly string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(targets)
        : [];
  const all = listed(home);
  return [...Object.values(bin), ...targets(exports)].flatMap((target) => {
    const [before = '', after] = target.replace(/^\.\//, '').split('*');
    return after === undefined
      ? [before]
      : all.filter((file) => file.startsWith(before) && file.endsWith(after));
  });
};

describe('the packed package', () => {
  it('holds the build, the licence, the readme, the changelog, and nothing else', () => {
    expect(
      listed(home)
        .filter((file) => !file.startsWith('dist/'))
        .sort(),
    ).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  });

  it('holds no module that nothing imports, and no data but definitions, cases, schemas and what it is made of', () => {
    const inDist = listed(home).filter((file) => file.startsWith('dist/'));
    const isModule = (file: string) => /\.(js|cjs|d\.ts|d\.cts)$/.test(file);
    const written = readdirSync('instruments', { recursive: true, encoding: 'utf8' });
    const folders = (name: string) =>
      written.filter((file) => basename(file) === name).map((file) => basename(dirname(file)));
    const ofPathway = (id: string) => pathways.includes(id);
    const expected = [
      ...folders('definition.yaml').map((id) => `definitions/${id}`),
      ...folders('cases.yaml').map((id) => (ofPathway(id) ? `cases/pathways/${id}` : `cases/${id}`)),
      ...folders('scenarios.yaml').map((id) => `cases/pathways/${id}.scenarios`),
      'caseness.cdx',
    ].map((file) => `dist/${file}.json`);
    const isSchema = (file: string) => /^dist\/[a-z-]+\.schema\.json$/.test(file);
    expect(inDist.filter((file) => !isModule(file) && !isSchema(file)).sort()).toEqual(
      [...expected, 'dist/third-party-licences.txt'].sort(),
    );

    const reached = new Set<string>();
    const follow = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      const text = readFileSync(join(home, file), 'utf8');
      for (const [, to = ''] of text.matchAll(
        /(?:from|import|require|import\(|require\()\s*['"](\.{1,2}\/[^'"]+)['"]/g,
      ))
        follow(declared(file, join(dirname(file), to)));
    };
    // A declaration names the module beside it.
    const declared = (from: string, to: string): string =>
      from.endsWith('.d.ts')
        ? to.replace(/\.js$/, '.d.ts')
        : from.endsWith('.d.cts')
          ? to.replace(/\.cjs$/, '.d.cts')
          : to;
    for (const file of entries()) follow(file);
    expect(inDist.filter((file) => isModule(file) && !reached.has(file))).toEqual([]);
  });

  it('says what it is made of: the components of the manifest, each with its version and the text of its licence', () => {
    const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync(join(home, 'package.json'), 'utf8'),
    );
    const { bomFormat, components }: { bomFormat: string; components: { name: string; version: string }[] } =
      JSON.parse(readFileSync(join(home, 'dist/caseness.cdx.json'), 'utf8'));
    expect(bomFormat).toBe('CycloneDX');
    expect(Object.fromEntries(components.map(({ name, version }) => [name, version]))).toEqual(dependencies);
    const licences = readFileSync(join(home, 'dist/third-party-licences.txt'), 'utf8');
    for (const [name, version] of Object.entries(dependencies))
      expect(licences).toMatch(
        new RegExp(`^${name} ${version}: (MIT|ISC)$[^]*── ${name} ${version}\n\n[^]*Copyright`, 'm'),
      );
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
