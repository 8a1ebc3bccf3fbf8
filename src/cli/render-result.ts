import type {
  BandResult,
  CutOffProgram,
  CutOffResult,
  FlagResult,
  Instrument,
  Result,
  ScoreResult,
  ScoringError,
} from '../instrument/index.js';

/** `14 of 27`; `21 to 29 of 40, open: q9, q10`; empty where the score does not apply. */
export const scoreText = (score: ScoreResult): string => {
  switch (score.status) {
    case 'complete':
      return `${score.value} of ${score.of}`;
    case 'prorated':
      return `about ${score.value} of ${score.of} (estimated by rule ${score.rule}; proved: ${score.bounds.lowest} to ${score.bounds.highest})`;
    case 'incomplete':
      return score.bounds.lowest === score.bounds.highest
        ? `${score.bounds.lowest} of ${score.of}`
        : `${score.bounds.lowest} to ${score.bounds.highest} of ${score.of}`;
    case 'not-applicable':
      return '';
  }
};

/** Titles of critical flags that are open, as they stand beside a verdict; empty where none is. */
export const openText = (instrument: Instrument, flagOpen: readonly string[] | undefined): string => {
  if (flagOpen === undefined || flagOpen.length === 0) return '';
  const titles = flagOpen.map((id) => instrument.program.flags.find((flag) => flag.id === id)?.title ?? id);
  return ` [NOT FINISHED, open: ${titles.join('; ')}]`;
};

const labelOf = (instrument: Instrument, band: string, level: string): string =>
  instrument.program.bands.find(({ id }) => id === band)?.levels.find(({ id }) => id === level)?.label ??
  level;

const edgesOf = (instrument: Instrument, band: string, level: string): string => {
  const found = instrument.program.bands.find(({ id }) => id === band)?.levels.find(({ id }) => id === level);
  if (found?.from === undefined) return '';
  return found.to === undefined ? ` (from ${found.from})` : ` (${found.from}-${found.to})`;
};

/** `moderate (10-14)`; every band comes with the critical flags that are open beside it. */
export const bandText = (
  instrument: Instrument,
  id: string,
  band: BandResult,
  score: ScoreResult | undefined,
): string => {
  switch (band.status) {
    case 'decided': {
      const early = score?.status === 'incomplete' ? ', already certain' : '';
      const estimated = band.basis === 'estimated' ? ', estimated' : '';
      return `${band.label}${edgesOf(instrument, id, band.level)}${early}${estimated}${openText(instrument, band.flagOpen)}`;
    }
    case 'undecided': {
      const possible = band.possible.map((level) => labelOf(instrument, id, level)).join(' or ');
      const why = band.reason === 'inconsistent' ? ' (the answers contradict each other)' : '';
      return `undecided: ${possible}${why}${openText(instrument, band.flagOpen)}`;
    }
    case 'not-applicable':
      return '';
  }
};

type Verdict =
  | 'screen positive'
  | 'criterion met'
  | 'cut-off not reached'
  | 'criterion not met'
  | 'undecided';

const verdictOf = (cutOff: CutOffProgram, result: CutOffResult): Verdict | null => {
  const criterion = cutOff.control === true || cutOff.negative === 'met';
  switch (result.status) {
    case 'met':
      return criterion ? 'criterion met' : 'screen positive';
    case 'not-met':
      return criterion ? 'criterion not met' : 'cut-off not reached';
    case 'undecided':
      return 'undecided';
    case 'not-applicable':
      return null;
  }
};

const VERDICTS: readonly Verdict[] = [
  'screen positive',
  'undecided',
  'cut-off not reached',
  'criterion met',
  'criterion not met',
];

/**
 * One line for each verdict, with what was screened for and the cut-offs that say so: `screen positive: major depression
 * (caseness-10)`. Never a diagnosis, and never without the critical flags that are open.
 */
export const cutOffTexts = (instrument: Instrument, result: Result): readonly string[] => {
  const found = instrument.program.cutOffs.flatMap((cutOff) => {
    const verdict = result.cutOffs[cutOff.id];
    const said = verdict === undefined ? null : verdictOf(cutOff, verdict);
    if (verdict === undefined || said === null) return [];
    const member =
      cutOff.member === undefined ? '' : `${instrument.program.members[cutOff.member]?.id ?? ''} `;
    const estimated = 'basis' in verdict && verdict.basis === 'estimated' ? ', estimated' : '';
    const open = 'flagOpen' in verdict ? openText(instrument, verdict.flagOpen) : '';
    return [{ said, what: `${member}${cutOff.screensFor}`, id: `${cutOff.id}${estimated}`, open }];
  });
  return VERDICTS.flatMap((verdict) => {
    const same = found.filter(({ said }) => said === verdict);
    if (same.length === 0) return [];
    const byNeed = new Map<string, string[]>();
    for (const { what, id } of same) byNeed.set(what, [...(byNeed.get(what) ?? []), id]);
    const needs = [...byNeed].map(([what, ids]) => `${what} (${ids.join(', ')})`);
    return [`${verdict}: ${needs.join('; ')}${same[0]?.open ?? ''}`];
  });
};

/** Where the preferred cut-offs are met: a band alone does not say that a screen is positive. */
const positiveAt = (instrument: Instrument, result: Result): readonly string[] => {
  const cutOffs = instrument.program.cutOffs.filter(
    ({ id, preferred }) => preferred === true && result.cutOffs[id]?.status === 'met',
  );
  return cutOffTexts({ ...instrument, program: { ...instrument.program, cutOffs } }, result).slice(0, 1);
};

