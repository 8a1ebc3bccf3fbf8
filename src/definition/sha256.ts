import { createHash } from 'node:crypto';
import type { Hash } from './canonical.js';

/** SHA-256 of the UTF-8 of a text, in hex. */
export const sha256: Hash = (text) => createHash('sha256').update(text).digest('hex');
