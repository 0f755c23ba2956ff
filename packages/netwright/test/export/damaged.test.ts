// A module whose section somebody has changed: the wrapper opens it or says that it is damaged, and never anything else.

import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { sealIn } from "@netwright/backend-jit";
import fc from "fast-check";
import { exportWasm, train } from "netwright";
import { data, textOf } from "./any-columns.ts";

interface Section {
  /** "" of those that are not custom. */
  readonly name: string;
  readonly whole: Uint8Array;
  /** Behind the name. */
  readonly content: Uint8Array;
}

function sectionsOf(wasm: Uint8Array): readonly Section[] {
  const found: Section[] = [];
  for (let start = 8; start < wasm.length; ) {
    const [size, from] = numberAt(wasm, start + 1);
    const nameEnd = from + 1 + (wasm[from] ?? 0);
    const name = wasm[start] === 0 ? Buffer.from(wasm.subarray(from + 1, nameEnd)).toString() : "";
    found.push({
      name,
      whole: wasm.subarray(start, from + size),
      content: wasm.subarray(nameEnd, from + size),
    });
    start = from + size;
  }
  return found;
}

/** With another text in its section `netwright`, and sealed again. */
function withText(wasm: Uint8Array, text: string): Buffer {
  const kept = sectionsOf(wasm).filter(({ name }) => name !== "netwright.seal");
  const parts = kept.map(({ name, whole }) => (name === "netwright" ? section(name, text) : whole));
  const module = Buffer.concat([wasm.subarray(0, 8), ...parts]);
  return Buffer.concat([
    module,
    section("netwright.seal", createHash("sha256").update(module).digest("hex")),
  ]);
}

function section(name: string, text: string): Buffer {
  const content = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from(text)]);
  const size: number[] = [];
  for (let rest = content.length; rest > 0 || size.length === 0; rest >>>= 7)
    size.push((rest & 127) | (rest > 127 ? 128 : 0));
  return Buffer.concat([Buffer.from([0, ...size]), content]);
}

/** Of LEB128, and what stands behind it. */
function numberAt(bytes: Uint8Array, at: number): readonly [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    value |= (byte & 127) << shift;
    if (byte < 128) return [value, at];
  }
}

/** One of the values in it is another, or is gone. */
function changed(value: unknown, place: number, other: unknown): unknown {
  let next = 0;
  const walk = (one: unknown): unknown => {
    if (next++ === place) return other;
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inside]) => [key, walk(inside)]));
  };
  return walk(value);
}

test("whatever its section says of dates, texts, lists and scales", async () => {
  const columns = {
    ...{ n: "number(scale: periodic(frequencies: 2))", time: null, flag: null },
    day: "date(parts: [elapsed, month])",
    last: "date(scale: quantile(n_quantiles: 4))",
    note: "text(bag_of_words(vocabulary: 4))",
    place: "numbers(2, missing: most_frequent)",
    word: "category(encoder: one_hot(unknown: other))",
  };
  const target = { target: "y", column: "y: number(scale: power)", loss: "quantile(levels: [0.1, 0.5])" };
  const model = await train(textOf(columns, target), { backend: "reference", data });
  const { js, wasm } = await exportWasm(model.bundle);
  /** By the wrapper as it would be if the module had been exported like this. */
  const load = async (module: Uint8Array) => {
    const sealed = js.replace(sealIn(wasm), sealIn(module));
    return (await import(`data:text/javascript,${encodeURIComponent(sealed)}`)).load(module);
  };
  const text = new TextDecoder().decode(sectionsOf(wasm).find(({ name }) => name === "netwright")?.content);
  const description: unknown = JSON.parse(text);
  const rows = data.slice(0, 9).map(({ y: _, kind: __, ...row }) => row);
  const predicted = (await load(withText(wasm, text))).predictMany(rows);
  expect(predicted).toEqual(await model.predict(rows));
  const other = fc.oneof(
    fc.constantFrom<unknown>(undefined, null, -1, 0, 1, 1e308, 2.5, "", "x", [], {}, [[]], [null], true),
    fc.constantFrom<unknown>("one_hot", "constructor", "__proto__", "quantile", "dates", "words", {
      name: "zscore",
    }),
  );
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(JSON.stringify(description).match(/[:,[]/g)?.length ?? 0),
      other,
      async (place, value) => {
        const module = withText(wasm, JSON.stringify(changed(description, place, value)) ?? "");
        const opened = await load(module).catch((error: unknown) => error);
        if (opened instanceof Error) {
          expect(`${opened.name} ${opened.message}`).toMatch(/^TypeError This model is damaged/);
          refused++;
          return;
        }
        try {
          opened.predictMany(rows);
        } catch (error) {
          expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
        }
      },
    ),
    { numRuns: 300, seed: 3 },
  );
  expect(refused).toBeGreaterThan(30);
}, 60_000);
