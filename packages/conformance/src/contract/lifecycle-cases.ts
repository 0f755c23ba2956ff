// The life of an executable: sizes that do not fit are refused, two do not meet, none is used after dispose.

import type { Executable } from "@netwright/runtime";
import { type Case, require } from "../kit/case.ts";
import { batchAt, samples } from "../training/samples.ts";
import { requireSameState, withExecutable } from "../training/session.ts";
import { fullNetwork, trainSteps } from "../training/training-cases.ts";
import { requireBackendError } from "./expect-backend-error.ts";

const program = fullNetwork();
const batch = batchAt(samples(), 0);

function lifecycleCase(name: string, check: (executable: Executable) => void): Case {
  return {
    name: `contract/${name}`,
    run: (backend) =>
      withExecutable(backend, name, program, (executable) => {
        executable.init(0);
        check(executable);
      }),
  };
}

const independent: Case = {
  name: "contract/two executables of one program are independent",
  run: (backend) =>
    withExecutable(backend, "first", program, (first) =>
      withExecutable(backend, "second", program, (second) => {
        first.init(1);
        second.init(2);
        const before = second.readState();
        trainSteps(first, 0, 3);
        const comparison = {
          label: "state of the second after steps of the first",
          closeness: "bits" as const,
        };
        requireSameState(program, second.readState(), before, comparison);
        first.dispose();
        requireSameState(program, second.readState(), before, {
          ...comparison,
          label: "state of the second after dispose of the first",
        });
        trainSteps(second, 0, 3);
      }),
    ),
};

const describes: Case = {
  name: "contract/describe says what runs",
  run: async (backend) => {
    const { name, versions, threads, device, simd, deterministic } = await backend.describe();
    require(name === backend.name, `describe() says ${name}, the backend is called ${backend.name}`);
    require(Object.keys(versions).length > 0, "describe() names no versions");
    require(Number.isInteger(threads) && threads >= 1, `describe() says ${threads} threads`);
    require(typeof device === "string" && device !== "", "describe() names no device");
    require(typeof simd === "boolean" &&
      typeof deterministic === "boolean", "simd and deterministic are booleans");
  },
};

export function lifecycleCases(): Case[] {
  return [
    describes,
    independent,
    lifecycleCase("a batch size that the program lacks is refused", (executable) => {
      const three = { rows: 3, x: new Float32Array(12), y: new Float32Array(3) };
      requireBackendError("step on 3 rows", () => executable.step(three));
      requireBackendError("predict on 3 rows", () => executable.predict(three.x, 3));
      requireBackendError("evaluate on 3 rows", () => executable.evaluate(three));
      requireBackendError("trace on 3 rows", () => executable.trace(three.x, 3));
    }),
    lifecycleCase("arrays of a wrong size are refused", (executable) => {
      const short = batch.x.subarray(1);
      requireBackendError("step with an x that is too short", () => executable.step({ ...batch, x: short }));
      requireBackendError("step with a y that is too long", () => executable.step({ ...batch, y: batch.x }));
      requireBackendError("predict with an x that is too short", () => executable.predict(short, batch.rows));
    }),
    lifecycleCase("after dispose only dispose is allowed", (executable) => {
      executable.dispose();
      executable.dispose();
      requireBackendError("step after dispose", () => executable.step(batch));
      requireBackendError("predict after dispose", () => executable.predict(batch.x, batch.rows));
      requireBackendError("readState after dispose", () => executable.readState());
      requireBackendError("init after dispose", () => executable.init(0));
    }),
    lifecycleCase("inputs are not changed or kept", (executable) => {
      const [x, y] = [batch.x.slice(), batch.y.slice()];
      const first = executable.predict(x, batch.rows).slice();
      executable.step({ rows: batch.rows, x, y });
      require(x.every((value, i) => value === batch.x[i]) &&
        y.every((value, i) => value === batch.y[i]), "a step changed the arrays of its batch");
      const kept = executable.predict(x, batch.rows);
      const copy = kept.slice();
      executable.predict(x.fill(9), batch.rows).fill(0);
      require(kept.every(
        (value, i) => value === copy[i],
      ), "a later predict changed the result of an earlier one");
      require(first.some((value, i) => value !== copy[i]), "a step changed no prediction");
    }),
  ];
}
