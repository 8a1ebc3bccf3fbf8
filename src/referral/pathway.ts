import type { ComparisonOperator } from '../formula/syntax.js';
import type { Urgency } from './urgency.js';

/** Where a statement comes from and how well that was checked, carried into the plan as it stands in the pathway. */
export interface Guideline {
  readonly id: string;
  /** Year of publication as printed, with a correction where there was one. */
  readonly year?: string;
  /** Recommendation, statement or chapter. */
  readonly locator?: string;
  readonly note?: string;
}

/** A question about the person, and how its answer is held. */
export type Fact = {
  readonly id: string;
  /** What to ask, in our own words. */
  readonly question: string;
  /** Ask with care, alone, and say why it is asked. */
  readonly sensitive?: true;
} & (
  | { readonly type: 'boolean'; readonly says: { readonly true: string; readonly false: string } }
  | { readonly type: 'enum'; readonly says: Readonly<Record<string, string>> }
  /** `list`: any number of the values (services that treat the person now). */
  | { readonly type: 'list'; readonly says: Readonly<Record<string, string>> }
  | { readonly type: 'number'; readonly label: string; readonly min: number; readonly max: number }
  /** A calendar date; conditions read the whole days, weeks or months from it to the day of the plan. */
  | { readonly type: 'date'; readonly label: string; readonly countedIn: 'days' | 'weeks' | 'months' }
);

export interface Service {
  readonly id: string;
  /** Its place in the pathway: of two lines of one urgency, the service that stands first comes first. */
  readonly place: number;
  readonly name: string;
  /** What it is, for the person, in plain words. */
  readonly plain: string;
  /** Its name says nothing about a person's health. */
  readonly neutral?: true;
  /** Never named in a letter that somebody at home may open. */
  readonly discreet?: true;
  /** Done in this appointment by whoever screens: no referral, no provider. */
  readonly inTheRoom?: true;
  /** Whether the person's consent is needed for the referral (safety apart). */
  readonly consent: boolean;
  /** What the person must have before this service can be used; access steps provide it. */
  readonly needs: readonly string[];
  /** Who may start the referral. */
  readonly refer: readonly string[];
  /** The service through which this one is reached. */
  readonly via?: string;
  readonly note?: string;
  readonly confidence: string;
}

/** A condition of a rule, lowered from its formula: plain JSON, evaluated in Kleene logic. */
export type Condition =
  /** `shows`: the score from which the cut-off is taken, named beside it in the plan. */
  | { readonly op: 'meets'; readonly instrument: string; readonly cutOff: string; readonly shows?: string }
  | { readonly op: 'raises'; readonly instrument: string; readonly flag: string }
  /** The band's level is one of `levels`. */
  | {
      readonly op: 'level';
      readonly instrument: string;
      readonly band: string;
      readonly levels: readonly string[];
    }
  /** A bare number: allowed only in a rule whose guideline prints that number. */
  | {
      readonly op: 'score';
      readonly instrument: string;
      readonly score: string;
      readonly operator: ComparisonOperator;
      readonly value: number;
    }
  /** Some critical flag is raised that no rule of the pathway names. */
  | { readonly op: 'unrouted-critical-flag'; readonly routed: readonly string[] }
  /** A boolean fact is true, an enum fact is the value, a list fact holds the value. */
  | { readonly op: 'fact'; readonly fact: string; readonly value: string }
  | {
      readonly op: 'fact-number';
      readonly fact: string;
      readonly operator: ComparisonOperator;
      readonly value: number;
    }
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

