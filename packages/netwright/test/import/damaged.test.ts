// Files that are damaged, edited or made to harm: each is refused in words, and nothing else is thrown.

import { describe, expect, test } from "@jest/globals";
import { strToU8, unzipSync, zipSync } from "fflate";
import { exportModel, importModel, NetwrightError, train } from "netwright";

const text = `netwright 1
data t { source: "t.csv", target: y, columns { colour: category } }
model { dense(4, relu) -> batch_norm -> dense(1) }
train { loss: mse, epochs: 1 }
`;
const data = Array.from({ length: 40 }, (_, i) => ({
  a: i % 7,
  colour: ["red", "blue"][i % 2] ?? "",
  y: (i * 3) % 11,
}));

const exported = async (format: "keras" | "tfjs") => {
  const model = await train(text, { data, backend: "jit" });
  await model.dispose();
  const files = await exportModel(model.bundle, format);
  return new Map(
    files.filter(({ name }) => !/\.(py|mjs)$/.test(name)).map(({ name, content }) => [name, content]),
  );
};

/** The codes, or none where it was imported. */
async function codesOf(files: ReadonlyMap<string, Uint8Array>): Promise<readonly string[]> {
  try {
    await importModel(files);
    return [];
  } catch (error) {
    if (!(error instanceof NetwrightError)) throw error;
    return error.diagnostics.map(({ code }) => code);
  }
}

async function notesOf(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  try {
    await importModel(files);
    return "";
  } catch (error) {
    if (!(error instanceof NetwrightError)) throw error;
    return error.diagnostics.flatMap(({ message, notes }) => [message, ...notes]).join("\n");
  }
}

/** From 0 to below `most`, the same in every run. */
function numbers(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * most);
  };
}

const jsonFile = (value: unknown) => new Map([["model.json", strToU8(JSON.stringify(value))]]);

test.each(["keras", "tfjs"] as const)("bytes that were changed or cut off, %s", async (format) => {
  const files = await exported(format);
  const next = numbers(7);
  for (let trial = 0; trial < 25; trial++) {
    const damaged = new Map(
      [...files].map(([name, content]) => {
        const bytes = content.slice(0, next(4) === 0 ? next(content.length) : content.length);
        for (let k = next(12); k > 0 && bytes.length > 0; k--) bytes[next(bytes.length)] = next(256);
        return [name, bytes];
      }),
    );
    for (const code of await codesOf(damaged)) expect(["NW0880", "NW0881"]).toContain(code);
  }
});

