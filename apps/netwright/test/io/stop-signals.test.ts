import { EventEmitter } from "node:events";
import { describe, expect, jest, test } from "@jest/globals";
import { onStopSignal } from "../../src/io/stop-signals.ts";

function watched(platform: NodeJS.Platform) {
  const source = new EventEmitter();
  const calls: string[] = [];
  let sent = "";
  const release = onStopSignal(
    source,
    platform,
    () => calls.push(sent),
    () => calls.push("hung up"),
  );
  const send = (...signals: string[]) => {
    for (const signal of signals) {
      sent = signal;
      source.emit(signal);
    }
    return calls.splice(0);
  };
  return { source, send, release };
}

describe.each<NodeJS.Platform>(["linux", "darwin", "freebsd", "win32"])("on %s", (platform) => {
  const own = platform === "win32" ? "SIGBREAK" : "SIGTERM";

  test(`Ctrl-C, ${own} and a closed terminal stop`, () => {
    const { source, send } = watched(platform);
    expect(source.eventNames()).toEqual(["SIGINT", own, "SIGHUP"]);
    expect(send("SIGINT", own, "SIGHUP")).toEqual(["SIGINT", own, "hung up", "SIGHUP"]);
  });

  test("what is asked twice is told twice, but for a closed terminal", () => {
    const { send } = watched(platform);
    expect(send("SIGHUP", "SIGHUP", "SIGINT", "SIGHUP", "SIGINT")).toEqual([
      "hung up",
      "SIGHUP",
      "SIGINT",
      "SIGINT",
    ]);
  });

  test("nobody listens after it is released", () => {
    const { source, release, send } = watched(platform);
    release();
    expect(source.eventNames()).toEqual([]);
    expect(send("SIGINT", own, "SIGHUP")).toEqual([]);
  });

  test("what was sent once may come again for a moment, and is told to nobody", () => {
    jest.useFakeTimers();
    const { source, release, send } = watched(platform);
    send("SIGINT");
    release();
    expect(source.eventNames()).toEqual(["SIGINT"]);
    expect(send("SIGINT")).toEqual([]);
    jest.advanceTimersByTime(300);
    expect(source.eventNames()).toEqual([]);
    jest.useRealTimers();
  });

  test("a closed terminal that is told again after that ends nothing, and is told to nobody", () => {
    const { source, release, send } = watched(platform);
    send("SIGHUP");
    release();
    expect(source.eventNames()).toEqual(["SIGHUP"]);
    expect(send("SIGHUP")).toEqual([]);
  });
});
