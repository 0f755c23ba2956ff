// A fenced block as HTML. Its info string may say more than the language: `net wrong flats.net 3:9` is a wrong
// example, in a file of that name, with a problem in that line.

import { highlightNet } from "./highlight-net.ts";
import { escapeHtml } from "./html.ts";

/** Long lines scroll; those of one that wraps go on below. */
export function codeBlock(info: string, text: string, { wraps = false } = {}): string {
  const [language = "", ...words] = info.split(" ");
  const file = words.find((word) => word.includes("."));
  const place = words.find((word) => word.includes(":"));
  const verdict = words.find((word) => word === "wrong" || word === "right");
  const html = language === "net" ? highlightNet(text) : escapeHtml(text);
  const marked = place === undefined ? html : markLine(html, Number.parseInt(place, 10));
  const shown = language === "sh" ? marked.replace(/^/gm, '<span class="prompt">$ </span>') : marked;
  const caption = file ?? (language === "result" ? "gives" : undefined);
  const classes = ["block", ...(verdict === undefined ? [] : [verdict]), ...(wraps ? ["wraps"] : [])].join(
    " ",
  );
  const label = caption === undefined ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`;
  // What scrolls must be reached by keyboard.
  const focus = wraps ? "" : ' tabindex="0"';
  return `<figure class="${classes}">${label}<pre${focus}><code>${shown}\n</code></pre></figure>\n`;
}

/** No token goes over the end of a line, so the HTML has the lines of the text. */
function markLine(html: string, line: number): string {
  return html
    .split("\n")
    .map((text, i) => (i + 1 === line ? `<mark>${text}</mark>` : text))
    .join("\n");
}
