// Tensors, and what is said of inputs and outputs.

import type { BinaryReader } from "@bufbuild/protobuf/wire";
import { DIM, SHAPE, TENSOR, TENSOR_TYPE, TYPE, VALUE } from "../../onnx/fields.ts";
import { entryIn, inside, several, whole } from "./wire.ts";

export interface FileTensor {
  readonly name: string;
  /** As stated: not yet held to the numbers that are there. */
  readonly dims: readonly number[];
  /** A number of `ELEMENT_TYPES`. */
  readonly type: number;
  readonly raw: Uint8Array | null;
  /** Of typed fields, whichever of them has any. */
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
  /** By their keys (`location`, `offset`, `length`); null where the data is in the file itself. */
  readonly external: ReadonlyMap<string, string> | null;
}

export interface FileValue {
  readonly name: string;
  /** A number of `ELEMENT_TYPES`; 0 of what is no tensor. */
  readonly type: number;
  /** A text is a size that is not stated; null where no sizes are. */
  readonly shape: readonly (number | string)[] | null;
}

export function tensorIn(reader: BinaryReader): FileTensor {
  let [name, type, isOutside] = ["", 0, false];
  let raw: Uint8Array | null = null;
  const dims: number[] = [];
  const numbers: number[] = [];
  const texts: string[] = [];
  const places = new Map<string, string>();
  inside(reader, {
    [TENSOR.dims]: several(dims, whole),
    [TENSOR.type]: (inner) => {
      type = inner.int32();
    },
    [TENSOR.floats]: several(numbers, (inner) => inner.float()),
    [TENSOR.ints32]: several(numbers, (inner) => inner.int32()),
    [TENSOR.strings]: (inner) => {
      texts.push(inner.string());
    },
    [TENSOR.ints64]: several(numbers, whole),
    [TENSOR.name]: (inner) => {
      name = inner.string();
    },
    [TENSOR.raw]: (inner) => {
      raw = inner.bytes();
    },
    [TENSOR.doubles]: several(numbers, (inner) => inner.double()),
    [TENSOR.uints64]: several(numbers, (inner) => Number(inner.uint64())),
    [TENSOR.external]: (inner) => {
      places.set(...entryIn(inner));
    },
    [TENSOR.location]: (inner) => {
      isOutside = inner.int32() === 1;
    },
  });
  return { name, dims, type, raw, numbers, texts, external: isOutside ? places : null };
}

export function valueIn(reader: BinaryReader): FileValue {
  let [name, type] = ["", 0];
  let shape: readonly (number | string)[] | null = null;
  inside(reader, {
    [VALUE.name]: (inner) => {
      name = inner.string();
    },
    [VALUE.type]: (outer) => {
      inside(outer, {
        [TYPE.tensor]: (tensor) => {
          inside(tensor, {
            [TENSOR_TYPE.element]: (inner) => {
              type = inner.int32();
            },
            [TENSOR_TYPE.shape]: (inner) => {
              shape = shapeIn(inner);
            },
          });
        },
      });
    },
  });
  return { name, type, shape };
}

function shapeIn(reader: BinaryReader): readonly (number | string)[] {
  const shape: (number | string)[] = [];
  inside(reader, {
    [SHAPE.dim]: (outer) => {
      let size: number | string = "";
      inside(outer, {
        [DIM.value]: (inner) => {
          size = whole(inner);
        },
        [DIM.name]: (inner) => {
          size = inner.string();
        },
      });
      shape.push(size);
    },
  });
  return shape;
}
