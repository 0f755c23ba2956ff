// What the start of a table tells: whether it is one, and how it is written. `header` and `readCsv` both begin with it;
// who calls both of one file looks once.

import { byteSource, type TableInput } from "../scan/byte-source.ts";
import { type StartText, startText } from "../scan/start-text.ts";
import { detectDialect } from "./detect-dialect.ts";
import type { Dialect } from "./dialect.ts";
import type { ReadSettings } from "./read-settings.ts";
import { holdsSample, type Sample, sampleOf } from "./sample.ts";
import { type FileKind, sniffKind } from "./sniff-kind.ts";

export interface TableStart {
  readonly start: StartText;
  /** What it is, where that is known and no table. */
  readonly kind: FileKind | null;
  /** `null` for what is no table in text. */
  readonly found: { readonly sample: Sample; readonly dialect: Dialect } | null;
}

export function tableStart(input: TableInput, settings: ReadSettings): TableStart {
  const start =
    typeof input === "string" ? { text: input, whole: true } : startText(byteSource(input), holdsSample);
  const kind = sniffKind(start.text);
  // The two marks of a binary file, or one in another encoding, once it is decoded.
  if (kind !== null || start.text.includes("\0")) return { start, kind, found: null };
  const sample = sampleOf(start);
  return { start, kind, found: { sample, dialect: detectDialect(sample, settings) } };
}
