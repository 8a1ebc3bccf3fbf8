import { existsSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** A page's script, bundled from the built package as a front-end build does. */
const bundled = async (source: string): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: '.', loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    minify: true,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
};

describe('in a real browser', () => {
  let browser: Browser | undefined;

  beforeAll(async () => {
    if (!existsSync(executablePath))
      throw new Error(`no browser at ${executablePath}: install Chromium or set CHROMIUM`);
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** Loads a page with the script and gives what the script wrote into the page, and every error on the way. */
  const shown = async (script: string): Promise<{ text: string; errors: readonly string[] }> => {
    if (browser === undefined) throw new Error('no browser');
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.setContent(`<!doctype html><output></output><script type="module">${script}</script>`);
    await page.waitForFunction(`document.querySelector('output').textContent !== ''`, null, {
      timeout: 10_000,
    });
    const text = (await page.textContent('output')) ?? '';
    await page.close();
    return { text, errors };
  };

  it('scores a form from the bundle, without an error', async () => {
    const script = await bundled(`
      import { score } from './dist/index.js';
      import { phq9 } from './dist/instruments/phq-9.js';
      const scored = score(phq9, { q1: 2, q2: 2, q3: 3, q4: 2, q5: 1, q6: 2, q7: 1, q8: 0, q9: 1 });
      document.querySelector('output').textContent = scored.right.scores.total.value + ' of ' + scored.right.scores.total.of;
    `);
    expect(await shown(script)).toEqual({ text: '14 of 27', errors: [] });
  });

  it('loads every instrument there is', async () => {
    const ids = readdirSync('dist/instruments').filter((file) => file.endsWith('.js'));
    const script = await bundled(`
      ${ids.map((file, at) => `import * as module${at} from './dist/instruments/${file}';`).join('\n')}
      const all = [${ids.map((_, at) => `module${at}`).join(', ')}];
      document.querySelector('output').textContent = all.flatMap((module) => Object.values(module)).length;
    `);
    expect(await shown(script)).toEqual({ text: String(ids.length), errors: [] });
  });
});
