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
  keras: {
    about:
      "a model of Keras 3 for JAX, TensorFlow and PyTorch, and a module of Python with what is no layer: words, empty cells, ranges",
    files: ["NAME.keras", "NAME_preprocess.py"],
    page: "export.md#keras",
    options: ["rawInput"],
    judge: "keras",
    load: async () => (await import("./keras/write.ts")).writeKeras,
  },
  "keras-code": {
    about: "the same as a readable file of Python that builds it, with its weights beside it",
    files: ["NAME.py", "NAME.weights.h5", "NAME_preprocess.py"],
    page: "export.md#keras",
    options: ["rawInput"],
    judge: "keras",
    load: async () => (await import("./keras-code/write.ts")).writeKerasCode,
  },
  tfjs: {
    about:
      "a model of TensorFlow.js, and a module of JavaScript with what is no layer there: words, empty cells, ranges",
    files: ["model.json", "weights.bin", "preprocess.mjs"],
    page: "export.md#tensorflowjs",
    options: ["rawInput"],
    judge: "tfjs",
    load: async () => (await import("./tfjs/write.ts")).writeTfjs,
  },
  sql: {
    about: "a query that predicts the rows of a table in PostgreSQL, DuckDB, SQLite or ClickHouse",
    files: ["NAME.DIALECT.sql"],
    page: "export.md#sql",
    options: ["dialect"],
    judge: "duckdb sqlite postgres clickhouse",
    load: async () => (await import("./sql/write.ts")).writeSql,
  },
  xlsx: {
    about: "a workbook that predicts the rows that are filled in, in Excel and LibreOffice",
    files: ["NAME.xlsx"],
    page: "export.md#xlsx",
    options: ["rows"],
    judge: "libreoffice",
    load: async () => (await import("./xlsx/write.ts")).writeXlsx,
  },
  pmml: {
    about: "PMML 4.4, for the engines that score it: columns with what they may hold, network, predictions",
    files: ["NAME.pmml"],
    page: "export.md#pmml",
    options: [],
    judge: "jpmml",
    load: async () => (await import("./pmml/write.ts")).writePmml,
  },
  safetensors: {
    about: "the weights under the names that PyTorch has for them, with the contract of the model",
    files: ["NAME.safetensors"],
    page: "export.md#safetensors",
    options: [],
    judge: "safetensors",
    load: async () => (await import("./safetensors/write.ts")).writeTensors,
  },
  c: {
    about: "one C99 header that predicts without allocating, for programs and microcontrollers",
    files: ["NAME.h"],
    page: "export.md#c",
    options: ["precision"],
    judge: "sources",
    load: async () => (await import("./source/write.ts")).writeC,
  },
  js: {
    about: "one JavaScript module without dependencies, and its types",
    files: ["NAME.mjs", "NAME.d.mts"],
    page: "export.md#js",
    options: ["precision"],
    judge: "sources",
    load: async () => (await import("./source/write.ts")).writeJs,
  },
  rust: {
    about: "one Rust file of the standard library alone",
    files: ["NAME.rs"],
    page: "export.md#rust-and-go",
    options: ["precision"],
    judge: "sources",
    load: async () => (await import("./source/write.ts")).writeRust,
  },
  go: {
    about: "one Go file without dependencies",
    files: ["NAME.go"],
    page: "export.md#rust-and-go",
    options: ["precision"],
    judge: "sources",
    load: async () => (await import("./source/write.ts")).writeGo,
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
