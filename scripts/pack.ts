/** Packs what `npm publish` would send into `out/pack/caseness.tgz`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';

rmSync('out/pack', { recursive: true, force: true });
mkdirSync('out/pack', { recursive: true });
const said: unknown = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', 'out/pack'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
);
const [first] = Array.isArray(said) ? said : [];
if (typeof first?.filename !== 'string') throw new Error('npm pack named no file');
renameSync(`out/pack/${first.filename}`, 'out/pack/caseness.tgz');
console.log(`out/pack/caseness.tgz: ${first.entryCount} files, ${Math.round(first.size / 1024)} kB packed`);
