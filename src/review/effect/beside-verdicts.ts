import type { LoadedDefinition } from '../../definition/index.js';
import { toInstrument } from '../../definition/index.js';
import type { Instrument } from '../../instrument/index.js';
import type { BothSides } from './joint-form.js';

/** What an edit moves that is no verdict of the form itself. */
export interface BesideVerdicts {
  /** `short-form`: answers that a short form takes from this one. `recall`, `ages`, `minutes`: what a plan or a notice reads. */
  readonly kind: 'short-form' | 'recall' | 'ages' | 'minutes';
  /** One clause, without a full stop. */
  readonly text: string;
  /** The least that it asks of the version. */
  readonly needs: 'patch' | 'minor' | 'major';
}

/** What moves beside the verdicts; nothing where one of the definitions is refused. Not counted over forms. */
export function besideVerdicts({ old, new: next }: BothSides<LoadedDefinition>): readonly BesideVerdicts[] {
  if (old.status === 'refused' || next.status === 'refused') return [];
  const [before, after] = [toInstrument(old), toInstrument(next)];
  return [
    ...shortForms(before, after),
    ...change(
      'recall',
      before.recall,
      after.recall,
      'minor',
      'a plan counts an older form, or no longer counts it, by the window',
    ),
    ...change('ages', agesOf(before), agesOf(after), 'minor', 'the notice about age is given to others'),
    ...change(
      'minutes',
      before.minutes,
      after.minutes,
      'patch',
      'an appointment of a given length may hold another form',
    ),
  ];
}

function shortForms(old: Instrument, next: Instrument): readonly BesideVerdicts[] {
  const ids = [...new Set([...Object.keys(old.contains), ...Object.keys(next.contains)])];
  return ids.flatMap((id): readonly BesideVerdicts[] => {
    const [before, after] = [old.contains[id], next.contains[id]];
    if (before === undefined)
      return [{ kind: 'short-form', needs: 'minor', text: `${id} can be scored from this form` }];
    if (after === undefined)
      return [{ kind: 'short-form', needs: 'major', text: `${id} can no longer be scored from this form` }];
    const items = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (item) => before[item] !== after[item],
    );
    const moves = items.map(
      (item) => `its ${item} is ${after[item] ?? 'no item'} and was ${before[item] ?? 'no item'}`,
    );
    return moves.length === 0
      ? []
      : [
          {
            kind: 'short-form',
            needs: 'major',
            text: `${id} takes other answers from this form: ${moves.join(', ')}`,
          },
        ];
  });
}

function agesOf({ validAge }: Instrument): string | null {
  if (validAge === null) return null;
  const { from, to } = validAge;
  return from === undefined ? `up to ${to}` : to === undefined ? `${from} and over` : `${from} to ${to}`;
}

function change(
  kind: BesideVerdicts['kind'],
  old: string | number | null,
  next: string | number | null,
  needs: BesideVerdicts['needs'],
  what: string,
): readonly BesideVerdicts[] {
  return old === next
    ? []
    : [{ kind, needs, text: `${kind}: ${old ?? 'not said'} → ${next ?? 'not said'}; ${what}` }];
}
