// A file with its params as they are: declarations, params, data, network, training, expectations, in this order, each
// with what is known so far. Nothing stops at the first mistake.

import { fileNameOf, quote } from "@netwright/definitions";
import { advise } from "../advise/advise.ts";
import type { DataSettings, Model, Node, TrainSettings } from "../model/model.ts";
import type { File, Step } from "../syntax/tree.ts";
import { checkByMember } from "./by-member.ts";
import { checkMixup } from "./check-mixup.ts";
import { checkOverrides } from "./check-overrides.ts";
import {
  checkBalanced,
  checkClamps,
  checkOrder,
  checkTarget,
  checkTwoClasses,
  checkWindowTarget,
} from "./check-target.ts";
import { checkChosenMembers } from "./chosen-members.ts";
import type { Context } from "./context.ts";
import { type ResolvedData, resolveData } from "./data.ts";
import { collectDeclarations, type Declarations } from "./declarations.ts";
import { resolveExpect } from "./expect.ts";
import type { StepRun } from "./flow/expansion.ts";
import { checkLayersExist } from "./layer-names.ts";
import { meantNames } from "./meant-names.ts";
import { resolveModel } from "./model.ts";
import { namedParts } from "./named-parts.ts";
import { warnOfTakenNames } from "./names-beside.ts";
import { dataOf } from "./network-data.ts";
import type { OverrideNode } from "./overrides.ts";
import { type ParamTable, resolveParams } from "./params.ts";
import { resolveReport } from "./report.ts";
import { checkTeacher } from "./teacher.ts";
import { resolveTrain } from "./train.ts";
import type { Host } from "./uses.ts";
import type { Value } from "./value.ts";

export interface Resolved {
  /** Absent when some part could not be resolved. */
  readonly model?: Model;
  /** Present whenever the `data` section itself is sound. */
  readonly data?: DataSettings;
  /** What the steps of the flows did as far as shapes are known. */
  readonly runs: ReadonlyMap<Step, readonly StepRun[]>;
}

/** `drawn` are values of params in place of those of the file. */
export function resolveFile(
  drawn: ReadonlyMap<string, Value>,
  main: File,
  used: readonly File[],
  overrides: OverrideNode,
  host: Host,
  context: Context,
): Resolved & Pick<ParamTable, "domainOf"> {
  const declarations = collectDeclarations(main, used, context);
  const params = resolveParams(declarations.params, overrides, context, drawn);
  checkOverrides(overrides, declarations, context);
  const { data: dataItem, train: trainItem, report: reportItem, expect: expectItem } = declarations;
  const section: ResolvedData | null =
    dataItem === undefined
      ? null
      : resolveData(dataItem, overrides.children.get("data"), params, host, context);
  const stated = section?.settings;
  const trained =
    trainItem === undefined
      ? null
      : resolveTrain(trainItem, overrides.children.get("train"), params, stated, context);
  const train = trained === null ? null : trained?.settings;
  // With the teacher's columns, of which nothing is learned then.
  const settings: DataSettings | undefined =
    stated?.teacher !== undefined && train?.teacher_share === 0 ? { ...stated, teaches: false } : stated;
  if (section?.columns !== undefined && train) {
    checkTarget(train, section.columns, context);
    checkOrder(train, section.columns, context);
    checkWindowTarget(train, section.columns, context);
  }
  if (section?.columns !== undefined) checkClamps(section.columns, train ?? null, context);
  if (settings !== undefined && train) checkBalanced(train, settings, context);
  if (settings !== undefined && train) checkTeacher(train, settings, context);
  const data =
    section === null ? null : dataOf({ ...section, settings }, train, main.span.file, host, context);
  if (train) checkTwoClasses(train, data?.classes, context);
  const { network, runs, blockNodes } = resolveModel(declarations, data, params, main.span.file, context);
  const layers = network === undefined ? [] : layerNames(network.nodes);
  const parts = namedParts(network?.nodes ?? [], blockNodes);
  if (network !== undefined && trained)
    checkLayersExist(trained.frozen, [...new Set([...layers, ...parts.keys()])], context);
  const frozen = train ? withFrozenParts(train, layers, parts) : train;
  if (network !== undefined) {
    checkChosenMembers(network, settings, context);
    checkByMember(network, frozen ?? null, context);
  }
  if (train) checkMixup(train, network, context);
  const loss = train ? context.catalog.definitions.loss.get(train.loss.name) : undefined;
  const reported =
    reportItem === undefined
      ? null
      : resolveReport(
          reportItem,
          overrides.children.get("report"),
          params,
          { data: settings, loss, args: train?.loss.args, network },
          context,
        );
  warnOfTakenNames({ data: settings, loss, args: train?.loss.args, report: reported }, context);
  const asked = { data: settings, loss, report: reported };
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
    advise({ data: data === null ? null : settings, network, train: frozen, expect }, context);
  const { domainOf } = params;
  const known = { runs, domainOf, ...(settings === undefined ? {} : { data: settings }) };
  if (network === undefined || frozen === undefined || reported === undefined) return known;
  if (data !== null && settings === undefined) return known;
  return {
    ...known,
    model: {
      name: stem(main.span.file),
      params: params.resolved(),
      data: settings ?? null,
      ...network,
      train: frozen,
      ...(reported === null ? {} : { report: reported }),
      expect,
    },
  };
}

/** With the layers in place of the blocks and branches that `freeze` names. */
function withFrozenParts(
  train: TrainSettings,
  layers: readonly string[],
  parts: ReadonlyMap<string, readonly string[]>,
): TrainSettings {
  const named = train.freeze.flatMap((name) => (layers.includes(name) ? name : (parts.get(name) ?? [])));
  return { ...train, freeze: [...new Set(named)] };
}

/** What `freeze` may name: layers, and the parts of the flow around them. */
function layerNames(nodes: readonly Node[]): readonly string[] {
  const names = nodes.flatMap(({ name, path }) => [name, ...path.flatMap((part) => part.split(".", 1))]);
  return [...new Set(names)];
}

/** `concrete` for `models/concrete.net`. Runs and exports are named by it. */
function stem(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  return fileNameOf(name.endsWith(".net") && name.length > 4 ? name.slice(0, -4) : name);
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
