// Constants, and operations that move elements and change none. A conversion to integers says what StableHLO leaves open.

import type { Op } from "@netwright/ir";
import { denseText, readDense } from "../literals.ts";
import { listText, typeText } from "../types.ts";
import { operands, signature } from "./elementwise.ts";
import { type Form, listIn, numberIn, resultOf } from "./form.ts";
import { saturating } from "./saturating.ts";

const constant: Form<"constant"> = {
  written: {
    mnemonic: "stablehlo.constant",
    print: ({ attributes: { type, values } }) =>
      `stablehlo.constant dense<${denseText(type, values)}> : ${typeText(type)}`,
    read: (head, [type]) => {
      const dense = /dense<(.*)>/.exec(head)?.[1];
      const values = dense === undefined || type === undefined ? undefined : readDense(dense, type);
      return type === undefined || values === undefined ? undefined : { type, values };
    },
  },
};

const iota: Form<"iota"> = {
  written: {
    mnemonic: "stablehlo.iota",
    print: ({ attributes: { type, dimension } }) => `stablehlo.iota dim = ${dimension} : ${typeText(type)}`,
    read: (head, [type]) => {
      const dimension = numberIn(head, "dim");
      return type === undefined || dimension === undefined ? undefined : { type, dimension };
    },
  },
};

const convert: Form<"convert"> = {
  written: {
    mnemonic: "stablehlo.convert",
    print: (op, body) => `stablehlo.convert ${operands(op, body)} : ${signature(op)}`,
    read: (_, [type]) => type && { dtype: type.dtype },
  },
  called: saturating,
};

const broadcastInDim: Form<"broadcast_in_dim"> = {
  written: {
    mnemonic: "stablehlo.broadcast_in_dim",
    print: (op, body) =>
      `stablehlo.broadcast_in_dim ${operands(op, body)}, dims = ${listText(op.attributes.dimensions)} : ${signature(op)}`,
    read: (head, [type]) => {
      const dimensions = listIn(head, "dims");
      return type === undefined || dimensions === undefined ? undefined : { shape: type.shape, dimensions };
    },
  },
};

const reshape: Form<"reshape"> = {
  written: {
    mnemonic: "stablehlo.reshape",
    print: (op, body) => `stablehlo.reshape ${operands(op, body)} : ${signature(op)}`,
    read: (_, [type]) => type && { shape: type.shape },
  },
};

const transpose: Form<"transpose"> = {
  written: {
    mnemonic: "stablehlo.transpose",
    print: (op, body) =>
      `stablehlo.transpose ${operands(op, body)}, dims = ${listText(op.attributes.permutation)} : ${signature(op)}`,
    read: (head) => {
      const permutation = listIn(head, "dims");
      return permutation && { permutation };
    },
  },
};

const concatenate: Form<"concatenate"> = {
  written: {
    mnemonic: "stablehlo.concatenate",
    print: (op, body) =>
      `stablehlo.concatenate ${operands(op, body)}, dim = ${op.attributes.dimension} : ${signature(op)}`,
    read: (head) => {
      const dimension = numberIn(head, "dim");
      return dimension === undefined ? undefined : { dimension };
    },
  },
};

const slice: Form<"slice"> = {
  written: {
    mnemonic: "stablehlo.slice",
    print: (op, body) => `stablehlo.slice ${operands(op, body)} [${rangesOf(op)}] : ${signature(op)}`,
    read: (head) => {
      const inside = /\[(.*)\]/.exec(head)?.[1];
      if (inside === undefined) return undefined;
      const ranges = inside === "" ? [] : inside.split(", ").map((range) => range.split(":").map(Number));
      const part = (index: number) => ranges.map((range) => range[index] ?? 1);
      return { start: part(0), limit: part(1), strides: part(2) };
    },
  },
};

function rangesOf({ attributes: { start, limit, strides } }: Op<"slice">): string {
  return start.map((from, d) => `${from}:${limit[d]}:${strides[d]}`).join(", ");
}

const pad: Form<"pad"> = {
  written: {
    mnemonic: "stablehlo.pad",
    print: (op, body) => {
      const { low, high, interior } = op.attributes;
      return `stablehlo.pad ${operands(op, body)}, low = ${listText(low)}, high = ${listText(high)}, interior = ${listText(interior)} : ${signature(op)}`;
    },
    read: (head) => {
      const [low, high, interior] = ["low", "high", "interior"].map((key) => listIn(head, key));
      return low && high && interior && { low, high, interior };
    },
  },
};

const reverse: Form<"reverse"> = {
  written: {
    mnemonic: "stablehlo.reverse",
    print: (op, body) =>
      `stablehlo.reverse ${operands(op, body)}, dims = ${listText(op.attributes.dimensions)} : ${typeText(resultOf(op).type)}`,
    read: (head) => {
      const dimensions = listIn(head, "dims");
      return dimensions && { dimensions };
    },
  },
};

export const shapes = {
  constant,
  iota,
  convert,
  broadcast_in_dim: broadcastInDim,
  reshape,
  transpose,
  concatenate,
  slice,
  pad,
  reverse,
};
