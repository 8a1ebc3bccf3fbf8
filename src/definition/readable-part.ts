import type { Path } from '../formula/model.js';
import type { PathProblem } from './problem.js';
import type { ShippedDefinition } from './schema.js';

/** Stands in for what a definition says of itself where that cannot be read: no formula reads it. */
const unread = {
  id: 'unread',
  version: '1.0.0',
  title: 'unread',
  short: 'unread',
  domain: 'mental-health',
  measures: 'unread',
  respondent: ['self'],
  licence: {
    holder: 'unread',
    class: 'unclear',
    terms: 'unread',
    source: 'unread',
    confidence: 'recalled',
  },
  sources: {},
} as const satisfies ShippedDefinition;

/** What formulas read, or what stands beside it under a key of the same level. */
const structure = [
  'options',
  'items',
  'keyings',
  'skips',
  'stops',
  'panels',
  'tables',
  'scores',
  'bands',
  'cut-offs',
  'flags',
];

/** A file with more problems than this is not mended one by one. */
const mostProblems = 100;

type Exchange = (before: unknown) => unknown;
type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value with what stands at the path exchanged, in its place; left out where `exchange` gives nothing. */
const exchanged = (value: unknown, path: Path, exchange: Exchange): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return exchange(value);
  if (Array.isArray(value))
    return value.map((inner, index) => (index === step ? exchanged(inner, rest, exchange) : inner));
  if (!isMapping(value)) return value;
  const kept = { ...value, [step]: exchanged(value[step], rest, exchange) };
  return Object.fromEntries(Object.entries(kept).filter(([, inner]) => inner !== undefined));
};

const leftOut: Exchange = () => undefined;

/** A score that cannot be read whole: the names in other formulas still find it. */
const scoreOf: Exchange = (before) => {
  const formula = isMapping(before) ? before['formula'] : undefined;
  const isWritten = typeof formula === 'string' && formula.trim() !== '';
  return { formula: isWritten ? formula : '0', range: [0, 0], source: 'unread' };
};

/** How a definition is mended, for want of the right value, where a problem stands; `null` where it cannot be. */
const mended = (value: unknown, { code, where }: PathProblem): unknown => {
  const [part = '', entry, key] = where;
  if (code === 'unknown-key') return exchanged(value, where, leftOut);
  if (typeof part !== 'string' || !structure.includes(part))
    return exchanged(value, [part], () => (unread as Mapping)[part]);
  if (part === 'skips' || part === 'stops') return exchanged(value, [part], leftOut);
  if (entry === undefined) return null;
  if (part === 'cut-offs' || part === 'flags' || part === 'bands')
    return exchanged(value, [part, entry], leftOut);
  if (part === 'scores') return exchanged(value, [part, entry], scoreOf);
  return part === 'items' && key === 'label' ? exchanged(value, where, () => 'unread') : null;
};

/**
 * What can be read of a definition that its schema refuses, so that its formulas can be held against its names. Left out or
 * stood in for is what no other formula reads; `null` where a problem lies in what they do read, or there are very many.
 */
export const readablePart = (value: unknown, problems: readonly PathProblem[]): unknown =>
  problems.length > mostProblems ? null : problems.reduce<unknown>(mended, value);
