// A pass over the rows of a strip: how many rows, or blocks of one, are done at a time.

import { inRows } from "../../kernels/body.ts";
import type { PassKernel } from "../../kernels/pass.ts";
import type { Emission } from "../emission.ts";
import { emitRowsTogether, ONE_ROW } from "./row-pass.ts";
import type { RowPass } from "./row-step.ts";

export function emitPass(emission: Emission, { body, reductions, together }: PassKernel): void {
  const { fn, strip } = emission;
  if (strip === undefined) throw new Error("a pass is one of several kernels over the same rows");
  const length = (body.rows * body.columns) / strip.rows;
  const pass: RowPass = { length, bytes: 4 * length, body: inRows(body, strip.rows), reductions };
  const line = fn.local("i32");
  fn.get(strip.from).set(line);
  for (const each of [...together, ONE_ROW]) {
    if (each.rows <= strip.rows) fn.scope(() => emitRowsTogether(emission, pass, each, line, strip.to));
  }
}
