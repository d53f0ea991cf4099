// @ts-check
// A carnet that travels: in the fragment of a link, which no server receives, or as a file. Pure.

import { valider } from "./carnet.js";

/** @typedef {import("./carnet.js").Carnet} Carnet */

const MARQUE = "carnet=1";
/** Signs of a fragment beyond which nothing is read. */
export const LONGUEUR = 100_000;
/** Bytes of a file. */
const TAILLE = 5_000_000;

/** @param {Carnet} carnet @param {boolean} textes  with title, introduction and notes */
export function versFragment({ titre, introduction, actions }, textes) {
  const mots = new URLSearchParams(MARQUE);
  if (textes && titre) mots.append("t", titre);
  if (textes && introduction) mots.append("i", introduction);
  for (const { id, note } of actions) {
    mots.append("a", id);
    if (textes && note) mots.append("n", note);
  }
  return `#${mots}`;
}

/** Null where a fragment does not claim to be a carnet; `carnet` is null where nothing in it can be read. @param {string} fragment @returns {{carnet: Carnet | null, entier: boolean} | null} */
export function deFragment(fragment) {
  if (!fragment.startsWith(`#${MARQUE}`)) return null;
  if (fragment.length > LONGUEUR) return { carnet: null, entier: false };
  /** @type {{titre: string, introduction: string, actions: {id: string, note: string}[]}} */
  const found = { titre: "", introduction: "", actions: [] };
  for (const [cle, valeur] of new URLSearchParams(fragment.slice(1))) {
    const last = found.actions.at(-1);
    if (cle === "t") found.titre = valeur;
    else if (cle === "i") found.introduction = valeur;
    else if (cle === "a") found.actions.push({ id: valeur, note: "" });
    else if (cle === "n" && last) last.note = valeur;
  }
  return lisible(found);
}

/** @param {Carnet} carnet */
export const versFichier = (carnet) => `${JSON.stringify({ format: "inspiractions-carnet", version: 1, ...carnet }, null, 2)}\n`;

/** @param {Blob} fichier @returns {Promise<{carnet: Carnet | null, entier: boolean}>} */
export async function deFichier(fichier) {
  if (fichier.size > TAILLE) return { carnet: null, entier: false };
  try {
    return lisible(JSON.parse(await fichier.text()));
  } catch {
    return { carnet: null, entier: false };
  }
}

/** @param {unknown} valeur */
function lisible(valeur) {
  const { carnet, entier } = valider(valeur);
  return { carnet: carnet.actions.length ? carnet : null, entier };
}