/** One referral rule. */
export interface Rule {
  readonly id: string;
  /** The condition as written. */
  readonly text: string;
  readonly when: Condition;
  readonly urgency: Urgency;
  /** `all`: each service; `one-of`: ordered alternatives. Empty: a note or a next instrument only. */
  readonly refer: { readonly choice: 'all' | 'one-of'; readonly services: readonly string[] };
  /** Done in this appointment, whatever the service. */
  readonly inTheRoom?: true;
  /** What to do, in our own words; never a dose, never a diagnosis. */
  readonly action: string;
  readonly warnings: readonly string[];
  /** What to tell the person, in plain words, where the service alone does not say it. */
  readonly plain?: string;
  /** Instruments to fill in next. */
  readonly next: readonly string[];
  /** Where this has to be looked at again sooner than its urgency says: an ISO 8601 duration. */
  readonly review?: string;
  /** Present on an access step: the needs it provides for. */
  readonly provides?: readonly string[];
  readonly guideline: readonly Guideline[];
  readonly confidence: string;
  /** `proposal`: the pathway's own, without a guideline; off unless the adopter names it. */
  readonly level: 'verified' | 'partial' | 'recalled' | 'design' | 'proposal';
  /** Calendar dates: when the guideline was last read for this rule, and when it must be read again. */
  readonly read: string;
  readonly reviewBy: string;
  /** The instruments that the condition names. */
  readonly instruments: readonly string[];
}

/** A caution added to what the pathway recommends; it changes neither route nor urgency. */
export interface Caution {
  readonly id: string;
  readonly text: string;
  readonly when: Condition;
  /** Added to recommendations that rest on a result, or to the plan as a whole. */
  readonly on: 'results' | 'plan';
  readonly warning: string;
  readonly confidence: string;
}

/** A step up for some rules where something holds of the person. It only ever raises. */
export interface Raise {
  readonly id: string;
  readonly text: string;
  readonly when: Condition;
  /** The rules that are raised by one step. */
  readonly rules: readonly string[];
  /** No step leads above this. */
  readonly upTo: Urgency;
  /** What the plan says of it. */
  readonly says: string;
  readonly guideline: readonly Guideline[];
  readonly confidence: string;
  readonly level: Rule['level'];
}

/** A route changed by consent or by current treatment; the urgency stays. */
export interface Routes {
  readonly consent: {
    /** The boolean fact that says whether the person agrees to be referred. */
    readonly fact: string;
    /** At this urgency and above, safety is acted on without consent. */
    readonly safetyFrom: Urgency;
    readonly withheld: string;
    readonly safety: string;
    readonly ask: string;
    /** The boolean fact that says whether results may be shared outside health. */
    readonly share: string;
  };
  readonly treatment: {
    /** The list fact naming services that treat the person now. */
    readonly fact: string;
    readonly text: string;
  };
}

/** What the pathway knows of an instrument: enough to name it and to plan the time. */
export interface InstrumentCard {
  readonly short: string;
  readonly title: string;
  readonly minutes: number | null;
  /** It holds a critical flag: it is filled in before instruments that hold none. */
  readonly critical?: true;
  /** Short forms inside it. */
  readonly contains: readonly string[];
}

/** What an urgency is called and how soon it means. */
export interface UrgencyWords {
  readonly label: string;
  readonly target: string;
  /** The same for the person, in plain words. */
  readonly plain: string;
  /** When the plan is looked at again: an ISO 8601 duration; absent where nothing says. */
  readonly review?: string;
}

/** Services, facts, rules and battery of one setting: plain data, made by `loadPathway`. */
export interface Pathway {
  readonly id: string;
  readonly version: string;
  /** SHA-256 over the whole file as it was read: any edit changes it, whatever the version says. */
  readonly digest: string;
  readonly title: string;
  readonly country: string;
  /** What each urgency is called here, and how soon it means. */
  readonly urgencies: Readonly<Record<Urgency, UrgencyWords>>;
  readonly facts: readonly Fact[];
  /** The facts that stand for the context of scoring. */
  readonly context: { readonly age?: string; readonly sex?: string };
  readonly services: Readonly<Record<string, Service>>;
  readonly routes: Routes;
  readonly cautions: readonly Caution[];
  readonly raises: readonly Raise[];
  readonly rules: readonly Rule[];
  /** Rules past their review that the adopter accepts for now, with the reason. */
  readonly waivers: Readonly<Record<string, string>>;
  /** The services to which letters go, and what every letter to a person ends with: where to turn if things get worse. */
  readonly letters: { readonly gp?: string; readonly navigator?: string; readonly safetyNet: string };
  readonly instruments: Readonly<Record<string, InstrumentCard>>;
  /** Short screens, in the order in which they are given. */
  readonly battery: readonly string[];
}
