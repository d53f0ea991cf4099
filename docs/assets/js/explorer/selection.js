// @ts-check
// A selection that another site shows: what its address may hold, and how it is called.

import { t } from "../lib/texts.js";
import { chosenValues, readState } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("../search/engine.js").Facette} Facette
 */

export const DEFAULT_COUNT = 5;
const MAXIMUM = 50;

/** The state of an address, without what is no facet; `n`: how many actions to show. @param {string} search @param {Facette[]} facettes @returns {{state: State, n: number}} */
export function readSelection(search, facettes) {
  const state = readState(search);
  const n = Math.floor(Number(new URLSearchParams(search).get("n")));
  const known = new Set(facettes.map(({ cle }) => cle));
  const filtres = Object.fromEntries(Object.entries(state.filtres).filter(([key]) => known.has(key)));
  return { state: { ...state, filtres, vue: "liste", page: 1 }, n: n > 0 ? Math.min(n, MAXIMUM) : DEFAULT_COUNT };
}

/** « 0-3 ans, Nutrition, « marche » »; empty for the whole bank. @param {State} state @param {import("../search/engine.js").Engine} engine */
export async function describe(state, engine) {
  const labels = await Promise.all(
    chosenValues(state).map(async ([key, id]) => {
      const values = await engine.values(key);
      return values.find((value) => value.id === id)?.libelle;
    }),
  );
  const words = state.q.trim();
  return [...labels, words && `« ${words} »`, state.autour && t`autour : ${state.autour}, ${state.km} km`].filter(Boolean).join(", ");
}
