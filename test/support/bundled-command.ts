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

/**
 * The command as a module that Node runs as it stands, bundled from the source once for all tests of a process: a start of it
 * takes a seventh of the time that it takes through a loader of TypeScript.
 */
const make = async (): Promise<string> => {
  const folder = resolve('out/command');
  const generated = resolve('src/generated');
  const pathways = readdirSync(join(generated, 'pathways')).map((file) => parse(file).name);
  await build({
    entryPoints: [
      { in: resolve('src/cli/main.ts'), out: 'main' },
      ...pathways.map((id) => ({ in: join(generated, 'pathways', id), out: `pathways/${id}` })),
    ],
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
  // As in the package: the definitions stand beside the command.
  cpSync(join(generated, 'definitions'), join(folder, 'definitions'), { recursive: true });
  return join(folder, 'main.js');
};

const made = make();

/** The file to run with `node`. */
export const bundledCommand = (): Promise<string> => made;
