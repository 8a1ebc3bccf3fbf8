import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { instrumentFromYaml } from '../../src/definition/index.js';
import { ENGINE, type Instrument, type Provenance, type Result } from '../../src/instrument/index.js';
import { arbitraryScored, resultOf, scoreForm } from '../support/forms.js';
import { instrumentOf, shipped } from '../support/shipped.js';

const everyMember = ({ program }: Instrument): readonly string[] =>
  program.members.map(({ panel, id }) => `${panel}.${id}`);

const provenanceOf = ({ id, edition, version, digest }: Instrument): Provenance => ({
  instrument: id,
  edition,
  version,
  digest,
  engine: ENGINE,
  missingRule: null,
});

const negatives = ({ program }: Instrument, { bands, cutOffs }: Result): readonly string[] => [
  ...program.bands.flatMap(({ id, levels }) => {
    const band = bands[id];
    return band?.status === 'decided' && levels.find((level) => level.id === band.level)?.negative === true
      ? [`band ${id}`]
      : [];
  }),
  ...program.cutOffs.flatMap(({ id, negative }) =>
    cutOffs[id]?.status === negative ? [`cut-off ${id}`] : [],
  ),
];

describe.each(shipped)('$id', ({ instrument, loaded }) => {
  it('puts what produced it into every result and every error, and both survive JSON unchanged [H34]', () => {
    fc.assert(
      fc.property(arbitraryScored(instrument), ({ answers, context }) => {
        const result = resultOf(instrument, answers, context);
        expect(JSON.parse(JSON.stringify(result)).provenance).toEqual(provenanceOf(instrument));
        const refused = scoreForm(instrument, { ...answers, 'no such item': 1 }, context);
        expect(isLeft(refused) && JSON.parse(JSON.stringify(refused.left)).provenance).toEqual(
          provenanceOf(instrument),
        );
      }),
      { numRuns: 5 },
    );
    expect(instrument.digest.scoring).toMatch(/^[0-9a-f]{64}$/);
    expect(instrument.digest.document).toMatch(/^[0-9a-f]{64}$/);
  });

  it('makes nothing of an empty form: no complete score, and nothing negative [H04] [H06]', () => {
    const administered = everyMember(instrument);
    for (const form of [{}, null, nulls(instrument)]) {
      if (form === null) continue;
      const result = resultOf(instrument, form, { age: 40, sex: 'female' }, { administered });
      const complete = Object.entries(result.scores).filter(([, score]) => score.status === 'complete');
      expect(complete.map(([id]) => id)).toEqual([]);
      expect(negatives(instrument, result)).toEqual([]);
      for (const [id, flag] of Object.entries(result.flags)) expect(flag.status, id).toBe('open');
    }
  });

  it('carries its edition and keeps its items in the order of the form [H02] [H21]', () => {
    expect(instrument.edition).toBe(loaded.definition.edition?.id ?? null);
    const ids = instrument.program.variables.slice(0, instrument.program.items).map(({ id }) => id);
    const ofPanels = new Set(
      instrument.program.variables.flatMap(({ id, member }) => (member === undefined ? [] : [id])),
    );
    expect(ids.filter((id) => !ofPanels.has(id))).toEqual(Object.keys(loaded.definition.items ?? {}));
  });

  it('ships labels of a few words and no question, and says whose the wording is [H21] [H22] [H23]', () => {
    for (const label of instrument.labels) {
      expect(label).not.toMatch(/[?]|\b(?:have you|do you|did you|are you|i feel|i have)\b/i);
      expect(label.length).toBeLessThanOrEqual(60);
    }
    const { holder, terms, class: kind } = loaded.definition.licence;
    expect(holder.length).toBeGreaterThan(0);
    expect(terms.length).toBeGreaterThan(0);
    expect(['commercial', 'unset']).not.toContain(kind);
  });
});

/** Every item present and null, as a form with empty fields sends it. */
function nulls({ program }: Instrument): Readonly<Record<string, null>> {
  return Object.fromEntries(program.variables.slice(0, program.items).map(({ id }) => [id, null]));
}

describe('an edited definition', () => {
  const file = 'instruments/mental-health/phq-9/definition.yaml';
  const loaded = (text: string): Instrument => {
    const outcome = instrumentFromYaml(text, file);
    if (isLeft(outcome)) throw new Error(outcome.left.map(({ message }) => message).join(' '));
    return outcome.right;
  };
  const text = readFileSync(file, 'utf8');
  const all = Object.fromEntries(['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'].map((id) => [id, 1]));

  it('scores under another digest, so that its results can be told apart [H19] [H20]', () => {
    const before = resultOf(loaded(text), all).provenance;
    expect(before.digest).toEqual(instrumentOf('phq-9').digest);
    const [from, to] = ['total >= 10', 'total >= 9'];
    expect(text).toContain(from);
    const moved = resultOf(loaded(text.replace(from, to)), all);
    expect(moved.provenance.digest.scoring).not.toBe(before.digest.scoring);
    expect(moved.provenance.version).toBe(before.version);
  });

  it('is refused where it names no licence [H23]', () => {
    const { licence: _, ...rest } = parse(text) as Readonly<Record<string, unknown>>;
    const outcome = instrumentFromYaml(JSON.stringify(rest), file);
    expect(isLeft(outcome) && outcome.left.map(({ path }) => path)).toEqual(['licence']);
  });
});

describe('the editions of the AUDIT-C', () => {
  it('are two definitions that may disagree on one form, and each result says which it is of [H02]', () => {
    const [uk, us] = [instrumentOf('audit-c'), instrumentOf('audit-c-us')];
    expect([uk.edition, us.edition]).not.toContain(null);
    expect(uk.edition).not.toBe(us.edition);
    expect(uk.digest.scoring).not.toBe(us.digest.scoring);
    const answers = { q1: 1, q2: 1, q3: 2 };
    const [ours, theirs] = [
      resultOf(uk, answers, { sex: 'female' }),
      resultOf(us, answers, { sex: 'female' }),
    ];
    expect(Object.values(ours.cutOffs).map(({ status }) => status)).toContain('not-met');
    expect(Object.values(theirs.cutOffs).map(({ status }) => status)).toContain('met');
    expect(ours.provenance).not.toEqual(theirs.provenance);
  });
});

describe('several cut-offs', () => {
  it('each name their source, and a result reports every one [H10]', () => {
    for (const { id, instrument, loaded } of shipped) {
      for (const [cutOff, { source }] of Object.entries(loaded.definition['cut-offs'] ?? {}))
        expect(Object.keys(loaded.definition.sources), `${id} ${cutOff}`).toContain(source);
      const result = resultOf(instrument, {}, { age: 40, sex: 'unknown' });
      expect(Object.keys(result.cutOffs), id).toEqual(instrument.program.cutOffs.map((one) => one.id));
    }
  });
});
