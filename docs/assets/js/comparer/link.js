// @ts-check
// The way to the comparison of what was kept last.

import { store } from "../carnet/keep.js";
import { SITE_ROOT } from "../lib/access.js";
import { one, setText } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { BOUNDS } from "./rows.js";

const bar = one(document, "[data-a-comparer]");

/** Hidden until there is something to compare. */
function show() {
  const ids = store.read().carnet.actions.slice(-BOUNDS.many).map(({ id }) => id);
  bar.hidden = ids.length < BOUNDS.few;
  const a = /** @type {HTMLAnchorElement} */ (one(bar, "a"));
  a.href = new URL(`comparer/?ids=${ids.join(",")}`, SITE_ROOT).href;
  setText(a, t`Comparer les ${ids.length} dernières gardées`);
}

document.addEventListener("carnet", show);
addEventListener("storage", show);
addEventListener("pageshow", show);
show();
