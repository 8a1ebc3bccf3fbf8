/** Highest first. A total order: nothing else decides which of two urgencies stands. */
export const URGENCIES = ['emergency', 'same-day', 'urgent', 'soon', 'routine', 'none'] as const;

/** How soon something has to happen. Being done in the room is a place, not an urgency. */
export type Urgency = (typeof URGENCIES)[number];

const RANK: Readonly<Record<Urgency, number>> = {
  emergency: 5,
  'same-day': 4,
  urgent: 3,
  soon: 2,
  routine: 1,
  none: 0,
};

/** Less than 0 where `a` comes first in a plan (is higher), 0 where they are equal. */
export const byUrgency = (a: Urgency, b: Urgency): number => RANK[b] - RANK[a];

/** Whether `a` is `b` or higher. */
export const isAtLeast = (a: Urgency, b: Urgency): boolean => RANK[a] >= RANK[b];

/**
 * The higher of two urgencies: associative, commutative, idempotent, never below either, with `none` as its neutral
 * element.
 *
 * @example
 * joinUrgency('routine', 'same-day') // 'same-day'
 */
export const joinUrgency = (a: Urgency, b: Urgency): Urgency => (isAtLeast(a, b) ? a : b);

/** The highest of any number of urgencies; `none` for none at all. */
export const highestUrgency = (urgencies: Iterable<Urgency>): Urgency => {
  let highest: Urgency = 'none';
  for (const urgency of urgencies) highest = joinUrgency(highest, urgency);
  return highest;
};

/** One step higher, but never above `upTo`; an urgency that is `upTo` or higher already, and `none`, stay as they are. */
export const oneStepUp = (urgency: Urgency, upTo: Urgency): Urgency => {
  const above = URGENCIES[URGENCIES.indexOf(urgency) - 1] ?? urgency;
  return urgency === 'none' || isAtLeast(urgency, upTo) ? urgency : above;
};
