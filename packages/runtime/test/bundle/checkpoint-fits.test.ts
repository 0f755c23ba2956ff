// A checkpoint is continued by a training that keeps just what it holds.

import { describe, expect, test } from "@jest/globals";
import { type Checkpoint, checkpointMisfit, type NamedTensors } from "@netwright/runtime";
import { smallBundle } from "../fixtures/small-bundle.ts";

const { bundle, variables } = await smallBundle(3);
const { checkpoint } = bundle;
if (checkpoint === null) throw new Error("no checkpoint");
const sound = checkpoint.checkpoint;
const extent = { variables, steps: 4, epochs: 3, stops: true };

function reasonOf(changes: Partial<Checkpoint>, more: Partial<typeof extent> = {}) {
  const found = checkpointMisfit({ ...sound, ...changes }, { ...extent, ...more });
  if (found !== null) expect(found).toMatchObject({ code: "NW0826" });
  return found?.message ?? null;
}

function without(state: NamedTensors, name: string): NamedTensors {
  return new Map([...state].filter(([other]) => other !== name));
}

test("the one that was interrupted", () => {
  expect(reasonOf({})).toBeNull();
  expect(reasonOf({ epoch: 4, step: 0 })).toBeNull();
});

describe("not one", () => {
  test.each(variables.map(({ name }) => name))("that lacks %s", (name) => {
    expect(reasonOf({ state: without(sound.state, name) })).toContain(`its state lacks \`${name}\``);
  });

  test.each(variables.map(({ name }) => name))("in which %s has another size or kind", (name) => {
    const data = sound.state.get(name) ?? new Float32Array();
    const longer = new Map(sound.state).set(name, new Float32Array(data.length + 1));
    expect(reasonOf({ state: longer })).toContain(`has ${data.length + 1} numbers of type f32`);
    const kind = data instanceof Float32Array ? new Int32Array(data.length) : new Float32Array(data.length);
    expect(reasonOf({ state: new Map(sound.state).set(name, kind) })).toContain(`\`${name}\` of its state`);
  });

  test("with more than the training knows", () => {
    for (const name of ["extra", "__proto__", "\u001b[2J"]) {
      const state = new Map(sound.state).set(name, new Float32Array(1));
      expect(reasonOf({ state })).toMatch(/its state holds `.*`, which training does not know/);
    }
  });

  test("with other best weights, or with some where training keeps none", () => {
    const { best } = sound;
    if (best === null) throw new Error("no best weights");
    const [name = ""] = best.weights.keys();
    expect(reasonOf({ best: { ...best, weights: without(best.weights, name) } })).toContain(
      `its set of best weights lacks \`${name}\``,
    );
    expect(reasonOf({}, { stops: false })).toContain("does not stop early");
  });

  test("that is further than the training goes", () => {
    expect(reasonOf({ step: 5 })).toContain("it has done 5 steps of an epoch, which has 4");
    expect(reasonOf({ epoch: 5 })).toContain("it is in epoch 5, and the training has 3");
  });
});
