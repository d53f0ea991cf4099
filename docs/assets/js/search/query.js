// @ts-check
// What was typed, understood: words, "exact phrases", -words, ages. Nothing that can be typed is an error.
// Twin: inspiractions/search/query.py.

import { agesIn, withoutUnits } from "./measures.js";
import { clean, fold, partsOfWord, words } from "./stems.js";

const PART = /(-["“”„«]|["“”„«](?=[^"“”„«»]*["“”„»]))([^"“”„«»]*)["“”„»]?|(\S+)/g;
// « -mot » is an exclusion, « -25 ans » is an age, and so is « 11 -17 ans ».
const EXCLUSION = /^-+[\p{L}\p{Nl}\p{No}]/u;
// After these, « été » is the verb.
const SUMMER = /(?:(\S+)(\s+))?(?<![\p{L}\p{N}_])(?:été|ete)(?![\p{L}\p{N}_'’])/giu;
// What a number counts says little: « 150 euros par mois ».
const COUNTED = new Set(["euro", "euros", "mois", "habitants", "an", "ans", "km"]);
// Stop words that make another thing of what they stand beside (TELLING_WORDS of inspiractions/search/stems.py).
const TELLING = /^(?:apres|avant|chaque|chez|entre|faire|fait|fois|moins|pas|pendant|peu|plus|plusieurs|tous|tout|toute|toutes|voir)$/;
const BEEN = new Set("a ai as avait avaient avoir ayant ont eu eut aura auront aurait avons avez n'a n'ont".split(" "));

/**
 * @typedef {{part: string, stem: string, before: string, after: string}} Word  a word as typed (folded), its stem, and the telling words around it (« pas de bus »), each with `_` behind
 * @typedef {{words: Word[], phrases: string[][], excluded: string[], unfinished: boolean, ages: [number, number][], optional: string[], tail: string, tooLong: boolean}} Query
 *   `unfinished`: the last word may go on (nothing follows it); `ages`: from and to of each age that is asked for, whose words
 *   are `optional`: they count, and none is required; `tail`: what may begin a word, and is none yet; `tooLong`: not all was read
 */

/** @param {string} q @param {Set<string>} stopWords @param {number} [most] how many words are read @returns {Query} */
export function understand(q, stopWords, most = Infinity) {
  q = clean(q);
  /** @type {Query} */
  const query = { words: [], phrases: [], excluded: [], unfinished: false, ages: [], optional: [], tail: "", tooLong: false };
  for (const [kind, text] of segments(q)) {
    query.unfinished = false;
    query.tail = "";
    const ages = kind ? [] : agesIn(text);
    const added = wordsOf(kind ? text : summer(ages.length ? withoutUnits(text) : text), stopWords);
    if (kind === "-") query.excluded.push(...added.map((w) => w.stem));
    else query.words.push(...added);
    if (kind === '"' && added.length > 1) query.phrases.push(added.map((w) => w.stem));
    if (kind) continue;
    for (const { from, to, texte } of ages) {
      query.ages.push([from, to]);
      query.optional.push(...wordsOf(withoutUnits(texte), stopWords).map((w) => w.part));
    }
    const last = text.split(/\s+/).pop() ?? "";
    // What ends with an age goes no further.
    query.unfinished = wordsOf(summer(last), stopWords).length > 0 && !ages.some(({ end }) => end === text.length);
    if (!query.unfinished) query.tail = fold(last).replace(/[^a-z0-9]/g, "");
  }
  if (/\s$/.test(q)) {
    query.unfinished = false;
    query.tail = "";
  }
  const parts = new Set();
  const distinct = query.words.filter((word) => !parts.has(word.part) && parts.add(word.part));
  query.words = distinct.slice(0, most);
  query.tooLong = distinct.length > most;
  for (const [i, { part }] of query.words.entries()) {
    const before = query.words[i - 1]?.part ?? "";
    if (COUNTED.has(part) && (/^\d+$/.test(before) || COUNTED.has(before))) query.optional.push(part);
  }
  return query;
}

/** Phrases (`"`), exclusions (`-`) and, as wide as they go, the plain words between (empty kind). @param {string} q @returns {[string, string][]} */
function segments(q) {
  /** @type {[string, string][]} */
  const pieces = [];
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    if (plain.length) pieces.push(["", plain.join(" ")]);
    plain = [];
  };
  for (const [, open, phrase, word] of q.matchAll(PART)) {
    if (phrase === undefined && !EXCLUSION.test(word)) {
      plain.push(word);
      continue;
    }
    flush();
    pieces.push(phrase === undefined || open[1] ? ["-", phrase ?? word] : ['"', phrase]);
  }
  flush();
  return pieces;
}

/** « été » in a query is the season, but after « a » and « ont ». @param {string} text */
function summer(text) {
  return text.replace(SUMMER, (typed, before, space) => (BEEN.has(fold(before ?? "")) ? typed : `${before ?? ""}${space ?? ""}l’été`));
}

/** @param {string} text @param {Set<string>} stopWords @returns {Word[]} */
function wordsOf(text, stopWords) {
  /** @type {Word[]} */
  const some = [];
  let before = "";
  for (const { word, parts, stems } of words(text, stopWords)) {
    const telling = partsOfWord(word).map((part) => (TELLING.test(part) ? `${part}_` : "")).join("");
    if (some.length) some[some.length - 1].after += telling;
    before += telling;
    for (const [i, part] of parts.entries()) {
      some.push({ part, stem: stems[i], before, after: "" });
      before = "";
    }
  }
  return some;
}
