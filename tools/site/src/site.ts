// The whole site: a text for each path. Pure; reading and writing are in `node/`.

import { framed, type NavigationLink } from "./frame.ts";
import type { Page } from "./page.ts";
import { examplePages } from "./pages/example-pages.ts";
import { guidePages } from "./pages/guide-pages.ts";
import { ALL, allIndex, PROBLEMS, problemIndex, REFERENCE, referenceIndex } from "./pages/list-pages.ts";
import { problemPages } from "./pages/problem-pages.ts";
import { referencePages } from "./pages/reference-pages.ts";
import { ROOT_DOCUMENTS, type Sources } from "./sources.ts";
import { linksBetween } from "./targets.ts";

/** Paths with `/`, texts of HTML; style and script are files of their own. */
export async function siteFiles(sources: Sources): Promise<ReadonlyMap<string, string>> {
  const guides = guidePages(sources);
  const examples = examplePages(sources);
  const reference = referencePages();
  const problems = problemPages(sources);
  const linksOf = linksBetween({ guides, examples, reference, problems });

  const contents: readonly Page[] = [...guides, ...examples, ...reference, ...problems];
  const pages = [...contents, referenceIndex(reference), problemIndex(problems), allIndex(contents)];
  const sourceOf = new Map([
    ...guides.map(({ path, source }) => [path, source] as const),
    ...examples.map(({ path, folder }) => [path, `${folder}/README.md`] as const),
    ...problems.map(({ path, code }) => [path, `docs/errors/${code}.md`] as const),
  ]);

  const [root, main] = [guides.filter(isRoot), guides.filter((guide) => !isRoot(guide))];
  const [language, ...others] = main.map(({ path, label }) => ({ path, label }));
  const navigation: NavigationLink[] = [
    ...(language === undefined ? [] : [language]),
    { path: REFERENCE, label: "Reference" },
    { path: PROBLEMS, label: "Problems" },
    ...others,
  ];
  const footer: NavigationLink[] = [
    { path: ALL, label: "All pages" },
    ...examples.map(({ path, title }) => ({ path, label: `Example: ${title}` })),
    ...root.filter(({ path }) => path !== "index.html").map(({ path, label }) => ({ path, label })),
  ];

  const files = new Map<string, string>();
  const named = new Set<Page>(reference);
  for (const page of pages) {
    const { path, summary } = page;
    const body = await page.render(linksOf(path, sourceOf.get(path) ?? ""));
    // `mae` is the name of several pages.
    const title = named.has(page) ? `${page.title}, ${page.kind}` : page.title;
    files.set(path, framed(body, { path, title, summary, navigation, footer, search: ALL }));
  }
  return files;
}

function isRoot({ source }: { readonly source: string }): boolean {
  return ROOT_DOCUMENTS.includes(source);
}
