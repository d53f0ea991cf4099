// @ts-check
// What a query found: for each action a score, which words it has, and by which way.

/** @typedef {import("./shards.js").Postings} Postings */
/**
 * @typedef {{stem: string, part: number, postings: Postings}} Literal  a stem looked up, and how much it counts
 * @typedef {{postings: Postings, label: string, part: number}} ByTerm  the actions that bear a term of a vocabulary, and how much that counts
 * @typedef {{weights: Map<number, number>, label: string}} ByOther  the actions that say it in other words
 * @typedef {{typed: string, optional: boolean, sure: boolean, literals: Literal[], terms: ByTerm[], others: ByOther[]}} Reading  a word of the query, in all that it may mean; `sure`: it was typed so
 * @typedef {{places: Uint8Array, rarity: number}} Placed  where a word stands in title or summary, by action, from 1 (0: nowhere), and how rare it is
 */

// Where too few have all the words: how near to the best one is near.
const NEAR = 0.4;
// And inside a place that is asked for.
const NEAR_INSIDE = 0.25;
// What a word weighs at least where it is written: before what bears its theme alone.
const LITERAL_LEAST = 0.05;
// And what it weighs where one action alone has it, be it once in the body; of two, half as much.
const LITERAL_RARE = 0.6;
// A word that so many times more actions say otherwise, and what its own letters then count.
const LAY = 10;
const IN_OTHER_WORDS = 0.7;
// What bearing a theme adds to the word itself.
const THEME_BESIDE = 0.25;
// What a word that was corrected weighs where it is missing.
const UNSURE = 0.5;
// What words that follow one another in title or summary add, and those that stand near.
const FOLLOWING = 0.12;
const CLOSE = 0.05;
// How much more an action counts that writes every word, beside those that have one by its theme or said otherwise.
const ALL_WRITTEN = 1.1;
const OPTIONAL = 0.6;
const LITERAL = 1;
// Sums of logarithms differ by less from one machine to another.
const EPSILON = 1e-9;

export class Matches {
  /** @param {number} documents */
  constructor(documents) {
    this.documents = documents;
    this.scores = new Float64Array(documents);
    this.weights = new Float64Array(documents);
    this.counts = new Uint8Array(documents);
    this.excluded = new Uint8Array(documents);
    /** @type {string[]} */
    this.stems = [];
    /** `rare`: the word is written, and nothing has it beside the others. @type {{typed: string, used: string, rare?: boolean}[]} */
    this.corrections = [];
    /** Words that no action has; `exists`: they are rightly spelt. @type {{typed: string, exists: boolean, near: string}[]} */
    this.unknown = [];
    /** Common words that sound like a rare one of the query; `exists`: that one is rightly spelt. @type {{typed: string, exists: boolean, near: string}[]} */
    this.proposals = [];
    /** By word: what was typed, its stems, and for each action 0, LITERAL or how else it was found. @type {{typed: string, stems: string[], kinds: Uint8Array, labels: string[], required: boolean}[]} */
    this.ways = [];
    this.required = 0;
    this.total = 0;
    this.threshold = 0;
    /** The most that an action bears of the weight of the words. */
    this.most = 0;
    /** Whether no word was searched: everything is found. */
    this.everything = false;
    /** @type {"all" | "some"} */
    this.mode = "all";
    /** @type {Set<number> | null} */
    this.only = null;
    /** The best of a place that is asked for, where none of it bears enough of the words: kept beside those of elsewhere. @type {Set<number>} */
    this.inside = new Set();
  }

  /** Every word, in the order of the query. Where none is required, all are. @param {Reading[]} readings */
  addAll(readings) {
    const allOptional = readings.every(({ optional }) => optional);
    /** @type {Placed | null} */
    let before = null;
    for (const reading of readings) before = this.#add(reading, allOptional || !reading.optional, before);
  }

  /** @param {Reading} reading @param {boolean} required @param {Placed | null} before @returns {Placed} */
  #add({ typed, sure, literals, terms, others }, required, before) {
    const best = new Float64Array(this.documents);
    const places = new Uint8Array(this.documents);
    const kinds = new Uint8Array(this.documents);
    /** @type {string[]} */
    const labels = ["", ""];
    let literal = 0;
    for (const { stem, part, postings } of literals) {
      this.stems.push(stem);
      const least = Math.max(LITERAL_LEAST, LITERAL_RARE / postings.documents.length);
      for (let i = 0; i < postings.documents.length; i++) {
        const document = postings.documents[i];
        if (!kinds[document]) literal++;
        kinds[document] = LITERAL;
        const weight = part * (least + ((1 - least) * postings.weights[i]) / 255);
        if (weight > best[document]) best[document] = weight;
        if (part === 1 && postings.places[i]) places[document] = postings.places[i];
      }
    }
    let all = literal;
    // « vieux », « gosses »: a word that next to none writes, and many say otherwise, is worth no more than what they say.
    const isLay = literal > 0 && others.some(({ weights }) => weights.size >= LAY * literal);
    if (isLay) for (let document = 0; document < this.documents; document++) best[document] *= IN_OTHER_WORDS;
    for (const { weights, label } of others) {
      const kind = labels.push(label) - 1;
      for (const [document, weight] of weights) {
        if (!kinds[document]) {
          kinds[document] = kind;
          all++;
        }
        if (weight > best[document]) best[document] = weight;
      }
    }
    const inWords = all;
    // Of several terms that share a synonym, the one that fewest actions bear is the most precise.
    const fewest = Math.min(...terms.map(({ postings }) => postings.documents.length || Infinity));
    for (const { postings, label, part } of terms) {
      const kind = labels.push(label) - 1;
      const precision = (part * Math.sqrt(fewest / postings.documents.length)) / 255;
      const broad = literal ? Math.min(1, this.#rarity(postings.documents.length) / this.#rarity(literal)) : 1;
      for (let i = 0; i < postings.documents.length; i++) {
        const document = postings.documents[i];
        const weight = postings.weights[i] * precision;
        if (kinds[document] === LITERAL) best[document] = Math.max(best[document], weight) + THEME_BESIDE * Math.min(best[document], weight);
        else {
          if (!kinds[document]) {
            kinds[document] = kind;
            all++;
          }
          best[document] = Math.max(best[document], broad * weight);
        }
      }
    }
    const rarity = this.#rarity(literal || inWords || all);
    const missed = sure ? rarity : UNSURE * rarity;
    if (required) {
      this.required++;
      this.total += missed;
    }
    for (let document = 0; document < this.documents; document++) {
      if (!best[document]) continue;
      if (required) {
        this.counts[document]++;
        this.weights[document] += missed;
      }
      this.scores[document] += rarity * best[document] * (required ? 1 : OPTIONAL);
    }
    if (before) this.#addNearness(places, before.places, Math.min(rarity, before.rarity));
    this.ways.push({ typed, stems: literals.map(({ stem }) => stem), kinds, labels, required });
    return { places, rarity };
  }

