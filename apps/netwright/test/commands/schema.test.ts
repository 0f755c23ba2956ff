import { expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { definitionsSchema, modelSchema } from "netwright";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

test("prints the schema of a model, or of the definitions", async () => {
  const model = await cli(["schema"]);
  expect(model).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(model.stdout)).toEqual(modelSchema());
  expect((await cli(["schema", "model"])).stdout).toBe(model.stdout);
  expect(JSON.parse((await cli(["schema", "definitions"])).stdout)).toEqual(definitionsSchema());
  expect(lastLine(await cli(["schema", "--format", "json"]))).toMatchObject({ schema: modelSchema() });
});

test("takes nothing else", async () => {
  const played = await cli(["schema", "layers"]);
  expect(played.code).toBe(2);
  expect(played.stderr).toContain("model, definitions");
});

test("what `explain --resolved` gives as JSON is a model", async () => {
  const { net } = smallProject();
  const { model } = Object(lastLine(await cli(["explain", net, "--resolved", "--format", "json"])));
  expect(model).toMatchObject({ nodes: expect.any(Array) });
  const validate = new Ajv2020({ strict: true }).compile(modelSchema());
  expect([validate(model), validate.errors]).toEqual([true, null]);
});
