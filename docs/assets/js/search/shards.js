// @ts-check
// The shards of the index: stems, expressions, terms. Their shape is told in inspiractions/search/postings.py.

import { lines } from "../lib/files.js";
import { reader } from "./numbers.js";

/** @typedef {{documents: Uint32Array, weights: Uint8Array, places: Uint8Array}} Postings  `places`: among the words of title and summary, from 1; 0 elsewhere */

const NAME = "@";
const NO_TERM = { id: "", label: "", count: 0 };

/** A shard: stems in order, and the list of each, decoded when asked. */
export class Shard {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    const head = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    /** @type {string[]} */
    this.stems = [];
    /** @type {Map<string, {count: number, pages: number, start: number, end: number, id: string, label: string}>}  `id` and `label` of a term */
    this.entries = new Map();
    this.bytes = bytes;
    let place = 4 + head;
    for (const line of lines(bytes.subarray(4, 4 + head))) {
      const [numbers, id = "", label = ""] = line.split("\t");
      const [stem, count, size, pages] = numbers.split(" ");
      if (!/[_~]/.test(stem)) this.stems.push(stem);
      this.entries.set(stem, { count: Number(count), pages: Number(pages ?? 0), start: place, end: place + Number(size), id, label });
      place += Number(size);
    }
  }

  /** How many actions have a stem. @param {string} stem */
  count(stem) {
    return this.entries.get(stem)?.count ?? 0;
  }

  /** What an expression stands for. @param {string} key */
  meanings(key) {
    return this.#wording(key).filter((one) => one[0] !== NAME);
  }

  /** The keys of the terms whose name an expression is. @param {string} key */
  named(key) {
    return this.#wording(key).flatMap((one) => (one[0] === NAME ? [`~${one.slice(1)}`] : []));
  }

  /** @param {string} key @returns {string[]} */
  #wording(key) {
    const entry = this.entries.get(key);
    return entry ? lines(this.bytes.subarray(entry.start, entry.end))[0].split("|") : [];
  }

  /** The id and the name of a term, and how many actions bear it. @param {string} key */
  term(key) {
    const { id, label, count } = this.entries.get(key) ?? NO_TERM;
    return { id, label, count };
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
