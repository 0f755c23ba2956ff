// Every page as a terminal shows it: wide and narrow, without colour. Read the snapshots when they change.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { helpPages, pageMarkdown } from "netwright";
import picocolors from "picocolors";
import { codeTitles } from "../../src/help/code-titles.ts";
import { renderMarkdown } from "../../src/help/render-markdown.ts";
import { PAGES } from "../support/error-page.ts";

const colours = picocolors.createColors(false);

const pages = [
  ...helpPages().map((page) => ({ title: `${page.kind} ${page.name}`, markdown: pageMarkdown(page) })),
  ...Object.keys(codeTitles)
    .sort()
    .map((code) => ({ title: code, markdown: readFileSync(`${PAGES}${code}.md`, "utf8") })),
];

describe.each([80, 50])("%i columns", (width) => {
  test.each(pages)("$title", ({ markdown }) => {
    const text = renderMarkdown(markdown, width, colours);
    // Code keeps its lines; it stands furthest to the right.
    for (const line of text.split("\n").filter((one) => !/^ {4}| {2}>/.test(one))) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
    expect(`\n${text}`).toMatchSnapshot();
  });
});

test("no page has trailing blanks or runs of empty lines", () => {
  for (const { markdown } of pages) {
    expect(renderMarkdown(markdown, 80, colours)).not.toMatch(/ \n|\n{3}/);
  }
});
