// A page of `docs`, or a section of it, as messages name them: `docs/export.md#onnx`. The build puts the pages beside the bundle.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { lexer, type Token } from "marked";

export interface DocumentPage {
  /** As messages name it: "docs/export.md", or with the section that was asked for. */
  readonly name: string;
  readonly title: string;
  readonly markdown: string;
  /** What may be asked for of it, in the order of the page: "formats", "source-code". */
  readonly sections: readonly string[];
}

/** `page` is "docs/export.md"; there is no section `section` in it. */
export interface NoSection {
  readonly page: string;
  readonly section: string;
  readonly sections: readonly string[];
}

/** Seen from a chunk of the bundle, from the bundle itself, and from this file. */
const FOLDERS = ["../docs/", "./docs/", "../../../../docs/"];
const TOPIC = /^(docs\/)?([a-z][a-z-]*)(\.md)?(?:[#\s]([^#\s]+))?$/i;

/** "docs/export.md" and so on. */
export function documentNames(): readonly string[] {
  return readdirSync(folder())
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`);
}

/** Whether the topic can only be a page, whatever else has its name. */
export function isDocument(topic: string): boolean {
  return /^docs\/|\.md\b/i.test(topic);
}

/** `docs/export.md`, `export.md#onnx`, `export onnx`; null where there is no such page. */
export function documentPage(topic: string): DocumentPage | NoSection | null {
  const [, , named, , section] = TOPIC.exec(topic) ?? [];
  const file = `${named?.toLowerCase() ?? ""}.md`;
  const page = `docs/${file}`;
  if (!documentNames().includes(page)) return null;
  const text = readFileSync(new URL(file, folder()), "utf8");
  const parts = sectionsOf(text);
  const title = parts[0]?.title ?? page;
  const sections = parts.slice(1).map(({ anchor }) => anchor);
  if (section === undefined) return { name: page, title, markdown: text, sections };
  const part = parts.find(({ anchor }) => anchor === section.toLowerCase());
  return part === undefined
    ? { page, section, sections }
    : { name: `${page}#${part.anchor}`, title: part.title, markdown: part.markdown, sections: [] };
}

/** What stands above the sections of a page, and these by name; a page of one piece is shown whole. */
export function withContents({ name, markdown, sections }: DocumentPage): string {
  if (sections.length === 0) return markdown;
  const [first] = sectionsOf(markdown, true);
  const list = sections.map((section) => `- \`netwright help ${name}#${section}\``).join("\n");
  return `${first?.markdown ?? ""}\n\n## Sections\n\n${list}\n`;
}

interface Section {
  readonly anchor: string;
  readonly title: string;
  readonly markdown: string;
}

/** Each with those below it, or without. */
function sectionsOf(markdown: string, isAlone = false): readonly Section[] {
  const tokens = lexer(markdown);
  const seen = new Map<string, number>();
  return tokens.flatMap((token, i) => {
    if (token.type !== "heading") return [];
    const depth = isAlone ? MOST_DEPTH : depthOf(token);
    const rest = tokens.slice(i + 1);
    const end = rest.findIndex((one) => one.type === "heading" && depthOf(one) <= depth);
    const own = end < 0 ? rest : rest.slice(0, end);
    const title = titleOf(token);
    const plain = anchorOf(title);
    const times = seen.get(plain) ?? 0;
    seen.set(plain, times + 1);
    const anchor = times === 0 ? plain : `${plain}-${times}`;
    return [{ anchor, title, markdown: [token, ...own].map(({ raw }) => raw).join("") }];
  });
}

const MOST_DEPTH = 6;

function depthOf(token: Token): number {
  return token.type === "heading" ? token.depth : MOST_DEPTH + 1;
}

function titleOf(token: Token): string {
  return token.type === "heading" ? token.text.replaceAll("`", "") : "";
}

/** As GitHub makes it of a heading; of one that stands there already, a number is added. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

function folder(): URL {
  const places = FOLDERS.map((name) => new URL(name, import.meta.url));
  const place = places.find((url) => existsSync(new URL("export.md", url)));
  if (place === undefined) throw new Error("the pages are not where the build puts them");
  return place;
}
