// Who may import whom: the table in ARCHITECTURE.md, the dependencies of each package and what its sources import are one.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { root } from "./support/packed.ts";

const read = (path: string): string => readFileSync(`${root}/${path}`, "utf8");

/** Of each package of the table what it may import, but for those of which the table says so in words. */
const rows = new Map(
  [...read("ARCHITECTURE.md").matchAll(/^\| `([a-z-]+)` \| ([a-z-]+(?:, [a-z-]+)*)?(?: \(.*\))? ?\|$/gm)].map(
    ([, name = "", allowed = ""]) =>
      [
        name,
        allowed
          .split(", ")
          .filter((one) => one !== "")
          .sort(),
      ] as const,
  ),
);

const packages = readdirSync(`${root}/packages`);

function dependencies(name: string): readonly string[] {
  const { dependencies = {} }: { dependencies?: Readonly<Record<string, string>> } = JSON.parse(
    read(`packages/${name}/package.json`),
  );
  return Object.keys(dependencies)
    .flatMap((one) => (one.startsWith("@netwright/") ? [one.slice("@netwright/".length)] : []))
    .sort();
}

/** Comments may name more. */
function imported(name: string): readonly string[] {
  const folder = `packages/${name}/src`;
  const sources = readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => read(`${folder}/${file}`).replace(/^\s*(?:\/\/|\*).*$/gm, ""));
  const found = sources.flatMap((text) => [
    ...text.matchAll(/(?:from |import\()"@netwright\/([a-z-]+)[/"]/g),
  ]);
  return [...new Set(found.map(([, one = ""]) => one))].sort();
}

test("every package has a row", () => {
  expect([...packages].filter((name) => !rows.has(name))).toEqual(["netwright"]);
});

test.each([...rows.keys()].filter((name) => packages.includes(name)))("%s", (name) => {
  expect(dependencies(name)).toEqual(rows.get(name));
  expect(imported(name)).toEqual(rows.get(name));
});

test("netwright imports all but lsp and plot", () => {
  expect(read("ARCHITECTURE.md")).toContain("| `netwright` | all but lsp and plot |");
  const others = imported("netwright");
  expect(others.filter((name) => name === "lsp" || name === "plot")).toEqual([]);
});
