/**
 * `tsx scripts/mutation/bundle-tests.ts <source folder> <test folder>… !<test file left out>…`: makes one script of the test
 * files and of the (mutated) code that they import, for `test-runner.ts`. A script can be evaluated afresh, in some tens of
 * milliseconds, where modules once imported stay.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundleFile, type Outline, outlineFile } from './outline.js';

const seed = 'test/property-seed.ts';

/** Where a module says where it is, its place in the tree; whether coverage is counted, the runner says. */
const asInTree: Plugin = {
  name: 'as-in-tree',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replace(
          /^function stryCov_9fa48\(\)[\s\S]*?^function stryMutAct_9fa48/m,
          'const stryCov_9fa48 = coverMutants;\nfunction stryMutAct_9fa48',
        ),
    }));
  },
};

/** Writes a script whose `module.exports` has, for each of the files, the function that evaluates it once. */
const bundle = async (files: readonly string[]): Promise<Metafile> => {
  const entries = files.map(
    (file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`,
  );
  const { metafile } = await build({
    stdin: {
      contents: `module.exports = { ${entries.join(', ')} };`,
      resolveDir: process.cwd(),
      loader: 'js',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    plugins: [asInTree],
    outfile: bundleFile,
    metafile: true,
    logLevel: 'error',
  });
  return metafile;
};

/** The file and all that it imports of ours, what is imported first. */
const importsOf = ({ inputs }: Metafile, file: string, seen: Set<string>): ReadonlySet<string> => {
  const visit = (each: string, open: ReadonlySet<string>): void => {
    if (seen.has(each) || open.has(each)) return;
    for (const { path, external } of inputs[each]?.imports ?? []) {
      if (external !== true) visit(path, new Set([...open, each]));
    }
    seen.add(each);
  };
  visit(file, new Set());
  return seen;
};

const [sources = '', ...words] = process.argv.slice(2);
const left = words.filter((word) => word.startsWith('!')).map((word) => word.slice(1));
const folders = words.filter((word) => !word.startsWith('!'));
const tests = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`)
    .filter((file) => !left.includes(file))
    .sort(),
);
const metafile = await bundle([seed, ...tests]);
const modules = tests.reduce((seen, file) => new Set(importsOf(metafile, file, seen)), new Set<string>());
const first = [...modules].filter((file) => file.startsWith(`${sources}/`));
const outline: Outline = {
  first: [seed, ...first],
  then: [...modules].filter((file) => !first.includes(file)),
  tests: Object.fromEntries(tests.map((file) => [file, [...importsOf(metafile, file, new Set())]])),
};
await bundle([...outline.first, ...outline.then]);
writeFileSync(outlineFile, JSON.stringify(outline));
