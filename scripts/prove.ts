/**
 * `npm run prove`: makes every single slip in every definition and every pathway of `instruments/` and asks whether the loader or
 * an independent case notices. One line for each, then whatever nothing noticed; `-- --verbose` adds the edits that mean the same,
 * with the proof. Names of instruments or pathways limit the run. Exit status 1 if anything is unnoticed, or if the figures in
 * `docs/proof.md` and the README are not those of this run; `-- --write` puts them there.
 */
import { fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { proveFile, proveText } from '../src/cli/prove-command.js';
import type { ProveReport } from '../src/cli/prove-report.js';
import { instrumentFromYaml } from '../src/definition/index.js';
import type { Instrument } from '../src/instrument/index.js';
import { counted } from './readme-figure.js';

const self = fileURLToPath(import.meta.url);

/** The instruments that pathways name, from their definitions; a refused one is no instrument. */
const shippedInstruments = async (): Promise<readonly Instrument[]> =>
  definitionFiles([]).flatMap((file) => {
    const loaded = instrumentFromYaml(readFileSync(file), file);
    return loaded._tag === 'Right' ? [loaded.right] : [];
  });

/** Proves the definitions that the parent names, one after the other. */
const work = (send: (report: ProveReport) => void): void => {
  process.on('message', async (file) => {
    send(await proveFile(String(file), shippedInstruments));
  });
};

/** Hands the definitions to as many processes as there are cores, the next to whichever is free. */
const proveAll = async (files: readonly string[]): Promise<readonly ProveReport[]> => {
  const reports = new Map<string, ProveReport>();
  const waiting = [...files];
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(self);
      const next = (): void => {
        const file = waiting.shift();
        if (file === undefined) child.disconnect();
        else child.send(file);
      };
      child.on('message', (report: ProveReport) => {
        reports.set(report.file, report);
        next();
      });
      child.on('error', reject);
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
      next();
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), files.length) }, one));
  return files.flatMap((file) => reports.get(file) ?? []);
};

const definitionFiles = (ids: readonly string[]): readonly string[] =>
  readdirSync('instruments')
    .filter((domain) => domain !== 'pathways')
    .flatMap((domain) =>
      readdirSync(join('instruments', domain))
        .filter((id) => ids.length === 0 || ids.includes(id))
        .map((id) => join('instruments', domain, id, 'definition.yaml')),
    )
    .filter((file) => existsSync(file));

/** The pathways: more work than any instrument, so they are begun first. */
const pathwayFiles = (ids: readonly string[]): readonly string[] =>
  readdirSync('instruments/pathways')
    .filter((id) => ids.length === 0 || ids.includes(id))
    .map((id) => join('instruments/pathways', id, 'pathway.yaml'));

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? String(cell).padEnd(24) : String(cell).padStart(10))).join('');

/** What `docs/proof.md` says of a whole run: one row for all definitions, one for each pathway. */
const figures = (reports: readonly ProveReport[], pathways: readonly string[]): string => {
  const rowOf = (name: string, of: readonly ProveReport[]): string => {
    const edits = of.flatMap((report) => report.edits ?? []);
    const sum = (count: (edit: (typeof edits)[number]) => number): string =>
      counted(edits.reduce((total, edit) => total + count(edit), 0));
    const cells = [
      name,
      sum(({ tried }) => tried),
      sum(({ byLoader }) => byLoader),
      sum(({ byCase }) => byCase),
      sum(({ byFact }) => byFact),
      sum(({ equivalent }) => equivalent.length),
      sum(({ unnoticed }) => unnoticed.length),
    ];
    return `| ${cells.join(' | ')} |`;
  };
  const isPathway = ({ file }: ProveReport): boolean => pathways.includes(file);
  const definitions = reports.filter((report) => !isPathway(report) && report.edits !== null);
  return [
    '| | slips | refused by the loader | noticed by a case | by a second entry | shown to change nothing | unnoticed |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    rowOf(`${definitions.length} instruments`, definitions),
    ...reports.filter(isPathway).map((report) => rowOf(`pathway \`${report.id}\``, [report])),
  ].join('\n');
};

