import { digestsOf, exportName, type LoadedDefinition } from '../../src/definition/index.js';
import { literal, textLiteral } from './literal.js';

const head = `// Made from instruments/ by \`npm run generate\`. Do not edit.
import type { Instrument } from '../instrument/instrument.js';

/** One instrument of the catalogue. */
export interface CatalogueEntry {
  /** Folder, subpath and address: \`caseness/instruments/<id>\`. */
  readonly id: string;
  /** Name of the export of that subpath. */
  readonly export: string;
  readonly title: string;
  readonly short: string;
  readonly domain: string;
  /** What it measures, and for whom. */
  readonly measures: string;
  /** \`refused\`: named, with the reason, and not shipped. */
  readonly status: 'shipped' | 'refused';
  /** \`checklist\`: an honest list that is not a validated instrument. */
  readonly class: 'validated' | 'checklist';
  /** What the owner of the wording allows; scoring ships no wording. */
  readonly licence: { readonly class: string; readonly holder: string; readonly terms: string };
  /** Whole minutes to fill in; \`null\` where not known. */
  readonly minutes: number | null;
  /** Items, those of every panel member counted; 0 where refused. */
  readonly items: number;
  readonly version: string;
  readonly digest: { readonly scoring: string; readonly document: string };
  /** Why it is refused and what would change that; \`null\` where it is shipped. */
  readonly refused: { readonly reason: string; readonly unlock: string } | null;
  /** Loads the instrument on demand; \`null\` where it is refused. */
  readonly load: (() => Promise<Instrument>) | null;
}
`;

const entryText = (loaded: LoadedDefinition): string => {
  const { definition } = loaded;
  const name = exportName(definition);
  const { class: licence, holder, terms } = definition.licence;
  const facts = {
    id: definition.id,
    export: name,
    title: definition.title,
    short: definition.short,
    domain: definition.domain,
    measures: definition.measures,
    status: loaded.status,
    class: definition.class ?? 'validated',
    licence: { class: licence, holder, terms },
    minutes: definition.minutes ?? null,
    items: loaded.status === 'shipped' ? loaded.program.items : 0,
    version: definition.version,
    digest: digestsOf(loaded),
    refused: loaded.status === 'refused' ? loaded.definition.refused : null,
  };
  const load =
    loaded.status === 'refused'
      ? 'null'
      : `() => import(${textLiteral(`./instruments/${definition.id}.js`)}).then((module) => module.${name})`;
  const lines = Object.entries(facts).map(
    ([key, value]) => `    ${key}: ${literal(value, '    ', key.length + 2)},\n`,
  );
  return `  {\n${lines.join('')}    load: ${load},\n  },\n`;
};

/** The made catalogue of all definitions, in order of id. */
export const catalogueModule = (all: readonly LoadedDefinition[]): string => `${head}
/** Every instrument, shipped or refused, in order of id. */
export const catalogue: readonly CatalogueEntry[] = [
${all.map(entryText).join('')}];
`;
