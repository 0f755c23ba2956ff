// What a file holds that is not understood, as one diagnostic that names all of it.

import type { NotUnderstood } from "@netwright/formats";
import type { Diagnostic } from "@netwright/lang";
import { projectError } from "../project/diagnostics.ts";

const MOST = 20;

export function notUnderstood(file: string, refused: readonly NotUnderstood[]): Diagnostic {
  const told = refused.slice(0, MOST).map(({ what, why }) => `${what} ${why}.`);
  const more = refused.length - told.length;
  return projectError(
    "NW0880",
    `\`${file}\` cannot be imported: ${refused.length === 1 ? "a part of it is" : `${refused.length} parts of it are`} not understood`,
    [
      ...told,
      ...(more > 0 ? [`And ${more} more.`] : []),
      "`netwright help docs/import.md` says of each format what is read.",
    ],
    undefined,
  );
}
