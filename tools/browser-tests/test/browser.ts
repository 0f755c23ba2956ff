// The browser on this machine, if there is one. Tests without it are skipped, and say why.

import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function browserPath(): string | undefined {
  return [process.env["NETWRIGHT_CHROMIUM"], ...PLACES].find(
    (path) => path !== undefined && existsSync(path),
  );
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}
