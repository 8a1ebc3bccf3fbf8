import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDrafts } from '../../src/referral/draft.js';
import type { Condition, Person, Raise, Rule, Session } from '../../src/referral/index.js';
import { isAtLeast, joinUrgency, recommend, URGENCIES } from '../../src/referral/index.js';
import { alert1, catalogue, drink2, is, mood2, mood3, pathwayWith, rule, TODAY } from './fictional.js';

const RULE_URGENCIES = URGENCIES.filter((urgency) => urgency !== 'none');
const SERVICES = ['room', 'hotline', 'hospital', 'surgery', 'clinic', 'specialist', 'guide'];
const BOOLEANS = ['registered', 'in-pain', 'alone'];

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom(
    is.meets('mood-3', 'case-5'),
    is.meets('mood-2', 'open-3'),
    is.meets('drink-2', 'by-sex'),
    is.meets('drink-2', 'women-2'),
    is.raises('mood-3', 'danger'),
    is.raises('drink-2', 'mornings'),
    is.level('mood-3', 'severity', 'much'),
    is.level('drink-2', 'response', 'now', 'later'),
    { op: 'score', instrument: 'mood-3', score: 'total', operator: '>=', value: 4 } as const,
    { op: 'unrouted-critical-flag', routed: ['mood-3 danger'] } as const,
    is.fact('sex', 'female'),
    is.fact('treated-by', 'clinic'),
    { op: 'fact-number', fact: 'age', operator: '<', value: 18 } as const,
  ),
  fc.constantFrom(...BOOLEANS).map((fact) => is.fact(fact)),
);

const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((of) => is.and(...of)),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((of) => is.or(...of)),
    tie('node').map(is.not),
  ),
})).node;

const refer = fc.record({
  choice: fc.constantFrom('all' as const, 'one-of' as const),
  services: fc.uniqueArray(fc.constantFrom(...SERVICES), { minLength: 1, maxLength: 3 }),
});

const rules: fc.Arbitrary<readonly Rule[]> = fc
  .array(fc.tuple(condition, fc.constantFrom(...RULE_URGENCIES), refer, fc.boolean()), {
    minLength: 1,
    maxLength: 5,
  })
  .map((all) =>
    all.map(([when, urgency, to, access], at) =>
      rule(`RUL-0${at}`, when, {
        urgency,
        refer: to,
        warnings: [`warning ${at % 2}`],
        ...(access && at === 0 ? { provides: ['surgery-place'] } : {}),
      }),
    ),
  );

const raises: fc.Arbitrary<readonly Raise[]> = fc
  .array(
    fc.tuple(condition, fc.constantFrom(...RULE_URGENCIES), fc.subarray(['RUL-00', 'RUL-01', 'RUL-02'])),
    {
      maxLength: 2,
    },
  )
  .map((all) =>
    all.map(([when, upTo, raised], at) => ({
      id: `UP-0${at}`,
      text: 'fictional',
      when,
      rules: raised,
      upTo,
      says: 'sooner',
      guideline: [],
      confidence: 'fictional',
      level: 'design' as const,
    })),
  );

/** Rules with the steps up that concern them. */
const rulesAndRaises = fc.record({ rules, raises });

const answers = (items: readonly string[]) =>
  fc.dictionary(
    fc.constantFrom(...items),
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant({ missing: 'refused' })),
  );
const day = fc.constantFrom(TODAY, '2026-11-20', '2026-10-01');
const form = fc.oneof(
  ...(
    [
      [mood3, ['q1', 'q2', 'q3']],
      [mood2, ['q1', 'q2']],
      [drink2, ['q1', 'q2']],
      [alert1, ['q1']],
    ] as const
  ).map(([instrument, items]) =>
    fc.record({ instrument: fc.constant(instrument), on: day, answers: answers(items) }),
  ),
);
const forms = fc.array(form, { maxLength: 4 });

