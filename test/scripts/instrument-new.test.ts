import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { bundledScript } from '../support/bundled.js';

const folder = mkdtempSync(join(tmpdir(), 'caseness-new-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = await bundledScript('scripts/instrument-new.ts');

const start = (...wanted: readonly string[]) =>
  spawnSync(process.execPath, [script, ...wanted], { cwd: folder, encoding: 'utf8' });

describe('npm run instrument:new', () => {
  it('starts a definition and its cases, both proper YAML under the id', { timeout: 20_000 }, () => {
    expect(start('new-one', 'alcohol').status).toBe(0);
    const place = join(folder, 'instruments/alcohol/new-one');
    expect(readdirSync(place).sort()).toEqual(['cases.yaml', 'definition.yaml']);
    const read = (file: string) =>
      parseDocument(readFileSync(join(place, file), 'utf8'), { uniqueKeys: true });
    expect(read('definition.yaml').errors).toEqual([]);
    expect(read('definition.yaml').toJS()).toMatchObject({ id: 'new-one', domain: 'alcohol' });
    expect(read('cases.yaml').toJS()).toMatchObject({ instrument: 'new-one' });
  });

  it('asks for the name of the export where the id is no identifier', { timeout: 20_000 }, () => {
    expect(start('9at', 'cognition').stderr).toContain('name the export');
    expect(start('9at', 'cognition', 'nineAT').status).toBe(0);
    const text = readFileSync(join(folder, 'instruments/neurodivergence/9at/definition.yaml'), 'utf8');
    expect(text).toContain('export: nineAT');
  });

  it('overwrites nothing', { timeout: 20_000 }, () => {
    expect(start('new-one', 'drugs')).toMatchObject({
      status: 2,
      stderr: 'instruments/alcohol/new-one is there already\n',
    });
    expect(start('new-one').stderr).toBe('instruments/alcohol/new-one is there already\n');
  });

  it('asks for the domain by name, with those that there are', { timeout: 20_000 }, () => {
    const asked = start('newer');
    expect(asked.status).toBe(2);
    expect(asked.stderr).toMatch(
      /^say what newer screens for.* npm run instrument:new newer <domain>.*mental-health/,
    );
    expect(start('newer', 'alcohl').stderr).toMatch(/there is no domain 'alcohl'.* Did you mean 'alcohol'\?/);
    expect(start().stderr).toMatch(/^usage: .*mental-health/);
  });

  it('refuses an id that is no id and a domain that is none of ours', { timeout: 20_000 }, () => {
    expect(start('New_One', 'drugs').status).toBe(2);
    expect(start('../x', 'drugs').status).toBe(2);
    expect(start('another', 'elsewhere').stderr).toContain('mental-health');
    expect(readdirSync(join(folder, 'instruments'))).toEqual(['alcohol', 'neurodivergence']);
  });
});
