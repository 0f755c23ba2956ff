// XML, for formats that are files of it.

const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML cannot hold, and single surrogates, which no file in UTF-8 can. */
const UNHELD = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** In an attribute or between tags; what XML cannot hold is a replacement character. */
export function escaped(text: string): string {
  return text
    .replace(UNHELD, "\ufffd")
    .replace(/[&<>"]/g, (sign) => NAMED[sign] ?? sign)
    .replace(/[\r\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export type Attributes = Readonly<Record<string, string | number>>;

/** `inside` is XML; without it the element is empty. */
export function element(name: string, attributes: Attributes, inside?: string): string {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `<${name}${told.join("")}`;
  return inside === undefined ? `${start}/>` : `${start}>${inside}</${name}>`;
}

export function xmlFile(root: string): Uint8Array {
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${root}`);
}

/** A tag with what is in it, where that is read by people, too: tags on lines of their own, or a text. */
export interface Tag {
  readonly name: string;
  readonly attributes: Attributes;
  readonly inside: readonly Tag[] | string;
}

export function tag(name: string, attributes: Attributes = {}, inside: Tag["inside"] = []): Tag {
  return { name, attributes, inside };
}

/** In lines, each further in than the one around it. */
export function printed({ name, attributes, inside }: Tag, depth = 0): string {
  const margin = " ".repeat(depth);
  if (inside.length === 0 && typeof inside !== "string") return `${margin}${element(name, attributes)}\n`;
  if (typeof inside === "string") return `${margin}${element(name, attributes, escaped(inside))}\n`;
  const lines = inside.map((own) => printed(own, depth + 1)).join("");
  return `${margin}${element(name, attributes, `\n${lines}${margin}`)}\n`;
}
