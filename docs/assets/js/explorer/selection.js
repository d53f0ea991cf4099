// @ts-check
// A selection that another site shows: what its address may hold, and how it is called.

import { choisis, lire } from "./state.js";

/**
 * @typedef {import("./state.js").Etat} Etat
 * @typedef {import("../search/engine.js").Facette} Facette
 */

export const NOMBRE = 5;
const MAXIMUM = 50;

/** The state of an address, without what is no facet; `n`: how many actions to show. @param {string} recherche @param {Facette[]} facettes @returns {{etat: Etat, n: number}} */
export function propre(recherche, facettes) {
  const etat = lire(recherche);
  const n = Math.floor(Number(new URLSearchParams(recherche).get("n")));
  const known = new Set(facettes.map(({ cle }) => cle));
  const filtres = Object.fromEntries(Object.entries(etat.filtres).filter(([cle]) => known.has(cle)));
  return { etat: { ...etat, filtres, vue: "liste", page: 1 }, n: n > 0 ? Math.min(n, MAXIMUM) : NOMBRE };
}

/** « 0-3 ans, Nutrition, « marche » »; empty for the whole bank. @param {Etat} etat @param {import("../search/engine.js").Moteur} moteur */
export async function nommer(etat, moteur) {
  const mots = await Promise.all(
    choisis(etat).map(async ([cle, id]) => {
      const valeurs = await moteur.valeurs(cle);
      return valeurs.find((valeur) => valeur.id === id)?.libelle;
    }),
  );
  const said = etat.q.trim();
  return [...mots, said && `« ${said} »`].filter(Boolean).join(", ");
}
