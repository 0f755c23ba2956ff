// The help of a command at any width: commander lays it out, and breaks lines only where there is room for 40
// characters; below that, what an option does goes under its name.

import { wrapText } from "@netwright/lang";
import type { Help, HelpConfiguration } from "commander";
import { called } from "../usage/called.ts";

/** Beside the names, where descriptions have so much room; under them otherwise. */
const ROOM = 24;
const INDENT = "  ";
const BELOW = "      ";

/** `command` is how netwright is called here: it counts for where lines break. */
export function commandHelp(command: string): HelpConfiguration {
  return {
    minWidthToWrap: 1,
    formatItem(term: string, termWidth: number, description: string, { helpWidth = 80 }: Help): string {
      if (description === "") return `${INDENT}${term}`;
      const start = INDENT.length + termWidth + 2;
      const text = called(description, command);
      if (helpWidth - start >= ROOM)
        return wrapText(text, helpWidth, `${INDENT}${term.padEnd(termWidth)}  `, " ".repeat(start));
      return `${INDENT}${term}\n${wrapText(text, helpWidth, BELOW, BELOW)}`;
    },
    styleUsage(this: Help, usage: string): string {
      const first = "Usage: ";
      return wrapText(usage, this.helpWidth ?? 80, first, BELOW).slice(first.length);
    },
  };
}
