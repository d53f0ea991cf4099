// Stock lunr.js on the prebuilt index: words normalised as ours, OR, a word that the index does not know within one letter.

import { join } from "node:path";

/** @param {import("./reseau.mjs").Reseau} reseau @param {{index: string, js: string}} lieux */
export async function ouvrir(reseau, { index, js }) {
  const normaliseur = join(js, "normaliser.js");
  reseau.module(normaliseur);
  const { normaliser } = await import(normaliseur);
  const module = { exports: {} };
  const source = reseau.lire(join(js, "vendor/lunr.min.js")).toString("utf-8");
  new Function("module", "exports", source)(module, module.exports);
  const lunr = /** @type {any} */ (module.exports);
  const { index: serialise, actions, mots_vides } = reseau.json(join(index, "lunr.json.gz"));
  const facettes = reseau.json(join(index, "facettes.json.gz"));
  const moteur = lunr.Index.load(serialise);
  const vides = new Set(mots_vides);
  return {
    /** @param {string} q */
    async classer(q) {
      const trouve = moteur.query((requete) => {
        for (const mot of normaliser(q, vides)) requete.term(mot, { editDistance: moteur.invertedIndex[mot] ? 0 : 1 });
      });
      const comptes = [{}, {}, {}, {}];
      for (const { ref } of trouve) {
        facettes[ref].forEach((ids, rang) => {
          for (const id of ids) comptes[rang][id] = (comptes[rang][id] ?? 0) + 1;
        });
      }
      return { trouve, comptes };
    },
    /** @param {any} reponse */
    montrer: async ({ trouve }) => trouve.slice(0, 10).filter(({ ref }) => actions[ref]).map(({ ref }) => ref),
  };
}
