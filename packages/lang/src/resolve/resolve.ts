// Syntax trees to the model: declarations, params, data, network, training, expectations, in this order, each
// with what is known so far. Nothing stops at the first mistake.

import {
  type Catalog,
  columnKindOf,
  fileNameOf,
  grouped,
  hasError,
  listNames,
  quote,
} from "@netwright/definitions";
import { advise } from "../advise/advise.ts";
import type { DataSettings, Model, Node, TrainSettings } from "../model/model.ts";
import { createReport } from "../report.ts";
import type { File, Step } from "../syntax/tree.ts";
import { unknownOverride } from "./bind.ts";
import { checkByMember } from "./by-member.ts";
import { checkChosenMembers } from "./chosen-members.ts";
import { spellColumn } from "./column-names.ts";
import type { Context } from "./context.ts";
import { type ResolvedData, resolveData } from "./data.ts";
import { type DataSchema, predictedKind, type StatedColumns, statedSchema } from "./data-schema.ts";
import { collectDeclarations, type Declarations } from "./declarations.ts";
import { withDraws } from "./draws.ts";
import { marginsNote, resolveExpect } from "./expect.ts";
import type { StepRun } from "./flow/expansion.ts";
import { checkLayersExist } from "./layer-names.ts";
import { meantNames } from "./meant-names.ts";
import { type NetworkData, resolveModel } from "./model.ts";
import { namedParts } from "./named-parts.ts";
import type { OverrideNode } from "./overrides.ts";
import { type ParamTable, resolveParams } from "./params.ts";
import { resolveReport } from "./report.ts";
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

/** With what members of an ensemble draw, where the file says that they do. */
export function resolve(
  main: File,
  used: readonly File[],
  overrides: OverrideNode,
  host: Host,
  context: Context,
): Resolved {
  const lent = askedOnce(host);
  const whole = resolveWith(new Map(), main, used, overrides, lent, context);
  const { model, domainOf, ...rest } = whole;
  if (model === undefined || hasError(context.report.diagnostics))
    return { ...rest, ...(model && { model }) };
  const drawing = { domainOf, isSet: (name: string) => overrides.children.has(name), context };
  const drawn = withDraws(model, drawing, (values) => {
    const report = createReport();
    const member = resolveWith(values, main, used, overrides, lent, { ...context, report });
    return { model: member.model, diagnostics: report.diagnostics };
  });
  return { ...rest, ...(drawn && { model: drawn }) };
}

/** What a table gives is the same for all members. */
function askedOnce(host: Host): Host {
  const { schema } = host;
  if (schema === undefined) return host;
  let known: { readonly schema: DataSchema | undefined } | undefined;
  return {
    ...host,
    schema(data, from, predicts) {
      known ??= { schema: schema(data, from, predicts) };
      return known.schema;
    },
  };
}

