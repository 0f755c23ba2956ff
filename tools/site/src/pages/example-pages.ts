// A page for each folder of examples: its README, then each of its files.

import { codeBlock } from "../code-block.ts";
import { escapeHtml } from "../html.ts";
import { slugOf } from "../links.ts";
import { renderMarkdown } from "../markdown.ts";
import { contentsOf, type Page } from "../page.ts";
import type { Sources } from "../sources.ts";
import { firstSentence } from "./guide-pages.ts";

export interface ExamplePage extends Page {
  /** In the repository: `examples/concrete`. */
  readonly folder: string;
  /** The `.net` files, by their paths in the repository. */
  readonly files: readonly string[];
}

export function examplePages(sources: Sources): ExamplePage[] {
  return [...sources].flatMap(([path, markdown]) => {
    const folder = /^(examples\/[^/]+)\/README\.md$/.exec(path)?.[1];
    if (folder === undefined) return [];
    const files = [...sources].filter(([file]) => file.startsWith(`${folder}/`) && file.endsWith(".net"));
    return [
      {
        folder,
        files: files.map(([file]) => file),
        path: `${folder}.html`,
        title: /^# (.*)$/m.exec(markdown)?.[1] ?? folder,
        summary: firstSentence(markdown),
        kind: "example",
        render: (links) => {
          const { html, headings } = renderMarkdown(markdown, links);
          const parts = files.map(([file, text]) => ({ name: nameOf(file), id: fileAnchor(file), text }));
          const listed = parts.map(({ name, id }) => ({ id, depth: 2, html: escapeHtml(name) }));
          const blocks = parts.map(
            ({ name, id, text }) =>
              `<h2 id="${id}">${escapeHtml(name)}</h2>\n${codeBlock("net", text.trimEnd())}`,
          );
          return { html: html + blocks.join(""), ...contentsOf([...headings, ...listed]) };
        },
      },
    ];
  });
}

/** Where a file of the folder stands on the page. */
export function fileAnchor(file: string): string {
  return slugOf(nameOf(file).replaceAll(".", "-"));
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
