// The generated table of docs/layers.md: every layer on every backend, predicting and training.

import { jitBackend } from "@netwright/backend-jit";
import { nativeBackend } from "@netwright/backend-native";
import { referenceBackend } from "@netwright/backend-reference";
import { wasmBackend } from "@netwright/backend-wasm";
import { xlaBackend } from "@netwright/backend-xla";
import { tryProgram } from "@netwright/conformance";
import { type Backend, expandFor } from "@netwright/runtime";
import { type ExampleProgram, examplePrograms } from "netwright";
import { declaredGaps as nativeGaps } from "../../../backend-native/test/declared-gaps.ts";
import { declaredGaps as xlaGaps } from "../../../backend-xla/test/declared-gaps.ts";
import { table } from "./markdown.ts";

/** What a half of a layer's case comes to on a backend. */
type Outcome = "bits" | "close" | "no";

interface Column {
  readonly backend: string;
  readonly outcomes: (given: ExampleProgram) => Promise<Readonly<Record<"infer" | "train", Outcome>>>;
}

/** A backend that is in every checkout: each layer is tried. */
function tried(backend: Backend): Column {
  return {
    backend: backend.name,
    outcomes: async (given) => {
      const { deterministic } = await backend.describe();
      const { infer, train } = await tryProgram(backend, given);
      const outcome = (problem: string | null) =>
        problem !== null ? "no" : deterministic ? "bits" : "close";
      return { infer: outcome(infer), train: outcome(train) };
    },
  };
}

/**
 * A backend whose library need not be here, so that the table is the same everywhere: what its own conformance test holds it to,
 * where it is. That fails for each layer that is not declared as a gap.
 */
function held(backend: Backend, gaps: Readonly<Record<string, string>>): Column {
  return {
    backend: backend.name,
    outcomes: async (given) => {
      const isGap = Object.hasOwn(gaps, `program/${given.name}`);
      const takes = (kinds: readonly string[]): Outcome => {
        const own = expandFor(backend, given.program).functions.filter(({ kind }) => kinds.includes(kind));
        const all = own.every(({ body }) => body.every((op) => backend.supports(op) === true));
        return all && !isGap ? "close" : "no";
      };
      return { infer: takes(["predict", "evaluate"]), train: takes(["init", "step"]) };
    },
  };
}

const columns: readonly Column[] = [
  tried(referenceBackend),
  tried(jitBackend),
  tried(wasmBackend),
  held(nativeBackend, nativeGaps),
  held(xlaBackend, xlaGaps),
];

/** By name, so that a layer more is a line more. */
export async function layerTable(): Promise<string> {
  const layers = examplePrograms().filter(({ name }) => name.startsWith("layer/"));
  const rows: string[][] = [];
  for (const given of layers.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const row = [`\`${given.name.slice("layer/".length)}\``];
    for (const { outcomes } of columns) {
      const { infer, train } = await outcomes(given);
      row.push(infer, train);
    }
    rows.push(row);
  }
  return table(
    ["layer", ...columns.flatMap(({ backend }) => [`${backend}: infer`, `${backend}: train`])],
    rows,
  );
}
