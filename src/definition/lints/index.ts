import { codeCheckDigits } from './code-check-digits.js';
import { confidenceNotAboveSource } from './confidence-not-above-source.js';
import { criticalHasResponse } from './critical-has-response.js';
import { datesExist } from './dates-exist.js';
import { doiShape } from './doi-shape.js';
import { exportIsIdentifier } from './export-is-identifier.js';
import { idIsFolder } from './id-is-folder.js';
import { labelsAreShort } from './labels-are-short.js';
import type { Lint } from './lint.js';
import { noDiagnosisWording } from './no-diagnosis-wording.js';
import { noDrugDose } from './no-drug-dose.js';
import { noNamingByCondition } from './no-naming-by-condition.js';
import { onePreferred } from './one-preferred.js';
import { optionSetsUsed } from './option-sets-used.js';
import { saysRecallAndMinutes } from './says-recall-and-minutes.js';
import { sourcesExist } from './sources-exist.js';
import { sourcesUsed } from './sources-used.js';
import { suicideNegativeLevel } from './suicide-negative-level.js';
import { suicideWording } from './suicide-wording.js';
import { thresholdsAreValues } from './thresholds-are-values.js';
import { versionIsSemver } from './version-is-semver.js';

export type { Lint, LintContext } from './lint.js';

/** Every lint, in the order of its name. */
export const lints: readonly Lint[] = [
  codeCheckDigits,
  confidenceNotAboveSource,
  criticalHasResponse,
  datesExist,
  doiShape,
  exportIsIdentifier,
  idIsFolder,
  labelsAreShort,
  noDiagnosisWording,
  noDrugDose,
  noNamingByCondition,
  onePreferred,
  optionSetsUsed,
  saysRecallAndMinutes,
  sourcesExist,
  sourcesUsed,
  suicideNegativeLevel,
  suicideWording,
  thresholdsAreValues,
  versionIsSemver,
];
