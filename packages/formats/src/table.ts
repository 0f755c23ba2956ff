// Every format of this package by name. One more is a folder, a row here, a section of docs/export.md and a judge.

import type { Format } from "./format.ts";

export const formats = {
  onnx: {
    about:
      "ONNX, for every runtime of it: columns of a table go in by name, predictions in original units come out",
    files: ["NAME.onnx"],
    page: "export.md#onnx",
    options: ["rawInput"],
    judge: "onnx",
    load: async () => (await import("./onnx/write.ts")).writeOnnx,
  },
  sql: {
    about: "a query that predicts the rows of a table in PostgreSQL, DuckDB, SQLite or ClickHouse",
    files: ["NAME.DIALECT.sql"],
    page: "export.md#sql",
    options: ["dialect"],
    judge: "duckdb sqlite postgres clickhouse",
    load: async () => (await import("./sql/write.ts")).writeSql,
  },
  safetensors: {
    about: "the weights under the names that PyTorch has for them, with the contract of the model",
    files: ["NAME.safetensors"],
    page: "export.md#safetensors",
    options: [],
    judge: null,
    load: async () => (await import("./safetensors/write.ts")).writeTensors,
  },
  card: {
    about: "a model card as Hugging Face has them: what the model takes, gives, and was measured by",
    files: ["README.md"],
    page: "export.md#model-card",
    options: [],
    judge: null,
    load: async () => (await import("./card/write.ts")).writeCard,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;
