import type { Example } from './run-example.js';

/** The text of a doc comment without its stars. */
const textOf = (comment: string): string =>
  comment
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n');

/** Every `@example` of the doc comments in a source file; a fence round it is taken off. */
export const docExamples = (name: string, source: string): readonly Example[] =>
  [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const line = source.slice(0, comment.index).split('\n').length;
    return textOf(comment[0])
      .split(/^@(?=\w)/m)
      .filter((tag) => tag.startsWith('example'))
      .map((tag, at) => ({
        at: `${name}:${line}${at === 0 ? '' : `#${at + 1}`}`,
        text: tag
          .slice('example'.length)
          .replace(/^\s*```\w*\n([\s\S]*?)```[\s\S]*$/, '$1')
          .trim(),
      }));
  });
