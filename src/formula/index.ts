export { lowerModel } from './lower-model.js';
export type * from './model.js';
export { type ParseOptions, parseFormula, parseSource, type SourceError } from './parse.js';
export { print } from './print.js';
export { closest } from './spelling.js';
export type { FormulaError, FunctionName, Span, Syntax, Verb } from './syntax.js';
