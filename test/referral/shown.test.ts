import { describe, expect, it } from 'vitest';
import type { Result, ScoreResult } from '../../src/instrument/index.js';
import { cutOffShown, levelShown, numberShown } from '../../src/referral/shown.js';
import { mood3 } from './fictional.js';

const result = (total: ScoreResult): Result => ({
  scores: { total },
  quantities: {},
  bands: {},
  cutOffs: {},
  flags: {},
  ask: { first: [], now: [], later: [], context: [] },
  inconsistent: [],
  skipped: [],
  notices: [],
  unscored: {},
  on: null,
  provenance: {
    instrument: 'mood-3',
    edition: null,
    version: '1.0.0',
    digest: { scoring: '', document: '' },
    engine: '',
    missingRule: null,
  },
});

const [band] = mood3.program.bands;
const [cutOff] = mood3.program.cutOffs;
if (band === undefined || cutOff === undefined)
  throw new Error('the fictional instrument has a band and a cut-off');

describe('a verdict in words', () => {
  const bounds = { lowest: 4, highest: 7 };

  it('shows the score in each of its states', () => {
    expect(numberShown(mood3, { status: 'complete', value: 5, of: 9 })).toBe('MOOD-3 5 of 9');
    expect(numberShown(mood3, { status: 'incomplete', bounds, of: 9, missing: ['q1'] })).toBe(
      'MOOD-3 4 to 7 of 9',
    );
    expect(
      numberShown(mood3, {
        status: 'prorated',
        value: 4.5,
        of: 9,
        rule: 'fictional',
        imputed: ['q1'],
        bounds,
      }),
    ).toBe('MOOD-3 about 4.5 of 9');
  });

  it('leaves out a score that does not apply', () => {
    const none = result({ status: 'not-applicable', reason: 'not-administered' });
    expect(levelShown(mood3, none, band, ['some'])).toBe('MOOD-3: some');
    expect(cutOffShown(mood3, none, cutOff, 'total', true)).toBe('MOOD-3: screen positive: low mood');
  });

  it('never words a positive as a diagnosis, nor a negative as absence [H09]', () => {
    const some = result({ status: 'complete', value: 5, of: 9 });
    expect(cutOffShown(mood3, some, cutOff, 'total', true)).toBe('MOOD-3 5 of 9, screen positive: low mood');
    expect(cutOffShown(mood3, some, cutOff, 'total', false)).toBe(
      'MOOD-3 5 of 9, criterion not met: low mood',
    );
  });
});
