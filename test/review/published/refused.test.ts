import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { loadPublishedResult } from '../../../src/review/published/load.js';
import { root } from '../../cli/real-instruments.js';
import { sources } from './fictional-study.js';

const folder = join(root, 'test/published/refused');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const good = readFileSync(join(root, 'docs/examples/published/phq-2-fictional.yaml'), 'utf8');
const problemsOf = async (text: string | Uint8Array) => {
  const loaded = await loadPublishedResult(text, 'phq-2-fictional.yaml', sources);
  return isLeft(loaded) ? loaded.left : [];
};

describe('each refused file of a published result', () => {
  it('differs from one that is accepted', async () => {
    expect(await problemsOf(good)).toEqual([]);
    expect(files.length).toBeGreaterThan(25);
  });

  it.each(files)('%s is refused for what it says, there and nowhere else', async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const expected = /^# expects (\S+ at \d+:\d+)$/m.exec(text)?.[1];
    const found = await problemsOf(text);
    expect(found.map(({ code, line, col }) => `${code} at ${line}:${col}`)).toEqual([expected]);
    expect(found[0]?.message.length).toBeGreaterThan(15);
  });
});

describe('a published result', () => {
  it('says which name was probably meant', async () => {
    expect((await problemsOf(good.replace('depression-3', 'depresion-3')))[0]?.didYouMean).toBe(
      'depression-3',
    );
    expect((await problemsOf(good.replace('instrument: phq-2', 'instrument: phq2')))[0]?.didYouMean).toBe(
      'phq-2',
    );
  });

  it('has no alpha of a score that is no sum of items', async () => {
    const text = good
      .replace('instrument: phq-2', 'instrument: must')
      .replace(/^columns:.*\n/m, '')
      .replace(/figures:[\s\S]*?sources:/, (block) =>
        block.replace(/^ {2}- (?!.*alpha).*\n/gm, '').replace('{ score: total }', '{ score: bmi-part }'),
      );
    expect((await problemsOf(text)).map(({ code }) => code)).toContain('not-a-sum');
  });

  it('is refused with a place and never with a throw, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.string({ maxLength: 100 }),
          fc
            .tuple(fc.nat(good.length), fc.nat(20), fc.string({ maxLength: 8 }))
            .map(([at, long, put]) => good.slice(0, at) + put + good.slice(at + long)),
        ),
        async (input) => {
          for (const { line, col, message } of await problemsOf(input)) {
            expect(line).toBeGreaterThan(0);
            expect(col).toBeGreaterThan(0);
            expect(message).not.toBe('');
          }
        },
      ),
    );
  });
});
