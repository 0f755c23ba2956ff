// An exported model in Node: with its wrapper, alone, and for the type checker.

import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { exportWasm, NetwrightError, train, VERSION } from "netwright";
import { recipe } from "../concrete.ts";
import { type Exported, exported, rowsOf } from "./exported.ts";

let made: Exported;
beforeAll(async () => {
  made = await exported();
}, 30_000);
afterAll(() => rmSync(made.folder, { recursive: true, force: true }));

/** Runs a program beside the files in a Node of its own; gives what it prints as JSON. */
function inNode(program: string): unknown {
  const file = join(made.folder, "program.mjs");
  writeFileSync(file, program);
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: "utf8" }));
}

test("the wrapper predicts the bits of the reference, for one row and for more than fit at once", async () => {
  const rows = rowsOf(600);
  const expected = await made.model.predict(rows);
  const program = `
    import { load } from "./model.mjs";
    const model = await load();
    const rows = ${JSON.stringify(rows)};
    console.log(JSON.stringify([model.predictMany(rows), rows.map(model.predict), model.predictMany([])]));`;
  expect(inNode(program)).toEqual([expected, expected, []]);
  expect(new Set(expected.map((one) => one["strength"])).size).toBeGreaterThan(500);
});

test("opens from a URL, its text, bytes, a Response and a compiled module", () => {
  const program = `
    import { readFileSync } from "node:fs";
    import { load } from "./model.mjs";
    const url = new URL("./model.wasm", import.meta.url);
    const bytes = readFileSync(url);
    const headers = { "content-type": "application/wasm" };
    const sources = [undefined, url, url.href, bytes, new Uint8Array(bytes).buffer, new Response(bytes, { headers }),
      new WebAssembly.Module(bytes)];
    const row = ${JSON.stringify(rowsOf(1)[0])};
    const all = await Promise.all(sources.map(async (source) => JSON.stringify((await load(source)).predict(row))));
    const failed = async (source) => load(source).then(() => "", (error) => error.message);
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    console.log(JSON.stringify([all.length, new Set(all).size, await failed(empty), await failed(new Response("", { status: 404, statusText: "Not Found" }))]));`;
  expect(inNode(program)).toEqual([
    7,
    1,
    "This is no model made by Netwright: it has no section `netwright`.",
    " cannot be read: 404 Not Found",
  ]);
});

describe("a module that is not as it was exported", () => {
  test("is refused by the wrapper, whichever of its bits is another one", () => {
    const program = `
      import { readFileSync } from "node:fs";
      import { load } from "./model.mjs";
      const bytes = readFileSync(new URL("./model.wasm", import.meta.url));
      const told = new Set();
      let predicted = 0;
      const opened = async (changed) => {
        const found = await load(changed).then(() => predicted++, (error) => error);
        if (found instanceof Error) told.add(found.name + " " + found.message.slice(0, 21));
      };
      for (let i = 0; i < bytes.length; i += i < bytes.length - 100 ? 7 : 1) {
        const changed = Uint8Array.from(bytes);
        changed[i] ^= 1 << (i % 8);
        await opened(changed);
        if (i % 5 === 0) await opened(bytes.subarray(0, i));
      }
      console.log(JSON.stringify([predicted, [...told].sort()]));`;
    expect(inNode(program)).toEqual([0, ["TypeError This model is damaged"]]);
  });

  test("and says so where somebody has made it up", () => {
    const program = `
      import { createHash } from "node:crypto";
      import { readFileSync } from "node:fs";
      const js = readFileSync(new URL("./model.mjs", import.meta.url), "utf8");
      // As if it had been exported with the module.
      const load = async (module) => {
        const sealed = js.replace(/const SEAL = ".{64}"/, \`const SEAL = "\${module.subarray(-64)}"\`);
        return (await import("data:text/javascript," + encodeURIComponent(sealed))).load(module);
      };
      const section = (name, content) => {
        const bytes = [name.length, ...Buffer.from(name), ...content];
        return [0, (bytes.length & 127) | 128, bytes.length >> 7, ...bytes];
      };
      const column = { name: "a", unit: null, min: null, max: null, fill: null };
      const sound = { format: "netwright-model", version: 1, inputs: [column], outputs: [{ ...column, name: "y" }] };
      const made = (text) => {
        const whole = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section("netwright", Buffer.from(text))]);
        const seal = createHash("sha256").update(whole).digest("hex");
        return Buffer.concat([whole, Buffer.from([0, 79, 14]), Buffer.from("netwright.seal" + seal)]);
      };
      const all = [
        "", "null", "[]", '"x"', "{", "\\xff", JSON.stringify({ ...sound, inputs: 7 }), JSON.stringify({ ...sound, version: 2 }),
        JSON.stringify({ ...sound, inputs: [null] }), JSON.stringify({ ...sound, inputs: [{ ...column, min: "1" }] }),
        JSON.stringify({ ...sound, inputs: [{ ...column, fill: {} }] }), JSON.stringify({ ...sound, outputs: [column, column] }),
        JSON.stringify(sound),
      ];
      const told = await Promise.all(all.map((text) => load(made(text)).then(() => "opened", (error) => error.name + " " + error.message)));
      console.log(JSON.stringify(told));`;
    const damaged = "TypeError This model is damaged: its section `netwright` does not describe its columns.";
    expect(inNode(program)).toEqual([
      ...new Array(12).fill(damaged),
      "TypeError This model is damaged, cut short or no model: it lacks a function. Export it again.",
    ]);
  });
});

