// docs/layers.md: its table is what the backends do, layer by layer. `UPDATE_DOCS=1` writes it.

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { catalog } from "netwright";
import { layerTable } from "./layer-table.ts";
import { withTables } from "./markdown.ts";

const PAGE = new URL("../../../../docs/layers.md", import.meta.url);

/** Milliseconds: each layer is trained on several backends. */
const TIMEOUT = 300_000;

test(
  "the table is what the backends do: `npm run docs:layers` writes it anew",
  async () => {
    const page = readFileSync(PAGE, "utf8");
    const current = withTables(page, { layers: await layerTable() });
    const named = [...current.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named).toEqual([...catalog.layer.keys()].sort());
    if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(PAGE, current);
    else expect(page).toBe(current);
  },
  TIMEOUT,
);
