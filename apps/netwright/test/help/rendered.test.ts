// Every page as a terminal shows it, wide and narrow, without colour: no line is too long and no word is lost. A page of
// each kind is a snapshot beside this file, to be read when it changes.

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

const shown = [
  "layer dense",
  "activation softmax",
  "loss huber",
  "optimizer adam",
  "metric r2",
  "encoder log1p",
  "setting train.stop",
  "word repeat",
  "NW0301",
  "NW0627",
];

test.each(shown)("%s, wide and narrow", (title) => {
  const found = pages.filter((page) => page.title === title);
  expect(found).toHaveLength(1);
  for (const { markdown } of found) {
    for (const width of [80, 50]) expect(`\n${renderMarkdown(markdown, width, colours)}`).toMatchSnapshot();
  }
});

describe.each([80, 50])("%i columns", (width) => {
  test.each(pages)("$title", ({ markdown }) => {
    const text = renderMarkdown(markdown, width, colours);
    // Code keeps its lines; it stands furthest to the right.
    for (const line of text.split("\n").filter((one) => !/^ {4}| {2}>/.test(one))) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
    expect(wordsOf(text)).toEqual(wordsOf(renderMarkdown(markdown, 10_000, colours)));
  });
});

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}

test("the first heading stands apart, also where it takes two lines", () => {
  const markdown = "# A long heading\n\nText.\n\n## Why\n\nSo.";
  expect(renderMarkdown(markdown, 10, colours)).toBe("A long\nheading\n\n  Text.\n\nWhy\n  So.\n");
});

test("no page has trailing blanks or runs of empty lines", () => {
  for (const { markdown } of pages) {
    expect(renderMarkdown(markdown, 80, colours)).not.toMatch(/ \n|\n{3}/);
  }
});
