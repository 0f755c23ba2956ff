// Columns may have any name: also those that every object of JavaScript has.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { exportWasm, load, NetwrightError, savedModel, train } from "netwright";

// On a machine with other things to do.
jest.setTimeout(30_000);

const folder = mkdtempSync(join(tmpdir(), "netwright-columns-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "then"];

/** As `JSON.parse` makes it: `{ __proto__: 1 }` in a program would be something else. */
const recordOf = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(entries);

const source = (target: string, features: readonly string[]) => `netwright 1
data odd {
  source: "odd.csv"
  target: ${JSON.stringify(target)}
  columns {
    ${features.map((name) => `${JSON.stringify(name)}: number(unit: "m", min: -10, max: 10)`).join(", ")}
  }
}
model { dense(4, tanh) -> dense(outputs) }
train { loss: mse, epochs: 2, batch: 8 }
`;

function tableOf(names: readonly string[]): string {
  const rows = Array.from({ length: 40 }, (_, i) => names.map((_, j) => (i * (j + 3)) % 9));
  return [names.join(","), ...rows.map((row) => row.join(","))].join("\n");
}

describe.each(NAMES)("a target called %s among features called as the others", (target) => {
  const features = NAMES.filter((name) => name !== target);
  const csv = tableOf([...features, target]);

  test("is trained, saved, read back, predicted and exported", async () => {
    const model = await train(source(target, features), { data: csv, backend: "reference" });
    const record = recordOf(features.map((name, i) => [name, i]));
    const predicted = await model.predict(record);
    expect(Object.keys(predicted)).toEqual([target]);
    const value = Object.entries(predicted)[0]?.[1];
    expect(Number.isFinite(value)).toBe(true);

    const saved = await model.save(folder);
    const again = load(saved, { backend: "reference" });
    expect(Object.entries(await again.predict(record))).toEqual([[target, value]]);
    const { data } = ok(await savedModel(model.bundle.model)).model;
    expect(Object.keys(data?.columns ?? {})).toEqual(features);

    const { js, wasm } = await exportWasm(model.bundle);
    const wrapper = await import(`data:text/javascript,${encodeURIComponent(js)}`);
    const exported = await wrapper.load(wasm);
    expect(Object.entries(exported.predict(record))).toEqual([[target, value]]);
    for (const name of features) {
      const { [name]: _, ...without } = record;
      expect(() => exported.predict(without)).toThrow(`Column "${name}" has no value.`);
    }
  });

  test("is refused where one is missing or out of range, and changes no object", async () => {
    const model = await train(source(target, features), { data: csv, backend: "reference" });
    for (const name of features) {
      const others = features.filter((other) => other !== name).map((other): [string, number] => [other, 1]);
      await expect(model.predict(recordOf(others))).rejects.toThrow(NetwrightError);
      await expect(model.predict(recordOf([...others, [name, 11]]))).rejects.toThrow("maximum of 10 m");
    }
    await expect(model.predict(JSON.parse('{"__proto__":{"polluted":1}}'))).rejects.toThrow(NetwrightError);
    expect(Object("x").polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

test("classes may be called so too", async () => {
  const words = ["__proto__", "constructor", "toString"];
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${words[i % 3]}`);
  const text = source("kind", ["a"]).replace("mse", "cross_entropy");
  const model = await train(text, { data: `a,kind\n${rows.join("\n")}`, backend: "reference" });
  const { kind, probabilities } = await model.predict({ a: 1 });
  expect(words).toContain(kind);
  expect(Object.keys(Object(probabilities)).sort()).toEqual([...words].sort());
});

function ok<T>(checked: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!checked.ok) throw new Error("it was refused");
  return checked.value;
}
