// @ts-check
// Marked words, and the passage of an action where they are.

import { clean, words } from "./stems.js";

const BEFORE = 8;
const LENGTH = 32;

/** @typedef {{text: string, marked: boolean}} Segment */

/**
 * A text cut where a word is searched.
 * @param {string} text @param {Set<string>} stems @param {Set<string>} stopWords @returns {Segment[]}
 */
export function mark(text, stems, stopWords) {
  text = clean(text);
  /** @type {Segment[]} */
  const segments = [];
  let place = 0;
  for (const word of words(text, stopWords)) {
    if (!word.stems.some((stem) => stems.has(stem))) continue;
    if (word.start > place) segments.push({ text: text.slice(place, word.start), marked: false });
    segments.push({ text: text.slice(word.start, word.end), marked: true });
    place = word.end;
  }
  if (place < text.length) segments.push({ text: text.slice(place), marked: false });
  return segments;
}

/** The searched stems that a text holds. @param {string} text @param {Set<string>} stems @param {Set<string>} stopWords */
export function stemsIn(text, stems, stopWords) {
  return new Set(words(text, stopWords).flatMap((word) => word.stems.filter((stem) => stems.has(stem))));
}

/**
 * The passage of some thirty words that holds most of the searched stems, with its rubrique; null where there is none.
 * @param {[string, string][]} rubriques @param {Set<string>} stems @param {Set<string>} stopWords
 * @returns {{rubrique: string, segments: Segment[]} | null}
 */
export function excerpt(rubriques, stems, stopWords) {
  let best = null;
  let most = 0;
  for (const [rubrique, raw] of rubriques) {
    const text = clean(raw);
    const written = words(text, stopWords);
    const hits = written.flatMap((word, i) => word.stems.filter((stem) => stems.has(stem)).map((stem) => ({ i, stem })));
    for (const [k, hit] of hits.entries()) {
      const inside = new Set(hits.slice(k).filter((h) => h.i < hit.i + LENGTH - BEFORE).map((h) => h.stem));
      if (inside.size <= most) continue;
      most = inside.size;
      const first = Math.max(0, hit.i - BEFORE);
      const last = Math.min(written.length - 1, first + LENGTH);
      const start = written[first].start;
      const end = last === written.length - 1 ? text.length : written[last].end;
      best = { rubrique, text: `${first ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}` };
    }
  }
  return best && { rubrique: best.rubrique, segments: mark(best.text, stems, stopWords) };
}

/** Whether some stems follow one another in a text. @param {string} text @param {string[]} phrase @param {Set<string>} stopWords */
export function hasPhrase(text, phrase, stopWords) {
  const all = words(text, stopWords).flatMap((word) => word.stems);
  return all.some((_, i) => phrase.every((stem, j) => all[i + j] === stem));
}
