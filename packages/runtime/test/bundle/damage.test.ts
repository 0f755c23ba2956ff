// Runs that were damaged, mixed up or made up: none is taken for what it is not, and each is refused with a problem.

import { createHash } from "node:crypto";
import { describe, expect, jest, test } from "@jest/globals";
import {
  bundleToFiles,
  filesToBundle,
  type RunBundle,
  type RunFiles,
  readCheckpoint,
  readModelFile,
  readSafetensors,
  writeSafetensors,
} from "@netwright/runtime";
import { smallBundle } from "../fixtures/small-bundle.ts";

// On a machine with other things to do.
jest.setTimeout(60_000);

const completed = await smallBundle();
const interrupted = await smallBundle(3);
const files = bundleToFiles(interrupted.bundle, interrupted.variables);
const names = ["model.safetensors", "record.json", "history.jsonl", "checkpoint.safetensors"] as const;

function bytesOf(name: string, from: RunFiles = files): Uint8Array {
  const bytes = from.get(name);
  if (bytes === undefined) throw new Error(name);
  return bytes;
}

function messagesOf(given: RunFiles): string[] {
  const read = filesToBundle(given);
  if (read.ok) throw new Error("the files were accepted");
  return read.problems.map(({ code, message }) => `${code} ${message}`);
}

/** The text of the file, changed, and with hashes that fit again: what somebody can make on purpose. */
function forgedRecord(change: (record: Record<string, never>) => object, from: RunFiles = files): RunFiles {
  const { seal: _, ...record } = JSON.parse(new TextDecoder().decode(bytesOf("record.json", from)));
  const open = `${JSON.stringify({ ...change(record), seal: "0".repeat(64) }, null, 2)}\n`;
  const seal = createHash("sha256").update(open).digest("hex");
  return new Map(from).set("record.json", new TextEncoder().encode(open.replace("0".repeat(64), seal)));
}

function forgedTensors(name: string, change: (metadata: Record<string, string>) => object): Uint8Array {
  const read = readSafetensors(bytesOf(name), name);
  if (!read.ok) throw new Error(name);
  const { tensors, metadata } = read.value;
  const open = { ...metadata, ...change({ ...metadata }), "netwright.seal": "0".repeat(64) };
  const bytes = Buffer.from(writeSafetensors({ tensors, metadata: open }));
  const seal = createHash("sha256").update(bytes).digest("hex");
  bytes.write(seal, bytes.indexOf('"netwright.seal":"') + 18, "latin1");
  return Uint8Array.from(bytes);
}

describe("damage", () => {
  test.each(names)("any bit of %s that is another one", (name) => {
    const bytes = Uint8Array.from(bytesOf(name));
    const changed = new Map(files).set(name, bytes);
    for (let i = 0; i < bytes.length; i++) {
      const bit = 1 << ((i * 5) % 8);
      bytes[i] = (bytes[i] ?? 0) ^ bit;
      expect({ i, ok: filesToBundle(changed).ok }).toEqual({ i, ok: false });
      bytes[i] = (bytes[i] ?? 0) ^ bit;
    }
    expect(filesToBundle(changed).ok).toBe(true);
  });

  test.each(names)("a beginning of %s, and more behind its end", (name) => {
    const bytes = bytesOf(name);
    for (let i = 0; i < bytes.length; i += 7) {
      expect(filesToBundle(new Map(files).set(name, bytes.subarray(0, i))).ok).toBe(false);
    }
    const longer = new Map(files).set(name, Uint8Array.of(...bytes, 0x20));
    expect(filesToBundle(longer).ok).toBe(false);
  });

  test("is told by the file that has it", () => {
    const record = new TextDecoder().decode(bytesOf("record.json")).replace('"seed": 3', '"seed": 4');
    expect(messagesOf(new Map(files).set("record.json", new TextEncoder().encode(record)))).toEqual([
      "NW0829 `record.json` is not as it was written: its hash is another one than it holds.",
    ]);
    const weights = Uint8Array.from(bytesOf("model.safetensors"));
    weights[weights.length - 2] = (weights.at(-2) ?? 0) ^ 1;
    expect(messagesOf(new Map(files).set("model.safetensors", weights))).toEqual([
      "NW0829 `model.safetensors` is not as it was written: its hash is another one than it holds.",
    ]);
    const history = new TextDecoder().decode(bytesOf("history.jsonl")).replace(/"loss":\d/, '"loss":7');
    expect(messagesOf(new Map(files).set("history.jsonl", new TextEncoder().encode(history)))).toEqual([
      "NW0828 `history.jsonl` is not the one that `record.json` describes: their hashes differ.",
    ]);
  });

  test("shows in a model and a checkpoint that are read by themselves", () => {
    for (const [name, read] of [
      ["model.safetensors", readModelFile],
      ["checkpoint.safetensors", readCheckpoint],
    ] as const) {
      const bytes = Uint8Array.from(bytesOf(name));
      expect(read(bytes, name).ok).toBe(true);
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 4;
      expect(read(bytes, name)).toMatchObject({ ok: false, problems: [{ code: "NW0829" }] });
    }
  });

  test("is not what a program does that ends lines as Windows does", () => {
    const windows = new Map(files);
    for (const name of ["record.json", "history.jsonl"]) {
      const text = new TextDecoder().decode(bytesOf(name)).replaceAll("\n", "\r\n");
      windows.set(name, new TextEncoder().encode(text));
    }
    expect(filesToBundle(windows)).toEqual({ ok: true, value: interrupted.bundle });
  });
});

