import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);
const locked = Object.entries(packages).filter(([path]) => path !== '');
const shippedWith = locked.filter(([, { dev }]) => dev !== true);
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('the dependencies', () => {
  it('are pinned to one exact version each [H33]', () => {
    const asked = [manifest.dependencies, manifest.devDependencies, manifest.overrides].flatMap(
      Object.entries,
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(
      asked.filter(([, version]) => !/^(npm:[\w./@-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    ).toEqual([]);
  });

  it('are locked with a checksum each, and the lock names no host to fetch them from [H33]', () => {
    expect(locked.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))).toEqual([]);
    const foreign = locked.filter(([, { resolved }]) => resolved !== undefined);
    expect(foreign).toEqual([]);
  });

  it('that an adopter installs are those of the manifest and no others, without install scripts [H33]', () => {
    expect(shippedWith.map(([path]) => nameOf(path)).sort()).toEqual(
      Object.keys(manifest.dependencies).sort(),
    );
    expect(shippedWith.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
  });

  it('run nothing of ours when the package is installed [H33]', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(hooks.filter((hook) => hook in manifest.scripts)).toEqual([]);
  });

  it('stand in the third-party statement with version and licence [H33]', () => {
    const statement = readFileSync('docs/safety/third-party-component.md', 'utf8');
    for (const [path, { version, license }] of shippedWith)
      expect(statement).toContain(`| \`${nameOf(path)}\` | ${version} | ${license} |`);
  });
});
