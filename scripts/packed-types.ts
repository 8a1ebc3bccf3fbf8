/**
 * Are the types right for every way of importing the packed package? Runs attw on `out/pack/caseness.tgz` with every made
 * subpath written out, since attw does not open wildcard exports by itself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const made = (folder: string): readonly string[] =>
  existsSync(`dist/${folder}`)
    ? readdirSync(`dist/${folder}`)
        .filter((file) => file.endsWith('.d.ts'))
        .map((file) => `${folder}/${file.slice(0, -'.d.ts'.length)}`)
    : [];

const entries = ['.', 'referral', 'definition', 'catalogue', ...made('instruments'), ...made('pathways')];
const { status } = spawnSync(
  'attw',
  [
    'out/pack/caseness.tgz',
    '--format',
    'ascii',
    '--no-emoji',
    '--no-color',
    // Node 10 knows no `exports`; the package needs Node 20.
    '--profile',
    'node16',
    '--entrypoints',
    ...entries,
  ],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
