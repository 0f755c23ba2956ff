import { lower } from "@netwright/compiler";
import { compile } from "@netwright/runtime";
import { findBackend, openProject, nodeFiles } from "netwright";
import { readFileSync } from "node:fs";
const { model } = openProject({ file: "ln.net", text: readFileSync("/tmp/tr/ln.net","utf8") }, { files: nodeFiles() });
const b = await findBackend("jit");
await compile(b.value, lower(model, { step: [32] }), { threads: 1 });
