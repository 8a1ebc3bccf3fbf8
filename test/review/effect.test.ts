import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadDefinition, toInstrument } from '../../src/definition/index.js';
import { evaluate } from '../../src/referral/evaluate-rule.js';
import type { Condition, Pathway } from '../../src/referral/index.js';
import { placeReadings } from '../../src/referral/readings.js';
import type { Effect } from '../../src/review/effect/effect.js';
import { type EffectOptions, effectOfEdit, type LoadedText } from '../../src/review/effect/effect.js';
import { exactly, sampled } from '../../src/review/effect/figure.js';
import type { PartEffect } from '../../src/review/effect/part-effects.js';
import { bumpBetween } from '../../src/review/effect/version-rule.js';
import { score } from '../../src/scoring/index.js';
import { definitionFile, realLibrary } from '../cli/real-instruments.js';
import { everyAnswer, filledIn, movesOfForm } from './enumerated-moves.js';

function load(text: string, file = 'edited.yaml'): LoadedText {
  const loaded = loadDefinition(text, file);
  if (loaded._tag === 'Left') throw new Error(loaded.left.map(({ message }) => message).join('\n'));
  return { file, text, loaded: loaded.right };
}

const textOf = (id: string): string => readFileSync(definitionFile(id), 'utf8');

/** The definition of a shipped instrument with pieces of its text replaced. */
function edited(
  id: string,
  ...edits: readonly (readonly [string, string])[]
): { old: LoadedText; new: LoadedText } {
  const text = textOf(id);
  const changed = edits.reduce((so, [from, to]) => {
    if (!so.includes(from)) throw new Error(`${id} does not hold ${from}`);
    return so.replace(from, to);
  }, text);
  return { old: load(text, `${id}/old.yaml`), new: load(changed, `${id}/new.yaml`) };
}

const effectOf = (
  id: string,
  edits: readonly (readonly [string, string])[],
  options: EffectOptions = { partial: 0 },
): Effect => effectOfEdit(edited(id, ...edits), options);

const part = ({ parts }: Effect, kind: PartEffect['kind'], id: string): PartEffect => {
  const found = parts.find((one) => one.kind === kind && one.id === id);
  if (found === undefined) throw new Error(`no ${kind} ${id}`);
  return found;
};

const forms = ({ moved }: PartEffect): bigint => (moved?.method === 'exact' ? moved.forms : -1n);

function choose(of: bigint, k: bigint): bigint {
  if (k < 0n || k > of) return 0n;
  let result = 1n;
  for (let i = 1n; i <= k; i++) result = (result * (of - k + i)) / i;
  return result;
}

/** How many ways `items` items of 0 to `top` points add up to `total`: by inclusion and exclusion, not by counting states. */
function waysToTotal(items: bigint, top: bigint, total: bigint): bigint {
  let sum = 0n;
  for (let over = 0n; over <= items; over++) {
    const rest = total - over * (top + 1n);
    if (rest < 0n) break;
    sum += (over % 2n === 0n ? 1n : -1n) * choose(items, over) * choose(rest + items - 1n, items - 1n);
  }
  return sum;
}

