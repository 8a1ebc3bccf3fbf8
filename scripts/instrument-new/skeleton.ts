import { domains } from '../../src/definition/schema.js';

export type Domain = (typeof domains)[number];

const folders: Readonly<Record<Domain, string>> = {
  'mental-health': 'mental-health',
  suicide: 'mental-health',
  alcohol: 'alcohol',
  drugs: 'drugs',
  tobacco: 'drugs',
  gambling: 'mental-health',
  neurodivergence: 'neurodivergence',
  'brain-injury': 'neurodivergence',
  cognition: 'neurodivergence',
  functioning: 'health-and-access',
  nutrition: 'health-and-access',
  access: 'health-and-access',
};

/** Whether a word is a domain of the definition language. */
export const isDomain = (word: string): word is Domain => domains.some((domain) => domain === word);

/** The folder under `instruments/` that a domain belongs to. */
export const folderOf = (domain: Domain): string => folders[domain];

/** A definition to fill in. What is empty is reported by the loader, with what it should hold. */
export const definitionSkeleton = (id: string, domain: Domain, exportName: string | null): string =>
  `# yaml-language-server: $schema=../../../src/generated/definition.schema.json
# Fill in what is empty; \`npx caseness check <this file>\` says what is still to be done.
# The language is described in docs/definition-language.md. Quote codes, versions and dates.
# Labels are a few words of our own, never the validated wording. Each number names its source.
id: ${id}
version: "1.0.0"
title:                    # the full name
short:                    # the acronym people use
${exportName === null ? '' : `export: ${exportName}\n`}domain: ${domain}
measures:                 # what, and for whom, in a few words
respondent: [self]        # self, clinician, informant, measured
recall:                   # the window asked about (P2W), or a recall-note in its place
minutes:                  # whole minutes to fill in
licence:
  holder:                 # who owns the wording
  class:                  # public-domain, free, free-with-credit, non-commercial, no-derivatives, registration, permission, commercial, unclear
  terms:                  # in own words
  source: publication
  confidence: recalled    # verified where the source was read

options:
  often:                  # the options as printed; a code is what is recorded
    - { code: "0", label: never }
    - { code: "1", label: often }
items:
  q1: { label: , options: often }
  q2: { label: , options: often }

scores:
  total: { formula: sum(q1..q2), range: [0, 2], direction: higher-worse, source: publication }

# bands, cut-offs and flags: only what the publication says; what is unsure is an open question
# open-questions: []

sources:
  publication: { authors: , year: , title: , doi: , confidence: recalled }
`;

/** Cases to fill in: from the publication, or worked by hand. */
export const casesSkeleton = (id: string): string =>
  `# yaml-language-server: $schema=../../../src/generated/cases.schema.json
# Expectations from the publication or worked by hand, never computed from the definition: lowest and highest form, each
# edge of each band and cut-off from both sides, each skip, each flag raised and open, a form with an answer missing.
instrument: ${id}
# What no answer shows, entered by somebody who has not read the definition. Leave out what does not apply: ages, recall,
# change: { reliable-change, caseness }, asked-as: { q3: { female, male } }, controls: [a cut-off of kind control].
facts:
  source:                 # where each was read
  ages: { from: 18 }
  recall: P2W
  minutes:
cases:
  - name: every answer at its lowest
    source:               # publication and page, or worked by hand with the steps
    answers: {}
    rest: 0
    expect:
      scores: { total: 0 }
`;
