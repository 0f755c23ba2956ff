// A page in its frame: head, navigation, what stands beside it, footer.

import { escapeHtml } from "./html.ts";
import { relativeLink } from "./links.ts";
import type { Aside, Body } from "./page.ts";

export interface Frame {
  /** Of the page, in the site. */
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly navigation: readonly NavigationLink[];
  readonly footer: readonly NavigationLink[];
  /** Where the search leads. */
  readonly search: string;
}

export interface NavigationLink {
  readonly path: string;
  readonly label: string;
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Cpath d='M2 14V2l12 12V2' fill='none' stroke='%230072b2' stroke-width='3'/%3E%3C/svg%3E";

export function framed({ html, aside }: Body, frame: Frame): string {
  const { path, title, summary, navigation, footer, search } = frame;
  const link = (to: string) => relativeLink(path, to);
  const name = path === "index.html" ? title : `${title} - Netwright`;
  const description = summary === "" ? "" : `<meta name="description" content="${escapeHtml(summary)}">\n`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(name)}</title>
${description}<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${link("style.css")}">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<a class="brand" href="${link("index.html")}">Netwright</a>
<nav aria-label="Site">
<ul>
${navigation.map((entry) => navigationItem(entry, path)).join("")}</ul>
</nav>
<form role="search" action="${link(search)}">
<input type="search" name="q" aria-label="Search all pages" placeholder="Name">
<button type="submit">Search</button>
</form>
</header>
<div class="frame">
${aside === undefined ? "" : asideHtml(aside)}<main id="content">
${html}</main>
</div>
<footer>
<ul>
${footer.map((entry) => navigationItem(entry, path)).join("")}<li>Apache-2.0</li>
</ul>
</footer>
</body>
</html>
`;
}

/** The page itself and those below it are where the reader is. */
function navigationItem({ path, label }: NavigationLink, current: string): string {
  const folder = path.endsWith("/index.html") ? path.slice(0, -"index.html".length) : path;
  const here =
    path === current ? ' aria-current="page"' : current.startsWith(folder) ? ' aria-current="true"' : "";
  return `<li><a href="${relativeLink(current, path)}"${here}>${escapeHtml(label)}</a></li>\n`;
}

function asideHtml({ title, links }: Aside): string {
  const items = links.map(
    ({ href, html, current = false, isSub = false }) =>
      `<li${isSub ? ' class="sub"' : ""}><a href="${escapeHtml(href)}"${current ? ' aria-current="page"' : ""}>${html}</a></li>\n`,
  );
  return `<aside>
<details>
<summary>${escapeHtml(title)}</summary>
<nav aria-label="${escapeHtml(title)}">
<ul>
${items.join("")}</ul>
</nav>
</details>
</aside>
`;
}
