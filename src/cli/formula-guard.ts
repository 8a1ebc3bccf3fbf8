const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?$/;

// A formula's first character, in its wide forms too, which some spreadsheets read alike; or what they pass over before it.
const START = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

// A spreadsheet set to semicolons or tabs splits there, whatever is quoted.
const START_AFTER_SPLIT = /([;\t])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * A cell as written to CSV: text that a spreadsheet would run as a formula gets an apostrophe before it, and what holds a
 * delimiter, a quote or a line break is quoted. Numbers, negative ones too, stay as they are.
 */
export const csvCell = (text: string): string => {
  const split = text.replace(START_AFTER_SPLIT, "$1'");
  const guarded = START.test(text) && !NUMBER.test(text) ? `'${split}` : split;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
};

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`;
