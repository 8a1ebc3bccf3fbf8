import type { CutOffProgram, CutOffResult, FlagResult, Notice } from '../instrument/index.js';
import type { Assessment } from './assessment.js';

/** What a reader of the result must be told beside it. */
export function noticesOf(
  assessment: Assessment,
  context: { readonly age?: unknown } | undefined,
  cutOffs: readonly CutOffResult[],
  flags: readonly FlagResult[],
): readonly Notice[] {
  const { instrument, inconsistent } = assessment;
  const notices: Notice[] = [];
  const open = instrument.program.flags.filter(
    (_, i) => flags[i]?.status === 'open' && flags[i]?.critical === true,
  );
  if (open.length > 0) {
    notices.push({
      code: 'critical-flag-open',
      text: `Not finished: ${open.map(({ title }) => title).join('; ')} not settled on this form.`,
      flags: open.map(({ id }) => id),
    });
  }
  for (const { gate, items } of inconsistent) {
    notices.push({
      code: 'inconsistent',
      text: `The answers contradict each other: ${items.join(', ')} answered although ${gate}. Nothing is called negative; go through them with the person.`,
    });
  }
  validAge(assessment, context?.age, notices);
  disagreements(assessment, cutOffs, notices);
  for (const text of instrument.restrictions) notices.push({ code: 'restriction', text });
  return notices;
}

function validAge({ instrument }: Assessment, age: unknown, notices: Notice[]): void {
  const valid = instrument.validAge;
  if (valid === null || typeof age !== 'number') return;
  const from = valid.from ?? 0;
  const to = valid.to ?? Number.POSITIVE_INFINITY;
  if (age >= from && age <= to) return;
  const range = valid.to === undefined ? `${from} or over` : `${from} to ${to}`;
  notices.push({
    code: 'outside-valid-age',
    text: `${instrument.short} is validated for people aged ${range}.`,
  });
}

/** Live cut-offs for the same thing that give different answers. */
function disagreements(
  { instrument }: Assessment,
  results: readonly CutOffResult[],
  notices: Notice[],
): void {
  const { cutOffs } = instrument.program;
  for (let i = 0; i < cutOffs.length; i++) {
    const cutOff = cutOffs[i] as CutOffProgram;
    const status = results[i]?.status;
    if (cutOff.control === true || (status !== 'met' && status !== 'not-met')) continue;
    const rivals = cutOffs.filter(
      (other, j) =>
        other.control !== true && results[j]?.status !== status && isRival(cutOff, other, results[j]),
    );
    // Said once, at the first of them.
    if (rivals.length === 0 || cutOffs.indexOf(rivals[0] as CutOffProgram) < i) continue;
    const same = cutOffs.filter(
      (other, j) =>
        other.control !== true && results[j]?.status === status && isRival(cutOff, other, results[j]),
    );
    const [met, notMet] = status === 'met' ? [same, rivals] : [rivals, same];
    notices.push({
      code: 'cut-offs-disagree',
      text: `Cut-offs for ${cutOff.screensFor} disagree: ${idsOf(met)} met, ${idsOf(notMet)} not met.`,
      cutOffs: [...met, ...notMet].map(({ id }) => id),
    });
  }
}

/** Whether another cut-off screens the same member for the same thing, and is decided. */
function isRival(cutOff: CutOffProgram, other: CutOffProgram, result: CutOffResult | undefined): boolean {
  if (other.screensFor !== cutOff.screensFor || other.member !== cutOff.member) return false;
  return result?.status === 'met' || result?.status === 'not-met';
}

function idsOf(cutOffs: readonly CutOffProgram[]): string {
  return cutOffs.map(({ id }) => id).join(', ');
}
