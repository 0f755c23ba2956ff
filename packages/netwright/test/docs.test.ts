// The documentation cannot lie: its `.net` blocks are checked, its program runs, and what it lists is all there is.

import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { missingWordList } from "@netwright/data";
import { catalog, load, nodeFiles, openProject, train } from "netwright";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((page) =>
  page.endsWith(".md"),
);

function blocks(page: string, language: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, body = ""]) =>
    name === language ? [body] : [],
  );
}

/** A block that shows what is warned of says so, `net warns NW0226`; one may be a file that is named, `net species.net`. */
const nets = pages.flatMap((page) =>
  [
    ...readFileSync(join(root, page), "utf8").matchAll(
      /^```net(?: warns (\w+)| \w+\.net)?\n([\s\S]*?)^```$/gm,
    ),
  ].map(([, code, text = ""], i) => [`${page} ${i + 1}`, text, code === undefined ? [] : [code]] as const),
);

/** Tables are those of the examples, each in the folder of its name. */
function beside(text: string): string {
  const [, name = "concrete"] = /source: "(\w+)\.csv"/.exec(text) ?? [];
  return join(root, "examples", name, "documented.net");
}

test.each(nets)("%s is a sound file", (_, text, warnings) => {
  const file = beside(text);
  const { model, diagnostics } = openProject({ file, text }, { files: nodeFiles() });
  expect(diagnostics.map(({ code }) => code)).toEqual(warnings);
  expect(model).toBeDefined();
});

test("there are blocks to check", () => {
  expect(nets.length).toBeGreaterThanOrEqual(4);
});

describe("the lesson's numbers are what its files give", () => {
  const text = readFileSync(join(root, "docs/language.md"), "utf8");
  const lessons = [
    ...text.matchAll(/^```net.*\n([\s\S]*?)^```$(?:(?!^```net\b)[\s\S])*?^```result\n([\s\S]*?)^```$/gm),
  ];
  const cases = lessons.flatMap(([, net = "", results = ""], lesson) =>
    results
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [, set, split = "", metric = "", value = ""] =
          /^(?:(\S+=\S+) )?(\w+)\.(\w+) (\S+)$/.exec(line) ?? [];
        return { name: `${lesson + 1}: ${line}`, net, set, split, metric, value };
      }),
  );

  test("there are lessons", () => {
    expect(lessons.length).toBeGreaterThanOrEqual(7);
  });

  test.each(cases)("$name", async ({ net, set, split, metric, value }) => {
    const [path = "", setTo = ""] = set?.split("=") ?? [];
    const { metrics } = await train(net, {
      backend: "jit",
      data: readFileSync(join(root, "examples/concrete", /source: "(.*)"/.exec(net)?.[1] ?? ""), "utf8"),
      ...(set === undefined ? {} : { set: { [path]: setTo } }),
    });
    const found = { ...Object.entries(metrics).find(([name]) => name === split)?.[1] };
    const number = Object.entries(found).find(([name]) => name === metric)?.[1] ?? Number.NaN;
    expect(number.toFixed(value.split(".")[1]?.length ?? 0)).toBe(value);
  });
});

describe("docs/language.md names every", () => {
  const text = readFileSync(join(root, "docs/language.md"), "utf8");
  const names = {
    layer: [...catalog.layer.keys()],
    ...Object.fromEntries(
      Object.entries(catalog.definitions).map(([family, map]) => [family, [...map.keys()]]),
    ),
    metric: [...catalog.metrics.keys()],
  };
  test.each(Object.entries(names))("%s", (_, all) => {
    expect(all.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});

test("docs/tables.md lists every word for a missing value", () => {
  const text = readFileSync(join(root, "docs/tables.md"), "utf8");
  expect(missingWordList.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
});

describe("the program of the README", () => {
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  test("trains, saves, loads and predicts", async () => {
    const folder = mkdtempSync(join(tmpdir(), "netwright-readme-"));
    symlinkSync(join(root, "examples"), join(folder, "examples"));
    process.chdir(folder);
    const [program = ""] = blocks("README.md", "js");
    const body = program.replace(/^import .*$/m, "").replace("epochs: 20", "epochs: 2");
    const log = jest.fn();
    const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
    await new AsyncFunction("train", "load", "console", body)(train, load, { log });
    expect(log).toHaveBeenNthCalledWith(1, expect.objectContaining({ r2: expect.any(Number) }));
    expect(log).toHaveBeenNthCalledWith(2, { CompressiveStrength: expect.any(Number) });
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});
