// Elementwise operations alone.

import { emitMap } from "../emit/map.ts";
import {
  bodyCode,
  bodyOps,
  bodyReads,
  bodyShare,
  bodyShareAlike,
  bodyWork,
  type PointwiseBody,
  renamedBody,
} from "./body.ts";
import { type KernelRule, NO_SCRATCH } from "./rule.ts";

export interface MapKernel {
  readonly kind: "map";
  readonly body: PointwiseBody;
}

export const map: KernelRule<MapKernel> = {
  buffers: ({ body }) => ({ reads: bodyReads(body), writes: body.stores }),
  renamed: (kernel, rename) => ({ ...kernel, body: renamedBody(kernel.body, rename) }),
  code: ({ body }, { numberOf }) => ({ key: bodyCode(body, numberOf) }),
  divide: ({ body }, sharing) => bodyShare(body, sharing),
  divideAlike: ({ body }, rows) => bodyShareAlike(body, rows),
  scratch: () => NO_SCRATCH,
  work: ({ body }) => bodyWork(body),
  emit: emitMap,
  label: "elementwise",
  ops: ({ body }) => bodyOps(body),
  shape: ({ body: { rows, columns } }) => (rows === 1 ? [columns] : [rows, columns]),
};
