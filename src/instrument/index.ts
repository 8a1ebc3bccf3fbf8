export * from './engine.js';
export type * from './instrument.js';
export type * from './program.js';
export type * from './result.js';
