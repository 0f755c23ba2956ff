// Cases of one operation, and how one is run: on the backend and by the reference, then compared.

import { type Tensor, zeros } from "@netwright/backend-reference";
import type { OpName } from "@netwright/ir";
import type { Backend } from "@netwright/runtime";
import fc from "fast-check";
import { type Case, ConformanceError, type ConformanceOptions, require } from "../kit/case.ts";
import { closenessFor } from "../kit/closeness.ts";
import { format, requireClose } from "../kit/compare.ts";
import type { ToleranceClass } from "../kit/tolerance.ts";
import { type Application, graphOf, labelOf } from "./application.ts";
import { evaluateGraph, type Graph, runGraph } from "./graph.ts";

export interface OpCase<K extends OpName> {
  /** Short and unique for the operation: `f32 edge values`. */
  readonly variant: string;
  readonly tolerance: ToleranceClass;
  /** Made when the case runs: all of a list, or as many from a generator as the options say. */
  readonly applications: () => readonly Application<K>[] | fc.Arbitrary<Application<K>>;
}

/** With `numerics`, a case of them: a backend that does not have them passes it. */
export function toCase<K extends OpName>(
  op: K,
  opCase: OpCase<K>,
  options: ConformanceOptions,
  numerics?: "fused",
): Case {
  const { variant, tolerance, applications } = opCase;
  const name = numerics === undefined ? `op/${op}/${variant}` : `numerics/${numerics}/${op}/${variant}`;
  return {
    name,
    run: async (backend) => {
      if (numerics !== undefined && backend.fused === undefined) return;
      const check = (application: Application<K>) => {
        const graph = { ...graphOf(op, application), ...(numerics && { numerics }) };
        return checkGraph(backend, labelOf(op, application), graph, tolerance, options);
      };
      const all = applications();
      if (all instanceof fc.Arbitrary) await forGenerated(name, all, check, options);
      else for (const application of all) await check(application);
    },
  };
}

/** Each case has shapes of its own: FNV-1a of its name, from the seed of the kit. */
function seedOf(name: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}

/** Checks generated values; a failure is shrunk to a small one, whose error is thrown. */
async function forGenerated<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => Promise<void>,
  { seed = 0, runs = 12 }: ConformanceOptions,
): Promise<void> {
  const { failed, errorInstance } = await fc.check(fc.asyncProperty(arbitrary, check), {
    seed: seedOf(name, seed),
    numRuns: runs,
  });
  if (!failed) return;
  throw errorInstance instanceof Error ? errorInstance : new ConformanceError(String(errorInstance));
}

/** @throws ConformanceError where the backend's results are not those of the reference. */
export async function checkGraph(
  backend: Backend,
  label: string,
  graph: Graph,
  tolerance: ToleranceClass,
  options: ConformanceOptions,
): Promise<void> {
  const closeness = await closenessFor(backend, tolerance, options);
  const expected = evaluateGraph(graph);
  const scales = tolerance === "accumulation" && closeness !== "bits" ? magnitudes(graph) : [];
  const actual = await runGraph(backend, label, graph);
  expected.forEach((result, i) => {
    const data = actual[i];
    require(data !== undefined, `${label}: result ${i} is missing`);
    requireClose(`result ${i}`, data, result, {
      label,
      closeness,
      scale: scales[i],
      explain: (index) => sources(graph.operands, result, index),
    });
  });
}

/** The results on absolute values: what the rounding errors of sums of products are relative to. Indices stay. */
function magnitudes(graph: Graph): readonly Tensor[] {
  const operands = graph.operands.map(({ type, data }) => {
    if (type.dtype !== "f32") return { type, data };
    const absolute = zeros(type);
    for (let i = 0; i < data.length; i++) absolute.data[i] = Math.abs(data[i] ?? 0);
    return { type, data: absolute.data };
  });
  return evaluateGraph({ ...graph, operands });
}

/** The operand elements at the same place, where all operands have the shape of the result. */
function sources(operands: readonly Tensor[], { type }: Tensor, index: number): string {
  const size = type.shape.join();
  if (operands.length === 0 || operands.some((x) => x.type.shape.join() !== size)) return "";
  return ` from ${operands.map(({ data }) => format(data[index])).join(", ")}`;
}
