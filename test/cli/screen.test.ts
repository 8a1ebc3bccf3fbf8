import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Library, runScreen, type ScreenOptions } from '../../src/cli/screen-command.js';
import type { Plan } from '../../src/referral/index.js';
import { realLibrary, root } from './real-instruments.js';
import { type TestFolder, testFolder, testTerminal } from './terminal.js';

const example = join(root, 'docs/examples/session.json');

let library: Library;
beforeAll(async () => {
  const real = realLibrary();
  const pathway = await real.pathway('england-probation');
  library = { ...real, pathway: async () => pathway };
});

let folder: TestFolder;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

const screen = async (file: string, options: ScreenOptions = {}) => {
  const terminal = testTerminal();
  const status = await runScreen(file, options, library, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};

/** The example with some of it changed. */
const changed = (change: object): string => {
  const { directory: _, ...session } = JSON.parse(readFileSync(example, 'utf8'));
  return folder.write('session.json', JSON.stringify({ ...session, ...change }));
};

const phq9 = (answers: object) => ({ forms: [{ instrument: 'phq-9', on: '2026-11-23', answers }] });
const zeros = { q1: 0, q2: 0, q3: 0, q4: 0, q5: 0, q6: 0, q7: 0, q8: 0 };

describe('caseness screen', () => {
  it('prints the plan of the fictional example: what to do today first, with the rule behind it', async () => {
    const { status, out, err } = await screen(example);
    expect([status, err]).toEqual([0, '']);
    const headings = out.split('\n').flatMap((line) => /^([A-Z]+)( |$)/.exec(line)?.[1] ?? []);
    expect(headings).toEqual([
      'TODAY',
      'URGENT',
      'ROUTINE',
      'HERE',
      'SCORES',
      'ASK',
      'NEXT',
      'REVIEW',
      'SAY',
      'LIMITS',
    ]);
    expect(out).toContain('SUI-01');
    expect(out).toContain('Northmoor Recovery (fictional)');
    expect(out).toContain('21 to 29 of 40, open: q9, q10 · possible dependence (20-40), already certain');
    expect(out).toContain('14 of 27 · moderate (10-14)');
  });

  it('fits a page of 100 columns and 72 lines; everything else is asked for', async () => {
    const { out } = await screen(example);
    const lines = out.split('\n');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(72);
    expect(out).toMatch(/and \d+ more, [a-z-]+ at most: all with --full/);
    const full = (await screen(example, { full: true })).out;
    expect(full.split('\n').length).toBeGreaterThan(lines.length);
    expect(full).not.toContain('all with --full');
    expect(full).toContain('taken from audit');
  });

  it('says with each line who may be told: health only, with consent, or for safety [H32]', async () => {
    const told = (out: string) =>
      out.split('\n').flatMap((line) => /^ +told +(\S.*?)(?: {2}|$)/.exec(line)?.[1] ?? []);
    const kept = await screen(example);
    expect(told(kept.out)).toEqual([
      'safety override',
      'health only',
      'health only',
      'health only',
      'health only',
    ]);
    const plan: Plan = JSON.parse((await screen(example, { json: true })).out);
    expect(told(kept.out).length).toBe(plan.recommendations.length + plan.access.length);
    const { person } = JSON.parse(readFileSync(example, 'utf8'));
    const shared = changed({
      person: { ...person, 'consent-to-share-probation': true, 'current-withdrawal': true },
    });
    const { out } = await screen(shared, { full: true });
    expect(told(out)).toEqual(['safety override', ...Array(4).fill('with consent')]);
    expect(out.split('\n\n')[1]).toMatch(/^NOW [^.]*ALC-09; told: safety\s+override\)/);
  });

  it('says a rule once on a page, and names it where it stands again; in full each line is whole', async () => {
    const severe = changed(phq9({ ...zeros, q1: 3, q2: 3, q3: 3, q4: 3, q5: 3, q6: 3, q9: 0 }));
    const times = (out: string) => out.replace(/\s+/g, ' ').split("More severe in NICE's sense").length - 1;
    const page = (await screen(severe)).out;
    expect([times(page), page.split('because  as above: DEP-04').length - 1]).toEqual([1, 1]);
    const full = (await screen(severe, { full: true })).out;
    expect([times(full), full.includes('as above')]).toEqual([2, false]);
  });

  it('says what makes a line sooner, with the guideline of the step', async () => {
    const answers = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`q${at + 1}`, 2]));
    const { out } = await screen(
      changed({
        proposals: ['PER-P1'],
        person: { sex: 'female', pregnant: true, 'consent-to-refer': true, 'registered-with-gp': true },
        forms: [{ instrument: 'gad-7', on: '2026-11-23', answers }],
      }),
    );
    expect(out.replace(/\s+/g, ' ')).toContain(
      'sooner Pregnant or in the year after birth: one step sooner (female; pregnant) PER-P1 · CG192 · our proposal',
    );
    expect(out).not.toMatch(/^ROUTINE/m);
  });

  it('asks first for what an emergency hangs on, and never hides such a question on a page [H07]', async () => {
    const { out } = await screen(example);
    const plan: Plan = JSON.parse((await screen(example, { json: true })).out);
    const emergencies = plan.questions.filter(({ urgency }) => urgency === 'emergency');
    expect(emergencies.length).toBeGreaterThan(2);
    for (const { rules } of emergencies) expect(out).toContain(rules[0]);
  });

  it('says what fits into the minutes of the appointment, in the order of the battery', async () => {
    expect((await screen(example, { minutes: '5' })).out).toMatch(
      /NEXT {5}in 5 minutes, \d of them used: C-SSRS/,
    );
    expect((await screen(example, { minutes: '5' })).out).toMatch(/^LATER /m);
    expect((await screen(example, { minutes: '0' })).out).toContain('nothing fits into 0 minutes');
    expect((await screen(example, { minutes: '600' })).out).not.toMatch(/^LATER /m);
    expect(await screen(example, { minutes: 'half an hour' })).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('--minutes is a whole number'),
    });
  });

  it('gives the whole plan as JSON', async () => {
    const { out } = await screen(example, { json: true });
    const plan: Plan = JSON.parse(out);
    expect([plan.status, plan.urgency]).toEqual(['act', 'same-day']);
  });

  it('shows no verdict of eight zeros with item 9 unasked as finished [H06] [H07]', async () => {
    expect((await screen(changed(phq9(zeros)))).out).toContain('NOT FINISHED');
    const out = (await screen(changed(phq9(zeros)), { full: true })).out.replace(/\s+/g, ' ');
    expect(out).toContain(
      'minimal or none (0-4), already certain [NOT FINISHED, open: thoughts of death or self-harm]',
    );
    expect(out).toMatch(/cut-off not reached: [^[]*\[NOT FINISHED, open: thoughts of death or self-harm\]/);
    expect(out).toContain('NOT FINISHED: thoughts of death or self-harm is not settled; ask q9 (not-asked)');
  });

  it('says "not disclosed at this screen" where item 9 was denied, and never "low risk"', async () => {
    const { out } = await screen(changed(phq9({ ...zeros, q9: 0 })));
    expect(out).toContain('not disclosed at this screen: thoughts of death or self-harm');
    expect(out).not.toMatch(/low risk|no risk/i);
  });

  it('keeps the flag and the same-day line of a form with an impossible answer, which it never prints [H07]', async () => {
    const { status, out, err } = await screen(changed(phq9({ q3: 887766, q9: 3 })));
    expect(status).toBe(1);
    expect(out).toContain('PROBLEM');
    expect(out).toContain('could not be scored');
    expect(out).toContain('flag raised: thoughts of death or self-harm');
    expect(out).toMatch(/^TODAY {4}Ask directly/m);
    expect(out + err).not.toContain('887766');
  });

  it('says on the page where a screen is positive, which a band alone does not, and nothing of one that is not', async () => {
    const { out } = await screen(example);
    expect(out).toMatch(
      /PHQ-9 +14 of 27 · moderate \(10-14\)[\s\S]*?screen positive: major depression \(caseness-10\)/,
    );
    const low = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`q${at + 1}`, 0]));
    const forms = [{ instrument: 'phq-9', on: '2026-11-23', answers: low }];
    expect((await screen(changed({ forms }))).out).not.toContain('screen positive');
  });

  it('says on the page, not only with --full, that the answers contradict each other [H27]', async () => {
    const answers = { q0: 'no', q1: 'yes', q2: 'yes', q3: 'yes' };
    const { out } = await screen(
      changed({ forms: [{ instrument: 'pc-ptsd-5', on: '2026-11-23', answers }] }),
    );
    expect(out).toContain('The answers contradict each other: q1, q2, q3 answered although q0 is no.');
  });

  it('never shows the score of one substance as that of the whole form', async () => {
    const forms = [
      { instrument: 'assist-lite', on: '2026-11-23', answers: { 'alcohol.q1': 'yes', 'alcohol.q2': 'yes' } },
    ];
    expect((await screen(changed({ forms }))).out).toContain('alcohol.total 2 to 4 of 4');
  });

  it('puts an emergency before everything else', async () => {
    const { person } = JSON.parse(readFileSync(example, 'utf8'));
    const { out } = await screen(changed({ person: { ...person, 'current-withdrawal': true } }));
    expect(out.split('\n\n')[1]).toMatch(/^NOW .*999[\s\S]*ALC-09/);
  });

  it('says that no provider is known in the area, and says once that no directory was given', async () => {
    const directory = folder.write(
      'directory.json',
      '{"id": "empty", "areas": {"northmoor": {"name": "Northmoor (fictional)", "services": {"gp": {"name": "x"}}}}}',
    );
    expect((await screen(changed({}), { directory })).out).toContain('no provider known in this area');
    const without = await screen(changed({}));
    expect(without.out).not.toContain('no provider known');
    expect(without.out).toContain('No directory was given');
  });

  it('names an unknown instrument, pathway, fact, area and service with their places', async () => {
    const misnamed = await screen(
      folder.write(
        'a.json',
        '{"as-of": "2026-11-23", "pathway": "england-probatoin", "forms": [{"instrument": "PHQ9", "on": "2026-11-23", "answers": {}}]}',
      ),
    );
    expect(misnamed.status).toBe(1);
    expect(misnamed.err).toContain("a.json:1:36: there is no pathway 'england-probatoin'");
    expect(misnamed.err).toContain(
      "a.json:1:82: there is no instrument 'PHQ9'; 'caseness list' names all (did you mean 'phq-9'?)",
    );
    const directory = folder.write(
      'd.json',
      '{"id": "d", "areas": {"northmore": {"name": "N", "services": {}}}}',
    );
    const person = await screen(changed({ person: { 'registerd-with-gp': true } }), { directory });
    expect(person.err).toContain("did you mean 'registered-with-gp'?");
    expect(person.err).toContain("the directory has no area 'northmoor' (did you mean 'northmore'?)");
    const services = folder.write(
      's.json',
      '{"id": "d", "areas": {"northmoor": {"name": "N", "services": {"housng": {"name": "N"}}}}}',
    );
    expect((await screen(changed({}), { directory: services })).err).toContain("did you mean 'housing'?");
  });

  it('places each fact whose value is none, all at once, says nothing of the value, and makes the plan all the same [H07]', async () => {
    const wrong = (person: object) =>
      changed({ ...phq9({ q9: 3 }), person: { age: 'fiftyish', sex: 'mle', ...person } });
    const { status, out, err } = await screen(wrong({}));
    expect(status).toBe(1);
    expect(out).toContain('SUI-01');
    const lines = err.trim().split('\n');
    expect(lines[0]).toMatch(
      /session\.json:1:\d+: age must be a number from 0 to 120; it counts as not asked$/,
    );
    expect(lines[1]).toMatch(/session\.json:1:\d+: sex must be one of female, male; it counts as not asked$/);
    expect(err + out).not.toMatch(/fiftyish|mle\b/);
    const letter = await screen(wrong({}), { letter: 'gp' });
    expect([letter.status, letter.out]).toEqual([1, '']);
    expect(letter.err.trim().split('\n')).toEqual(lines.slice(0, 2));
    const misnamed = await screen(wrong({ agee: 3 }));
    expect([misnamed.status, misnamed.out]).toEqual([1, '']);
    expect(misnamed.err).toContain("'agee' is no fact");
    expect(misnamed.err).toContain('age must be a number');
    expect(misnamed.err).toContain('sex must be one of');
  });

  it('says why a file cannot be read', async () => {
    expect(await screen(folder.path('none.json'))).toMatchObject({
      status: 2,
      err: expect.stringContaining('there is no such file'),
    });
    expect(await screen(folder.path('.'))).toMatchObject({
      status: 2,
      err: expect.stringContaining('a folder'),
    });
    expect((await screen(folder.write('broken.json', '{\n "as-of": 1,\n}'))).err).toContain(
      'broken.json:3:1: a key in double quotes',
    );
    expect((await screen(folder.write('latin.json', Buffer.from([0x22, 0xe9, 0x22])))).err).toContain(
      'not UTF-8',
    );
  });

  it('makes a plan or says what is wrong, whatever the answers, and never prints one', async () => {
    const answer = fc.integer({ min: 1_000_000, max: 9_999_999 });
    const odd = fc.oneof(
      answer,
      answer.map(String),
      answer.map((n) => [n]),
      answer.map((n) => ({ missing: n })),
      answer.map((n) => ({ [`q${n}`]: n })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('q1', 'q5', 'q9'), odd, { minKeys: 1 }),
        async (answers) => {
          const { status, out, err } = await screen(changed(phq9(answers)));
          expect(status).toBe(1);
          for (const found of JSON.stringify(answers).match(/[0-9]{7}/g) ?? [])
            expect(out + err).not.toContain(found);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('makes a plan or says what is wrong, whatever the person', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom('age', 'sex', 'housing', 'in-treatment-for', 'trauma', 'nonsense'),
          fc.jsonValue(),
        ),
        async (person) => {
          const { status } = await screen(changed({ person }));
          expect([0, 1]).toContain(status);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('letters of caseness screen', () => {
  const consenting = (person: object) => {
    const { person: before } = JSON.parse(readFileSync(example, 'utf8'));
    return changed({ person: { ...before, ...person } });
  };

  it('writes to the GP with reasons and scores, in Markdown and in HTML', async () => {
    const markdown = await screen(example, { letter: 'gp' });
    expect([markdown.status, markdown.err]).toEqual([0, '']);
    expect(markdown.out).toMatch(/^# Results of screening\n/);
    expect(markdown.out).toContain('PHQ-9 14 of 27, screen positive: major depression');
    const html = await screen(example, { letter: 'gp', format: 'html' });
    expect(html.out).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
    expect(html.out).toContain('<li>');
  });

  it('writes to the person in large type, without a score, a rule or a name of a condition [H09]', async () => {
    const { status, out } = await screen(example, { letter: 'person', format: 'html' });
    expect(status).toBe(0);
    expect(out).toMatch(/body \{ font: 18pt/);
    expect(out).not.toMatch(/PHQ|AUDIT|SUI-01|depress|14 of 27|dependence/);
  });

  it('hands over to the navigator without any result; services that speak of health only with consent to share [H32]', async () => {
    const kept = await screen(example, { letter: 'navigator' });
    expect(kept.out).not.toMatch(/PHQ|AUDIT|14 of 27|Recovery|Talking/);
    expect(kept.err).toContain('left out of the letter: 3 services');
    const shared = await screen(consenting({ 'consent-to-share-probation': true }), { letter: 'navigator' });
    expect(shared.out).toContain('Local specialist drug and alcohol treatment service');
    expect(shared.out).not.toMatch(/PHQ|AUDIT|14 of 27/);
  });

  it('writes nothing that consent forbids, and says why [H32]', async () => {
    const refused = consenting({ 'consent-to-refer': false });
    expect(await screen(refused, { letter: 'navigator' })).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringContaining('has not agreed'),
    });
    const gp = await screen(refused, { letter: 'gp' });
    expect(gp.out).toContain('thoughts of death or self-harm');
    expect(gp.out).not.toMatch(/14 of 27|AUDIT/);
    const quiet = changed({ ...phq9({ ...zeros, q1: 3, q9: 0 }), person: { 'consent-to-refer': false } });
    expect(await screen(quiet, { letter: 'gp' })).toMatchObject({ status: 1, out: '' });
  });

  it('writes no letter from a session with errors', async () => {
    const { status, out, err } = await screen(changed(phq9({ q3: 887766, q9: 3 })), { letter: 'gp' });
    expect([status, out]).toEqual([1, '']);
    expect(err).toContain('could not be scored');
    expect(err).not.toContain('887766');
  });

  it('writes to a file, whole, and over another only when asked', async () => {
    const out = folder.path('letter.html');
    const options = { letter: 'person', format: 'html', out };
    expect(await screen(example, options)).toMatchObject({ status: 0, out: '' });
    expect(folder.read('letter.html')).toContain('</html>');
    expect(await screen(example, options)).toMatchObject({
      status: 2,
      err: expect.stringContaining('--force'),
    });
    expect((await screen(example, { ...options, force: true })).status).toBe(0);
    expect((await screen(example, { ...options, out: folder.path('no/such/place.html') })).status).toBe(2);
  });

  it('prints the plan itself as a page of HTML', async () => {
    const { out } = await screen(example, { format: 'html' });
    expect(out).toContain('@page { size: A4');
    expect(out).toContain('SUI-01');
  });

  it('explains options that do not fit together', async () => {
    for (const [options, said] of [
      [{ letter: 'gp', json: true }, 'leave --letter'],
      [{ letter: 'doctor' }, '--letter is one of gp, person, navigator'],
      [{ letter: 'gp', format: 'pdf' }, '--format is one of md, html'],
      [{ format: 'md' }, '--format is one of text, html'],
    ] as const)
      expect(await screen(example, options)).toMatchObject({
        status: 2,
        out: '',
        err: expect.stringContaining(said),
      });
  });

  it('makes harmless whatever a directory or a note holds', async () => {
    const evil = '<script>alert(1)</script> [x](javascript:1) \u001b[2J';
    const directory = folder.write(
      'd.json',
      JSON.stringify({ id: 'd', areas: { northmoor: { name: 'N', services: { housing: { name: evil } } } } }),
    );
    const html = (await screen(changed({}), { letter: 'person', format: 'html', directory })).out;
    expect(html).not.toMatch(/<script/);
    expect(html).not.toContain('\u001b');
    const markdown = (await screen(changed({}), { letter: 'person', directory })).out;
    expect(markdown).not.toMatch(/(?<!\\)\[x|(?<!\\)<script/);
    expect(markdown).not.toContain('\u001b');
  });
});
