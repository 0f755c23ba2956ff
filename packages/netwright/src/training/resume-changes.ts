// Why an interrupted run cannot go on: what of its file, data, backend and version is another one now.

import type { Model } from "@netwright/lang";
import type { BackendInfo, ResumeChange, RunBundle, SavedCheckpoint } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { diffModels } from "../diff/diff-models.ts";
import { savedModel } from "../model/saved-model.ts";
import { VERSION } from "../version.ts";
import type { RunPlan } from "./plan-run.ts";

/** A run that was stopped before its end. */
export type InterruptedRun = RunBundle & { readonly checkpoint: SavedCheckpoint };

/** What is to be trained now. */
export interface Anew {
  readonly model: Model;
  /** What the names of both stand for. */
  readonly catalog: FullCatalog;
  readonly hash: RunPlan["hash"];
  readonly backend: Pick<BackendInfo, "name" | "versions" | "devices">;
}

/** In the order in which they are likely; none where nothing can be told apart. */
export async function changesSince(run: InterruptedRun, anew: Anew): Promise<readonly ResumeChange[]> {
  const { record } = run;
  return [
    ...(await fileChanges(run, anew)),
    ...dataChanges(record.hash.data, anew),
    ...backendChanges(record.backend, anew.backend),
    ...versionChanges(record.versions["netwright"]),
  ];
}

/** In meaning: comments, spelling, expectations and the place of the table decide nothing about the weights. */
async function fileChanges({ model: file }: RunBundle, { model, catalog }: Anew): Promise<ResumeChange[]> {
  const saved = await savedModel(file, catalog);
  if (!saved.ok) return [];
  const { settings, layers } = diffModels(saved.value.model, model, { catalog });
  const changed = settings.filter(({ path }) => !/^(data\.source$|train\.checkpoint\b|expect )/.test(path));
  const parts = [
    ...changed.map(
      ({ path, before, after }) => `\`${path}\` was ${before ?? "absent"} and is ${after ?? "absent"}`,
    ),
    ...(layers.some(({ change }) => change !== "same") ? ["the layers are others"] : []),
  ];
  if (parts.length === 0) return [];
  const shown = parts.slice(0, SHOWN).join("; ");
  const more = parts.length > SHOWN ? `; and ${parts.length - SHOWN} more` : "";
  return [
    {
      what: "the file",
      note: `In the file ${shown}${more}. Without a file, \`--resume RUN\` takes the one that the run keeps.`,
    },
  ];
}

const SHOWN = 3;

function dataChanges(before: string, { hash, model }: Anew): ResumeChange[] {
  if (before === hash.data) return [];
  const source = model.data === null ? "the table" : `\`${model.data.source}\``;
  return [
    {
      what: "the data",
      note: `The rows of ${source}, as training gets them, are others: restore the table that the run began with.`,
    },
  ];
}

function backendChanges(before: Anew["backend"], after: Anew["backend"]): ResumeChange[] {
  if (before.name !== after.name) {
    const note = `The backend was ${before.name} and is ${after.name}: \`--backend ${before.name}\`.`;
    return [{ what: "the backend", note }];
  }
  const [was, is] = [before.devices ?? 1, after.devices ?? 1];
  if (was !== is) {
    const note = `The number of devices was ${was} and is ${is}: \`--devices ${was}\`.`;
    return [{ what: "the number of devices", note }];
  }
  return Object.keys({ ...before.versions, ...after.versions }).flatMap((name) => {
    const [was, is] = [before.versions[name] ?? "absent", after.versions[name] ?? "absent"];
    if (was === is) return [];
    return [
      {
        what: "the version of the backend",
        note: `${name} was ${was} and is ${is}: install ${was} to resume.`,
      },
    ];
  });
}

function versionChanges(before: string | undefined): ResumeChange[] {
  if (before === undefined || before === VERSION) return [];
  const note = `Netwright was ${before} and is ${VERSION}: \`npm install netwright@${before}\` to resume.`;
  return [{ what: "the version", note }];
}
