import type { Instrument } from '../../src/instrument/index.js';
import type { Form } from './forms.js';

/** Forms at the edges: all open, every item at its first choice, at its last, and each of these with one item otherwise. */
export function edgeForms(instrument: Instrument): readonly Form[] {
  const items = instrument.program.variables.slice(0, instrument.program.items);
  const at = (end: 'first' | 'last'): Form =>
    Object.fromEntries(
      items.map((item) => [
        item.id,
        item.kind === 'choice'
          ? item.codes[end === 'first' ? 0 : item.codes.length - 1]
          : item.kind === 'number'
            ? ((end === 'first' ? item.min : item.max) / 10 ** item.places).toFixed(item.places)
            : 'words',
      ]),
    );
  const [first, last] = [at('first'), at('last')];
  return [
    {},
    first,
    last,
    ...items.flatMap(({ id }) => [
      { ...first, [id]: null },
      { ...last, [id]: null },
      { ...first, [id]: last[id] },
      { ...last, [id]: first[id] },
    ]),
  ];
}
