import type {
  DefinitionBand,
  DefinitionCutOff,
  DefinitionFlag,
  DefinitionFormula,
  DefinitionScore,
  DefinitionSkip,
} from './schema.js';

/** The items of a panel in form order, and those that one member has. */
export interface PresentItems {
  readonly all: readonly string[];
  readonly has: (item: string) => boolean;
}

const quotedOrRange = /"[^"]*"|([a-z][a-z0-9-]*)(\s*\.\.\s*)([a-z][a-z0-9-]*)/g;

/**
 * A text in which each range over the panel's items ends at items that the member has: a range holds the items present.
 * A range of which nothing is present stays as it is, and is then refused by name.
 */
const rangesOf = (text: string, { all, has }: PresentItems): string =>
  text.replace(quotedOrRange, (whole, from: string, dots: string, to: string) => {
    // Of a quoted text there is no `from`, and so no such item.
    const start = all.indexOf(from);
    if (start === -1) return whole;
    const inside = all.slice(start, all.indexOf(to) + 1).filter(has);
    const [first] = inside;
    return first === undefined ? whole : `${first}${dots}${inside.at(-1)}`;
  });

const formulaOf = (formula: DefinitionFormula, present: PresentItems): DefinitionFormula => {
  if (typeof formula === 'string') return rangesOf(formula, present);
  const { by, ...branches } = formula;
  const rewritten = Object.entries(branches).map(([branch, text]) => [branch, rangesOf(text, present)]);
  return { by, ...Object.fromEntries(rewritten) };
};

const targetsOf = (targets: DefinitionSkip['then'], present: PresentItems): readonly string[] =>
  (typeof targets === 'string' ? [targets] : targets)
    .map((target) => rangesOf(target, present))
    .filter((target) => !present.all.includes(target) || present.has(target));

/** A skip over the items present; `null` where it skips nothing of this member. */
export const skipPresent = (skip: DefinitionSkip, present: PresentItems): DefinitionSkip | null => {
  const [first, ...others] = targetsOf(skip.then, present);
  if (first === undefined) return null;
  const then = typeof skip.then === 'string' ? first : [first, ...others];
  return { ...skip, if: formulaOf(skip.if, present), then };
};

/** A score over the items present. */
export const scorePresent = (score: DefinitionScore, present: PresentItems): DefinitionScore =>
  'quantity' in score
    ? { ...score, formula: rangesOf(score.formula, present) }
    : { ...score, formula: formulaOf(score.formula, present) };

/** Bands over the items present. */
export const bandPresent = (band: DefinitionBand, present: PresentItems): DefinitionBand =>
  'of' in band
    ? band
    : {
        ...band,
        rules: band.rules.map((rule) =>
          'when' in rule ? { ...rule, when: formulaOf(rule.when, present) } : rule,
        ),
      };

/** A cut-off over the items present. */
export const cutOffPresent = (cutOff: DefinitionCutOff, present: PresentItems): DefinitionCutOff => {
  const applies = cutOff['applies-when'];
  return {
    ...cutOff,
    when: formulaOf(cutOff.when, present),
    ...(applies === undefined ? {} : { 'applies-when': formulaOf(applies, present) }),
  };
};

/** A flag over the items present. */
export const flagPresent = (flag: DefinitionFlag, present: PresentItems): DefinitionFlag => ({
  ...flag,
  when: formulaOf(flag.when, present),
});
