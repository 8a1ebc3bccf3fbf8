import type { Routes, Service } from './pathway.js';
import { holds, type States } from './person.js';
import type { Audience, Route } from './plan.js';
import { isAtLeast, type Urgency } from './urgency.js';

/** What routes hang on for one person, read once for the whole plan. */
export interface Consents {
  readonly routes: Routes;
  /** Whether the person agrees to be referred; `null` where that was not asked. */
  readonly agrees: boolean | null;
  /** Whether results may be shared outside health. */
  readonly shares: boolean;
  /** Whether a service treats the person now. */
  readonly treats: (service: string) => boolean;
}

export const consentsOf = (routes: Routes, states: States): Consents => ({
  routes,
  agrees:
    states.get(routes.consent.fact)?.state.status === 'not-given'
      ? false
      : holds(states, routes.consent.fact, 'true'),
  shares: holds(states, routes.consent.share, 'true') === true,
  treats: (service) => holds(states, routes.treatment.fact, service) === true,
});

const IN_THE_ROOM: Route = { status: 'in-the-room' };
const REFER: Route = { status: 'refer' };

/**
 * How a service is reached. Where consent is withheld, safety is acted on all the same and everything else becomes
 * information and the person's own way in; a service that treats the person already is told through its worker.
 */
export const routeOf = (
  service: Service,
  inTheRoom: boolean,
  urgency: Urgency,
  { routes: { consent, treatment }, agrees, treats }: Consents,
): Route => {
  if (inTheRoom || service.inTheRoom === true) return IN_THE_ROOM;
  if (service.consent && agrees !== true) {
    const safety = isAtLeast(urgency, consent.safetyFrom);
    if (agrees === false)
      return safety
        ? { status: 'safety', text: consent.safety }
        : { status: 'information', text: consent.withheld };
    if (!safety) return { status: 'ask-consent', text: consent.ask };
  }
  return treats(service.id) ? { status: 'tell-worker', text: treatment.text } : REFER;
};

/** Who may be told. Sharing outside health rests on consent, or on safety. */
export const audienceOf = (urgency: Urgency, { routes: { consent }, shares }: Consents): Audience =>
  isAtLeast(urgency, consent.safetyFrom) ? 'safety-override' : shares ? 'share-with-consent' : 'health-only';
