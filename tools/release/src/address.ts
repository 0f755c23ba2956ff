// Where the project lives, for the manifests and READMEs of the published packages: here and nowhere else.

/** Of a repository on the web, without a slash at the end. */
export const ADDRESS: string = "https://example.invalid/netwright";

/** Nothing can be published under an address that does not exist. */
export function isPlaceholder(address: string): boolean {
  return new URL(address).hostname.endsWith(".invalid");
}