describe("the wrapper refuses", () => {
  const good = { a: 1, b: 2, "c d": 3, e: 1 };
  test.each([
    ["a missing column", { ...good, a: undefined }, 'TypeError: Column "a" has no value.'],
    ["null where nothing is filled in", { ...good, e: null }, 'TypeError: Column "e" has no value.'],
    ["text", { ...good, a: "1" }, 'TypeError: Column "a" is a string; it takes a number.'],
    ["less", { ...good, a: -11 }, 'RangeError: Column "a" is -11, below its minimum of -10 m.'],
    ["more", { ...good, e: 3.5 }, 'RangeError: Column "e" is 3.5, above its maximum of 3.'],
    [
      "too much",
      { ...good, b: 1e300 },
      "RangeError: A value is outside of what the scaling of its column takes.",
    ],
  ])("%s", (_, row, message) => {
    // As JSON, which leaves `undefined` out.
    const program = `
      import { load } from "./model.mjs";
      const model = await load();
      const row = ${JSON.stringify(row)};
      const errors = [() => model.predict(row), () => model.predictMany([${JSON.stringify(good)}, row])].map((call) => {
        try { call(); return "none"; } catch (error) { return String(error); }
      });
      console.log(JSON.stringify(errors));`;
    expect(inNode(program)).toEqual([message, message.replace(": ", ": Row 1: ")]);
  });
});

test("the wasm alone predicts from rows in memory, and says what it is", async () => {
  const rows = rowsOf(256);
  const program = `
    import { readFileSync } from "node:fs";
    const module = new WebAssembly.Module(readFileSync(new URL("./model.wasm", import.meta.url)));
    const { memory, input, output, capacity, predict } = new WebAssembly.Instance(module).exports;
    const rows = ${JSON.stringify(rows)};
    const x = new Float64Array(memory.buffer, input(), capacity() * 4);
    x.set(rows.flatMap((row) => [row.a, row.b ?? NaN, row["c d"], row.e]));
    const counts = [predict(rows.length), predict(rows.length + 1), predict(-1), predict(0)];
    const y = [...new Float64Array(memory.buffer, output(), rows.length * 2)];
    x[4 * 7 + 2] = -1;
    counts.push(predict(rows.length));
    x[4 * 5] = NaN;
    counts.push(predict(rows.length), predict(5));
    console.log(JSON.stringify({
      imports: WebAssembly.Module.imports(module).length,
      exports: WebAssembly.Module.exports(module).map(({ name }) => name).sort(),
      description: JSON.parse(new TextDecoder().decode(WebAssembly.Module.customSections(module, "netwright")[0])),
      capacity: capacity(),
      counts,
      y,
    }));`;
  const expected = await made.model.predict(rows);
  const { hash } = made.model.record;
  expect(inNode(program)).toEqual({
    imports: 0,
    exports: ["capacity", "input", "memory", "output", "predict"],
    description: {
      format: "netwright-model",
      version: 1,
      netwright: VERSION,
      name: "model",
      run: hash.run,
      weights: hash.weights,
      inputs: [
        { name: "a", unit: "m", min: -10, max: 10, fill: null },
        { name: "b", unit: null, min: null, max: null, fill: expect.any(Number) },
        { name: "c d", unit: "kg/m3", min: 0, max: null, fill: null },
        { name: "e", unit: null, min: null, max: 3, fill: null },
      ],
      outputs: [
        { name: "strength", unit: "MPa", min: null, max: null },
        { name: "set time", unit: "h", min: null, max: null },
      ],
    },
    capacity: 256,
    // No further than there is room; and it stops before a row that cannot be scaled: ln(1 - 1), NaN.
    counts: [256, 256, 256, 0, 7, 5, 5],
    y: expected.flatMap((one) => [one["strength"], one["set time"]]),
  });
});

