// gather and scatter of whole rows, and boxes at places that are known late. StableHLO clamps and leaves out where the
// IR does.

import { type ElementType, type ScatterKind, tensor } from "@netwright/ir";
import { arrayText, listText, typeText } from "../types.ts";
import { operands, signature } from "./elementwise.ts";
import { type Called, type Form, listIn, operandOf } from "./form.ts";
import { meaning } from "./meaning.ts";

const dynamicSlice: Form<"dynamic_slice"> = {
  written: {
    mnemonic: "stablehlo.dynamic_slice",
    print: (op, body) =>
      `stablehlo.dynamic_slice ${operands(op, body)}, sizes = ${listText(op.attributes.sizes)} : ${signature(op)}`,
    read: (head) => {
      const sizes = listIn(head, "sizes");
      return sizes && { sizes };
    },
  },
};

const dynamicUpdateSlice: Form<"dynamic_update_slice"> = {
  written: {
    mnemonic: "stablehlo.dynamic_update_slice",
    print: (op, body) => `stablehlo.dynamic_update_slice ${operands(op, body)} : ${signature(op)}`,
    read: () => ({}),
  },
};

/** StableHLO refuses slices of one row where there is none. */
function withoutRows<K extends "gather" | "scatter">(): Called<K> {
  return { when: (op) => operandOf(op, 0).type.shape[0] === 0, define: meaning };
}

/** Dimensions from one to before the other. */
function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

const gather: Form<"gather"> = {
  written: {
    mnemonic: "stablehlo.gather",
    print: (op, body) => {
      const [x, indices] = [operandOf(op, 0).type.shape, operandOf(op, 1).type.shape];
      const row = x.slice(1);
      const offsets = range(indices.length, indices.length + row.length);
      const numbers = `#stablehlo.gather<offset_dims = ${listText(offsets)}, collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = ${indices.length}>`;
      return `"stablehlo.gather"(${operands(op, body)}) <{dimension_numbers = ${numbers}, slice_sizes = ${arrayText([1, ...row])}}> : ${signature(op)}`;
    },
    read: () => ({}),
  },
  called: withoutRows<"gather">(),
};

function updating(kind: ScatterKind, dtype: ElementType): string {
  const type = typeText(tensor(dtype));
  const parameters = `^bb0(%x: ${type}, %y: ${type}):`;
  return kind === "set"
    ? `({ ${parameters} stablehlo.return %y : ${type} })`
    : `({ ${parameters} %z = stablehlo.add %x, %y : ${type} stablehlo.return %z : ${type} })`;
}

const scatter: Form<"scatter"> = {
  written: {
    mnemonic: "stablehlo.scatter",
    print: (op, body) => {
      const [x, indices] = [operandOf(op, 0).type, operandOf(op, 1).type.shape];
      const updates = range(indices.length, indices.length + x.shape.length - 1);
      const numbers = `#stablehlo.scatter<update_window_dims = ${listText(updates)}, inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = ${indices.length}>`;
      return `"stablehlo.scatter"(${operands(op, body)}) <{scatter_dimension_numbers = ${numbers}}> ${updating(op.attributes.kind, x.dtype)} : ${signature(op)}`;
    },
    read: (head) => ({ kind: head.includes("stablehlo.add") ? "add" : "set" }),
  },
  called: withoutRows<"scatter">(),
};

export const rows = {
  dynamic_slice: dynamicSlice,
  dynamic_update_slice: dynamicUpdateSlice,
  gather,
  scatter,
};
