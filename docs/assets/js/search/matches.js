// @ts-check
// What a query found: for each document a score, and whether it has all the words or only some.

/** @typedef {import("./shards.js").Postings} Postings */

const NEAR = 0.4;

export class Matches {
  /** @param {number} documents */
  constructor(documents) {
    this.scores = new Float32Array(documents);
    this.weights = new Float32Array(documents);
    this.counts = new Uint8Array(documents);
    this.excluded = new Uint8Array(documents);
    /** @type {string[]} */
    this.stems = [];
    /** @type {{typed: string, used: string}[]} */
    this.corrections = [];
    this.words = 0;
    this.unknown = 0;
    this.total = 0;
    this.threshold = 0;
    /** @type {"all" | "some"} */
    this.mode = "all";
    /** @type {Set<number> | null} */
    this.only = null;
  }

  /** Whether no word was searched: everything is found. */
  get everything() {
    return this.words + this.unknown === 0;
  }

  /** One word, in all its variants: a document counts its best one. @param {{stem: string, part: number, postings: Postings | null}[]} variants */
  add(variants) {
    if (!variants.length) {
      this.unknown++;
      return;
    }
    this.words++;
    const best = new Float32Array(this.scores.length);
    let documents = 0;
    for (const { stem, part, postings } of variants) {
      if (!postings) continue;
      this.stems.push(stem);
      documents = Math.max(documents, postings.documents.length * part);
      for (let i = 0; i < postings.documents.length; i++) {
        const weight = part * (postings.marks[i] >> 4);
        if (weight > best[postings.documents[i]]) best[postings.documents[i]] = weight;
      }
    }
    const rarity = Math.log(1 + this.scores.length / (documents + 2));
    this.total += rarity;
    for (let document = 0; document < best.length; document++) {
      if (!best[document]) continue;
      this.counts[document]++;
      this.weights[document] += rarity;
      this.scores[document] += (rarity * best[document]) / 15;
    }
  }

  /** @param {Postings | null} postings */
  exclude(postings) {
    for (const document of postings?.documents ?? []) this.excluded[document] = 1;
  }

  /**
   * All the words. Where too few documents have them all, those that come near the best one are found, too: the weight of
   * the words that a document has, against the heaviest.
   * @param {number} few  so many have all of three words or more, or it is too few; one is enough for two words
   */
  settle(few) {
    let complete = 0;
    let heaviest = 0;
    for (let document = 0; document < this.scores.length; document++) {
      if (this.excluded[document]) continue;
      if (this.counts[document] === this.words) complete++;
      heaviest = Math.max(heaviest, this.weights[document]);
    }
    if (this.unknown) this.mode = "some";
    if (this.words > 1 && complete < (this.words > 2 ? few : 1)) {
      this.mode = "some";
      this.threshold = heaviest * NEAR;
      for (let document = 0; document < this.scores.length; document++) {
        this.scores[document] *= this.weights[document] / this.total;
      }
    }
  }

  /** @param {number} document */
  retains(document) {
    if (this.excluded[document] || (this.only && !this.only.has(document))) return false;
    if (this.everything) return true;
    return this.counts[document] > 0 && (this.threshold ? this.weights[document] >= this.threshold : this.counts[document] === this.words);
  }

  /** The documents found, best first. @returns {number[]} */
  ranked() {
    const documents = [];
    for (let document = 0; document < this.scores.length; document++) if (this.retains(document)) documents.push(document);
    return documents.sort((a, b) => this.scores[b] - this.scores[a] || a - b);
  }

  /** Keeps only these documents. @param {number[]} documents */
  keepOnly(documents) {
    this.only = new Set(documents);
  }
}
