import type { Pathway, Rule } from './pathway.js';
import type { NextInstrument } from './plan.js';
import type { Readings } from './readings.js';

/** Instruments answered inside their recall window, with the short forms that they contain. */
const present = ({ byInstrument }: Readings): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const [id, forms] of byInstrument) {
    for (const { instrument, fresh } of forms) {
      if (!fresh) continue;
      ids.add(id);
      for (const short of Object.keys(instrument.contains)) ids.add(short);
    }
  }
  return ids;
};

/**
 * What to fill in next: full instruments that a fired rule asks for, then the short screens of the battery not yet given.
 * An instrument is left out where it, or one that contains it, is there.
 */
export const nextInstruments = (
  pathway: Pathway,
  rules: readonly Rule[],
  fired: readonly Rule[],
  readings: Readings,
): readonly NextInstrument[] => {
  const there = present(readings);
  const named = [...new Set(fired.flatMap(({ next }) => next))].sort();
  const opened = named.filter((id) => !there.has(id));
  const covered = new Set([
    ...there,
    ...opened,
    ...opened.flatMap((id) => pathway.instruments[id]?.contains ?? []),
  ]);
  const card = (id: string, status: NextInstrument['status']): NextInstrument => ({
    instrument: id,
    short: pathway.instruments[id]?.short ?? id,
    minutes: pathway.instruments[id]?.minutes ?? null,
    status,
    rules: fired
      .filter(({ next }) => next.includes(id))
      .map((rule) => rule.id)
      .sort(),
    opens: [
      ...new Set(rules.filter(({ instruments }) => instruments.includes(id)).flatMap(({ next }) => next)),
    ].sort(),
  });
  return [
    ...opened.map((id) => card(id, 'opened')),
    ...pathway.battery.filter((id) => !covered.has(id)).map((id) => card(id, 'screen')),
  ];
};

/** The first instruments of `next` that fit into `minutes`; one without a known time ends the list. */
export const withinMinutes = (
  next: readonly NextInstrument[],
  minutes: number,
): readonly NextInstrument[] => {
  let left = minutes;
  const end = next.findIndex((each) => {
    left -= each.minutes ?? Number.POSITIVE_INFINITY;
    return left < 0;
  });
  return end === -1 ? next : next.slice(0, end);
};
