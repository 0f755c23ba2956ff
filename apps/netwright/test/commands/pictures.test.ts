// The command on files of pictures: what is kept beside a prediction is the file, and not its bytes.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { encode } from "fast-png";
import { cli } from "../support/cli.ts";
import { temporaryFolder } from "../support/project.ts";

const home = process.cwd();
beforeEach(() => {
  process.chdir(temporaryFolder());
  for (const shade of ["dark", "light"]) {
    mkdirSync(`pictures/${shade}`, { recursive: true });
    for (let i = 0; i < 12; i++) {
      const data = Uint8Array.from({ length: 16 }, (_, pixel) => (shade === "dark" ? 0 : 200) + i + pixel);
      writeFileSync(
        `pictures/${shade}/${i}.png`,
        encode({ width: 4, height: 4, data, depth: 8, channels: 1 }),
      );
    }
  }
});
afterEach(() => process.chdir(home));

const NET = `netwright 1
data pictures {
  source: "pictures/*/*.png"
  folder_column: shade
  target: shade
  columns {
    image: image(4, 4)
    shade: category
  }
}
model { flatten -> dense(outputs) }
train { loss: cross_entropy, epochs: 2 }
`;

test("predict --keep names the file of each picture", async () => {
  writeFileSync("pictures.net", NET);
  const { run } = JSON.parse(
    (await cli(["train", "pictures.net", "--format", "json"])).stdout.trim().split("\n").at(-1) ?? "",
  );
  const pattern = ["predict", run, "--input", "pictures/light/*.png", "--output", "predictions.csv"];
  expect(await cli([...pattern, "--keep", "all"])).toMatchObject({ code: 0 });
  const [header = "", ...rows] = readFileSync("predictions.csv", "utf8").trim().split("\n");
  expect(header).toMatch(/^image,/);
  expect(rows.map((row) => row.split(",")[0]).sort()).toEqual(
    Array.from({ length: 12 }, (_, i) => `pictures/light/${i}.png`).sort(),
  );
}, 60_000);
