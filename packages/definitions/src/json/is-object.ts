/** Whether a value is an object with names, as JSON has them, and no list. Nothing is said of what stands under them. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