  /** How rare what so many actions bear is. @param {number} bearers */
  #rarity(bearers) {
    return Math.log(1 + this.documents / (bearers + 2));
  }

  /**
   * What words add that follow one another, or stand near, in title or summary: the more, the fewer actions say them so.
   * @param {Uint8Array} places @param {Uint8Array} before @param {number} rarity of the commoner of the two
   */
  #addNearness(places, before, rarity) {
    const following = [];
    for (let document = 0; document < this.documents; document++) {
      if (!places[document] || !before[document]) continue;
      const gap = places[document] - before[document];
      if (gap === 1) following.push(document);
      else if (Math.abs(gap) <= 3) this.scores[document] += CLOSE * rarity;
    }
    const together = Math.log(1 + this.documents / (following.length + 2));
    for (const document of following) this.scores[document] += FOLLOWING * together;
  }

  /** @param {Postings} postings */
  exclude(postings) {
    for (const document of postings.documents) this.excluded[document] = 1;
  }

  /**
   * Where the line falls. Those that bear enough of the weight of the words are found beside those that have them all; where
   * too few have them all, those that come near the best one.
   * @param {{few: number, enough: number, enough_of_many: number}} bounds
   */
  settle({ few, enough, enough_of_many }) {
    let complete = 0;
    for (let document = 0; document < this.documents; document++) {
      if (this.excluded[document]) continue;
      if (this.counts[document] === this.required) complete++;
      this.most = Math.max(this.most, this.weights[document]);
    }
    const short = this.required > 1 && complete < few;
    if (this.unknown.length || !complete) this.mode = "some";
    this.threshold = short ? this.most * NEAR : this.total * (this.required > 2 ? enough_of_many : enough);
    const required = this.ways.filter((way) => way.required);
    for (let document = 0; document < this.documents; document++) {
      this.scores[document] *= Math.sqrt(this.weights[document] / this.total) || 0;
      if (required.length > 1 && required.every(({ kinds }) => kinds[document] === LITERAL)) this.scores[document] *= ALL_WRITTEN;
    }
  }

  /** Lets those in that come less near the best one: for a place that is asked for. */
  lower() {
    this.threshold = Math.min(this.threshold, this.most * NEAR_INSIDE);
  }

  /** Whether a document comes near the best one. @param {number} document */
  isNear(document) {
    return this.weights[document] >= this.most * NEAR - EPSILON;
  }

  /** The most that one of some actions bears of the weight of the words; of none, less than nothing. @param {number[]} documents */
  heaviest(documents) {
    return documents.reduce((most, document) => Math.max(most, this.weights[document]), -1);
  }

  /** Whether an action has every word that was required. @param {number} document */
  isComplete(document) {
    return this.counts[document] === this.required;
  }

  /** @param {number} document */
  retains(document) {
    if (this.excluded[document] || (this.only && !this.only.has(document))) return false;
    return this.everything || this.inside.has(document) || (this.counts[document] > 0 && this.weights[document] >= this.threshold - EPSILON);
  }

  /** The words that an action lacks, by which other ways it was found, and the stems of each word that it has. @param {number} document */
  reasons(document) {
    const required = this.ways.filter((way) => way.required);
    return {
      sans: required.filter(({ kinds }) => !kinds[document]).map(({ typed }) => typed),
      par: [...new Set(this.ways.map(({ kinds, labels }) => labels[kinds[document]]))].filter(Boolean),
      ecrits: this.ways.filter(({ kinds }) => kinds[document] === LITERAL).map(({ stems }) => stems),
    };
  }

  /** The documents found, best first. @returns {number[]} */
  ranked() {
    const documents = [];
    for (let document = 0; document < this.documents; document++) if (this.retains(document)) documents.push(document);
    return documents.sort((a, b) => this.scores[b] - this.scores[a] || a - b);
  }

  /** Keeps only these documents, of those that were kept. @param {Iterable<number>} documents */
  keepOnly(documents) {
    const before = this.only;
    this.only = new Set([...documents].filter((document) => !before || before.has(document)));
  }
}
