// How a backend would compute a model: the kernels of a training step and of predicting one row.

import { lower } from "@netwright/compiler";
import type { Model } from "@netwright/lang";
import type { CompileOptions, ExplainingBackend, ProgramExplanation } from "@netwright/runtime";
import { type CatalogOption, catalog as own } from "../catalog/catalog.ts";

/** Without a train section there is only predicting. @throws BackendError as `compile` of the backend */
export async function explainKernels(
  model: Model,
  backend: ExplainingBackend,
  { catalog: { compiler: definitions } = own, ...options }: CompileOptions & CatalogOption = {},
): Promise<ProgramExplanation> {
  const step = model.train === null ? [] : [model.train.batch];
  const program = lower(model, { step, stepsPerEpoch: 1, predict: [1], definitions });
  const explanation = await backend.explain(program, options);
  return { ...explanation, functions: explanation.functions.filter(({ kind }) => kind !== "init") };
}
