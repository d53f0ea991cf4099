// @ts-check
// The pages that list what one value of a facet selects: each has a feed, and a copy for other sites.

import { chosenValues } from "./state.js";

/**
 * The address of the page that lists this very selection, or an empty text where none does. The values of what is chosen were opened.
 * @param {import("./state.js").State} state @param {import("../search/engine.js").Facette[]} facettes
 */
export function listPageOf(state, facettes) {
  const all = chosenValues(state);
  if (all.length !== 1 || state.q.trim() || state.autour) return "";
  const [[key, id]] = all;
  const facette = facettes.find((other) => other.cle === key);
  const value = facette?.valeurs.find((other) => other.id === id);
  if (!facette || !value) return "";
  return value.adresse ?? (facette.adresse ? `${facette.adresse}/${id}/` : "");
}