describe("files of several runs", () => {
  const others = bundleToFiles(completed.bundle, completed.variables);

  test.each(["model.safetensors", "history.jsonl"])("%s of another one", (name) => {
    expect(messagesOf(new Map(files).set(name, bytesOf(name, others)))).toEqual([
      `NW0828 \`${name}\` is not the one that \`record.json\` describes: their hashes differ.`,
    ]);
  });

  test("a checkpoint beside a run that has none, and the other way round", () => {
    const name = "checkpoint.safetensors";
    expect(messagesOf(new Map(others).set(name, bytesOf(name)))).toEqual([
      `NW0828 \`${name}\` is not the one that \`record.json\` describes: the run has none.`,
    ]);
    const without = new Map(files);
    without.delete(name);
    expect(messagesOf(without)).toEqual([`NW0821 The run has no \`${name}\`.`]);
  });

  test("a checkpoint of the same run, of a step before", async () => {
    const earlier = await smallBundle(1);
    const name = "checkpoint.safetensors";
    const bytes = bytesOf(name, bundleToFiles(earlier.bundle, earlier.variables));
    expect(messagesOf(new Map(files).set(name, bytes))[0]).toContain("their hashes differ");
  });

  test("a file that says it is of format 1, and so has no hash", () => {
    const read = readSafetensors(bytesOf("model.safetensors"), "m");
    if (!read.ok) throw new Error("m");
    const { "netwright.seal": _, ...metadata } = read.value.metadata;
    const old = { ...metadata, "netwright.format": "1" };
    const bytes = writeSafetensors({ tensors: read.value.tensors, metadata: old });
    expect(readModelFile(bytes, "m").ok).toBe(true);
    expect(messagesOf(new Map(files).set("model.safetensors", bytes))).toEqual([
      "NW0828 `model.safetensors` is not the one that `record.json` describes: their formats are different.",
    ]);
    const unsealed = writeSafetensors({ tensors: read.value.tensors, metadata });
    expect(readModelFile(unsealed, "m")).toMatchObject({ ok: false, problems: [{ code: "NW0829" }] });
  });
});

