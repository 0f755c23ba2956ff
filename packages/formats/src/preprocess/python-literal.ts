// Plain data as a literal of Python.

export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") {
    if (Number.isNaN(value)) return 'float("nan")';
    return Number.isFinite(value) ? String(value) : `float("${value < 0 ? "-" : ""}inf")`;
  }
  // Every text of JSON is one of Python; a surrogate by itself is escaped by both.
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  if (typeof value === "object")
    return `{${Object.entries(value)
      .map(([name, one]) => `${JSON.stringify(name)}: ${pythonLiteral(one)}`)
      .join(", ")}}`;
  throw new Error("plain data alone is written");
}
