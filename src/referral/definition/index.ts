/**
 * Pathways and directories from their files: what an app, or a person who writes a pathway, needs beside `caseness/referral`.
 * It carries a schema and a reader of YAML, which an app that only makes plans does not.
 *
 * @packageDocumentation
 */
export type { DefinitionProblem } from '../../definition/problem.js';
export { formatProblem } from '../../definition/problem.js';
export { directorySchema, loadDirectory } from './directory-schema.js';
export { loadPathway, overdueRules } from './load-pathway.js';
export { type PathwayDefinition, pathwaySchema } from './pathway-schema.js';
export { type WordingLint, wordingLints } from './wording-lints.js';