describe('the effect of an edit, held against figures worked out otherwise', () => {
  it('PHQ-9, cut-off 10 to 11: exactly the forms with a total of 10', () => {
    const effect = effectOf('phq-9', [['total >= 10', 'total >= 11']]);
    // C(18, 8) − 9 · C(14, 8) + 36 · C(10, 8)
    expect(waysToTotal(9n, 3n, 10n)).toBe(43_758n - 27_027n + 1_620n);
    expect(effect.forms?.total).toBe(4n ** 9n);
    expect(effect.moved).toEqual(exactly(18_351n, 262_144n));
    expect(part(effect, 'cut-off', 'caseness-10').moves).toEqual([
      {
        from: 'met',
        to: 'not met',
        forms: exactly(18_351n, 262_144n),
        example: {
          answers: { q1: '3', q2: '3', q3: '3', q4: '1', q5: '0', q6: '0', q7: '0', q8: '0', q9: '0' },
        },
      },
    ]);
    expect(effect.parts.filter((one) => forms(one) !== 0n)).toHaveLength(1);
  });

  it('PCL-5, cut-off 31 to 33: the forms with a total of 31 or 32, of 95 million million', () => {
    const effect = effectOf('pcl-5', [['when: total >= 31', 'when: total >= 33']]);
    expect(effect.forms?.total).toBe(5n ** 20n);
    expect(forms(part(effect, 'cut-off', 'ptsd-31'))).toBe(
      waysToTotal(20n, 4n, 31n) + waysToTotal(20n, 4n, 32n),
    );
  });

  it('C-SSRS screener: a recent act that no longer asks for a response now, 6 of 54 forms', () => {
    // q2 no: 2 (q1) × 3 (q6, q6a) = 6 forms; q2 yes: 2 × 8 (q3 to q5) × 3 = 48. With q4, q5 no and q6a yes: 2 + 2 × 2.
    const effect = effectOf('c-ssrs-screener', [
      ['when: "any(q4, q5, q6a)", publisher-label', 'when: "any(q4, q5)", publisher-label'],
    ]);
    expect(effect.forms?.total).toBe(54n);
    expect(
      part(effect, 'band', 'response').moves.map(({ from, to, forms: some }) => [from, to, some]),
    ).toEqual([['response-now', 'assessment-today', exactly(6n, 54n)]]);
    // What the gate leaves out is not on the example either.
    expect(part(effect, 'band', 'response').moves[0]?.example.answers).toEqual({
      q1: 'no',
      q2: 'no',
      q6: 'yes',
      q6a: 'yes',
    });
  });

  it('DUDIT, the cut-off of women: counted by sex', () => {
    // A total of 2: two of the nine items of 0 to 4 at 1, one at 2, or one of the two items of 0, 2, 4 at 2: 36 + 9 + 2.
    const effect = effectOf('dudit', [['female: total >= 2', 'female: total >= 3']]);
    const each = 5n ** 9n * 9n;
    expect(effect.forms).toMatchObject({ total: 2n * each, context: ['sex'] });
    expect(part(effect, 'cut-off', 'problems-men-6-women-2').bySex).toEqual({
      female: exactly(47n, each),
      male: exactly(0n, each),
    });
  });

  it('SDS: each substance chosen and answered, or not chosen', () => {
    // Five items of 0 to 3: C(7, 4) = 35 ways to a total of 3.
    const effect = effectOf('sds', [['when: total >= 3', 'when: total >= 4']]);
    const each = 4n ** 5n + 1n;
    expect(effect.forms).toMatchObject({ total: each ** 8n, members: true });
    const cutOff = part(effect, 'cut-off', 'heroin.dependence-3');
    expect(forms(cutOff)).toBe(35n * each ** 7n);
    expect(cutOff.moves[0]?.example.administered).toEqual(['substance.heroin']);
  });

  it('MUST: measurements against each other, exactly', () => {
    let pairs = 0;
    // Height in cm, weight in tenths of a kilogram: 18.5 <= (w / 10) / (h / 100)² < 19.
    for (let h = 90; h <= 250; h++)
      for (let w = 200; w <= 4000; w++) if (2000 * w >= 37 * h * h && 1000 * w < 19 * h * h) pairs++;
    const effect = effectOf('must', [['< 18.5', '< 19']]);
    expect(effect.forms?.total).toBe(161n * 3801n * 3801n * 4n);
    expect(forms(part(effect, 'score', 'bmi-part'))).toBe(BigInt(pairs) * 3801n * 4n);
    expect(effect.moved?.method).toBe('exact');
  });

  it('a gate that is taken away: what was skipped is now asked, and counts', () => {
    const text = textOf('c-ssrs-screener');
    const line = text.split('\n').find((one) => one.includes('if: q2 is no')) ?? '';
    const effect = effectOf('c-ssrs-screener', [[`${line}\n`, '']]);
    // Every form now has an answer to q3 to q5: 2 · 2 · 8 · 3.
    expect(effect.forms?.total).toBe(96n);
    // With q2 no: 2 (q1) × 3 (q6 and q6a) × those of the 8 that give another level.
    const moves = part(effect, 'band', 'response').moves;
    expect(moves.length).toBeGreaterThan(0);
    for (const { from, to, example } of moves) {
      const both = edited('c-ssrs-screener', [`${line}\n`, '']);
      if (both.old.loaded.status === 'refused' || both.new.loaded.status === 'refused')
        throw new Error('refused');
      const said = movesOfForm(toInstrument(both.old.loaded), toInstrument(both.new.loaded), example);
      expect(said.get('band response')).toBe(`${from} → ${to}`);
    }
  });

  it('nothing, where nothing is edited', () => {
    expect(effectOf('gad-2', [])).toMatchObject({
      change: 'none',
      forms: null,
      facts: [],
      version: { needed: 'none', enough: true },
    });
  });
});

