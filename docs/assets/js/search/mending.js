// @ts-check
// Words that no action has, or next to none: told where they exist, corrected where they do not, and what sounds like them proposed.

import { lines } from "../lib/files.js";
import { ONE_SLIP, candidates, cut, nearest, parseTerms, soundOf } from "./corrections.js";

/**
 * @typedef {import("./corrections.js").Term} Term
 * @typedef {import("./matches.js").Reading} Reading
 * @typedef {import("./readings.js").Readings} Readings
 */

const CORRECTED = 0.9;
const CHOICE = 3;
const TIE = 0.6;
const NUMBER = /^\d+$/;
const COMMONER = 5;

/** Every term of the bank, and the commonest form of each. @param {import("./lexicon.js").Lexicon} lexicon @returns {Promise<{terms: Term[], byStem: Map<string, Term>}>} */
export const readTerms = (lexicon) =>
  lexicon.read(lexicon.manifest.termes, (bytes) => {
    const terms = parseTerms(lines(bytes));
    return { terms, byStem: new Map([...terms].reverse().map((term) => [term.stem, term])) };
  });

export class Mending {
  /** @param {Readings} query @param {(word: string) => string} stem @param {typeof import("./readings.js").common} common */
  static async open(query, stem, common) {
    return new Mending(query, await readTerms(query.lexicon), stem, common);
  }

  /** @param {Readings} query  to which what is found is added @param {{terms: Term[], byStem: Map<string, Term>}} words  of the bank @param {(word: string) => string} stem @param {typeof import("./readings.js").common} common */
  constructor(query, { terms, byStem }, stem, common) {
    this.query = query;
    this.terms = terms;
    this.byStem = byStem;
    this.stem = stem;
    this.common = common;
  }

  /** A word that next to no action has: a common one that sounds like it is proposed. What a récit writes is never replaced. @param {Reading} reading */
  async hear({ typed, literals: [{ stem: own, postings }] }) {
    const exists = await this.query.lexicon.exists(typed);
    const heard = candidates(typed, this.terms).find(({ term }) => term.stem !== own && !this.query.weakWords.has(term.form) && soundOf(term.form) === soundOf(typed));
    // « Adressée » is another form of « adresse », no slip.
    if (!heard || heard.term.count < COMMONER * postings.documents.length || (exists && areForms(typed, heard.term.form))) return;
    this.query.proposals.push({ typed, exists, near: heard.term.form });
  }

  /** A word that no action has: told where it exists, corrected where it does not, and told alone in a long paste. @param {Reading} reading @param {boolean} mends */
  async mend(reading, mends) {
    const { typed } = reading;
    if (!mends) {
      this.query.unknown.push({ typed, exists: false, near: "" });
      return;
    }
    const exists = await this.query.lexicon.exists(typed);
    const numeric = NUMBER.test(typed);
    if (!exists && !numeric) {
      const near = candidates(typed, this.terms);
      const halves = near[0]?.cost <= ONE_SLIP ? null : cut(typed, this.terms, this.byStem, this.query.stopWords, this.stem);
      if (halves) return this.#cutIn(reading, halves);
      if (near.length) return this.#correct(reading, near);
    }
    this.query.unknown.push({ typed, exists, near: numeric ? "" : (nearest(typed, this.terms, exists)?.form ?? "") });
  }

  /** @param {Reading} reading @param {string[]} halves */
  async #cutIn(reading, halves) {
    const { lexicon, stopWords } = this.query;
    const roots = halves.filter((half) => !stopWords.has(half)).map(this.stem);
    const literals = await Promise.all(roots.map((root) => lexicon.literal(root, 1)));
    const weights = this.common(literals);
    // Where no action has them all, those that have one of them are near.
    if (literals.length === 1 || !weights.size) reading.literals.push(...literals.map((literal) => ({ ...literal, part: 1 / literals.length })));
    else reading.others.push({ weights, label: "" });
    this.query.mean([reading], await this.query.meaning(await lexicon.meanings(roots)));
    this.query.corrections.push({ typed: reading.typed, used: halves.join(" ") });
  }

  /** The candidate that stands together with the other words, among those that are as near. @param {Reading} reading @param {import("./corrections.js").Candidate[]} near */
  async #correct(reading, near) {
    const others = this.query.readings.filter((other) => other !== reading && other.literals.length);
    const close = near.slice(0, CHOICE).filter(({ cost }) => cost <= near[0].cost + TIE);
    const literals = await Promise.all(close.map(({ term }) => this.query.lexicon.literal(term.stem, CORRECTED)));
    const together = literals.map(({ postings }) => {
      const documents = new Set(postings.documents);
      return others.some((other) => other.literals.some((literal) => literal.postings.documents.some((document) => documents.has(document))));
    });
    const chosen = Math.max(0, together.indexOf(true));
    reading.literals.push(literals[chosen]);
    reading.sure = false;
    this.query.corrections.push({ typed: reading.typed, used: close[chosen].term.form });
  }
}

/** Whether two words differ by their end only. @param {string} a @param {string} b */
function areForms(a, b) {
  const shared = Math.min(a.length, b.length) - 1;
  return a.slice(0, shared) === b.slice(0, shared);
}
