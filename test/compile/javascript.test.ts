import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { scorerSource } from '../../src/compile/index.js';
import type { Context } from '../../src/instrument/index.js';
import { edgeForms } from '../support/edge-forms.js';
import { arbitraryForm, arbitraryScored, type Form, law, resultOf } from '../support/forms.js';
import { inTheSameWords, type MadeScorer, madeScorer } from '../support/made-scorer.js';
import { instrumentOf, shipped } from '../support/shipped.js';

describe.each(shipped)('the scorer made of $id', ({ instrument }) => {
  let made: MadeScorer;
  beforeAll(async () => {
    made = await madeScorer(instrument);
  });
  const agrees = (answers: Form, context?: Context, administered?: readonly string[]): void => {
    const options = administered === undefined ? undefined : { administered };
    expect(made.score(answers, context, administered)).toEqual(
      inTheSameWords(resultOf(instrument, answers, context, options)),
    );
  };

  it('says which definition it was made from', () => {
    expect(made.made).toEqual({
      instrument: instrument.id,
      version: instrument.version,
      digest: instrument.digest.scoring,
    });
  });

  it('law 10: gives the answer of the engine on forms at the edges', () => {
    for (const form of edgeForms(instrument))
      for (const sex of ['female', 'male', 'unknown'] as const) agrees(form, { sex, age: 40 });
  });

  it('law 10: gives the answer of the engine on forms of any kind, complete and partial', () => {
    const members = instrument.program.members.map(({ panel, id }) => `${panel}.${id}`);
    law(
      fc.property(arbitraryScored(instrument), fc.subarray(members), ({ answers, context }, administered) =>
        agrees(answers, context, administered),
      ),
    );
    law(fc.property(arbitraryForm(instrument, 100), (answers) => agrees(answers, { sex: 'male', age: 40 })));
  });
});

describe('a made scorer', () => {
  const words = { q1: '0', q2: '9' };

  it("refuses an answer that is none of the item's, names the item and does not repeat the answer [H25] [H31]", async () => {
    const made = await madeScorer(instrumentOf('gad-2'));
    expect(() => made.score(words)).toThrow('q2: not an answer to this item');
    expect(() => made.score({ q1: 'zebra-7731' })).toThrow(/^(?!.*zebra)/);
  });

  it('imports nothing and reads no clock and no chance', () => {
    for (const { instrument } of shipped)
      expect(scorerSource(instrument)).not.toMatch(/\b(import|require|Date|random|eval|Function)\b[ (.]/);
  });

  it('is the same text each time, and another where the definition is another', () => {
    expect(scorerSource(instrumentOf('phq-9'))).toBe(scorerSource(instrumentOf('phq-9')));
    expect(scorerSource(instrumentOf('phq-9'))).not.toBe(scorerSource(instrumentOf('phq-2')));
  });

  it('says what it cannot express', async () => {
    const made = await madeScorer(instrumentOf('must'));
    expect(made.declares).toEqual({
      partialForms: true,
      bounds: true,
      contradictions: true,
      badAnswers: false,
      missingRules: false,
      quantities: false,
      ask: false,
      notices: false,
    });
  });

  it('shows no verdict of a form without its open critical flag [H06] [H07]', async () => {
    const made = await madeScorer(instrumentOf('phq-9'));
    const zeros = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`q${n}`, 0]));
    expect(made.score(zeros)).toMatchObject({ flags: { 'self-harm': 'open' }, flagOpen: ['self-harm'] });
  });
});
