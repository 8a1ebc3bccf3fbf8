/**
 * What the bundler leaves undone in `dist`: the declarations of the made modules and of CommonJS, definitions and cases as
 * JSON, the bill of materials, the command's mode.
 *
 * A made module is `export const phq9: Instrument<…> = …` with its type written out, so its declaration needs no type
 * checker: each is transpiled by itself in a millisecond, where bundling sixty of them takes a minute.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';
import { writeBillOfMaterials } from './bill-of-materials.js';

const source = 'src/generated';

/** The package entry that exports what a source module exports. */
const entryOf = (module: string): string =>
  module.startsWith('src/referral/')
    ? 'referral'
    : module.startsWith(`${source}/`)
      ? module.slice(source.length + 1).replace(/\.js$/, '')
      : 'index';

/** A declaration with its relative imports turned towards the package's entries. */
const towardsEntries = (declaration: string, file: string, extension: 'js' | 'cjs'): string =>
  declaration.replace(
    /(from |import\()(['"])(\.[^'"]+)\2/g,
    (_, before: string, quote: string, to: string) => {
      const entry = entryOf(normalize(join(source, dirname(file), to)));
      const path = relative(dirname(file), entry);
      return `${before}${quote}${path.startsWith('.') ? path : `./${path}`}.${extension}${quote}`;
    },
  );

const declare = (file: string): void => {
  const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(join(source, file), 'utf8'), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
  });
  const [problem] = diagnostics ?? [];
  if (problem !== undefined)
    throw new Error(`${source}/${file}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`);
  const base = join('dist', file.replace(/\.ts$/, ''));
  mkdirSync(dirname(base), { recursive: true });
  writeFileSync(`${base}.d.ts`, towardsEntries(outputText, file, 'js'));
  writeFileSync(`${base}.d.cts`, towardsEntries(outputText, file, 'cjs'));
};

const made = (folder: string): readonly string[] =>
  existsSync(join(source, folder))
    ? readdirSync(join(source, folder))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(folder, file))
    : [];

/** CommonJS has the same declarations, which name their neighbours `.cjs`. */
for (const file of readdirSync('dist', { encoding: 'utf8', recursive: true }).filter((name) =>
  name.endsWith('.d.ts'),
))
  writeFileSync(
    join('dist', file.replace(/\.d\.ts$/, '.d.cts')),
    readFileSync(join('dist', file), 'utf8').replace(
      /(from |import\()(['"])(\.[^'"]+)\.js\2/g,
      '$1$2$3.cjs$2',
    ),
  );
for (const file of ['catalogue.ts', ...made('instruments'), ...made('pathways')]) declare(file);
for (const data of ['definitions', 'cases', 'self-test-index.cjs'])
  cpSync(join(source, data), join('dist', data), { recursive: true });
for (const schema of readdirSync(source).filter((name) => name.endsWith('.schema.json')))
  cpSync(join(source, schema), join('dist', schema));
writeBillOfMaterials('dist');
chmodSync('dist/cli.js', 0o755);
