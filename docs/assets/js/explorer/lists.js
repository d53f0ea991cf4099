// @ts-check
// The pages that list what one value of a facet selects: each has a feed, and a copy for other sites.

import { choisis } from "./state.js";

/**
 * The address of the page that lists this very selection, or an empty text where none does.
 * @param {import("./state.js").Etat} etat @param {import("../search/engine.js").Facette[]} facettes
 */
export function pageDe(etat, facettes) {
  const all = choisis(etat);
  if (all.length !== 1 || etat.q.trim()) return "";
  const [[cle, id]] = all;
  const facette = facettes.find((other) => other.cle === cle);
  const valeur = facette?.valeurs.find((other) => other.id === id);
  if (!facette || !valeur) return "";
  return valeur.adresse ?? (facette.adresse ? `${facette.adresse}/${id}/` : "");
}
