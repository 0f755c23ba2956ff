// Words that would fill the heap are told before they do.

import { expect, test } from "@jest/globals";
import { TooManyWords, withoutRoom } from "../../src/scan/heap-room.ts";

test("words take a hundred bytes each, beside their characters", () => {
  expect(withoutRoom(1000, 5000, 105_000)).toBeNull();
  expect(withoutRoom(1000, 5001, 105_000)).toMatchObject({ words: 1000, needed: 105_001, room: 105_000 });
  expect(withoutRoom(1e9, 1e9)).toBeInstanceOf(TooManyWords);
  expect(withoutRoom(1000, 5000)).toBeNull();
});
