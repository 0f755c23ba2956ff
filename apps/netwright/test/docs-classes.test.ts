// docs/classes.md cannot lie.

import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "@jest/globals";
import { playPage } from "./support/play-page.ts";

playPage("classes", {
  others: async (text, play) => {
    // A piece of a file stands for itself: the language checks it with the network before it.
    if (!text.startsWith("expect ")) return false;
    const net = readFileSync("species.net", "utf8");
    writeFileSync("expecting.net", `${net}\n${text}`);
    expect((await play("npx netwright train expecting.net")).match(/^pass /gm)).toHaveLength(2);
    return true;
  },
});
