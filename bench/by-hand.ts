/** What people write instead: sum, band, one flag. Any missing answer gives up the whole form. */
import type { Form } from './forms.js';

export interface ByHand {
  readonly total: number | null;
  readonly band: string | null;
  readonly positive: boolean | null;
  readonly flag: boolean | null;
}

const nothing: ByHand = { total: null, band: null, positive: null, flag: null };

/** PHQ-9: 0–27, five levels, caseness at 10, item 9. */
export const phq9ByHand = (form: Form): ByHand => {
  let total = 0;
  for (let item = 1; item <= 9; item++) {
    const answer = form[`q${item}`];
    if (answer === undefined) return nothing;
    total += answer;
  }
  const band =
    total < 5
      ? 'minimal'
      : total < 10
        ? 'mild'
        : total < 15
          ? 'moderate'
          : total < 20
            ? 'moderately severe'
            : 'severe';
  return { total, band, positive: total >= 10, flag: (form['q9'] ?? 0) >= 1 };
};

/** AUDIT: 0–40, four levels, caseness at 8, item 6. */
export const auditByHand = (form: Form): ByHand => {
  let total = 0;
  for (let item = 1; item <= 10; item++) {
    const answer = form[`q${item}`];
    if (answer === undefined) return nothing;
    total += answer;
  }
  const band =
    total < 8 ? 'lower' : total < 16 ? 'increasing' : total < 20 ? 'higher' : 'possible dependence';
  return { total, band, positive: total >= 8, flag: (form['q6'] ?? 0) >= 1 };
};
