import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { textHtml } from '../../src/cli/render-letter.js';
import { PAGE_ROWS, planText } from '../../src/cli/render-plan.js';
import type { Instrument } from '../../src/instrument/index.js';
import type { Pathway, Plan } from '../../src/referral/index.js';
import { scenarioChecks } from '../../src/review/check-pathway-cases.js';
import { scenariosSchema } from '../../src/review/pathway-cases-schema.js';
import { realLibrary, root } from './real-instruments.js';

const library = realLibrary();
const scenarios = scenariosSchema.parse(
  parse(readFileSync(join(root, 'instruments/pathways/england-probation/scenarios.yaml'), 'utf8')),
);
const people: { readonly name: string; readonly plan: Plan }[] = [];
let pathway: Pathway;
let instruments: ReadonlyMap<string, Instrument>;
beforeAll(async () => {
  pathway = await library.pathway('england-probation');
  const all = await Promise.all(library.instrumentIds.map(library.instrument));
  instruments = new Map(all.map((each) => [each.id, each]));
  for (const { name, hold } of scenarioChecks(all, scenarios)) {
    const { plan } = hold(pathway);
    if (plan !== null) people.push({ name, plan });
  }
  expect(people.length).toBe(scenarios.scenarios.length);
});

const printed = (plan: Plan, length: 'page' | 'full' = 'page'): string =>
  planText(plan, {
    instruments,
    headings: {
      emergency: 'NOW',
      'same-day': 'TODAY',
      urgent: 'URGENT',
      soon: 'SOON',
      routine: 'ROUTINE',
      none: 'NOTE',
    },
    header: `${plan.asOf} · People on probation in England`,
    directory: 'directory',
    length,
    licences: new Map(
      [...new Set(plan.readings.map(({ instrument }) => instrument))].flatMap((id) => {
        const note = library.licenceNote(id);
        return note === '' ? [] : [[id, note] as const];
      }),
    ),
  });
const rows = (text: string): readonly string[] => text.trimEnd().split('\n');
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const longest = () => people.filter(({ plan }) => rows(printed(plan, 'full')).length > 2 * PAGE_ROWS);

describe('the page of every fictional person', () => {
  it('has at most 72 rows of 100 columns, from nobody in need to everything at once', () => {
    expect(people.length).toBeGreaterThan(40);
    const over = people.filter(({ plan }) => {
      const lines = rows(printed(plan));
      return lines.length > PAGE_ROWS || lines.some((line) => line.length > 100);
    });
    expect(over.map(({ name }) => name)).toEqual([]);
    expect(longest().length).toBeGreaterThan(5);
  });

  it('fits one side of A4 as HTML: rows and columns of its type are smaller than the sheet within its margins', () => {
    const html = textHtml('Plan', 'x');
    const [, margin] = /size: A4; margin: (\d+)mm/.exec(html) ?? [];
    const [, points, leading] = /font: (\d+)pt\/([\d.]+) "DejaVu Sans Mono"/.exec(html) ?? [];
    const millimetres = (pt: number): number => (pt * 25.4) / 72;
    const size = Number(points);
    // A character of this face is 0.602 of its size wide; 8 pixels of margin stand around the body of a page.
    const edges = 2 * Number(margin) + 2 * millimetres(6);
    expect(millimetres(PAGE_ROWS * size * Number(leading)) + edges).toBeLessThan(297);
    expect(millimetres(100 * size * 0.602) + edges).toBeLessThan(210);
  });

  it('names every rule that fired whatever is left to --full, and says that something is [H07]', () => {
    for (const { plan } of longest()) {
      const page = flat(printed(plan));
      expect(page).toContain('PAGE Shortened to one page');
      for (const { reasons, services, place, warnings } of [...plan.access, ...plan.recommendations]) {
        for (const { rule } of reasons) expect(page).toContain(rule);
        for (const warning of warnings) expect(page).toContain(warning);
        if (place === 'referral') for (const { name } of services) expect(page).toContain(name);
      }
    }
  });

  it('never leaves out what to do in an emergency', () => {
    for (const { plan } of longest()) {
      const page = flat(printed(plan));
      for (const { urgency, reasons } of plan.recommendations)
        if (urgency === 'emergency') for (const { action } of reasons) expect(page).toContain(flat(action));
    }
  });

  it('shows every question on which an emergency hangs', () => {
    for (const { plan } of longest()) {
      const page = flat(printed(plan));
      for (const question of plan.questions)
        if (question.urgency === 'emergency' && question.status === 'fact')
          expect(page).toContain(flat(question.question));
    }
  });

  it('keeps a plan that fits as it is', () => {
    const short = people.filter(({ plan }) => plan.recommendations.length < 3);
    expect(short.length).toBeGreaterThan(40);
    for (const { plan } of short) expect(printed(plan)).not.toContain('Shortened');
  });
});
