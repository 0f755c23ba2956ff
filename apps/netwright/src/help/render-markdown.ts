// Markdown for a terminal: the subset in which pages are written. Text is wrapped and stands below its heading, a
// little to the right; code is not wrapped. A block whose info string names a file or a place, `net wrong flats.net
// 3:9`, shows both.

import { type Piece, wrap } from "@netwright/lang";
import { lexer, type Token, type Tokens } from "marked";
import type { Colours } from "../output/colours.ts";

const plain = (text: string): string => text;
const INDENT = "  ";

/**
 * Ends with a line end. Throws for Markdown outside the subset. `page` is "docs/export.md" where the text is a page or of one: what
 * its links lead to is told as a topic of help.
 */
export function renderMarkdown(markdown: string, width: number, colours: Colours, page?: string): string {
  const how = { width, colours, page };
  let text = "";
  let before = "";
  let blocks = 0;
  for (const token of lexer(markdown)) {
    const block = renderBlock(token, how, INDENT);
    if (block === null) continue;
    // A heading belongs to what follows it; the first one stands apart.
    const gap = before === "" ? "" : before === "heading" && blocks > 1 ? "\n" : "\n\n";
    text += gap + block;
    blocks += 1;
    before = token.type;
  }
  return `${text}\n`;
}

interface How {
  readonly width: number;
  readonly colours: Colours;
  readonly page: string | undefined;
}

/** Null for what is not seen. */
function renderBlock(token: Token, how: How, indent: string): string | null {
  const { width, colours } = how;
  switch (token.type) {
    case "space":
    case "html":
      return null;
    case "heading":
      return wrap([{ text: token.text, paint: colours.bold }], width, "", "");
    case "paragraph":
    case "text":
      return wrap(piecesOf(token.tokens ?? [], how), width, indent, indent);
    case "list":
      return listLines(token, how, indent).join("\n");
    case "table":
      return tableRows(token, how, indent).join("\n");
    case "code":
      return codeBlock(token.lang ?? "", token.text, colours);
    default:
      throw new Error(`a page has a ${token.type}, which is not shown in a terminal`);
  }
}

/** What is below an item stands further to the right. */
function listLines(token: Token, how: How, indent: string): readonly string[] {
  if (!isList(token)) return [];
  return token.items.flatMap((item, i) => {
    const mark = token.ordered ? `${Number(token.start) + i}. ` : "- ";
    const inner = indent + " ".repeat(mark.length);
    const blocks = item.tokens.filter(({ type }) => type !== "space");
    const [first, ...below] = blocks;
    const text = first === undefined || !("tokens" in first) ? [] : (first.tokens ?? []);
    const line = wrap(piecesOf(text, how), how.width, indent + mark, inner);
    return [line, ...below.flatMap((block) => renderBlock(block, how, inner) ?? [])];
  });
}

/** A row is an item: its first cell, and behind it the others, each with the head of its column where there are several. */
function tableRows(token: Token, how: How, indent: string): readonly string[] {
  if (!isTable(token)) return [];
  const plainly = (text: string): Piece => ({ text, paint: plain });
  return token.rows.map((cells) => {
    const several = cells.length > 2;
    const pieces = cells.flatMap((cell, i): Piece[] => {
      const own = piecesOf(cell.tokens, how);
      if (i === 0 || own.length === 0) return own;
      const head = token.header[i]?.text ?? "";
      const title =
        several && head !== "" ? [...piecesOf(token.header[i]?.tokens ?? [], how), plainly(": ")] : [];
      return [plainly(i === 1 ? ": " : "; "), ...title, ...own];
    });
    return wrap(pieces, how.width, `${indent}- `, `${indent}  `);
  });
}

function isList(token: Token): token is Tokens.List {
  return token.type === "list";
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === "table";
}

/** A page, or a part of one, as help is asked for it; what lies elsewhere by its address. */
function targetOf(href: string, page: string | undefined): string | null {
  if (/^https?:/.test(href)) return href;
  if (href.startsWith("#")) return page === undefined ? null : `${page.replace(/#.*/, "")}${href}`;
  // The pages of codes are told by these, and files of the repository are not there.
  return /^[a-z-]+\.md(?:#|$)/.test(href) ? `docs/${href}` : null;
}

function linkPieces(token: Token, how: How): Piece[] {
  const text = "tokens" in token ? piecesOf(token.tokens ?? [], how) : [];
  const href: unknown = "href" in token ? token.href : undefined;
  const target = typeof href === "string" ? targetOf(href, how.page) : null;
  const said = text.map((piece) => piece.text).join("");
  if (target === null || said === target) return text;
  // `[language.md](language.md#types)` says its name already.
  if (said.endsWith(".md")) return [{ text: target, paint: plain }];
  return [...text, { text: ` (${target})`, paint: plain }];
}

function piecesOf(tokens: readonly Token[], how: How): Piece[] {
  const { colours } = how;
  return tokens.flatMap((token): Piece[] => {
    switch (token.type) {
      case "text":
        return "tokens" in token && token.tokens !== undefined
          ? piecesOf(token.tokens, how)
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
      case "em":
        return "tokens" in token ? piecesOf(token.tokens ?? [], how) : [];
      case "link":
        return linkPieces(token, how);
      case "image":
        return [{ text: `[${token.text}]`, paint: plain }];
      case "br":
        return [{ text: " ", paint: plain }];
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
