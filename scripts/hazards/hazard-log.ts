/** Consequence by likelihood, as the log's own matrix gives it. */
export type Matrix = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** `Major × Medium = 3`. */
export interface Rating {
  readonly consequence: string;
  readonly likelihood: string;
  readonly rating: number;
}

/** A test that the log names by its title, because the title does not carry the hazard. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** Whether the control exists: all of it, a part, or none. */
export type Built = 'yes' | 'partly' | 'no';

/** One hazard of the log. A field that is missing or cannot be read is `null`; `hazardProblems` says so. */
export interface Hazard {
  readonly id: string;
  readonly title: string;
  readonly line: number;
  readonly initial: Rating | null;
  readonly residual: Rating | null;
  readonly built: Built | null;
  readonly fields: ReadonlyMap<string, string>;
  readonly namedTests: readonly NamedTest[];
  /** Files of the repository that the control names. */
  readonly files: readonly string[];
}

/** The hazard log as read. */
export interface HazardLog {
  readonly matrix: Matrix;
  readonly hazards: readonly Hazard[];
}

const RATING = /^(\w+) × ([\w ]+) = ([1-5])$/;
const FIELD = /^- \*\*([^*]+):\*\* ?(.*)$/;
const NAMED = /^ {2}- `(test\/[^`]+)`: (.+)$/;

/** A rating as written; `null` where it cannot be read. */
export const ratingOf = (text: string | undefined): Rating | null => {
  const [, consequence, likelihood, rating] = RATING.exec(text ?? '') ?? [];
  return consequence === undefined || likelihood === undefined
    ? null
    : { consequence, likelihood, rating: Number(rating) };
};

const builtOf = (text: string | undefined): Built | null =>
  text === 'yes' || text === 'partly' || text === 'no' ? text : null;

/** The cells of a row of a table. */
export const cells = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The first table of the page whose first cell is `Likelihood`. */
const matrixOf = (lines: readonly string[]): Matrix => {
  const head = lines.findIndex((line) => /^\| Likelihood /.test(line));
  const matrix = new Map<string, Map<string, number>>();
  if (head === -1) return matrix;
  const consequences = cells(lines[head] ?? '').slice(1);
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) break;
    const [likelihood = '', ...ratings] = cells(line);
    consequences.forEach((consequence, at) => {
      const column = matrix.get(consequence) ?? new Map<string, number>();
      matrix.set(consequence, column.set(likelihood, Number(ratings[at])));
    });
  }
  return matrix;
};

const hazardOf = (id: string, title: string, line: number, body: readonly string[]): Hazard => {
  const fields = new Map<string, string>();
  const namedTests: NamedTest[] = [];
  for (const text of body) {
    const [, name, value] = FIELD.exec(text) ?? [];
    if (name !== undefined) fields.set(name, (value ?? '').trim());
    const [, file, named] = NAMED.exec(text) ?? [];
    if (file !== undefined && named !== undefined) namedTests.push({ file, title: named.trim() });
  }
  const control = fields.get('Control') ?? '';
  return {
    id,
    title,
    line,
    initial: ratingOf(fields.get('Initial')),
    residual: ratingOf(fields.get('Residual')),
    built: builtOf(fields.get('Built')),
    fields,
    namedTests,
    files: [
      ...new Set(
        [...control.matchAll(/`((?:src|scripts|docs|instruments|test)\/[\w./-]+)`/g)].map(
          ([, file = '']) => file,
        ),
      ),
    ],
  };
};

/** Reads `docs/safety/hazard-log.md`: `### H01 · Title`, then one field a line, `- **Cause:** …`. */
export const readHazardLog = (markdown: string): HazardLog => {
  const lines = markdown.split(/\r?\n/);
  const heads = lines.flatMap((line, at) => {
    const [, id, title] = /^### (H\d{2}) · (.+)$/.exec(line) ?? [];
    return id === undefined || title === undefined ? [] : [{ id, title, at }];
  });
  return {
    matrix: matrixOf(lines),
    hazards: heads.map(({ id, title, at }, index) =>
      hazardOf(id, title, at + 1, lines.slice(at + 1, heads[index + 1]?.at ?? lines.length)),
    ),
  };
};
