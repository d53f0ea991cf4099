// @ts-check
// From French text to the stems that the search compares. Twin: inspiractions/search/stems.py (same vectors).

import { FrenchStemmer } from "../vendor/snowball-fr.js";

const WORD = /[\p{L}\p{N}]+(?:['’ʼ][\p{L}\p{N}]+)*/gu;
const ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)'/;
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", "’": "'", ʼ: "'" };

const stemmer = new FrenchStemmer();
/** @type {Map<string, string>} */
const known = new Map();

/** Lower case ASCII, without accents or ligatures. @param {string} text */
export function fold(text) {
  return text
    .toLowerCase()
    .replace(/[œæß’ʼ]/g, (sign) => LIGATURES[/** @type {keyof typeof LIGATURES} */ (sign)])
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]/g, "");
}

/** The Snowball stem of a folded word. @param {string} part */
export function stem(part) {
  let cached = known.get(part);
  if (cached === undefined) {
    cached = /** @type {string} */ (stemmer.stemWord(part));
    known.set(part, cached);
  }
  return cached;
}

/** A word folded, without its elision, cut at its other apostrophes. @param {string} word */
export function partsOfWord(word) {
  let folded = fold(word);
  for (let elision = ELISION.exec(folded); elision; elision = ELISION.exec(folded)) folded = folded.slice(elision[0].length);
  return folded.split("'").filter(Boolean);
}

/**
 * Each word of a text: as written, its folded parts that are not stop words, where it stands (UTF-16 units).
 * @param {string} text @param {Set<string>} stopWords
 * @returns {{word: string, parts: string[], stems: string[], start: number, end: number}[]}
 */
export function words(text, stopWords) {
  return [...text.normalize("NFC").matchAll(WORD)].map((match) => {
    const parts = partsOfWord(match[0]).filter((part) => !stopWords.has(part));
    return { word: match[0], parts, stems: parts.map(stem), start: match.index, end: match.index + match[0].length };
  });
}

/** The stems of a text, in order, stop words left out. @param {string} text @param {Set<string>} stopWords */
export function stems(text, stopWords) {
  return words(text, stopWords).flatMap((word) => word.stems);
}
