// A name in a flow that nothing here has, and a block of a library has: the line that is lacking.

import { quote, type Span } from "@netwright/definitions";
import { libraryBlock } from "../../libraries/library-blocks.ts";
import { replaceBy } from "../../report.ts";
import type { Context } from "../context.ts";

/** Whether it is one; then it has been reported, or a library that is not known has been, which is the same mistake. */
export function reportLibraryBlock(name: string, span: Span, { report, sources }: Context): boolean {
  const block = libraryBlock(name);
  if (block === undefined) return false;
  if (report.diagnostics.some(({ code }) => code === "NW0230")) return true;
  const line = `use "${block.library}"`;
  const version = /^[ \t]*netwright[ \t]+\d[^\n]*\n/m.exec(sources.get(span.file)?.text ?? "");
  const end = version === null ? 0 : version.index + version[0].length;
  report.error("NW0205", span, `no layer or block is named ${quote(name)}`, {
    notes: [`It is a block of the library \`${block.library}\`: write \`${line}\` above the model.`],
    fix:
      version === null
        ? undefined
        : replaceBy({ file: span.file, start: end, end }, `${line}\n`, `add \`${line}\``),
  });
  return true;
}
