// What is begun fits into the project as it stands: every table that is to get a line is where the scaffold looks for it.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { apply } from "../src/apply.ts";
import { type Names, namesOf } from "../src/edit.ts";
import { kinds } from "../src/kinds/table.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string) =>
  existsSync(`${root}${path}`) ? readFileSync(`${root}${path}`, "utf8") : undefined;

function names(name: string): Names {
  const found = namesOf(name);
  if (found === undefined) throw new Error(`${name} is a name`);
  return found;
}

describe.each([...kinds.keys()])("%s", (word) => {
  const kind = kinds.get(word);
  const { edits, next } = kind?.scaffold(names("wibble_norm")) ?? { edits: [], next: [] };
  const applied = apply(edits, read);

  test("finds all that it changes, and brings a test that fails", () => {
    expect(applied).toMatchObject({ ok: true });
    if (!applied.ok) return;
    expect([...applied.files.keys()].some((path) => path.endsWith(".test.ts"))).toBe(true);
    for (const [path, text] of applied.files) {
      const before = read(path);
      if (before === undefined) expect(path + text).toMatch(/wibble[-_]?norm/i);
      else expect(text.length).toBeGreaterThan(before.length);
    }
    expect(next.length).toBeGreaterThan(2);
  });

  test("imports what it names in a table", () => {
    if (!applied.ok) return;
    for (const edit of edits) {
      if (edit.kind !== "list") continue;
      const text = applied.files.get(edit.path) ?? "";
      expect(text).toContain(`import { ${edit.item} } from "${edit.from}";`);
      expect(text).toContain(`, ${edit.item}]`);
    }
  });

  test("is begun once", () => {
    if (!applied.ok) return;
    const again = apply(edits, (path) => applied.files.get(path) ?? read(path));
    expect(again).toMatchObject({ ok: false, problem: expect.stringContaining("exists already") });
  });
});

describe("an operation", () => {
  const scaffold = (name: string) => kinds.get("op")?.scaffold(names(name)).edits ?? [];

  test("has a row in every table that has to have all operations", () => {
    const sources = ["packages", "packages/ir/test/support"].flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
        .map((file) => `${folder}/${file}`)
        .filter(
          (path) =>
            path.endsWith(".ts") && /\/src\/|\/support\//.test(path) && !path.includes("/node_modules/"),
        ),
    );
    // A table of rows, not a type that is looked up by name; what may lack some is marked by `?`.
    const exhaustive = sources.filter((path) =>
      /(?:const|let) (?:(?!\n\n)[\s\S])*?\[\w+ in (?:OpName|DerivedName)\]: [^}]*\}(?!\[)/.test(
        read(path) ?? "",
      ),
    );
    const edited = new Set(scaffold("wibble").map(({ path }) => path));
    expect(exhaustive.length).toBeGreaterThan(5);
    expect(exhaustive.filter((path) => !edited.has(path))).toEqual([]);
  });

  test("that comes after another imports nothing twice", () => {
    const first = apply(scaffold("wibble"), read);
    if (!first.ok) throw new Error(first.problem);
    const second = apply(scaffold("wobble"), (path) => first.files.get(path) ?? read(path));
    if (!second.ok) throw new Error(second.problem);
    for (const text of second.files.values()) {
      const imports = text.match(/^import .*;$/gm) ?? [];
      expect(new Set(imports).size).toBe(imports.length);
    }
  });
});

test("a table that is not where it was is named", () => {
  const { edits } = kinds.get("loss")?.scaffold(names("wibble")) ?? { edits: [] };
  const moved = apply(edits, (path) =>
    path.endsWith("table.ts") ? "export const nothing = 1;\n" : undefined,
  );
  expect(moved).toEqual({ ok: false, problem: expect.stringContaining("losses/table.ts") });
});

test.each(["BatchNorm", "batch-norm", "1st", "", "a__b", "../x"])("%j is no name", (name) => {
  expect(namesOf(name)).toBeUndefined();
});
