// @ts-check
// The list that another site shows in a frame: what the address asks, in the explorer's words, and « n » actions of it.

import { describe, readSelection } from "../explorer/selection.js";
import { address, requestOf } from "../explorer/state.js";
import { SITE_ROOT, openEngine } from "../lib/access.js";
import { cardUrl, showIdentity } from "../lib/cards.js";
import { copyTemplate, formatNumber, one, plural, setText, setTitle } from "../lib/dom.js";
import { NAME } from "../lib/identity.js";
import { t } from "../lib/texts.js";

/** @typedef {import("../search/engine.js").Card} Card */

const page = one(document, "[data-embed]");
const list = one(page, "ul");

/** @param {Card} card @param {import("../search/engine.js").FacetValue[]} axes */
function makeCard(card, axes) {
  const li = copyTemplate("carte");
  const a = /** @type {HTMLAnchorElement} */ (one(li, ".carte__titre a"));
  a.href = cardUrl(card);
  setTitle(a, card.titre);
  setText(one(li, ".carte__resume"), card.resume);
  setText(one(li, ".carte__lieu b"), card.lieux);
  showIdentity(li, card, axes);
  return li;
}

/** @param {number} total @param {number} shown @param {boolean} ranked  by relevance or by city, not by date */
function countLine(total, shown, ranked) {
  if (!total) return t`Aucune action pour le moment`;
  if (shown === total) return plural(total);
  return `${plural(total)}, ${ranked ? t`dont ${formatNumber(shown)}` : t`les ${formatNumber(shown)} plus récentes`}`;
}

async function show() {
  const engine = await openEngine();
  const { state, n } = readSelection(location.search, engine.manifest.facettes);
  const title = await describe(state, engine);
  const searched = state.q.trim() !== "";
  const answer = await engine.search({ ...requestOf(state), perPage: n, facettes: [] });
  const axes = await engine.values("axe");
  if (title) {
    setText(one(page, "h1"), title);
    document.title = `${title} – ${NAME}`;
  }
  setText(one(page, "[data-compte]"), countLine(answer.total, answer.cards.length, searched || state.autour !== "" || state.tri === "ville"));
  list.replaceChildren(...answer.cards.map((card) => makeCard(card, axes)));
  const more = /** @type {HTMLAnchorElement} */ (one(page, ".embed__suite a"));
  more.href = new URL(address(state), new URL("explorer/", SITE_ROOT)).href;
  setText(more, answer.total > answer.cards.length ? t`Voir les ${formatNumber(answer.total)} actions` : t`Voir sur ${NAME}`);
}

show().catch((error) => {
  console.info("Liste interrompue.", error);
  setText(one(page, "[data-compte]"), t`La liste n’est pas arrivée. Elle est sur ${NAME} :`);
});
