/** Columns of a page of text. */
export const WIDTH = 100;

const isUnprintable = (code: number): boolean =>
  code < 32 ||
  (code >= 127 && code < 160) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069);

/** Control characters, with which a file could rewrite a terminal, become a visible mark; line breaks and tabs a space. */
export const printable = (text: string): string =>
  Array.from(text, (char) =>
    char === '\n' || char === '\t' ? ' ' : isUnprintable(char.codePointAt(0) ?? 0) ? '\uFFFD' : char,
  ).join('');

/** Words in lines of at most `width` characters; a longer word stands alone. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
};

/** `heading` in a column of its own, the text beside it, wrapped under itself. */
export const hanging = (heading: string, text: string, column: number, width = WIDTH): readonly string[] => {
  const lines = wrap(text, width - column);
  return lines.map((line, index) => `${(index === 0 ? heading : '').padEnd(column)}${line}`.trimEnd());
};

/** The text, and `aside` at the right margin where both fit; else `aside` alone on a line below. */
export const withAside = (
  heading: string,
  text: string,
  aside: string,
  column: number,
  width = WIDTH,
): readonly string[] => {
  const lines = hanging(heading, text, column, width);
  if (aside === '') return lines;
  const shown = printable(aside);
  const last = lines.at(-1) ?? '';
  const room = width - shown.length;
  if (last.length + 2 <= room) return [...lines.slice(0, -1), `${last.padEnd(room)}${shown}`];
  return [...lines, ...wrap(shown, width - column).map((line) => line.padStart(width))];
};

/** Rows of cells under each other, two spaces between; the last cell wraps. */
export const tableLines = (
  rows: readonly (readonly string[])[],
  indent: number,
  width = WIDTH,
): readonly string[] => {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return rows.flatMap((row) => {
    const start = row
      .slice(0, -1)
      .map((cell, index) => `${cell.padEnd(widths[index] ?? 0)}  `)
      .join('');
    const heading = `${' '.repeat(indent)}${start}`;
    return hanging(heading, row.at(-1) ?? '', Math.min(heading.length, width - 30), width);
  });
};