/** What the flags say: raised and open ones, and a critical one that was settled, in words that promise nothing. */
export const flagTexts = (
  instrument: Instrument,
  flags: Readonly<Record<string, FlagResult>>,
  shown: 'title' | 'title-and-response' = 'title-and-response',
): readonly string[] =>
  instrument.program.flags.flatMap((flag) => {
    const found = flags[flag.id];
    switch (found?.status) {
      case 'raised':
        return [
          `flag raised: ${flag.title}${flag.response === undefined || shown === 'title' ? '' : `; ${flag.response}`}`,
        ];
      case 'open':
        return [
          `${flag.critical === true ? 'NOT FINISHED' : 'flag open'}: ${flag.title} is not settled; ask ${found.items.join(', ')} (${[...new Set(found.reasons)].join(', ')})`,
        ];
      case 'not-raised':
        return flag.critical === true
          ? [
              `not disclosed at this screen: ${flag.title}${found.by === undefined ? '' : ` (not asked, because ${found.by})`}`,
            ]
          : [];
      default:
        return [];
    }
  });

/** The score to name first: that of the preferred band, else the first that applies. */
export const leadingScore = (instrument: Instrument, result: Result): string | undefined => {
  const { bands, scores } = instrument.program;
  const band =
    bands.find(({ preferred, of }) => preferred === true && of !== undefined) ??
    bands.find(({ of }) => of !== undefined);
  const led = band?.of === undefined ? undefined : scores[band.of]?.id;
  if (led !== undefined && result.scores[led]?.status !== 'not-applicable') return led;
  return scores.find(({ id }) => result.scores[id]?.status !== 'not-applicable')?.id;
};

/** A result in a few lines: the leading score with its bands first, then what else there is to know. */
export interface ResultText {
  readonly score: string;
  readonly band: string;
  /** Of what else there is to know, what a reader must never miss: the flags, and answers that contradict each other. */
  readonly first: readonly string[];
  /** `first` without where a screen is positive: the least that may stand beside a score. */
  readonly flags: readonly string[];
  readonly more: readonly string[];
}

/** `restrictions: 'apart'` where the caller prints them once for all. */
export const resultText = (instrument: Instrument, result: Result): ResultText => {
  const lead = leadingScore(instrument, result);
  const leading = lead === undefined ? undefined : result.scores[lead];
  const { bands, scores, quantities } = instrument.program;
  const bandOf = (id: string): string => {
    const program = bands.find((band) => band.id === id);
    const found = result.bands[id];
    const of = program?.of === undefined ? undefined : scores[program.of]?.id;
    return found === undefined
      ? ''
      : bandText(instrument, id, found, of === undefined ? undefined : result.scores[of]);
  };
  const first =
    bands.find(({ preferred, of }) => preferred === true && of !== undefined && scores[of]?.id === lead) ??
    bands.find(({ of }) => of !== undefined && scores[of]?.id === lead) ??
    (lead === undefined ? bands[0] : undefined);
  const missing = leading?.status === 'incomplete' ? `, open: ${leading.missing.join(', ')}` : '';
  const otherScores = scores
    .filter(({ id }) => id !== lead)
    .flatMap(({ id }) => {
      const text = result.scores[id] === undefined ? '' : scoreText(result.scores[id]);
      return text === '' ? [] : [`${id} ${text}`];
    });
  const measured = quantities.flatMap(({ id }) => {
    const found = result.quantities[id];
    return found?.status === 'complete'
      ? [`${id} ${found.value}${found.unit === null ? '' : ` ${found.unit}`}`]
      : [];
  });
  // A member's score never stands as that of the whole form.
  const isMembers = scores.some(({ id, member }) => id === lead && member !== undefined);
  const flags = flagTexts(instrument, result.flags, 'title');
  const contradictions = result.notices.filter(({ code }) => code === 'inconsistent').map(({ text }) => text);
  return {
    score: leading === undefined ? '' : `${isMembers ? `${lead} ` : ''}${scoreText(leading)}${missing}`,
    band: first === undefined ? '' : bandOf(first.id),
    first: [
      ...flags,
      ...(first === undefined || bandOf(first.id) === ''
        ? cutOffTexts(instrument, result).slice(0, 1)
        : positiveAt(instrument, result)),
      ...contradictions,
    ],
    flags: [...flags, ...contradictions],
    more: [
      ...flagTexts(instrument, result.flags),
      ...cutOffTexts(instrument, result),
      ...bands
        .filter((band) => band !== first)
        .flatMap(({ id }) => (bandOf(id) === '' ? [] : [`${id}: ${bandOf(id)}`])),
      ...(otherScores.length + measured.length === 0 ? [] : [[...otherScores, ...measured].join(' · ')]),
      ...result.notices
        .filter(({ code }) => code !== 'restriction' && code !== 'critical-flag-open')
        .map(({ text }) => text),
    ],
  };
};

/** A form that could not be scored: what is wrong, and the flags that stand all the same. */
export const errorTexts = (instrument: Instrument, error: ScoringError): readonly string[] => [
  ...flagTexts(instrument, error.flags),
  ...error.problems.map(({ message }) => `not scored: ${message}`),
];