/** `drawn` are values of params in place of those of the file. */
function resolveWith(
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
  const settings = section?.settings;
  const trained =
    trainItem === undefined
      ? null
      : resolveTrain(trainItem, overrides.children.get("train"), params, settings, context);
  const train = trained === null ? null : trained?.settings;
  if (section?.columns !== undefined && train) {
    checkTarget(train, section.columns, context);
    checkOrder(train, section.columns, context);
  }
  if (section?.columns !== undefined) checkClamps(section.columns, train ?? null, context);
  if (settings !== undefined && train) checkBalanced(train, settings, context);
  const data = section === null ? null : dataOf(section, train, main.span.file, host, context);
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

/** What is described as numbers has no classes, and what is described as words is no number. */
function checkTarget({ loss }: TrainSettings, { target, types }: StatedColumns, context: Context): void {
  const { catalog, report } = context;
  const predicts = columnKindOf(predictedKind({ loss }, catalog));
  const described = (name: string) => (Object.hasOwn(types, name) ? types[name] : undefined);
  const other = target.find((name) => {
    const takes = catalog.definitions.column.get(described(name)?.name ?? "")?.takes;
    return takes !== undefined && takes !== predicts;
  });
  const [what, note] =
    predicts === "number"
      ? ["numbers, and", "Choose a loss for classes, as `cross_entropy`, or describe the column as `number`."]
      : [
          "classes, and",
          "Choose a loss for numbers: `mse`, or `mae`, which single large errors lead astray less; or describe the column as `category`.",
        ];
  if (other !== undefined) {
    const is = predicts === "number" ? "is described as words" : "is described as numbers";
    report.error("NW0707", loss.span, `\`${loss.name}\` is for ${what} ${quote(other)} ${is}`, {
      notes: [note],
    });
  } else if (predicts === "words" && target.length > 1) {
    report.error(
      "NW0707",
      loss.span,
      `\`${loss.name}\` is for the classes of one column, and the target is ${listNames(target)}`,
      { notes: ["Predict one of them in each file."] },
    );
  }
}

/** A loss for classes in an order, where the file does not state one; and what the loss has against the target. */
function checkOrder({ loss }: TrainSettings, { target, types }: StatedColumns, context: Context): void {
  const { catalog, report } = context;
  const definition = catalog.definitions.loss.get(loss.name);
  const conflict = definition?.conflict?.(loss.args, target.length) ?? null;
  if (conflict !== null) report.error("NW0707", loss.span, `\`${loss.name}\` ${conflict}`);
  const [name = ""] = target;
  const described = Object.hasOwn(types, name) ? types[name] : undefined;
  const type = catalog.definitions.column.get(described?.name ?? "");
  const isMany = type?.many === true;
  if (definition !== undefined && type?.takes === "words" && isMany !== (definition.target === "labels")) {
    const [is, note] = isMany
      ? [
          "lists labels",
          "Choose `multi_label_cross_entropy`, or describe the column as `category`, if a cell is one class.",
        ]
      : [
          "has one word in a cell",
          `Describe it as \`labels\`, if its cells list several, or choose a loss for classes.`,
        ];
    const what = definition.target === "labels" ? "labels" : "classes";
    if (columnKindOf(definition.target) === "words")
      report.error("NW0707", loss.span, `\`${loss.name}\` is for ${what}, and ${quote(name)} ${is}`, {
        notes: [note],
      });
  }
  if (definition?.ordered !== true || target.length !== 1 || type?.takes === "number") return;
  if ((type?.words(described?.args ?? {}) ?? null) !== null) return;
  report.error(
    "NW0716",
    loss.span,
    `\`${loss.name}\` is for classes in an order, and nothing says in which ${quote(name)} has them`,
    {
      notes: [
        `Describe it in \`columns\` with its words from the least on: \`${spellColumn(name)}: category(values: ["low", "high"])\`.`,
      ],
    },
  );
}

/** Predictions are held within a range where there are numbers of which each says something by itself. */
function checkClamps({ target, types }: StatedColumns, train: TrainSettings | null, context: Context): void {
  const { catalog, report } = context;
  const predicts = predictedKind(train, catalog);
  for (const [name, { name: type, args, span }] of Object.entries(types)) {
    if (catalog.definitions.column.get(type)?.clamps(args) !== true) continue;
    const isTarget = target.includes(name);
    if (isTarget && (predicts === "number" || predicts === "count" || columnKindOf(predicts) === "words"))
      continue;
    const message = isTarget
      ? `\`clamp\` changes one number alone, and \`${train?.loss.name}\` is for several that say something together`
      : `\`clamp\` is for what is predicted, and ${quote(name)} is no target`;
    report.error("NW0722", span, message, { notes: ["Leave `clamp` out."] });
  }
}

/** Classes count alike where there are classes. */
function checkBalanced(
  { loss }: TrainSettings,
  { weight, spans }: DataSettings,
  { catalog, report }: Context,
): void {
  const kind = catalog.definitions.loss.get(loss.name)?.target;
  const span = spans["weight"];
  if (weight !== "balanced" || span === undefined || kind === "class" || kind === "ordinal") return;
  report.error(
    "NW0715",
    span,
    `\`weight: balanced\` makes classes count alike, and \`${loss.name}\` is for none`,
    {
      notes: ["A column may say what each row counts: `weight: Weight`."],
    },
  );
}

/** A loss for two classes, and a threshold between them, where there are others. */
function checkTwoClasses(
  { loss, threshold, spans }: TrainSettings,
  classes: number | null | undefined,
  { catalog, report }: Context,
): void {
  const definition = catalog.definitions.loss.get(loss.name);
  if (definition === undefined) return;
  const isOfClasses = definition.target === "class";
  const span = spans["threshold"] ?? spans["train"];
  if (threshold !== undefined && span !== undefined && (!isOfClasses || (classes != null && classes !== 2))) {
    const found = isOfClasses
      ? `the target has ${classesText(classes ?? 0)}`
      : `\`${loss.name}\` is for none`;
    report.error("NW0714", span, `\`threshold\` lies between two classes, and ${found}`, {
      notes: ["Take it out: without one the most likely class is predicted."],
    });
  }
  if (threshold !== undefined && span !== undefined && isOfClasses && definition.margins === true) {
    report.error("NW0719", span, `\`threshold\` is a probability, and \`${loss.name}\` gives none`, {
      notes: [marginsNote(loss.name)],
    });
  }
  if (definition.classes === undefined || classes == null || classes === definition.classes) return;
  report.error(
    "NW0714",
    loss.span,
    `\`${loss.name}\` is for ${classesText(definition.classes)}, and the target has ${grouped(classes)}`,
    { notes: ["`cross_entropy` is for any number of classes, with one output for each: `dense(outputs)`."] },
  );
}

function classesText(n: number): string {
  return `${grouped(n)} ${n === 1 ? "class" : "classes"}`;
}

/** What the data gives the network: as far as the file says it, and else as the table does. */
function dataOf(
  { settings, columns }: ResolvedData,
  train: TrainSettings | null | undefined,
  file: string,
  host: Host,
  { catalog }: Context,
): NetworkData {
  if (columns === undefined) return { settings, inputs: undefined, outputs: undefined };
  const predicts = predictedKind(train ?? null, catalog);
  const stated = statedSchema(columns, predicts, catalog);
  const complete = stated.inputs !== undefined && stated.classes !== undefined;
  // Without a sound `train` section it is not known what is asked of the table.
  const asked = complete || settings === undefined || train === undefined ? undefined : settings;
  const schema = asked === undefined ? undefined : host.schema?.(asked, file, predicts);
  const { inputs, classes } = schema ?? stated;
  return { settings, inputs, outputs: widthOf(columns.target.length, classes, train, catalog), classes };
}

/** How many numbers the loss wants for the targets: one for each column where no loss says otherwise. */
function widthOf(
  columns: number,
  classes: number | null | undefined,
  train: TrainSettings | null | undefined,
  catalog: Catalog,
): number | undefined {
  const loss = train ? catalog.definitions.loss.get(train.loss.name) : undefined;
  if (!train || loss === undefined) return columns;
  return loss.width({ columns, classes: classes ?? null }, train.loss.args) ?? undefined;
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

/** Overrides that name neither a param nor a section; the rest of a path is checked where it is used. */
/** Sections whose settings `--set` may name, each with one of them. */
const SETTABLE = { data: "split.seed", train: "epochs", report: "interval" } as const;

function isSection(name: string): name is keyof typeof SETTABLE {
  return Object.hasOwn(SETTABLE, name);
}

function checkOverrides(root: OverrideNode, declarations: Declarations, context: Context): void {
  const { params, data, train, report, incomplete } = declarations;
  const sections = { data, train, report };
  for (const [name, node] of root.children) {
    const [deeper] = node.children.values();
    if (params.has(name)) {
      if (deeper !== undefined)
        unknownOverride(deeper, `\`${name}\` is a param and has no setting`, [], context);
    } else if (isSection(name)) {
      if (node.value !== undefined) {
        context.report.error(
          "NW0502",
          node.value.span,
          `\`${name}\` is a section; set one of its settings, as \`${name}.${SETTABLE[name]}\``,
        );
      } else if (sections[name] === undefined && !incomplete && deeper !== undefined) {
        context.report.error(
          "NW0502",
          deeper.span,
          `the file has no section \`${name}\`, so \`${deeper.path}\` cannot be set`,
        );
      }
    } else if (!incomplete) {
      unknownOverride(
        node,
        "there is no param or section",
        [...params.keys(), ...Object.keys(SETTABLE)],
        context,
      );
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
