import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A source file of ours, parsed. */
export interface Source {
  readonly file: string;
  readonly tree: ts.SourceFile;
}

export const parsed = (file: string, text: string): Source => ({
  file,
  tree: ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true),
});

/** The source files under `src` whose path matches; what is made from the definitions is not among them. */
export const sources = (wanted: RegExp): readonly Source[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !file.startsWith('src/generated/') && wanted.test(file))
    .sort()
    .map((file) => parsed(file, readFileSync(file, 'utf8')));

const at = ({ file, tree }: Source, node: ts.Node): string =>
  `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1} ${node.getText(tree).slice(0, 60)}`;

/** Where a node of the tree matches, as `file:line text`. */
export const places = (source: Source, matches: (node: ts.Node) => boolean): readonly string[] => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (matches(node)) found.push(at(source, node));
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return found;
};

const names = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name;

/** Today's date or the time of day: `new Date()`, `Date()`, `Date.now()`, `performance.now()`. */
export const readsClock = (node: ts.Node): boolean =>
  (ts.isNewExpression(node) && names(node.expression, 'Date') && (node.arguments ?? []).length === 0) ||
  (ts.isCallExpression(node) && names(node.expression, 'Date')) ||
  (ts.isPropertyAccessExpression(node) &&
    ((names(node.expression, 'Date') && node.name.text === 'now') || names(node.expression, 'performance')));

export const drawsLots = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) &&
  ((names(node.expression, 'Math') && node.name.text === 'random') || names(node.expression, 'crypto'));

const OUTSIDE = new Set([
  'console',
  'process',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'localStorage',
  'navigator',
]);

/** A use of what lies outside the program: console, process, network, storage of a browser. */
export const reachesOut = (node: ts.Node): boolean =>
  ts.isIdentifier(node) &&
  OUTSIDE.has(node.text) &&
  !(
    (ts.isPropertyAccessExpression(node.parent) ||
      ts.isPropertyAssignment(node.parent) ||
      ts.isPropertySignature(node.parent)) &&
    node.parent.name === node
  );

/** Modules that a file imports. */
export const imports = ({ tree }: Source): readonly string[] =>
  tree.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
    statement.moduleSpecifier !== undefined &&
    ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : [],
  );

const MUTATORS = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear)$/;
const COLLECTIONS = /^(Map|Set|WeakMap|WeakSet|Array)$/;

const isModuleLevel = (declaration: ts.VariableDeclaration): boolean =>
  ts.isVariableStatement(declaration.parent.parent) && ts.isSourceFile(declaration.parent.parent.parent);

/** The name at the root of `table.rows[0].value`. */
const rootName = (node: ts.Expression): string | null =>
  ts.isIdentifier(node)
    ? node.text
    : ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      ? rootName(node.expression)
      : null;

/**
 * What a module could remember from one call to the next: a `let` or `var`, a map or set that is not declared read-only, a
 * static field of a class, a change to a name of the module.
 */
export const remembers = (source: Source): readonly string[] => {
  const own = new Set<string>();
  for (const statement of source.tree.statements)
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations)
        if (ts.isIdentifier(name)) own.add(name.text);
  const isOwn = (node: ts.Expression): boolean => own.has(rootName(node) ?? '');
  return places(source, (node) => {
    if (ts.isVariableDeclaration(node) && isModuleLevel(node)) {
      const isConstant = (node.parent.flags & ts.NodeFlags.Const) !== 0;
      const made = node.initializer;
      const isCollection =
        made !== undefined &&
        ts.isNewExpression(made) &&
        ts.isIdentifier(made.expression) &&
        COLLECTIONS.test(made.expression.text);
      return !isConstant || (isCollection && !/^Readonly/.test(node.type?.getText(source.tree) ?? ''));
    }
    if (ts.isPropertyDeclaration(node))
      return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
    if (ts.isBinaryExpression(node))
      return (
        node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
        node.operatorToken.kind <= ts.SyntaxKind.LastAssignment &&
        isOwn(node.left)
      );
    return (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      MUTATORS.test(node.expression.name.text) &&
      isOwn(node.expression.expression)
    );
  });
};
