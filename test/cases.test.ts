import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCases } from '../src/definition/index.js';
import { checkCase } from '../src/review/check-cases.js';
import { checkFacts } from '../src/review/facts.js';
import { shipped } from './support/shipped.js';

/** Every instrument against its own cases: written from the publication or by hand, never from the definition. */
describe.each(shipped)('$id', ({ folder, instrument, loaded }) => {
  const file = join(folder, 'cases.yaml');

  it('has independent cases', () => {
    expect(existsSync(file)).toBe(true);
  });
  if (!existsSync(file)) return;

  const outcome = loadCases(readFileSync(file), file, loaded);
  it('has cases that the loader accepts', () => {
    expect(outcome._tag === 'Left' ? outcome.left : []).toEqual([]);
  });
  if (outcome._tag === 'Left') return;
  it('has facts that were entered a second time and agree', () => {
    expect(outcome.right.facts).toBeDefined();
    expect(checkFacts(loaded.definition, outcome.right.facts)).toEqual([]);
  });
  it.each(outcome.right.cases.map((one) => [one.name, one] as const))(
    'gives what its own case expects: %s',
    (_, one) => {
      expect(checkCase(instrument, one)).toEqual([]);
    },
  );
});
