import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runScreen } from '../../src/cli/screen-command.js';
import { type Form, type Person, recommend } from '../../src/referral/index.js';
import { realLibrary, root } from '../cli/real-instruments.js';
import { type TestFolder, testFolder, testTerminal } from '../cli/terminal.js';
import { frozen, marker, markerNumber, prototypesAreClean, saysNoAnswer, tries } from './claims.js';
import { corpus } from './corpus.js';
import { damagedFile, damageInPlace, treeOf } from './damaged-tree.js';
import { anyValue, made, recordOf } from './hostile-values.js';

const real = realLibrary();
const pathway = await real.pathway('england-probation');
const library = { ...real, pathway: async () => pathway };
const instruments = await Promise.all(
  ['phq-9', 'audit', 'must', 'assist-lite'].map((id) => real.instrument(id)),
);
const derive = await Promise.all(['audit-c', 'phq-2', 'fast'].map((id) => real.instrument(id)));

let folder: TestFolder;
beforeAll(() => {
  folder = testFolder();
});
afterAll(() => folder.remove());

const screen = async (content: string | Uint8Array, json: boolean) => {
  const terminal = testTerminal();
  const file = folder.write('session.json', content);
  const status = await runScreen(file, { json }, library, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};

/** An exit status and words; no stack, and no answer in them. */
const isAnswered = async (content: string | Uint8Array, json = false): Promise<void> => {
  const { status, out, err } = await screen(content, json);
  expect([0, 1, 2]).toContain(status);
  // A plan that could be made stands on standard output, its problems with it.
  expect(`${err}${out}`).not.toBe('');
  expect(err).not.toMatch(/\bat .*\.[jt]s/);
  for (const line of err.split('\n')) expect(line.length).toBeLessThan(2_000);
  saysNoAnswer(err);
  saysNoAnswer(out);
};

const example = JSON.parse(readFileSync(join(root, 'docs/examples/session.json'), 'utf8'));
delete example.directory;
delete example.area;
// Every answer is the marker, so that a message with any answer in it is found.
const marked = {
  ...example,
  person: { ...example.person, age: markerNumber, housing: marker },
  forms: example.forms.map((form: { answers: object }) => ({
    ...form,
    answers: Object.fromEntries(
      Object.keys(form.answers).map((id, at) => [id, at % 2 === 0 ? marker : markerNumber]),
    ),
  })),
};

describe('saved sessions', () => {
  it.each(corpus('sessions'))('$name: $why', async ({ bytes }) => {
    await isAnswered(bytes);
    await isAnswered(bytes, true);
    prototypesAreClean();
  });
});

describe('a session file, damaged by somebody who knows its shape', () => {
  it('ends in a plan or in placed problems, with no answer in them [H31]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(damagedFile([treeOf(example)]), damagedFile([treeOf(marked)], damageInPlace)),
        fc.boolean(),
        isAnswered,
      ),
      tries(100),
    );
    prototypesAreClean();
  });
});

describe('any value', () => {
  const facts = pathway.facts.map(({ id }) => id);
  const form = fc.record({
    instrument: fc.nat(instruments.length - 1),
    on: fc.oneof(fc.constantFrom('2026-11-23', '0000-00-00', '9999-12-31', '2026-02-30', ''), fc.string()),
    answers: fc.oneof(anyValue, recordOf(['q1', 'q2', 'q9', 'weight', 'cannabis.q1'], anyValue)),
    administered: anyValue,
  });

  it('as a person, as answers or as the day of the plan gives a plan, its problems without an answer [H25] [H31]', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyValue, recordOf(facts, anyValue)),
        fc.array(form, { maxLength: 4 }),
        fc.oneof(
          fc.constant('2026-11-23'),
          fc.string(),
          fc.constantFrom('9999-12-31', '0000-01-01', '__proto__'),
        ),
        (person, forms, asOf) => {
          const session = {
            asOf,
            derive,
            forms: forms.flatMap(({ instrument: at, on, answers, administered }): readonly Form[] => {
              const instrument = instruments[at];
              return instrument === undefined
                ? []
                : [
                    {
                      instrument,
                      on,
                      answers: frozen(made(answers)),
                      options: { administered: made(administered) as readonly string[] },
                    },
                  ];
            }),
          };
          // What a form on a screen, or a program without types, may hand over.
          const plan = recommend(pathway, session, frozen(made(person)) as Person);
          const named = /unknown-member|administered|not known here/;
          saysNoAnswer(plan.problems.filter(({ message }) => !named.test(message)));
          expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
          for (const { message, at } of plan.problems) {
            expect(message.length).toBeLessThan(20_000);
            expect(at.length).toBeLessThan(100);
          }
        },
      ),
      tries(60),
    );
    prototypesAreClean();
  });
});
