// @ts-check
// Columns of facets and orders, decoded. Their shape is told in inspiractions/search/facets.py.

import { json } from "../lib/files.js";
import { reader } from "./numbers.js";

/** @typedef {{id: string, libelle: string, parent: string | null, adresse?: string, codes?: string[], lon?: number | null, lat?: number | null}} FacetValue
 *  `adresse`: its page, where the id does not tell; `codes`: INSEE or SIREN of a city and of its EPCI, with where it is */

const LIST = "[".charCodeAt(0);

/** A facet's column: the ranks of the values that each document bears. */
export class FacetColumn {
  /** @param {Uint8Array} bytes @param {number} n documents @param {FacetValue[]} known  the values, where they are few: the file leaves them to the manifest */
  constructor(bytes, n, known) {
    const line = bytes.indexOf(10);
    /** @type {FacetValue[]} */
    this.values = bytes[0] === LIST ? json(bytes.subarray(0, line)) : known;
    /** @type {Map<string, number>} */
    this.ranks = new Map(this.values.map((value, rank) => [value.id, rank]));
    const read = reader(bytes, line + 1);
    const above = this.values.map(({ parent }) => (parent === null ? undefined : this.ranks.get(parent)));
    /** Some ranks, with what holds each. @param {number[]} ranks */
    const withAbove = (ranks) => {
      /** @type {number[]} */
      const own = [];
      for (const lowest of ranks) for (let rank = /** @type {number | undefined} */ (lowest); rank !== undefined && !own.includes(rank); rank = above[rank]) own.push(rank);
      return own.length > 1 ? own.sort((a, b) => a - b) : own;
    };
    const sets = Array.from({ length: read.number() }, () => withAbove(readSet(read)));
    const alone = sets.length ? [] : readEach(read, n);
    this.starts = new Uint32Array(n + 1);
    /** @type {number[]} */
    const flat = [];
    for (let document = 0; document < n; document++) {
      for (const rank of sets.length ? sets[read.number()] : withAbove(alone[document])) flat.push(rank);
      this.starts[document + 1] = flat.length;
    }
    this.flatRanks = Uint16Array.from(flat);
  }

  /** The ranks that a document bears. @param {number} document @returns {number[]} */
  ranksOf(document) {
    return [...this.flatRanks.subarray(this.starts[document], this.starts[document + 1])];
  }

  /** Whether a document bears one of the chosen ranks. @param {number} document @param {Uint8Array} chosen */
  bears(document, chosen) {
    for (let i = this.starts[document]; i < this.starts[document + 1]; i++) if (chosen[this.flatRanks[i]]) return true;
    return false;
  }

  /** The values of `territoire` that have one of these codes: `r-53`, `d-93`, INSEE or SIREN. @param {string[]} codes */
  idsOf(codes) {
    const wanted = new Set(codes);
    return this.values.filter(({ id, codes: own }) => (own ?? [id]).some((code) => wanted.has(code))).map(({ id }) => id);
  }

  /** How many documents bear one of the values of these codes. @param {string[]} codes */
  countCodes(codes) {
    const chosen = new Uint8Array(this.values.length);
    for (const id of this.idsOf(codes)) chosen[/** @type {number} */ (this.ranks.get(id))] = 1;
    let count = 0;
    for (let document = 0; document < this.starts.length - 1; document++) if (this.bears(document, chosen)) count++;
    return count;
  }

  /** Adds a document to the counts. @param {number} document @param {Uint32Array} counts */
  count(document, counts) {
    for (let i = this.starts[document]; i < this.starts[document + 1]; i++) counts[this.flatRanks[i]]++;
  }
}

/** @typedef {ReturnType<typeof reader>} Reader */

/** The ranks of a set, which 0 closes. @param {Reader} read */
function readSet(read) {
  const ranks = [];
  for (let value = read.number(); value; value = read.number()) ranks.push(value - 1);
  return ranks;
}

/** The ranks of each document: how many, then the first ones, then those that follow. @param {Reader} read @param {number} n */
function readEach(read, n) {
  const counts = Array.from({ length: n }, () => read.number());
  const ranks = counts.map((count) => (count ? [read.number()] : []));
  for (let document = 0; document < n; document++) {
    for (let i = 1; i < counts[document]; i++) ranks[document].push(ranks[document][i - 1] + 1 + read.number());
  }
  return ranks;
}

/** The rank of each document in a given order. @param {Uint8Array} bytes @param {number} n */
export function readOrder(bytes, n) {
  const read = reader(bytes);
  const ranks = new Uint32Array(n);
  for (let i = 0; i < n; i++) ranks[read.number()] = i;
  return ranks;
}
