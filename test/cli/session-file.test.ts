import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonText } from '../../src/cli/json-text.js';
import { failureLine } from '../../src/cli/outcome.js';
import { readSession } from '../../src/cli/session-file.js';

const problemsOf = (text: string): readonly string[] => {
  const json = parseJsonText(text);
  if (json._tag === 'Left') return [json.left.message];
  const session = readSession(json.right, 'session.json');
  return session._tag === 'Left' ? session.left.map(failureLine) : [];
};

describe('a session file', () => {
  it('may hold a person of whom nothing is known', () => {
    expect(problemsOf('{"as-of": "2026-11-23", "pathway": "england-probation", "forms": []}')).toEqual([]);
  });

  it('is told every problem at once, each with its place', () => {
    const text = `{
  "as_of": "2026-11-23",
  "pathway": 3,
  "forms": [
    { "instrument": "phq-9", "on": "23/11/2026", "anwsers": { "q1": 2 } }
  ]
}`;
    expect(problemsOf(text)).toEqual([
      'session.json:1:1: as-of is missing: the day for which the plan is made',
      'session.json:3:14: pathway must be text: the id of a pathway, such as "england-probation"',
      'session.json:5:36: forms[0].on must be a day as YYYY-MM-DD: when the form was filled in',
      'session.json:5:5: forms[0].answers is missing: from item to answer, { "q1": 2 }',
      "session.json:5:50: 'forms[0].anwsers' is no key that is known here (did you mean 'answers'?)",
      "session.json:2:3: 'as_of' is no key that is known here (did you mean 'as-of'?)",
    ]);
  });

  it('leaves the answers to the instrument, so that a bad one never hides a flag', () => {
    expect(
      problemsOf(
        '{"as-of": "2026-11-23", "pathway": "p", "forms": [{"instrument": "i", "on": "2026-11-23", "answers": {"q1": [{}], "q9": 3}}]}',
      ),
    ).toEqual([]);
  });

  it('may be any JSON: there is a message, never an answer in it', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 100_000, max: 999_999 }), (text, answer) => {
        for (const session of [text, `{"forms": [{"answers": ${answer}}, ${answer}], "person": ${answer}}`]) {
          const problems = problemsOf(session);
          expect(problems.length).toBeGreaterThan(0);
          expect(problems.join()).not.toContain(String(answer));
        }
      }),
    );
  });
});
