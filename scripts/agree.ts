/**
 * `npm run agree`: scores forms of every shipped instrument by two engines that share no code, the interpreter of the library and
 * the scorer that is made of the definition (`caseness/compile`), and counts those on which they differ. Forms are edge cases,
 * whole ones and partial ones; `-- 5000` tries so many drawn forms of each instrument instead of 2,000, and names of instruments
 * limit the run. Exit status 1 if any form is scored otherwise.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { edgeForms } from '../test/support/edge-forms.js';
import { arbitraryScored, resultOf } from '../test/support/forms.js';
import { inTheSameWords, madeScorer } from '../test/support/made-scorer.js';
import { shipped } from '../test/support/shipped.js';
import { counted, isInReadme } from './readme-figure.js';

const SEED = 20_261_125;

const args = process.argv.slice(2);
const drawn = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 2_000);
const named = args.filter((arg) => !/^\d+$/.test(arg));
const chosen = shipped.filter(({ id }) => named.length === 0 || named.includes(id));
const unknown = named.filter((id) => !shipped.some((one) => one.id === id));
if (unknown.length > 0) {
  console.error(`no such instrument: ${unknown.join(', ')}`);
  process.exit(2);
}

let compared = 0;
let different = 0;
for (const { id, instrument } of chosen) {
  const made = await madeScorer(instrument);
  const members = instrument.program.members.map(({ panel, id: member }) => `${panel}.${member}`);
  const forms = [
    ...edgeForms(instrument).flatMap((answers) =>
      (['female', 'male', 'unknown'] as const).map((sex) => ({ answers, context: { sex, age: 40 } })),
    ),
    ...fc.sample(arbitraryScored(instrument), { numRuns: drawn, seed: SEED }),
  ];
  let wrong = 0;
  for (const [i, { answers, context }] of forms.entries()) {
    const administered = i % 2 === 0 ? [] : members;
    const one = inTheSameWords(resultOf(instrument, answers, context, { administered }));
    if (!isDeepStrictEqual(made.score(answers, context, administered), one)) wrong++;
  }
  compared += forms.length;
  different += wrong;
  console.log(
    `${id.padEnd(26)} ${String(forms.length).padStart(7)} forms  ${wrong === 0 ? 'agree' : `${wrong} DIFFER`}`,
  );
}
console.log(`\n${chosen.length} instruments, ${counted(compared)} forms, ${different} scored otherwise`);
const figure = `${chosen.length} instruments, ${counted(compared)} forms, none scored otherwise`;
const isAsSaid = args.length > 0 || isInReadme(figure);
process.exitCode = different === 0 && isAsSaid ? 0 : 1;
