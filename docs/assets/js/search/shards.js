// @ts-check
// The parts of the index, decoded: shards of stems, columns of facets, orders. Their shape is told in inspiractions/search/.

import { json, lines } from "../lib/files.js";

/** LEB128 numbers from a place on. @param {Uint8Array} bytes */
export function reader(bytes, place = 0) {
  return {
    done: () => place >= bytes.length,
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[place++];
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    },
  };
}

/** @typedef {{documents: Uint32Array, weights: Uint8Array, places: Uint8Array}} Postings  `places`: among the words of title and summary, from 1; 0 elsewhere */

/** A shard: stems in order, and the list of each, decoded when asked. */
export class Shard {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    const head = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    /** @type {string[]} */
    this.stems = [];
    /** @type {Map<string, {count: number, pages: number, start: number, end: number}>} */
    this.entries = new Map();
    this.bytes = bytes;
    let place = 4 + head;
    for (const line of lines(bytes.subarray(4, 4 + head))) {
      const [stem, count, size, pages] = line.split(" ");
      if (!/[_~]/.test(stem)) this.stems.push(stem);
      this.entries.set(stem, { count: Number(count), pages: Number(pages ?? 0), start: place, end: place + Number(size) });
      place += Number(size);
    }
  }

  /** How many actions have a stem. @param {string} stem */
  count(stem) {
    return this.entries.get(stem)?.count ?? 0;
  }

  /** What an expression stands for. @param {string} key @returns {string[]} */
  meanings(key) {
    const entry = this.entries.get(key);
    return entry ? lines(this.bytes.subarray(entry.start, entry.end))[0].split("|") : [];
  }

  /** The actions that have a stem, or the pages. @param {string} stem @param {boolean} [pages] @returns {Postings} */
  postings(stem, pages = false) {
    const entry = this.entries.get(stem) ?? { count: 0, pages: 0, start: 0, end: 0 };
    const total = entry.count + entry.pages;
    const documents = new Uint32Array(total);
    const weights = this.bytes.subarray(entry.end - 2 * total, entry.end - total);
    const places = this.bytes.subarray(entry.end - total, entry.end);
    const read = reader(this.bytes, entry.start);
    for (let i = 0, document = -1; i < total; i++) documents[i] = document += read.number() + 1;
    const [from, to] = pages ? [entry.count, total] : [0, entry.count];
    return { documents: documents.subarray(from, to), weights: weights.subarray(from, to), places: places.subarray(from, to) };
  }
}

/** @typedef {{id: string, libelle: string, parent: string | null, n: number, adresse?: string, codes?: string[], lon?: number | null, lat?: number | null}} FacetValue
 *  `adresse`: its page, where the id does not tell; `codes`: INSEE or SIREN of a city and of its EPCI, with where it is */

const LIST = "[".charCodeAt(0);

/** A facet's column: the ranks of the values that each document bears. */
export class FacetColumn {
  /** @param {Uint8Array} bytes @param {number} n documents @param {FacetValue[]} known  the values, where the file leaves them to the manifest */
  constructor(bytes, n, known) {
    const line = bytes.indexOf(10);
    /** @type {FacetValue[]} */
    this.values = bytes[0] === LIST ? json(bytes.subarray(0, line)) : known;
    /** @type {Map<string, number>} */
    this.ranks = new Map(this.values.map((value, rank) => [value.id, rank]));
    const read = reader(bytes, line + 1);
    const above = this.values.map(({ parent }) => (parent === null ? undefined : this.ranks.get(parent)));
    /** The ranks of a document, with what holds each. */
    const readRanks = () => {
      const own = new Set();
      for (let value = read.number(); value; value = read.number()) {
        for (let rank = /** @type {number | undefined} */ (value - 1); rank !== undefined; rank = above[rank]) own.add(rank);
      }
      return [...own].sort((a, b) => a - b);
    };
    const sets = Array.from({ length: read.number() }, readRanks);
    this.starts = new Uint32Array(n + 1);
    /** @type {number[]} */
    const flat = [];
    for (let document = 0; document < n; document++) {
      flat.push(...(sets.length ? sets[read.number()] : readRanks()));
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

/** The rank of each document in a given order. @param {Uint8Array} bytes @param {number} n */
export function readOrder(bytes, n) {
  const read = reader(bytes);
  const ranks = new Uint32Array(n);
  for (let i = 0; i < n; i++) ranks[read.number()] = i;
  return ranks;
}

/** The rank of the last of some sorted words that is a given one or before it. @param {string[]} firsts @param {string} word */
export function rankOf(firsts, word) {
  let low = 0;
  for (let high = firsts.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (firsts[middle] <= word) low = middle;
    else high = middle - 1;
  }
  return low;
}