describe("a run that somebody made up", () => {
  test.each([
    "../../x",
    "..",
    ".hidden",
    "a/b",
    "a\\b",
    "c:x",
    "",
    "a\u0000b",
    "a\u001b[31m",
    "a\nb",
    "\u202etxt",
    "\ud800",
    "NUL",
    "com1.x",
    "x".repeat(201),
    "é".repeat(101),
    7,
    null,
    ["x"],
  ])("is not named %j", (name) => {
    expect(messagesOf(forgedRecord((record) => ({ ...record, name })))).toEqual([
      "NW0826 `record.json` cannot be read: `name` is not a name of a file without a folder.",
    ]);
    const model = forgedTensors("model.safetensors", () => ({ "netwright.name": JSON.stringify(name) }));
    expect(readModelFile(model, "m")).toMatchObject({
      ok: false,
      problems: [{ code: "NW0826", message: expect.stringContaining("`netwright.name` in `m`") }],
    });
  });

  test.each<[string, (record: Record<string, never>) => object, string]>([
    ["a seed of 33 bits", (r) => ({ ...r, seed: 2 ** 32 }), "`seed` is not a whole number below 4294967296"],
    ["a negative seed", (r) => ({ ...r, seed: -1 }), "`seed` is not a whole number below"],
    [
      "a path for a hash",
      (r) => ({ ...r, hash: { ...Object(r["hash"]), run: "../x" } }),
      "`hash.run` is not a hash of up to 64 hexadecimal digits",
    ],
    [
      "time that goes back",
      (r) => ({ ...r, seconds: { total: -1, train: 0 } }),
      "`seconds.total` is not a number from 0 on",
    ],
    [
      "more epochs than planned",
      (r) => ({ ...r, epochs: { ...Object(r["epochs"]), planned: 0 } }),
      "more epochs are completed than were planned",
    ],
    [
      "a best epoch that never was",
      (r) => ({ ...r, epochs: { ...Object(r["epochs"]), best: 9 } }),
      "epoch 9, the best one, is not among",
    ],
    [
      "files that are no hashes",
      (r) => ({ ...r, files: {} }),
      "`files.model.safetensors` is not 64 hexadecimal",
    ],
    ["a prototype for an object", (r) => ({ ...r, hash: { __proto__: { run: "1" } } }), "`hash.run` is not"],
    [
      "a key with an escape",
      (r) => ({ ...r, versions: { "\u001b[2J": 1 } }),
      "`versions.\\u001b[2J` is not a text",
    ],
    ["a long key", (r) => ({ ...r, versions: { ["x".repeat(1e6)]: 1 } }), "…xxxxxxxxxx` is not a text"],
  ])("has not %s", (_, change, message) => {
    const [first = "", ...more] = messagesOf(forgedRecord(change));
    expect(more).toEqual([]);
    expect(first).toContain("NW0826 `record.json` cannot be read");
    expect(first).toContain(message);
    expect(first.length).toBeLessThan(400);
  });

  test.each<[string, object, string]>([
    ["no source", { "netwright.sources": "[]" }, "it is not a list of at least one source"],
    [
      "a path that ends early",
      { "netwright.sources": '[{"path":"a\\u0000b","text":""}]' },
      "`[0].path` is not a path",
    ],
    ["a program that is no hash", { "netwright.ir_hash": '"../x"' }, "it is not a hash"],
    ["nested lists for a text", { "netwright.name": "[".repeat(1e5) }, "it is not valid JSON"],
  ])("has not a model with %s", (_, metadata, message) => {
    const read = readModelFile(
      forgedTensors("model.safetensors", () => metadata),
      "m",
    );
    expect(read).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining(message) }] });
  });

  test.each<[string, (header: Record<string, never>) => object, string]>([
    ["an epoch before the first", (h) => ({ ...h, epoch: 0 }), "`epoch` is 0, and `history` has 1 before it"],
    ["an epoch far ahead", (h) => ({ ...h, epoch: 1e15 }), "`epoch` is 1000000000000000"],
    ["another count of waiting", (h) => ({ ...h, waited: 3 }), "`waited` is 3"],
    [
      "epochs in another order",
      (h) => ({ ...h, history: [{ ...Object(h["history"])[0], epoch: 2 }] }),
      "in the place of epoch 1 there is epoch 2",
    ],
    ["a sum that is none", (h) => ({ ...h, lossSum: null }), "`lossSum` is not a number"],
    [
      "a best epoch to come",
      (h) => ({ ...h, best: { epoch: 5, loss: 1 } }),
      "`best.epoch` is 5, which is none of `history`",
    ],
  ])("has not a checkpoint with %s", (_, change, message) => {
    const bytes = forgedTensors("checkpoint.safetensors", (metadata) => ({
      "netwright.checkpoint": JSON.stringify(change(JSON.parse(metadata["netwright.checkpoint"] ?? ""))),
    }));
    const read = readCheckpoint(bytes, "c");
    expect(read).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining(message) }] });
  });

  test("says which release reads a newer one, unless that could be more than a version", () => {
    const notes = (netwright: string) => {
      const newer = forgedRecord((record) => ({ ...record, format: 3, versions: { netwright } }));
      const read = filesToBundle(newer);
      return read.ok ? [] : read.problems.map(({ code, notes }) => [code, ...notes]);
    };
    expect(notes("0.7.2")).toEqual([
      [
        "NW0827",
        "Netwright 0.7.2 wrote it and reads it, as newer releases do: `npm install netwright@0.7.2`.",
      ],
    ]);
    expect(notes("0.7.2; rm -r x")).toEqual([
      ["NW0827", "Use the release that wrote it, or a newer one: `npm install netwright@latest`."],
    ]);
  });

  test("changes no object of the program", () => {
    const text = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${new TextDecoder().decode(bytesOf("record.json")).slice(1)}`;
    filesToBundle(new Map(files).set("record.json", new TextEncoder().encode(text)));
    const overrides: Record<string, string> = JSON.parse('{"__proto__":"1","constructor":"2"}');
    const bundle: RunBundle = {
      ...completed.bundle,
      model: { ...completed.bundle.model, overrides },
      record: { ...completed.bundle.record, overrides },
    };
    const read = filesToBundle(bundleToFiles(bundle, completed.variables));
    expect(read.ok && Object.entries(read.value.model.overrides)).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
