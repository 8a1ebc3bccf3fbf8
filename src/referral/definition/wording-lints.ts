/** One thing that no text of a pathway may say. */
export interface WordingLint {
  readonly name: string;
  readonly description: string;
  readonly pattern: RegExp;
}

const CONDITIONS =
  '(?:depression|anxiety|ptsd|autism|adhd|dementia|psychosis|schizophrenia|bipolar|alcoholism|delirium|an? [a-z -]*(?:disorder|disease|dependence|addiction|disability))';

/** Wording rules for every text of a pathway. */
export const wordingLints: readonly WordingLint[] = [
  {
    name: 'no-diagnosis',
    description: 'a screen positive is never stated as a diagnosis',
    pattern: new RegExp(
      `\\b(?:has|have|suffers? from|diagnosed with|diagnosis of|diagnose) ${CONDITIONS}\\b|\\b(?:is|are) (?:an? )?(?:depressed|autistic|alcoholic|psychotic|demented|addict)\\b`,
      'i',
    ),
  },
  {
    name: 'no-dose',
    description: 'no drug doses: services and reasons only',
    pattern:
      /\b\d+(?:\.\d+)?\s?(?:mg|mcg|µg|micrograms?|milligrams?|ml|millilitres?|tablets?|capsules?|pairs of ampoules)\b/i,
  },
  {
    name: 'no-low-risk',
    description: "a negative screen is 'not disclosed at this screen', never a level of risk",
    pattern:
      /\b(?:low|lower|no|minimal|zero|medium|moderate|high)[ -]risk\b(?! drinking)|\bnot at risk\b|\b(?:is|are) safe\b/i,
  },
  {
    name: 'no-quoted-guideline',
    description: 'guidelines are given in own words, not quoted',
    pattern: /["“”][^"“”]{30,}["“”]/,
  },
  {
    name: 'no-court-order',
    description: 'court orders are no referral: at most the practitioner is told',
    pattern:
      /\b(?:give|recommend|propose|impose|consider|request|refer for|refer to) (?:an? )?(?:MHTR|DRR|ATR|treatment requirement)\b/i,
  },
  {
    name: 'no-welfare-check',
    description: 'no rule falls back on a police welfare check',
    pattern: /\b(?:ask|call|request|arrange)[^.;]*\bpolice\b|\bwelfare check\b/i,
  },
];
