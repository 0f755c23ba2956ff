// XML as a strict parser reads it, as a tree.

import { SaxesParser } from "saxes";

export interface Parsed {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Parsed[];
  /** What stands in it beside tags. */
  readonly text: string;
}

/** @throws Error for what is no XML */
export function parsedXml(text: string): Parsed {
  const open: { name: string; attributes: Record<string, string>; children: Parsed[]; text: string }[] = [
    { name: "", attributes: {}, children: [], text: "" },
  ];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    open.push({ name, attributes: { ...attributes }, children: [], text: "" });
  });
  parser.on("text", (own) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += own;
  });
  parser.on("closetag", () => {
    const done = open.pop();
    if (done !== undefined) open.at(-1)?.children.push(done);
  });
  parser.write(text).close();
  const [root] = open[0]?.children ?? [];
  if (root === undefined) throw new Error("nothing is in it");
  return root;
}
