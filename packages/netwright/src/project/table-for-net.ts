// A table where a `.net` file is expected: one error in place of one for each of its lines.

import { header, isNetText, sniffKind } from "@netwright/data";
import type { Diagnostic } from "@netwright/lang";
import { projectError } from "./diagnostics.ts";

const TABLES = /\.(?:csv|tsv|tab|psv|dat|data|xlsx?|ods|parquet|feather|json|jsonl|arff|zip|gz)$/i;

/** `null` for what may be a `.net` file, with mistakes or without. */
export function tableForNet(file: string, text: string): Diagnostic | null {
  if (file.endsWith(".net") || isNetText(text)) return null;
  const kind = sniffKind(text);
  if (kind === null && !TABLES.test(file) && header(text).length < 2) return null;
  const what = kind === null ? "a table" : kind.what;
  return tableProblem(
    file,
    what,
    kind === null
      ? `\`netwright init ${file}\` writes a \`.net\` file for it, which can be trained.`
      : "A `.net` file is text that describes a model; `netwright init TABLE.csv` writes one for a table.",
  );
}

/** For a program that hands in the path of a table as the text of a model; `null` for all else. */
export function tablePathForNet(source: string): Diagnostic | null {
  const path = source.trim();
  if (/[\n\r{}]/.test(path) || !TABLES.test(path)) return null;
  const init = `\`netwright init ${path}\` writes a \`.net\` file for it; a table in place of the one that a model names is \`data\`.`;
  return tableProblem(path, "a table", init);
}

function tableProblem(file: string, what: string, remedy: string): Diagnostic {
  return projectError("NW0628", `expected a \`.net\` file, and \`${file}\` is ${what}`, [remedy], undefined);
}
