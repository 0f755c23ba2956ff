// A compiled program with its state, which lives in the module's memory: a call runs one function of the module on
// arrays that lie there.

import { at } from "@netwright/ir";
import type { Machine, TensorData } from "@netwright/runtime";
import { arrayAt, writeConstant } from "./arrays.ts";
import type { Instance } from "./instance.ts";
import type { ProgramPlan } from "./plan/plan.ts";

export function createMachine(plan: ProgramPlan, instance: Instance): Machine {
  const { buffer } = instance.memory;
  for (const constant of plan.constants) writeConstant(buffer, constant);
  const state = new Map(
    [...plan.state].map(([name, place]): [string, TensorData] => [name, arrayAt(buffer, name, place)]),
  );
  return {
    get threads() {
      return instance.team?.threads ?? 1;
    },
    call: (name) => {
      const index = plan.functions.findIndex(({ func }) => func.name === name);
      const { inputs, outputs } = at(plan.functions, index);
      return {
        inputs: inputs.map((place, k) => arrayAt(buffer, `input ${k} of ${name}`, place)),
        outputs: outputs.map((place, k) => arrayAt(buffer, `output ${k} of ${name}`, place)),
        run: at(instance.functions, index),
      };
    },
    readState: () => new Map([...state].map(([name, data]) => [name, data.slice()])),
    writeState: (written) => {
      for (const [name, data] of written) state.get(name)?.set(data);
    },
    dispose: () => instance.team?.dispose(),
  };
}
