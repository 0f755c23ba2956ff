// State out and in: complete, by name, as copies.

import type { Backend, Executable, TensorData } from "@netwright/runtime";
import { type Case, require } from "../kit/case.ts";
import { requireClose } from "../kit/compare.ts";
import { requireSameState, vector, withExecutable } from "../training/session.ts";
import { fullNetwork } from "../training/training-cases.ts";
import { randomTensor } from "../values/random-tensor.ts";

const program = fullNetwork();
const KERNEL = "hidden/kernel";

/** Every variable with values of its own. */
function someState(seed: number): Map<string, TensorData> {
  return new Map(
    program.state.flatMap(({ name, type }, i) => {
      const { data } = randomTensor(type, seed + i, "moderate");
      return data instanceof Uint8Array ? [] : [[name, data] as const];
    }),
  );
}

function stateCase(name: string, check: (executable: Executable) => void): Case {
  return {
    name: `state/${name}`,
    run: (backend: Backend) =>
      withExecutable(backend, name, program, (executable) => {
        executable.init(0);
        check(executable);
      }),
  };
}

export function stateCases(): Case[] {
  return [
    stateCase("what is written is read", (executable) => {
      const written = someState(1);
      executable.writeState(written);
      requireSameState(program, executable.readState(), written, { label: "state", closeness: "bits" });
    }),
    stateCase("variables that are not written stay", (executable) => {
      const before = executable.readState();
      const one = someState(2).get(KERNEL);
      if (one === undefined) return;
      executable.writeState(new Map([[KERNEL, one]]));
      const expected = new Map(before).set(KERNEL, one);
      requireSameState(program, executable.readState(), expected, { label: "state", closeness: "bits" });
    }),
    stateCase("arrays in and out are copies", (executable) => {
      const written = someState(3);
      const expected = new Map([...written].map(([name, data]) => [name, data.slice()]));
      executable.writeState(written);
      for (const data of written.values()) data.fill(1);
      for (const data of executable.readState().values()) data.fill(2);
      requireSameState(program, executable.readState(), expected, { label: "state", closeness: "bits" });
    }),
    stateCase("an old copy does not change with a step", (executable) => {
      const rows = program.functions.find(({ kind }) => kind === "step")?.batch ?? 0;
      const before = executable.readState().get(KERNEL) ?? new Float32Array();
      const kept = Float32Array.from(before);
      executable.step({
        rows,
        feeds: { x: new Float32Array(rows * 4).fill(1), y: new Float32Array(rows).fill(3) },
      });
      requireClose(KERNEL, before, vector(kept), { label: "a copy from before the step", closeness: "bits" });
      const after = executable.readState().get(KERNEL);
      require(after?.some((value, i) => value !== kept[i]) ??
        false, `${KERNEL} is the same after a step with a loss; expected an update`);
    }),
  ];
}
