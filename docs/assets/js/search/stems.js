// @ts-check
// From French text to the stems that the search compares. Twin: banque/normaliser.py (same vectors).

import { FrenchStemmer } from "../vendor/snowball-fr.js";

const WORD = /[\p{L}\p{N}]+(?:['’ʼ][\p{L}\p{N}]+)*/gu;
const ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)'/;
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", "’": "'", ʼ: "'" };

const stemmer = new FrenchStemmer();
/** @type {Map<string, string>} */
const known = new Map();

/** Lower case ASCII, without accents or ligatures. @param {string} texte */
export function plier(texte) {
  return texte
    .toLowerCase()
    .replace(/[œæß’ʼ]/g, (sign) => LIGATURES[/** @type {keyof typeof LIGATURES} */ (sign)])
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]/g, "");
}

/** The Snowball stem of a folded word. @param {string} part */
export function racine(part) {
  let found = known.get(part);
  if (found === undefined) {
    found = /** @type {string} */ (stemmer.stemWord(part));
    known.set(part, found);
  }
  return found;
}

/** A word folded, without its elision, cut at its other apostrophes. @param {string} mot */
export function parties(mot) {
  let folded = plier(mot);
  for (let found = ELISION.exec(folded); found; found = ELISION.exec(folded)) folded = folded.slice(found[0].length);
  return folded.split("'").filter(Boolean);
}

/**
 * Each word of a text: as written, its folded parts that are not stop words, where it stands (UTF-16 units).
 * @param {string} texte @param {Set<string>} vides
 * @returns {{mot: string, parties: string[], racines: string[], debut: number, fin: number}[]}
 */
export function mots(texte, vides) {
  return [...texte.normalize("NFC").matchAll(WORD)].map((found) => {
    const kept = parties(found[0]).filter((part) => !vides.has(part));
    return { mot: found[0], parties: kept, racines: kept.map(racine), debut: found.index, fin: found.index + found[0].length };
  });
}

/** The stems of a text, in order, stop words left out. @param {string} texte @param {Set<string>} vides */
export function normaliser(texte, vides) {
  return mots(texte, vides).flatMap((word) => word.racines);
}
