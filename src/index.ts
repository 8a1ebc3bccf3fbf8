/**
 * Scoring of validated screening instruments: `score(instrument, answers, context)` and what belongs to it.
 *
 * Pure, small, and safe to import in a browser: no schema library, no clock, no input or output.
 * @packageDocumentation
 */
export * from './instrument/index.js';
export * from './scoring/index.js';
