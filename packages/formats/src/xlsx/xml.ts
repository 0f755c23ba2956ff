// XML as workbooks have it.

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
