// An encoder of the data package: a scaling of numbers, the form that most have.

import type { Kind } from "./kind.ts";
import { DOCUMENTS } from "./kind.ts";

const FOLDER = "packages/data/src/preprocess";

export const encoder: Kind = {
  what: "encoder",
  scaffold: ({ name, camel, file }) => ({
    edits: [
      { kind: "create", path: `${FOLDER}/${file}.ts`, text: source(name, camel) },
      {
        kind: "list",
        path: `${FOLDER}/encoders.ts`,
        list: "byName<Encoder>([",
        item: camel,
        from: `./${file}.ts`,
      },
      { kind: "create", path: `packages/data/test/preprocess/${file}.test.ts`, text: test(name) },
    ],
    next: [
      `Write what it learns and computes in ${FOLDER}/${file}.ts; an encoder of words is written like one_hot beside it.`,
      `Make packages/data/test/preprocess/${file}.test.ts pass.`,
      "Say in packages/netwright/src/export/wrapper/carried-encoders.ts how exported models carry it; `npm run export:source`.",
      ...DOCUMENTS,
    ],
  }),
};

const source = (name: string, camel: string) => `// The ${name} encoder.

import { defineScaling } from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";

export const ${camel} = defineScaling<{ readonly factor: number }>()({
  name: "${name}",
  doc: "",
  formula: "",
  example: "scale: ${name}",
  source: "",
  params: {},
  range: () => ({ min: null, max: null }),
  fit: () => ({ factor: 1 }),
  read: ({ factor }) => (isFiniteNumber(factor) && factor !== 0 ? { factor } : null),
  apply: ({ factor }, x) => x / factor,
  invert: ({ factor }, z) => z * factor,
  steps: ({ factor }) => ({
    apply: [{ kind: "divide", by: factor }],
    invert: [{ kind: "multiply", by: factor }],
  }),
});
`;

const test = (name: string) => `// ${name}, against values worked out elsewhere.

import { expect, test } from "@jest/globals";
import { encoders } from "@netwright/data";

test("${name} gives the values of its source", () => {
  expect(encoders.get("${name}")?.source).not.toBe("");
  throw new Error("compare what ${name} gives with the values of its source");
});
`;
