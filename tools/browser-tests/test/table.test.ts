// A table in a real browser: from bytes and from text the same columns, bit by bit, which Node reads too.

import type { Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readCsv } from "@netwright/data";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, launch } from "./browser.ts";
import { bundle, serve } from "./serve.ts";

/** Larger than a part of a file; a column of numbers with words for missing ones, one that has text in its last row. */
const ROWS = 30_000;
const lines = Array.from({ length: ROWS }, (_, row) => {
  const late = row === ROWS - 1 ? "spät" : `${row % 7}.50`;
  return `${Math.sqrt(row)},"Straße ${row % 100}, ""${row % 3}""",${row % 11 === 0 ? "NA" : -row / 8},${late}`;
});
const text = `root,straße,eighth,late\r\n${lines.join("\r\n")}\r\n`;

describeInBrowser("in Chromium", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    const served = await serve(await bundle("table"));
    server = served.server;
    browser = await launch();
    page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction("globalThis.readTable !== undefined");
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  const inPage = (csv: string, as: "bytes" | "text") =>
    page.evaluate(([csv, as]) => globalThis.readTable(csv, as), [csv, as] as const);

  test("bytes and text give the columns that Node gives", async () => {
    const fromBytes = await inPage(text, "bytes");
    expect(fromBytes.columns.map(({ name, kind, gaps }) => [name, kind, gaps])).toEqual([
      ["root", "number", 0],
      ["straße", "text", 0],
      ["eighth", "number", Math.ceil(ROWS / 11)],
      ["late", "text", 0],
    ]);
    expect(await inPage(text, "text")).toEqual(fromBytes);
    const inNode = readCsv(text, { name: "table.csv" });
    const [root] = "table" in inNode ? inNode.table.columns : [];
    if (root?.kind !== "number") throw new Error("no numbers");
    let hash = 0;
    for (const word of new Uint32Array(Float64Array.from(root.values).buffer))
      hash = (Math.imul(hash, 31) + word) | 0;
    expect(fromBytes.columns[0]?.hash).toBe(hash);
  }, 60_000);

  test("what is wrong is said as in Node", async () => {
    const wrong = 'a,b\n1,2\n3,"4\n';
    const inNode = readCsv(wrong, { name: "table.csv" });
    expect(await inPage(wrong, "bytes")).toEqual({
      problems: "problems" in inNode ? inNode.problems.map(({ message }) => message) : [],
      columns: [],
    });
  }, 60_000);
});
