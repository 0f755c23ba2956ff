// Where links lead: from paths in the repository, as documents write them, and from names in code, to pages.

import { relativeLink, repositoryPath } from "./links.ts";
import type { MarkdownLinks } from "./markdown.ts";
import type { Page } from "./page.ts";
import { type ExamplePage, fileAnchor } from "./pages/example-pages.ts";
import type { Guide } from "./pages/guide-pages.ts";
import { PROBLEMS } from "./pages/list-pages.ts";
import type { ProblemPage } from "./pages/problem-pages.ts";
import type { ReferencePage } from "./pages/reference-pages.ts";
import type { Sources } from "./sources.ts";

export interface Pages {
  readonly guides: readonly Guide[];
  readonly examples: readonly ExamplePage[];
  readonly reference: readonly ReferencePage[];
  readonly problems: readonly ProblemPage[];
}

/** What the language has no word for beside a definition may mean it; these are ordinary words as well. */
const NOT_ALWAYS_NAMES: ReadonlySet<string> = new Set([
  "none",
  "constant",
  "number",
  "error",
  "mean",
  "drop",
]);
const NOT_NAMES: ReadonlySet<string> = new Set(["word", "column"]);

/** The links of a page: `current` is its path, `source` the document that it was made from, if any. */
export type LinksOf = (current: string, source: string) => MarkdownLinks;

export function linksBetween(pages: Pages, sources: Sources): LinksOf {
  const documents = documentTargets(pages);
  const names = nameTargets(pages);
  return (current, source) => ({
    link(href, text) {
      if (/^(?:https?:|#)/.test(href)) return { href };
      const [path = "", anchor] = href.split("#");
      const document = repositoryPath(source, path);
      const target = documents.get(document);
      if (target === undefined) throw new Error(`${source} links to ${href}, which has no page`);
      const link = relativeLink(current, anchor === undefined ? target.path : `${target.path}#${anchor}`);
      // A page is called by its title and not by its path in the repository.
      return isPath(text, document) ? { href: link, text: target.title } : { href: link };
    },
    picture(href) {
      const svg = sources.get(repositoryPath(source, href));
      if (svg === undefined) throw new Error(`${source} shows ${href}, which is not there`);
      return svg;
    },
    code(text) {
      const name = /^netwright help (\S+)$/.exec(text)?.[1] ?? text;
      const target = names.get(name);
      return target === undefined || target === current ? undefined : relativeLink(current, target);
    },
  });
}

function isPath(text: string, document: string): boolean {
  return document.endsWith(text.replace(/^(?:\.\.?\/)*/, "")) && !text.endsWith(".net");
}

function documentTargets({
  guides,
  examples,
  problems,
}: Pages): ReadonlyMap<string, Pick<Page, "path" | "title">> {
  return new Map<string, Pick<Page, "path" | "title">>([
    ...guides.map((page) => [page.source, page] as const),
    ["docs/errors/README.md", { path: PROBLEMS, title: "Problems" }],
    ...problems.map((page) => [`docs/errors/${page.code}.md`, page] as const),
    ...examples.flatMap((page) => [
      [page.folder, page] as const,
      [`${page.folder}/README.md`, page] as const,
      ...page.files.map(
        (file) => [file, { path: `${page.path}#${fileAnchor(file)}`, title: page.title }] as const,
      ),
    ]),
  ]);
}

function nameTargets({ reference, problems }: Pages): ReadonlyMap<string, string> {
  const names = new Map(problems.map(({ code, path }) => [code, path]));
  for (const { help, path } of reference) {
    const isName = !NOT_NAMES.has(help.kind) && !NOT_ALWAYS_NAMES.has(help.name);
    // The first one of several: `mae` is a loss, whose page leads to the metric.
    if (isName && !names.has(help.name)) names.set(help.name, path);
  }
  return names;
}
