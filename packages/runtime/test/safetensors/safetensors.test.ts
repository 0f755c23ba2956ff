// The safetensors format: bytes as specified, everything read back to the bit, and damaged files refused.

import { describe, expect, test } from "@jest/globals";
import { readSafetensors, type Tensors, writeSafetensors } from "@netwright/runtime";
import fc from "fast-check";

/** A file from a header that need not be valid, and `length` bytes of elements. */
function fileOf(header: string | Uint8Array, length: number, statedLength?: bigint): Uint8Array {
  const bytes = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + bytes.length + length);
  new DataView(file.buffer).setBigUint64(0, statedLength ?? BigInt(bytes.length), true);
  file.set(bytes, 8);
  return file;
}

function problemsOf(bytes: Uint8Array): { codes: string[]; message: string } {
  const result = readSafetensors(bytes, "m.safetensors");
  if (result.ok) throw new Error("the file was accepted");
  return {
    codes: result.problems.map(({ code }) => code),
    message: result.problems.map(({ message }) => message).join(" "),
  };
}

const tensors: Tensors = new Map([
  ["w", { shape: [2, 2], data: Float32Array.of(1, -2, 0.5, Number.NaN) }],
  ["a", { shape: [3], data: Uint32Array.of(0, 1, 0xffffffff) }],
  ["step", { shape: [], data: Int32Array.of(-7) }],
]);

describe("writeSafetensors", () => {
  test("writes the length, the header padded with spaces, and the elements, sorted by name", () => {
    const bytes = writeSafetensors({ tensors, metadata: { z: "1", b: "é" } });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(header.trimEnd()).toBe(
      '{"__metadata__":{"b":"é","z":"1"},' +
        '"a":{"dtype":"U32","shape":[3],"data_offsets":[0,12]},' +
        '"step":{"dtype":"I32","shape":[],"data_offsets":[12,16]},' +
        '"w":{"dtype":"F32","shape":[2,2],"data_offsets":[16,32]}}',
    );
    expect(length % 8).toBe(0);
    expect([...bytes.subarray(8 + length, 8 + length + 16)]).toEqual([
      0, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255, 249, 255, 255, 255,
    ]);
    expect(bytes).toHaveLength(8 + length + 32);
  });

  test("equal content gives equal bytes, in whatever order it comes", () => {
    const reversed = new Map([...tensors].reverse());
    expect(writeSafetensors({ tensors: reversed, metadata: { b: "2", a: "1" } })).toEqual(
      writeSafetensors({ tensors, metadata: { a: "1", b: "2" } }),
    );
  });

  test("names that look like numbers stay in order", () => {
    const numbered: Tensors = new Map(
      ["b", "10", "2"].map((name) => [name, { shape: [0], data: new Float32Array(0) }]),
    );
    const text = new TextDecoder().decode(writeSafetensors({ tensors: numbered, metadata: {} }));
    expect(text.indexOf('"10"')).toBeLessThan(text.indexOf('"2"'));
    expect(text.indexOf('"2"')).toBeLessThan(text.indexOf('"b"'));
  });

  test("a shape that does not fit and a reserved name are mistakes of the caller", () => {
    const wrong: Tensors = new Map([["w", { shape: [3], data: Float32Array.of(1) }]]);
    expect(() => writeSafetensors({ tensors: wrong, metadata: {} })).toThrow("w has 1 elements");
    const reserved: Tensors = new Map([["__metadata__", { shape: [1], data: Float32Array.of(1) }]]);
    expect(() => writeSafetensors({ tensors: reserved, metadata: {} })).toThrow(RangeError);
  });
});

