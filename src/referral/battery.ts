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

const NONE: readonly string[] = [];

const put = (to: Map<string, Set<string>>, at: string, each: string): void => {
  const there = to.get(at);
  if (there === undefined) to.set(at, new Set([each]));
  else there.add(each);
};

const listed = (from: ReadonlyMap<string, ReadonlySet<string>>, at: string): readonly string[] =>
  [...(from.get(at) ?? NONE)].sort();

/**
 * What to fill in next: full instruments that a fired rule asks for, then the short screens of the battery not yet given;
 * of all these, first what holds a critical flag, so that an appointment cut short has asked it. An instrument is left out
 * where it, or one that contains it, is there.
 */
export const nextInstruments = (
  pathway: Pathway,
  rules: readonly Rule[],
  fired: readonly Rule[],
  readings: Readings,
): readonly NextInstrument[] => {
  const there = present(readings);
  const asking = new Map<string, Set<string>>();
  for (const { id, next } of fired) for (const asked of next) put(asking, asked, id);
  const opening = new Map<string, Set<string>>();
  for (const { instruments, next } of rules)
    for (const asked of next) for (const id of instruments) put(opening, id, asked);
  const opened = [...asking.keys()].filter((id) => !there.has(id)).sort();
  const covered = new Set([...there, ...opened]);
  for (const id of opened) for (const short of pathway.instruments[id]?.contains ?? NONE) covered.add(short);
  const screens = pathway.battery.filter((id) => !covered.has(id));
  const card = (id: string, status: NextInstrument['status']): NextInstrument => ({
    instrument: id,
    short: pathway.instruments[id]?.short ?? id,
    minutes: pathway.instruments[id]?.minutes ?? null,
    status,
    rules: listed(asking, id),
    opens: listed(opening, id),
  });
  const all = [...opened.map((id) => card(id, 'opened')), ...screens.map((id) => card(id, 'screen'))];
  const isCritical = ({ instrument }: NextInstrument): boolean =>
    pathway.instruments[instrument]?.critical === true;
  return [...all.filter(isCritical), ...all.filter((each) => !isCritical(each))];
};

/** What fits into an appointment, what is left for the next one, and the minutes that the first takes. */
export interface Appointment {
  readonly now: readonly NextInstrument[];
  readonly later: readonly NextInstrument[];
  readonly minutes: number;
}

/**
 * Plans an appointment of `minutes`: instruments in the order of `next`, each where it still fits, so that an appointment
 * cut short has asked what came first. One without a known time waits: nothing says that it fits.
 */
export const planAppointment = (next: readonly NextInstrument[], minutes: number): Appointment => {
  const now: NextInstrument[] = [];
  const later: NextInstrument[] = [];
  let used = 0;
  for (const each of next) {
    const end = used + (each.minutes ?? Number.POSITIVE_INFINITY);
    if (end > minutes) later.push(each);
    else {
      now.push(each);
      used = end;
    }
  }
  return { now, later, minutes: used };
};
