import { isLeft } from 'fp-ts/Either';
import type { FlagResult } from '../instrument/index.js';
import type { Account } from './finding.js';
import { ABSENT, FALSE, TRUE, type Truth, UNKNOWN } from './kleene.js';
import type { Placed } from './readings.js';

const resultOf = ({ outcome }: Placed, flag: string): FlagResult | undefined =>
  (isLeft(outcome) ? outcome.left.flags : outcome.right.flags)[flag];

/**
 * What a form says on a flag. It counts on the newest form whatever it says (also where that form could not be scored),
 * and on an older form inside its recall window where it is raised.
 */
export const flagTruth = (flag: string, form: Placed): Truth => {
  if (form.status === 'past') return ABSENT;
  const result = resultOf(form, flag);
  switch (result?.status) {
    case 'raised':
      return TRUE;
    case 'not-raised':
      return form.status === 'current' ? FALSE : ABSENT;
    case 'open':
      return form.status === 'current' ? UNKNOWN : ABSENT;
    default:
      return ABSENT;
  }
};

/** Puts in words what `flagTruth` found. */
export const tellFlag = (flag: string, form: Placed, { because, open }: Account): void => {
  const { instrument, on, derivedFrom } = form;
  const result = resultOf(form, flag);
  const program = instrument.program.flags.find(({ id }) => id === flag);
  if (result === undefined || program === undefined) return;
  const { title, response } = program;
  if (result.status === 'open') {
    because?.push({
      status: 'open',
      instrument: instrument.id,
      verdict: flag,
      shown: `${instrument.short}: not answered: ${title}`,
    });
    open?.push({ status: 'flag', instrument, items: result.items });
    return;
  }
  const raised = result.status === 'raised';
  because?.push({
    status: 'result',
    instrument: instrument.id,
    verdict: flag,
    shown: `${instrument.short}: ${raised ? '' : 'not disclosed at this screen: '}${title}`,
    on,
    basis: 'proved',
    ...(derivedFrom === null ? {} : { derivedFrom }),
    ...(raised && result.critical ? { critical: true } : {}),
    ...(raised && response !== undefined ? { response } : {}),
  });
};
