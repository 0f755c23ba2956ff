// A table where a `.net` file is expected: one error in place of one for each of its lines.

import { header, isNetText, sniffKind } from "@netwright/data";
import type { Diagnostic } from "@netwright/lang";
import { cliError } from "../usage/codes.ts";

const TABLES = /\.(?:csv|tsv|tab|psv|dat|data|xlsx?|ods|parquet|feather|json|jsonl|arff|zip|gz)$/i;

/** `null` for what may be a `.net` file, with mistakes or without. */
export function tableForNet(file: string, text: string): Diagnostic | null {
  if (file.endsWith(".net") || isNetText(text)) return null;
  const kind = sniffKind(text);
  if (kind === null && !TABLES.test(file) && header(text).length < 2) return null;
  const what = kind === null ? "a table" : kind.what;
  return cliError(
    "NW0628",
    `expected a \`.net\` file, and \`${file}\` is ${what}`,
    kind === null
      ? `\`netwright init ${file}\` writes a \`.net\` file for it, which can be trained.`
      : "A `.net` file is text that describes a model; `netwright init TABLE.csv` writes one for a table.",
  );
}
