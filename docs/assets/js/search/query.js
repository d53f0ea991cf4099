// @ts-check
// What was typed, understood: words, "exact phrases", -words. Nothing that can be typed is an error.

import { mots } from "./stems.js";

const PART = /(-?)"([^"]*)"?|(\S+)/g;

/**
 * @typedef {{part: string, racine: string}} Mot  a word as typed (folded), and its stem
 * @typedef {{mots: Mot[], phrases: string[][], exclus: string[], derniere: boolean}} Requete
 *   `derniere`: the last word may go on (nothing follows it)
 */

/** @param {string} q @param {Set<string>} vides @returns {Requete} */
export function comprendre(q, vides) {
  /** @type {Requete} */
  const found = { mots: [], phrases: [], exclus: [], derniere: false };
  for (const [, minus, phrase, word] of q.matchAll(PART)) {
    found.derniere = false;
    if (phrase !== undefined) {
      const words = decouper(phrase, vides);
      if (minus) found.exclus.push(...words.map((w) => w.racine));
      else {
        found.mots.push(...words);
        if (words.length > 1) found.phrases.push(words.map((w) => w.racine));
      }
    } else if (word.length > 1 && word.startsWith("-")) {
      found.exclus.push(...decouper(word, vides).map((w) => w.racine));
    } else {
      const words = decouper(word, vides);
      found.mots.push(...words);
      found.derniere = words.length > 0;
    }
  }
  found.derniere &&= !/\s$/.test(q);
  const seen = new Set();
  found.mots = found.mots.filter((mot) => !seen.has(mot.part) && seen.add(mot.part));
  return found;
}

/** @param {string} texte @param {Set<string>} vides @returns {Mot[]} */
function decouper(texte, vides) {
  return mots(texte, vides).flatMap((w) => w.parties.map((part, i) => ({ part, racine: w.racines[i] })));
}
