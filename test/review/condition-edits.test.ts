import { describe, expect, it } from 'vitest';
import type { Instrument } from '../../src/instrument/index.js';
import { conditionEdits, type Nameable } from '../../src/review/condition-edits.js';
import { realInstrument } from '../cli/real-instruments.js';

const instruments = new Map<string, Instrument>(
  ['phq-9', 'audit', 'gad-7'].map((id) => [id, realInstrument(id)]),
);
const names: Nameable = {
  instruments,
  numbers: ['age', 'units'],
  booleans: ['smokes', 'carer', 'veteran'],
  values: new Map([['housing', ['settled', 'at-risk', 'no-fixed-address']]]),
};
const edits = (text: string): readonly string[] => conditionEdits(text, names).map((edit) => edit.text);

describe('the slips in a condition', () => {
  it('move each number by one and swap each comparison with its neighbour', () => {
    expect(edits('age >= 40')).toEqual([
      'age > 40',
      'age >= 39',
      'age >= 41',
      'units >= 40',
      'not age >= 40',
    ]);
    expect(edits('age < 0.5')).toEqual([
      'age <= 0.5',
      'age < 0.4',
      'age < 0.6',
      'units < 0.5',
      'not age < 0.5',
    ]);
    expect(edits('age >= 0')).not.toContain('age >= -1');
  });

  it('swap `and` with `or`, leave out each operand, and put in or take out each `not`', () => {
    expect(edits('carer and not veteran')).toEqual([
      'carer or not veteran',
      'carer',
      'not veteran',
      'smokes and not veteran',
      'veteran and not veteran',
      'not carer and not veteran',
      'carer and veteran',
      'carer and not carer',
      'carer and not not veteran',
    ]);
  });

  it('put another cut-off or flag of the instrument in its place', () => {
    expect(edits('gad-7 meets talking-therapies-8')).toContain('gad-7 meets caseness-10');
    expect(edits('phq-9 raises self-harm')).toEqual(['not phq-9 raises self-harm']);
    expect(edits('audit raises morning-drinking')).toContain('audit raises recent-injury');
  });

  it('put another instrument in its place that has a cut-off or flag of that name, and another number of the person', () => {
    expect(edits('phq-9 meets caseness-10')).toContain('gad-7 meets caseness-10');
    expect(edits('gad-7 meets talking-therapies-8')).not.toContain('phq-9 meets talking-therapies-8');
    expect(edits('age >= 40')).toContain('units >= 40');
  });

  it('move a level one each way, and change over `at least`, `at most` and `is`', () => {
    expect(edits('audit.uk at least higher-risk')).toEqual([
      'audit.uk at most higher-risk',
      'audit.uk is higher-risk',
      'audit.uk at least increasing-risk',
      'audit.uk at least possible-dependence',
      'not audit.uk at least higher-risk',
    ]);
    expect(edits('audit.uk is possible-dependence')).toEqual([
      'audit.uk is higher-risk',
      'audit.uk is not possible-dependence',
    ]);
  });

  it('put the value before or after in its place, and another score of the instrument', () => {
    expect(edits('housing is at-risk')).toEqual([
      'housing is settled',
      'housing is no-fixed-address',
      'housing is not at-risk',
    ]);
    expect(edits('audit.total >= 8')).toContain('audit.dependence >= 8');
  });

  it('are none where the condition cannot be read', () => {
    expect(edits('and and')).toEqual([]);
  });

  it('never give what stands there already', () => {
    for (const text of ['carer and veteran', 'audit.uk at least higher-risk', 'age >= 40'])
      expect(edits(text)).not.toContain(text);
  });
});
