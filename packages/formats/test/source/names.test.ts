// What columns are called in source code: by any names, fields that differ, in Go too, where underscores fall away.

import { expect, test } from "@jest/globals";
import { formats } from "@netwright/formats";
import fc from "fast-check";
import { identifiers } from "../../src/source/syntax.ts";
import { writeJs } from "../../src/source/write.ts";
import { portable } from "../portable.ts";
import { cases } from "./models.ts";
import { anyNamesOf, renamed } from "./renamed.ts";

const anyNames = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom(
      "a",
      "a!",
      "a_2",
      "a 2",
      "a2",
      "A2",
      "int",
      "v_int",
      "abstract",
      "1",
      "v 1",
      "größe",
      "Größe",
      "",
      "_",
      "place",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  ),
  { maxLength: 12 },
);

const inGo = (name: string) => name.replaceAll("_", "").toLowerCase();

test("fields have different names that begin with a letter", () => {
  fc.assert(
    fc.property(anyNames, fc.boolean(), (names, hasTaken) => {
      const taken = hasTaken ? ["place", "probabilities"] : [];
      const own = identifiers(names, taken);
      expect(own).toHaveLength(names.length);
      for (const name of own) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(new Set([...own, ...taken].map(inGo)).size).toBe(names.length + taken.length);
    }),
  );
});

test("a name that a language has for itself is no field", () => {
  expect(identifiers(["int", "fn", "func", "class", "typeof", "abstract", "linux", "Cement"])).toEqual([
    "v_int",
    "v_fn",
    "v_func",
    "v_class",
    "v_typeof",
    "v_abstract",
    "v_linux",
    "cement",
  ]);
});

test("a module of JavaScript predicts whatever its columns are called", async () => {
  const { source = "", data = [] } = cases[0] ?? {};
  const model = await portable(source, data);
  const count = model.columns.length;
  await fc.assert(
    fc.asyncProperty(anyNamesOf(count), async (names) => {
      const written = writeJs(renamed(model, names));
      if ("refused" in written) throw new Error(JSON.stringify(written.refused));
      const text = new TextDecoder().decode(written.files[0]?.content);
      const { selfTest, predict } = await import(
        `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`
      );
      expect(selfTest()).toBe(0);
      // A row without any cell is missing all of them, be it that every object has something of that name.
      expect(() => predict({})).toThrow(RangeError);
    }),
    { numRuns: 30 },
  );
});

test("the name of a model does not end the comment that it stands in", async () => {
  const { source = "", data = [] } = cases.find(({ name }) => name === "classes") ?? {};
  const model = await portable(source, data);
  const odd = { ...model, name: 'a\n"""\nevil()\n*/ evil()' };
  for (const format of ["tfjs", "keras-code", "js"] as const) {
    const written = await (await formats[format].load())(odd, {});
    if ("refused" in written) throw new Error(JSON.stringify(written.refused));
    for (const { name, content } of written.files)
      if (/\.(mjs|py)$/.test(name)) expect(new TextDecoder().decode(content)).not.toMatch(/^evil/m);
  }
});
