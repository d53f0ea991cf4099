// @ts-check
// What a card says of an action besides its title and summary, the same in the explorer, the carnet and on other sites.

import { SITE_ROOT } from "./access.js";
import { one, setText } from "./dom.js";
import { t } from "./texts.js";

/**
 * @typedef {import("../search/engine.js").Card} Card
 * @typedef {import("../search/engine.js").FacetValue} FacetValue
 */

/** The address of what a card shows. @param {Card} card */
export const cardUrl = (card) => new URL(card.url, SITE_ROOT).href;

/** The axes of a card, in their words. @param {Card} card @param {FacetValue[]} axes */
export const axisLabels = (card, axes) => axes.filter((axe) => card.axes.includes(axe.id)).map((axe) => axe.libelle);

/** « oui », « non » or « non renseigné »: whether in a priority neighbourhood. @param {Card} card */
export const qpvLabel = ({ qpv }) => (qpv === null ? t`non renseigné` : qpv ? t`oui` : t`non`);

/** What an action has to do with the place that was asked for: « à 12 km », or that it names or covers it. @param {Card} card */
export function distanceLabel({ lien, lieu, distance }) {
  if (lien) return lien === "nom" ? t`nomme ${lieu}` : t`couvre ${lieu}`;
  return distance === undefined ? "" : t`à ${distance || t`moins de 1`} km`;
}

/** Around the place, axes, ages, period, QPV: what no search marks. @param {HTMLElement} li @param {Card} card @param {FacetValue[]} axes */
export function showIdentity(li, card, axes) {
  setText(one(li, "[data-autour]"), [card.autour, card.habitants, distanceLabel(card)].filter(Boolean).map((part) => ` · ${part}`).join(""));
  setText(one(li, "[data-axes]"), axisLabels(card, axes).join(" · "));
  setText(one(li, "[data-meta]"), [card.ages, card.periode, ...(card.marques ?? [])].filter(Boolean).join(" · "));
  if (!card.qpv) li.querySelector("[data-qpv]")?.remove();
  for (const [rank, place] of [...li.querySelectorAll(".portee__place")].entries()) {
    if (card.axes.includes(axes[rank]?.id)) continue;
    place.className = "portee__place portee__place--vide";
    place.replaceChildren();
  }
}
