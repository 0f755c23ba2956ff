// What a page of the site is before it gets its frame.

import type { Heading, MarkdownLinks } from "./markdown.ts";

export interface Page {
  /** In the site: `reference/activation/elu.html`. */
  readonly path: string;
  /** For the title bar, lists and search, without markup. */
  readonly title: string;
  /** One sentence, without markup; may be empty. */
  readonly summary: string;
  /** What lists say that it is: "activation", "guide", "problem". */
  readonly kind: string;
  readonly render: (links: MarkdownLinks) => Body | Promise<Body>;
}

export interface Body {
  readonly html: string;
  readonly aside?: Aside;
}

/** What stands beside the page, or folded above it on narrow screens. */
export interface Aside {
  readonly title: string;
  /** Of this page, or of other pages; `current` is the page itself. */
  readonly links: readonly AsideLink[];
}

export interface AsideLink {
  readonly href: string;
  readonly html: string;
  readonly current?: boolean;
  /** A part of the one before. */
  readonly isSub?: boolean;
}

/** A list of the headings of a long page. */
export function contentsOf(headings: readonly Heading[]): Pick<Body, "aside"> {
  const parts = headings.filter(({ depth }) => depth === 2 || depth === 3);
  if (parts.length < 4) return {};
  return {
    aside: {
      title: "On this page",
      links: parts.map(({ id, depth, html }) => ({ href: `#${id}`, html, isSub: depth === 3 })),
    },
  };
}
