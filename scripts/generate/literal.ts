/** Values as TypeScript literals, laid out to be read: an entry stands on one line where it fits. */

const width = 110;

const quoted = (text: string): string => {
  const inner = JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'");
  return `'${inner.replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029')}'`;
};

/** A key as it is written in an object or a type. */
export const keyText = (key: string): string =>
  // Written plainly, or quoted, this one key would set the prototype.
  key === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);

/** A text as a literal or a literal type. */
export const textLiteral = quoted;

const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, inner]) => inner !== undefined);

const inline = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = entriesOf(value).map(([key, inner]) => `${keyText(key)}: ${inline(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return String(value);
};

/** Fills lines with short parts, as a paragraph is filled. */
const filled = (parts: readonly string[], indent: string): string => {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && indent.length + line.length + part.length + 2 > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? `${part},` : `${line} ${part},`;
  }
  return [...lines, line].map((text) => `${indent}${text}\n`).join('');
};

/** JSON data as a TypeScript literal. `before` is what stands on the line before it. */
export const literal = (value: unknown, indent = '', before = 0): string => {
  const short = inline(value);
  if (indent.length + before + short.length + 1 <= width) return short;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const scalars = value.every((entry) => typeof entry !== 'object' || entry === null);
    return scalars
      ? `[\n${filled(value.map(inline), inner)}${indent}]`
      : `[\n${value.map((entry) => `${inner}${literal(entry, inner)},\n`).join('')}${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const lines = entriesOf(value).map(([key, entry]) => {
      const start = `${keyText(key)}: `;
      return `${inner}${start}${literal(entry, inner, start.length)},\n`;
    });
    return `{\n${lines.join('')}${indent}}`;
  }
  return short;
};
