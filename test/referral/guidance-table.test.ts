import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Instrument } from '../../src/instrument/index.js';
import type { Pathway, Rule } from '../../src/referral/index.js';
import { realLibrary, root } from '../cli/real-instruments.js';

/** The pathway for England, row by row against the table of guidance that it was made from. */
const table = z
  .strictObject({
    services: z.array(z.string()),
    rules: z.record(
      z.string(),
      z.strictObject({
        urgency: z.string(),
        services: z.array(z.string()),
        next: z.array(z.string()).default([]),
        guidelines: z.array(z.string()),
      }),
    ),
    parts: z.record(z.string(), z.array(z.string())),
    differs: z.record(
      z.string(),
      z.strictObject({
        absent: z.string().optional(),
        services: z.string().optional(),
        urgency: z.string().optional(),
      }),
    ),
    ours: z.record(z.string(), z.string()),
    restrictions: z.record(z.string(), z.strictObject({ says: z.string(), of: z.array(z.string()) })),
  })
  .parse(parse(readFileSync(join(root, 'test/referral/guidance-table.yaml'), 'utf8')));

let pathway: Pathway;
let instruments: readonly Instrument[];
beforeAll(async () => {
  const library = realLibrary();
  pathway = await library.pathway('england-probation');
  instruments = await Promise.all(library.instrumentIds.map(library.instrument));
});

const ruleOf = (id: string): Rule | undefined => pathway.rules.find((rule) => rule.id === id);
const withParts = (id: string): readonly Rule[] =>
  [id, ...(table.parts[id] ?? [])].flatMap((each) => ruleOf(each) ?? []);
const present = () => Object.entries(table.rules).filter(([id]) => table.differs[id]?.absent === undefined);

describe('the pathway for England against the table of guidance', () => {
  it('has the 39 services of the table and one for what is done at the visit', () => {
    expect(table.services.length).toBe(39);
    expect(Object.keys(pathway.services).sort()).toEqual([...table.services, 'this-visit'].sort());
  });

  it('has each of its 74 rows but three, and says of those why', () => {
    expect(Object.keys(table.rules).length).toBe(74);
    const missing = Object.keys(table.rules).filter((id) => ruleOf(id) === undefined);
    expect(missing).toEqual(['SUI-ACCT', 'BIP-01', 'EAT-01']);
    expect(missing.filter((id) => table.differs[id]?.absent === undefined)).toEqual([]);
  });

  it('is as urgent as each row, in the row and in each of its parts; what can be done at the visit is routine', () => {
    for (const [id, { urgency }] of present()) {
      if (table.differs[id]?.urgency !== undefined) continue;
      const wanted = urgency === 'opportunistic' ? 'routine' : urgency;
      expect([id, withParts(id).map((rule) => rule.urgency)]).toEqual([id, withParts(id).map(() => wanted)]);
    }
  });

  it('leads to the services of each row, opens its instruments and names its guidelines', () => {
    for (const [id, { services, next, guidelines }] of present()) {
      const rules = withParts(id);
      const leads = new Set(rules.flatMap(({ refer }) => refer.services));
      if (table.differs[id]?.services === undefined)
        expect([id, [...leads].sort()]).toEqual([id, [...services].sort()]);
      for (const each of next) expect([id, ruleOf(id)?.next]).toEqual([id, expect.arrayContaining([each])]);
      expect([id, ruleOf(id)?.guideline.map((each) => each.id)]).toEqual([id, guidelines]);
    }
  });

  it('has no rule beside the table but parts of its rows, proposals, and three that are named', () => {
    const parts = Object.values(table.parts).flat();
    const others = pathway.rules.filter(
      ({ id, level }) => table.rules[id] === undefined && !parts.includes(id) && level !== 'proposal',
    );
    expect(others.map(({ id }) => id).sort()).toEqual(Object.keys(table.ours).sort());
  });

  it('reads each instrument beside what guidance forbids of it', () => {
    for (const [guideline, { says, of }] of Object.entries(table.restrictions))
      for (const id of of) {
        const found = instruments.find((each) => each.id === id)?.restrictions ?? [];
        expect([guideline, id, found.some((text) => new RegExp(says, 'i').test(text))]).toEqual([
          guideline,
          id,
          true,
        ]);
      }
  });

  it('prints that a normal score does not exclude dementia beside every instrument that screens for it', () => {
    const screening = instruments.filter(({ program }) =>
      JSON.stringify(program.cutOffs).match(/dementia|cognitive impairment/i),
    );
    expect(screening.map(({ id }) => id)).toEqual(expect.arrayContaining(['6cit', 'ace-iii']));
    for (const { id, restrictions } of screening)
      expect([id, restrictions.join(' ')]).toEqual([id, expect.stringMatching(/exclude dementia/)]);
  });
});
