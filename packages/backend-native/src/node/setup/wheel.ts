// TensorFlow's library and headers from the wheel of tensorflow-cpu: pip downloads it and checks its hash, Python
// takes out the few files of it that tfjs-node needs.

import { existsSync } from "node:fs";
import { rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { downloadWheel as download, makeOwnFolder, runPython, type Wheel } from "@netwright/runtime/node";

/** Any version of Python can take files out of it; the numbers only name the one wheel that is meant. */
const WHEEL: Wheel = {
  package: "tensorflow-cpu",
  version: "2.21.0",
  file: "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
  sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
  selection: [
    ...["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"],
    ...["--platform", "manylinux_2_27_x86_64"],
  ],
};

const LIBRARIES = { cc: "libtensorflow_cc.so.2", framework: "libtensorflow_framework.so.2" } as const;

/** Headers that the addon includes, directly or not. */
const HEADERS = ["tensorflow/c/", "tensorflow/core/platform/", "tsl/", "xla/tsl/"] as const;

/** @returns why it failed, or undefined; a wheel that is there already is kept when its hash is right */
export function downloadWheel(folder: string, python: string): Promise<string | undefined> {
  return download(WHEEL, folder, python);
}

/** Into `deps` of the package, complete or not at all. @returns why it failed, or undefined */
export async function extractWheel(
  folder: string,
  packageFolder: string,
  python: string,
): Promise<string | undefined> {
  const deps = join(packageFolder, "deps");
  if (isExtracted(packageFolder)) return undefined;
  const partial = `${deps}.partial`;
  await rm(partial, { recursive: true, force: true });
  makeOwnFolder(join(partial, "lib"));
  const result = await runPython(python, [
    ...["-c", EXTRACT, wheelPath(folder), partial, JSON.stringify(HEADERS)],
    JSON.stringify(Object.values(LIBRARIES)),
  ]);
  if (!result.ok) return `${WHEEL.file} could not be unpacked: ${result.reason}`;
  await symlink(LIBRARIES.cc, join(partial, "lib", "libtensorflow.so"));
  await symlink(LIBRARIES.framework, join(partial, "lib", "libtensorflow_framework.so"));
  await rm(deps, { recursive: true, force: true });
  await rename(partial, deps);
  return undefined;
}

/** Whether the library that stands in `deps` is the one of the wheel. */
export function isExtracted(packageFolder: string): boolean {
  return Object.values(LIBRARIES).every((name) => existsSync(join(packageFolder, "deps", "lib", name)));
}

/** The wheel is of no use once the addon runs. */
export async function removeWheel(folder: string): Promise<void> {
  await rm(wheelPath(folder), { force: true });
}

const EXTRACT = `
import json, os, shutil, sys, zipfile
wheel, target, headers, libraries = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), json.loads(sys.argv[4])
root = "tensorflow/include/"
def copy(name, path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with archive.open(name) as source, open(path, "wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.endswith(".h") and any(name.startswith(root + prefix) for prefix in headers):
            copy(name, os.path.join(target, "include", name[len(root):]))
    for library in libraries:
        copy("tensorflow/" + library, os.path.join(target, "lib", library))
`;

function wheelPath(folder: string): string {
  return join(folder, WHEEL.file);
}
