import type { Either } from 'fp-ts/Either';
import type { Result, ScoringError } from '../instrument/index.js';
import type { Guideline, Rule } from './pathway.js';
import type { Urgency } from './urgency.js';

/** One thing that a rule rests on, ready to be shown. */
export type Because =
  | {
      readonly status: 'result';
      readonly instrument: string;
      /** Cut-off, band or flag. */
      readonly verdict: string;
      /** `PHQ-9 14 of 27, moderate`. */
      readonly shown: string;
      /** The day of the form; `null` where it had no proper date. */
      readonly on: string | null;
      readonly basis: 'proved' | 'estimated';
      /** The longer form it was taken from. */
      readonly derivedFrom?: string;
      /** A raised critical flag. */
      readonly critical?: true;
      /** What the flag asks for. */
      readonly response?: string;
    }
  | { readonly status: 'open'; readonly instrument: string; readonly verdict: string; readonly shown: string }
  | { readonly status: 'fact'; readonly fact: string; readonly shown: string }
  /** Asked and not given. */
  | { readonly status: 'fact-not-given'; readonly fact: string; readonly shown: string };

/**
 * `fired`: the condition holds. `provisional`: it would hold but for a fact that was asked and not given.
 * `ask`: it hangs on the open items of a flag, which have to be asked.
 */
export type Firmness = 'fired' | 'provisional' | 'ask';

/** A step up, with what it rests on. */
export interface RaisedBy {
  readonly by: string;
  readonly says: string;
  readonly because: readonly Because[];
  readonly guideline: readonly Guideline[];
  readonly confidence: string;
  /** How well the rule was checked, in one word. */
  readonly level: Rule['level'];
  /** The pathway's own proposal, switched on by the adopter. */
  readonly proposal: boolean;
}

/** One rule's part of a recommendation. */
export interface Reason {
  readonly rule: string;
  readonly status: Firmness;
  readonly urgency: Urgency;
  /** The steps up that the urgency holds already. */
  readonly raised?: readonly RaisedBy[];
  readonly action: string;
  /** The same for the person, in plain words. */
  readonly plain?: string;
  /** What this reason asks to be minded. */
  readonly warnings: readonly string[];
  readonly because: readonly Because[];
  readonly guideline: readonly Guideline[];
  readonly confidence: string;
  /** How well the rule was checked, in one word. */
  readonly level: Rule['level'];
  /** The pathway's own proposal, switched on by the adopter. */
  readonly proposal: boolean;
}

/** How the service is reached. Consent and treatment change the route, never the urgency. */
export type Route =
  | { readonly status: 'in-the-room' }
  | { readonly status: 'refer' }
  | { readonly status: 'ask-consent'; readonly text: string }
  /** Consent was withheld: information and the person's own way in. */
  | { readonly status: 'information'; readonly text: string }
  /** Consent was withheld and safety comes first. */
  | { readonly status: 'safety'; readonly text: string }
  /** The service treats the person already. */
  | { readonly status: 'tell-worker'; readonly text: string };

export type ProviderMatch =
  | { readonly status: 'known'; readonly name: string; readonly contact?: string }
  | { readonly status: 'no-provider-known' }
  | { readonly status: 'not-needed' };

export interface ServiceLine {
  readonly id: string;
  readonly name: string;
  /** Name of the service through which it is reached. */
  readonly via?: string;
  readonly route: Route;
  readonly provider: ProviderMatch;
}

/** What may be told, and to whom. */
export type Audience = 'health-only' | 'share-with-consent' | 'safety-override';

/** One line of the plan: a service (an emergency: one rule's services), with every reason kept. */
export interface Recommendation {
  readonly urgency: Urgency;
  /** Rests on a raised or open critical flag. */
  readonly critical: boolean;
  readonly services: readonly ServiceLine[];
  /** `one-of`: the first is preferred, the others are alternatives. */
  readonly choice: 'all' | 'one-of';
  readonly place: 'in-the-room' | 'referral';
  /** `fired` where at least one rule holds. */
  readonly status: Firmness;
  readonly reasons: readonly Reason[];
  readonly warnings: readonly string[];
  /** Access steps (rule ids) to take first. */
  readonly after: readonly string[];
  readonly audience: Audience;
}

