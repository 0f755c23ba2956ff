// Where h5wasm is not installed, the line that installs it is said.

import { expect, jest, test } from "@jest/globals";
import { formats } from "@netwright/formats";
import { portable } from "../portable.ts";

test.each(["keras", "keras-code"] as const)("%s without h5wasm", async (format) => {
  jest.unstable_mockModule("h5wasm", () => {
    throw Object.assign(new Error("Cannot find package 'h5wasm' imported from here"), {
      code: "ERR_MODULE_NOT_FOUND",
    });
  });
  const model = await portable(
    `netwright 1
data t { source: "t.csv", target: y }
model { dense(1) }
train { loss: mse, epochs: 1 }
`,
    Array.from({ length: 20 }, (_, i) => ({ x: i, y: i % 3 })),
  );
  const write = await formats[format].load();
  expect(await write(model, {})).toEqual({
    refused: [
      {
        of: "library",
        what: "The weights",
        why: "are HDF5, which the package `h5wasm` writes, and it is not installed: `npm install h5wasm` where Netwright is",
      },
    ],
  });
});
