import { describe, expect, it } from 'vitest';
import type { ShippedDefinition } from '../../src/definition/index.js';
import { restOfModel } from '../../src/definition/rest-of-model.js';
import { toModel } from '../../src/definition/to-model.js';
import { lowerModel } from '../../src/formula/index.js';
import { edited, example } from './example.js';

/** What is said of the rest of a definition that has problems, and whether it has a normal form. */
const restOf = (definition: unknown) => {
  const { model } = toModel(definition as ShippedDefinition);
  const lowered = lowerModel(model);
  const found = lowered._tag === 'Left' ? lowered.left : [];
  const rest = restOfModel(model, found);
  return {
    found: found.map(({ where }) => where.join('.')),
    rest: rest.problems.map(({ where }) => where.join('.')),
    isLowered: rest.program !== undefined,
  };
};

describe('the rest of a definition', () => {
  const slip = edited(example, ['cut-offs', 'three', 'when'], 'totl >= 3');

  it('is worked out without the verdicts that are wrong in themselves', () => {
    expect(restOf(slip)).toEqual({ found: ['cut-offs.three.when'], rest: [], isLowered: true });
    const dead = { when: 'q1 >= 3', title: 'x', source: 'made-up' };
    expect(restOf(edited(slip, ['flags', 'dead'], dead))).toEqual({
      found: ['cut-offs.three.when'],
      rest: ['flags.dead.when'],
      isLowered: true,
    });
  });

  it('is not looked at where anything else is wrong beside them', () => {
    const both = edited(slip, ['scores', 'total', 'formula'], 'sum(q1..q4)');
    expect(restOf(both)).toEqual({
      found: ['scores.total.formula', 'cut-offs.three.when'],
      rest: [],
      isLowered: false,
    });
  });
});
