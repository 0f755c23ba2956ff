// What a compiler is here: what has to be installed, the ways in which it builds a program, and what runs that.

export type Language = "c" | "rust" | "go" | "js";

export interface Way {
  readonly name: string;
  /** Its arguments; null where nothing is built and the source is what runs. */
  readonly build: ((source: string, program: string) => readonly string[]) | null;
  /** Products and sums are fused: other bits come out, and how far they are off is what is asked. */
  readonly fuses?: true;
  /** Also for a model of half a million weights: there not every way is worth its minutes. */
  readonly ofLarge?: true;
}

export interface Command {
  readonly command: string;
  /** What has it tell its version. */
  readonly version: readonly string[];
  /** The packages of Debian that bring it and what it needs; none where Debian's is too old. */
  readonly debian: readonly string[];
}

export interface Compiler {
  readonly name: string;
  readonly language: Language;
  /** What a version does not say: why it is not here all the same, or null. */
  readonly lacks?: () => string | null;
  /** The compiler first. */
  readonly needs: readonly [Command, ...Command[]];
  /** How it stands in a table, given the versions of what it needs. */
  readonly title: (versions: readonly string[]) => string;
  readonly ways: readonly Way[];
  /** In front of the program, to run it. */
  readonly run: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Of these models alone, as of a machine with little memory. */
  readonly models?: readonly string[];
}
