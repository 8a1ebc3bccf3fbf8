import { resolve } from 'node:path';
import type { Example } from './run-example.js';

/** The text of a doc comment without its stars. */
const textOf = (comment: string): string =>
  comment
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n');

/**
 * The example with an import of whatever it uses of the module in which it stands, where it imports nothing by itself: so an
 * example of an internal function need not say where that function lives.
 */
const withOwnModule = (name: string, source: string, text: string): string => {
  if (/^import /m.test(text)) return text;
  const exported = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(
    ([, own = '']) => own,
  );
  const used = exported.filter((own) => new RegExp(`\\b${own}\\b`).test(text));
  const from = resolve(name).replace(/\.ts$/, '.js');
  return used.length === 0 ? text : `import { ${used.join(', ')} } from '${from}';\n${text}`;
};

/** Every `@example` of the doc comments in a source file; a fence round it is taken off. */
export const docExamples = (name: string, source: string): readonly Example[] =>
  [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const line = source.slice(0, comment.index).split('\n').length;
    return textOf(comment[0])
      .split(/^@(?=\w)/m)
      .filter((tag) => tag.startsWith('example'))
      .map((tag, at) => ({
        at: `${name}:${line}${at === 0 ? '' : `#${at + 1}`}`,
        text: withOwnModule(
          name,
          source,
          tag
            .slice('example'.length)
            .replace(/^\s*```\w*\n([\s\S]*?)```[\s\S]*$/, '$1')
            .trim(),
        ),
      }));
  });
