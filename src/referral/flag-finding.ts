import { isLeft } from 'fp-ts/Either';
import type { FlagResult } from '../instrument/index.js';
import { type Finding, SETTLED } from './finding.js';
import { truth, UNKNOWN } from './kleene.js';
import type { Placed } from './readings.js';

const flagsOf = ({ outcome }: Placed): Readonly<Record<string, FlagResult>> =>
  isLeft(outcome) ? outcome.left.flags : outcome.right.flags;

/**
 * What a form says on a flag. It counts on the newest form whatever it says (also where that form could not be scored),
 * and on an older form inside its recall window where it is raised.
 */
export const flagFinding = (flag: string, form: Placed): readonly Finding[] => {
  const { instrument, status, on, derivedFrom } = form;
  const result = flagsOf(form)[flag];
  const program = instrument.program.flags.find(({ id }) => id === flag);
  const counts = status === 'current' || (status === 'flags-only' && result?.status === 'raised');
  if (result === undefined || program === undefined || result.status === 'not-applicable' || !counts)
    return [];
  const base = { instrument: instrument.id, verdict: flag };
  const { title, response } = program;
  if (result.status === 'open') {
    const shown = () => `${instrument.short}: not answered: ${title}`;
    return [
      {
        truth: UNKNOWN,
        because: () => ({ ...base, status: 'open', shown: shown() }),
        open: () => [{ status: 'flag', instrument, items: result.items }],
      },
    ];
  }
  const raised = result.status === 'raised';
  return [
    {
      truth: truth(raised),
      because: () => ({
        ...base,
        status: 'result',
        shown: `${instrument.short}: ${raised ? '' : 'not disclosed at this screen: '}${title}`,
        on,
        basis: 'proved',
        ...(derivedFrom === undefined ? {} : { derivedFrom }),
        ...(raised && result.critical ? { critical: true } : {}),
        ...(raised && response !== undefined ? { response } : {}),
      }),
      open: SETTLED,
    },
  ];
};