/** Openly fictional: two yes-no items and a gate. */
const FICTIONAL = `id: trial
version: "1.0.0"
title: A trial definition, openly fictional
short: TRIAL
domain: functioning
measures: nothing; it tries the effect of edits
respondent: [self]
recall: P2W
minutes: 1
licence: { holder: nobody, class: public-domain, terms: none needed, source: s, confidence: verified, seen: "2026-11-24" }
options:
  few: [ { code: "0", label: none }, { code: "1", label: some }, { code: "2", label: much } ]
items:
  q1: { label: first, options: few }
  q2: { label: second, options: few }
scores:
  total: { formula: sum(q1..q2), range: [0, 4], source: s }
cut-offs:
  two: { when: total >= 2, screens-for: nothing, source: s }
flags:
  second: { when: q2 >= 1, title: a second sign, source: s }
sources:
  s: { title: A fictional source, year: 2026, confidence: verified }
`;

const fictional = (edits: readonly (readonly [string, string])[], options: EffectOptions = {}): Effect =>
  effectOfEdit(
    {
      old: load(FICTIONAL, 'old.yaml'),
      new: load(
        edits.reduce((so, [from, to]) => so.replace(from, to), FICTIONAL),
        'new.yaml',
      ),
    },
    options,
  );

describe('the effect of an edit of a fictional definition', () => {
  it('lays forms over each other where an item is added', () => {
    const effect = fictional([
      [
        '  q2: { label: second, options: few }',
        '  q2: { label: second, options: few }\n  q3: { label: third, options: few }',
      ],
      ['sum(q1..q2), range: [0, 4]', 'sum(q1..q3), range: [0, 6]'],
    ]);
    expect(effect.forms).toMatchObject({ total: 27n, addedItems: ['q3'], removedItems: [], onlyOld: 0n });
    // Not met at totals 0 and 1 of two items (3 forms); met with the third: q3 of 2 with 0 (1 form), or 1 or 2 with 1 (2 · 2).
    expect(part(effect, 'cut-off', 'two').moves).toMatchObject([
      { from: 'not met', to: 'met', forms: { forms: 1n + 4n, of: 27n } },
    ]);
    expect(part(effect, 'score', 'total').moves.length).toBe(10);
  });

  it('counts apart the forms that only one definition reads', () => {
    const effect = fictional([
      ['{ code: "2", label: much }', '{ code: "3", label: much }'],
      ['range: [0, 4]', 'range: [0, 6]'],
    ]);
    // Codes 0 and 1 are known to both: 4 forms; with a 2 somewhere 5 more, with a 3 somewhere 5 more.
    expect(effect.forms).toMatchObject({ total: 4n, onlyOld: 5n, onlyNew: 5n });
    expect(effect.forms?.onlyOldExample?.answers).toEqual({ q1: '2', q2: '0' });
    expect(effect.version).toMatchObject({
      needed: 'major',
      because: 'answers that were valid are no longer read',
    });
  });

  it('names what is new and what is gone', () => {
    const effect = fictional([
      ['  two: {', '  three: {'],
      ['total >= 2', 'total >= 3'],
    ]);
    expect(part(effect, 'cut-off', 'two')).toMatchObject({ standing: 'removed' });
    expect(part(effect, 'cut-off', 'three')).toMatchObject({
      standing: 'added',
      moves: [
        // A total of 3 or 4: 2 + 1, 1 + 2 and 2 + 2.
        { from: null, to: 'met', forms: { forms: 3n } },
        { from: null, to: 'not met', forms: { forms: 6n } },
      ],
    });
    expect(effect.version).toMatchObject({ needed: 'major', because: 'cut-off two is gone' });
  });

  it('asks for a minor version where something is only added', () => {
    const effect = fictional([
      ['flags:', '  three: { when: total >= 3, screens-for: nothing, source: s }\nflags:'],
    ]);
    expect(effect.version).toMatchObject({ given: 'none', needed: 'minor', enough: false });
  });

  it('places each fact in both files, and says whether it alone moves the scoring digest', () => {
    const effect = fictional([
      ['"1.0.0"', '"2.0.0"'],
      ['label: first', 'label: the first'],
      ['sum(q1..q2), range: [0, 4]', 'q1, range: [0, 2]'],
      ['total >= 2', 'total >= 1'],
    ]);
    const line = (text: string): number => FICTIONAL.split('\n').findIndex((one) => one.includes(text)) + 1;
    expect(effect.facts).toEqual([
      { path: 'version', old: '1.0.0', new: '2.0.0', line: { old: 2, new: 2 }, moves: 'document' },
      {
        path: 'items.q1.label',
        old: 'first',
        new: 'the first',
        line: { old: line('q1: {'), new: line('q1: {') },
        moves: 'document',
      },
      {
        path: 'scores.total.formula',
        old: 'sum(q1..q2)',
        new: 'q1',
        line: { old: line('total: {'), new: line('total: {') },
        moves: 'together',
      },
      {
        path: 'scores.total.range[1]',
        old: '4',
        new: '2',
        line: { old: line('total: {'), new: line('total: {') },
        moves: 'together',
      },
      {
        path: 'cut-offs.two.when',
        old: 'total >= 2',
        new: 'total >= 1',
        line: { old: line('two: {'), new: line('two: {') },
        moves: 'scoring',
      },
    ]);
    expect(effect.version).toMatchObject({ given: 'major', needed: 'major', enough: true });
  });

  it('takes words for words: no form is counted, a patch is enough', () => {
    const effect = fictional([
      ['"1.0.0"', '"1.0.1"'],
      ['A trial', 'One trial'],
    ]);
    expect(effect).toMatchObject({
      change: 'document',
      forms: null,
      moved: null,
      version: { given: 'patch', needed: 'patch', enough: true },
    });
  });

  it('finds on forms with missing answers what complete forms cannot show', () => {
    const rule = ', missing: { mean: { allow: 1, source: s } }';
    const effect = fictional([['range: [0, 4], source: s', `range: [0, 4], source: s${rule}`]]);
    expect(effect.moved).toEqual(exactly(0n, 9n));
    expect(effect.partial?.parts.map(({ kind, id }) => `${kind} ${id}`)).toContain('score total');
    expect(effect.version).toMatchObject({ needed: 'major', proved: true });
  });

  it('says of an edit that means the same that this is shown', () => {
    const effect = fictional([['total >= 2', 'total > 1']]);
    expect(effect).toMatchObject({ change: 'scoring', version: { needed: 'minor', proved: true } });
    expect(effect.partial?.parts).toEqual([]);
  });

  it('gives the same report for the same files', () => {
    const once = () => fictional([['total >= 2', 'total >= 3']]);
    expect(once()).toEqual(once());
  });
});

