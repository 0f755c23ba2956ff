// What the parser of the text form throws. The text form is for developers and golden files, so the first
// error ends the reading; line and column count from 1.

export class TextFormError extends Error {
  readonly line: number;
  readonly column: number;
  constructor(message: string, line: number, column: number) {
    super(`${line}:${column}: ${message}`);
    this.name = "TextFormError";
    this.line = line;
    this.column = column;
  }
}
