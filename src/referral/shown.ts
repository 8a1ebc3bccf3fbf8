import type { BandProgram, CutOffProgram, Instrument, Result, ScoreResult } from '../instrument/index.js';
import type { Fact } from './pathway.js';
import type { KnownState } from './person.js';

/** `14 of 27`, `about 14 of 27`, `21 to 29 of 40`; empty where the score does not apply. */
const scoreText = (score: ScoreResult): string => {
  switch (score.status) {
    case 'complete':
      return `${score.value} of ${score.of}`;
    case 'prorated':
      return `about ${score.value} of ${score.of}`;
    case 'incomplete':
      return `${score.bounds.lowest} to ${score.bounds.highest} of ${score.of}`;
    case 'not-applicable':
      return '';
  }
};

const line = (instrument: Instrument, score: ScoreResult | undefined, verdict: string): string => {
  const text = score === undefined ? '' : scoreText(score);
  return text === '' ? `${instrument.short}: ${verdict}` : `${instrument.short} ${text}, ${verdict}`;
};

/** `PHQ-9 14 of 27, moderate`. `levels`: those still possible, all of which the rule names. */
export const levelShown = (
  instrument: Instrument,
  result: Result,
  { of, levels }: BandProgram,
  possible: readonly string[],
): string => {
  const score = instrument.program.scores.find((_, at) => at === of);
  const labels = levels.filter(({ id }) => possible.includes(id)).map(({ label }) => label);
  return line(instrument, score && result.scores[score.id], labels.join(' or '));
};

/** `GAD-7 12 of 21, screen positive: generalised anxiety`. `score`: the one that the cut-off is taken from, if any. */
export const cutOffShown = (
  instrument: Instrument,
  result: Result,
  { control, negative, screensFor }: CutOffProgram,
  score: string | undefined,
  met: boolean,
): string => {
  const positive = control === true || negative === 'met' ? 'criterion met' : 'screen positive';
  const verdict = `${met ? positive : 'criterion not met'}: ${screensFor}`;
  const of = instrument.program.scores.find(({ id }) => id === score);
  return line(instrument, of && result.scores[of.id], verdict);
};

/** `PHQ-9 14 of 27`. */
export const numberShown = (instrument: Instrument, score: ScoreResult): string =>
  `${instrument.short} ${scoreText(score)}`;

/** The titles of flags, each as not answered: a verdict is never shown without its open critical flags. */
export const openFlagsShown = ({ program }: Instrument, open: readonly string[]): string =>
  program.flags
    .filter(({ id }) => open.includes(id))
    .map(({ title }) => ` (not answered: ${title})`)
    .join('');

/** A fact in the pathway's words: `not registered with a GP`, `age 34`. */
export const factShown = (fact: Fact, state: KnownState): string => {
  switch (fact.type) {
    case 'boolean':
    case 'enum':
    case 'list': {
      const says: Readonly<Record<string, string>> = fact.says;
      return state.values.map((value) => says[value]).join(', ');
    }
    case 'number':
      return `${fact.label} ${state.number}`;
    case 'date':
      return Number.isNaN(state.number)
        ? `${fact.label}: never`
        : `${fact.label} ${state.number} ${fact.countedIn} ago`;
  }
};
