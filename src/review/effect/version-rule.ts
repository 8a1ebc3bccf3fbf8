import type { BesideVerdicts } from './beside-verdicts.js';
import type { BothSides } from './joint-form.js';

export type Bump = 'none' | 'patch' | 'minor' | 'major';
const BUMPS: readonly Bump[] = ['none', 'patch', 'minor', 'major'];

/** What an edit asks of the version, and whether the version was raised enough. */
export interface VersionJudgement {
  readonly old: string;
  readonly new: string;
  readonly given: Bump | 'lowered';
  readonly needed: Bump;
  readonly enough: boolean;
  /** Why this much is needed. */
  readonly because: string;
  /**
   * `false`: nothing was found to move, and it is not shown that nothing can (forms on which answers are missing were only
   * drawn at random).
   */
  readonly proved: boolean;
}

/** What is known of an edit by the time that the version is judged. */
export interface Findings {
  readonly change: 'none' | 'document' | 'scoring';
  /** The first reason for which a verdict moves; `null` where none was found to move. */
  readonly moves: string | null;
  /** A verdict, level or item that stood and is gone. */
  readonly gone: string | null;
  /** What moves that is no verdict of the form. */
  readonly beside: readonly BesideVerdicts[];
  /** Whether it can be shown that no form moves, complete or not; asked only where nothing was found. */
  readonly isSame: () => boolean;
}

/**
 * Holds an edit against the rule of the definition language: a change that moves any verdict for a valid form is a major
 * version. What is added is a minor one, words are a patch.
 */
export function judgeVersion(versions: BothSides<string>, findings: Findings): VersionJudgement {
  const { change, moves, gone, beside } = findings;
  const [least, reason, proved]: readonly [Bump, string, boolean] =
    change === 'none'
      ? ['none', 'nothing changed', true]
      : change === 'document'
        ? ['patch', 'the scoring digest is the same: no result moves', true]
        : gone !== null
          ? ['major', gone, true]
          : moves !== null
            ? ['major', moves, true]
            : ['minor', 'the scoring digest changed and no verdict was found to move', findings.isSame()];
  const more = beside.filter(({ needs }) => BUMPS.indexOf(needs) > BUMPS.indexOf(least));
  const needed = more.some(({ needs }) => needs === 'major') ? 'major' : (more[0]?.needs ?? least);
  const because = more.find(({ needs }) => needs === needed)?.text ?? reason;
  const given = bumpBetween(versions.old, versions.new);
  return {
    ...versions,
    given,
    needed,
    enough: given !== 'lowered' && BUMPS.indexOf(given) >= BUMPS.indexOf(needed),
    because,
    proved,
  };
}

/** Which part of a version was raised. */
export function bumpBetween(old: string, next: string): Bump | 'lowered' {
  const [before, after] = [partsOf(old), partsOf(next)];
  const at = before.findIndex((part, i) => part !== after[i]);
  if (at < 0) return 'none';
  if ((after[at] as number) < (before[at] as number)) return 'lowered';
  return BUMPS[3 - at] as Bump;
}

function partsOf(version: string): readonly number[] {
  const parts = version.split('.').map(Number);
  return [0, 1, 2].map((i) => parts[i] ?? 0);
}
