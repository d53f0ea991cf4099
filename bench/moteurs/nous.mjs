// Our engine, as the page runs it.

import { join } from "node:path";

/** @param {import("./reseau.mjs").Reseau} reseau @param {{index: string, js: string}} lieux */
export async function ouvrir(reseau, { index, js }) {
  // As the site serves it: the engine, and what it fetches with the first word.
  /** @param {string} name */
  const lireCode = (name) => reseau.lire(join(js, "servis", name));
  for (const name of ["engine.js", "words.js"]) lireCode(name);
  const { Engine } = await import(join(js, "search/engine.js"));
  const moteur = await Engine.open(async (nom) => {
    // The list of the words of the bank: spelling brings its own code.
    if (nom.startsWith("t-")) lireCode("rare.js");
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
