// @ts-check
// The way to the comparison of what was kept last.

import { store } from "../carnet/keep.js";
import { one } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { showComparison } from "./address.js";
import { BOUNDS } from "./rows.js";

const bar = one(document, "[data-a-comparer]");

function show() {
  const ids = store.read().carnet.actions.slice(-BOUNDS.many).map(({ id }) => id);
  showComparison(one(bar, "a"), ids, t`Comparer les ${ids.length} dernières gardées`, bar);
}

document.addEventListener("carnet", show);
addEventListener("storage", show);
addEventListener("pageshow", show);
show();
