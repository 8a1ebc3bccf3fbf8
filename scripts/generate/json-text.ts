const width = 140;

/** JSON laid out to be read: an entry stands on one line where it fits. Ends with a line break. */
export const jsonText = (value: unknown): string => `${laidOut(value, '')}\n`;

const laidOut = (value: unknown, indent: string): string => {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + short.length <= width) return short;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((entry) => `${inner}${laidOut(entry, inner)}`).join(',\n')}\n${indent}]`;
  const lines = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${laidOut(entry, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
};
