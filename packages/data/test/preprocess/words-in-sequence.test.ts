import { expect, test } from "@jest/globals";
import { wordsInSequence } from "@netwright/data";

const params = { length: 5, of: "words", n: 1, words: ["free", "call"] };

test("numbers become words again, up to the padding", () => {
  expect(wordsInSequence({ encoder: "word_sequence", params }, [3, 1, 2, 0, 0])).toEqual([
    "call",
    "?",
    "free",
  ]);
  expect(wordsInSequence({ encoder: "word_sequence", params }, [2, 2, 2, 2, 2])).toHaveLength(5);
  expect(wordsInSequence({ encoder: "onehot", params }, [2])).toBeNull();
});
