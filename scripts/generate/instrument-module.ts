import { exportName, type LoadedInstrument, toInstrument } from '../../src/definition/index.js';
import type { Program, Variable } from '../../src/instrument/program.js';
import { keyText, literal, textLiteral } from './literal.js';

const union = (words: readonly string[]): string => {
  if (words.length === 0) return 'never';
  const literals = [...new Set(words)].map(textLiteral);
  const line = literals.join(' | ');
  return line.length <= 90 ? line : literals.map((one) => `\n    | ${one}`).join('');
};

const answerType = (variable: Variable): string => {
  switch (variable.kind) {
    case 'choice':
      return union([...variable.codes, ...Object.keys(variable.missing ?? {})]);
    case 'number':
      return 'number';
    case 'text':
      return 'string';
  }
};

const mapping = (entries: readonly (readonly [string, string])[]): string =>
  entries.length === 0
    ? 'Record<never, never>'
    : `{\n${entries.map(([key, type]) => `    ${keyText(key)}: ${type};\n`).join('')}  }`;

const ids = (entries: readonly { readonly id: string }[]): readonly string[] => entries.map(({ id }) => id);

/** The type of an instrument, with its ids as literals. */
const shapeText = (program: Program): string => {
  const items = program.variables.slice(0, program.items);
  const context = program.variables.slice(program.items);
  const rules = program.scores.flatMap(({ missingRules }) => ids(missingRules ?? []));
  return `{
  items: ${mapping(items.map((variable) => [variable.id, answerType(variable)]))};
  context: ${union(ids(context))};
  scores: ${union(ids(program.scores))};
  quantities: ${union(ids(program.quantities))};
  bands: ${mapping(program.bands.map((band) => [band.id, union(ids(band.levels))]))};
  cutOffs: ${union(ids(program.cutOffs))};
  flags: ${union(ids(program.flags))};
  missingRules: ${union(rules)};
}`;
};

const commentLine = (text: string): string =>
  ` * ${text.replace(/\*\//g, '* /').replace(/\s+/g, ' ').trim()}\n`;

const firstSource = (loaded: LoadedInstrument): string => {
  const { definition } = loaded;
  const entries = [definition.scores, definition.bands, definition['cut-offs'], definition.flags];
  const panels = Object.values(definition.panels ?? {}).flatMap((panel) => [panel.scores, panel.bands]);
  const first = [...entries, ...panels].flatMap((group) => Object.values(group ?? {}))[0];
  return first?.source ?? definition.licence.source;
};

/** The publication behind the first score of a definition, as one line. */
export const citation = (loaded: LoadedInstrument): string => {
  const source = loaded.definition.sources[firstSource(loaded)];
  if (source === undefined) return '';
  const authors = typeof source.authors === 'object' ? source.authors.join(', ') : source.authors;
  return [
    ...(authors === undefined ? [] : [authors]),
    ...(source.year === undefined ? [] : [String(source.year)]),
    source.title,
    ...(source.locator === undefined ? [] : [source.locator]),
    ...(source.doi === undefined ? [] : [`doi:${source.doi}`]),
    ...(source.confidence === 'recalled' ? ['(recalled)'] : []),
  ].join('. ');
};

/** The made module of one instrument. */
export const instrumentModule = (loaded: LoadedInstrument): string => {
  const { definition, program } = loaded;
  const { holder, class: licence } = definition.licence;
  const comment = [
    `${definition.title} (${definition.short}), definition ${definition.version}.`,
    `Measures ${definition.measures}.`,
    `Source: ${citation(loaded)}.`,
    `Licence of the instrument: ${licence}, ${holder}. No wording is included.`,
  ]
    .map(commentLine)
    .join(' *\n');
  const name = exportName(definition);
  return `// Made from instruments/ by \`npm run generate\`. Do not edit.
import type { Instrument } from '../../instrument/instrument.js';

/**
${comment} */
export const ${name}: Instrument<${shapeText(program)}> = ${literal(toInstrument(loaded))};
`;
};
