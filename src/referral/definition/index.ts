export { directorySchema, loadDirectory } from './directory-schema.js';
export { loadPathway, overdueRules } from './load-pathway.js';
export { type PathwayDefinition, pathwaySchema } from './pathway-schema.js';
export { type WordingLint, wordingLints } from './wording-lints.js';
