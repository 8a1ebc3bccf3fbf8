import type { Instrument, Result, ScoreResult } from '../instrument/index.js';
import type { Fact } from './pathway.js';
import type { FactState } from './person.js';

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
  band: string,
  levels: readonly string[],
): string => {
  const program = instrument.program.bands.find(({ id }) => id === band);
  const labels = (program?.levels ?? []).filter(({ id }) => levels.includes(id)).map(({ label }) => label);
  const score = program?.of === undefined ? undefined : instrument.program.scores[program.of];
  return line(instrument, score && result.scores[score.id], labels.join(' or '));
};

/** `GAD-7 12 of 21, screen positive: generalised anxiety`. A negative is only ever shown as decided by the scoring. */
export const cutOffShown = (instrument: Instrument, result: Result, cutOff: string, met: boolean): string => {
  const program = instrument.program.cutOffs.find(({ id }) => id === cutOff);
  const words = (program?.when ?? '').split(/[^\w.-]+/);
  const score = instrument.program.scores.find(({ id }) => words.includes(id));
  const plain = program?.control === true || program?.negative === 'met';
  const verdict = met ? (plain ? 'criterion met' : 'screen positive') : 'criterion not met';
  return line(instrument, score && result.scores[score.id], `${verdict}: ${program?.screensFor ?? cutOff}`);
};

/** `PHQ-9 14 of 27`. */
export const numberShown = (instrument: Instrument, score: ScoreResult): string =>
  `${instrument.short} ${scoreText(score)}`;

/** The title of a flag. */
export const flagTitle = (instrument: Instrument, flag: string): string =>
  instrument.program.flags.find(({ id }) => id === flag)?.title ?? flag;

/** A fact in the pathway's words: `not registered with a GP`, `age 34`. */
export const factShown = (fact: Fact, state: Extract<FactState, { readonly status: 'known' }>): string => {
  switch (fact.type) {
    case 'boolean':
      return state.values[0] === 'true' ? fact.says.true : fact.says.false;
    case 'enum':
    case 'list':
      return state.values.map((value) => fact.says[value]).join(', ');
    case 'number':
      return `${fact.label} ${state.number}`;
    case 'date':
      return Number.isNaN(state.number)
        ? `${fact.label}: never`
        : `${fact.label} ${state.number} ${fact.countedIn} ago`;
  }
};
