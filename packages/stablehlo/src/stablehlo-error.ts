// What `parseStablehlo` throws.

/** The text is none that `printStablehlo` writes. */
export class StablehloError extends Error {
  /** From 1; 0 where no line is to blame. */
  readonly line: number;
  constructor(message: string, line: number) {
    super(line === 0 ? message : `line ${line}: ${message}`);
    this.name = "StablehloError";
    this.line = line;
  }
}
