// Addresses in the site: paths such as `reference/activation/elu.html`, and links between them that also work where
// pages are opened as files or stand under any prefix.

/** From one page to another; an anchor may follow the path. */
export function relativeLink(from: string, to: string): string {
  const [path = "", anchor] = to.split("#");
  const suffix = anchor === undefined ? "" : `#${anchor}`;
  if (path === from) return suffix === "" ? lastOf(path) : suffix;
  const [here, there] = [from.split("/").slice(0, -1), path.split("/")];
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared++;
  return `${"../".repeat(here.length - shared)}${there.slice(shared).join("/")}${suffix}`;
}

/** The anchor of a heading, as GitHub makes it. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

/** A path in the repository, as a document there writes it: `../examples/concrete/concrete.net`. */
export function repositoryPath(document: string, href: string): string {
  const parts = document.split("/").slice(0, -1);
  for (const part of href.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
