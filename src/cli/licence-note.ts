const LICENCE_NOTES: Readonly<Record<string, string>> = {
  unclear: 'The terms are unclear: ask the holder before you use the wording. Scoring ships no wording.',
  'non-commercial':
    'Non-commercial use only: a commercial product needs the holder’s permission for the wording.',
  'no-derivatives': 'The wording may not be changed or translated without permission.',
  registration: 'Users have to register with the holder before they use the wording.',
  permission: 'The wording needs the holder’s permission.',
  commercial: 'The wording is sold: it needs a licence from the holder.',
};

/** What a user of the instrument has to know of its licence; empty where its class needs no note. */
export const licenceNote = (licenceClass: string): string => LICENCE_NOTES[licenceClass] ?? '';
