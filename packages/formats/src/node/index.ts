// What runs readers of formats, in Node.

export { checkExport } from "./checks.ts";
