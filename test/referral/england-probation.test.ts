import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { instrumentFromYaml } from '../../src/definition/index.js';
import type { Instrument } from '../../src/instrument/index.js';
import { loadPathway, overdueRules } from '../../src/referral/definition/index.js';
import {
  type Pathway,
  type Person,
  type Plan,
  planAppointment,
  recommend,
} from '../../src/referral/index.js';
import { joinUrgency } from '../../src/referral/urgency.js';
import { pathwayCasesSchema } from '../../src/review/pathway-cases-schema.js';

const HERE = 'instruments/pathways/england-probation';
const TODAY = '2026-11-24';

/** The day of the last commit; in a copy without a history, the day on which the rules were read. */
const lastCommit = (): string => {
  try {
    const day = execFileSync('git', ['log', '-1', '--format=%cs'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
    return day === '' ? TODAY : day;
  } catch {
    return TODAY;
  }
};

const shipped = (): readonly Instrument[] =>
  readdirSync('instruments').flatMap((domain) =>
    readdirSync(`instruments/${domain}`).flatMap((id) => {
      const file = `instruments/${domain}/${id}/definition.yaml`;
      if (!existsSync(file)) return [];
      const loaded = instrumentFromYaml(readFileSync(file, 'utf8'), file);
      return isLeft(loaded) ? [] : [loaded.right];
    }),
  );

const catalogue = shipped();
const loaded = loadPathway(readFileSync(`${HERE}/pathway.yaml`), `${HERE}/pathway.yaml`, catalogue);
const pathway = (): Pathway => {
  if (isLeft(loaded)) throw new Error(JSON.stringify(loaded.left, null, 2));
  return loaded.right;
};

const { cases, proposals = [] } = pathwayCasesSchema.parse(parse(readFileSync(`${HERE}/cases.yaml`, 'utf8')));

const instrument = (id: string): Instrument => {
  const found = catalogue.find((each) => each.id === id);
  if (found === undefined) throw new Error(`${id} is not in instruments/, or does not load`);
  return found;
};

const form = (id: string, given: Readonly<Record<string, unknown>>) => {
  const { rest, ...named } = given;
  const of = instrument(id);
  const others = of.program.variables
    .slice(0, of.program.items)
    .filter(({ kind }) => kind !== 'text')
    .map((item) => [item.id, rest] as const);
  return {
    instrument: of,
    on: TODAY,
    answers: rest === undefined ? named : { ...Object.fromEntries(others), ...named },
  };
};

/** How a rule stands in a plan: as a reason, a note, or the reason for an instrument. */
const standing = (plan: Plan, rule: string): string => {
  const lines = [...plan.recommendations, ...plan.access].flatMap(({ reasons }) => reasons);
  const said = [...lines, ...plan.notes].find((each) => each.rule === rule);
  if (said !== undefined) return said.status === 'fired' ? 'fires' : said.status;
  if (plan.next.some(({ rules }) => rules.includes(rule))) return 'fires';
  return plan.questions.some(({ rules }) => rules.includes(rule)) ? 'asked' : 'silent';
};

describe('the pathway for people on probation in England', () => {
  it('loads against the instruments in instruments/', () => {
    expect(isLeft(loaded) ? loaded.left : []).toEqual([]);
  });

  it('has, for each rule, a case that fires, one that misses and one in which it is not known', () => {
    for (const { id, urgency } of pathway().rules) {
      const kinds = new Set(cases.filter(({ rule }) => rule === id).map(({ is }) => is));
      expect([id, kinds.has('fires'), kinds.has('silent')]).toEqual([id, true, true]);
      if (urgency !== 'none') expect([id, kinds.has('asked') || kinds.has('ask')]).toEqual([id, true]);
    }
    expect(cases.filter(({ rule }) => !pathway().rules.some(({ id }) => id === rule))).toEqual([]);
  });

  it('has no rule past its review on the day of the last commit, but those waived by name [H15]', () => {
    expect(overdueRules(pathway(), lastCommit())).toEqual([]);
    expect(overdueRules(pathway(), '2999-01-01').length).toBeGreaterThan(50);
  });

  it('opens the battery with what cannot wait, so that an appointment cut short has asked it', () => {
    const plan = recommend(pathway(), { asOf: TODAY, forms: [] }, {});
    const { now } = planAppointment(plan.next, 5);
    expect(now[0]?.instrument).toBe('c-ssrs-screener');
  });

  it('raises what is found in pregnancy and in the year after birth, when the step is switched on', () => {
    const made = (person: Person) =>
      recommend(
        pathway(),
        { asOf: TODAY, forms: [form('phq-9', { q1: 3, q2: 3, q3: 3, q4: 1, rest: 0 })] },
        {
          sex: 'female',
          'consent-to-refer': true,
          'severe-mental-illness': false,
          'psychosis-signs': false,
          ...person,
        },
        { proposals: ['PER-P1'] },
      ).recommendations.find(({ reasons }) => reasons.some(({ rule }) => rule === 'DEP-03'))?.urgency;
    expect(made({ pregnant: true })).toBe('soon');
    expect(made({ pregnant: false, birth: '2026-01-01' })).toBe('soon');
    expect(made({ pregnant: false, birth: 'never' })).toBe('routine');
    expect(made({ sex: 'male' })).toBe('routine');
  });

  const hangsOnFact = cases.filter(
    ({ is, about }) => is === 'asked' && pathway().facts.some(({ id }) => id === about),
  );
  it.each(hangsOnFact.map((one) => [one.rule, String(one.about), one] as const))(
    '%s: stands as provisional where %s was asked and not given, at the same urgency, or asks what else it hangs on',
    (rule, about, { person = {}, forms = {}, derive = true, proposals: named = proposals }) => {
      const own = pathway().rules.find(({ id }) => id === rule)?.urgency ?? 'none';
      for (const answer of ['refused', 'not-known'] as const) {
        const plan = recommend(
          pathway(),
          {
            asOf: TODAY,
            forms: Object.entries(forms).map(([id, given]) => form(id, given)),
            ...(derive ? { derive: catalogue } : {}),
          },
          { age: 34, sex: 'male', 'consent-to-refer': true, ...(person as Person), [about]: answer },
          { proposals: named },
        );
        const asked = plan.questions.filter(({ rules }) => rules.includes(rule));
        expect(asked.filter((question) => question.status === 'fact' && question.fact === about)).toEqual([]);
        const reasons = [...plan.recommendations, ...plan.access].flatMap((line) => line.reasons);
        const stands = reasons.filter((reason) => reason.rule === rule);
        expect(stands.map(({ status, urgency }) => [status, urgency])).toEqual(
          stands.map(() => ['provisional', own]),
        );
        // What it hangs on besides is asked at an urgency that is no lower.
        expect(stands.length > 0 || asked.some(({ urgency }) => joinUrgency(urgency, own) === urgency)).toBe(
          true,
        );
      }
    },
  );

  it('keeps proposals off unless they are named', () => {
    const plan = recommend(pathway(), { asOf: TODAY, forms: [] }, { 'has-id': false });
    expect(standing(plan, 'NAV-P1')).toBe('silent');
  });

  it('says where it has no rule for an instrument', () => {
    const forms = ['who-5', 'must', 'sds', '4at', 'swemwbs'].filter((id) =>
      catalogue.some((each) => each.id === id),
    );
    const plan = recommend(pathway(), { asOf: TODAY, forms: forms.map((id) => form(id, {})) }, {});
    expect(plan.withoutRule.map(({ instrument: id }) => id)).toEqual([...forms].sort());
  });
});

describe('one person, from answers to a plan', () => {
  const plan = () =>
    recommend(
      pathway(),
      {
        asOf: '2026-11-23',
        derive: catalogue,
        forms: [
          {
            instrument: instrument('phq-9'),
            on: '2026-11-23',
            answers: { q1: 2, q2: 2, q3: 3, q4: 2, q5: 1, q6: 2, q7: 1, q8: 0, q9: 1 },
          },
          {
            instrument: instrument('audit'),
            on: '2026-11-23',
            answers: { q1: 4, q2: 3, q3: 4, q4: 3, q5: 2, q6: 2, q7: 2, q8: 1 },
          },
        ],
      },
      {
        age: 34,
        sex: 'male',
        'registered-with-gp': false,
        housing: 'no-fixed-address',
        'consent-to-refer': true,
      },
    );

  it('puts the answer that cannot wait first, then housing, then the referrals', () => {
    expect(
      plan().recommendations.map(({ urgency, services, reasons }) => [
        urgency,
        services[0]?.id,
        reasons[0]?.rule,
      ]),
    ).toEqual([
      ['same-day', 'clinician-now', 'SUI-01'],
      ['urgent', 'housing', 'HOU-01'],
      ['routine', 'talking-therapies', 'DEP-03'],
      ['routine', 'drug-alcohol', 'ALC-05'],
    ]);
  });

  it('registers with a GP first, and says what waits for it', () => {
    const made = plan();
    expect(made.access.map(({ reasons }) => reasons[0]?.rule)).toEqual(['GP-01']);
    expect(
      made.recommendations
        .filter(({ after }) => after.includes('GP-01'))
        .map(({ services }) => services[0]?.id),
    ).toEqual(['talking-therapies']);
  });

  it('claims what is certain of the unfinished AUDIT, and no more', () => {
    const because = plan().recommendations[3]?.reasons[0]?.because[0];
    expect(because).toMatchObject({ shown: 'AUDIT 21 to 29 of 40, possible dependence', basis: 'proved' });
    expect(plan().recommendations[3]?.warnings).toEqual(['Do not stop drinking suddenly']);
  });

  it('asks first what an emergency hangs on', () => {
    const [first] = plan().questions;
    expect(first?.urgency).toBe('emergency');
    expect(plan().questions.flatMap(({ rules }) => rules)).toContain('ALC-09');
  });

  it('derives the short forms and does not propose them again', () => {
    const made = plan();
    expect(
      made.readings.filter(({ derivedFrom }) => derivedFrom !== undefined).map(({ instrument: id }) => id),
    ).toEqual(['audit-c', 'fast', 'm-sasq', 'phq-2']);
    expect(made.next.map(({ instrument: id }) => id)).not.toContain('audit-c');
  });
});
