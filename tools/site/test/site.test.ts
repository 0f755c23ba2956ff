// The whole site, as it is made from this repository: valid, complete, and without a link that leads nowhere.

import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { readSources, siteFiles } from "@netwright/site";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { catalog, codeTitles, helpPages } from "netwright";

const sources = readSources(fileURLToPath(new URL("../../..", import.meta.url)));
const files = await siteFiles(sources);
const pages = [...files];
const assets = new Set(["style.css", "search.js"]);

function page(path: string): string {
  const html = files.get(path);
  if (html === undefined) throw new Error(`there is no ${path}`);
  return html;
}

function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map(([, value = ""]) => value);
}

describe("every page", () => {
  // Pages of a folder are made in one way, and a page takes a while.
  test("is valid HTML: those at the top, and some of each folder", async () => {
    const seen = new Map<string, number>();
    const some = pages.filter(([path]) => {
      const folder = posix.dirname(path);
      const before = seen.get(folder) ?? 0;
      seen.set(folder, before + 1);
      return folder === "." || before < (folder === "errors" ? 8 : 2);
    });
    const loader = new StaticConfigLoader({
      root: true,
      extends: ["html-validate:recommended"],
      // Anchors are those of GitHub, which may begin with a digit.
      rules: { "valid-id": ["error", { relaxed: true }] },
    });
    const validator = new HtmlValidate(loader);
    const wrong: string[] = [];
    for (const [path, html] of some) {
      const { results } = await validator.validateString(html, path);
      for (const { line, column, ruleId, message } of results.flatMap(({ messages }) => messages)) {
        wrong.push(`${path}:${line}:${column} ${ruleId}: ${message}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(some.length).toBeGreaterThan(30);
  });

  test("has links that lead somewhere, to an anchor that is there, and works under any prefix", () => {
    const ids = new Map(pages.map(([path, html]) => [path, new Set(attributes(html, "id"))]));
    const dead: string[] = [];
    let checked = 0;
    for (const [path, html] of pages) {
      for (const href of ["href", "src", "action"].flatMap((name) => attributes(html, name))) {
        if (/^(?:https:|data:image)/.test(href)) continue;
        checked++;
        const [target = "", anchor] = href.split("#");
        const file = target === "" ? path : posix.normalize(posix.join(posix.dirname(path), target));
        const found = assets.has(file) || files.has(file);
        if (!found || /^[/\\]|:/.test(href) || (anchor !== undefined && !ids.get(file)?.has(anchor))) {
          dead.push(`${path}: ${href}`);
        }
      }
    }
    expect(dead).toEqual([]);
    expect(checked).toBeGreaterThan(5000);
  });

  test("has a title of its own and one heading of the first level", () => {
    const titles = pages.map(([, html]) => /<title>(.*)<\/title>/.exec(html)?.[1] ?? "");
    expect(titles.filter((title, i) => title === "" || titles.indexOf(title) !== i)).toEqual([]);
    const odd = pages.filter(([, html]) => html.match(/<h1/g)?.length !== 1);
    expect(odd.map(([path]) => path)).toEqual([]);
  });

  test("can be reached from the list of all", () => {
    const links = new Set(attributes(page("all.html"), "href"));
    const alone = [...files.keys()].filter((path) => !links.has(path));
    expect(alone).toEqual([]);
  });

  test("needs no script but for the search", () => {
    expect(pages.filter(([, html]) => html.includes("<script")).map(([path]) => path)).toEqual(["all.html"]);
  });
});

describe("there is a page for every", () => {
  const layers = [...catalog.layer.keys()].filter((name) => !catalog.definitions.activation.has(name));
  const others = Object.entries(catalog.definitions).filter(([family]) => family !== "layer");
  const families = others.map(([family, definitions]) => [family, [...definitions.keys()]] as const);
  test.each([["layer", layers] as const, ...families, ["metric", [...catalog.metrics.keys()]] as const])(
    "%s",
    (kind, names) => {
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(files.has(`reference/${kind}/${name}.html`)).toBe(true);
    },
  );

  test("help page, with its parameters, formula, source and example", () => {
    for (const { kind, name, params, formula, source } of helpPages()) {
      const html = page(`reference/${kind.replaceAll(" ", "-")}/${name}.html`);
      for (const param of params) expect(html).toContain(`<td><code>${param.name}</code></td>`);
      const parts = [...html.matchAll(/<h2 id="(\w+)">/g)].map(([, id]) => id);
      expect(parts).toContain("example");
      expect([parts.includes("formula"), parts.includes("source")]).toEqual([
        formula !== null,
        source !== null,
      ]);
    }
  });

  test("code", () => {
    for (const code of Object.keys(codeTitles)) expect(files.has(`errors/${code}.html`)).toBe(true);
  });

  test("example, which the list of them leads to", () => {
    const folders = [...sources.keys()].flatMap(
      (path) => /^examples\/([^/]+)\/README\.md$/.exec(path)?.[1] ?? [],
    );
    expect(folders.length).toBeGreaterThan(5);
    const links = attributes(page("examples/index.html"), "href");
    expect(folders.filter((name) => !links.includes(`${name}.html`))).toEqual([]);
  });

  test("guide", () => {
    for (const path of sources.keys()) {
      const name = /^docs\/([^/]+)\.md$/.exec(path)?.[1];
      if (name !== undefined) expect(files.has(`${name}.html`)).toBe(true);
    }
  });
});

describe("a page of a definition", () => {
  test("draws the curve of an activation, but of those that look at a row", () => {
    const curves = [...catalog.definitions.activation.keys()].filter((name) =>
      page(`reference/activation/${name}.html`).includes("<svg"),
    );
    const all = [...catalog.definitions.activation.keys()];
    expect(curves).toEqual(all.filter((name) => name !== "softmax" && name !== "log_softmax"));
    expect(page("reference/activation/elu.html")).toContain('aria-label="elu: curve and derivative"');
  });

  test("tells type, range and default", () => {
    const html = page("reference/optimizer/adam.html");
    const row = /<tr><td><code>beta_1<\/code>.*<\/tr>/.exec(html)?.[0];
    expect(row).toMatchInlineSnapshot(
      `"<tr><td><code>beta_1</code></td><td>Decay of the mean of the gradient.</td><td data-title="Type and range">A number of at least 0 and less than 1</td><td data-title="Default"><code>0.9</code></td></tr>"`,
    );
  });

  test("leads to others of its name", () => {
    expect(page("reference/loss/mae.html")).toContain('href="../metric/mae.html"');
    expect(page("reference/metric/mae.html")).toContain('href="../loss/mae.html"');
  });
});

describe("code", () => {
  test("of the language is coloured by its tokens", () => {
    const html = page("index.html");
    expect(html).toContain('<span class="keyword">netwright</span> <span class="number">1</span>');
    expect(html).toContain(
      '<span class="property">optimizer</span>: <span class="function">adam</span>(<span class="property">learning_rate</span>: <span class="number">1e-3</span>)',
    );
  });

  test("keeps its text to the letter", () => {
    const text = sources.get("examples/concrete/concrete-swish.net") ?? "";
    const block = /<h2 id="concrete-swish-net">.*?<code>(.*?)<\/code>/s.exec(
      page("examples/concrete.html"),
    )?.[1];
    const shown = (block ?? "").replace(/<[^>]*>/g, "");
    const plain = shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"');
    expect(plain.replaceAll("&amp;", "&")).toBe(text);
  });

  test("marks the line of a mistake, and names files", () => {
    const html = page("errors/NW0301.html");
    expect(html).toMatch(
      /<figure class="block wrong">.*?<mark> {2}<span class="function">dense.*?unit.*?<\/mark>/s,
    );
    expect(html).toContain('<figure class="block right">');
    expect(page("errors/NW0632.html")).toContain("<figcaption>flats.csv</figcaption>");
  });

  test("that names something leads to its page", () => {
    expect(page("errors/NW0301.html")).toContain(
      '<a class="code" href="../reference/layer/dense.html"><code>netwright help dense</code></a>',
    );
    expect(page("language.html")).toContain('href="reference/activation/relu.html"');
  });
});

describe("colours", () => {
  const style = readFileSync(new URL("../assets/style.css", import.meta.url), "utf8");
  const themes = [...style.matchAll(/:root \{([^}]*)\}/g)].map(([, body = ""]) =>
    Object.fromEntries(
      [...body.matchAll(/--(\w+): #(\w{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
    ),
  );

  /** WCAG 2: relative luminance. */
  function luminance(hex: string): number {
    const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
      const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(a: string, b: string): number {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  }

  test.each([
    ["light", 0],
    ["dark", 1],
  ])("%s: text can be read on every ground", (_, i) => {
    const theme = themes[i] ?? {};
    const { page: ground = "", soft = "", mark = "", line: _line, wrong: _w, right: _r, ...texts } = theme;
    expect(Object.keys(texts).length).toBeGreaterThanOrEqual(9);
    for (const [name, colour] of Object.entries(texts)) {
      for (const on of [ground, soft, mark]) {
        expect([name, on, contrast(colour, on) >= 4.5]).toEqual([name, on, true]);
      }
    }
  });
});
