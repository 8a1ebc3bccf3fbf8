import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform, type TransformCallback } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { dataError, type Failure, Stop } from './outcome.js';

/** One record. `row` counts as a spreadsheet does: the header is row 1. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Characters in one record; a form is far smaller, and memory stays bounded whatever the file holds. */
export const LARGEST_RECORD = 1024 * 1024;

const DELIMITERS = [',', '\t', ';', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const NEWLINE = 10;
const RETURN = 13;

/**
 * Passes bytes on once they are known to be UTF-8 text in lines of bounded length. (The parser's own limit counts the
 * characters of fields, so a hundred megabytes of commas would pass it.)
 */
class TextGate extends Transform {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #name: string;
  #line = 1;
  #lineBytes = 0;
  #previous = 0;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const problem = this.#inspect(chunk);
    if (problem === null) done(null, chunk);
    else done(new Stop([problem]));
  }

  override _flush(done: TransformCallback): void {
    try {
      this.#decoder.decode();
      done();
    } catch {
      done(new Stop([this.#notText()]));
    }
  }

  #notText(line = this.#line): Failure {
    return dataError('not-utf-8', `${this.#name}:${line}`, 'not UTF-8 text; save the table as CSV in UTF-8');
  }

  // A plain loop: it runs over every byte of files of any size.
  #inspect(chunk: Buffer): Failure | null {
    const before = this.#line;
    for (const byte of chunk) {
      if (byte === NEWLINE || byte === RETURN) {
        if (!(byte === NEWLINE && this.#previous === RETURN)) this.#line += 1;
        this.#lineBytes = 0;
      } else {
        this.#lineBytes += 1;
        if (byte === 0) {
          return dataError(
            'not-text',
            `${this.#name}:${this.#line}`,
            'a NUL byte: this is no text table; export it as CSV in UTF-8',
          );
        }
        if (this.#lineBytes > LARGEST_RECORD) return tooLong(`${this.#name}:${this.#line}`);
      }
      this.#previous = byte;
    }
    try {
      this.#decoder.decode(chunk, { stream: true });
      return null;
    } catch {
      const [sound = ''] = chunk.toString('utf8').split('\uFFFD', 1);
      return this.#notText(before + sound.split(/\r\n|\r|\n/).length - 1);
    }
  }
}

const tooLong = (place: string): Failure =>
  dataError(
    'record-too-long',
    place,
    `a record is longer than ${LARGEST_RECORD} characters; is a line break or a closing quote missing?`,
  );

/** `row`: the record that was being read, which began before the line that the error names. */
const parserFailure = (error: CsvError, name: string, row: number): Failure => {
  const line = 'lines' in error ? Number(error['lines']) : Number.NaN;
  const place = Number.isFinite(line) ? `${name}:${line}` : name;
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return tooLong(place);
    case 'CSV_QUOTE_NOT_CLOSED':
      return dataError(
        'quote-not-closed',
        `${name}, row ${row}`,
        'a quoted cell is opened and not closed before the end of the table; close it, or double a quote that is part of the text',
      );
    case 'INVALID_OPENING_QUOTE':
      return dataError(
        'stray-quote',
        place,
        'a double quote stands inside an unquoted cell; quote the cell and double the quote',
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return dataError(
        'stray-quote',
        place,
        'text follows a closing quote; double the quotes inside a quoted cell',
      );
    default:
      return dataError('not-csv', place, 'this record cannot be read as CSV');
  }
};

/** The delimiter that stands most often in the header outside quotes; a comma where none does. */
export const delimiterOf = (header: string): Delimiter => {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const char of header) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  let best: Delimiter = ',';
  for (const candidate of DELIMITERS) {
    if ((counts.get(candidate) ?? 0) > (counts.get(best) ?? 0)) best = candidate;
  }
  return best;
};

const startOf = async (path: string): Promise<Buffer> => {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(64 * 1024);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** What the first bytes show the file to be, where it is not text in UTF-8. */
const wrongKind = (start: Buffer, name: string): Failure | null => {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return dataError('not-utf-8', name, 'UTF-16 text; save the table as CSV in UTF-8');
  }
  if (start.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') {
    return dataError(
      'not-text',
      name,
      'a spreadsheet workbook or an archive; export the table as CSV in UTF-8',
    );
  }
  if (start.subarray(0, 4).toString('latin1') === 'PAR1') {
    return dataError('not-text', name, 'a Parquet file; export the table as CSV in UTF-8');
  }
  if (start.subarray(0, 2).toString('latin1') === '\u001f\u008b') {
    return dataError('not-text', name, 'a compressed file; unpack it first');
  }
  return null;
};

/**
 * The records of a CSV or TSV file, header first, as a stream of bounded memory. BOM, CRLF and quotes are understood;
 * records of any number of cells pass (the caller says what is wrong with a ragged one).
 * Throws `Stop` where the file is no such text, with the line.
 */
export async function* readTable(
  path: string,
  name: string,
  delimiter?: Delimiter,
): AsyncGenerator<TableRow> {
  const start = await startOf(path);
  const wrong = wrongKind(start, name);
  if (wrong !== null) throw new Stop([wrong]);
  const parser = parse({
    bom: true,
    delimiter: delimiter ?? delimiterOf(start.toString('utf8')),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: LARGEST_RECORD,
  });
  const file = createReadStream(path);
  const gate = new TextGate(name);
  // Each stage hands its error to the next, so that the loop below meets it.
  file.on('error', (error) => gate.destroy(error));
  gate.on('error', (error) => parser.destroy(error));
  file.pipe(gate).pipe(parser);
  let row = 0;
  try {
    for await (const record of parser) {
      row += 1;
      // csv-parse without `columns` or `cast` gives arrays of text.
      yield { row, cells: record as readonly string[] };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Stop([parserFailure(error, name, parser.info.records + 1)]);
    throw error;
  } finally {
    file.destroy();
    gate.destroy();
    parser.destroy();
  }
}

/** A record without any text: a blank line, or the empty rows that a spreadsheet leaves behind its last. */
export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
