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
  const metadata = {
    // Loaders of other libraries ask for this key to know how the tensors are laid out.
    format: "netwright",
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
  return writeSealed({ tensors: model.weights, metadata });
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
  const { tensors: weights, metadata } = opened.value;
  const where = `\`${file}\``;
  const version = metadata[`${PREFIX}format`];
  if (version === undefined) {
    return fail(damaged(where, "it holds tensors and is not a model of Netwright"));
  }
  const part = <T>(key: string, reader: Reader<T>) =>
    readJson(metadata[PREFIX + key] ?? "", reader, `\`${PREFIX}${key}\` in ${where}`);
  const versions = part("versions", dictionary(text));
  const format = Number(version);
  const release = versions.ok ? versions.value["netwright"] : undefined;
  const unsupported = versionProblem(format, where, release);
  if (unsupported !== null) return fail(unsupported);

  const name = part("name", fileName);
  const sources = part("sources", sourcesReader);
  const overrides = part("overrides", dictionary(text));
  const resolved = part("resolved", dictionary(settingValue));
  const irHash = part("ir_hash", hash);
  const encoders = encodersOf(metadata[`${PREFIX}encoders`] ?? "");
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
  const seal = checkSeal(bytes, opened.value, format, file);
  if (!seal.ok) return seal;
  const model: ModelFile = {
    name: name.value,
    sources: sources.value,
    overrides: overrides.value,
    model: metadata[`${PREFIX}model`] ?? null,
    resolved: resolved.value,
    encoders: encoders.value,
    irHash: irHash.value,
    versions: versions.value,
    weights,
  };
  return succeed({ model, format, seal: seal.value });
}

function encodersOf(json: string): Outcome<FittedEncoders | null> {
  if (json === "null") return succeed(null);
  const result = readEncoders(json);
  return "encoders" in result ? succeed(result.encoders) : fail(...result.problems);
}
