// Markdown as HTML: headings with anchors, tables that scroll, `.net` blocks in colours, and blocks whose info string
// has more words, `net wrong flats.net 3:9`, with the file above and the line marked.

import { Marked, type Tokens } from "marked";
import { codeBlock } from "./code-block.ts";
import { escapeHtml, plainText } from "./html.ts";
import { slugOf } from "./links.ts";

export interface Heading {
  readonly id: string;
  readonly depth: number;
  readonly html: string;
}

export interface Rendered {
  readonly html: string;
  readonly headings: readonly Heading[];
}

export interface MarkdownLinks {
  /** Where a link leads, and what to call it in place of a path. Throws for a target that has no page. */
  readonly link: (href: string, text: string) => { readonly href: string; readonly text?: string };
  /** Where a name in code leads, if it has a page of its own. */
  readonly code: (text: string) => string | undefined;
  /** The text of an SVG of the repository. Throws where there is none. */
  readonly picture: (href: string) => string;
}

/** Headings behind the first of depth 1 are one deeper than they are written when there are several of them. */
export function renderMarkdown(markdown: string, links: MarkdownLinks): Rendered {
  const headings: Heading[] = [];
  const severalTitles = (markdown.replace(/^```[\s\S]*?^```$/gm, "").match(/^# /gm) ?? []).length > 1;
  const marked = createMarked(links, (html, written) => {
    const depth = written + (severalTitles && headings.length > 0 ? 1 : 0);
    const id = freeId(slugOf(plainText(html)), headings);
    headings.push({ id, depth, html });
    return { id, depth };
  });
  return { html: marked.parse(markdown, { async: false }), headings };
}

/** A sentence without paragraphs, as in the documentation of a definition. */
export function renderInline(markdown: string, links: MarkdownLinks): string {
  return createMarked(links, (_, depth) => ({ id: "", depth })).parseInline(markdown, { async: false });
}

type PlaceHeading = (html: string, depth: number) => { readonly id: string; readonly depth: number };

function createMarked({ link, code, picture }: MarkdownLinks, place: PlaceHeading): Marked {
  // Names in headings and links lead nowhere of their own: links do not nest.
  let quiet = false;
  const inQuiet = (render: () => string): string => {
    const before = quiet;
    quiet = true;
    const html = render();
    quiet = before;
    return html;
  };
  return new Marked({
    renderer: {
      heading({ tokens, depth: written }: Tokens.Heading) {
        const html = inQuiet(() => this.parser.parseInline(tokens));
        const { id, depth } = place(html, written);
        const anchor =
          depth === 1 ? "" : ` <a class="anchor" href="#${id}" aria-label="Link to this part">#</a>`;
        return `<h${depth} id="${id}">${html}${anchor}</h${depth}>\n`;
      },
      link({ href, tokens, text }: Tokens.Link) {
        const target = link(href, text);
        const html =
          target.text === undefined
            ? inQuiet(() => this.parser.parseInline(tokens))
            : escapeHtml(target.text);
        return `<a href="${escapeHtml(target.href)}">${html}</a>`;
      },
      // In the page itself, so that it has its colours: those that it brings for a page of its own are left out.
      image({ href, text }: Tokens.Image) {
        const svg = picture(href).replace(/<style>.*<\/style>\n/, "");
        return `<figure class="picture">${svg.replace(/ aria-label="[^"]*"/, ` aria-label="${escapeHtml(text)}"`)}</figure>\n`;
      },
      paragraph({ tokens }: Tokens.Paragraph) {
        const html = this.parser.parseInline(tokens);
        return tokens.every(({ type }) => type === "image") ? html : `<p>${html}</p>\n`;
      },
      codespan({ text }: Tokens.Codespan) {
        const html = `<code>${escapeHtml(text)}</code>`;
        const href = quiet ? undefined : code(text);
        return href === undefined ? html : `<a class="code" href="${escapeHtml(href)}">${html}</a>`;
      },
      code({ text, lang = "" }: Tokens.Code) {
        return codeBlock(lang, text);
      },
      table({ header, rows }: Tokens.Table) {
        const titles = header.map(({ tokens }) => this.parser.parseInline(tokens));
        const body = rows.map((row) => row.map(({ tokens }) => this.parser.parseInline(tokens)));
        return tableHtml(titles, body);
      },
    },
  });
}

/**
 * Cells are HTML. Those behind the first know their column, for narrow screens, where each row is a list; `untitled`
 * are columns whose cells speak for themselves.
 */
export function tableHtml(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  untitled: readonly number[] = [],
): string {
  const head = titles.map((title) => `<th scope="col">${title}</th>`).join("");
  const cell = (html: string, column: number): string => {
    const title = column === 0 || untitled.includes(column) ? "" : plainText(titles[column] ?? "");
    return `<td${title === "" ? "" : ` data-title="${escapeHtml(title)}"`}>${html}</td>`;
  };
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>\n`).join("");
  return `<div class="scroll"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}</tbody>\n</table></div>\n`;
}

function freeId(slug: string, headings: readonly Heading[]): string {
  const taken = (id: string) => headings.some((heading) => heading.id === id);
  if (!taken(slug)) return slug;
  let number = 1;
  while (taken(`${slug}-${number}`)) number++;
  return `${slug}-${number}`;
}