describe('forms that are too many to be counted', () => {
  const narrow: EffectOptions = { limits: { nodes: 120, steps: 4_000 }, sample: 3_000, partial: 0 };

  it('are drawn, and the interval holds the share that counting gives', () => {
    const effect = effectOf('phq-9', [['total >= 10', 'total >= 11']], narrow);
    const { moved } = part(effect, 'cut-off', 'caseness-10');
    if (moved?.method !== 'sampled') throw new Error('counted');
    const truth = 18_351 / 262_144;
    expect(moved.tried).toBe(3_000);
    expect(moved.low).toBeLessThan(truth);
    expect(moved.high).toBeGreaterThan(truth);
    expect(effect.moved?.method).toBe('sampled');
    // What is written the same needs no drawing.
    expect(part(effect, 'cut-off', 'nice-16').moved).toEqual(exactly(0n, 262_144n));
  });

  it('are left alone where not even what is asked can be worked out', () => {
    const effect = effectOf('phq-9', [['total >= 10', 'total >= 11']], { limits: { nodes: 3, steps: 10 } });
    expect(effect).toMatchObject({ change: 'scoring', forms: null, moved: null, parts: [] });
    expect(effect.version).toMatchObject({ needed: 'minor', proved: false });
  });
});

describe('the share of a sample', () => {
  it('has the interval of Wilson', () => {
    // 10 of 100: 0.0552 to 0.1744.
    const figure = sampled(10, 100);
    if (figure.method !== 'sampled') throw new Error('not sampled');
    expect(figure.low).toBeCloseTo(0.0552, 4);
    expect(figure.high).toBeCloseTo(0.1744, 4);
  });

  it('is open at the ends where none or all were found', () => {
    expect(sampled(0, 50)).toMatchObject({ low: 0 });
    expect(sampled(50, 50)).toMatchObject({ high: 1 });
    expect(sampled(0, 0)).toMatchObject({ low: 0, high: 1 });
  });
});

