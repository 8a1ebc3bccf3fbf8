/**
 * Writes the documents that are made from the definitions, or with `--check` says which of them are not what they should be:
 * `docs/instruments.md` (the table of every instrument) and a review sheet for each, `docs/instruments/<id>.md`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestsOf, formatProblem, type LoadedDefinition } from '../src/definition/index.js';
import { sheet } from '../src/review/sheet.js';
import { readDefinitions } from './generate/definitions.js';

const index = 'docs/instruments.md';
const folder = 'docs/instruments';

const cell = (text: string | number | undefined): string =>
  text === undefined ? '' : String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

const row = (cells: readonly (string | number | undefined)[]): string => `| ${cells.map(cell).join(' | ')} |`;

const indexPage = (definitions: readonly LoadedDefinition[]): string => {
  const shipped = definitions.flatMap((one) => (one.status === 'shipped' ? [one.definition] : []));
  const refused = definitions.flatMap((one) => (one.status === 'refused' ? [one.definition] : []));
  const domains = [...new Set(shipped.map(({ domain }) => domain))].sort();
  return [
    '# Instruments',
    '',
    '<!-- Made by `npm run docs` from the definitions; not edited by hand. -->',
    '',
    'No validated wording is shipped: each instrument belongs to its owner, whose terms are in its definition. The id leads to its review sheet.',
    ...domains.flatMap((domain) => [
      '',
      `## ${domain}`,
      '',
      row(['id', 'name', 'what it measures', 'filled in by', 'minutes', 'licence']),
      row(Array.from({ length: 6 }, () => '---')),
      ...shipped
        .filter((one) => one.domain === domain)
        .map(({ id, short, title, measures, respondent, minutes, licence, class: kind }) =>
          row([
            `[\`${id}\`](instruments/${id}.md)`,
            `${short}: ${title}${kind === 'checklist' ? ' (a checklist, not validated)' : ''}`,
            measures,
            respondent.join(', '),
            minutes,
            `${licence.class} (${licence.confidence})`,
          ]),
        ),
    ]),
    ...(refused.length === 0
      ? []
      : [
          '',
          '## Not scored, and why',
          '',
          row(['id', 'name', 'reason', 'what would change that']),
          row(['---', '---', '---', '---']),
          ...refused.map(({ id, title, refused: why }) =>
            row([`[\`${id}\`](instruments/${id}.md)`, title, why.reason, why.unlock]),
          ),
        ]),
    '',
  ].join('\n');
};

const { loaded, problems } = readDefinitions('instruments');
if (problems.length > 0) {
  console.error(problems.map(formatProblem).join('\n'));
  process.exit(1);
}

const pages = new Map<string, string>([
  [index, indexPage(loaded)],
  ...loaded.map(
    (one) => [join(folder, `${one.definition.id}.md`), sheet(one, { digest: digestsOf(one) })] as const,
  ),
]);
const stale = (existsSync(folder) ? readdirSync(folder) : [])
  .map((file) => join(folder, file))
  .filter((file) => !pages.has(file));
const changed = [...pages].filter(([file, page]) => !existsSync(file) || readFileSync(file, 'utf8') !== page);

if (process.argv.includes('--check')) {
  for (const file of [...changed.map(([name]) => name), ...stale]) {
    console.error(`${file} is not what the definitions say: run 'npm run docs' and commit the result`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(folder, { recursive: true });
  for (const [file, page] of changed) writeFileSync(file, page);
  for (const file of stale) rmSync(file);
}
