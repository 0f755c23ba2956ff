// Words for missing values mean the same in training, evaluation and prediction, and travel with a run.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { load, memoryFiles, openProject, train } from "netwright";

const net = `netwright 1
data flats {
  source: "flats.csv"
  target: Price
  missing: median
  missing_words: ["-999", "unknown"]
  split: { train: 100%, validation: 0%, test: 0% }
}
model { dense(1) }
train { epochs: 2 }
`;
const csv = `Area,Rooms,Price
62,2,171
NA,3,204
-999,unknown,188
-999.0,4,322
95,?,229
33,1,149
`;
const folder = mkdtempSync(join(tmpdir(), "netwright-words-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the median is that of the values that are there", () => {
  const { prepared, diagnostics } = openProject(
    { file: "flats.net", text: net },
    { files: memoryFiles(new Map([["flats.csv", csv]])) },
  );
  expect(diagnostics).toEqual([]);
  const fills = prepared?.encoders.features.map(({ fitted }) => [fitted.name, fitted.missing.fill]);
  expect(fills).toEqual([
    ["Area", 62],
    ["Rooms", 2.5],
  ]);
});

test("a loaded run takes the words of its file, and those that everyone knows", async () => {
  const model = await train(net, { backend: "reference", data: csv });
  const loaded = load(await model.save(folder), { backend: "reference" });
  const expected = await model.predict({ Area: 62, Rooms: 2.5 });
  for (const Area of [null, "NA", Number.NaN, "unknown", -999, "-999"]) {
    expect(await loaded.predict({ Area, Rooms: null })).toEqual(expected);
  }
  expect(await loaded.evaluate(csv)).toEqual(
    await model.evaluate(csv.replace("unknown", "").replace("NA", "-999")),
  );
  await expect(loaded.predict({ Area: "absent", Rooms: 1 })).rejects.toThrow(/NW0630/);
});

test("without the setting, the words are what they are", () => {
  const text = net.replace(/^.*missing_words.*\n/m, "");
  const { diagnostics } = openProject(
    { file: "flats.net", text },
    { files: memoryFiles(new Map([["flats.csv", csv]])) },
  );
  expect(diagnostics).toMatchObject([
    {
      code: "NW0630",
      notes: expect.arrayContaining([expect.stringContaining('missing_words: ["unknown"]')]),
    },
  ]);
});
