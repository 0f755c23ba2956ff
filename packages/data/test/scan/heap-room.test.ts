// Words that would fill the heap are told before they do.

import { expect, test } from "@jest/globals";
import { TooManyWords, withoutRoom, withoutRoomToLearn } from "../../src/scan/heap-room.ts";

test("words take room beside their characters, and more while they are learned", () => {
  expect(withoutRoom(1000, 5000, 135_000)).toBeNull();
  expect(withoutRoom(1000, 5001, 135_000)).toMatchObject({ words: 1000, needed: 135_001, room: 135_000 });
  expect(withoutRoomToLearn(1000, 5000, 135_000)).toMatchObject({ needed: 205_000 });
  expect(withoutRoom(1e9, 1e9)).toBeInstanceOf(TooManyWords);
  expect(withoutRoom(1000, 5000)).toBeNull();
});
