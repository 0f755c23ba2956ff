// Types of columns that read cells, and scales inside of other encoders, of a user's own: a run names both, and says so where
// they are missing.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { defineColumnType, defineScaling, extendCatalog, load, NetwrightError, train } from "netwright";

const folder = mkdtempSync(join(tmpdir(), "netwright-read-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const described = { formula: "as tested", example: "as tested", source: "" };

const halved = defineScaling<Readonly<Record<string, never>>>()({
  ...described,
  name: "halved",
  doc: "Divides by two.",
  params: {},
  range: () => ({ min: null, max: null }),
  fit: () => ({}),
  read: () => ({}),
  apply: (_, x) => x / 2,
  invert: (_, z) => 2 * z,
  steps: () => ({ apply: [{ kind: "divide", by: 2 }], invert: [{ kind: "multiply", by: 2 }] }),
});

const roman = defineColumnType({
  ...described,
  name: "roman",
  doc: "A number in Roman numerals.",
  params: {},
  takes: "number",
  contract: () => ({ unit: null, min: 1, max: null }),
  settle: (cells) => ({ ones: cells.some((cell) => cell.includes("i")) ? "i" : "I" }),
  reading: ({ ones }) =>
    ones === "i" || ones === "I"
      ? {
          read: (cell) =>
            new Set(cell).size === 1 && cell.startsWith(ones)
              ? cell.length
              : { code: "NW0653", says: `is ${cell}, which is no number`, notes: [] },
          spell: (x) => ones.repeat(x),
        }
      : null,
  encoder: () => null,
  missing: () => null,
});

const catalog = extendCatalog({ encoder: [halved], column: [roman] });
const rows = Array.from({ length: 60 }, (_, i) => ({
  n: "I".repeat(1 + (i % 4)),
  day: `2024-0${1 + (i % 6)}-15`,
  y: (i % 4) + (i % 6),
}));
const text = (columns: string) =>
  `netwright 1\ndata { source: "t.csv", target: y\n columns { ${columns} } }\nmodel { dense(8, tanh) -> dense(1) }\ntrain { loss: mse, optimizer: adam(0.03), epochs: 3 }\n`;

test.each([
  ["a type", "n: roman, day: date", "roman"],
  ["a scale inside of an encoder", "n: category, day: date(scale: halved)", "halved"],
])("%s", async (_, columns, name) => {
  const model = await train(text(columns), { data: rows, catalog, backend: "reference" });
  const run = await model.save(join(folder, name));
  const row = { n: "II", day: "2024-03-01" };
  const again = load(run, { catalog, backend: "reference" });
  expect(await again.predict(row)).toEqual(await model.predict(row));
  const lacking = await load(run, { backend: "reference" })
    .predict(row)
    .catch((thrown: unknown) => thrown);
  if (!(lacking instanceof NetwrightError)) throw new Error("nothing was refused");
  expect(lacking.diagnostics[0]).toMatchObject({ code: "NW0844" });
  expect(lacking.message).toContain(name);
  await model.dispose();
});

test("what the type settles is asked of all cells, and kept", async () => {
  const model = await train(text("n: roman, day: date"), { data: rows, catalog, backend: "reference" });
  const [column] = model.bundle.model.encoders?.features ?? [];
  expect(column).toMatchObject({ kind: "number", reading: { type: "roman", params: { ones: "I" } } });
  const refused = await model.predict({ n: "ii", day: "2024-03-01" }).catch((thrown: unknown) => thrown);
  expect(String(refused)).toContain("NW0653");
  const far = await model.predict({ n: "IIIIIIIII", day: "2024-03-01" });
  expect(Number.isFinite(far["y"])).toBe(true);
  await model.dispose();
});
