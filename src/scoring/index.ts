export { classify } from './classify.js';
export { explain, type Working } from './explain.js';
export { form, type ItemState } from './form.js';
export { match } from './match.js';
export { type ProjectedAnswers, project } from './project.js';
export { type ContextAndOptions, InvalidAnswers, score, scoreOrThrow } from './score.js';
