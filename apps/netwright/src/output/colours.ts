// Colours for one stream: only on a terminal, and not where the user asked for none (https://no-color.org).

import picocolors from "picocolors";
import type { Io, OutputStream } from "../io/io.ts";

export type Colours = Pick<
  ReturnType<typeof picocolors.createColors>,
  "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "blue" | "magenta" | "isColorSupported"
>;

export function coloursFor(stream: OutputStream, env: Io["env"], wanted: boolean): Colours {
  const refused = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return picocolors.createColors(wanted && !refused && stream.isTTY === true);
}
