// A model as source code: the program of its prediction printed, with what its columns and targets need around it.

import { at } from "@netwright/ir";
import { type Carries, refusalsOf } from "../carries.ts";
import { type FormatFile, type FormatOptions, textFile, type Written } from "../format.ts";
import { inComment } from "../in-comment.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { cSyntax } from "./c.ts";
import { cHeader } from "./c-header.ts";
import { goModule, goSyntax } from "./go.ts";
import { jsModule, jsSyntax, jsTypes } from "./js.ts";
import { sourceModule, targetsOf } from "./module.ts";
import { NotPrinted } from "./printer.ts";
import { rustModule, rustSyntax } from "./rust.ts";
import { identifiers } from "./syntax.ts";

/** Layers are printed operation by operation, and named where one of them is none that is printed. */
const CARRIES: Carries = {
  words: ["one_hot", "index", "numbers"],
  passes: false,
  spreads: false,
};

type Print = (model: PortableModel, isFloat: boolean, samples: number | undefined) => readonly FormatFile[];

const writing =
  (print: Print) =>
  (model: PortableModel, { precision = "float", samples }: SourceOptions = {}): Written => {
    const refused = refusalsOf(model, CARRIES);
    if (refused.length > 0) return { refused };
    try {
      return { files: print(model, precision === "float", samples) };
    } catch (error) {
      if (error instanceof NotPrinted) return { refused: [error.refusal] };
      throw error;
    }
  };

export interface SourceOptions extends FormatOptions {
  /** How many of the sample rows its self-test has; 8 where it is not given. */
  readonly samples?: number;
}

export const writeC = writing((model, isFloat, samples) => {
  const columns = model.columns.map(({ name }) => name);
  const syntax = cSyntax(at(identifiers([model.name]), 0), columns, isFloat);
  const module = sourceModule(model, syntax, samples);
  return [textFile(`${model.name}.h`, cHeader(module, syntax, about(model)))];
});

export const writeJs = writing((model, isFloat, samples) => {
  const syntax = jsSyntax(isFloat);
  const module = sourceModule(model, syntax, samples);
  const targets = targetsOf(model.outputs);
  return [
    textFile(`${model.name}.mjs`, jsModule(module, syntax, targets, about(model))),
    textFile(`${model.name}.d.mts`, jsTypes(module, targets)),
  ];
});

function about({ name, version, record }: PortableModel): readonly string[] {
  return [`${inComment(name)}, by Netwright ${version}, run ${inComment(record.hash.run)}.`];
}

export const writeRust = writing((model, isFloat, samples) => {
  const syntax = rustSyntax(
    model.columns.map(({ name }) => name),
    isFloat,
  );
  const module = sourceModule(model, syntax, samples);
  return [textFile(`${model.name}.rs`, rustModule(module, syntax, about(model)))];
});

export const writeGo = writing((model, isFloat, samples) => {
  const syntax = goSyntax(
    model.columns.map(({ name }) => name),
    isFloat,
  );
  const module = sourceModule(model, syntax, samples);
  // As Go's tools know that nobody has written it.
  const [line = ""] = about(model);
  return [textFile(`${model.name}.go`, goModule(module, syntax, [`Code generated of ${line} DO NOT EDIT.`]))];
});
