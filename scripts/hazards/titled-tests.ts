import ts from 'typescript';

/** A test, or a group of tests, with its title as written. */
export interface TitledTest {
  readonly file: string;
  readonly title: string;
  readonly kind: 'test' | 'group';
}

const KINDS: Readonly<Record<string, TitledTest['kind']>> = { it: 'test', test: 'test', describe: 'group' };

/** The function at the root of `it`, `it.each(table)`, `describe.skipIf(condition)`. */
const rootOf = (callee: ts.Expression): string => {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return rootOf(callee.expression);
  return ts.isTaggedTemplateExpression(callee) ? rootOf(callee.tag) : '';
};

/** Every test and group of a test file whose title is written out, in order. */
export const titledTests = (file: string, text: string): readonly TitledTest[] => {
  const found: TitledTest[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      const kind = KINDS[rootOf(node.expression)];
      if (kind !== undefined && first !== undefined && ts.isStringLiteralLike(first))
        found.push({ file, title: first.text, kind });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022));
  return found;
};

/** The hazards that a title names: `keeps the flag [H07] [H31]`. */
export const hazardsIn = (title: string): readonly string[] =>
  [...title.matchAll(/\[(H\d{2})\]/g)].map(([, id = '']) => id);

const PLACEHOLDER = /%[sdifjoO#%]|\$[\w.]+/g;

/** Whether a title says something by itself: two words beside the places that a table of tests fills in. */
export const hasWords = (title: string): boolean =>
  (
    withoutHazards(title)
      .replace(PLACEHOLDER, '')
      .match(/\p{L}+/gu) ?? []
  ).length >= 2;

/** A title as a reader meets it, with an ellipsis where a table of tests fills in its rows. */
export const shownTitle = (title: string): string => withoutHazards(title).replace(PLACEHOLDER, '…');

/** A title without the hazards that it names. */
export const withoutHazards = (title: string): string => title.replaceAll(/ ?\[H\d{2}\]/g, '');
