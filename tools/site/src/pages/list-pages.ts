// The pages that lead to others: the reference by kind, the problems by group, and all pages with the search.

import { escapeHtml } from "../html.ts";
import { relativeLink, slugOf } from "../links.ts";
import { contentsOf, type Page } from "../page.ts";
import { GROUPS, type ProblemPage } from "./problem-pages.ts";
import { KINDS, type ReferencePage } from "./reference-pages.ts";

export const REFERENCE = "reference/index.html";
export const PROBLEMS = "errors/index.html";
export const EXAMPLES = "examples/index.html";
export const ALL = "all.html";

export function referenceIndex(pages: readonly ReferencePage[]): Page {
  const parts = KINDS.map(({ kind, many }) => ({
    title: many,
    pages: pages.filter(({ help }) => help.kind === kind),
  }));
  return listPage(
    REFERENCE,
    "Reference",
    "All that a file can name, from the definitions that check it.",
    parts,
  );
}

export function problemIndex(pages: readonly ProblemPage[]): Page {
  const parts = [...GROUPS].map(([prefix, title]) => ({
    title,
    pages: pages.filter(({ code }) => code.startsWith(prefix)),
  }));
  const rest = pages.filter(({ code }) => !GROUPS.has(code.slice(0, 4)));
  const all = rest.length === 0 ? parts : [...parts, { title: "Others", pages: rest }];
  return listPage(PROBLEMS, "Problems", "What each code means, why it is reported and how to mend it.", all);
}

export function exampleIndex(pages: readonly Page[]): Page {
  const summary =
    "Each is a model with its data and what is expected of it; netwright init --example writes one, by the name of its folder.";
  return listPage(EXAMPLES, "Examples", summary, [{ title: "Models and their data", pages }]);
}

interface Part {
  readonly title: string;
  readonly pages: readonly Page[];
}

function listPage(path: string, title: string, summary: string, parts: readonly Part[]): Page {
  return {
    path,
    title,
    summary,
    kind: "list",
    render: () => {
      const sections = parts.map(
        (part) =>
          `<h2 id="${slugOf(part.title)}">${escapeHtml(part.title)}</h2>\n${listOf(part.pages, path)}`,
      );
      const headings = parts.map((part) => ({
        id: slugOf(part.title),
        depth: 2,
        html: escapeHtml(part.title),
      }));
      return {
        html: `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(summary)}</p>\n${sections.join("")}`,
        ...contentsOf(headings),
      };
    },
  };
}

function listOf(pages: readonly Page[], from: string): string {
  const items = pages.map(
    (page) =>
      `<div><dt><a href="${relativeLink(from, page.path)}">${escapeHtml(page.title)}</a></dt>` +
      `<dd>${escapeHtml(page.summary)}</dd></div>\n`,
  );
  return `<dl class="pages">\n${items.join("")}</dl>\n`;
}

/** The list is whole without JavaScript, which only filters and orders it. */
export function allIndex(pages: readonly Page[]): Page {
  const summary = "Every page; the field at the top searches their titles and summaries.";
  return {
    path: ALL,
    title: "All pages",
    summary,
    kind: "list",
    render: () => {
      const sorted = [...pages].sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
      const items = sorted.map(
        (page) =>
          `<li data-title="${escapeHtml(page.title.toLowerCase())}">` +
          `<a href="${relativeLink(ALL, page.path)}">${escapeHtml(page.title)}</a> ` +
          `<span class="kind">${escapeHtml(page.kind)}</span> ${escapeHtml(page.summary)}</li>\n`,
      );
      return {
        html:
          `<h1>All pages</h1>\n<p id="found" role="status" aria-live="polite" aria-atomic="true">${escapeHtml(summary)}</p>\n` +
          `<ul class="found" id="list">\n${items.join("")}</ul>\n<script src="search.js"></script>\n`,
      };
    },
  };
}
