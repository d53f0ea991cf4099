// Our engine, as the page runs it.

import { join } from "node:path";

/** @param {import("./reseau.mjs").Reseau} reseau @param {{index: string, js: string}} lieux */
export async function ouvrir(reseau, { index, js }) {
  const entree = join(js, "search/engine.js");
  reseau.module(entree);
  // What the engine fetches with the first word.
  reseau.module(join(js, "search/words.js"));
  const { Engine } = await import(entree);
  const moteur = await Engine.open(async (nom) => {
    const bytes = reseau.lire(join(index, nom));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  });
  return {
    /** Ranked ids, counts of the four facets, ten cards. @param {string} q */
    classer: (q) => moteur.search({ q }),
    /** @param {any} trouve */
    montrer: async (trouve) => trouve.cards.map((card) => card.id),
  };
}
