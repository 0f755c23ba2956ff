// Markdown for a terminal: the subset in which pages are written. Text is wrapped and stands below its heading, a
// little to the right; code is not wrapped. A block whose info string names a file or a place, `net wrong flats.net
// 3:9`, shows both.

import { type Piece, wrap } from "@netwright/lang";
import { lexer, type Token, type Tokens } from "marked";
import type { Colours } from "../output/colours.ts";

const plain = (text: string): string => text;
const INDENT = "  ";

/** Ends with a line end. Throws for Markdown outside the subset. */
export function renderMarkdown(markdown: string, width: number, colours: Colours): string {
  let text = "";
  let before = "";
  let blocks = 0;
  for (const token of lexer(markdown)) {
    const block = renderBlock(token, width, colours);
    if (block === null) continue;
    // A heading belongs to what follows it; the first one stands apart.
    const gap = before === "" ? "" : before === "heading" && blocks > 1 ? "\n" : "\n\n";
    text += gap + block;
    blocks += 1;
    before = token.type;
  }
  return `${text}\n`;
}

/** Null for what is not seen. */
function renderBlock(token: Token, width: number, colours: Colours): string | null {
  switch (token.type) {
    case "space":
      return null;
    case "heading":
      return wrap([{ text: token.text, paint: colours.bold }], width, "", "");
    case "paragraph":
      return wrap(piecesOf(token.tokens ?? [], colours), width, INDENT, INDENT);
    case "list":
      return listItems(token)
        .map((item) => wrap(piecesOf(item.tokens, colours), width, `${INDENT}- `, `${INDENT}  `))
        .join("\n");
    case "code":
      return codeBlock(token.lang ?? "", token.text, colours);
    default:
      throw new Error(`a page has a ${token.type}, which is not shown in a terminal`);
  }
}

function listItems(token: Token): readonly Tokens.ListItem[] {
  return token.type === "list" ? token.items : [];
}

function piecesOf(tokens: readonly Token[], colours: Colours): Piece[] {
  return tokens.flatMap((token): Piece[] => {
    switch (token.type) {
      case "text":
        return "tokens" in token && token.tokens !== undefined
          ? piecesOf(token.tokens, colours)
          : [{ text: token.text, paint: plain }];
      case "escape":
        return [{ text: token.text, paint: plain }];
      case "codespan":
        return [
          colours.isColorSupported
            ? { text: token.text, paint: colours.cyan }
            : { text: `\`${token.text}\``, paint: plain },
        ];
      case "strong":
        return [{ text: token.text, paint: colours.bold }];
      default:
        throw new Error(`a page has a ${token.type}, which is not shown in a terminal`);
    }
  });
}

function codeBlock(info: string, text: string, colours: Colours): string {
  const [language = "", ...words] = info.split(" ");
  const file = words.find((word) => word.includes("."));
  const place = words.find((word) => word.includes(":"));
  const marked = place === undefined ? 0 : Number.parseInt(place, 10);
  const label = file === undefined ? [] : [`    ${colours.dim(`${file}:`)}`];
  const lines = text.split("\n").map((line, i) => {
    if (language === "sh") return `    ${colours.dim("$")} ${line}`;
    return `${i + 1 === marked ? `  ${colours.red(">")} ` : "    "}${line}`.trimEnd();
  });
  return [...label, ...lines].join("\n");
}
