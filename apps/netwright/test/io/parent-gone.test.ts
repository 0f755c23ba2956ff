import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { onParentGone } from "../../src/io/parent-gone.ts";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function watched(command: string | undefined) {
  const child = { ppid: 70, env: { npm_command: command } };
  const handler = jest.fn();
  return { child, handler, release: onParentGone(child, 70, handler) };
}

test("a command of npx is asked to stop once, when its parent is another one", () => {
  const { child, handler } = watched("exec");
  jest.advanceTimersByTime(10_000);
  expect(handler).not.toHaveBeenCalled();
  child.ppid = 1;
  jest.advanceTimersByTime(10_000);
  expect(handler).toHaveBeenCalledTimes(1);
});

test.each(["run-script", undefined])("what `%s` has started may be left behind on purpose", (command) => {
  const { child, handler } = watched(command);
  child.ppid = 1;
  jest.advanceTimersByTime(10_000);
  expect(handler).not.toHaveBeenCalled();
});

test("a command that is done is asked no more", () => {
  const { child, handler, release } = watched("exec");
  release();
  child.ppid = 1;
  jest.advanceTimersByTime(10_000);
  expect(handler).not.toHaveBeenCalled();
});
