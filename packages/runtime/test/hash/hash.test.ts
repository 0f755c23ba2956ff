// Hashes: known answers, and what they must and must not depend on.

import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { hashBytes, hashText, runHash, splitsHash, type Tensors, weightsHash } from "@netwright/runtime";
import { smallSplits } from "../fixtures/small-splits.ts";

test("hashText and hashBytes are SHA-256 in hexadecimal", () => {
  // FIPS 180-2, appendix B.1.
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(hashText("abc")).toBe(abc);
  expect(hashBytes(Uint8Array.of(0x61, 0x62, 0x63))).toBe(abc);
});

describe("weightsHash", () => {
  const kernel = { shape: [2, 1], data: Float32Array.of(1, -2) };
  const bias = { shape: [1], data: Float32Array.of(0.5) };
  const tensors: Tensors = new Map([
    ["kernel", kernel],
    ["bias", bias],
  ]);

  test("is over the documented bytes", () => {
    const hash = createHash("sha256");
    hash.update('["bias","f32",[1]]\n').update(Uint8Array.of(0, 0, 0, 0x3f));
    hash.update('["kernel","f32",[2,1]]\n').update(Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0));
    expect(weightsHash(tensors)).toBe(hash.digest("hex"));
  });

  test("does not depend on the order, and does on names, types, shapes and every bit", () => {
    const of = (...entries: [string, Tensors extends ReadonlyMap<string, infer T> ? T : never][]) =>
      weightsHash(new Map(entries));
    const hash = of(["kernel", kernel], ["bias", bias]);
    expect(of(["bias", bias], ["kernel", kernel])).toBe(hash);
    const others = [
      of(["kernel", kernel]),
      of(["kernel", kernel], ["bias2", bias]),
      of(["kernel", { ...kernel, shape: [1, 2] }], ["bias", bias]),
      of(["kernel", kernel], ["bias", { shape: [1], data: new Int32Array(bias.data.buffer) }]),
      of(["kernel", { ...kernel, data: Float32Array.of(1, -2.0000002) }], ["bias", bias]),
      of(["kernel", { ...kernel, data: Float32Array.of(-2, 1) }], ["bias", bias]),
    ];
    expect(new Set([hash, ...others]).size).toBe(others.length + 1);
  });
});

test("splitsHash is over the documented bytes", () => {
  const words = { name: "word", width: 1, data: Uint32Array.of(7, 8) };
  const train = { ...smallSplits(2, 0, 0).train, others: [words] };
  const hash = createHash("sha256").update('["train",2,4,2]\n').update(train.rowNumbers).update(train.x);
  hash.update('["word",1]\n').update(words.data).update(train.y).update(train.target);
  const { validation, test } = smallSplits(2, 0, 0);
  hash.update('["validation",0,0,0]\n').update('["test",0,0,0]\n');
  expect(splitsHash({ train, validation, test })).toBe(hash.digest("hex"));
});

test("splitsHash changes with any value, any row number and where the rows are", () => {
  const splits = smallSplits(5, 3, 2);
  const changed = (key: "x" | "y" | "target" | "rowNumbers") => {
    const copy = splits.test[key].slice();
    copy[1] = (copy[1] ?? 0) + 1;
    return splitsHash({ ...splits, test: { ...splits.test, [key]: copy } });
  };
  const hashes = [
    splitsHash(splits),
    changed("x"),
    changed("y"),
    changed("target"),
    changed("rowNumbers"),
    splitsHash({ ...splits, validation: splits.test, test: splits.validation }),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(splitsHash(smallSplits(5, 3, 2))).toBe(hashes[0]);
});

test("runHash depends on each part and not on the order of keys", () => {
  const identity = {
    ir: "1",
    data: "2",
    columns: "3",
    seed: 0,
    accumulate: 1,
    batch: 128,
    evaluateBatch: 256,
    epochs: 10,
    stop: { patience: 3, minDelta: 0 },
    backend: { name: "jit", versions: { a: "1", b: "2" } },
    versions: { netwright: "0.1.0" },
  };
  const reordered = {
    ...identity,
    stop: { minDelta: 0, patience: 3 },
    backend: { versions: { b: "2", a: "1" }, name: "jit" },
  };
  expect(runHash(reordered)).toBe(runHash(identity));
  const changes = [
    { ir: "x" },
    { data: "x" },
    { columns: "x" },
    { seed: 1 },
    { batch: 1 },
    { accumulate: 2 },
    { evaluateBatch: 1 },
    { epochs: 11 },
    { stop: null },
    { versions: {} },
    { told: { threshold: 0.3 } },
    { told: { clamps: ["y"] } },
    { told: { report: { interval: 0.9 } } },
  ];
  const hashes = changes.map((change) => runHash({ ...identity, ...change }));
  expect(new Set([...hashes, runHash(identity)]).size).toBe(changes.length + 1);
});
