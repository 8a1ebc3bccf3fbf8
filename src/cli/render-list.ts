import type { CatalogueEntry } from '../generated/catalogue.js';
import { tableLines } from './text-layout.js';

/** One instrument in a few words. */
export interface ListEntry {
  readonly id: string;
  readonly short: string;
  readonly title: string;
  readonly domain: string;
  readonly measures: string;
  readonly version: string;
  readonly minutes: number | null;
  readonly licence: string;
  /** `refused`: named, with the reason, and not shipped. */
  readonly status: 'shipped' | 'refused';
  /** `checklist`: an honest list that is not a validated instrument. */
  readonly class: 'validated' | 'checklist';
  readonly reason: string | null;
  /** `scoring`: over whatever can move a result; `document`: over the whole definition. */
  readonly digest: { readonly scoring: string; readonly document: string };
}

export const listEntry = (entry: CatalogueEntry): ListEntry => ({
  id: entry.id,
  short: entry.short,
  title: entry.title,
  domain: entry.domain,
  measures: entry.measures,
  version: entry.version,
  minutes: entry.minutes,
  licence: entry.licence.class,
  status: entry.status,
  class: entry.class,
  reason: entry.refused?.reason ?? null,
  digest: { ...entry.digest },
});

/** Licences that the reader of a list should know of. */
const licenceNote = (entry: ListEntry): string =>
  ['unclear', 'non-commercial', 'permission', 'commercial', 'registration', 'no-derivatives'].includes(
    entry.licence,
  )
    ? ` [licence: ${entry.licence}]`
    : '';

const row = (entry: ListEntry): readonly string[] => [
  entry.id,
  entry.short,
  entry.minutes === null ? '' : `${entry.minutes} min`,
  `${entry.reason ?? entry.measures}${licenceNote(entry)}`,
];

/** Domains in the order of the definition language; one that is not here comes last. */
const ORDER: readonly string[] =
  'mental-health suicide alcohol drugs tobacco gambling neurodivergence brain-injury cognition functioning nutrition access'.split(
    ' ',
  );

const place = (domain: string): number => (ORDER.includes(domain) ? ORDER.indexOf(domain) : ORDER.length);

/** All instruments by domain; checklists that are not validated and refused instruments stand apart. */
export const listText = (entries: readonly ListEntry[]): string => {
  const blocks: string[] = [];
  const block = (title: string, rows: readonly ListEntry[]): void => {
    if (rows.length > 0) blocks.push([title, ...tableLines(rows.map(row), 2)].join('\n'));
  };
  const domains = [...new Set(entries.map((entry) => entry.domain))].sort((a, b) => place(a) - place(b));
  for (const domain of domains) {
    block(
      domain.toUpperCase().replaceAll('-', ' '),
      entries.filter(
        (entry) => entry.domain === domain && entry.status === 'shipped' && entry.class === 'validated',
      ),
    );
  }
  block(
    'NOT VALIDATED (checklists of our own, no instruments)',
    entries.filter((entry) => entry.status === 'shipped' && entry.class === 'checklist'),
  );
  block(
    'REFUSED (not shipped, with the reason)',
    entries.filter(({ status }) => status === 'refused'),
  );
  return `${blocks.join('\n\n')}\n`;
};
