import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lints } from '../../src/definition/index.js';
import type { Instrument } from '../../src/instrument/index.js';
import { wordingLints } from '../../src/referral/definition/wording-lints.js';
import { shipped } from '../support/shipped.js';

const documents = ['docs', 'docs/safety'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${folder}/${file}`),
);
const allDocuments = ['README.md', ...documents];
const paragraphs = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split(/\n{2,}|\n(?=[|-])/)
    .map((text) => text.replaceAll('\n', ' '));

/** What a lint of pathway texts looks for. */
const patternOf = (name: string): RegExp => {
  const found = wordingLints.find((lint) => lint.name === name);
  if (found === undefined) throw new Error(`no wording rule ${name}`);
  return found.pattern;
};

/** Every word that a result, its notices or its working can show, with its place; what is forbidden stands in `restrictions`. */
const shownWords = ({ program, labels, title, short }: Instrument): readonly string[] => [
  title,
  short,
  ...labels,
  ...program.bands.flatMap(({ levels }) => levels.map(({ id, label }) => `${id}: ${label}`)),
  ...program.cutOffs.map(({ screensFor }) => screensFor),
  ...program.flags.flatMap(({ title: name, response = '' }) => [name, response]),
];

const RISK = /\b(?:no|zero|low|lower|minimal|moderate|medium|high|higher)[- ]risk\b|\b(?:is|are) safe\b/i;

describe('what a result says', () => {
  it('never states a condition as a fact, in any instrument [H09]', () => {
    const found = shipped.flatMap(({ id, instrument }) =>
      shownWords(instrument)
        .filter((text) => patternOf('no-diagnosis').test(text))
        .map((text) => `${id}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('names no level of risk after a screen for suicide, nor in a flag about self-harm [H08]', () => {
    const suicide = shipped.filter(({ loaded }) => loaded.definition.domain === 'suicide');
    expect(suicide.length).toBeGreaterThan(0);
    const ofSuicide = suicide.flatMap(({ instrument }) => shownWords(instrument));
    const ofFlags = shipped.flatMap(({ instrument }) =>
      instrument.program.flags
        .filter(({ critical }) => critical === true)
        .flatMap(({ title, response = '' }) => [title, response]),
    );
    expect(ofFlags.length).toBeGreaterThan(0);
    expect([...ofSuicide, ...ofFlags].filter((text) => RISK.test(text))).toEqual([]);
  });

  it('carries what guidance forbids beside every screen for suicide [H08]', () => {
    for (const { id, loaded, instrument } of shipped)
      if (loaded.definition.domain === 'suicide')
        expect(instrument.restrictions.join(' '), id).toMatch(/not to be used to predict/i);
  });

  it('holds no dose of a drug, in any definition or pathway as it is written [H30]', () => {
    const files = readdirSync('instruments', { recursive: true, encoding: 'utf8' })
      .filter((file) => /(definition|pathway)\.yaml$/.test(file))
      .map((file) => `instruments/${file}`);
    expect(files.length).toBeGreaterThan(shipped.length);
    const dose = patternOf('no-dose');
    expect('give 100 mg').toMatch(dose);
    expect(files.filter((file) => dose.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('is held to these words when a definition is loaded [H08] [H09] [H30]', () => {
    const names = lints.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'no-diagnosis-wording',
        'suicide-wording',
        'suicide-negative-level',
        'no-drug-dose',
      ]),
    );
  });
});

describe('the documents', () => {
  it('never say that a screen diagnoses, detects or predicts, but to deny it [H09]', () => {
    const claim = /\b(?:diagnoses|detects|predicts)\b|\bdiagnose (?:a|the|people|persons)\b/i;
    const denial = /\b(?:not?|never|nobody|nor|neither|without)\b/i;
    expect('caseness detects depression').toMatch(claim);
    const claims = allDocuments.flatMap((file) =>
      paragraphs(file)
        .filter((text) => claim.test(text) && !denial.test(text))
        .map((text) => `${file}: ${text.slice(0, 100)}`),
    );
    expect(claims).toEqual([]);
  });

  it('never promise that anybody is safe or at no risk [H08]', () => {
    const promise =
      /\b(?:person|patient|people|client)s? (?:is|are) (?:safe|not at risk|at no risk|at low risk)\b/i;
    expect('the person is safe').toMatch(promise);
    expect(allDocuments.filter((file) => paragraphs(file).some((text) => promise.test(text)))).toEqual([]);
  });

  it('hold no dose of a drug [H30]', () => {
    expect(allDocuments.filter((file) => patternOf('no-dose').test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('state the intended purpose once, with what it is not for: diagnosis, sentencing, breach [H09] [H32]', () => {
    const text = readFileSync('docs/safety/intended-purpose.md', 'utf8').replaceAll('\n', ' ');
    for (const part of [
      'not placed on the market as a medical device',
      'It does not diagnose',
      'not for sentencing',
      'not for breach',
      'No clinical safety officer has approved',
    ])
      expect(text).toContain(part);
    const readme = readFileSync('README.md', 'utf8');
    expect(readme).toMatch(/no medical device/);
    expect(readme).toMatch(/does not diagnose/);
  });
});
