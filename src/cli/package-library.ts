import { type Either, isLeft, left, right } from 'fp-ts/Either';
import { catalogue } from '../generated/catalogue.js';
import type { Instrument } from '../instrument/index.js';
import { licenceNote } from './licence-note.js';
import { nearest } from './nearest.js';
import { dataError, type Failure, usage } from './outcome.js';

/** Instruments of the package that can be scored. */
export const instrumentIds: readonly string[] = catalogue
  .filter(({ load }) => load !== null)
  .map(({ id }) => id);

/** `there is no instrument 'phq9'`, with the one that was probably meant. */
export const unknownInstrument = (id: string, known: readonly string[]): Failure =>
  usage(
    'unknown-instrument',
    `there is no instrument '${id.slice(0, 60)}'; 'caseness list' names all`,
    nearest(id, known),
  );

/** Loads one instrument, and no other. `Left` names the id that was probably meant, or why the instrument is refused. */
export const instrumentNamed = async (id: string): Promise<Either<Failure, Instrument>> => {
  const entry = catalogue.find((each) => each.id === id);
  if (entry === undefined) return left(unknownInstrument(id, instrumentIds));
  if (entry.load === null) {
    return left(
      dataError('refused', id, `this instrument is not shipped: ${entry.refused?.reason ?? 'it is refused'}`),
    );
  }
  return right(await entry.load());
};

/** `instrumentNamed` for an id that is known to be there. */
export const knownInstrument = async (id: string): Promise<Instrument> => {
  const found = await instrumentNamed(id);
  if (isLeft(found)) throw new Error(found.left.message);
  return found.right;
};

/** What a user of the instrument has to know of its licence; empty where there is nothing to say. */
export const licenceNoteOf = (id: string): string =>
  licenceNote(catalogue.find((each) => each.id === id)?.licence.class ?? '');
