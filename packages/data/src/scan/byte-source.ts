// The bytes of a table, part by part, so that a large file is never in memory as a whole. They can be gone through more
// than once: what a column is, is known for sure only at the end of the file.

export interface ByteSource {
  /** How many bytes there are; `null` where that is not known. */
  readonly size: number | null;
  /** All of them, from the first. A part may be overwritten when the next one is asked for. */
  readonly parts: () => Iterable<Uint8Array>;
  /** Those from `start` up to `end`, until the next are asked for, where any place can be read at once; then `size` is known. */
  readonly range?: (start: number, end: number) => Uint8Array;
}

/** What a table may be read from: text, the bytes of a file, or something that gives them part by part. */
export type TableInput = string | Uint8Array | ByteSource;

/** Several files that are one table. */
export interface TableFiles {
  readonly files: readonly TableFile[];
}

export interface TableFile {
  /** As messages name it. */
  readonly name: string;
  /** What it is called among the files of its table; `name` where that is not given. */
  readonly shortName?: string;
  readonly input: TableInput;
}

/** Always in UTF-8: text is encoded, and UTF-16 is recognised by the mark in front of it. */
export function byteSource(input: TableInput): ByteSource {
  if (typeof input === "string") return { size: input.length, parts: () => encoded(input) };
  // Not `instanceof`, which arrays of another realm fail.
  const source = "parts" in input ? input : { size: input.length, parts: () => [input] };
  const encoding = encodingOf(source);
  return encoding === null ? source : { size: null, parts: () => recoded(source, encoding) };
}

const CHARACTERS = 1 << 16;

function* encoded(text: string): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const buffer = new Uint8Array(3 * Math.min(CHARACTERS, text.length));
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + CHARACTERS, text.length);
    // Both halves of a character beyond the 65,536 first have to be in one part.
    if (end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end -= 1;
    const part = start === 0 && end === text.length ? text : text.slice(start, end);
    yield buffer.subarray(0, encoder.encodeInto(part, buffer).written);
    start = end;
  }
}

type Utf16 = "utf-16le" | "utf-16be";

function encodingOf({ parts }: ByteSource): Utf16 | null {
  const mark: number[] = [];
  for (const part of parts()) {
    mark.push(...part.subarray(0, 2));
    if (mark.length >= 2) break;
  }
  if (mark[0] === 0xff && mark[1] === 0xfe) return "utf-16le";
  return mark[0] === 0xfe && mark[1] === 0xff ? "utf-16be" : null;
}

/** Half a character at the end is left out. */
function* recoded({ parts }: ByteSource, encoding: Utf16): Generator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for (const part of parts()) yield encoder.encode(decoder.decode(part, { stream: true }));
}
