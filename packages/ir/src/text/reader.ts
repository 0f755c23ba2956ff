// Reads the small pieces of the text form from its tokens: words, names, numbers, types, lists.
// Every error names what was found, what was expected, and the place.

import { type TensorType, tensor } from "../core/types.ts";
import { isElementType } from "../ops/fields.ts";
import { TextFormError } from "./text-form-error.ts";
import { type Token, tokenize } from "./tokens.ts";

const SPECIAL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);

const TYPE = /^tensor<((?:\d+x)*)([a-z][a-z0-9]*)>$/;

export class Reader {
  readonly #tokens: readonly Token[];
  #position = 0;

  /** @throws TextFormError, as every method */
  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  /** The next token, which stays. */
  get next(): Token {
    const token = this.#tokens[Math.min(this.#position, this.#tokens.length - 1)];
    if (token === undefined) throw new TextFormError("no text", 1, 1);
    return token;
  }

  take(): Token {
    const token = this.next;
    this.#position++;
    return token;
  }

  fail(message: string, token: Token = this.next): never {
    throw new TextFormError(message, token.line, token.column);
  }

  #unexpected(expected: string): never {
    const found = this.next.kind === "end" ? "the end of the text" : `\`${this.next.text}\``;
    return this.fail(`expected ${expected}, found ${found}`);
  }

  /** Whether the next token is this word or mark. */
  sees(text: string): boolean {
    return this.next.text === text && (this.next.kind === "word" || this.next.kind === "punctuation");
  }

  /** Takes the token if it is this word or mark. */
  accept(text: string): boolean {
    const seen = this.sees(text);
    if (seen) this.#position++;
    return seen;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.#unexpected(`\`${text}\``);
  }

  end(): void {
    if (this.next.kind !== "end") this.#unexpected("the end of the text");
  }

  /** A token of the kind; `what` describes it in the error. */
  token(kind: Token["kind"], what: string): Token {
    if (this.next.kind !== kind) this.#unexpected(what);
    return this.take();
  }

  /** A word, or a string in double quotes. */
  name(what: string): string {
    if (this.next.kind !== "string") return this.token("word", what).text;
    const token = this.take();
    try {
      // The token starts and ends with a double quote, so JSON.parse gives a string.
      return JSON.parse(token.text) as string;
    } catch {
      return this.fail(`${token.text} is not a string with the escapes of JSON`, token);
    }
  }

  /** One of the words that are the keys of `table`. */
  oneOf<K extends string>(table: Readonly<Record<K, unknown>>, what: string): K {
    const isKey = (text: string): text is K => Object.hasOwn(table, text);
    const { text } = this.next;
    if (!isKey(text)) return this.#unexpected(`${what} (one of ${Object.keys(table).join(", ")})`);
    this.#position++;
    return text;
  }

  number(): number {
    const special = SPECIAL_NUMBERS.get(this.next.text);
    if (special !== undefined && this.next.kind !== "string") {
      this.#position++;
      return special;
    }
    return Number(this.token("number", "a number").text);
  }

  integer(): number {
    const { next } = this;
    const value = this.number();
    return Number.isSafeInteger(value) ? value : this.fail(`${next.text} is not an integer`, next);
  }

  type(): TensorType {
    const token = this.token("type", "a type such as tensor<2x3xf32>");
    const [, dimensions = "", dtype] = TYPE.exec(token.text) ?? [];
    if (!isElementType(dtype)) {
      return this.fail(`${token.text} is not a type such as tensor<2x3xf32> or tensor<pred>`, token);
    }
    return tensor(dtype, dimensions.split("x").slice(0, -1).map(Number));
  }

  /** Elements with commas between two marks; may be empty. */
  list<T>(open: string, close: string, element: () => T): readonly T[] {
    this.expect(open);
    const elements: T[] = [];
    while (!this.sees(close)) {
      if (elements.length > 0) this.expect(",");
      elements.push(element());
    }
    this.expect(close);
    return elements;
  }
}
