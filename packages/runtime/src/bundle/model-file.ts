// `model.safetensors`: the weights, with everything a prediction needs in the file's metadata, so that the one
// file can be passed on. Python's `safetensors` reads it too.

import { type FittedEncoders, readEncoders, writeEncoders } from "@netwright/data";
import {
  dictionary,
  fileName,
  hash,
  invalid,
  list,
  nullable,
  number,
  object,
  path,
  type Reader,
  text,
} from "@netwright/definitions/json";
import { damaged, readJson } from "../json/read-json.ts";
import { fail, type Outcome, succeed } from "../problem/problem.ts";
import { readSafetensors } from "../safetensors/read.ts";
import type { Tensors } from "../tensors/tensors.ts";
import { RUN_FORMAT, versionProblem } from "./format-version.ts";
import { checkSeal, writeSealed } from "./sealed-tensors.ts";

/** One `.net` file. */
export interface SourceText {
  /** As in messages and in `use`. */
  readonly path: string;
  readonly text: string;
}

export type SettingValue = string | number | boolean | null;

export interface ModelFile {
  readonly name: string;
  /** The model's own file first, then those that it uses. */
  readonly sources: readonly SourceText[];
  /** As given by `--set`, `--seed` and `--epochs`, by setting. */
  readonly overrides: Readonly<Record<string, string>>;
  /**
   * The resolved model as JSON, so that the same version of Netwright need not read the sources again; null in files
   * that lack it. For others, the sources are what counts.
   */
  readonly model: string | null;
  /** The values of all `param`s after the overrides. */
  readonly resolved: Readonly<Record<string, SettingValue>>;
  /** `null` for a model without a `data` section. */
  readonly encoders: FittedEncoders | null;
  readonly irHash: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly weights: Tensors;
}

const PREFIX = "netwright.";

export function writeModelFile(model: ModelFile): Uint8Array {
  // Loaders of other libraries ask for `format` to know how the tensors are laid out.
  return writeSealed({ tensors: model.weights, metadata: { format: "netwright", ...modelTexts(model) } });
}

/** All but its weights as texts by their names: what files of other tools keep of it, where they have a place for text. */
export function modelTexts(model: Omit<ModelFile, "weights">): Readonly<Record<string, string>> {
  return {
    [`${PREFIX}format`]: String(RUN_FORMAT),
    [`${PREFIX}name`]: JSON.stringify(model.name),
    [`${PREFIX}sources`]: JSON.stringify(model.sources),
    [`${PREFIX}overrides`]: JSON.stringify(model.overrides),
    ...(model.model === null ? {} : { [`${PREFIX}model`]: model.model }),
    [`${PREFIX}resolved`]: JSON.stringify(model.resolved),
    [`${PREFIX}encoders`]: model.encoders === null ? "null" : writeEncoders(model.encoders),
    [`${PREFIX}ir_hash`]: JSON.stringify(model.irHash),
    [`${PREFIX}versions`]: JSON.stringify(model.versions),
  };
}

const settingValue: Reader<SettingValue> = (value, path, complain) =>
  typeof value === "boolean"
    ? value
    : typeof value === "string"
      ? value
      : nullable(number)(value, path, complain);

/** The model's own file and those that it uses. */
const sourcesReader: Reader<readonly SourceText[]> = (value, where, complain) => {
  const sources = list(object<SourceText>({ path, text }))(value, where, complain);
  if (sources === invalid || sources.length > 0) return sources;
  complain(where, "a list of at least one source");
  return invalid;
};

/** `file` names the file in messages. Problems: NW0822 to NW0827, NW0829, and those of saved encoders. */
export function readModelFile(bytes: Uint8Array, file: string): Outcome<ModelFile> {
  const read = readSealedModel(bytes, file);
  return read.ok ? succeed(read.value.model) : read;
}

export interface SealedModel {
  readonly model: ModelFile;
  readonly format: number;
  /** Null in a file of format 1. */
  readonly seal: string | null;
}

/** The same with what binds the file to its run. */
export function readSealedModel(bytes: Uint8Array, file: string): Outcome<SealedModel> {
  const opened = readSafetensors(bytes, file);
  if (!opened.ok) return opened;
  const { tensors, metadata } = opened.value;
  const where = `\`${file}\``;
  if (metadata[`${PREFIX}format`] === undefined) {
    return fail(damaged(where, "it holds tensors and is not a model of Netwright"));
  }
  const read = readModelTexts(metadata, tensors, file);
  if (!read.ok) return read;
  const format = Number(metadata[`${PREFIX}format`]);
  const seal = checkSeal(bytes, opened.value, format, file);
  if (!seal.ok) return seal;
  return succeed({ model: read.value, format, seal: seal.value });
}

/** What `modelTexts` has written, with weights. `file` names where they are from in messages. Problems: those of `readModelFile`. */
export function readModelTexts(
  texts: Readonly<Record<string, string>>,
  weights: Tensors,
  file: string,
): Outcome<ModelFile> {
  const where = `\`${file}\``;
  const part = <T>(key: string, reader: Reader<T>) =>
    readJson(texts[PREFIX + key] ?? "", reader, `\`${PREFIX}${key}\` in ${where}`);
  const versions = part("versions", dictionary(text));
  const release = versions.ok ? versions.value["netwright"] : undefined;
  const unsupported = versionProblem(Number(texts[`${PREFIX}format`]), where, release);
  if (unsupported !== null) return fail(unsupported);

  const name = part("name", fileName);
  const sources = part("sources", sourcesReader);
  const overrides = part("overrides", dictionary(text));
  const resolved = part("resolved", dictionary(settingValue));
  const irHash = part("ir_hash", hash);
  const encoders = encodersOf(texts[`${PREFIX}encoders`] ?? "");
  if (!(name.ok && sources.ok && overrides.ok && resolved.ok && irHash.ok && versions.ok && encoders.ok)) {
    const parts: readonly Outcome<unknown>[] = [
      name,
      sources,
      overrides,
      resolved,
      encoders,
      irHash,
      versions,
    ];
    return fail(...parts.flatMap((outcome) => (outcome.ok ? [] : outcome.problems)));
  }
  return succeed({
    name: name.value,
    sources: sources.value,
    overrides: overrides.value,
    model: texts[`${PREFIX}model`] ?? null,
    resolved: resolved.value,
    encoders: encoders.value,
    irHash: irHash.value,
    versions: versions.value,
    weights,
  });
}

function encodersOf(json: string): Outcome<FittedEncoders | null> {
  if (json === "null") return succeed(null);
  const result = readEncoders(json);
  return "encoders" in result ? succeed(result.encoders) : fail(...result.problems);
}
