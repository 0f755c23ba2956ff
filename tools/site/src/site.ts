// The whole site: a text for each path. Pure; reading and writing are in `node/`.

import { framed, type NavigationLink } from "./frame.ts";
import type { Page } from "./page.ts";
import { examplePages } from "./pages/example-pages.ts";
import { guidePages } from "./pages/guide-pages.ts";
import {
  ALL,
  allIndex,
  EXAMPLES,
  exampleIndex,
  PROBLEMS,
  problemIndex,
  REFERENCE,
  referenceIndex,
} from "./pages/list-pages.ts";
import { problemPages } from "./pages/problem-pages.ts";
import { referencePages } from "./pages/reference-pages.ts";
import { ROOT_DOCUMENTS, type Sources } from "./sources.ts";
import { linksBetween } from "./targets.ts";

/** How many of the guides are lessons: the language, classes, tables. */
const LESSONS = 3;

/** Paths with `/`, texts of HTML; style and script are files of their own. */
export async function siteFiles(sources: Sources): Promise<ReadonlyMap<string, string>> {
  const guides = guidePages(sources);
  const examples = examplePages(sources);
  const reference = referencePages();
  const problems = problemPages(sources);
  const linksOf = linksBetween({ guides, examples, reference, problems }, sources);

  const contents: readonly Page[] = [...guides, ...examples, ...reference, ...problems];
  const lists = [exampleIndex(examples), referenceIndex(reference), problemIndex(problems)];
  const pages = [...contents, ...lists, allIndex(contents)];
  const sourceOf = new Map([
    ...guides.map(({ path, source }) => [path, source] as const),
    ...examples.map(({ path, folder }) => [path, `${folder}/README.md`] as const),
    ...problems.map(({ path, code }) => [path, `docs/errors/${code}.md`] as const),
  ]);

  const [root, main] = [guides.filter(isRoot), guides.filter((guide) => !isRoot(guide))];
  const links = main.map(({ path, label }) => ({ path, label }));
  // What is read from its start comes before what is looked up in.
  const [lessons, others] = [links.slice(0, LESSONS), links.slice(LESSONS)];
  const navigation: NavigationLink[] = [
    ...lessons,
    { path: EXAMPLES, label: "Examples" },
    { path: REFERENCE, label: "Reference" },
    { path: PROBLEMS, label: "Problems" },
    ...others,
  ];
  const footer: NavigationLink[] = [
    { path: ALL, label: "All pages" },
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
