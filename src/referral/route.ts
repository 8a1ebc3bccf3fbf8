import type { Routes, Service } from './pathway.js';
import { holds, type States } from './person.js';
import type { Audience, Route } from './plan.js';
import { isAtLeast, type Urgency } from './urgency.js';

/**
 * How a service is reached. Where consent is withheld, safety is acted on all the same and everything else becomes
 * information and the person's own way in; a service that treats the person already is told through its worker.
 */
export const routeOf = (
  service: Service,
  inTheRoom: boolean,
  urgency: Urgency,
  { consent, treatment }: Routes,
  states: States,
): Route => {
  if (inTheRoom || service.inTheRoom === true) return { status: 'in-the-room' };
  const agreed = holds(states, consent.fact, 'true');
  const withheld = agreed === false || states.get(consent.fact)?.state.status === 'not-given';
  const safety = isAtLeast(urgency, consent.safetyFrom);
  if (service.consent && withheld) {
    return safety
      ? { status: 'safety', text: consent.safety }
      : { status: 'information', text: consent.withheld };
  }
  if (service.consent && agreed === null && !safety) return { status: 'ask-consent', text: consent.ask };
  return holds(states, treatment.fact, service.id) === true
    ? { status: 'tell-worker', text: treatment.text }
    : { status: 'refer' };
};

/** Who may be told. Sharing outside health rests on consent, or on safety. */
export const audienceOf = (urgency: Urgency, { consent }: Routes, states: States): Audience => {
  if (isAtLeast(urgency, consent.safetyFrom)) return 'safety-override';
  return holds(states, consent.share, 'true') === true ? 'share-with-consent' : 'health-only';
};
