// @ts-check
// The address of a comparison, and a link that leads there.

import { SITE_ROOT } from "../lib/access.js";
import { setText } from "../lib/dom.js";
import { BOUNDS } from "./rows.js";

/** What the address of the comparison says. @param {string[]} ids */
export const queryOf = (ids) => (ids.length ? `?ids=${ids.map(encodeURIComponent).join(",")}` : "./");

/** @param {HTMLElement} a @param {string[]} ids  four at most @param {string} words @param {HTMLElement} [zone]  what hides where there is too little to compare */
export function showComparison(a, ids, words, zone = a) {
  zone.hidden = ids.length < BOUNDS.few;
  /** @type {HTMLAnchorElement} */ (a).href = new URL(`comparer/${queryOf(ids)}`, SITE_ROOT).href;
  setText(a, words);
}
