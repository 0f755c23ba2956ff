// The weights of a `model.json`: which files they lie in, and what of these is which tensor.

import { halfOf } from "@netwright/data";
import type { FloatTensor } from "../../model/layouts.ts";
import type { ForeignFiles, NotUnderstood } from "../foreign-model.ts";
import { type JsonObject, listIn, numberIn, objectIn, parsed, textIn } from "../keras/json.ts";
import type { ListedWeight } from "../keras/weights.ts";
import { isPlainFile } from "../plain-file.ts";

export function weightFiles(bytes: Uint8Array): readonly string[] {
  const json = parsed(new TextDecoder().decode(bytes));
  return [...new Set(groupsIn(json).flatMap(({ paths }) => paths.filter(isPlainFile)))];
}

interface Group {
  readonly paths: readonly string[];
  readonly weights: readonly unknown[];
}

function groupsIn(json: unknown): readonly Group[] {
  return (listIn(json, "weightsManifest") ?? []).map((group) => ({
    paths: (listIn(group, "paths") ?? []).filter((path): path is string => typeof path === "string"),
    weights: listIn(group, "weights") ?? [],
  }));
}

/** All tensors in order, or what is wrong with the files. */
export function listedWeights(
  json: unknown,
  files: ForeignFiles,
): { readonly listed: readonly ListedWeight[] } | { readonly refused: readonly NotUnderstood[] } {
  const listed: ListedWeight[] = [];
  const refused: NotUnderstood[] = [];
  const groups = groupsIn(json);
  if (groups.length === 0)
    refused.push({
      what: "The file",
      why: "names no weights, and a network without them predicts at random",
    });
  const taken = new Set<string>();
  for (const { paths, weights } of groups) {
    // A file is read once: a list of many times the same one would be joined to more than a memory holds.
    const again = paths.find((path) => taken.size === taken.add(path).size);
    if (again !== undefined) {
      refused.push({
        what: `The file of weights \`${again.slice(0, 200)}\``,
        why: "is named twice, and a file has each part of the weights once",
      });
      break;
    }
    const parts = paths.map((path) => ({ path, bytes: isPlainFile(path) ? files.get(path) : undefined }));
    const lacking = parts.filter(({ bytes }) => bytes === undefined);
    for (const { path } of lacking)
      refused.push({
        what: `The file of weights \`${path.slice(0, 200)}\``,
        why: isPlainFile(path)
          ? "is not beside it"
          : "is named in another folder, and only the one of `model.json` is read",
      });
    if (lacking.length > 0) continue;
    const bytes = joined(parts.flatMap(({ bytes: own }) => own ?? []));
    let start = 0;
    for (const weight of weights) {
      const read = tensorAt(weight, bytes, start);
      if ("why" in read) {
        refused.push(read);
        break;
      }
      start = read.end;
      listed.push({ name: read.name, tensor: read.tensor });
    }
    if (refused.length === 0 && start !== bytes.length)
      refused.push({
        what: `The weights in \`${paths.join("`, `").slice(0, 200)}\``,
        why: `are ${bytes.length} bytes, and the file describes ${start}`,
      });
  }
  return refused.length > 0 ? { refused } : { listed };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

type Read = { readonly name: string; readonly tensor: FloatTensor; readonly end: number };

type Element = "float32" | "float16" | "int32" | "uint8" | "uint16" | "bool";

const BYTES: { readonly [E in Element]: number } = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint8: 1,
  uint16: 2,
  bool: 1,
};

function isElement(name: string): name is Element {
  return Object.hasOwn(BYTES, name);
}

function tensorAt(weight: unknown, bytes: Uint8Array, start: number): Read | NotUnderstood {
  const name = textIn(weight, "name") ?? "";
  const what = `The weight \`${name.slice(0, 200)}\``;
  const shape = listIn(weight, "shape") ?? [];
  if (
    !shape.every(
      (size): size is number => typeof size === "number" && Number.isSafeInteger(size) && size >= 0,
    )
  )
    return { what, why: "has no shape" };
  const quantization = objectIn(weight, "quantization");
  const dtype = textIn(quantization, "dtype") ?? textIn(weight, "dtype") ?? "";
  if (!isElement(dtype)) return { what, why: `holds \`${dtype.slice(0, 40)}\`, which is not read` };
  const count = shape.reduce((product, size) => product * size, 1);
  const end = start + count * BYTES[dtype];
  if (!Number.isSafeInteger(end) || end > bytes.length)
    return { what, why: `has ${count} numbers, and the files of weights end before` };
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = valueAt(view, i, dtype, quantization);
  return { name, tensor: { shape, data }, end };
}

function valueAt(view: DataView, i: number, dtype: Element, quantization: JsonObject | null): number {
  switch (dtype) {
    case "float32":
      return view.getFloat32(4 * i, true);
    case "int32":
      return view.getInt32(4 * i, true);
    case "float16":
      return halfOf(view.getUint16(2 * i, true));
    case "uint16":
      return scaled(view.getUint16(2 * i, true), quantization);
    case "uint8":
    case "bool":
      return scaled(view.getUint8(i), quantization);
  }
}

function scaled(value: number, quantization: JsonObject | null): number {
  if (quantization === null) return value;
  return value * (numberIn(quantization, "scale") ?? 1) + (numberIn(quantization, "min") ?? 0);
}
