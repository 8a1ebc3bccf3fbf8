import type { CutOffProgram, CutOffResult, FlagProgram, Notice } from '../instrument/index.js';
import type { Assessment } from './assessment.js';

/** What a reader of the result must be told beside it. `open`: the critical flags that are not settled. */
export function noticesOf(
  { instrument, inconsistent }: Assessment,
  age: unknown,
  cutOffs: Readonly<Record<string, CutOffResult>>,
  open: readonly FlagProgram[],
): readonly Notice[] {
  const notices: Notice[] = [];
  if (open.length > 0)
    notices.push({
      code: 'critical-flag-open',
      text: `Not finished: ${open.map(({ title }) => title).join('; ')} not settled on this form.`,
      flags: idsOf(open),
    });
  for (const { gate, items } of inconsistent)
    notices.push({
      code: 'inconsistent',
      text: `The answers contradict each other: ${items.join(', ')} answered although ${gate}. Nothing is called negative; go through them with the person.`,
    });
  const { from = 0, to } = instrument.validAge ?? {};
  if (typeof age === 'number' && (age < from || (to !== undefined && age > to)))
    notices.push({
      code: 'outside-valid-age',
      text: `${instrument.short} is validated for people aged ${from} ${to === undefined ? 'or over' : `to ${to}`}.`,
    });
  disagreements(instrument.program.cutOffs, cutOffs, notices);
  for (const text of instrument.restrictions) notices.push({ code: 'restriction', text });
  return notices;
}

/** Live cut-offs for the same thing, of the same member, that give different answers: said once for each thing. */
function disagreements(
  all: readonly CutOffProgram[],
  results: Readonly<Record<string, CutOffResult>>,
  notices: Notice[],
): void {
  const live = (status: string) =>
    all.filter(({ id, control }) => results[id]?.status === status && control !== true);
  const met = live('met');
  const notMet = live('not-met');
  for (const { screensFor, member, id } of met) {
    const rivals = (of: readonly CutOffProgram[]) =>
      idsOf(of.filter((other) => other.screensFor === screensFor && other.member === member));
    const no = rivals(notMet);
    if (no.length === 0) continue;
    const yes = rivals(met);
    if (yes[0] === id)
      notices.push({
        code: 'cut-offs-disagree',
        text: `Cut-offs for ${screensFor} disagree: ${yes.join(', ')} met, ${no.join(', ')} not met.`,
        cutOffs: [...yes, ...no],
      });
  }
}

function idsOf(parts: readonly { readonly id: string }[]): readonly string[] {
  return parts.map(({ id }) => id);
}
