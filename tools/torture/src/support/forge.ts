// The files of a run with a part of what they say changed, and if wanted hashes that fit again: what a stranger may send.

import { createHash } from "node:crypto";
import {
  type RunFiles,
  readSafetensors,
  runFileNames,
  type TensorFile,
  writeSafetensors,
} from "@netwright/runtime";
import type { Random } from "../random.ts";
import { oddJson } from "./odd-json.ts";

const SEAL = "netwright.seal";
const OPEN = "0".repeat(64);

/** One place of one file changed. */
export function withOddPlace(files: RunFiles, name: string, random: Random): RunFiles {
  const bytes = files.get(name) ?? new Uint8Array();
  if (name === runFileNames.record) return replaced(files, name, jsonText(oddJson(jsonOf(bytes), random)));
  if (name === runFileNames.history) {
    const lines = textOf(bytes).trimEnd().split("\n");
    const at = random.below(lines.length);
    const line = JSON.stringify(oddJson(JSON.parse(lines[at] ?? "null"), random));
    return replaced(files, name, `${lines.map((one, i) => (i === at ? line : one)).join("\n")}\n`);
  }
  const file = tensorsOf(bytes, name);
  return new Map(files).set(
    name,
    writeSafetensors(random.chance(0.2) ? oddTensors(file, random) : oddMetadata(file, random)),
  );
}

const LARGE: ReadonlySet<string> = new Set(["netwright.model", "netwright.encoders", "netwright.checkpoint"]);

function oddMetadata({ tensors, metadata }: TensorFile, random: Random): TensorFile {
  const keys = Object.keys(metadata);
  // Most is in these.
  const large = keys.filter((one) => LARGE.has(one));
  const among = large.length > 0 && random.chance(0.6) ? large : keys;
  const key = among[random.below(among.length)] ?? "";
  const text = metadata[key] ?? "";
  return { tensors, metadata: { ...metadata, [key]: oddText(text, random) } };
}

/** Changed inside where it is JSON. */
function oddText(text: string, random: Random): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return String(oddJson(text, random));
  }
  return JSON.stringify(oddJson(value, random)) ?? "";
}

function oddTensors({ tensors, metadata }: TensorFile, random: Random): TensorFile {
  const names = [...tensors.keys()];
  const name = names[random.below(names.length)] ?? "";
  const changed = new Map(tensors);
  const tensor = tensors.get(name);
  if (tensor === undefined) return { tensors, metadata };
  const { data, shape } = tensor;
  const more = random.pick(["gone", "renamed", "flat", "ints", "longer", "numbers"]);
  if (more === "gone") changed.delete(name);
  if (more === "renamed") {
    changed.delete(name);
    changed.set(random.pick(["__proto__", "x", "state/__proto__", "\u001b[2J"]), tensor);
  }
  if (more === "flat") changed.set(name, { shape: [data.length], data });
  if (more === "ints") changed.set(name, { shape, data: Int32Array.from(data) });
  if (more === "longer")
    changed.set(name, { shape: [data.length + 1], data: new Float32Array(data.length + 1) });
  if (more === "numbers") {
    const odd = Float32Array.from(data);
    odd[random.below(odd.length)] = random.pick([Number.NaN, Number.POSITIVE_INFINITY, 1e38, 0]);
    changed.set(name, { shape, data: odd });
  }
  return { tensors: changed, metadata };
}

/** With the hashes that belong to what the files hold now; files that are damaged otherwise stay as they are. */
export function sealed(files: RunFiles): RunFiles {
  const { model, history, checkpoint, record } = runFileNames;
  const result = new Map(files);
  const hashes: Record<string, string> = {};
  for (const name of [model, checkpoint]) {
    const bytes = result.get(name);
    if (bytes === undefined) continue;
    const { tensors, metadata } = tensorsOf(bytes, name);
    const open = Buffer.from(writeSafetensors({ tensors, metadata: { ...metadata, [SEAL]: OPEN } }));
    const seal = hashOf(open);
    const before = `"${SEAL}":"`;
    open.write(seal, open.indexOf(before) + before.length, "latin1");
    result.set(name, Uint8Array.from(open));
    hashes[name] = seal;
  }
  hashes[history] = hashOf(result.get(history) ?? new Uint8Array());
  const said = jsonOf(result.get(record) ?? new Uint8Array());
  if (typeof said !== "object" || said === null || Array.isArray(said)) return result;
  const { seal: _, files: __, ...others } = { seal: null, files: null, ...said };
  const text = jsonText({ ...others, files: hashes, seal: OPEN });
  const at = text.lastIndexOf(OPEN);
  return replaced(result, record, text.slice(0, at) + hashOf(text) + text.slice(at + OPEN.length));
}

/** As format 1 had them: without hashes. */
export function asFormat1(files: RunFiles): RunFiles {
  const { model, checkpoint, record } = runFileNames;
  const result = new Map(files);
  for (const name of [model, checkpoint]) {
    const bytes = result.get(name);
    if (bytes === undefined) continue;
    const { tensors, metadata } = tensorsOf(bytes, name);
    const { [SEAL]: _, ...rest } = metadata;
    const key = name === model ? "netwright.format" : "netwright.checkpoint";
    const old = name === model ? "1" : JSON.stringify({ ...JSON.parse(rest[key] ?? "null"), format: 1 });
    result.set(name, writeSafetensors({ tensors, metadata: { ...rest, [key]: old } }));
  }
  const { seal: _, files: __, ...rest } = Object(jsonOf(result.get(record) ?? new Uint8Array()));
  return replaced(result, record, jsonText({ ...rest, format: 1 }));
}

function tensorsOf(bytes: Uint8Array, name: string): TensorFile {
  const read = readSafetensors(bytes, name);
  if (!read.ok) throw new Error(`${name} is no subject of forging`);
  return read.value;
}

function replaced(files: RunFiles, name: string, text: string): RunFiles {
  return new Map(files).set(name, new TextEncoder().encode(text));
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(textOf(bytes));
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
