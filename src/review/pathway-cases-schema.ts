import * as z from 'zod';
import { directorySchema } from '../referral/definition/index.js';
import { URGENCIES } from '../referral/index.js';

/** What stands beside a pathway: `cases.yaml` and `scenarios.yaml`, as docs/pathways.md describes them. */
const answers = z.record(z.string(), z.json());
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const ids = z.array(z.string());
const urgency = z.enum(URGENCIES);
const byName = <T extends z.ZodType>(value: T) => z.record(z.string(), value);

const place = z.enum(['in-the-room', 'referral']);

const pathwayCase = z.strictObject({
  rule: z.string(),
  is: z.enum(['fires', 'provisional', 'ask', 'silent', 'asked']),
  about: z.string().optional(),
  urgency: urgency.optional(),
  services: ids.optional(),
  next: ids.optional(),
  refer: ids.optional(),
  'one-of': ids.optional(),
  place: z.union([place, z.array(place)]).optional(),
  because: ids.optional(),
  asks: ids.optional(),
  warnings: ids.optional(),
  guideline: ids.optional(),
  says: ids.optional(),
  plain: ids.optional(),
  raised: ids.optional(),
  problems: ids.optional(),
  proposals: ids.optional(),
  derive: z.literal(false).optional(),
  person: z.record(z.string(), z.json()).optional(),
  forms: z.record(z.string(), answers).optional(),
});

const forms = z.union([
  z.record(z.string(), answers),
  z.array(z.strictObject({ instrument: z.string(), on: day.optional(), answers, rest: z.json().optional() })),
]);

const letter = z.union([
  z.literal('none'),
  z.strictObject({ holds: ids.optional(), lacks: ids.optional(), 'left-out': ids.optional() }),
]);

const expected = z.strictObject({
  status: z.enum(['act', 'ask', 'nothing-recommended']).optional(),
  urgency: urgency.optional(),
  asking: urgency.optional(),
  recommend: ids.optional(),
  not: ids.optional(),
  urgencies: byName(urgency).optional(),
  raised: byName(ids).optional(),
  services: ids.optional(),
  'in-order': ids.optional(),
  routes: byName(
    z.enum(['in-the-room', 'refer', 'ask-consent', 'information', 'safety', 'tell-worker']),
  ).optional(),
  'routes-say': byName(z.string()).optional(),
  providers: byName(z.string()).optional(),
  told: byName(z.enum(['health-only', 'share-with-consent', 'safety-override'])).optional(),
  after: byName(ids).optional(),
  via: byName(z.string()).optional(),
  names: byName(z.string()).optional(),
  warnings: byName(ids).optional(),
  'mind-nothing': ids.optional(),
  cautions: ids.optional(),
  shown: byName(ids).optional(),
  questions: ids.optional(),
  'questions-in-order': ids.optional(),
  'asked-as': byName(z.string()).optional(),
  sensitive: ids.optional(),
  access: ids.optional(),
  next: ids.optional(),
  'next-in-order': ids.optional(),
  appointment: z.strictObject({ minutes: z.number(), now: ids, later: ids, takes: z.number() }).optional(),
  review: z.union([day, z.literal('none')]).optional(),
  problems: ids.optional(),
  notices: byName(ids).optional(),
  letters: z
    .strictObject({ gp: letter.optional(), person: letter.optional(), navigator: letter.optional() })
    .optional(),
});

const scenario = z.strictObject({
  name: z.string(),
  note: z.string().optional(),
  like: z.string().optional(),
  person: z.record(z.string(), z.json()).optional(),
  asOf: day.optional(),
  area: z.string().optional(),
  forms: forms.optional(),
  proposals: ids.optional(),
  expect: expected,
});

/**
 * Words that each text must hold, so that no two of them can change places unseen; and which questions are sensitive. Facts and
 * services stand in the order in which the pathway has them: that of questions, and of lines, of one urgency.
 */
const words = z.strictObject({
  urgencies: byName(z.strictObject({ label: z.string(), target: z.string(), plain: z.string() })).optional(),
  facts: byName(
    z.strictObject({
      asks: z.string(),
      sensitive: z.literal(true).optional(),
      label: z.string().optional(),
      values: byName(z.string()).optional(),
    }),
  ).optional(),
  services: byName(z.strictObject({ name: z.string(), plain: z.string() })).optional(),
});

/** The whole of a pathway's `cases.yaml`. */
export const pathwayCasesSchema = z.strictObject({
  pathway: z.string(),
  proposals: ids.optional(),
  cases: z.array(pathwayCase),
  overdue: z.array(z.strictObject({ on: day, rules: z.union([z.enum(['all', 'none']), ids]) })).optional(),
  read: z.array(z.strictObject({ on: day, rules: z.union([z.enum(['all', 'none']), ids]) })).optional(),
  confidence: byName(
    z.strictObject({
      level: z.enum(['verified', 'partial', 'recalled', 'design', 'proposal']),
      says: ids.optional(),
      guideline: ids.optional(),
    }),
  ).optional(),
  words: words.optional(),
});

/** The whole of a pathway's `scenarios.yaml`. */
export const scenariosSchema = z.strictObject({
  pathway: z.string(),
  proposals: ids.optional(),
  directory: directorySchema.optional(),
  scenarios: z.array(scenario),
});

/** How one rule should stand in the plan of one small session. */
export type PathwayCase = z.infer<typeof pathwayCase>;
export type PathwayCases = z.infer<typeof pathwayCasesSchema>;
/** A whole person, with the plan that a reader of the guidance expects. */
export type Scenario = z.infer<typeof scenario>;
export type Scenarios = z.infer<typeof scenariosSchema>;
