/**
 * Writes the generated documents, or with `--check` says which of them are not what they should be:
 * `docs/instruments.md`, the table of every instrument, from the definitions.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What the table reads of a full definition. */
interface Definition {
  readonly id: string;
  readonly short: string;
  readonly title: string;
  readonly domain: string;
  readonly status?: string;
  readonly measures?: string;
  readonly respondent?: readonly string[];
  readonly minutes?: number;
  readonly licence?: { readonly class: string; readonly confidence: string };
  readonly refused?: { readonly reason: string };
}

const folder = 'src/generated/definitions';
const target = 'docs/instruments.md';

const definitions: readonly Definition[] = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.json'))
  .map((file): Definition => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')))
  .sort((one, other) => (one.id < other.id ? -1 : 1));

const cell = (text: string | number | undefined): string =>
  text === undefined ? '' : String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

const row = (cells: readonly (string | number | undefined)[]): string => `| ${cells.map(cell).join(' | ')} |`;

const domains = [...new Set(definitions.map(({ domain }) => domain))].sort();
const shippedIn = (domain: string): readonly Definition[] =>
  definitions.filter((one) => one.domain === domain && one.status !== 'refused');
const refused = definitions.filter(({ status }) => status === 'refused');

const page = [
  '# Instruments',
  '',
  '<!-- Made by `npm run docs` from the definitions; not edited by hand. -->',
  '',
  'No validated wording is shipped: each instrument belongs to its owner, whose terms are in its definition.',
  ...domains
    .filter((domain) => shippedIn(domain).length > 0)
    .flatMap((domain) => [
      '',
      `## ${domain}`,
      '',
      row(['id', 'name', 'what it measures', 'filled in by', 'minutes', 'licence']),
      row(Array.from({ length: 6 }, () => '---')),
      ...shippedIn(domain).map(({ id, short, title, measures, respondent, minutes, licence }) =>
        row([
          `\`${id}\``,
          `${short}: ${title}`,
          measures,
          respondent?.join(', '),
          minutes,
          licence === undefined ? undefined : `${licence.class} (${licence.confidence})`,
        ]),
      ),
    ]),
  ...(refused.length === 0
    ? []
    : [
        '',
        '## Not shipped, and why',
        '',
        row(['id', 'name', 'reason']),
        row(['---', '---', '---']),
        ...refused.map(({ id, title, refused: why }) => row([`\`${id}\``, title, why?.reason])),
      ]),
  '',
].join('\n');

if (!process.argv.includes('--check')) {
  writeFileSync(target, page);
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== page) {
  console.error(`${target} is not what the definitions say: run 'npm run docs' and commit the result`);
  process.exitCode = 1;
}
