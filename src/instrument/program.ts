/** The normal form is the formula language's; an instrument carries one. */
export type * from '../formula/normal-form.js';
