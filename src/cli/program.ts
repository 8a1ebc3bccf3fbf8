import { Command, CommanderError } from 'commander';
import { isLeft } from 'fp-ts/Either';
import { ENGINE, type Instrument } from '../instrument/index.js';
import type { CheckOptions } from './check-command.js';
import type { DiffOptions } from './diff-command.js';
import type { ExplainOptions } from './explain-command.js';
import { type ExitStatus, type Failure, failureLine, statusOf, type Terminal } from './outcome.js';
import type { ScreenOptions } from './screen-command.js';

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

const fail = (terminal: Terminal, failures: readonly Failure[]): ExitStatus => {
  for (const failure of failures) terminal.errors.write(`caseness: ${failureLine(failure)}\n`);
  return statusOf(failures);
};

/** Loads the instrument, or says that there is none. */
const withInstrument = async (
  id: string,
  terminal: Terminal,
  run: (instrument: Instrument) => Promise<ExitStatus>,
): Promise<ExitStatus> => {
  const { instrumentNamed } = await import('./package-library.js');
  const instrument = await instrumentNamed(id);
  return isLeft(instrument) ? fail(terminal, [instrument.left]) : run(instrument.right);
};

const list = async (options: { readonly json?: boolean }, terminal: Terminal): Promise<ExitStatus> => {
  const { catalogue } = await import('../generated/catalogue.js');
  const { listEntry, listText } = await import('./render-list.js');
  const entries = catalogue.map(listEntry);
  terminal.output.write(options.json === true ? `${JSON.stringify(entries, null, 2)}\n` : listText(entries));
  return 0;
};

