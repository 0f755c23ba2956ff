// Files of text as one: behind the first, each is without what stands above its rows. Lines are counted on the way, so that
// a line of the whole is found again in its file.

import { type ByteSource, byteSource, type TableInput } from "../../scan/byte-source.ts";
import { startText } from "../../scan/start-text.ts";
import type { Dialect } from "../../table/dialect.ts";
import { aboveRows } from "../../table/header.ts";

export interface JoinedFile {
  readonly input: TableInput;
  /** As it is written where it is not the first. */
  readonly dialect: Dialect | null;
}

export interface Joined {
  readonly source: ByteSource;
  /** For each file the line of the whole at which it begins, and how many of its own were left out; once all was read. */
  readonly starts: readonly { readonly line: number; readonly cut: number }[];
}

const [LINE_FEED, RETURN] = [10, 13];

export function joined(files: readonly JoinedFile[]): Joined {
  const sources = files.map(({ input, dialect }) => {
    const source = byteSource(input);
    return { source, ...(dialect === null ? NOTHING : cutOf(source, dialect)) };
  });
  const starts: { line: number; cut: number }[] = [];
  const sizes = sources.map(({ source: { size }, bytes }) => (size === null ? null : size - bytes + 1));
  return {
    starts,
    source: {
      size: sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0),
      *parts() {
        starts.length = 0;
        let line = 1;
        for (const { source, bytes, lines } of sources) {
          starts.push({ line, cut: lines });
          let toCut = bytes;
          let last = LINE_FEED;
          for (const part of source.parts()) {
            const kept = part.subarray(Math.min(toCut, part.length));
            toCut -= part.length - kept.length;
            if (kept.length === 0) continue;
            line += lineEnds(kept, last);
            last = kept[kept.length - 1] ?? LINE_FEED;
            yield kept;
          }
          if (last === LINE_FEED || last === RETURN) continue;
          line++;
          yield Uint8Array.of(LINE_FEED);
        }
      },
    },
  };
}

const NOTHING = { bytes: 0, lines: 0 };

function cutOf(source: ByteSource, dialect: Dialect): { readonly bytes: number; readonly lines: number } {
  const start = startText(source, (text) => aboveRows({ text, whole: false }, dialect) !== null);
  const bytes = new TextEncoder().encode(aboveRows(start, dialect) ?? "");
  return { bytes: bytes.length, lines: lineEnds(bytes, LINE_FEED) };
}

/** A line feed behind a return, which may have been the last byte before, is one with it. */
function lineEnds(bytes: Uint8Array, before: number): number {
  let [ends, last] = [0, before];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === RETURN || (byte === LINE_FEED && last !== RETURN)) ends++;
    last = byte;
  }
  return ends;
}
