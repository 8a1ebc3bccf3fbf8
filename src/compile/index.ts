export { scorerSource } from './javascript.js';
