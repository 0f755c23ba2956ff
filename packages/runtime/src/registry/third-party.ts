// A backend that somebody else publishes: a package that exports `backend`, a `Backend`, and
// `backendContract`, the number of the contract it was written for.

import { BACKEND_CONTRACT, type Backend } from "../backend/backend.ts";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";
import { isMissingPackage, loadProblem } from "./missing-package.ts";

/** Problems: NW0811 to NW0814. */
export async function loadThirdParty(
  packageName: string,
  importPackage: (packageName: string) => Promise<unknown>,
): Promise<Outcome<Backend>> {
  let module: unknown;
  try {
    module = await importPackage(packageName);
  } catch (error) {
    if (!isMissingPackage(error, packageName))
      return fail(loadProblem(`The package \`${packageName}\``, error));
    return fail(
      problem(
        "NW0811",
        `There is no backend \`${packageName}\`, and no package of that name is installed.`,
        `If it is a package that holds a backend, add it: \`npm install ${packageName}\``,
      ),
    );
  }
  return checkThirdParty(packageName, module);
}

export function checkThirdParty(packageName: string, module: unknown): Outcome<Backend> {
  const exported = isObject(module) ? module : {};
  const { backend, backendContract } = exported;
  // One for another contract has other methods, which would be named as lacking.
  if (typeof backendContract === "number" && backendContract !== BACKEND_CONTRACT) {
    return otherContract(packageName, `version ${backendContract}`);
  }
  const missing = missingMembers(backend);
  if (!isBackend(backend)) {
    const what = missing.length === 0 ? "" : ` It lacks ${missing.join(", ")}.`;
    return fail(
      problem(
        "NW0813",
        `The package \`${packageName}\` does not export a \`backend\` of the expected form.${what}`,
        "A backend has `name`, `supports`, `load` and `describe`; see `Backend` in `@netwright/runtime`.",
      ),
    );
  }
  return backendContract === BACKEND_CONTRACT ? succeed(backend) : otherContract(packageName, "no version");
}

function otherContract(packageName: string, found: string): Outcome<Backend> {
  return fail(
    problem(
      "NW0814",
      `The package \`${packageName}\` exports \`backendContract\` with ${found} of the backend contract; this release needs version ${BACKEND_CONTRACT}.`,
      `Look for a release of \`${packageName}\` that fits this one of Netwright.`,
    ),
  );
}

const methods = ["supports", "load", "describe"] as const;

function missingMembers(value: unknown): string[] {
  if (!isObject(value)) return ["`backend`"];
  const missing: string[] = methods.filter((name) => typeof value[name] !== "function");
  if (typeof value["name"] !== "string") missing.unshift("name");
  return missing.map((name) => `\`backend.${name}\``);
}

/** Names and kinds are all that can be checked here; the conformance kit checks the rest. */
export function isBackend(value: unknown): value is Backend {
  return missingMembers(value).length === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