const withheld = fc.constantFrom('refused', 'not-known');
const fact = <T>(value: fc.Arbitrary<T>) => fc.option(fc.oneof(value, withheld), { nil: undefined });
const person: fc.Arbitrary<Person> = fc.record({
  age: fact(fc.integer({ min: 0, max: 100 })),
  sex: fact(fc.constantFrom('female', 'male')),
  agrees: fact(fc.boolean()),
  registered: fact(fc.boolean()),
  'in-pain': fact(fc.boolean()),
  alone: fact(fc.boolean()),
  'treated-by': fact(fc.subarray(['clinic', 'surgery'])),
});

interface Drawn {
  readonly rules: readonly Rule[];
  readonly raises: readonly Raise[];
}
const planOf = (of: Drawn, filled: Session['forms'], who: Person) =>
  recommend(
    pathwayWith(of.rules, { raises: of.raises }),
    { asOf: TODAY, forms: filled, derive: catalogue },
    who,
  );

const shuffled = <T>(all: readonly T[], seed: number): readonly T[] =>
  [...all]
    .map((each, at) => [((at + 1) * seed) % 17, each] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, each]) => each);

const RUNS = { numRuns: 300 };

describe('laws of the plan', () => {
  it('the order of forms and of rules leaves no trace', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, fc.integer({ min: 2, max: 16 }), (of, filled, who, seed) => {
        const made = planOf(of, filled, who);
        const mixed = planOf(
          { rules: shuffled(of.rules, seed), raises: shuffled(of.raises, seed) },
          shuffled(filled, seed),
          who,
        );
        expect(JSON.stringify(mixed)).toBe(JSON.stringify(made));
      }),
      RUNS,
    );
  });

  it('what fires firmly still fires when another fact becomes known [H28]', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, person, (of, filled, who, more) => {
        const known = Object.fromEntries(
          Object.entries(who).filter(
            ([, value]) => value !== undefined && !['refused', 'not-known'].includes(String(value)),
          ),
        );
        const firmly = (made: ReturnType<typeof planOf>) =>
          [...made.recommendations, ...made.access]
            .flatMap(({ reasons }) => reasons)
            .filter(({ status }) => status === 'fired')
            .map(({ rule: id }) => id);
        const before = firmly(planOf(of, filled, who));
        const after = new Set(firmly(planOf(of, filled, { ...more, ...known })));
        for (const id of before) expect(after).toContain(id);
      }),
      RUNS,
    );
  });

  it('another instrument never lowers the urgency', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, form, (of, filled, who, extra) => {
        const related = (id: string) => (id.startsWith('mood') ? 'mood' : id);
        const others = filled.filter(
          ({ instrument }) => related(instrument.id) !== related(extra.instrument.id),
        );
        // A rule that hopes for an open item may be settled by it; what fires firmly stays.
        const firm = (made: ReturnType<typeof planOf>) =>
          [...made.recommendations, ...made.access]
            .flatMap(({ reasons }) => reasons)
            .filter(({ status }) => status === 'fired')
            .map(({ rule: id }) => id);
        const after = new Set(firm(planOf(of, [...others, extra], who)));
        for (const id of firm(planOf(of, others, who))) expect(after).toContain(id);
      }),
      RUNS,
    );
  });

  it('withholding consent changes no urgency and drops no line', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, (of, filled, who) => {
        const lines = (agrees: boolean | 'refused' | undefined) => {
          const made = planOf(of, filled, { ...who, agrees });
          return [
            made.urgency,
            ...made.recommendations.map(({ urgency, services }) => [urgency, services.map(({ id }) => id)]),
          ];
        };
        for (const agrees of [false, 'refused', undefined] as const)
          expect(lines(agrees)).toEqual(lines(true));
      }),
      RUNS,
    );
  });

  it('being in treatment changes no urgency and drops no line', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, (of, filled, who) => {
        const unread = <T extends { readonly when: Condition }>(all: readonly T[]) =>
          all.filter(({ when }) => !JSON.stringify(when).includes('treated-by'));
        const without = { rules: unread(of.rules), raises: unread(of.raises) };
        const lines = (treated: readonly string[]) =>
          planOf(without, filled, { ...who, 'treated-by': treated }).recommendations.map(
            ({ urgency, services }) => [urgency, services.map(({ id }) => id)],
          );
        expect(lines(['clinic', 'surgery'])).toEqual(lines([]));
      }),
      RUNS,
    );
  });

  it('making a fact unknown never lowers the top urgency without a question of that urgency in its place', () => {
    fc.assert(
      fc.property(
        rulesAndRaises,
        forms,
        person,
        fc.constantFrom('age', 'sex', ...BOOLEANS),
        fc.constantFrom(undefined, 'refused'),
        (of, filled, who, id, value) => {
          const before = planOf(of, filled, who);
          const after = planOf(of, filled, { ...who, [id]: value });
          expect(isAtLeast(joinUrgency(after.urgency, after.asking), before.urgency)).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('making an answer unknown never lowers the top urgency without a question of that urgency in its place', () => {
    fc.assert(
      fc.property(
        rulesAndRaises,
        form,
        person,
        fc.constantFrom('q1', 'q2', 'q3'),
        fc.constantFrom(undefined, { missing: 'refused' }),
        (of, filled, who, id, value) => {
          const before = planOf(of, [filled], who);
          const items = filled.instrument.program.variables.map((variable) => variable.id);
          const answersNow = items.includes(id) ? { ...filled.answers, [id]: value } : filled.answers;
          const after = planOf(of, [{ ...filled, answers: answersNow }], who);
          expect(isAtLeast(joinUrgency(after.urgency, after.asking), before.urgency)).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('every line has a reason and an urgency, and lines stand by urgency and critical flags', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, (of, filled, who) => {
        const { recommendations, access } = planOf(of, filled, who);
        for (const line of [...recommendations, ...access]) {
          expect(line.reasons.length).toBeGreaterThan(0);
          for (const reason of line.reasons) {
            expect(reason.because.length).toBeGreaterThan(0);
            expect(isAtLeast(line.urgency, reason.urgency)).toBe(true);
          }
        }
        const rank = recommendations.map(
          ({ urgency, critical }) => 2 * URGENCIES.indexOf(urgency) + (critical ? 0 : 1),
        );
        expect(rank).toEqual([...rank].sort((a, b) => a - b));
      }),
      RUNS,
    );
  });

  it('never throws and stays JSON, whatever the answers, days and facts are [H25]', () => {
    fc.assert(
      fc.property(
        rules,
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        (of, given, on, asOf, who) => {
          const filled = [mood3, drink2].map((instrument) => ({
            instrument,
            on: on as string,
            answers: given,
          }));
          const made = recommend(
            pathwayWith(of),
            { asOf: asOf as string, forms: filled, derive: catalogue },
            who as Person,
          );
          expect(JSON.parse(JSON.stringify(made))).toEqual(made);
        },
      ),
      RUNS,
    );
  });

  it('a step up never lowers anything, and says what it rests on', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, (of, filled, who) => {
        const urgencies = (drawn: Drawn) => {
          const made = planOf(drawn, filled, who);
          return new Map(
            [...made.recommendations, ...made.access].flatMap(({ reasons }) =>
              reasons.map((reason) => [reason.rule, reason] as const),
            ),
          );
        };
        const before = urgencies({ ...of, raises: [] });
        const after = urgencies(of);
        expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
        for (const [id, reason] of before) {
          const now = after.get(id);
          expect(now !== undefined && isAtLeast(now.urgency, reason.urgency)).toBe(true);
          expect((now?.raised?.length ?? 0) > 0).toBe(now?.urgency !== reason.urgency);
        }
      }),
      RUNS,
    );
  });

  it('one more form of another instrument never lowers the urgency of the plan with its questions', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, form, (of, filled, who, extra) => {
        const related = (id: string) => (id.startsWith('mood') ? 'mood' : id);
        const others = filled.filter(
          ({ instrument }) => related(instrument.id) !== related(extra.instrument.id),
        );
        const firm = (made: ReturnType<typeof planOf>) =>
          [...made.recommendations, ...made.access].filter(({ status }) => status === 'fired');
        const [before] = firm(planOf(of, others, who));
        const after = planOf(of, [...others, extra], who);
        if (before !== undefined)
          expect(isAtLeast(joinUrgency(after.urgency, after.asking), before.urgency)).toBe(true);
      }),
      RUNS,
    );
  });

  it('no emergency hides another: each keeps a line of its own [H28]', () => {
    fc.assert(
      fc.property(rules, forms, person, (all, filled, who) => {
        const of = all.map((each) => ({ ...each, urgency: 'emergency' as const }));
        const made = planOf({ rules: of, raises: [] }, filled, who);
        const lines = [...made.recommendations, ...made.access];
        const fired = lines.flatMap(({ reasons }) => reasons.map(({ rule: id }) => id));
        expect(lines.length).toBe(new Set(fired).size);
        for (const line of lines) expect(line.reasons.length).toBe(1);
      }),
      RUNS,
    );
  });

  it('the plan is looked at again no later than its most urgent line asks', () => {
    fc.assert(
      fc.property(rules, forms, person, (all, filled, who) => {
        const of = all.map((each, at) => ({ ...each, review: `P${7 * (at + 1)}D` }));
        const made = planOf({ rules: of, raises: [] }, filled, who);
        const fired = [...made.recommendations, ...made.access].flatMap(({ reasons }) =>
          reasons.map(({ rule: id }) => id),
        );
        const soonest = of.filter(({ id }) => fired.includes(id)).map(({ id }) => id)[0];
        expect(made.review?.rules).toEqual(soonest === undefined ? undefined : [soonest]);
      }),
      RUNS,
    );
  });

  it('changes nothing that it is given', () => {
    fc.assert(
      fc.property(rulesAndRaises, forms, person, (of, filled, who) => {
        const before = JSON.stringify([of, filled, who]);
        planOf(of, filled, who);
        expect(JSON.stringify([of, filled, who])).toBe(before);
      }),
      { numRuns: 50 },
    );
  });
});

