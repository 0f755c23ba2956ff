// The pages that are written by hand: README as home, `docs/*.md`, and those beside the README that it leads to.

import { plainText } from "../html.ts";
import { renderMarkdown } from "../markdown.ts";
import { contentsOf, type Page } from "../page.ts";
import type { Sources } from "../sources.ts";

/** What the navigation calls them, in its order; others follow by name. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ["README.md", "Home"],
  ["docs/language.md", "Language"],
  ["docs/classes.md", "Classes"],
  ["docs/uncertainty.md", "Uncertainty"],
  ["docs/tables.md", "Tables"],
  ["docs/mnist.md", "Images"],
  ["docs/series.md", "Series"],
  ["docs/text.md", "Texts"],
  ["docs/recipes.md", "Recipes"],
  ["docs/editor.md", "Editors"],
  ["docs/backends.md", "Backends"],
  ["docs/layers.md", "Layers"],
  ["docs/ir.md", "The IR"],
  ["docs/api.md", "API"],
  ["docs/extending.md", "Extending"],
  ["docs/baselines.md", "Baselines"],
  ["docs/distil.md", "Distilling"],
  ["docs/runs.md", "Runs"],
  ["SECURITY.md", "Security"],
  ["docs/export.md", "Export"],
  ["docs/export-results.md", "Exports judged"],
  ["docs/import.md", "Import"],
  ["docs/performance.md", "Performance"],
  ["docs/schema.md", "Models as JSON"],
]);

export interface Guide extends Page {
  /** In the repository. */
  readonly source: string;
  readonly label: string;
}

export function guidePages(sources: Sources): Guide[] {
  const known = [...LABELS.keys()].filter((path) => sources.has(path));
  const others = [...sources.keys()].filter((path) => isGuide(path) && !LABELS.has(path));
  return [...known, ...others].map((path) => guidePage(path, sources.get(path) ?? ""));
}

function isGuide(path: string): boolean {
  return /^(?:docs\/)?[^/]+\.md$/.test(path);
}

function guidePage(source: string, markdown: string): Guide {
  const title = (/^# (.*)$/m.exec(markdown)?.[1] ?? source).replaceAll("`", "");
  const name = source
    .replace(/^docs\//, "")
    .replace(/\.md$/, "")
    .toLowerCase();
  return {
    source,
    path: source === "README.md" ? "index.html" : `${name}.html`,
    title,
    label: LABELS.get(source) ?? title,
    summary: firstSentence(markdown),
    kind: "guide",
    render: (links) => {
      const { html, headings } = renderMarkdown(markdown, links);
      return { html, ...contentsOf(headings) };
    },
  };
}

/** Of the first paragraph behind the title. */
export function firstSentence(markdown: string): string {
  const paragraph =
    /^# .*\n\n([A-Za-z`][^\n]*(?:\n(?![\n#`|-])[^\n]+)*)/m.exec(markdown)?.[1]?.replaceAll("\n", " ") ?? "";
  const sentence = /^.*?[.:](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
  return plainText(sentence.replaceAll("`", "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")).replace(/:$/, ".");
}
