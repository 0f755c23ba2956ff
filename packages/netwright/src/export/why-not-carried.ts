// Why an export does not carry a column: what reads or encodes it is none of Netwright's own, so that no module or wrapper
// computes it.

import { type OpenColumn, scaleNames } from "@netwright/data";
import { quote } from "@netwright/definitions";
import type { FullCatalog } from "../catalog/catalog.ts";
import { carriedEncoder } from "./wrapper/carried-encoders.ts";

/** Goes on after the name of the column; `null` where it is carried. */
export function whyNotCarried(
  open: OpenColumn,
  role: "feature" | "target" | "spread target",
  catalog: FullCatalog,
): string | null {
  const { coding, encoder, fitted } = open;
  if (open.kind === "number" && role === "feature") {
    const type = open.reading?.saved.type;
    if (type !== undefined && !READ.includes(type))
      return `${quote(type)} is no type of column whose cells an export reads`;
  }
  if (open.kind === "number" && open.coding.scaling?.steps && role !== "spread target") return null;
  if (coding.takes === "words" && role !== "feature") return null;
  const { encoder: encoders } = catalog.definitions;
  const inside = scaleNames(fitted.params).map((name) => encoders.get(name));
  const unknown = [encoder, ...inside].find((one) => carriedEncoder(one) === null);
  if (unknown === undefined) return null;
  return takesPictures(open)
    ? "it holds pictures, which a module does not decode"
    : `${quote(unknown.name)} is no encoder that an export knows`;
}

/** A file writes it as `image`: no user knows the encoder by its name. */
export function takesPictures({ encoder }: Pick<OpenColumn, "encoder">): boolean {
  return encoder.name === "picture";
}

const READ = ["boolean", "date"];
