export { directorySchema, loadDirectory } from './directory-schema.js';
export { loadPathway, overdueRules, pathwayChecker } from './load-pathway.js';
export {
  type FactDefinition,
  type PathwayDefinition,
  pathwaySchema,
  type RuleDefinition,
} from './pathway-schema.js';
export { type WordingLint, wordingLints } from './wording-lints.js';
