import type { Letter, LetterBlock } from '../referral/index.js';
import { printable } from './text-layout.js';

/** Characters that Markdown would read as a mark. */
const MARKS = /[\\`*_[\]<>#|~]/g;

const markdownText = (text: string): string => printable(text).replace(MARKS, (mark) => `\\${mark}`);

const markdownBlock = (block: LetterBlock): string => {
  switch (block.kind) {
    case 'heading':
      return `## ${markdownText(block.text)}`;
    case 'paragraph':
      return markdownText(block.text);
    case 'list':
      return block.items.map((item) => `- ${markdownText(item)}`).join('\n');
  }
};

/** The letter as Markdown. */
export const letterMarkdown = ({ title, blocks }: Letter): string =>
  `${[`# ${markdownText(title)}`, ...blocks.map(markdownBlock)].join('\n\n')}\n`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, whatever it holds. */
export const htmlText = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);

const htmlBlock = (block: LetterBlock): string => {
  switch (block.kind) {
    case 'heading':
      return `<h2>${htmlText(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${htmlText(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${htmlText(item)}</li>`).join('\n')}\n</ul>`;
  }
};

const page = (title: string, style: string, body: string): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<style>
@page { size: A4; margin: 15mm; }
${style}
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

/** Large print for the person: 18 points is what the charities of sight ask for. */
const LETTER_STYLE: Readonly<Record<Letter['to'], string>> = {
  person:
    'body { font: 18pt/1.5 Arial, sans-serif; color: #000; background: #fff; max-width: 40em; }\nh1 { font-size: 24pt; }\nh2 { font-size: 20pt; }\nli { margin-bottom: 0.5em; }',
  gp: 'body { font: 11pt/1.4 Arial, sans-serif; color: #000; background: #fff; max-width: 48em; }\nh1 { font-size: 15pt; }\nh2 { font-size: 12pt; }',
  navigator:
    'body { font: 12pt/1.4 Arial, sans-serif; color: #000; background: #fff; max-width: 48em; }\nh1 { font-size: 16pt; }\nh2 { font-size: 13pt; }',
};

/** The letter as a page of HTML that stands alone and prints on A4; large type for the person. */
export const letterHtml = ({ to, title, blocks }: Letter): string =>
  page(title, LETTER_STYLE[to], [`<h1>${htmlText(title)}</h1>`, ...blocks.map(htmlBlock)].join('\n'));

/** A page of plain text of at most 100 columns as HTML that prints on one side of A4. */
export const textHtml = (title: string, text: string): string =>
  page(
    title,
    'body { color: #000; background: #fff; }\npre { font: 8pt/1.2 "DejaVu Sans Mono", Consolas, monospace; white-space: pre-wrap; }',
    `<pre>${text
      .split('\n')
      .map((line) => htmlText(line))
      .join('\n')}</pre>`,
  );
