import type { Either } from 'fp-ts/Either';
import type { Instrument, Result, ScoreOptions, ScoringError } from '../instrument/index.js';

/** One form as it was filled in. */
export interface Form {
  readonly instrument: Instrument;
  /** The day it was filled in, `YYYY-MM-DD`. A form without a proper date is kept, and counts as the oldest. */
  readonly on: string;
  /** Answers by item; anything else is reported in the plan, never thrown. */
  readonly answers: unknown;
  readonly options?: Omit<ScoreOptions, 'on'>;
  /**
   * What `score` gave for these answers, age and sex, where that is known already: it is then not scored again. An outcome
   * of another instrument or another definition of it (by digest) is not used.
   */
  readonly outcome?: Either<ScoringError, Result>;
}

/**
 * What was filled in, and the day for which the plan is made.
 *
 * @example
 * import { auditC } from 'caseness/instruments/audit-c';
 * import { audit } from 'caseness/instruments/audit';
 * import type { Session } from 'caseness/referral';
 *
 * const session: Session = {
 *   asOf: '2026-11-23',
 *   forms: [{ instrument: audit, on: '2026-11-20', answers: { q1: 2, q2: 1, q3: 1 } }],
 *   derive: [auditC],
 * };
 * console.assert(session.forms[0]?.on === '2026-11-20');
 */
export interface Session {
  /** `YYYY-MM-DD`: the day from which windows and intervals are counted. The clock is never read. */
  readonly asOf: string;
  readonly forms: readonly Form[];
  /** Short forms to derive from longer forms in the session (AUDIT-C out of AUDIT). */
  readonly derive?: readonly Instrument[];
}
