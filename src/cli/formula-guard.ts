const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?$/;

/**
 * A cell as written to CSV: text that a spreadsheet would run as a formula gets a leading apostrophe, and what holds a
 * delimiter, a quote or a line break is quoted. Numbers, negative ones too, stay as they are.
 */
export const csvCell = (text: string): string => {
  const guarded = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
};

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`;
