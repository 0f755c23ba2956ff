import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import type { Backend } from "@netwright/runtime";
import { speedOf } from "../../src/backends/speed.ts";

/** Its functions of that name fail; `held` programs are loaded and were not given back. */
function failing(part: string): Backend & { readonly held: () => number } {
  let held = 0;
  return {
    ...referenceBackend,
    held: () => held,
    load: async (program, options) => {
      const machine = await referenceBackend.load(program, options);
      held++;
      const call: typeof machine.call = (name) => {
        if (!name.startsWith(part)) return machine.call(name);
        throw new Error(`no ${part}`);
      };
      const dispose = () => {
        held--;
        machine.dispose();
      };
      return { ...machine, call, dispose };
    },
  };
}

test.each(["init", "step", "predict"])("nothing stays where %s fails while it is measured", async (part) => {
  const backend = failing(part);
  await expect(speedOf(backend)).rejects.toThrow(`no ${part}`);
  expect(backend.held()).toBe(0);
});
