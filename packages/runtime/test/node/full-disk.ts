// A file system of 64 KiB, in a namespace of its own: a disk that is really full.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface SmallDisk {
  /** A directory on it, as this process reaches it. */
  readonly path: string;
  readonly release: () => Promise<void>;
}

/** `mountPoint` is an existing directory. Gives the reason where the system does not allow it. */
export async function mountSmallDisk(mountPoint: string): Promise<SmallDisk | string> {
  const command = `mount -t tmpfs -o size=64k tmpfs "$1" && echo ready && cat`;
  const child: ChildProcess = spawn("unshare", ["-Urm", "sh", "-c", command, "sh", mountPoint], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let told = "";
  child.stderr?.on("data", (data) => {
    told += data;
  });
  const closed = once(child, "close").catch((error: unknown) => {
    told += String(error);
  });
  const ready = once(child.stdout ?? child, "data").then(() => true);
  if (!(await Promise.race([ready, closed.then(() => false)]))) return told.trim() || "unshare failed";
  return {
    path: `/proc/${child.pid}/root${mountPoint}`,
    async release() {
      child.stdin?.end();
      await closed;
    },
  };
}
