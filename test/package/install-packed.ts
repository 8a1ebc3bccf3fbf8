import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** An empty folder with the packed package installed in its `node_modules`. */
    readonly consumer: string;
    /** Ids of the instruments in the package. */
    readonly instruments: readonly string[];
    readonly pathways: readonly string[];
  }
}

const idsIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.js'))
        .map((file) => file.slice(0, -'.js'.length))
    : [];

/**
 * Unpacks the tarball as an installer would, without a network: its dependencies, and nothing else of ours, are linked from
 * this repository.
 */
export default function install(project: TestProject): () => void {
  if (!existsSync('out/pack/caseness.tgz'))
    throw new Error("nothing is packed: run 'npm run build' and 'npm run test:package'");
  const consumer = mkdtempSync(join(tmpdir(), 'caseness-consumer-'));
  const home = join(consumer, 'node_modules/caseness');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', 'out/pack/caseness.tgz', '--strip-components=1', '-C', home]);
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(home, 'package.json'), 'utf8'),
  );
  for (const name of Object.keys(dependencies)) {
    const link = join(consumer, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', name), link);
  }
  project.provide('consumer', consumer);
  project.provide('instruments', idsIn(join(home, 'dist/instruments')));
  project.provide('pathways', idsIn(join(home, 'dist/pathways')));
  return () => rmSync(consumer, { recursive: true, force: true });
}