test("the types name columns, units and ranges, and find a mistake", () => {
  const { folder, files } = made;
  expect(files.types).toContain("  /** m, from -10 to 10 */\n  readonly a: number;\n");
  expect(files.types).toMatch(/\/\*\* [\d.]+ where it is missing \*\/\n {2}readonly b\?: number \| null;/);
  expect(files.types).toContain('  /** kg/m3, at least 0 */\n  readonly "c d": number;\n');
  expect(files.types).toContain('  /** h */\n  readonly "set time": number;\n');
  const check = (row: string) => {
    const file = join(folder, "use.mts");
    const text = `import { load } from "./model.mjs";
const model = await load(new Uint8Array(8));
const prediction = model.predict(${row});
export const sum: number = prediction.strength + prediction["set time"] + (model.inputs[0]?.fill ?? 0);
`;
    writeFileSync(file, text);
    const tsc = fileURLToPath(new URL("../../../../node_modules/.bin/tsc", import.meta.url));
    const options = [
      "--ignoreConfig",
      "--strict",
      "--noEmit",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--lib",
      "es2022",
    ];
    return spawnSync(tsc, [...options, "--types", "", file], { encoding: "utf8" }).stdout;
  };
  expect(check('{ a: 1, "c d": 2, e: 0 }')).toBe("");
  expect(check('{ a: 1, b: null, "c d": 2, e: 0 }')).toBe("");
  expect(check('{ a: 1, b: 1, "c d": 2 }')).toContain("'e' is missing");
  expect(check('{ a: "1", b: 1, "c d": 2, e: 1 }')).toContain("'string' is not assignable to type 'number'");
}, 30_000);

test("the same run gives the same files", async () => {
  const again = await exportWasm(made.model.bundle);
  expect(again).toEqual(made.files);
});

test("a predictor with words stays under 24 KB, of which the module is 5", async () => {
  const net = fileURLToPath(new URL("../../../../examples/penguins/penguins.net", import.meta.url));
  const model = await train(net, { backend: "jit", epochs: 1 });
  const { wasm, js } = await exportWasm(model.bundle);
  expect(wasm.length).toBeLessThan(5 * 1024);
  expect(wasm.length + js.length).toBeLessThan(24 * 1024);
}, 30_000);

test("the concrete model with two layers of 32 stays under 20 KB in all", async () => {
  const net = fileURLToPath(
    new URL("../../../../examples/concrete/concrete-activation-layers.net", import.meta.url),
  );
  const model = await train(net, { backend: "jit", epochs: 1 });
  const { name, wasm, js, types } = await exportWasm(model.bundle);
  expect(wasm.length + js.length + types.length).toBeLessThan(20_000);
  writeFileSync(join(made.folder, `${name}.wasm`), wasm);
  writeFileSync(join(made.folder, `${name}.mjs`), js);
  const program = `
    import { load } from "./${name}.mjs";
    console.log(JSON.stringify((await load()).predict(${JSON.stringify(recipe)})));`;
  expect(inNode(program)).toEqual(await model.predict(recipe));
}, 30_000);

test("a model may have any name that a file can have", async () => {
  const { bundle } = made.model;
  const name = "odd #1 100%?\n'x'";
  const { wasm, js, types } = await exportWasm({ ...bundle, record: { ...bundle.record, name } });
  writeFileSync(join(made.folder, `${name}.wasm`), wasm);
  writeFileSync(join(made.folder, "odd.mjs"), js);
  expect(types).toContain("/** The features of odd #1 100%? 'x'. */");
  const row = rowsOf(1)[0] ?? {};
  const program = `
    import { load } from "./odd.mjs";
    console.log(JSON.stringify((await load()).predict(${JSON.stringify(row)})));`;
  expect(inNode(program)).toEqual(await made.model.predict(row));
});

test("a run whose weights do not fit its network is refused", async () => {
  const { bundle } = made.model;
  const weights = new Map([...bundle.model.weights].slice(1));
  const broken = { ...bundle, model: { ...bundle.model, weights } };
  await expect(exportWasm(broken)).rejects.toThrow(NetwrightError);
  await expect(exportWasm(broken)).rejects.toThrow(/NW0841/);
});
