// `netwright diff A B`: what changed from one model to another, and which weights can be kept.

import { grouped } from "@netwright/definitions";
import { Command } from "commander";
import { diffModels, type LayerChange, type LayerSide, type ModelDiff } from "netwright";
import { prose } from "../output/prose.ts";
import { renderTable } from "../output/table.ts";
import { readModel } from "../project/read-model.ts";
import { type CommonOptions, type OverrideOptions, withAllow, withCommon } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type DiffOptions = CommonOptions & Pick<OverrideOptions, "allow">;

export function diffCommand(perform: Perform): Command {
  const command = new Command("diff")
    .description(
      "Shows what changed between two models in meaning, and which weights of the first fit the second",
    )
    .argument("<before>", "a .net file, or the directory of a run")
    .argument("<after>", "a .net file, or the directory of a run");
  return withCommon(withAllow(command), "diff model.net wider.net").action(
    (before: string, after: string, options: DiffOptions) =>
      perform(options, (session) => diff(session, before, after, options)),
  );
}

async function diff(
  session: Session,
  first: string,
  second: string,
  { allow }: DiffOptions,
): Promise<CommandResult> {
  const before = await readModel(first, [], allow);
  const after = await readModel(second, [], allow);
  if (!before.ok || !after.ok) return failedWith(session, before, after);
  for (const { diagnostics, sources } of [before, after]) session.report(diagnostics, sources);
  const changes = diffModels(before.value.model, after.value.model);
  if (changes.equal)
    return done(`${prose(`${first} and ${second} mean the same.`, session.width)}\n`, { ...changes });
  return done(textOf(changes, session), { ...changes });
}

function textOf(changes: ModelDiff, session: Session): string {
  const { settings, layers, totals, weights } = changes;
  const columns = [{ title: "" }, { title: "before" }, { title: "after" }];
  const rows = settings.map(({ path, before, after }) => [path, before ?? "-", after ?? "-"]);
  const differs = layers.some(({ change }) => change !== "same");
  const parts = [
    ...(rows.length === 0 ? [] : [renderTable([{ title: "setting" }, ...columns.slice(1)], rows, session)]),
    ...(differs ? [layerTable(layers, session)] : []),
    ...(differs
      ? [`${renderTable(columns, totalRows(totals), session)}\n${prose(weightLines(weights), session.width)}`]
      : []),
  ];
  return parts.map((part) => `${part.trimEnd()}\n`).join("\n");
}

const SIGNS = { same: "", changed: "changed", added: "added", removed: "removed" } as const;

function layerTable(layers: readonly LayerChange[], session: Session): string {
  const side = (layer: LayerSide | null): string =>
    layer === null
      ? "-"
      : `${layer.call}  ${layer.inputs.map(({ shape }) => shape.join(" x ")).join(", ")} -> ${layer.output.join(" x ")}`;
  return renderTable(
    [{ title: "layer" }, { title: "before" }, { title: "after" }],
    layers.map(({ change, before, after }) => [
      SIGNS[change],
      side(before),
      change === "same" ? "same" : side(after),
    ]),
    session,
  );
}

function totalRows({ before, after }: ModelDiff["totals"]): string[][] {
  return [
    ["parameters", grouped(before.parameters), grouped(after.parameters)],
    ["MACs for one row", grouped(before.macs), grouped(after.macs)],
  ];
}

function weightLines(weights: ModelDiff["weights"]): string {
  const kept = weights.filter(({ from }) => from !== null);
  const fresh = weights.filter(({ from }) => from === null).map(({ weight }) => weight);
  const names = kept.map(({ weight, from }) => (weight === from ? weight : `${from} as ${weight}`));
  const head = `Weights of a run of the first that fit the second: ${kept.length} of ${weights.length}`;
  return `${head}${names.length === 0 ? "" : `, ${names.join(", ")}`}.${
    fresh.length === 0 ? "" : `\nNew: ${fresh.join(", ")}.`
  }\n`;
}
