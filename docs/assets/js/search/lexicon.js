// @ts-check
// The words of the bank, in the files that hold them: stems, expressions, spelling.

import { crc32, fileOfWord, isKnown, readHashes } from "./known_words.js";
import { rankOf } from "./numbers.js";
import { PlaceTable } from "./places.js";
import { Shard } from "./shards.js";

/** @typedef {<T>(name: string, decode: (bytes: Uint8Array) => T) => Promise<T>} Read */

const MOST_SHARDS = 3;

export class Lexicon {
  /** @param {any} manifest @param {Read} read */
  constructor(manifest, read) {
    this.manifest = manifest;
    this.read = read;
    this.placeNames = readGaps(manifest.lieux.empreintes);
  }

  /** The shard that holds a stem or an expression, if any does. @param {string} key @returns {Promise<Shard>} */
  shard(key) {
    return this.#shardAt(this.#place(key));
  }

  /** @param {number} place @returns {Promise<Shard>} */
  #shardAt(place) {
    return this.read(`${this.manifest.tranches.debut}${place}.gz`, (bytes) => new Shard(bytes));
  }

  /** The rank of the last shard that begins at or before a key; an expression is with the stem that it begins with. @param {string} key */
  #place(key) {
    return rankOf(this.manifest.tranches.premiers, key.split("_", 1)[0]);
  }

  /** The places that any query may name and that bear a name. @param {string} name @returns {Promise<import("./places.js").Place[]>} */
  async places(name) {
    const { debut, premiers, modulo } = this.manifest.lieux;
    if (!this.placeNames.has(crc32(name) % modulo)) return [];
    return (await this.read(`${debut}${rankOf(premiers, name)}.gz`, (bytes) => new PlaceTable(bytes))).find(name);
  }

  /** How many actions have a stem. @param {string} stem */
  async count(stem) {
    return (await this.shard(stem)).count(stem);
  }

  /** @param {string} stem @param {number} part @returns {Promise<import("./matches.js").Literal>} */
  async literal(stem, part) {
    return { stem, part, postings: (await this.shard(stem)).postings(stem) };
  }

  /** Whether an action has a number in its title or summary, and what it may count. @param {string} number @param {string} stem */
  async counts(number, stem) {
    const [numbers, counted] = await Promise.all([number, stem].map(async (one) => (await this.shard(one)).postings(one)));
    const bearers = new Set(counted.documents);
    return [...numbers.documents].some((document, i) => numbers.places[i] > 0 && bearers.has(document));
  }

  /** The stems of actions that begin as what is typed, the commonest first. @param {string} prefix @returns {Promise<string[]>} */
  async stemsFrom(prefix) {
    return (await this.#shardsFrom(prefix))
      .flatMap((shard) => shard.stems.filter((stem) => stem.startsWith(prefix) && shard.count(stem)).map((stem) => ({ stem, n: shard.count(stem) })))
      .sort((a, b) => b.n - a.n)
      .slice(0, this.manifest.bounds.expansions)
      .map(({ stem }) => stem);
  }

  /** What the expressions of one word that begin as what is typed stand for. @param {string} prefix @returns {Promise<string[]>} */
  async meaningsFrom(prefix) {
    const shards = await this.#shardsFrom(prefix);
    return shards.flatMap((shard) => [...shard.entries.keys()].filter((key) => key.startsWith(prefix) && key.indexOf("_") === key.length - 1).flatMap((key) => shard.meanings(key)));
  }

  /** The shards of what begins as what is typed. @param {string} prefix @returns {Promise<Shard[]>} */
  async #shardsFrom(prefix) {
    const first = this.#place(prefix);
    const last = Math.min(this.#place(`${prefix}\uffff`), first + (prefix.length > 1 ? MOST_SHARDS : 1) - 1);
    return Promise.all(Array.from({ length: last - first + 1 }, (_, i) => this.#shardAt(first + i)));
  }

  /** What an expression stands for. @param {string[]} stems @returns {Promise<string[]>} */
  async meanings(stems) {
    return this.meant(keyOf(stems));
  }

  /** The same, by its key. @param {string} key */
  async meant(key) {
    return (await this.shard(key)).meanings(key);
  }

  /** The keys of the terms whose name some stems are. @param {string[]} stems @returns {Promise<string[]>} */
  async named(stems) {
    const key = keyOf(stems);
    return (await this.shard(key)).named(key);
  }

  /** The id and the name of a term, and how many actions bear it. @param {string} key */
  async term(key) {
    return (await this.shard(key)).term(key);
  }

  /** Whether a word exists, though no action has it. @param {string} part */
  async exists(part) {
    return isKnown(part, await this.read(`${this.manifest.connus}${fileOfWord(part)}.gz`, readHashes));
  }
}

/** Hashes, told by their gaps: 255 goes on (inspiractions/search/places.py). @param {string} base64 @returns {Set<number>} */
function readGaps(base64) {
  const hashes = new Set();
  let value = 0;
  for (const sign of atob(base64)) {
    const byte = sign.charCodeAt(0);
    value += byte;
    if (byte < 255) hashes.add(value);
  }
  return hashes;
}

/** Under which the index has an expression. @param {string[]} stems */
const keyOf = (stems) => (stems.length > 1 ? stems.join("_") : `${stems[0]}_`);
