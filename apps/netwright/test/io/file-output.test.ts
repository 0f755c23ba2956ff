import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { fileOutput, isFile } from "../../src/io/file-output.ts";
import { temporaryFolder } from "../support/project.ts";

test("text arrives whole and in order", async () => {
  const path = join(temporaryFolder(), "out.txt");
  const descriptor = openSync(path, "w");
  const stream = fileOutput(descriptor);
  stream.write("é".repeat(100_000));
  await new Promise<void>((resolve) => stream.end("end", resolve));
  closeSync(descriptor);
  expect(readFileSync(path, "utf8")).toBe(`${"é".repeat(100_000)}end`);
});

(existsSync("/dev/full") ? test : test.skip)("a disk without room is an error", async () => {
  const descriptor = openSync("/dev/full", "w");
  expect(isFile(descriptor)).toBe(false);
  const stream = fileOutput(descriptor);
  const error = await new Promise<Error>((resolve) => {
    stream.on("error", resolve);
    stream.write("text");
  });
  closeSync(descriptor);
  expect(error.message).toContain("ENOSPC");
});
