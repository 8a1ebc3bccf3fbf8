import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { areas } from '../../scripts/mutation-areas.js';

const readme = readFileSync('README.md', 'utf8');
const yaml = (file: string) => parse(readFileSync(file, 'utf8'));
const files = (name: string): readonly string[] =>
  readdirSync('instruments', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.replaceAll('\\', '/').endsWith(`/${name}`))
    .map((file) => `instruments/${file}`);

/** The number that stands in README.md before these words. */
const figure = (words: string): number =>
  Number(new RegExp(`([\\d,]+) ${words}`).exec(readme)?.[1]?.replaceAll(',', ''));

describe('the figures of the README', () => {
  it('count the instruments and pathways that are shipped', () => {
    const shipped = files('definition.yaml').filter((file) => yaml(file).status !== 'refused');
    expect(figure('instruments and \\d+ pathways')).toBe(shipped.length);
    expect(figure('pathways,')).toBe(files('pathway.yaml').length);
  });

  it('count the people of the scenarios', () => {
    const people = files('scenarios.yaml').map((file) => yaml(file).scenarios.length);
    expect(figure('fictional people')).toBe(people.reduce((all, count) => all + count, 0));
  });

  it('count the published figures of NHANES', () => {
    const { figures }: { figures: readonly { is: object }[] } = yaml(
      'test/published/nhanes-2013-2016-phq-9.yaml',
    );
    expect(figure('of NHANES')).toBe(figures.flatMap(({ is }) => Object.keys(is)).length);
  });

  it('count the hazards of the log', () => {
    const log = readFileSync('docs/safety/hazard-log.md', 'utf8');
    expect(figure('hazards')).toBe(new Set(log.match(/^#+ H\d\d\b/gm)).size);
  });

  it('promise no more than what mutation is held to', () => {
    expect(figure('of 100 in formula, scoring, referral and definition')).toBe(
      Math.min(...Object.values(areas).map(({ held }) => held)),
    );
  });
});
