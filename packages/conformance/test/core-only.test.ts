// A backend with an interpreter of its own, for core operations alone, passes the whole kit: derived operations and
// composites reach it as what they mean. So each derived operation's decomposition is held to the bits of its kernel in
// the reference, and the other way round.

import { describe, expect, test } from "@jest/globals";
import { describeConformance } from "@netwright/conformance";
import { isDerivedName, isOpName, ops } from "@netwright/ir";
import { examplePrograms } from "netwright";
import { thirdPartyBackend } from "./third-party.ts";

test("it knows core operations alone", () => {
  for (const name of Object.keys(ops)) {
    if (!isOpName(name)) continue;
    const isExpanded = isDerivedName(name) || name === "composite";
    // Nothing but the name is asked for.
    const op = { name } as Parameters<typeof thirdPartyBackend.supports>[0];
    expect([name, thirdPartyBackend.supports(op) === true]).toEqual([name, !isExpanded]);
  }
});

describeConformance(thirdPartyBackend, { describe, test }, { programs: examplePrograms() });
