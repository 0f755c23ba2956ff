// Signature help: the call whose arguments are being typed, with the present parameter.

import type { SourceText } from "../source/source-text.ts";
import { blockParameterTexts, parameterTexts, typeLine } from "./describe.ts";
import type { Names } from "./names.ts";
import { placeAt } from "./place.ts";
import { calleeOf } from "./wanted.ts";

export interface Signature {
  readonly label: string;
  readonly doc: string;
  readonly parameters: readonly {
    /** A part of `label`, from and to. */
    readonly range: readonly [number, number];
    readonly doc: string;
  }[];
  /** Undefined when the name of the argument is not known or there are too many. */
  readonly active: number | undefined;
}

export function signatureAt(source: SourceText, names: Names, offset: number): Signature | undefined {
  const { call } = placeAt(source, offset);
  const callee = call === undefined ? undefined : calleeOf(call, names);
  if (call === undefined || callee === undefined) return undefined;
  const block = callee.kind === "block" ? callee.block : undefined;
  const params = callee.kind === "definition" ? callee.definition.params : {};
  const texts = block === undefined ? parameterTexts(params) : blockParameterTexts(block, names.sources);
  const keys = block === undefined ? Object.keys(params) : block.parameters.map(({ name }) => name.text);
  const docs = block === undefined ? Object.values(params).map((one) => `${one.doc} ${typeLine(one)}`) : [];
  const active = call.parameter === undefined ? call.index : keys.indexOf(call.parameter);
  let label = `${call.name}(`;
  const parameters = texts.map((text, i) => {
    if (i > 0) label += ", ";
    const range = [label.length, label.length + text.length] as const;
    label += text;
    return { range, doc: docs[i] ?? "" };
  });
  return {
    label: `${label})`,
    doc: callee.kind === "definition" ? callee.definition.doc : "",
    parameters,
    active: active >= 0 && active < texts.length ? active : undefined,
  };
}
