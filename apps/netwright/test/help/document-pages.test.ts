// Pages of `docs` by `netwright help`: each, and each of their sections, can be read by who has the package alone, and so can
// every page that a message names.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import picocolors from "picocolors";
import { documentNames, documentPage, withContents } from "../../src/help/document-page.ts";
import { renderMarkdown } from "../../src/help/render-markdown.ts";
import { cli, lastLine } from "../support/cli.ts";

const root = new URL("../../../../", import.meta.url);
const colours = picocolors.createColors(false);

const pages = documentNames().map((name) => {
  const page = documentPage(name);
  if (page === null || "section" in page) throw new Error(`there is no ${name}`);
  return page;
});

describe.each(pages)("$name", (page) => {
  test("and its sections are shown without a word lost, however narrow", () => {
    const parts = [{ name: page.name, markdown: withContents(page) }].concat(
      page.sections.map((section) => {
        const part = documentPage(`${page.name}#${section}`);
        if (part === null || "section" in part) throw new Error(`there is no section ${section}`);
        return part;
      }),
    );
    for (const { name, markdown } of parts) {
      const [narrow, wide] = [40, 10_000].map((width) => renderMarkdown(markdown, width, colours, name));
      expect(wordsOf(narrow)).toEqual(wordsOf(wide));
      expect(narrow).not.toMatch(/ \n|\n{3}/);
    }
  });

  test("leads to sections that there are", () => {
    const text = renderMarkdown(page.markdown, 10_000, colours, page.name);
    const topics = [...text.matchAll(/\((docs\/[a-z-]+\.md(?:#[^)]+)?)\)/g)].map(([, topic = ""]) => topic);
    for (const topic of topics) expect(documentPage(topic)).toHaveProperty("markdown");
  });
});

function wordsOf(text: string | undefined): string[] {
  return (text ?? "").trim().split(/\s+/);
}

/** Of all sources of packages and apps, and the pages of codes. */
function namedTopics(): readonly string[] {
  const sources = ["packages", "apps"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
      .filter((file) => /^[^/]+\/src\/.*\.ts$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
  const codes = readdirSync(new URL("docs/errors/", root))
    .filter((file) => file.startsWith("NW"))
    .map((file) => `docs/errors/${file}`);
  const lines = [...sources, ...codes].flatMap((file) =>
    readFileSync(new URL(file, root), "utf8")
      .split("\n")
      // A comment is for who has the sources.
      .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line)),
  );
  return lines.flatMap((line) =>
    [...line.matchAll(/(.{0,15})(docs\/[a-z-]+\.md[\w#-]*)/g)].map(([whole]) => whole),
  );
}

test("what a message, a help text or the page of a code names is told as a topic of help, which there is", () => {
  const named = namedTopics().filter((text) => !/["'`]docs\//.test(text) || text.includes("help docs/"));
  const told = named.filter((text) => text.includes("help docs/") && !text.includes("Shows the help"));
  expect(told.length).toBeGreaterThan(10);
  for (const text of told) {
    const topic = text.slice(text.indexOf("docs/"));
    expect([topic, documentPage(topic)]).toEqual([
      topic,
      expect.objectContaining({ markdown: expect.any(String) }),
    ]);
  }
  // What else there is are examples of a topic: those of the command `help` itself.
  const others = named
    .filter((text) => !told.includes(text))
    .map((text) => text.slice(text.indexOf("docs/")));
  expect(new Set(others)).toEqual(new Set(["docs/export.md"]));
});

test("a page tells its sections, and a section what is below it", async () => {
  const page = await cli(["help", "docs/export.md"]);
  expect(page).toMatchObject({ code: 0, stderr: "" });
  expect(page.stdout).toMatch(
    /^Exporting a model\n[\s\S]*\nSections\n {2}- `netwright help docs\/export\.md#/,
  );
  expect(page.stdout).not.toContain("--dialect");
  const section = await cli(["help", "docs/export.md#source-code"]);
  expect(section.stdout).toMatch(/^Source code\n[\s\S]*\nRust and Go\n/);
  // Without what a shell may take for its own, and without what can be spared.
  for (const topic of [
    ["docs/export.md", "source-code"],
    ["export.md#Source-Code"],
    ["export", "source-code"],
  ])
    expect(await cli(["help", ...topic])).toEqual(section);
  // Two sections of one name are told apart.
  expect((await cli(["help", "docs/export.md#what-is-carried-1"])).stdout).toMatch(/^What is carried\n/);
});

test("commands and names come first, a page by its bare name last", async () => {
  expect((await cli(["help", "export"])).stdout).toMatch(/^Usage: netwright export /);
  expect((await cli(["help", "text"])).stdout).toMatch(/^text: column type\n/);
  expect((await cli(["help", "recipes"])).stdout).toMatch(/^Recipes/);
});

test("what there is not is told, with what is close; a path is no page", async () => {
  const section = await cli(["help", "docs/export.md#onx"]);
  expect(section).toMatchObject({ code: 2, stderr: expect.stringMatching(/NW0901 .*no section `onx`/) });
  expect(section.stderr).toContain("Did you mean `netwright help docs/export.md#onnx`?");
  for (const topic of ["docs/nope.md", "docs/errors/NW0301.md", "../README.md", "docs/../README.md"])
    expect((await cli(["help", topic])).stderr).toMatch(/NW0901 .*there is no help on/);
});

test("as JSON it is the Markdown, with the sections of the whole", async () => {
  expect(lastLine(await cli(["help", "docs/editor.md", "--format", "json"]))).toMatchObject({
    topic: "docs/editor.md",
    name: "docs/editor.md",
    title: "Editors",
    markdown: expect.stringMatching(/^# Editors\n/),
    sections: expect.arrayContaining(["neovim"]),
  });
});
