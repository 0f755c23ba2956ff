// The resolved model that a model file keeps, so that the version that wrote it need not read the texts again. It is a
// shortcut and no authority: where it is not what this version would have written, the texts are what counts.

import { isObject } from "@netwright/definitions";
import { type Model, type Sources, sourceText } from "@netwright/lang";
import { hashText, type ModelFile } from "@netwright/runtime";
import { VERSION } from "../version.ts";
import { isModel } from "./is-model.ts";

/** What `ModelFile.model` holds. */
interface Kept {
  /** Hash of the edition and of what the model was resolved from: where either changes, the texts are read again. */
  readonly from: string;
  readonly model: Model;
}

export function keptModel(model: Model, file: Pick<ModelFile, "sources" | "overrides">): string {
  const kept: Kept = { from: hashOfSources(file), model };
  return JSON.stringify(kept);
}

/** Another number where `Model` becomes another: what was kept before is then made again from the texts. */
const MODEL_EDITION = 8;

function hashOfSources({ sources, overrides }: Pick<ModelFile, "sources" | "overrides">): string {
  return hashText(JSON.stringify([MODEL_EDITION, sources, overrides]));
}

export interface KeptModel {
  readonly model: Model;
  readonly texts: Sources;
}

/** Its names may stand for nothing, and its parts may not fit together. */
export function readKept(file: Omit<ModelFile, "weights">): KeptModel | undefined {
  const { model: text, sources, versions } = file;
  if (text === null || versions["netwright"] !== VERSION) return undefined;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(kept) || kept["from"] !== hashOfSources(file) || !isModel(kept["model"])) return undefined;
  const texts = new Map(sources.map(({ path, text }) => [path, sourceText(path, text)]));
  return { model: kept["model"], texts };
}
