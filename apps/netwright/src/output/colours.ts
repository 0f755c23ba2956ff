// Colours for one stream: only on a terminal, and not where the user asked for none (https://no-color.org). They carry a
// number of this process, so that what paints is told from what stands in names and paths of a stranger's files;
// `shown`, through which all text for people goes, takes it off.

import { visible, visibleLines } from "@netwright/definitions";
import picocolors from "picocolors";
import type { Io, OutputStream } from "../io/io.ts";

type Painter = (text: string) => string;

type Name = "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "blue" | "magenta";

export type Colours = Readonly<Record<Name, Painter>> & { readonly isColorSupported: boolean };

/**
 * What no text from outside can know, as it is drawn when the process has begun. In groups of four digits, as longer ones are
 * not taken for a part of a colour where the width of a text is measured, and titles would stand beside their columns.
 */
const OWN = Array.from({ length: 4 }, () => 1000 + Math.floor(Math.random() * 9000)).join(";");
const MARK = new RegExp(`\\x1b\\[${OWN};(\\d+)m`, "g");

export function coloursFor(stream: OutputStream, env: Io["env"], wanted: boolean): Colours {
  const refused = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  const isColorSupported = wanted && !refused && stream.isTTY === true;
  const { bold, dim, red, green, yellow, cyan, blue, magenta } = picocolors.createColors(isColorSupported);
  return {
    bold: marked(bold),
    dim: marked(dim),
    red: marked(red),
    green: marked(green),
    yellow: marked(yellow),
    cyan: marked(cyan),
    blue: marked(blue),
    magenta: marked(magenta),
    isColorSupported,
  };
}

function marked(paint: Painter): Painter {
  const [start = "", end = ""] = paint("|").replaceAll("\x1b[", `\x1b[${OWN};`).split("|");
  return (text) => start + text + end;
}

/** A text for a person, as it is written: nothing of a stranger's moves the cursor, or colours anything. */
export function shown(text: string): string {
  return betweenColours(text, visibleLines).replace(MARK, "\x1b[$1m");
}

/** One cell of a table: a line. */
export function shownInCell(text: string): string {
  return betweenColours(text, visible);
}

function betweenColours(text: string, change: (piece: string) => string): string {
  let out = "";
  let from = 0;
  for (const mark of text.matchAll(MARK)) {
    out += change(text.slice(from, mark.index)) + mark[0];
    from = mark.index + mark[0].length;
  }
  return out + change(text.slice(from));
}
