/**
 * SHA-256 in the language alone (FIPS 180-4), for where there is neither Node nor a secure context: a self-test has to run
 * wherever the library does.
 */

/** The first `count` primes: the constants of the algorithm are taken from their roots. */
const primes = (count: number): readonly number[] => {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
};

const fractionBits = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;

interface Constants {
  readonly start: readonly number[];
  readonly rounds: Int32Array;
}

const constants = (): Constants => ({
  start: primes(8).map((prime) => fractionBits(Math.sqrt(prime))),
  rounds: Int32Array.from(primes(64), (prime) => fractionBits(Math.cbrt(prime))),
});

/** UTF-8, with half a surrogate pair written as U+FFFD, as every encoder of the platform does. */
const utf8 = (text: string): Uint8Array => {
  // One array for all: a text has three bytes for a unit of it at most.
  const bytes = new Uint8Array(3 * text.length);
  let length = 0;
  const put = (byte: number): void => {
    bytes[length] = byte;
    length += 1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const point = text.codePointAt(at) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) put(code);
    else {
      if (code < 0x800) put(0xc0 | (code >> 6));
      else {
        if (code < 0x10000) put(0xe0 | (code >> 12));
        else {
          put(0xf0 | (code >> 18));
          put(0x80 | ((code >> 12) & 63));
          at += 1;
        }
        put(0x80 | ((code >> 6) & 63));
      }
      put(0x80 | (code & 63));
    }
  }
  return bytes.subarray(0, length);
};

/** The message with its length behind it, in 32-bit words of whole blocks. */
const padded = (bytes: Uint8Array): Int32Array => {
  const words = new Int32Array(16 * Math.ceil((bytes.length + 9) / 64));
  const put = (byte: number, at: number): void => {
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - 8 * (at & 3)));
  };
  bytes.forEach(put);
  put(0x80, bytes.length);
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29);
  words[words.length - 1] = bytes.length << 3;
  return words;
};

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** SHA-256 of the UTF-8 of a text, in hex. */
export const sha256 = (text: string): string => {
  const { start, rounds } = constants();
  const state = Int32Array.from(start);
  const message = padded(utf8(text));
  const words = new Int32Array(64);
  const word = (at: number): number => words[at] ?? 0;
  for (let block = 0; block < message.length; block += 16) {
    for (let at = 0; at < 64; at += 1) {
      if (at < 16) words[at] = message[block + at] ?? 0;
      else {
        const before = word(at - 15);
        const near = word(at - 2);
        const low = turned(before, 7) ^ turned(before, 18) ^ (before >>> 3);
        const high = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
        words[at] = word(at - 16) + low + word(at - 7) + high;
      }
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let at = 0; at < 64; at += 1) {
      const mix = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const choice = (e & f) ^ (~e & g);
      const first = (h + mix + choice + (rounds[at] ?? 0) + word(at)) | 0;
      const spread = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + spread + majority) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, at) => {
      state[at] = (state[at] ?? 0) + value;
    });
  }
  return [...state].map((value) => (value >>> 0).toString(16).padStart(8, '0')).join('');
};
