// Chooses the lines of a `Doc`: a group stands on one line when it fits together with what follows up to the
// next place where the line may end; else the outermost groups break first. Time is linear: `fits` gives up
// after one line's width.

import { type Doc, isSequence } from "./doc.ts";

interface Command {
  readonly doc: Doc;
  readonly indent: number;
  readonly flat: boolean;
}

const STEP = 2;

/** Widths are counted in UTF-16 units. The result ends without a line end. */
export function renderDoc(doc: Doc, width: number): string {
  const out: string[] = [];
  let column = 0;
  const put = (text: string): void => {
    out.push(text);
    column += text.length;
  };
  const rest: Command[] = [{ doc, indent: 0, flat: false }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { doc, indent, flat } = next;
    if (typeof doc === "string") put(doc);
    else if (isSequence(doc)) pushAll(rest, doc, indent, flat);
    else if (doc.kind === "indent") rest.push({ doc: doc.content, indent: indent + STEP, flat });
    else if (doc.kind === "choice") put(flat ? doc.flat : doc.broken);
    else if (doc.kind === "comment") out.push(`  ${doc.text}`);
    else if (doc.kind === "group") {
      const inner = { doc: doc.content, indent, flat: true };
      const stays = !doc.broken && (flat || fits(inner, rest, width - column));
      rest.push({ ...inner, flat: stays });
    } else if (flat) put(doc.flat);
    else {
      out.push(doc.blank ? "\n\n" : "\n", " ".repeat(indent));
      column = indent;
    }
  }
  return out.join("");
}

function pushAll(commands: Command[], docs: readonly Doc[], indent: number, flat: boolean): void {
  for (let i = docs.length - 1; i >= 0; i--) {
    const doc = docs[i];
    if (doc !== undefined) commands.push({ doc, indent, flat });
  }
}

/** Whether `first` and then `rest`, up to the first line that may end, are no wider than `room`. */
function fits(first: Command, rest: readonly Command[], room: number): boolean {
  const commands = [first];
  let left = room;
  let following = rest.length - 1;
  while (left >= 0) {
    let next = commands.pop();
    if (next === undefined) {
      next = rest[following--];
      if (next === undefined) return true;
    }
    const { doc, flat } = next;
    if (typeof doc === "string") left -= doc.length;
    else if (isSequence(doc)) pushAll(commands, doc, 0, flat);
    else if (doc.kind === "indent") commands.push({ ...next, doc: doc.content });
    else if (doc.kind === "group") commands.push({ ...next, doc: doc.content, flat: flat && !doc.broken });
    else if (doc.kind === "choice") left -= (flat ? doc.flat : doc.broken).length;
    else if (doc.kind === "comment" || !flat) return true;
    else left -= doc.flat.length;
  }
  return false;
}
