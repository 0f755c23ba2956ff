// How bad a problem is that the user can mend: an error keeps the thing that was asked for from being made.

export type Severity = "error" | "warning";

export function hasError(problems: readonly { readonly severity: Severity }[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}
