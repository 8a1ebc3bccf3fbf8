import { isLeft } from 'fp-ts/Either';
import type { LoadedInstrument } from '../../definition/index.js';
import { toInstrument } from '../../definition/index.js';
import type { Answers, Context, Instrument, Shape } from '../../instrument/index.js';
import { score } from '../../scoring/index.js';
import type { Path } from './decision-diagram.js';
import { type BothSides, type ExampleForm, SIDES, type Side } from './joint-form.js';
import type { JointReading } from './joint-reading.js';
import { type Said, saidBy } from './outcome.js';
import { seededRandom } from './seeded-random.js';

/** One form drawn at random and scored by the engine with both definitions; `null` where a side refuses it. */
export interface DrawnForm {
  readonly form: ExampleForm;
  readonly said: BothSides<Said | null>;
  /** How little there is on the form: answers above their least first, then points. */
  readonly cost: number;
}

/** How many forms are drawn, and from which seed. */
export interface Drawing {
  readonly tries: number;
  readonly seed: number;
}

type Loaded = BothSides<LoadedInstrument>;

const instruments = (edited: Loaded): BothSides<Instrument> => ({
  old: toInstrument(edited.old),
  new: toInstrument(edited.new),
});

/** What the engine says of a form; `null` where it refuses it. */
export function saidOf(
  instrument: Instrument,
  { answers, administered, context }: ExampleForm,
  missing: string | null = null,
): Said | null {
  const members = instrument.program.members.map(({ panel, id }) => `${panel}.${id}`);
  const read: Context = {
    ...(context?.['sex'] === undefined ? {} : { sex: context['sex'] === 'female' ? 'female' : 'male' }),
    ...(context?.['age'] === undefined ? {} : { age: Number(context['age']) }),
  };
  const outcome = score(
    instrument,
    // `score` reads answers as unknown data and says what it cannot read.
    answers as Answers<Shape>,
    read as Required<Context>,
    {
      ...(administered === undefined
        ? {}
        : { administered: administered.filter((name) => members.includes(name)) }),
      ...(missing === null ? {} : { missing }),
    },
  );
  return isLeft(outcome) ? null : saidBy(outcome.right);
}

function costOf({ forms }: JointReading, path: Path): number {
  return path.reduce((sum, choice, level) => sum + (forms.costs[level]?.[choice] ?? 0), 0);
}

/** Complete forms that both definitions read, each equally likely. Empty where there are none. */
export function drawComplete(
  reading: JointReading,
  edited: Loaded,
  { tries, seed }: Drawing,
): readonly DrawnForm[] {
  const draw = reading.diagrams.sampler(reading.readBy.both, reading.forms.weights);
  if (draw === null) return [];
  const random = seededRandom(seed);
  const both = instruments(edited);
  return Array.from({ length: tries }, () => {
    const path = draw(random);
    const said = (side: Side): Said | null => saidOf(both[side], reading.formAt(path, [side]));
    return {
      form: reading.formAt(path),
      said: { old: said('old'), new: said('new') },
      cost: costOf(reading, path),
    };
  });
}

/** Of the forms with gates, one in this many is answered also where a gate says that nothing need be asked. */
const ANSWERED_AGAINST_GATES = 4;

/**
 * Forms on which answers are missing, or stand where a gate says that none need be given, scored with each missing rule in
 * turn and with none. There is no one way to draw such forms: each form leaves out a share of its answers of its own.
 */
export function drawPartial(
  reading: JointReading,
  edited: Loaded,
  { tries, seed }: Drawing,
): readonly DrawnForm[] {
  const draw = reading.diagrams.sampler(reading.readBy.both, reading.forms.weights);
  if (draw === null) return [];
  const random = seededRandom(seed);
  const both = instruments(edited);
  const rules = [null, ...new Set(SIDES.flatMap((side) => missingRules(edited[side])))];
  const hasGates = SIDES.some((side) => edited[side].program.gates.length > 0);
  return Array.from({ length: tries }, (_, i) => {
    const path = draw(random);
    const rule = rules[i % rules.length] ?? null;
    const leaveOut = random();
    const against = hasGates && random() * ANSWERED_AGAINST_GATES < 1;
    const whole = against ? answeredThroughout(reading, path, random) : reading.formAt(path);
    const kept = Object.entries(whole.answers).filter(() => random() >= leaveOut);
    const { context } = whole;
    const form: ExampleForm = {
      ...whole,
      answers: Object.fromEntries(kept),
      ...(context === undefined || random() >= leaveOut ? {} : { context: {} }),
    };
    const said = (side: Side): Said | null => {
      const { variables } = edited[side].program;
      const own = kept.filter(([id]) => variables.some((variable) => variable.id === id));
      const known = missingRules(edited[side]).includes(rule ?? '') ? rule : null;
      return saidOf(both[side], { ...form, answers: Object.fromEntries(own) }, known);
    };
    return {
      form: rule === null ? form : { ...form, missingRule: rule },
      said: { old: said('old'), new: said('new') },
      cost: kept.length,
    };
  });
}

function missingRules({ program }: LoadedInstrument): readonly string[] {
  return program.scores.flatMap(({ missingRules: rules }) => (rules ?? []).map(({ id }) => id));
}

/** The form with an answer to every item, those that a gate skips too. */
function answeredThroughout({ forms, formAt }: JointReading, path: Path, random: () => number): ExampleForm {
  const given = formAt(path);
  const chosen = new Set(given.administered ?? []);
  const answers = forms.variables.flatMap(({ kind, id, choices, place }, level) => {
    if (kind !== 'item') return [];
    if (place.old === null && place.new === null) return [];
    if (id in given.answers) return [[id, given.answers[id] as string] as const];
    // An item of a member that was not chosen stays out: answering it would choose the member.
    if (given.administered !== undefined && !isOfChosen(id, chosen)) return [];
    const choice = choices[Math.floor(random() * choices.length)] ?? choices[path[level] as number];
    return choice === undefined ? [] : [[id, choice.answer] as const];
  });
  return { ...given, answers: Object.fromEntries(answers) };
}

function isOfChosen(id: string, chosen: ReadonlySet<string>): boolean {
  const member = id.split('.')[0] as string;
  return !id.includes('.') || [...chosen].some((name) => name.endsWith(`.${member}`));
}
