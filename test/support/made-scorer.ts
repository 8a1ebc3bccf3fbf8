import { scorerSource } from '../../src/compile/index.js';
import type { Context, Instrument, Result } from '../../src/instrument/index.js';
import type { Form } from './forms.js';

/** What a made scorer says of one form. */
export interface Said {
  readonly scores: Readonly<Record<string, object>>;
  readonly bands: Readonly<Record<string, unknown>>;
  readonly cutOffs: Readonly<Record<string, unknown>>;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly flagOpen: readonly string[];
  readonly inconsistent: boolean;
}

export interface MadeScorer {
  readonly made: { readonly instrument: string; readonly version: string; readonly digest: string };
  readonly declares: Readonly<Record<string, boolean>>;
  readonly score: (answers: Form, context?: Context, administered?: readonly string[]) => Said;
}

/** The scorer made of an instrument, as it runs from its text alone. */
export async function madeScorer(instrument: Instrument): Promise<MadeScorer> {
  const text = Buffer.from(scorerSource(instrument)).toString('base64');
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${text}`)) as MadeScorer;
}

const mapped = <T>(from: Readonly<Record<string, T>>, f: (value: T) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(from).map(([id, value]) => [id, f(value)]));

/** The engine's result in the words of a made scorer: all that such a scorer declares it can express. */
export function inTheSameWords(result: Result): Said {
  return {
    scores: mapped(result.scores, (one) =>
      one.status === 'complete'
        ? { status: one.status, value: one.value }
        : one.status === 'incomplete'
          ? { status: one.status, bounds: one.bounds }
          : one.status === 'not-applicable' && one.reason === 'not-administered'
            ? { status: 'not-applicable' }
            : { status: one.status },
    ) as Said['scores'],
    bands: mapped(result.bands, (one) =>
      one.status === 'decided'
        ? { status: one.status, level: one.level }
        : one.status === 'undecided'
          ? { status: one.status, possible: one.possible }
          : null,
    ),
    cutOffs: mapped(result.cutOffs, (one) => (one.status === 'not-applicable' ? null : one.status)),
    flags: mapped(result.flags, (one) => (one.status === 'not-applicable' ? null : one.status)),
    flagOpen: Object.entries(result.flags).flatMap(([id, flag]) =>
      flag.status === 'open' && flag.critical ? [id] : [],
    ),
    inconsistent: result.inconsistent.length > 0,
  };
}
