// The two examples that every format of tables carries, trained for a few epochs, with a thousand sample rows.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PortableModel } from "@netwright/formats";
import { portable } from "./portable.ts";

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url)), "utf8");

export const concrete = (): Promise<PortableModel> =>
  portable(
    read("concrete/concrete.net")
      .replace(/ = 512 in \[.*\]/, " = 32")
      .replace("depth = 3", "depth = 2")
      .replace("epochs: 100", "epochs: 5"),
    read("concrete/concrete.csv"),
    1000,
  );

export const penguins = (): Promise<PortableModel> =>
  portable(
    read("penguins/penguins.net").replace("epochs: 100", "epochs: 5"),
    read("penguins/penguins.csv"),
    1000,
  );