const show = async (
  id: string,
  options: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> => {
  const { definitionOf } = await import('./made-files.js');
  const { definitionText } = await import('./render-definition.js');
  const found = await definitionOf(id);
  if (isLeft(found)) return fail(terminal, [found.left]);
  terminal.output.write(
    options.json === true ? `${JSON.stringify(found.right, null, 2)}\n` : definitionText(found.right),
  );
  return 0;
};

const LIST_HELP = `
Example:
  caseness list --json

Reads what is installed with the package. Exit status: 0 done, 2 wrong usage.`;

const SHOW_HELP = `
Example:
  caseness show phq-9

Reads the definition that is installed with the package. Exit status: 0 done, 2 there is no such instrument or wrong usage.`;

const EXPLAIN_HELP = `
Examples:
  caseness explain phq-9 --answers '{"q1": 2, "q2": 1, "q9": 0}'
  caseness explain audit-c-us answers.json --sex female
  caseness explain assist-lite --answers '{"tobacco.q1": "yes"}' --administered substance.tobacco

Reads the JSON file that is named, or standard input. Exit status: 0 explained, 1 the answers have errors, 2 wrong usage.`;

const CHECK_HELP = `
Reads the file that is named and what stands beside it: of a definition cases.yaml, of a pathway cases.yaml and
scenarios.yaml. A directory is held against the services of its pathway.

Examples:
  caseness check instruments/mental-health/phq-9/definition.yaml
  caseness check england-probation
  caseness check our-services.yaml --pathway england-probation

Exit status: 0 sound, 1 problems (each with file, line and column) or a case that does not hold, 2 the file cannot be read
or wrong usage.`;

const SELF_TEST_HELP = `
Example:
  caseness self-test

Reads the installed package alone. Exit status: 0 sound, 1 something is not as it was made, 2 wrong usage.`;

const PROVE_HELP = `
Reads the file that is named and what stands beside it: of a definition cases.yaml, of a pathway cases.yaml and
scenarios.yaml.

Examples:
  caseness prove instruments/alcohol/audit/definition.yaml
  caseness prove phq-9 --verbose

Exit status: 0 every slip is noticed or changes nothing (or the definition is refused), 1 a slip is unnoticed, a case does not
hold or the file has problems, 2 the file cannot be read or wrong usage.`;

const SCORE_HELP = `
The table has a header row. An item stands in the column of its own name unless --map says otherwise.
Row numbers count as a spreadsheet does: the header is row 1.

The table is read twice. Where more than one in a hundred answered values of a column are no answer to
its item, or all fit a known shifted coding (1 to 4 for 0 to 3), nothing is scored: the message says what
fits, and --recode or --accept-column goes on. A row with an error goes to --rejects with its flags, and
the run goes on.

Example:
  caseness score phq-9 survey.csv --map q1=DPQ010,q2=DPQ020,… --missing 7:refused,9:not-known \\
    --id SEQN --where 'RIDAGEYR>=20' --context age=RIDAGEYR,sex=RIAGENDR:1=male:2=female \\
    --out scores.csv --rejects rejects.csv

Exit status: 0 every row scored, 1 the data has errors, 2 wrong usage.`;

const REPRODUCE_HELP = `
Example:
  caseness reproduce docs/examples/published/phq-2-fictional.yaml --data docs/examples/published

Exit status: 0 every figure comes out, 1 one does not or the file or the table has errors, 2 wrong usage.`;

const SCREEN_HELP = `
Reads the session, and the directory that it or --directory names.
Letters hold only what consent allows: to the GP everything where the person agrees to be referred, else what safety
asks for; to the person plain words and no score; to the navigator where to go, and no result.

Examples:
  caseness screen session.json --minutes 30
  caseness screen session.json --letter person --format html --out plan.html

Exit status: 0 done, 1 the session has errors or consent is missing, 2 wrong usage.`;

const DIFF_HELP = `
The figures are of complete forms, counted exactly where that can be done; what is too much to count is estimated from forms
drawn at random, with a 95 % interval. --data takes the table and the options of 'caseness score'; row numbers count as a
spreadsheet does, and no answer is ever shown.

Examples:
  caseness diff old/definition.yaml new/definition.yaml
  caseness diff old.yaml new.yaml --format md --check-version
  caseness diff old.yaml new.yaml --data survey.csv --map q1=DPQ010,q2=DPQ020,… --missing 7:refused,9:not-known

Exit status: 0 done; 1 a definition or the table has errors, with --fail-on-change where some verdict moves, with
--check-version where the version was not raised enough; 2 wrong usage.`;

/** The `caseness` command. Each subcommand loads only what it needs when it runs. */
const commandLine = (terminal: Terminal, done: (status: ExitStatus) => void): Command => {
  const program = new Command('caseness')
    .description(
      'Screening instruments: one reviewed definition, one meaning of its score, and referral recommendations.',
    )
    .version(ENGINE)
    .showSuggestionAfterError(true)
    .showHelpAfterError("('caseness --help' lists what there is)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.output.write(text),
      writeErr: (text) => terminal.errors.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'caseness: ')),
    });

  program
    .command('list')
    .description('the instruments, by domain')
    .option('--json', 'as JSON')
    .addHelpText('after', LIST_HELP)
    .action(async (options: { json?: boolean }) => done(await list(options, terminal)));

  program
    .command('show')
    .argument('<id>', 'an instrument, such as phq-9')
    .description(
      'one definition: items, scores, bands, cut-offs with evidence, flags, licence, open questions',
    )
    .option('--json', 'as JSON')
    .addHelpText('after', SHOW_HELP)
    .action(async (id: string, options: { json?: boolean }) => done(await show(id, options, terminal)));

  program
    .command('explain')
    .argument('<id>', 'an instrument, such as phq-9')
    .argument('[file]', 'answers by item, a JSON file, or - for standard input')
    .description('the working of one form, line by line')
    .option('--answers <json>', `answers by item, such as '{"q1": 2}'`)
    .option('--sex <sex>', 'female, male or unknown')
    .option('--age <years>', 'whole years')
    .option('--missing-rule <id>', 'a sourced missing rule of the instrument')
    .option('--administered <members>', 'members of a panel that were asked', collect)
    .option('--json', 'as JSON')
    .addHelpText('after', EXPLAIN_HELP)
    .action(async (id: string, file: string | undefined, options: ExplainOptions) => {
      const { runExplain } = await import('./explain-command.js');
      done(
        await withInstrument(id, terminal, (instrument) => runExplain(instrument, file, options, terminal)),
      );
    });

  program
    .command('score')
    .argument('<id>', 'an instrument, such as phq-9')
    .argument('<table>', 'a CSV or TSV file in UTF-8, or - for standard input')
    .description('scores every row of a table')
    .option('--map <pairs|file.json>', 'item=column pairs; item= where it was asked of nobody', collect)
    .option('--missing <codes>', 'codes that mean missing, such as 7,9 or 7:refused,9:not-known', collect)
    .option(
      '--recode <item:cell=code…>',
      'what the cells of an item mean, such as q1..q9:1=0:2=1:3=2:4=3',
      collect,
    )
    .option('--id <column>', 'the column that identifies a row; carried through')
    .option('--keep <columns>', 'columns carried through', collect)
    .option('--context <facts>', 'age=COLUMN,sex=COLUMN:1=male:2=female', collect)
    .option('--where <condition>', "score only rows such as 'RIDAGEYR>=20'; may be given again", collect)
    .option('--missing-rule <id>', 'a sourced missing rule of the instrument; off unless named')
    .option('--administered <members>', 'members of a panel that were asked in every row', collect)
    .option('--accept-column <items>', 'score this column although its values do not fit', collect)
    .option('--accept-ragged', 'go on where many rows have another number of cells; each goes to the rejects')
    .option('--on <day>', 'the day of every form, YYYY-MM-DD; carried into the results')
    .option('--on-column <column>', 'the column that gives the day of each form')
    .option('--delimiter <name>', 'comma, tab, semicolon or pipe; found out from the header otherwise')
    .option('--decimal-comma', 'numbers are written 36,9')
    .option('--format <format>', 'csv, ndjson or json', 'csv')
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write there, whole or not at all')
    .option('--rejects <file>', 'write rows that could not be scored there, with their flags')
    .option('--force', 'replace files that are there already')
    .addHelpText('after', SCORE_HELP)
    .action(async (id: string, table: string, given: Readonly<Record<string, never>>) => {
      const options = given['json'] === true ? { ...given, format: 'json' } : given;
      const { runScore } = await import('./score-command.js');
      const { licenceNoteOf } = await import('./package-library.js');
      const notes = [licenceNoteOf(id)].filter((note) => note !== '');
      done(
        await withInstrument(id, terminal, (instrument) =>
          runScore(instrument, table, options, terminal, notes),
        ),
      );
    });

  program
    .command('screen')
    .argument('<session>', 'a session, a JSON file')
    .description('the plan for one person: what to do, how soon and why, what to ask, what comes next')
    .option('--directory <file>', 'who answers for which service, a JSON file')
    .option('--minutes <minutes>', 'what fits into an appointment of this length')
    .option('--full', 'every question and every line of every score')
    .option('--letter <reader>', 'a letter instead of the plan: gp, person or navigator')
    .option('--format <format>', 'of a letter: md or html; of the plan: text or html')
    .option('--out <file>', 'write there, whole or not at all')
    .option('--force', 'replace a file that is there already')
    .option('--json', 'the whole plan as JSON')
    .addHelpText('after', SCREEN_HELP)
    .action(async (file: string, options: ScreenOptions) => {
      const { runScreen } = await import('./screen-command.js');
      const { instrumentIds, knownInstrument, licenceNoteOf } = await import('./package-library.js');
      const { pathwayIds, pathwayNamed } = await import('./made-files.js');
      const library = {
        instrumentIds,
        pathwayIds: await pathwayIds(),
        instrument: knownInstrument,
        pathway: pathwayNamed,
        licenceNote: licenceNoteOf,
      };
      done(await runScreen(file, options, library, terminal));
    });

  program
    .command('check')
    .argument(
      '<file>',
      'a definition.yaml or pathway.yaml (or an id where the folder instruments/ is), or a directory of services',
    )
    .description('loads and lints a definition, a pathway or a directory, and runs the cases beside it')
    .option(
      '--pathway <id>',
      'of a directory: the pathway whose services it maps (england-probation otherwise)',
    )
    .option('--json', 'as JSON')
    .addHelpText('after', CHECK_HELP)
    .action(async (file: string, options: CheckOptions) => {
      const { runCheck } = await import('./check-command.js');
      const { instrumentIds, knownInstrument } = await import('./package-library.js');
      const { pathwayIds, pathwayNamed } = await import('./made-files.js');
      const library = {
        catalogue: () => Promise.all(instrumentIds.map(knownInstrument)),
        pathwayIds: await pathwayIds(),
        pathway: pathwayNamed,
      };
      done(await runCheck(file, options, terminal, library));
    });

  program
    .command('self-test')
    .description(
      'runs every case of the installed package, computes every digest again, and holds every instrument against its definition',
    )
    .option('--json', 'as JSON')
    .addHelpText('after', SELF_TEST_HELP)
    .action(async (options: { json?: boolean }) => {
      const { selfTest } = await import('../self-test.js');
      const { runSelfTest } = await import('./self-test-command.js');
      done(await runSelfTest(options.json === true, selfTest, terminal));
    });

  program
    .command('reproduce')
    .argument('<result>', 'a published result, a YAML file')
    .description('what a table gives of figures that were published from it, each to its last printed digit')
    .requiredOption('--data <folder|file>', 'the table, or the folder in which it stands')
    .option('--json', 'as JSON')
    .addHelpText('after', REPRODUCE_HELP)
    .action(async (file: string, options: { data: string; json?: boolean }) => {
      const { runReproduce } = await import('./reproduce-command.js');
      const { instrumentIds, instrumentNamed } = await import('./package-library.js');
      const find = async (id: string): Promise<Instrument | null> => {
        const found = await instrumentNamed(id);
        return isLeft(found) ? null : found.right;
      };
      done(await runReproduce(file, options, { ids: instrumentIds, find }, terminal));
    });

  program
    .command('prove')
    .argument('<definition>', 'a definition.yaml, or a pathway.yaml')
    .description(
      'makes every single slip in a definition or a pathway and lists those that neither the loader nor the cases beside it notice',
    )
    .option('--verbose', 'also the edits that change nothing, each with the proof')
    .option('--json', 'as JSON')
    .addHelpText('after', PROVE_HELP)
    .action(async (file: string, options: { json?: boolean; verbose?: boolean }) => {
      const { runProve } = await import('./prove-command.js');
      const { instrumentIds, knownInstrument } = await import('./package-library.js');
      done(await runProve(file, options, terminal, () => Promise.all(instrumentIds.map(knownInstrument))));
    });

  program
    .command('diff')
    .argument('<old>', 'a definition.yaml')
    .argument('<new>', 'the same definition, edited')
    .description('what an edit of a definition changes, and which forms, rules and people it moves')
    .option(
      '--pathway <id>',
      "whose rules are held against the edit, or 'none' (england-probation otherwise)",
    )
    .option('--data <table>', 'a CSV or TSV file of people, or - for standard input')
    .option('--rows <count>', 'row numbers shown for each move (10 otherwise)')
    .option('--map <pairs|file.json>', 'with --data, as in score', collect)
    .option('--missing <codes>', 'with --data, as in score', collect)
    .option('--recode <item:cell=code…>', 'with --data, as in score', collect)
    .option('--context <facts>', 'with --data, as in score', collect)
    .option('--where <condition>', 'with --data, as in score', collect)
    .option('--missing-rule <id>', 'with --data, as in score')
    .option('--administered <members>', 'with --data, as in score', collect)
    .option('--accept-column <items>', 'with --data, as in score', collect)
    .option('--accept-ragged', 'with --data, as in score')
    .option('--delimiter <name>', 'with --data, as in score')
    .option('--decimal-comma', 'with --data, as in score')
    .option('--sample <count>', 'forms drawn where they cannot be counted (20000 otherwise)')
    .option('--partial <count>', 'forms with missing answers drawn (2000 otherwise; 0 draws none)')
    .option('--seed <number>', 'where the drawing starts (1 otherwise)')
    .option('--format <format>', 'text, md or json', 'text')
    .option('--json', 'as JSON')
    .option(
      '--fail-on-change',
      'exit status 1 where some verdict moves, or it cannot be shown that none does',
    )
    .option('--check-version', 'exit status 1 where the version was not raised enough')
    .addHelpText('after', DIFF_HELP)
    .action(async (old: string, next: string, options: DiffOptions) => {
      const { runDiff } = await import('./diff-command.js');
      const { pathwayIds, pathwayNamed } = await import('./made-files.js');
      done(await runDiff(old, next, options, { ids: pathwayIds, named: pathwayNamed }, terminal));
    });
  for (const command of program.commands)
    command.showHelpAfterError(`('caseness ${command.name()} --help' lists what there is)`);
  return program;
};

/** Runs one command line (without the names of Node and the script). Never throws on what a user gives. */
export const runCaseness = async (args: readonly string[], terminal: Terminal): Promise<ExitStatus> => {
  let status: ExitStatus = 0;
  const program = commandLine(terminal, (given) => {
    status = given;
  });
  try {
    if (args.length === 0) {
      program.outputHelp();
      return 2;
    }
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    // Help and version end the run by an error of their own, with exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
};
