// What runs in the page: trains the model that the test hands in and predicts with it, as a web page would.

import { createWasmBackend } from "@netwright/backend-wasm";
import { load, train } from "netwright";
import type { PageRequest, PageResult } from "./protocol.ts";

async function run({ source, csv, record, backend, threads }: PageRequest): Promise<PageResult> {
  const chosen = backend === "wasm at /wasm/" ? createWasmBackend({ wasmPaths: "/wasm/" }) : backend;
  const model = await train(source, {
    data: csv,
    backend: chosen,
    ...(threads === undefined ? {} : { threads }),
  });
  return {
    losses: model.history.map(({ loss }) => loss),
    weights: model.record.hash.weights,
    threads: model.record.backend.threads,
    ...(model.record.numerics === undefined ? {} : { fusedBy: model.record.numerics.by }),
    prediction: await model.predict(record),
    again: await load(model.files(), { backend: chosen }).predict(record),
  };
}

declare global {
  var runNetwright: typeof run;
}
globalThis.runNetwright = run;
