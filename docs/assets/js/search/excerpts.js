// @ts-check
// Marked words, and the passage of an action where they are.

import { mots } from "./stems.js";

const BEFORE = 8;
const LENGTH = 32;

/** @typedef {{texte: string, marque: boolean}} Segment */

/**
 * A text cut where a word is searched.
 * @param {string} texte @param {Set<string>} racines @param {Set<string>} vides @returns {Segment[]}
 */
export function marquer(texte, racines, vides) {
  texte = texte.normalize("NFC");
  /** @type {Segment[]} */
  const segments = [];
  let place = 0;
  for (const mot of mots(texte, vides)) {
    if (!mot.racines.some((racine) => racines.has(racine))) continue;
    if (mot.debut > place) segments.push({ texte: texte.slice(place, mot.debut), marque: false });
    segments.push({ texte: texte.slice(mot.debut, mot.fin), marque: true });
    place = mot.fin;
  }
  if (place < texte.length) segments.push({ texte: texte.slice(place), marque: false });
  return segments;
}

/** The searched stems that a text holds. @param {string} texte @param {Set<string>} racines @param {Set<string>} vides */
export function presents(texte, racines, vides) {
  return new Set(mots(texte, vides).flatMap((mot) => mot.racines.filter((racine) => racines.has(racine))));
}

/**
 * The passage of some thirty words that holds most of the searched stems, with its rubrique; null where there is none.
 * @param {[string, string][]} rubriques @param {Set<string>} racines @param {Set<string>} vides
 * @returns {{rubrique: string, segments: Segment[]} | null}
 */
export function extrait(rubriques, racines, vides) {
  let best = null;
  let most = 0;
  for (const [rubrique, brut] of rubriques) {
    const texte = brut.normalize("NFC");
    const words = mots(texte, vides);
    const hits = words.flatMap((mot, i) => mot.racines.filter((r) => racines.has(r)).map((racine) => ({ i, racine })));
    for (const [k, hit] of hits.entries()) {
      const inside = new Set(hits.slice(k).filter((h) => h.i < hit.i + LENGTH - BEFORE).map((h) => h.racine));
      if (inside.size <= most) continue;
      most = inside.size;
      const first = Math.max(0, hit.i - BEFORE);
      const last = Math.min(words.length - 1, first + LENGTH);
      const start = words[first].debut;
      const end = last === words.length - 1 ? texte.length : words[last].fin;
      best = { rubrique, texte: `${first ? "… " : ""}${texte.slice(start, end)}${end < texte.length ? " …" : ""}` };
    }
  }
  return best && { rubrique: best.rubrique, segments: marquer(best.texte, racines, vides) };
}

/** Whether some stems follow one another in a text. @param {string} texte @param {string[]} phrase @param {Set<string>} vides */
export function contientPhrase(texte, phrase, vides) {
  const all = mots(texte, vides).flatMap((mot) => mot.racines);
  return all.some((_, i) => phrase.every((racine, j) => all[i + j] === racine));
}
