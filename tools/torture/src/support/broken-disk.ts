// The disk of this machine, on which a call fails or ends the process, as it counts them.

import { type Disk, type DiskFile, THIS_DISK } from "@netwright/runtime/node";

export interface BrokenDisk {
  readonly disk: Disk;
  /** The calls so far, by name. */
  readonly calls: readonly string[];
}

/** A process that is no longer there: the number is beyond what systems give. */
const GONE = { pid: 2 ** 30, machine: "abcdef" };

/** What the next command finds: the other process has ended. Nothing waits for the disk, as no power is cut here. */
export const nextDisk: Disk = {
  ...THIS_DISK,
  owner: () => ({ pid: process.pid, machine: GONE.machine }),
  open: async (path, flags) => {
    const file = await THIS_DISK.open(path, flags);
    return {
      writeFile: (bytes) => file.writeFile(bytes),
      sync: async () => {},
      close: () => file.close(),
    };
  },
};

/** Stops at the call of that number and at all that follow, before or after it has been made; they never return. */
export function killedAt(number: number, after: boolean): BrokenDisk & { readonly killed: Promise<void> } {
  let kill = () => {};
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const forever = new Promise<never>(() => {});
  const open = new Set<DiskFile>();
  const broken = counted(async (count, call) => {
    if (count < number) return call();
    if (count === number && after) await call();
    // With a process its open files go.
    for (const file of open) void file.close();
    kill();
    return forever;
  }, open);
  return { ...broken, killed };
}

/** The call of that number fails; all others are made. */
export function failingAt(number: number, code: string): BrokenDisk {
  return counted(async (count, call, name) => {
    if (count !== number) return call();
    // A file is closed whatever closing it says.
    if (name === "close") await call();
    throw Object.assign(new Error(`${code}: ${name}`), { code, syscall: name });
  });
}

function counted(
  decide: <T>(count: number, call: () => Promise<T>, name: string) => Promise<T>,
  open = new Set<DiskFile>(),
): BrokenDisk {
  const calls: string[] = [];
  const through = <T>(name: string, call: () => Promise<T>) => decide(calls.push(name), call, name);
  const file = (opened: DiskFile): DiskFile => {
    open.add(opened);
    return {
      writeFile: (bytes) => through("write", () => opened.writeFile(bytes)),
      sync: () => through("sync", async () => {}),
      close: () => through("close", () => closed(opened)),
    };
  };
  const closed = (opened: DiskFile) => {
    open.delete(opened);
    return opened.close();
  };
  const disk: Disk = {
    ...THIS_DISK,
    owner: () => GONE,
    rename: (from, to) => through("rename", () => THIS_DISK.rename(from, to)),
    mkdir: (path) => through("mkdir", () => THIS_DISK.mkdir(path)),
    mkdtemp: (prefix) => through("mkdtemp", () => THIS_DISK.mkdtemp(prefix)),
    open: (path, flags) => through("open", async () => file(await THIS_DISK.open(path, flags))),
    readdir: (path) => through("readdir", () => THIS_DISK.readdir(path)),
    readFile: (path, largest, judge) => through("readFile", () => THIS_DISK.readFile(path, largest, judge)),
    realpath: (path) => through("realpath", () => THIS_DISK.realpath(path)),
    rm: (path, options) => through("rm", () => THIS_DISK.rm(path, options)),
    stat: (path) => through("stat", () => THIS_DISK.stat(path)),
  };
  return { disk, calls };
}
