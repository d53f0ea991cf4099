// @ts-check
// What there is for places without an action that bears enough of the words: the récits that name one of them, those from beside
// it, the best of its own that bear less, those of all that holds them, then the nearest. Where enough of them have every word, those
// alone, with the best of its own and those within fifty kilometres.

import { covering, distancesOf } from "./distances.js";

/**
 * @typedef {import("./engine.js").ByPlace} ByPlace
 * @typedef {import("./matches.js").Matches} Matches
 * @typedef {import("./columns.js").FacetColumn} FacetColumn
 */

const SHOWN = 10;
const BESIDE = 5;
const NEAR = 50;
const MOST_NAMING = 10;
// Of the score of the best that has every word.
const STRONG = 0.1;

export class Elsewhere {
  /**
   * @param {Matches} matches @param {number} few  of the bounds @param {FacetColumn} territoire @param {import("./places.js").Place[]} places
   * @param {Map<number, string>} named  the documents that name a place, best first, and which
   */
  constructor(matches, few, territoire, places, named) {
    const byScore = matches.ranked();
    this.matches = matches;
    this.few = few;
    this.named = named;
    this.place = places[0].nom;
    this.covering = new Set(covering(byScore, territoire, places));
    this.distances = new Map(distancesOf(byScore, territoire, places).sort((a, b) => a[1] - b[1] || a[0] - b[0]));
    this.scored = byScore;
    this.best = Math.max(0, ...byScore.filter((document) => matches.isComplete(document)).map((document) => matches.scores[document]));
  }

  /** What is shown of some documents, in its order. @param {Iterable<number>} documents @returns {Map<number, ByPlace>} */
  choose(documents) {
    const likely = this.#likely(documents);
    const { inside } = this.matches;
    const own = this.scored.filter((document) => inside.has(document)).map((document) => /** @type {[number, ByPlace]} */ ([document, this.#distant(document)]));
    const near = own.filter(([document]) => this.matches.isNear(document));
    const distant = this.#nearest(likely).filter(([document]) => !inside.has(document));
    /** @type {[number, ByPlace][]} */
    const all = [
      ...[...this.named].map(([document, lieu]) => /** @type {[number, ByPlace]} */ ([document, { lien: "nom", lieu }])),
      ...distant.filter(([, { distance }]) => Number(distance) <= BESIDE),
      ...near,
      ...this.scored.filter((document) => this.covering.has(document)).map((document) => /** @type {[number, ByPlace]} */ ([document, { lien: "zone", lieu: this.place }])),
      ...distant.filter(([, { distance }]) => Number(distance) <= NEAR),
      ...own,
      ...distant,
    ];
    /** @type {Map<number, ByPlace>} */
    const chosen = new Map();
    for (const [document, why] of all) if (likely.has(document) && !chosen.has(document)) chosen.set(document, why);
    return chosen;
  }

  /** How many would be shown of the documents of each value of some filters. @param {Map<string, number[][]>} groups */
  count(groups) {
    return new Map([...groups].map(([key, values]) => [key, Uint32Array.from(values, (documents) => this.#size(documents))]));
  }

  /** @param {number[]} documents */
  #size(documents) {
    const likely = this.#likely(documents);
    return new Set([...likely].filter((document) => this.named.has(document) || this.covering.has(document) || this.matches.inside.has(document)).concat(this.#nearest(likely).map(([document]) => document))).size;
  }

  /** @param {Iterable<number>} documents @returns {Set<number>} */
  #likely(documents) {
    const all = [...documents];
    const complete = all.filter((document) => this.matches.isComplete(document));
    const near = all.filter((document) => Number(this.distances.get(document)) <= NEAR || this.matches.inside.has(document));
    // « punaises de lit » is no « Logement et habitat » where some récits tell of them.
    const strong = complete.filter((document) => this.matches.scores[document] >= STRONG * this.best);
    const kept = strong.length < this.few ? complete : strong;
    return new Set(kept.length < this.few ? all : kept.concat(near));
  }

  /** @param {number} document @returns {ByPlace} */
  #distant(document) {
    const distance = this.distances.get(document);
    return distance === undefined ? {} : { distance: Math.round(distance) };
  }

  /** @param {Set<number>} likely @returns {[number, ByPlace][]} */
  #nearest(likely) {
    const placed = [...likely].flatMap((document) => /** @type {[number, number][]} */ (this.distances.has(document) ? [[document, this.distances.get(document)]] : []));
    placed.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    return placed.slice(0, SHOWN).map(([document]) => [document, this.#distant(document)]);
  }
}

/**
 * The documents that write the name of a place, best first: in their text, and not within another name; each with that name.
 * @param {import("./places.js").Place} place @param {number[]} documents @param {string[]} roots  the stems of its name @param {import("./lexicon.js").Lexicon} lexicon
 * @param {(documents: number[]) => Promise<string[][]>} textsOf @returns {Promise<[number, string][]>}
 */
export async function naming({ nom, mot, genre }, documents, roots, lexicon, textsOf) {
  if (mot || genre === "postal" || !roots.length) return [];
  const bearers = await Promise.all(roots.map(async (root) => new Set((await lexicon.literal(root, 1)).postings.documents)));
  const likely = documents.filter((document) => bearers.every((some) => some.has(document))).slice(0, MOST_NAMING);
  const texts = await textsOf(likely);
  return likely.flatMap((document, i) => (texts[i].some((text) => writesName(text, nom)) ? [[document, nom]] : []));
}

/** Whether a text names a place, and not another whose name holds that one (« Pas-de-Calais »). @param {string} text @param {string} nom */
function writesName(text, nom) {
  const [whole, name] = [text, nom].map((some) => some.normalize("NFC").replace(/['ʼ]/g, "’"));
  for (let place = whole.indexOf(name); place >= 0; place = whole.indexOf(name, place + 1)) {
    const around = (whole[place - 1] ?? " ") + (whole[place + name.length] ?? " ");
    if (!/[\p{L}\p{N}-]/u.test(around)) return true;
  }
  return false;
}
