import { parseFormula, print, type Syntax } from '../../formula/index.js';
import type { Path } from '../../formula/model.js';
import { partsOf } from '../../formula/type-check.js';
import type { DefinitionFormula } from '../schema.js';
import { parts } from './entries.js';
import type { Lint, LintContext, LintFinding } from './lint.js';

interface Placed {
  readonly where: Path;
  readonly member: string | undefined;
  readonly text: string;
}

const textsOf = (where: Path, formula: DefinitionFormula, member: string | undefined): readonly Placed[] => {
  if (typeof formula === 'string') return [{ where, member, text: formula }];
  const { by: _, ...branches } = formula;
  return Object.entries(branches).map(([branch, text]) => ({ where: [...where, branch], member, text }));
};

/** The scores and items that have whole values alone. A score that is also estimated can lie between two. */
const wholeNames = ({ model, program }: LintContext): ReadonlySet<string> =>
  new Set([
    ...(program?.scores ?? []).flatMap(({ id, scale, missingRules }) =>
      scale === 1 && missingRules === undefined ? [id] : [],
    ),
    ...(model?.items ?? []).flatMap((item) =>
      item.kind === 'choice' && item.options.every(({ points }) => [points].flat().every(Number.isInteger))
        ? [item.id]
        : [],
    ),
  ]);

/** Whether a formula has whole values whatever is answered; where that is not plain, it is taken not to. */
const isWhole = (syntax: Syntax, isName: (name: string) => boolean): boolean => {
  switch (syntax.kind) {
    case 'name':
      return isName(syntax.name);
    case 'number':
      return Number.isInteger(Number(syntax.text));
    case 'arithmetic':
      return syntax.operator !== '/' && partsOf(syntax).every((part) => isWhole(part, isName));
    case 'call':
      if (syntax.name === 'count') return true;
      return ['min', 'max', 'sum'].includes(syntax.name) && syntax.of.every((part) => isWhole(part, isName));
    default:
      return false;
  }
};

type Comparison = Syntax & { readonly kind: 'compare' };

const comparisonsIn = (syntax: Syntax): readonly Comparison[] => [
  ...(syntax.kind === 'compare' ? [syntax] : []),
  ...partsOf(syntax).flatMap(comparisonsIn),
];

export const thresholdsAreValues: Lint = {
  name: 'thresholds-are-values',
  description: 'what has whole values alone is compared with whole numbers',
  check: (definition, context) => {
    const whole = wholeNames(context);
    const formulas = parts(definition).flatMap(({ member, bands, cutOffs, flags, skips }) => [
      ...cutOffs.flatMap(({ where, entry }) => textsOf([...where, 'when'], entry.when, member?.id)),
      ...flags.flatMap(({ where, entry }) => textsOf([...where, 'when'], entry.when, member?.id)),
      ...skips.flatMap(({ where, entry }) => textsOf([...where, 'if'], entry.if, member?.id)),
      ...bands.flatMap(({ where, entry }) =>
        ('rules' in entry ? entry.rules : []).flatMap((rule, index) =>
          'when' in rule ? textsOf([...where, 'rules', index, 'when'], rule.when, member?.id) : [],
        ),
      ),
    ]);
    return formulas.flatMap(({ where, text, member }): readonly LintFinding[] => {
      const parsed = parseFormula(text);
      if (parsed._tag === 'Left') return [];
      const isName = (name: string): boolean => whole.has(`${member}.${name}`) || whole.has(name);
      const isBetween = (value: Syntax, number: Syntax): boolean =>
        number.kind === 'number' && !isWhole(number, isName) && isWhole(value, isName);
      const between = comparisonsIn(parsed.right).find(
        ({ left, right }) => isBetween(left, right) || isBetween(right, left),
      );
      if (between === undefined) return [];
      const message = `\`${print(between)}\` holds whole values against a number between two of them: write the value that is meant.`;
      return [{ where, message }];
    });
  },
};
