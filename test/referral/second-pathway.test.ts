import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { letterFor, type Pathway, recommend } from '../../src/referral/index.js';
import { realLibrary, root } from '../cli/real-instruments.js';

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );

let england: Pathway;
let example: Pathway;
const library = realLibrary();
beforeAll(async () => {
  england = await library.pathway('england-probation');
  example = await library.pathway('primary-care-example');
});

/** Text without comments: an example in a comment names what it likes. */
const code = (file: string): string =>
  readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '');

describe('a pathway is data', () => {
  it('names no instrument, service, fact or rule of England in the code that runs it', () => {
    const files = [
      ...sources(join(root, 'src/referral')),
      join(root, 'src/cli/screen-command.ts'),
      join(root, 'src/cli/render-plan.ts'),
      join(root, 'src/cli/render-letter.ts'),
    ];
    // What the engine itself knows: facts of scoring, and words that are not only ids.
    const words = ['age', 'sex', 'gp', 'housing', 'emergency', 'birth', 'trauma', 'gambling', 'maternity'];
    const ids = [
      ...Object.keys(england.services),
      ...england.facts.map(({ id }) => id),
      ...england.rules.map(({ id }) => id),
      ...library.instrumentIds,
    ].filter((id) => !words.includes(id));
    for (const file of files) {
      const quoted = new Set(
        code(file)
          .match(/(['"`])[\w.-]+\1/g)
          ?.map((each) => each.slice(1, -1)),
      );
      expect([file, ids.filter((id) => quoted.has(id))]).toEqual([file, []]);
    }
    expect(files.length).toBeGreaterThan(20);
  });

  it('has other services, other facts, other names and days for its urgencies, and fewer letters', () => {
    expect(Object.keys(example.services).filter((id) => id in england.services)).toEqual([]);
    const facts = england.facts.map(({ id }) => id);
    expect(example.facts.filter(({ id }) => facts.includes(id))).toEqual([]);
    expect(example.urgencies.urgent).toEqual({
      label: '72 HOURS',
      target: 'within three days',
      plain: 'in three days',
      review: 'P3D',
    });
    const phq9 = { instrument: 'phq-9' };
    expect(phq9.instrument in example.instruments).toBe(true);
    const plan = recommend(example, { asOf: '2026-11-24', forms: [] }, { accepts: true });
    expect(letterFor(plan, example, 'navigator')).toMatchObject({ left: { code: 'no-recipient' } });
  });

  it('gives another plan for the same form', async () => {
    const forms = [
      {
        instrument: await library.instrument('phq-9'),
        on: '2026-11-24',
        answers: { q1: 0, q2: 0, q3: 0, q4: 0, q5: 0, q6: 0, q7: 0, q8: 0, q9: 1 },
      },
    ];
    const urgency = (pathway: Pathway) => recommend(pathway, { asOf: '2026-11-24', forms }, {}).urgency;
    expect([urgency(england), urgency(example)]).toEqual(['same-day', 'emergency']);
  });
});
