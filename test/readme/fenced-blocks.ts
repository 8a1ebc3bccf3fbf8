/** A fenced block of a document, with the output that the document promises for it. */
export interface FencedBlock {
  /** `README.md:34` */
  readonly at: string;
  readonly language: string;
  readonly text: string;
  /** The text of a block marked `text` that follows at once. */
  readonly output: string | null;
}

interface Fence {
  readonly line: number;
  readonly end: number;
  readonly language: string;
  readonly text: string;
}

const fencesOf = (lines: readonly string[]): readonly Fence[] => {
  const fences: Fence[] = [];
  let line = 0;
  while (line < lines.length) {
    const opening = /^(```+)\s*(\S*)/.exec(lines[line] ?? '');
    if (opening === null) {
      line += 1;
      continue;
    }
    const end = lines.findIndex((text, at) => at > line && text.startsWith(opening[1] ?? '```'));
    if (end === -1) throw new Error(`the block opened on line ${line + 1} is never closed`);
    fences.push({
      line: line + 1,
      end,
      language: opening[2] ?? '',
      text: lines.slice(line + 1, end).join('\n'),
    });
    line = end + 1;
  }
  return fences;
};

/** The fenced blocks of a Markdown document, in order. */
export const fencedBlocks = (name: string, markdown: string): readonly FencedBlock[] => {
  const lines = markdown.split(/\r?\n/);
  const fences = fencesOf(lines);
  return fences.map((fence, index) => {
    const next = fences[index + 1];
    const follows =
      next?.language === 'text' &&
      lines.slice(fence.end + 1, next.line - 1).every((text) => text.trim() === '');
    return {
      at: `${name}:${fence.line}`,
      language: fence.language,
      text: fence.text,
      output: follows && next !== undefined ? next.text : null,
    };
  });
};
