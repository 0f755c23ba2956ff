// Operations that a backend lacks are reported before anything runs, each reason once, with its layer.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { type Backend, unsupportedOps } from "@netwright/runtime";
import { smallNetwork } from "../fixtures/small-network.ts";

const program = smallNetwork({ features: 2, step: [5, 2], predict: [1] });

test("nothing to say when all are supported", () => {
  expect(unsupportedOps(program, referenceBackend)).toEqual([]);
});

test("one problem for each reason", () => {
  const limited: Backend = {
    ...referenceBackend,
    name: "limited",
    supports: (op) =>
      op.name === "tanh" || op.name === "dot_general" ? `no kernel for ${op.name} yet.` : true,
  };
  expect(unsupportedOps(program, limited).map(({ code, message }) => `${code} ${message}`)).toEqual([
    "NW0815 The backend limited cannot run `dot_general`, which layer `first` needs: no kernel for dot_general yet.",
    "NW0815 The backend limited cannot run `tanh`, which layer `activation` needs: no kernel for tanh yet.",
  ]);
});
