// Our engine, as the page runs it.

import { join } from "node:path";

/** @param {import("./reseau.mjs").Reseau} reseau @param {{index: string, js: string}} lieux */
export async function ouvrir(reseau, { index, js }) {
  // As the site serves it: the engine, and what it fetches with the first word.
  for (const name of ["engine.js", "words.js"]) reseau.lire(join(js, "servis", name));
  const { Engine } = await import(join(js, "search/engine.js"));
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
