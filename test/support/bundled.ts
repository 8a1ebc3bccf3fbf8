import { cpSync, readdirSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** The index of a self-test loads its neighbours where it stands, so it is not bundled. */
const leftInPlace: Plugin = {
  name: 'self-test-index',
  setup: ({ onResolve }) => {
    onResolve({ filter: /self-test-index\.cjs$/ }, () => ({
      path: resolve('src/generated/self-test-index.cjs'),
      external: true,
    }));
  },
};

const bundle = async (entryPoints: Readonly<Record<string, string>>, folder: string): Promise<void> => {
  await build({
    entryPoints: { ...entryPoints },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    plugins: [leftInPlace],
    // What is not a module asks for its parts as it does in Node.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
};

const make = async (): Promise<string> => {
  const folder = resolve('out/command');
  const generated = resolve('src/generated');
  const pathways = readdirSync(join(generated, 'pathways')).map((file) => parse(file).name);
  const entries = pathways.map((id) => [`pathways/${id}`, join(generated, 'pathways', id)]);
  await bundle({ main: resolve('src/cli/main.ts'), ...Object.fromEntries(entries) }, folder);
  // As in the package: the definitions stand beside the command.
  cpSync(join(generated, 'definitions'), join(folder, 'definitions'), { recursive: true });
  return join(folder, 'main.js');
};

const made = make();

/**
 * The command as a module that Node runs as it stands: the file to run with `node`. It is bundled from the source once for
 * all tests of a process, as a start of it takes a seventh of the time that it takes through a loader of TypeScript.
 */
export const bundledCommand = (): Promise<string> => made;

/** A script of the project in the same way: the file to run with `node`. */
export const bundledScript = async (file: string): Promise<string> => {
  const { name } = parse(file);
  await bundle({ [name]: resolve(file) }, resolve('out/scripts'));
  return resolve('out/scripts', `${name}.js`);
};
