import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExplain } from '../../src/cli/explain-command.js';
import { runScore } from '../../src/cli/score-command.js';
import { runScreen } from '../../src/cli/screen-command.js';
import { loadCases, loadDefinition } from '../../src/definition/index.js';
import { loadDirectory, loadPathway } from '../../src/referral/definition/index.js';
import { realInstrument, root } from '../cli/real-instruments.js';
import { testTerminal } from '../cli/terminal.js';

/**
 * Run by commands.test.ts in a process of its own, whose built-in prototypes are frozen once everything is imported: whoever
 * writes to one throws. Prints one line of JSON for each thing done.
 */
const instruments = ['must', 'phq-2', 'phq-9', 'who-5'].map(realInstrument);
const [, , phq9] = instruments;
const id = 'primary-care-example';
const file = join(root, 'instruments/pathways', id, 'pathway.yaml');
const loaded = loadPathway(readFileSync(file), file, instruments);
if (phq9 === undefined || loaded._tag === 'Left') throw new Error(`${id} cannot be read`);
const pathway = loaded.right;
const library = {
  instrumentIds: instruments.map((one) => one.id),
  pathwayIds: [id],
  licenceNote: () => '',
  instrument: async (name: string) => instruments.find((one) => one.id === name) ?? phq9,
  pathway: async () => pathway,
};
const folder = mkdtempSync(join(tmpdir(), 'caseness-hostile-'));

// Not that of errors: zod gives its own errors a name by assignment, which a frozen name above forbids.
for (const { prototype } of [
  Object,
  Array,
  Function,
  String,
  Number,
  Boolean,
  RegExp,
  Date,
  Map,
  Set,
  Promise,
])
  Object.freeze(prototype);

const said = (name: string, outcome: unknown): void => {
  process.stdout.write(`${JSON.stringify({ name, outcome })}\n`);
};
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const poison = '"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}';

try {
  const session = written(
    's.json',
    `{"as-of": "2026-11-23", "pathway": "primary-care-example", "person": {"years": 40},
      "forms": [{"instrument": "phq-9", "on": "2026-11-23", "answers": {"q9": 1, ${poison}}}]}`,
  );
  said('session', await runScreen(session, { json: true }, library, testTerminal()));
  said('answers', await runExplain(phq9, written('a.json', `{"q9": 1, ${poison}}`), {}, testTerminal()));
  const items = Array.from({ length: 9 }, (_, at) => `q${at + 1}`);
  const table = written(
    't.csv',
    `__proto__,constructor,${items.join()}\nx,y,${items.map(() => '0').join()}\n`,
  );
  said(
    'table',
    await runScore(phq9, table, { keep: ['__proto__,constructor'], format: 'json' }, testTerminal()),
  );
  const definition = readFileSync(join(root, 'instruments/alcohol/audit/definition.yaml'), 'utf8');
  said('definition', loadDefinition(definition, 'definition.yaml')._tag);
  said(
    'poisoned definition',
    loadDefinition(`${definition}\n__proto__: { polluted: 1 }\n`, 'definition.yaml')._tag,
  );
  said('poisoned cases', loadCases(`{"instrument": "phq-9", ${poison}}`, 'cases.yaml')._tag);
  said('poisoned pathway', loadPathway(`{"id": "x", ${poison}}`, 'pathway.yaml', [phq9])._tag);
  said('poisoned directory', loadDirectory(`{"id": "x", "areas": {${poison}}}`, 'd.json', pathway)._tag);
  said('polluted', 'polluted' in {});
} finally {
  rmSync(folder, { recursive: true, force: true });
}
