import { existsSync, readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import * as z from 'zod';

/** A change of the code that no test noticed: the lines that it touches before and after, written as one. */
export interface Survivor {
  readonly file: string;
  readonly was: string;
  readonly now: string;
}

/** A survivor that somebody has looked at, and why no test can or need notice it. */
export interface Explained extends Survivor {
  readonly why: string;
}

/** What a run leaves to be done. */
export interface Review {
  readonly explained: number;
  /** Survivors that nobody has looked at. */
  readonly open: readonly Survivor[];
  /** Explanations of changes that are noticed now, or stand no more. */
  readonly stale: readonly Explained[];
}

const reportSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          status: z.string(),
          replacement: z.string().optional(),
          location: z.object({
            start: z.object({ line: z.number(), column: z.number() }),
            end: z.object({ line: z.number(), column: z.number() }),
          }),
        }),
      ),
    }),
  ),
});

const listSchema = z.record(
  z.string(),
  z.array(z.strictObject({ was: z.string(), now: z.string(), why: z.string().min(1) })),
);

const asOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The changes of a Stryker report that survived, each as the lines that it touches. */
export const survivorsOf = (report: unknown): readonly Survivor[] =>
  Object.entries(reportSchema.parse(report).files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location: { start, end }, replacement = '' }): Survivor => {
        const touched = lines.slice(start.line - 1, end.line);
        const before = (touched[0] ?? '').slice(0, start.column - 1);
        const after = (touched.at(-1) ?? '').slice(end.column - 1);
        return {
          file,
          was: asOneLine(touched.join('\n')),
          now: asOneLine(`${before}${replacement}${after}`),
        };
      });
  });

const explanationFile = (area: string): string => `scripts/mutation/explained/${area}.yaml`;

/** The survivors of an area that were looked at. */
export const explainedIn = (area: string): readonly Explained[] =>
  existsSync(explanationFile(area))
    ? Object.entries(listSchema.parse(parse(readFileSync(explanationFile(area), 'utf8')) ?? {})).flatMap(
        ([file, entries]) => entries.map((entry) => ({ file, ...entry })),
      )
    : [];

const keyOf = ({ file, was, now }: Survivor): string => JSON.stringify([file, was, now]);

/** Holds the survivors of a run against those that were looked at. */
export const reviewOf = (survivors: readonly Survivor[], explained: readonly Explained[]): Review => {
  const survived = new Set(survivors.map(keyOf));
  const known = new Set(explained.map(keyOf));
  return {
    explained: survivors.filter((one) => known.has(keyOf(one))).length,
    open: survivors.filter((one) => !known.has(keyOf(one))),
    stale: explained.filter((one) => !survived.has(keyOf(one))),
  };
};

/** Survivors as they are entered in the list of their area, the reason left to be written. */
export const toBeExplained = (open: readonly Survivor[]): string => {
  const byFile: Record<string, { was: string; now: string; why: string }[]> = {};
  for (const { file, was, now } of open) {
    const entry = { was, now, why: '' };
    const entries = byFile[file];
    if (entries === undefined) byFile[file] = [entry];
    else entries.push(entry);
  }
  return stringify(byFile, { lineWidth: 0 });
};