const text = fc.constantFrom('a', 'b', 'c');
const draft = fc
  .record({
    urgency: fc.constantFrom(...URGENCIES),
    critical: fc.boolean(),
    alternatives: fc.subarray(['surgery', 'guide', 'room']),
    place: fc.constantFrom('in-the-room' as const, 'referral' as const),
    status: fc.constantFrom('fired' as const, 'provisional' as const, 'ask' as const),
    reasons: fc.subarray(['A-01', 'B-02', 'C-03']),
    warnings: fc.uniqueArray(text).map((all) => [...all].sort()),
    provides: fc.uniqueArray(text).map((all) => [...all].sort()),
  })
  .map(({ alternatives, reasons, ...rest }) => ({
    ...rest,
    key: 'service clinic',
    services: ['clinic', ...[...alternatives].sort()],
    choice: alternatives.length > 0 ? ('one-of' as const) : ('all' as const),
    // What a rule says is the same wherever it says it.
    reasons: reasons.map((id) => ({
      rule: id,
      status: 'fired' as const,
      urgency: URGENCIES[id.charCodeAt(0) - 65] ?? ('none' as const),
      action: id,
      warnings: [],
      because: [],
      guideline: [],
      confidence: 'fictional',
      level: 'design' as const,
      proposal: false,
    })),
  }));

describe('the merge of two lines (law 13) [H28]', () => {
  it('is associative, commutative and idempotent', () => {
    fc.assert(
      fc.property(draft, draft, draft, (a, b, c) => {
        expect(mergeDrafts(a, mergeDrafts(b, c))).toEqual(mergeDrafts(mergeDrafts(a, b), c));
        expect(mergeDrafts(a, b)).toEqual(mergeDrafts(b, a));
        expect(mergeDrafts(a, a)).toEqual(a);
      }),
    );
  });

  it('is never below an input, and keeps every reason and warning', () => {
    fc.assert(
      fc.property(draft, draft, (a, b) => {
        const merged = mergeDrafts(a, b);
        for (const one of [a, b]) {
          expect(isAtLeast(merged.urgency, one.urgency)).toBe(true);
          expect(merged.warnings).toEqual(expect.arrayContaining(one.warnings));
          expect(merged.reasons.map(({ rule: id }) => id)).toEqual(
            expect.arrayContaining(one.reasons.map(({ rule: id }) => id)),
          );
        }
      }),
    );
  });
});
