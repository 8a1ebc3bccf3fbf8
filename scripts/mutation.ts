/**
 * `npm run mutation`: changes the formula language, the engine and referral one small thing at a time and counts the changes that
 * the fast suites notice (Stryker). All of it takes about an hour on two cores, so `--part 2/24` takes one of twenty-four parts of about
 * the same size, and `--part commit` the one that the commit's hash picks: each push looks at another part, and can be repeated.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';

const parts = 24;

const files = ['src/formula', 'src/scoring', 'src/referral']
  .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, size: statSync(file).size }))
  .sort((one, other) => other.size - one.size || (one.file < other.file ? -1 : 1));

/** The files dealt out largest first, each to the part that has least. */
const dealt = (count: number): readonly (readonly string[])[] => {
  const hands = Array.from({ length: count }, () => ({ held: [] as string[], size: 0 }));
  for (const { file, size } of files) {
    const least = hands.reduce((best, hand) => (hand.size < best.size ? hand : best));
    least.held.push(file);
    least.size += size;
  }
  return hands.map(({ held }) => held);
};

const ofCommit = (): number =>
  1 +
  (Number.parseInt(execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).slice(0, 8), 16) % parts);

/** The files of the part asked for; `null` where that is no part. */
const chosen = (asked: string | undefined): readonly string[] | null => {
  if (asked === undefined) return files.map(({ file }) => file);
  const [, of = '', count = ''] = /^(\d+)\/(\d+)$/.exec(asked) ?? [];
  if (asked === 'commit') return dealt(parts)[ofCommit() - 1] ?? null;
  return of === '' ? null : (dealt(Math.max(1, Number(count)))[Number(of) - 1] ?? null);
};

const [flag, asked] = process.argv.slice(2);
const part = flag === undefined || flag === '--part' ? chosen(flag && (asked ?? '')) : null;
if (part === null) {
  console.error('usage: npm run mutation [-- --part 2/24 | --part commit]');
  process.exitCode = 2;
} else {
  console.log(`${part.length} of ${files.length} files: ${part.join(', ')}`);
  process.exitCode =
    spawnSync('stryker', ['run', '--mutate', part.join(',')], { stdio: 'inherit' }).status ?? 1;
}
