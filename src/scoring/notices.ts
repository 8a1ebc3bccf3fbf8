import type { CutOffProgram, CutOffResult, FlagProgram, Notice } from '../instrument/index.js';
import { type Assessment, idsOf } from './assessment.js';

/** What a reader of the result must be told beside it. `open`: the critical flags that are not settled. */
export function noticesOf(
  { instrument, inconsistent }: Assessment,
  age: unknown,
  cutOffs: readonly CutOffResult[],
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
  const { from = 0, to = Infinity } = instrument.validAge ?? {};
  if (typeof age === 'number' && (age < from || age > to))
    notices.push({
      code: 'outside-valid-age',
      text: `${instrument.short} is validated for people aged ${from} ${to < Infinity ? `to ${to}` : 'or over'}.`,
    });
  disagreements(instrument.program.cutOffs, cutOffs, notices);
  for (const text of instrument.restrictions) notices.push({ code: 'restriction', text });
  return notices;
}

/** Live cut-offs for the same thing, of the same member, that give different answers: said once for each thing. */
function disagreements(
  all: readonly CutOffProgram[],
  results: readonly CutOffResult[],
  notices: Notice[],
): void {
  const live = (status: string) =>
    all.filter(({ control }, i) => results[i]?.status === status && control !== true);
  const met = live('met');
  const notMet = live('not-met');
  for (const one of met) {
    const isRival = ({ screensFor, member }: CutOffProgram) =>
      screensFor === one.screensFor && member === one.member;
    const no = idsOf(notMet.filter(isRival));
    if (no.length === 0 || met.find(isRival) !== one) continue;
    const yes = idsOf(met.filter(isRival));
    notices.push({
      code: 'cut-offs-disagree',
      text: `Cut-offs for ${one.screensFor} disagree: ${yes.join(', ')} met, ${no.join(', ')} not met.`,
      cutOffs: [...yes, ...no],
    });
  }
}