describe("readSafetensors", () => {
  test("gives back what was written, to the bit", () => {
    const tensor = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => {
        const words = new Uint32Array(bytes.slice(0, bytes.length - (bytes.length % 4)).buffer);
        return new Float32Array(words.buffer);
      }),
      fc.int32Array({ maxLength: 9 }),
      fc.uint32Array({ maxLength: 9 }),
    );
    const names = fc.string({ unit: "grapheme", maxLength: 8 }).filter((name) => name !== "__metadata__");
    const metadata = fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ unit: "grapheme" }), {
      maxKeys: 4,
    });
    fc.assert(
      fc.property(fc.dictionary(names, tensor, { maxKeys: 5 }), metadata, (named, texts) => {
        const written: Tensors = new Map(
          Object.entries(named).map(([name, data]) => [name, { shape: [1, data.length], data }]),
        );
        const bytes = writeSafetensors({ tensors: written, metadata: texts });
        const read = readSafetensors(bytes, "m");
        if (!read.ok) throw new Error(read.problems[0]?.message);
        expect({ ...read.value.metadata }).toEqual({ ...texts });
        expect(read.value.tensors.size).toBe(written.size);
        for (const [name, { data, shape }] of written) {
          const found = read.value.tensors.get(name);
          expect(found?.shape).toEqual(shape);
          expect(found?.data.constructor).toBe(data.constructor);
          const bits = (array: typeof data | undefined) => array && new Uint32Array(array.slice().buffer);
          expect(bits(found?.data)).toEqual(bits(data));
        }
        expect(writeSafetensors(read.value)).toEqual(bytes);
      }),
    );
  });

  test("reads from the middle of a larger buffer, at any alignment", () => {
    const bytes = writeSafetensors({ tensors, metadata: {} });
    const buffer = new Uint8Array(bytes.length + 5);
    buffer.set(bytes, 3);
    const read = readSafetensors(buffer.subarray(3, 3 + bytes.length), "m");
    expect(read).toEqual({ ok: true, value: { tensors: new Map([...tensors].sort()), metadata: {} } });
  });

  test("every cut of a file is noticed", () => {
    const bytes = writeSafetensors({ tensors, metadata: { a: "b" } });
    for (let length = 0; length < bytes.length; length++) {
      expect(problemsOf(bytes.slice(0, length)).codes).toEqual(["NW0822"]);
    }
    expect(problemsOf(bytes.slice(0, -1)).message).toBe(
      "`m.safetensors` is cut short: its tensors should have 32 bytes, and 31 are there.",
    );
  });

  test("a header that claims to be huge is refused before anything is allocated", () => {
    expect(problemsOf(fileOf("{}", 0, 2n ** 63n)).codes).toEqual(["NW0823"]);
    expect(problemsOf(fileOf("{}", 0, 100_000_001n)).message).toContain(
      "says that its header has 100000001 bytes",
    );
    expect(problemsOf(fileOf("{}", 0, 100_000_000n)).codes).toEqual(["NW0822"]);
  });

  const f32 = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
    dtype: "F32",
    shape,
    data_offsets: [begin, end],
  });
  test.each<{ name: string; header: unknown; length: number; code: string; message: string }>([
    { name: "not an object", header: [1], length: 0, code: "NW0823", message: "is not a JSON object" },
    {
      name: "overlap",
      header: { a: f32(0, 8), b: f32(4, 12) },
      length: 12,
      code: "NW0824",
      message: "`b` overlaps",
    },
    {
      name: "same place twice",
      header: { a: f32(0, 8), b: f32(0, 8) },
      length: 8,
      code: "NW0824",
      message: "overlaps",
    },
    {
      name: "inside another",
      header: { a: f32(0, 12), b: f32(4, 8) },
      length: 12,
      code: "NW0824",
      message: "overlaps",
    },
    {
      name: "gap",
      header: { a: f32(0, 4), b: f32(8, 12) },
      length: 12,
      code: "NW0824",
      message: "leaves a gap",
    },
    {
      name: "gap at the start",
      header: { a: f32(4, 8) },
      length: 8,
      code: "NW0824",
      message: "starts at byte 4, not 0",
    },
    {
      name: "bytes left over",
      header: { a: f32(0, 4) },
      length: 6,
      code: "NW0824",
      message: "has 2 bytes after",
    },
    {
      name: "shape against bytes",
      header: { a: f32(0, 8, [3]) },
      length: 8,
      code: "NW0823",
      message: "needs 12",
    },
    {
      name: "a shape beyond all numbers",
      header: { a: f32(0, 8, [2 ** 52, 2 ** 52]) },
      length: 8,
      code: "NW0823",
      message: "has 8 bytes",
    },
    {
      name: "offsets reversed",
      header: { a: f32(8, 4, [1]) },
      length: 8,
      code: "NW0823",
      message: "rising order",
    },
    {
      name: "three offsets",
      header: { a: { dtype: "F32", shape: [1], data_offsets: [0, 4, 8] } },
      length: 4,
      code: "NW0823",
      message: "two numbers",
    },
    {
      name: "negative shape",
      header: { a: f32(0, 4, [-1]) },
      length: 4,
      code: "NW0823",
      message: "`shape` of whole numbers",
    },
    {
      name: "fractional offset",
      header: { a: f32(0.5, 4.5, [1]) },
      length: 5,
      code: "NW0823",
      message: "`data_offsets` of whole",
    },
    {
      name: "no type",
      header: { a: { shape: [1], data_offsets: [0, 4] } },
      length: 4,
      code: "NW0823",
      message: "has no `dtype`",
    },
    {
      name: "another type",
      header: { a: { dtype: "BF16", shape: [2], data_offsets: [0, 4] } },
      length: 4,
      code: "NW0825",
      message: "the type BF16; known are F32, I32, U32",
    },
    {
      name: "an inherited type",
      header: { a: { dtype: "toString", shape: [1], data_offsets: [0, 4] } },
      length: 4,
      code: "NW0825",
      message: "toString",
    },
    {
      name: "a tensor that is a number",
      header: { a: 5 },
      length: 0,
      code: "NW0823",
      message: "is not described by a JSON object",
    },
    {
      name: "metadata of numbers",
      header: { __metadata__: { a: 1 } },
      length: 0,
      code: "NW0823",
      message: "must map names to texts",
    },
  ])("refuses: $name", ({ header, length, code, message }) => {
    const found = problemsOf(fileOf(JSON.stringify(header), length));
    expect(found.codes).toEqual([code]);
    expect(found.message).toContain(message);
  });

  test("refuses a header that is not JSON or not UTF-8", () => {
    expect(problemsOf(fileOf('{"a":', 0)).message).toContain("is not JSON in UTF-8");
    expect(problemsOf(fileOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), 0)).message).toContain(
      "is not JSON in UTF-8",
    );
  });

  test("reports every tensor that is wrong", () => {
    const header = { a: { dtype: "F16", shape: [2], data_offsets: [0, 4] }, b: f32(4, 8, [3]) };
    expect(problemsOf(fileOf(JSON.stringify(header), 8)).codes).toEqual(["NW0825", "NW0823"]);
  });

  test("a tensor called __proto__ is a tensor", () => {
    const odd: Tensors = new Map([["__proto__", { shape: [1], data: Float32Array.of(3) }]]);
    const read = readSafetensors(writeSafetensors({ tensors: odd, metadata: {} }), "m");
    expect(read).toEqual({ ok: true, value: { tensors: odd, metadata: {} } });
  });
});
