/** `audit-c` as `auditC`: the name of the TypeScript export, where the id gives one. */
export const camelCase = (id: string): string =>
  id.replace(/-([a-z0-9])/g, (_, character: string) => character.toUpperCase());

const reserved: ReadonlySet<string> = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static ' +
    'super switch this throw true try typeof var void while with yield arguments eval undefined'
  ).split(' '),
);

/** Whether a word can name a constant. */
export const isIdentifier = (name: string): boolean =>
  /^[a-z][A-Za-z0-9]*$/.test(name) && !reserved.has(name);

/** Name of the export of a definition: the one it gives, else the camel-cased id. */
export const exportName = (definition: { readonly id: string; readonly export?: string }): string =>
  definition.export ?? camelCase(definition.id);