test("values of the configuration that are others", async () => {
  const files = await exported("tfjs");
  const json = new TextDecoder().decode(files.get("model.json"));
  const next = numbers(3);
  const others = ["null", "-1", "1e300", '"x"', "[]", "{}", "true", "[[[1]]]"];
  const places = [...json.matchAll(/(?<=[:[,])(-?\d+(\.\d+)?|"[^"]*"|true|false|null)/g)];
  for (let trial = 0; trial < 80; trial++) {
    const place = places[next(places.length)];
    if (place === undefined) throw new Error("there is a place");
    const changed =
      json.slice(0, place.index) + others[next(others.length)] + json.slice(place.index + place[0].length);
    const damaged = new Map([...files, ["model.json", strToU8(changed)]]);
    for (const code of await codesOf(damaged)) expect(["NW0880", "NW0882"]).toContain(code);
  }
});

describe("a zip", () => {
  test("with names that lead elsewhere has nothing of them read", async () => {
    const [[name = "", content] = []] = [...(await exported("keras"))];
    const members = unzipSync(content ?? new Uint8Array());
    const zipped = zipSync({ ...members, "../../outside.json": strToU8("{}") });
    expect(await codesOf(new Map([[name, zipped]]))).toEqual([]);
    const { "config.json": config = new Uint8Array(), ...others } = members;
    const moved = zipSync({ ...others, "../config.json": config });
    expect(await notesOf(new Map([[name, moved]]))).toContain("has no `config.json`");
  });

  test("that says that a part of it is very large is not unpacked", async () => {
    const [[name = "", content] = []] = [...(await exported("keras"))];
    const members = unzipSync(content ?? new Uint8Array());
    const zipped = zipSync(members, { level: 0 });
    stateSize(zipped, "config.json", 0x7fffffff);
    expect(await notesOf(new Map([[name, zipped]]))).toContain("larger than what is read");
  });
});

test("a zip that says that its weights are more than its bytes can become is not unpacked", async () => {
  const [[name = "", content] = []] = [...(await exported("keras"))];
  const zipped = zipSync(unzipSync(content ?? new Uint8Array()));
  stateSize(zipped, "model.weights.h5", 0x7ffffffe);
  expect(await notesOf(new Map([[name, zipped]]))).toContain("larger than what is read");
});

test("a file that is in no format says by which option one is named", async () => {
  expect(await notesOf(new Map([["model.bin", strToU8("?")]]))).toContain("`--kind NAME` says");
});

describe("a `model.json`", () => {
  const layers = [{ class_name: "Dense", config: { name: "d", units: 1, batch_input_shape: [null, 2] } }];
  const topology = { class_name: "Sequential", config: { name: "s", layers } };
  const weights = [
    { name: "d/kernel", shape: [2, 1], dtype: "float32" },
    { name: "d/bias", shape: [1], dtype: "float32" },
  ];

  test("whose weights lie in another folder", async () => {
    const file = { modelTopology: topology, weightsManifest: [{ paths: ["../secret.bin"], weights }] };
    expect(await notesOf(jsonFile(file))).toContain("is named in another folder");
  });

  test("whose weights are not there, or too short", async () => {
    const file = { modelTopology: topology, weightsManifest: [{ paths: ["w.bin"], weights }] };
    expect(await notesOf(jsonFile(file))).toContain("is not beside it");
    const short = new Map([...jsonFile(file), ["w.bin", new Uint8Array(8)]]);
    expect(await notesOf(short)).toContain("the files of weights end before");
    const long = new Map([...jsonFile(file), ["w.bin", new Uint8Array(16)]]);
    expect(await notesOf(long)).toContain("are 16 bytes, and the file describes 12");
  });

  test("without weights, or of operations", async () => {
    expect(await notesOf(jsonFile({ modelTopology: topology }))).toContain("names no weights");
    expect(await notesOf(jsonFile({ format: "graph-model", modelTopology: { node: [] } }))).toContain(
      "is a graph model",
    );
  });

  test("that names a file of weights many times", async () => {
    const paths = Array.from({ length: 100_000 }, () => "w.bin");
    const file = { modelTopology: topology, weightsManifest: [{ paths, weights }] };
    const files = new Map([...jsonFile(file), ["w.bin", new Uint8Array(12)]]);
    expect(await notesOf(files)).toContain("`w.bin` is named twice");
  });

  test("of joins in branches of joins", async () => {
    const added = Array.from({ length: 2000 }, (_, i) => [
      {
        class_name: "ReLU",
        name: `relu ${i}`,
        config: {},
        inbound_nodes: [[[i === 0 ? "x" : `add ${i - 1}`, 0, 0, {}]]],
      },
      {
        class_name: "Add",
        name: `add ${i}`,
        config: {},
        inbound_nodes: [
          [
            [`relu ${i}`, 0, 0, {}],
            ["x", 0, 0, {}],
          ],
        ],
      },
    ]).flat();
    const input = {
      class_name: "InputLayer",
      name: "x",
      config: { batch_input_shape: [null, 2] },
      inbound_nodes: [],
    };
    const model = {
      class_name: "Functional",
      config: {
        name: "m",
        layers: [input, ...added],
        input_layers: [["x", 0, 0]],
        output_layers: [["add 1999", 0, 0]],
      },
    };
    const file = { modelTopology: model, weightsManifest: [{ paths: [], weights: [] }] };
    expect(await notesOf(jsonFile(file))).toContain("joins branches within branches, more than 100 deep");
  });

  test("that nests lists without end", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const bytes = strToU8(`{"modelTopology": ${deep}, "weightsManifest": []}`);
    expect(await notesOf(new Map([["model.json", bytes]]))).toContain("is no JSON");
  });

  test("of models that call models", async () => {
    const called = (inner: unknown, name: string) => ({
      class_name: "Functional",
      config: {
        name,
        layers: [
          {
            class_name: "InputLayer",
            name: "x",
            config: { batch_input_shape: [null, 2] },
            inbound_nodes: [],
          },
          {
            ...Object(inner),
            name: "inner",
            inbound_nodes: Array.from({ length: 9 }, (_, i) => [
              [i === 0 ? "x" : "inner", i === 0 ? 0 : i - 1, 0, {}],
            ]),
          },
        ],
        input_layers: [["x", 0, 0]],
        output_layers: [["inner", 8, 0]],
      },
    });
    let model: unknown = { class_name: "Identity", config: { name: "inner" } };
    for (let depth = 0; depth < 14; depth++) model = called(model, "inner");
    const file = { modelTopology: model, weightsManifest: [{ paths: [], weights: [] }] };
    expect(await notesOf(jsonFile(file))).toContain("calls layers more than");
  });

  test("that names all it is not understood for at once", async () => {
    const strange = ["Lambda", "Conv3D", "Spectral"].map((class_name, i) => ({
      class_name,
      config: { name: `layer ${i}`, ...(i === 0 ? { batch_input_shape: [null, 2] } : {}) },
    }));
    const file = {
      modelTopology: { class_name: "Sequential", config: { name: "s", layers: strange } },
      weightsManifest: [{ paths: [], weights: [] }],
    };
    const notes = await notesOf(jsonFile(file));
    expect(notes).toContain("3 parts of it are not understood");
    expect(notes).toContain("Layer `layer 0` (Lambda) is code of its own");
    expect(notes).toContain("Layer `layer 2` (Spectral) is a layer that Netwright has no form of");
  });
});

describe("an export of ours that was edited", () => {
  test("has the weights that it has now, which is said", async () => {
    const files = await exported("tfjs");
    const weights = files.get("weights.bin")?.slice() ?? new Uint8Array();
    new DataView(weights.buffer).setFloat32(weights.length - 4, 5, true);
    const { own, warnings, bundle } = await importModel(new Map([...files, ["weights.bin", weights]]));
    expect(own).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(["NW0884"]);
    expect(bundle.record.status).toBe("imported");
  });

  test("is imported by its layers, where these are others", async () => {
    const files = await exported("tfjs");
    const json = new TextDecoder().decode(files.get("model.json")).replaceAll("dense_1", "other");
    const { own, warnings, net } = await importModel(new Map([...files, ["model.json", strToU8(json)]]));
    expect(own).toBe(false);
    expect(warnings.map(({ code }) => code)).toEqual(["NW0884"]);
    expect(net).toContain("dense(4, relu)");
  });
});

/** Has the directory at the end of a zip say another size of a part of it. */
function stateSize(zipped: Uint8Array<ArrayBuffer>, part: string, size: number): void {
  const view = new DataView(zipped.buffer);
  for (let at = 0; at + 46 < zipped.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const own = new TextDecoder().decode(zipped.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
    if (own === part) view.setUint32(at + 24, size, true);
  }
}
