// The pages of the diagnostic codes, `docs/errors/NW####.md`.

import { escapeHtml } from "../html.ts";
import { relativeLink } from "../links.ts";
import { renderMarkdown } from "../markdown.ts";
import type { Page } from "../page.ts";
import type { Sources } from "../sources.ts";
import { firstSentence } from "./guide-pages.ts";

/** What the hundreds of the codes are about. */
export const GROUPS: ReadonlyMap<string, string> = new Map([
  ["NW01", "Reading and syntax"],
  ["NW02", "Names and structure"],
  ["NW03", "Arguments and types"],
  ["NW04", "Shapes"],
  ["NW05", "Params and overrides"],
  ["NW06", "Data"],
  ["NW07", "Expectations"],
  ["NW08", "Training, saving, loading"],
  ["NW09", "The command"],
]);

export interface ProblemPage extends Page {
  readonly code: string;
}

export function problemPages(sources: Sources): ProblemPage[] {
  const found = [...sources].flatMap(([path, markdown]) => {
    const code = /^docs\/errors\/(NW\d{4})\.md$/.exec(path)?.[1];
    return code === undefined ? [] : [{ code, markdown, title: titleOf(markdown) }];
  });
  const all = found.sort((a, b) => (a.code < b.code ? -1 : 1));
  return all.map(({ code, markdown, title }) => ({
    code,
    path: problemPath(code),
    title: `${code}: ${title}`,
    summary: firstSentence(markdown),
    kind: "problem",
    render: (links) => ({
      html: renderMarkdown(markdown, links).html,
      aside: {
        title: GROUPS.get(code.slice(0, 4)) ?? "Problems",
        links: all
          .filter((other) => other.code.startsWith(code.slice(0, 4)))
          .map((other) => ({
            href: relativeLink(problemPath(code), problemPath(other.code)),
            html: `${other.code} ${escapeHtml(other.title)}`,
            current: other.code === code,
          })),
      },
    }),
  }));
}

export function problemPath(code: string): string {
  return `errors/${code}.html`;
}

function titleOf(markdown: string): string {
  return /^# NW\d{4}: (.*)$/m.exec(markdown)?.[1] ?? "";
}
