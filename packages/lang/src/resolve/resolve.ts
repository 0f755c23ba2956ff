// Syntax trees to the model: declarations, params, data, network, training, expectations, in this order, each
// with what is known so far. Nothing stops at the first mistake.

import { listNames, quote } from "@netwright/definitions";
import { advise } from "../advise/advise.ts";
import type { DataSettings, Model, Node, TrainSettings } from "../model/model.ts";
import type { File, Step } from "../syntax/tree.ts";
import { unknownOverride } from "./bind.ts";
import type { Context } from "./context.ts";
import { type ResolvedData, resolveData } from "./data.ts";
import { collectDeclarations, type Declarations } from "./declarations.ts";
import { resolveExpect } from "./expect.ts";
import type { StepRun } from "./flow/expansion.ts";
import { checkLayersExist } from "./layer-names.ts";
import { meantNames } from "./meant-names.ts";
import { resolveModel } from "./model.ts";
import type { OverrideNode } from "./overrides.ts";
import { type ParamTable, resolveParams } from "./params.ts";
import { resolveTrain } from "./train.ts";
import type { Host } from "./uses.ts";

export interface Resolved {
  /** Absent when some part could not be resolved. */
  readonly model?: Model;
  /** Present whenever the `data` section itself is sound. */
  readonly data?: DataSettings;
  /** What the steps of the flows did as far as shapes are known. */
  readonly runs: ReadonlyMap<Step, readonly StepRun[]>;
}

export function resolve(
  main: File,
  used: readonly File[],
  overrides: OverrideNode,
  host: Host,
  context: Context,
): Resolved {
  const declarations = collectDeclarations(main, used, context);
  const params = resolveParams(declarations.params, overrides, context);
  checkOverrides(overrides, declarations, context);
  const { data: dataItem, train: trainItem, expect: expectItem } = declarations;
  const columns: ResolvedData | null =
    dataItem === undefined
      ? null
      : resolveData(dataItem, overrides.children.get("data"), params, host, context);
  const settings = columns?.settings;
  const trained =
    trainItem === undefined
      ? null
      : resolveTrain(trainItem, overrides.children.get("train"), params, settings, context);
  const train = trained === null ? null : trained?.settings;
  if (settings !== undefined && train) checkTarget(train, settings, context);
  const data = columns === null ? null : { ...columns, outputs: widthOf(columns, train, context) };
  const { network, runs } = resolveModel(declarations, data, params, main.span.file, context);
  if (network !== undefined && trained) checkLayersExist(trained.frozen, layerNames(network.nodes), context);
  const loss = train ? context.catalog.definitions.loss.get(train.loss.name) : undefined;
  const asked = { data: settings, loss };
  const expect = expectItem === undefined ? [] : resolveExpect(expectItem, params, asked, context);
  if (declarations.model === undefined && !declarations.incomplete) {
    context.report.error(
      "NW0212",
      { ...main.span, end: main.span.start },
      "the file has no `model` section",
      {
        notes: ["Add for example `model { dense(64, relu) -> dense(outputs) }`."],
      },
    );
  }
  checkUsed(params, declarations, main, context);
  if (!declarations.incomplete)
    advise({ data: data === null ? null : settings, network, train, expect }, context);
  const known = settings === undefined ? { runs } : { runs, data: settings };
  if (network === undefined || train === undefined || (data !== null && settings === undefined)) return known;
  return {
    ...known,
    model: {
      name: stem(main.span.file),
      params: params.resolved(),
      data: settings ?? null,
      ...network,
      train,
      expect,
    },
  };
}

/** Columns are numbers; a loss of classes has nothing to compare them with. */
function checkTarget({ loss }: TrainSettings, { target }: DataSettings, { catalog, report }: Context): void {
  const kind = catalog.definitions.loss.get(loss.name)?.target;
  if (kind !== "class" && kind !== "ordinal") return;
  report.error("NW0707", loss.span, `\`${loss.name}\` is for classes, and ${listNames(target)} is a number`, {
    notes: ["Choose a loss for numbers: `mse`, or `mae`, which single large errors lead astray less."],
  });
}

/** How many numbers the loss wants for the targets: one for each column where no loss says otherwise. */
function widthOf(
  { outputs }: ResolvedData,
  train: TrainSettings | null | undefined,
  { catalog }: Context,
): number | undefined {
  if (!train || outputs === undefined) return outputs;
  const loss = catalog.definitions.loss.get(train.loss.name);
  if (loss === undefined) return outputs;
  return loss.width({ columns: outputs, classes: null }, train.loss.args) ?? undefined;
}

/** What `freeze` may name: layers, and the parts of the flow around them. */
function layerNames(nodes: readonly Node[]): readonly string[] {
  const names = nodes.flatMap(({ name, path }) => [name, ...path.flatMap((part) => part.split(".", 1))]);
  return [...new Set(names)];
}

/** `concrete` for `models/concrete.net`. */
function stem(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  return name.endsWith(".net") && name.length > 4 ? name.slice(0, -4) : name;
}

/** Overrides that name neither a param nor a section; the rest of a path is checked where it is used. */
function checkOverrides(root: OverrideNode, declarations: Declarations, context: Context): void {
  const { params, data, train, incomplete } = declarations;
  const sections = { data, train };
  for (const [name, node] of root.children) {
    const [deeper] = node.children.values();
    if (params.has(name)) {
      if (deeper !== undefined)
        unknownOverride(deeper, `\`${name}\` is a param and has no setting`, [], context);
    } else if (name === "data" || name === "train") {
      if (node.value !== undefined) {
        context.report.error(
          "NW0502",
          node.value.span,
          `\`${name}\` is a section; set one of its settings, as \`${name}.${name === "data" ? "split.seed" : "epochs"}\``,
        );
      } else if (sections[name] === undefined && !incomplete && deeper !== undefined) {
        context.report.error(
          "NW0502",
          deeper.span,
          `the file has no section \`${name}\`, so \`${deeper.path}\` cannot be set`,
        );
      }
    } else if (!incomplete) {
      unknownOverride(node, "there is no param or section", [...params.keys(), "data", "train"], context);
    }
  }
}

function checkUsed(params: ParamTable, declarations: Declarations, main: File, context: Context): void {
  if (declarations.incomplete) return;
  const meant = meantNames(context);
  for (const { name } of declarations.params.values()) {
    if (params.isUsed(name.text) || name.span.file !== main.span.file) continue;
    if (meant.has(name.text)) continue;
    context.report.warning("NW0504", name.span, `param ${quote(name.text)} is never used`, {
      notes: ["Remove it, or use it in the model or a setting."],
    });
  }
}
