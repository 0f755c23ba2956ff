// What engines throw where an array cannot be had. A heap that is full ends the process and is no error: that is why
// tables are read into arrays, which lie outside of it.

/** V8, SpiderMonkey and JavaScriptCore, in this order. */
const ALLOCATION =
  /^(?:Array buffer allocation failed|Invalid (?:typed )?array (?:buffer )?length|Invalid string length)|^invalid (?:or out-of-range|array) |^out of memory|^(?:Out of memory|Array size is not a small enough|length too large)/i;

/** RESOURCE_EXHAUSTED, as the addon of TensorFlow says it in an error of no kind of its own. */
const OF_TENSORFLOW = /^Invalid TF_Status: 8\b/;

export function isOutOfMemory(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("name" in error) || !("message" in error))
    return false;
  const message = String(error.message);
  if (error.name === "RangeError" || error.name === "InternalError") return ALLOCATION.test(message);
  return error.name === "Error" && OF_TENSORFLOW.test(message);
}
