// @ts-check
// What was typed, understood: words, "exact phrases", -words. Nothing that can be typed is an error.

import { words } from "./stems.js";

const PART = /(-?)"([^"]*)"?|(\S+)/g;

/**
 * @typedef {{part: string, stem: string}} Word  a word as typed (folded), and its stem
 * @typedef {{words: Word[], phrases: string[][], excluded: string[], unfinished: boolean}} Query
 *   `unfinished`: the last word may go on (nothing follows it)
 */

/** @param {string} q @param {Set<string>} stopWords @returns {Query} */
export function understand(q, stopWords) {
  /** @type {Query} */
  const query = { words: [], phrases: [], excluded: [], unfinished: false };
  for (const [, minus, phrase, word] of q.matchAll(PART)) {
    query.unfinished = false;
    if (phrase !== undefined) {
      const added = wordsOf(phrase, stopWords);
      if (minus) query.excluded.push(...added.map((w) => w.stem));
      else {
        query.words.push(...added);
        if (added.length > 1) query.phrases.push(added.map((w) => w.stem));
      }
    } else if (word.length > 1 && word.startsWith("-")) {
      query.excluded.push(...wordsOf(word, stopWords).map((w) => w.stem));
    } else {
      const added = wordsOf(word, stopWords);
      query.words.push(...added);
      query.unfinished = added.length > 0;
    }
  }
  query.unfinished &&= !/\s$/.test(q);
  const seen = new Set();
  query.words = query.words.filter((word) => !seen.has(word.part) && seen.add(word.part));
  return query;
}

/** @param {string} text @param {Set<string>} stopWords @returns {Word[]} */
function wordsOf(text, stopWords) {
  return words(text, stopWords).flatMap((w) => w.parts.map((part, i) => ({ part, stem: w.stems[i] })));
}