/** Something unknown on which a rule hangs. */
export type Question =
  | {
      readonly status: 'fact';
      readonly fact: string;
      readonly question: string;
      readonly sensitive: boolean;
      readonly urgency: Urgency;
      /** The rules and routes that hang on it. */
      readonly rules: readonly string[];
    }
  | {
      readonly status: 'items';
      readonly instrument: string;
      readonly short: string;
      readonly items: readonly string[];
      readonly urgency: Urgency;
      readonly rules: readonly string[];
    };

/** An instrument to fill in next. */
export interface NextInstrument {
  readonly instrument: string;
  readonly short: string;
  /** `null` where the definition gives no time. */
  readonly minutes: number | null;
  /** `opened`: a rule asks for it; `screen`: the next short screen of the battery. */
  readonly status: 'opened' | 'screen';
  readonly rules: readonly string[];
  /** Full instruments that this one can open. */
  readonly opens: readonly string[];
}

/** Something to say that is no referral (feedback, a label, how to word a negative). */
export interface Note {
  readonly rule: string;
  readonly status: Firmness;
  readonly text: string;
  readonly because: readonly Because[];
  readonly guideline: readonly Guideline[];
  readonly confidence: string;
  /** How well the rule was checked, in one word. */
  readonly level: Rule['level'];
}

/** A form as the plan read it. */
export interface Reading {
  readonly instrument: string;
  readonly short: string;
  readonly on: string | null;
  /** `current`: its scores count. `flags-only`: an older form inside its recall window. `past`: outside it. */
  readonly status: 'current' | 'flags-only' | 'past';
  readonly derivedFrom?: string;
  readonly outcome: Either<ScoringError, Result>;
}

export type PlanProblem =
  | { readonly status: 'bad-date'; readonly at: string; readonly message: string }
  | { readonly status: 'bad-fact'; readonly at: string; readonly message: string }
  | { readonly status: 'unknown-fact'; readonly at: string; readonly message: string }
  | { readonly status: 'not-scored'; readonly at: string; readonly message: string }
  | { readonly status: 'forms-disagree'; readonly at: string; readonly message: string };

/**
 * What to do for one person: plain JSON-safe data. `act`: something is recommended. `ask`: nothing yet, and questions or
 * instruments are open. `nothing-recommended`: no rule fired on what was given, which is never 'no risk'.
 */
export interface Plan {
  readonly status: 'act' | 'ask' | 'nothing-recommended';
  /** The day of the plan; empty where none was given as a calendar day. */
  readonly asOf: string;
  /** Which pathway made the plan, by the digest of its file too: a local edit may keep the version. `engine` is this package. */
  readonly pathway: {
    readonly id: string;
    readonly version: string;
    readonly digest: string;
    readonly title: string;
    readonly engine: string;
  };
  /** The highest urgency of what is recommended, a form to fill in now included. */
  readonly urgency: Urgency;
  /** The day by which the plan is looked at again, and the rules that ask for that day; `null` where nothing says. */
  readonly review: { readonly on: string; readonly rules: readonly string[] } | null;
  /** The highest urgency that hangs on a question. */
  readonly asking: Urgency;
  /** Whether the person agrees to be referred, and to results being shared outside health. */
  readonly consent: { readonly refer: 'agreed' | 'withheld' | 'not-asked'; readonly share: boolean };
  /** By urgency, then critical flags, then as the rules stand. */
  readonly recommendations: readonly Recommendation[];
  /** Steps that other recommendations need first. */
  readonly access: readonly Recommendation[];
  /** By the urgency that hangs on them. */
  readonly questions: readonly Question[];
  readonly next: readonly NextInstrument[];
  readonly notes: readonly Note[];
  /** Cautions on the plan as a whole. */
  readonly cautions: readonly string[];
  readonly readings: readonly Reading[];
  /** Instruments in the session for which this pathway has no rule. */
  readonly withoutRule: readonly { readonly instrument: string; readonly text: string }[];
  readonly problems: readonly PlanProblem[];
}
