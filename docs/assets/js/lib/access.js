// @ts-check
// The way to the search engine and its files. The engine is fetched the first time that it is asked for.

/** The root of the site. */
export const RACINE = new URL("../../../", import.meta.url);

const MANIFESTE = "manifeste.json.gz";

/** @type {Promise<import("../search/engine.js").Moteur> | undefined} */
let moteur;

/** The engine, opened once; rejects when it does not arrive, and tries again the next time. */
export function ouvrirMoteur() {
  if (!moteur) {
    moteur = import("../search/engine.js").then(({ Moteur }) => Moteur.ouvrir(charger));
    moteur.catch(oublierMoteur);
  }
  return moteur;
}

/** A site rebuilt since has other files: what is asked next starts from its manifest. */
export function oublierMoteur() {
  moteur = undefined;
}

/** @param {string} nom a file of recherche/ */
async function charger(nom) {
  // Every other name is that of its content.
  const reponse = await fetch(new URL(`recherche/${nom}`, RACINE), nom === MANIFESTE ? { cache: "no-cache" } : {});
  if (!reponse.ok) throw new Error(`${nom} : ${reponse.status}`);
  return reponse.arrayBuffer();
}
