// @ts-check
// What a card says of an action besides its title and summary, the same in the explorer, the carnet and on other sites.

import { ecrire, un } from "./dom.js";

/**
 * @typedef {import("../search/engine.js").Carte} Carte
 * @typedef {import("../search/engine.js").Valeur} Valeur
 */

/** The axes of a card, in their words. @param {Carte} carte @param {Valeur[]} axes */
export const motsDesAxes = (carte, axes) => axes.filter((axe) => carte.axes.includes(axe.id)).map((axe) => axe.libelle);

/** Around the place, axes, ages, period, QPV: what no search marks. @param {HTMLElement} li @param {Carte} carte @param {Valeur[]} axes */
export function identite(li, carte, axes) {
  ecrire(un(li, "[data-autour]"), carte.autour ? ` · ${carte.autour}` : "");
  ecrire(un(li, "[data-axes]"), motsDesAxes(carte, axes).join(" · "));
  ecrire(un(li, "[data-meta]"), [carte.ages, carte.periode].filter(Boolean).join(" · "));
  if (!carte.qpv) un(li, "[data-qpv]").remove();
  for (const [rang, place] of [...li.querySelectorAll(".portee__place")].entries()) {
    if (carte.axes.includes(axes[rang]?.id)) continue;
    place.className = "portee__place portee__place--vide";
    place.replaceChildren();
  }
}
