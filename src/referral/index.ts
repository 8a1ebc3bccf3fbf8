export { type Appointment, planAppointment } from './battery.js';
export type { Directory, LocalDirectory, Provider } from './directory.js';
export { type Letter, type LetterBlock, type LetterTo, letterFor, type NoLetter } from './letter.js';
export type * from './pathway.js';
export type { Person, PersonValue } from './person.js';
export type * from './plan.js';
export { type RecommendOptions, recommend } from './recommend.js';
export type { Form, Session } from './session.js';
export { byUrgency, highestUrgency, isAtLeast, joinUrgency, URGENCIES, type Urgency } from './urgency.js';
