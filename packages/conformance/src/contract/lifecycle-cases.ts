// What is loaded of a program: it is described as it is, and two of one program do not meet. What callers may do wrong
// is found by the runtime, before it gets to a backend.

import { type Case, require } from "../kit/case.ts";
import { requireSameState, withExecutable } from "../training/session.ts";
import { fullNetwork, trainSteps } from "../training/training-cases.ts";

const program = fullNetwork();

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
  return [describes, independent];
}
