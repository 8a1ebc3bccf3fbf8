import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/generated/catalogue.js';
import { type SelfTestParts, selfTestOf } from '../../../src/review/self-test/self-test.js';
import { selfTest } from '../../../src/self-test.js';
import {
  type InstrumentData,
  instrumentData,
  instrumentParts,
  leaves,
  other,
  pathwayData,
  pathwayParts,
  spoil,
} from './parts.js';

const shippedIds = catalogue.flatMap(({ id, load }) => (load === null ? [] : [id]));
const refusedIds = catalogue.flatMap(({ id, load }) => (load === null ? [id] : []));

const testOf = (parts: Partial<SelfTestParts>) => selfTestOf({ instruments: [], pathways: [], ...parts });
const testInstrument = (data: InstrumentData) => testOf({ instruments: [instrumentParts(data)] });

/** The test of one instrument after something was done to its parts. */
const spoilt = async (id: string, change: (data: InstrumentData) => void) => {
  const data = await instrumentData(id);
  change(data);
  return testInstrument(data);
};

describe('the self-test of the package as it stands', () => {
  let report: Awaited<ReturnType<typeof selfTest>>;
  beforeAll(async () => {
    report = await selfTest();
  });

  it('finds it sound, and has tested every instrument, both pathways and every definition', () => {
    expect(report.failures).toEqual([]);
    expect(report.status).toBe('sound');
    expect(report.tested).toMatchObject({
      instruments: shippedIds.length,
      definitions: shippedIds.length,
      pathways: 2,
    });
    expect(report.tested.cases).toBeGreaterThan(2000);
    // Of each instrument three digests, of each refused one two, of each pathway its own and those of the two files beside it.
    expect(report.tested.digests).toBe(3 * shippedIds.length + 2 * refusedIds.length + 3 * 2);
  });

  it('gives plain JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('a package of which an instrument was changed', () => {
  it('is caught, with the instrument, the place and what the definition gives, for any number of any instrument [H20]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...shippedIds), fc.nat(), async (id, pick) => {
        const data = await instrumentData(id);
        const { digest: _, ...rest } = data.instrument as { [key: string]: never };
        const places = leaves(rest);
        const place = places[pick % places.length] ?? [];
        spoil(data.instrument, place, other);
        const { status, failures } = await testInstrument(data);
        expect([id, status]).toEqual([id, 'failed']);
        expect(failures.every((failure) => failure.of === id)).toBe(true);
        if (place[0] === 'id') return;
        const at = place.reduce<string>(
          (text, step) =>
            typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`,
          '',
        );
        expect(failures).toContainEqual(
          expect.objectContaining({ kind: 'difference', in: 'instrument', at }),
        );
      }),
    );
  });

  it('is caught by its cases too where the change moves a cut-off', async () => {
    const { failures } = await spoilt('phq-2', ({ instrument }) =>
      spoil(instrument, ['program', 'cutOffs', 0, 'verdict', 'test', 'value'], other),
    );
    expect(failures).toContainEqual({
      kind: 'difference',
      of: 'phq-2',
      in: 'instrument',
      at: 'program.cutOffs[0].verdict.test.value',
      expected: '3',
      found: '4',
    });
    const [failed] = failures.filter(({ kind }) => kind === 'case');
    expect(failed).toMatchObject({
      of: 'phq-2',
      what: 'cut-offs.depression-3',
      expected: '"met"',
      found: '"not-met"',
    });
  });

  it.each(['scoring', 'document'] as const)(
    'is caught where only its %s digest was changed',
    async (which) => {
      const { failures } = await spoilt('phq-2', ({ instrument }) =>
        spoil(instrument, ['digest', which], other),
      );
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatchObject({
        kind: 'digest',
        of: 'phq-2',
        digest: which,
        recordedIn: ['instrument'],
      });
    },
  );

  it('is caught where it cannot be loaded, or is another', async () => {
    const data = await instrumentData('phq-2');
    const parts = instrumentParts(data);
    const broken = async () => {
      throw new Error('cannot find it');
    };
    const gone = await testOf({
      instruments: [
        { ...parts, scored: { ...(parts.scored as never as object), instrument: broken } as never },
      ],
    });
    expect(gone.failures).toEqual([
      { kind: 'unusable', of: 'phq-2', part: 'instrument', message: 'cannot find it' },
    ]);
    const { failures } = await spoilt('phq-2', ({ instrument }) => spoil(instrument, ['id'], () => 'gad-2'));
    expect(failures).toEqual([
      { kind: 'unusable', of: 'phq-2', part: 'instrument', message: 'this is another instrument' },
    ]);
  });
});

describe('a package of which a case was changed', () => {
  const first = ['cases', 0] as const;

  it('is caught, with the name of the case, what was expected and what was found', async () => {
    const data = await instrumentData('phq-2');
    const cases = (data.cases as { cases: { name: string; expect: { scores: { total: number } } }[] }).cases;
    const place = cases.findIndex((one) => typeof one.expect.scores?.total === 'number');
    const was = cases[place]?.expect.scores.total ?? Number.NaN;
    spoil(data.cases, ['cases', place, 'expect', 'scores', 'total'], other);
    const { failures } = await testInstrument(data);
    expect(failures).toEqual([
      expect.objectContaining({ kind: 'digest', of: 'phq-2', digest: 'cases', recordedIn: ['index'] }),
      {
        kind: 'case',
        of: 'phq-2',
        case: cases[place]?.name,
        what: 'scores.total',
        expected: String(was + 1),
        found: String(was),
      },
    ]);
  });

  it('is caught where a case was taken out, or its source rewritten, although the rest holds', async () => {
    for (const change of [
      (data: InstrumentData) => void (data.cases as { cases: unknown[] }).cases.pop(),
      (data: InstrumentData) => spoil(data.cases, [...first, 'source'], other),
    ]) {
      const { failures } = await spoilt('audit', change);
      expect(failures.map(({ kind }) => kind)).toEqual(['digest']);
    }
  });

  it('is caught where the cases are gone or are none', async () => {
    for (const none of [null, [], { cases: 'none' }, { cases: [null] }]) {
      const { failures } = await spoilt('phq-2', (data) => {
        data.cases = none as never;
      });
      expect(failures).toContainEqual(
        expect.objectContaining({ kind: 'unusable', of: 'phq-2', part: 'cases' }),
      );
    }
  });
});

describe('a package of which a definition was changed', () => {
  it('is caught by the digest recorded in three places, for any entry of any definition, shipped or refused [H20]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...shippedIds, ...refusedIds), fc.nat(), async (id, pick) => {
        const data = await instrumentData(id);
        const { digest: _, program: __, ...written } = data.definition as { [key: string]: never };
        const places = leaves(written);
        const place = places[pick % places.length] ?? [];
        spoil(data.definition, place, other);
        const { failures } = await testInstrument(data);
        expect(failures).toContainEqual(
          expect.objectContaining({
            kind: 'digest',
            of: id,
            digest: 'document',
            recordedIn: ['catalogue', 'definition', ...(shippedIds.includes(id) ? ['instrument'] : [])],
          }),
        );
      }),
    );
  });

  it('is caught with what the definition now gives, where the change moves a score', async () => {
    const { failures } = await spoilt('phq-2', ({ definition }) =>
      spoil(definition, ['cut-offs', 'depression-3', 'when'], () => 'total >= 4'),
    );
    expect(failures.filter(({ kind }) => kind === 'digest')).toMatchObject([
      { digest: 'document' },
      { digest: 'scoring', recordedIn: ['catalogue', 'definition', 'instrument'] },
    ]);
    const at = 'program.cutOffs[0].verdict.test.value';
    for (const where of ['instrument', 'definition'])
      expect(failures).toContainEqual({
        kind: 'difference',
        of: 'phq-2',
        in: where,
        at,
        expected: '4',
        found: '3',
      });
  });

  it('is caught where a fact that no answer shows is not what was entered a second time', async () => {
    const { failures } = await spoilt('phq-2', ({ definition }) =>
      spoil(definition, ['recall'], () => 'P1W'),
    );
    expect(failures).toContainEqual({
      kind: 'case',
      of: 'phq-2',
      case: 'facts',
      what: 'facts.recall',
      expected: '"P2W"',
      found: '"P1W"',
    });
  });

  it('is caught where only the program beside it was changed, for readers in other languages', async () => {
    const { failures } = await spoilt('phq-2', ({ definition }) =>
      spoil(definition, ['program', 'scores', 0, 'range', 1], other),
    );
    expect(failures).toEqual([
      {
        kind: 'difference',
        of: 'phq-2',
        in: 'definition',
        at: 'program.scores[0].range[1]',
        expected: '6',
        found: '7',
      },
    ]);
  });

  it('is caught where it no longer lowers, names what does not exist, or is nothing', async () => {
    for (const when of ['total >= 77', 'total >=', 'nothing >= 3']) {
      const { failures } = await spoilt('phq-2', ({ definition }) =>
        spoil(definition, ['cut-offs', 'depression-3', 'when'], () => when),
      );
      expect(failures).toContainEqual(
        expect.objectContaining({ kind: 'unusable', of: 'phq-2', part: 'definition' }),
      );
    }
    for (const id of ['phq-2', refusedIds[0] ?? '']) {
      const { failures } = await spoilt(id, (data) => {
        data.definition = null;
      });
      expect(failures).toEqual([
        { kind: 'unusable', of: id, part: 'definition', message: 'this is no mapping' },
      ]);
    }
  });

  it('lists ten differences of one instrument at most', async () => {
    const { failures } = await spoilt('audit', ({ instrument }) => {
      for (let at = 0; at < 10; at += 1) spoil(instrument, ['labels', at], other);
      spoil(instrument, ['title'], other);
    });
    expect(failures).toHaveLength(10);
  });
});

describe('a package of which the catalogue was changed', () => {
  it('is caught', async () => {
    for (const id of ['phq-2', refusedIds[0] ?? '']) {
      const { failures } = await spoilt(id, (data) => spoil(data.catalogue, ['scoring'], other));
      expect(failures).toMatchObject([
        { kind: 'digest', of: id, digest: 'scoring', recordedIn: ['catalogue'] },
      ]);
    }
  });
});

describe('a package of which a pathway was changed', () => {
  const id = 'primary-care-example';
  const withAll = async (change: (data: Awaited<ReturnType<typeof pathwayData>>) => void) => {
    const data = await pathwayData(id);
    change(data);
    const instruments = await Promise.all(shippedIds.map(instrumentData));
    const { failures } = await testOf({
      instruments: instruments.map(instrumentParts),
      pathways: [pathwayParts(data)],
    });
    return failures;
  };

  it('is caught by its digest and by the scenario that it moves', async () => {
    const failures = await withAll(({ pathway }) => {
      const rules = (pathway as { rules: { id: string; urgency: string }[] }).rules;
      const rule = rules.find((each) => each.id === 'EX-01');
      if (rule !== undefined) rule.urgency = 'routine';
    });
    expect(failures).toContainEqual(
      expect.objectContaining({ kind: 'digest', of: id, digest: 'pathway', recordedIn: ['index'] }),
    );
    expect(failures).toContainEqual(
      expect.objectContaining({
        kind: 'case',
        of: id,
        what: 'urgency',
        expected: 'emergency',
        found: 'routine',
      }),
    );
  });

  it('is caught where a scenario was changed', async () => {
    const failures = await withAll(({ scenarios }) =>
      spoil(scenarios, ['scenarios', 1, 'expect', 'urgency'], () => 'none'),
    );
    expect(failures).toMatchObject([
      { kind: 'digest', digest: 'scenarios' },
      { kind: 'case', what: 'urgency', expected: 'none', found: 'emergency' },
    ]);
  });

  it('is caught where it is nothing', async () => {
    const failures = await withAll((data) => {
      data.pathway = null;
    });
    expect(failures).toEqual([{ kind: 'unusable', of: id, part: 'pathway', message: 'this is no mapping' }]);
  });
});

describe('a package that holds anything at all', () => {
  it('is never sound, and never makes the test reject', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('definition', 'instrument', 'cases'),
        fc.jsonValue(),
        async (part, value) => {
          const { status } = await spoilt('phq-2', (data) => {
            data[part as 'cases'] = (value ?? []) as never;
          });
          expect(status).toBe('failed');
        },
      ),
    );
  });
});
