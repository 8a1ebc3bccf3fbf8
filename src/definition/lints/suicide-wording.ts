import type { Path } from '../../formula/model.js';
import { levelsOf, parts, verdictWords } from './entries.js';
import type { Lint } from './lint.js';

const about = /suicid|self-harm|self harm|thoughts of death|end(?:ing)? (?:his|her|their|own|one's) life/i;
// NICE NG225 (2022) rules out risk categories in deciding on care after self-harm.
const level =
  /\b(?:no|zero|low|lower|minimal|mild|moderate|medium|increased|elevated|high|higher|severe)[- ]risk\b|\brisk[- ](?:level|category|score)\b/i;

export const suicideWording: Lint = {
  name: 'suicide-wording',
  description: 'what concerns suicide or self-harm never names a level of risk',
  check: (definition) => {
    const suicide = definition.domain === 'suicide';
    const flagged = parts(definition)
      .flatMap((part) => part.flags)
      .filter(({ entry }) => about.test(`${entry.title} ${entry.response ?? ''}`))
      .map(({ where }) => where.join('.'));
    const concerns = (where: Path): boolean => suicide || flagged.includes(where.slice(0, -1).join('.'));
    const words = verdictWords(definition).filter(({ where, text }) => concerns(where) && level.test(text));
    const ids = suicide
      ? levelsOf(definition)
          .filter(({ id }) => level.test(id))
          .map(({ where }) => ({ where: [...where, 'id'] }))
      : [];
    return [...words, ...ids].map(({ where }) => ({
      where,
      message:
        "this names a level of risk: say what was disclosed and the response needed; the publisher's own word goes under `publisher-label`.",
    }));
  },
};
