import type { Model, Path } from '../../formula/model.js';
import type { Program } from '../../instrument/program.js';
import type { Definition } from '../schema.js';

/** What a lint found. Its code is the name of the lint. */
export interface LintFinding {
  readonly where: Path;
  /** The key at `where` is meant, not its value. */
  readonly atKey?: true;
  /** What is wrong and what to do. */
  readonly message: string;
  readonly didYouMean?: string | undefined;
}

/** What a lint may know beside the definition. */
export interface LintContext {
  /** Name of the folder that holds the file, where the file is called `definition.yaml`. */
  readonly folder: string | null;
  /** The definition written out, of one that is shipped. */
  readonly model?: Model;
  /** Its normal form, where each formula is right by itself. */
  readonly program?: Program;
}

/** One rule about definitions that no schema can hold. */
export interface Lint {
  /** Also the code of its problems. */
  readonly name: string;
  /** What is asked for, in a sentence. */
  readonly description: string;
  readonly check: (definition: Definition, context: LintContext) => readonly LintFinding[];
}