/** A document that states figures of a whole run, and where. */
interface Stated {
  readonly file: string;
  readonly where: RegExp;
  readonly said: string;
}

const stated = (reports: readonly ProveReport[], pathways: readonly string[]): readonly Stated[] => {
  const edited = reports.flatMap(({ edits }) => edits ?? []);
  const slips = counted(edited.reduce((sum, { tried }) => sum + tried, 0));
  const unnoticed = edited.reduce((sum, one) => sum + one.unnoticed.length, 0);
  const definitions = edited.length - pathways.length;
  return [
    {
      file: 'docs/proof.md',
      where: /<!-- figures -->[\s\S]*<!-- \/figures -->/,
      said: `<!-- figures -->\n\n${figures(reports, pathways)}\n\n<!-- /figures -->`,
    },
    {
      file: 'README.md',
      where: /\d+ instruments and \d+ pathways, [\d,]+ slips, \w+ unnoticed/,
      said: `${definitions} instruments and ${pathways.length} pathways, ${slips} slips, ${unnoticed === 0 ? 'none' : unnoticed} unnoticed`,
    },
  ];
};

/** Whether a document says the figures of this run; with `write` they are put there. */
const saysSo = ({ file, where, said }: Stated, write: boolean): boolean => {
  const before = readFileSync(file, 'utf8');
  if (where.exec(before)?.[0] === said) return true;
  if (write && where.test(before)) {
    writeFileSync(
      file,
      before.replace(where, () => said),
    );
    return true;
  }
  console.log(`the figures in ${file} are not these: run 'npm run prove -- --write' and commit the result`);
  return false;
};

const main = async (args: readonly string[]): Promise<number> => {
  const verbose = args.includes('--verbose');
  const ids = args.filter((arg) => !arg.startsWith('-'));
  const pathways = pathwayFiles(ids);
  const files = [...pathways, ...definitionFiles(ids)];
  const began = performance.now();
  const reports = await proveAll(files);
  const edited = reports.flatMap(({ edits }) => edits ?? []);
  const sum = (of: (edits: (typeof edited)[number]) => number) =>
    edited.reduce((total, one) => total + of(one), 0);

  console.log(row(['', 'edits', 'loader', 'case', 'entry', 'the same', 'unnoticed']));
  for (const { id, edits } of reports) {
    if (edits === null || id === null) continue;
    const { tried, byLoader, byCase, byFact, equivalent, unnoticed } = edits;
    console.log(row([id, tried, byLoader, byCase, byFact, equivalent.length, unnoticed.length]));
  }
  const bad = reports.filter(({ status }) => status === 'unguarded' || status === 'problems');
  const shown = verbose ? reports.filter(({ edits }) => edits !== null) : bad;
  if (shown.length > 0) console.log(`\n${shown.map((report) => proveText(report, verbose)).join('')}`);
  const unnoticed = sum((edits) => edits.unnoticed.length);
  const provedPathways = reports.filter(
    ({ file, edits }) => pathways.includes(file) && edits !== null,
  ).length;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `\n${edited.length - provedPathways} definitions and ${provedPathways} pathways, ${sum(({ tried }) => tried)} edits: ${sum(({ byLoader }) => byLoader)} refused by the loader, ` +
      `${sum(({ byCase }) => byCase)} noticed by a case, ${sum(({ byFact }) => byFact)} by a second entry, ${sum((edits) => edits.equivalent.length)} proved to mean the same, ` +
      `${unnoticed} unnoticed (${seconds} s)`,
  );
  const write = args.includes('--write');
  const said = ids.length > 0 || stated(reports, pathways).filter((one) => !saysSo(one, write)).length === 0;
  return bad.length === 0 && reports.length > 0 && said ? 0 : 1;
};

if (process.send === undefined) process.exitCode = await main(process.argv.slice(2));
else work((report) => process.send?.(report));
