// Names and units of anyone in the comments of what is written.

import { unseenAs } from "@netwright/definitions";

/** Text in a comment of one line: nothing of it ends the comment, or goes on with the next line. */
export function inComment(text: string): string {
  return unseenAs(" ", text).replaceAll("\\", "/").replaceAll("*/", "* /").replaceAll("??/", "?? /");
}

/** The same in the text that opens a module of Python. */
export function inDocstring(text: string): string {
  return inComment(text).replaceAll('"', "'");
}
