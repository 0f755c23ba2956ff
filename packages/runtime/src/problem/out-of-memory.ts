// What engines throw where an array cannot be had. A heap that is full ends the process and is no error: that is why
// tables are read into arrays, which lie outside of it.

/** V8, SpiderMonkey and JavaScriptCore, in this order. */
const ALLOCATION =
  /^(?:Array buffer allocation failed|Invalid (?:typed )?array (?:buffer )?length|Invalid string length)|^invalid (?:or out-of-range|array) |^out of memory|^(?:Out of memory|Array size is not a small enough|length too large)/i;

export function isOutOfMemory(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "name" in error &&
    (error.name === "RangeError" || error.name === "InternalError") &&
    "message" in error &&
    ALLOCATION.test(String(error.message))
  );
}
