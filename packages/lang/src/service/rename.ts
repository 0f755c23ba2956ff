// Renaming a param, a block, or a parameter of a block: every place of it, after a look at whether
// the new name may be used.

import { quote, type Span } from "@netwright/definitions";
import type { Edit } from "../diagnostic.ts";
import { isLibraryName } from "../libraries/libraries.ts";
import { isReserved } from "../resolve/reserved.ts";
import { isName } from "../syntax/tokens.ts";
import type { Names, Reading } from "./names.ts";
import { sameThing } from "./navigate.ts";
import type { Meaning, Occurrence } from "./occurrence.ts";

export type Renaming =
  | { readonly ok: true; readonly edits: readonly Edit[] }
  | { readonly ok: false; readonly reason: string };

/** What can be renamed: the name that stands there now. */
export function renamable({
  meaning,
  span,
}: Occurrence): { readonly span: Span; readonly name: string } | undefined {
  switch (meaning.kind) {
    case "param":
    case "block":
      // What comes with Netwright is nobody's to rename.
      return isLibraryName(meaning.item.name.span.file) ? undefined : { span, name: meaning.item.name.text };
    case "parameter":
      if (isLibraryName(meaning.parameter.name.span.file)) return undefined;
      return { span, name: meaning.parameter.name.text };
    default:
      return undefined;
  }
}

export function rename(
  occurrence: Occurrence,
  newName: string,
  reading: Pick<Reading, "tree" | "used">,
  names: Names,
): Renaming {
  const { meaning } = occurrence;
  if (renamable(occurrence) === undefined) {
    return {
      ok: false,
      reason: "only params, blocks and their parameters can be renamed, and not those of a library",
    };
  }
  const problem = problemWith(newName, meaning, names);
  if (problem !== undefined) return { ok: false, reason: problem };
  const edits = sameThing(occurrence, reading, names).map(({ span }) => ({ span, text: newName }));
  return { ok: true, edits };
}

function problemWith(name: string, meaning: Meaning, names: Names): string | undefined {
  if (!isName(name)) return `${quote(name)} is no name; a name is letters, digits and \`_\`, a letter first`;
  if (isReserved(name)) return `${quote(name)} has a meaning in models; choose another name`;
  if (meaning.kind === "param" && names.params.has(name))
    return `a param named ${quote(name)} exists already`;
  if (meaning.kind === "block") {
    if (names.blocks.has(name)) return `a block named ${quote(name)} exists already`;
    if (names.catalog.layer.has(name)) return `a layer is named ${quote(name)}; the block would hide it`;
  }
  if (meaning.kind !== "parameter") return hiddenBy(name, meaning, names);
  const { parameters } = meaning.block;
  if (parameters.some((one) => one.name.text === name)) {
    return `block ${quote(meaning.block.name.text)} has a parameter ${quote(name)} already`;
  }
  return names.params.has(name) ? `a param is named ${quote(name)}; the parameter would hide it` : undefined;
}

/** A param that takes the name of a block's parameter would mean another thing inside that block. */
function hiddenBy(name: string, meaning: Meaning, names: Names): string | undefined {
  if (meaning.kind !== "param") return undefined;
  for (const { name: block, parameters } of names.blocks.values()) {
    if (parameters.some((one) => one.name.text === name)) {
      return `block ${quote(block.text)} has a parameter ${quote(name)}, which would hide the param`;
    }
  }
  return undefined;
}
