// What is the same network gives the same program, to the letter.

import { expect, test } from "@jest/globals";
import { activations } from "@netwright/compiler";
import { textOf } from "./support.ts";

const forms = [
  "dense(5, relu)",
  "dense(5, activation: relu)",
  "dense(units: 5, activation: relu)",
  "dense(5) -> relu",
  "dense(5)\n relu",
  "dense(5) -> activation(relu)",
  "dense(5) -> activation(function: relu)",
  "repeat 1 { dense(5) -> relu }",
];

test.each(forms)("%s is the same program as dense(5, relu)", (form) => {
  const train = "loss: mae\n optimizer: adam";
  expect(textOf({ flow: `${form}\n dense(1)`, train })).toBe(
    textOf({ flow: "dense(5, relu)\n dense(1)", train }),
  );
});

test.each([...activations.keys()])("%s as argument, as layer and by its own name", (name) => {
  const asArgument = textOf({ flow: `dense(4, ${name})` });
  expect(textOf({ flow: `dense(4) -> ${name}` })).toBe(asArgument);
  expect(textOf({ flow: `dense(4) -> activation(${name})` })).toBe(asArgument);
});

test("another activation is another program", () => {
  expect(textOf({ flow: "dense(5, elu)" })).not.toBe(textOf({ flow: "dense(5, relu)" }));
});

test("linear is no operation at all", () => {
  expect(textOf({ flow: "dense(5) -> linear" })).toBe(textOf({ flow: "dense(5)" }));
});
