/**
 * What is known of a condition, as four bits. `CAN` and `CANNOT`: it can still turn out true, false, whatever is unknown.
 * `MAY` and `MAY_NOT` ask the same of what can be found out in this session: an instrument that was not given holds
 * neither, so that nothing hangs on it and nothing is asked because of it.
 */
export type Truth = number;

const CAN = 1;
const CANNOT = 2;
const MAY = 4;
const MAY_NOT = 8;

const TOWARDS_TRUE = CAN | MAY;
const TOWARDS_FALSE = CANNOT | MAY_NOT;

export const TRUE: Truth = TOWARDS_TRUE;
export const FALSE: Truth = TOWARDS_FALSE;
/** Open, and open to be found out. */
export const UNKNOWN: Truth = TOWARDS_TRUE | TOWARDS_FALSE;
/** Not part of this session. */
export const ABSENT: Truth = CAN | CANNOT;

export const truth = (known: boolean | null): Truth => (known === null ? UNKNOWN : known ? TRUE : FALSE);

export const and = (a: Truth, b: Truth): Truth => (a & b & TOWARDS_TRUE) | ((a | b) & TOWARDS_FALSE);
export const or = (a: Truth, b: Truth): Truth => ((a | b) & TOWARDS_TRUE) | (a & b & TOWARDS_FALSE);
export const not = (a: Truth): Truth => ((a & TOWARDS_TRUE) << 1) | ((a & TOWARDS_FALSE) >> 1);

/** True whatever the unknown turns out to be. */
export const isTrue = (a: Truth): boolean => (a & CANNOT) === 0;
/** Could turn out true by what can be found out in this session. */
export const mayBeTrue = (a: Truth): boolean => (a & MAY) !== 0;
