export { lowerModel } from './lower-model.js';
export type * from './model.js';
export { parseFormula, parseSource } from './parse.js';
export { print } from './print.js';
export { closest } from './spelling.js';
export type { FormulaError, Span, Syntax } from './syntax.js';
