// The browser on this machine, if there is one. Tests without it are skipped, and say why.

import { existsSync } from "node:fs";
import { describe } from "@jest/globals";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

function browserPath(): string | undefined {
  return [process.env["NETWRIGHT_CHROMIUM"], ...PLACES].find(
    (path) => path !== undefined && existsSync(path),
  );
}

const path = browserPath();
if (path === undefined) console.warn("skipped: no Chromium on this machine; set NETWRIGHT_CHROMIUM to one");

export const describeInBrowser = path === undefined ? describe.skip : describe;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: path ?? "",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}
