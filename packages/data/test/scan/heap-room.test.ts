// Words that would fill the heap are told before they do.

import { expect, test } from "@jest/globals";
import { TooManyWords, withoutRoom, withoutRoomToLearn, youngRoom } from "../../src/scan/heap-room.ts";

test("words take room beside their characters, and more while they are learned", () => {
  const [words, room] = [20_000, 2_605_000];
  expect(withoutRoom(words, 5000, room)).toBeNull();
  expect(withoutRoom(words, 5001, room)).toMatchObject({ words, needed: 2_605_001, room });
  expect(withoutRoomToLearn(words, 5000, room)).toMatchObject({ needed: 4_005_000 });
  expect(withoutRoom(1e9, 1e9)).toBeInstanceOf(TooManyWords);
  expect(withoutRoom(1000, 5000)).toBeNull();
});

test("few words are not refused, whatever an engine tells", () => {
  expect(withoutRoom(10_000, 1e6, 0)).toBeNull();
  expect(withoutRoom(10_001, 1e6, 0)).not.toBeNull();
});

test.each([
  ["11.3.244.8-node.38", "", 48],
  ["12.4.254.21-node.56", "--max-old-space-size=64", 48],
  ["13.6.233.17-node.63", "", 192],
  ["14.6.202.34-node.24", "--stack-size=2000", 96],
  ["14.6.202.34-node.24", "--max-semi-space-size=1", 3],
  ["11.3.244.8-node.38", "--max_semi_space_size=128 --max-semi-space-size 2", 6],
])("what V8 %s tells with `%s` has %d MiB for what is new", (v8, options, mebibytes) => {
  expect(youngRoom(v8, options)).toBe(mebibytes * 2 ** 20);
});
