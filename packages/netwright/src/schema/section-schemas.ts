// The sections `data`, `train`, `report` and `expect` of a resolved model, from the settings that the language defines.

import {
  dataParams,
  dataSettings,
  readingParams,
  reportSettings,
  type Setting,
  type Settings,
  trainSettings,
} from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { arrayOf, type JsonSchema, objectSchema, refTo, SPAN, SPANS } from "./json-schema.ts";
import { paramSchema } from "./param-schema.ts";

export function sectionSchemas(known: FullCatalog): Readonly<Record<string, JsonSchema>> {
  return {
    data: objectSchema(
      {
        name: { type: "string" },
        ...settingSchemas(dataSettings, known),
        ...readingSchemas(known),
        // A model has the file of a database there, and the whole of what is asked beside it.
        source: { type: "string", description: dataParams.source.doc },
        query: refTo("source"),
        teaches: { const: false, description: "With `teacher_share: 0`: nothing is learned of the teacher." },
        spans: SPANS,
      },
      {
        description:
          "What the model learns from. The shares of the split sum to 1. How the table is written is found out where it is not said.",
        optional: [
          "spans",
          "query",
          "categories",
          "weight",
          "teacher",
          "teacher_gives",
          "teaches",
          "window",
          ...Object.keys(readingParams),
        ],
      },
    ),
    train: objectSchema(
      { ...settingSchemas(trainSettings, known), spans: SPANS },
      {
        description: "How the model is trained.",
        optional: [
          "spans",
          "threshold",
          "clip_norm_each",
          "mixup",
          "teacher_share",
          "teacher_temperature",
          "initial_weights",
          "numerics",
          "seeds",
          "learning_rate_factors",
          "weight_decay_factors",
        ],
      },
    ),
    report: objectSchema(
      { ...settingSchemas(reportSettings, known), spans: SPANS },
      {
        description: "What is told beside a prediction of how sure it is.",
        optional: ["spans", ...Object.keys(reportSettings)],
      },
    ),
    expectation: objectSchema(
      {
        split: { enum: ["train", "validation", "test"] },
        metric: { enum: [...known.metrics.keys()] },
        args: { type: "object", description: "Of the metric, filled in." },
        label: { type: "string", description: "The metric with what differs from its defaults." },
        comparison: { enum: ["<", "<=", ">", ">=", "==", "!="] },
        value: { type: "number", description: "In original units; shares and percentages as fractions." },
        span: SPAN,
      },
      { description: "What a metric of a split is compared with after training.", optional: ["span"] },
    ),
  };
}

function settingSchemas(settings: Settings, known: FullCatalog): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, settingSchema(setting, known)]),
  );
}

/** What a file does not say of its table is absent from the model, where other settings would be null. */
function readingSchemas(known: FullCatalog): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(readingParams).map(([name, { type, doc }]) => [
      name,
      paramSchema({ type: type.kind === "optional" ? type.of : type, doc }, known),
    ]),
  );
}

const COLUMN_NAMES = arrayOf({ type: "string" }, { minItems: 1, uniqueItems: true });

function settingSchema(setting: Setting, known: FullCatalog): JsonSchema {
  const { doc: description } = setting;
  switch (setting.kind) {
    case "value":
      return paramSchema(setting.param, known);
    case "columns":
      return setting.all
        ? { anyOf: [{ const: "all" }, COLUMN_NAMES], description, default: "all" }
        : { ...COLUMN_NAMES, description };
    case "column":
      return {
        anyOf: [
          { const: setting.rule },
          objectSchema({ column: { type: "string" } }, { description: "The column." }),
        ],
        description,
      };
    case "layers":
      return { type: "array", items: { type: "string" }, uniqueItems: true, description, default: [] };
    case "record":
      return { ...paramSchema(setting.param, known), description };
    case "braces":
    case "factors":
      return objectSchema(
        Object.fromEntries(
          Object.entries(setting.settings).map(([name, param]) => [name, paramSchema(param, known)]),
        ),
        { description },
      );
    case "contract":
      return {
        type: "object",
        description,
        additionalProperties: refTo("column"),
      };
  }
}
