// What is known about a value that code other than ours has thrown. Looks at the value and not at its class:
// an error from another realm (a worker's, a sandbox's) is not an instance of this one's Error.

export function codeOf(error: unknown): string | null {
  const code = field(error, "code");
  return typeof code === "string" ? code : null;
}

export function messageOf(error: unknown): string {
  const message = field(error, "message");
  return typeof message === "string" ? message : String(error);
}

/** The advice that a `BackendError` carries, also one from another copy of this package. */
export function remedyOf(error: unknown): string | null {
  const remedy = field(error, "remedy");
  return typeof remedy === "string" ? remedy : null;
}

function field(value: unknown, name: "code" | "message" | "remedy"): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as { readonly [key in typeof name]?: unknown })[name];
}
