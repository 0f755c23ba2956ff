import { readdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { codeTitles } from "../../src/help/code-titles.ts";
import { PAGES, type Page, readPage, runSide } from "../support/error-page.ts";

/** Pages whose wrong example stands as `text`, and why no test runs it here. */
const NOT_RUN: Readonly<Record<string, string>> = {
  NW0401: "every layer of this release takes every input that can be stated",
  NW0629: "needs a heap that is too small; bundle.test.ts starts processes with one",
  NW0675: "needs a package that is not installed; duckdb.test.ts of the package plays one",
  NW0676: "needs a database; duckdb.test.ts of the package makes one",
  NW0677: "needs a database; duckdb.test.ts of the package makes one",
  NW0731: "needs an interrupted study; study-models.test.ts makes one",
  NW0732: "needs a run in the place of another; study-models.test.ts has one",
  NW0733: "`export` prints no JSON; study-models.test.ts has one",
  NW0804: "needs an interrupted run; resume.test.ts makes one",
  NW0806: "needs a thread that ends; train.test.ts of the runtime has one",
  NW0807: "needs a training that was killed; checkpoints.test.ts makes one",
  NW0808: "needs a place that is taken; checkpoints.test.ts has one",
  NW0809: "needs a place that is taken; save-run.test.ts has one",
  NW0812: "needs a machine on which a backend cannot be loaded",
  NW0814: "is for authors of backends; the runtime's tests have one",
  NW0853: "needs a model of 4 GB; the tests of `jit` have one",
  NW0859: "needs an engine without fused product-sums; the package's tests have one",
  NW0860: "`export` prints no JSON; export-model.test.ts of the package has some",
  NW0861: "needs a reader that reads otherwise; export.test.ts of the command plays one",
  NW0815: "needs a backend of a third party; the runtime's tests have one",
  NW0830: "needs a full disk",
  NW0831: "needs a user who may not write; tests may run as root",
  NW0833: "needs a file system that fails",
  NW0841: "needs a run of format 1 that was edited; saved-model.test.ts of the package has one",
  NW0844:
    "the command has no definitions but its own; extend-catalog.test.ts of the package makes such a run",
  NW0843: "`export` prints no JSON; refusals.test.ts of the package has some",
  NW0845: "`export` prints no JSON; import.test.ts has one",
  NW0847: "needs what another engine has trained; import.test.ts has some",
  NW0849: "needs an export; import.test.ts has some",
  NW0883: "needs a reader that reads otherwise; check-imported.test.ts of the package plays one",
  NW0884: "needs an export that was edited; damaged.test.ts of the package has some",
  NW0903: "needs a network that fails",
  NW0911: "is for programs; check-options.test.ts has many",
  NW0913: "needs a memory that is full; run.test.ts plays one",
  NW0914: "is for programs; own-mistakes.test.ts has many",
  NW0999: "needs a bug",
};

const codes = Object.keys(codeTitles).sort();
const pages = codes.map(readPage);

test("every code has a page, and every page a code", () => {
  const files = readdirSync(PAGES).filter((file) => /^NW.*\.md$/.test(file));
  expect(files.sort()).toEqual(codes.map((code) => `${code}.md`));
});

describe.each(pages)("$code", (page) => {
  test("has the title of its code and the usual parts", () => {
    expect(page.title).toBe(`${page.code}: ${codeTitles[page.code]}`);
    const usual = ["Why", "How to mend it", "Example", "Wrong", "Right"];
    const optional = new Set(["Example", ...(page.code === "NW0401" ? ["Wrong"] : [])]);
    const expected = usual.filter((part) => page.headings.includes(part) || !optional.has(part));
    expect(page.headings).toEqual(expected);
  });

  test("the right example is clean", async () => {
    if (!runs(page, "right")) return;
    expect(await runSide(page, "right")).toEqual({ before: [], last: [], exit: 0 });
  });

  test("the wrong example gives the code, at the place", async () => {
    if (!runs(page, "wrong")) {
      expect(NOT_RUN).toHaveProperty(page.code);
      return;
    }
    expect(NOT_RUN).not.toHaveProperty(page.code);
    const { before, last } = await runSide(page, "wrong");
    expect(before).toEqual([]);
    const found = last.filter(({ code }) => code === page.code);
    expect(found).not.toEqual([]);
    const stated = page.blocks.find(({ side, file }) => side === "wrong" && file === "model.net");
    const place = found.find(({ file }) => file === "model.net")?.place;
    if (stated !== undefined) expect(place ?? null).toBe(stated.place);
    // One mistake a page: what else is reported would lead astray. A thousand, where that is the point.
    if (page.code !== "NW0115") expect(last).toEqual(found);
  });
});

function runs({ blocks }: Page, side: "wrong" | "right"): boolean {
  return blocks.some((block) => block.side === side && block.language !== "text");
}
