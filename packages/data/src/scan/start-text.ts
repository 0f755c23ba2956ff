// The first characters of a table, from which one sees what it is and how it is written.

import type { ByteSource } from "./byte-source.ts";

export interface StartText {
  readonly text: string;
  /** Whether it is the whole text. */
  readonly whole: boolean;
}

const BYTES = 1 << 16;

/** Decodes parts until `enough` of the text is there. */
export function startText({ parts }: ByteSource, enough: (text: string) => boolean): StartText {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let asked = 0;
  for (const part of parts()) {
    for (let start = 0; start < part.length; start += BYTES) {
      text += decoder.decode(part.subarray(start, start + BYTES), { stream: true });
      // Asked at each doubling, so that it takes no more time than reading does.
      if (text.length < 2 * asked) continue;
      asked = text.length;
      if (enough(text)) return { text, whole: false };
    }
  }
  return { text: text + decoder.decode(), whole: true };
}
