// Why an export does not carry a column: its encoder is none that modules and wrappers compute.

import { encoders, type OpenColumn, type OpenNumbers } from "@netwright/data";
import { quote } from "@netwright/definitions";
import { wordEncoders } from "./wrapper/word-encoders.ts";

/** Goes on after the name of the column; `null` where it is carried. */
export function whyNotCarried(open: OpenColumn, role: "feature" | "target"): string | null {
  const { coding, encoder } = open;
  if (role === "feature" && open.kind === "number" && isTurned(open)) return TURNED;
  if (open.kind === "number" && open.coding.scaling?.steps) return null;
  if (coding.takes === "words" && role === "target") return null;
  // Whoever brings an encoder of that name has another one.
  const isOwn = encoders.get(encoder.name) === encoder;
  if (isOwn && wordEncoders.has(encoder.name)) return null;
  return reasons.get(encoder.name) ?? `${quote(encoder.name)} is no encoder that an export knows`;
}

/** Whether a column of truth values reads 1 or 0, which a wrapper takes as they are, as the file states them and otherwise. */
function isTurned({ reading }: OpenNumbers): boolean {
  if (reading?.saved.type !== "boolean") return false;
  return [true, false].some((value) =>
    [String(value), String(Number(value))].some((cell) => reading.read(cell) !== Number(value)),
  );
}

const TURNED =
  "its words for true and false turn 1, 0, `true` or `false` around, which a wrapper takes as they are; train with other words for these";
const TEXTS = "texts are not carried; name its words as a `category` where they are few";
const SCALES = "train with another scale, such as `robust`";

const reasons: ReadonlyMap<string, string> = new Map([
  ["calendar", "dates are not carried; give their parts as columns of numbers"],
  ["number_list", "lists of numbers are not carried; give each number a column of its own"],
  ["bag_of_words", TEXTS],
  ["hashed_words", TEXTS],
  ["word_sequence", TEXTS],
  ["quantile", `\`quantile\` looks ranks up, which a module does not: ${SCALES}`],
  ["power", `\`power\` raises to powers, which a module does not: ${SCALES}`],
  ["periodic", `\`periodic\` makes several numbers of one, which a module does not: ${SCALES}`],
  [
    "piecewise_linear",
    `\`piecewise_linear\` makes several numbers of one, which a module does not: ${SCALES}`,
  ],
]);