describe('the version rule', () => {
  it.each([
    ['1.0.0', '2.0.0', 'major'],
    ['1.4.2', '1.5.0', 'minor'],
    ['1.4.2', '1.4.3', 'patch'],
    ['1.4.2', '1.4.2', 'none'],
    ['1.4.2', '1.3.9', 'lowered'],
  ])('%s to %s is %s', (old, next, bump) => {
    expect(bumpBetween(old, next)).toBe(bump);
  });
});

describe('the rules of a pathway', () => {
  const england = realLibrary().pathway('england-probation');

  it('start and stop for exactly the forms on which the pathway itself says so', async () => {
    const pathway = await england;
    const both = edited('c-ssrs-screener', ['when: any(q4, q5, q6a)', 'when: any(q5, q6a)']);
    if (both.old.loaded.status === 'refused' || both.new.loaded.status === 'refused')
      throw new Error('refused');
    const effect = effectOfEdit(both, { pathway, partial: 0 });
    const sides = [toInstrument(both.old.loaded), toInstrument(both.new.loaded)] as const;
    const own = pathway.rules.filter(
      ({ instruments, when }) => instruments.join() === 'c-ssrs-screener' && !readsFacts(when),
    );
    expect(own.length).toBeGreaterThan(0);
    for (const rule of own) {
      const found = effect.rules?.effects.find(({ kind, id }) => kind === 'rule' && id === rule.id);
      const seen = new Set<string>();
      const count = { starts: 0n, stops: 0n };
      for (const would of everyAnswer(sides)) {
        const filled = filledIn(sides[0], would);
        if (seen.has(JSON.stringify(filled))) continue;
        seen.add(JSON.stringify(filled));
        const [was, is] = sides.map((instrument) => fires(rule.when, pathway, instrument, filled));
        if (!was && is) count.starts++;
        if (was && !is) count.stops++;
      }
      expect(found === undefined ? { starts: 0n, stops: 0n } : exactCounts(found), rule.id).toEqual(count);
    }
    expect(effect.rules?.effects.length).toBeGreaterThan(0);
  });

  it('say what else they hang on', async () => {
    const effect = effectOf('phq-9', [['total >= 10', 'total >= 11']], {
      pathway: await england,
      partial: 0,
    });
    const rule = effect.rules?.effects.find(({ id }) => id === 'VET-P1');
    expect(rule?.others).toContain('veteran');
    expect(rule?.proposal).toBe(true);
    expect(rule?.stops).toEqual(exactly(18_351n, 262_144n));
  });

  it('name what they read and the new definition no longer has', async () => {
    const effect = effectOf('phq-9', [['  caseness-10:', '  caseness-ten:']], {
      pathway: await england,
      partial: 0,
    });
    expect(effect.rules?.effects.find(({ id }) => id === 'DEP-03')?.lost).toEqual([
      'phq-9 meets caseness-10',
    ]);
  });
});

function readsFacts(when: Condition): boolean {
  return /"op":"(fact|fact-number|unrouted-critical-flag)"/.test(JSON.stringify(when));
}

function exactCounts({ starts, stops }: NonNullable<Effect['rules']>['effects'][number]) {
  if (starts?.method !== 'exact' || stops?.method !== 'exact') throw new Error('not counted');
  return { starts: starts.forms, stops: stops.forms };
}

function fires(
  when: Condition,
  pathway: Pathway,
  instrument: ReturnType<typeof toInstrument>,
  answers: Readonly<Record<string, string>>,
): boolean {
  const outcome = score(instrument, answers as never, {} as never);
  const date = new Date('2026-11-23');
  const placed = placeReadings([{ instrument, on: '2026-11-23', date, derivedFrom: null, outcome }], date);
  const found = evaluate(when, { pathway, states: new Map(), byInstrument: placed.byInstrument });
  return found.firing === 'fired';
}
