// @ts-check
// What each word of a query may mean: itself, words that begin so, halves of a word, an expression, a word that was meant.

import { stem, stems } from "./stems.js";

/**
 * @typedef {import("./lexicon.js").Lexicon} Lexicon
 * @typedef {import("./matches.js").Reading} Reading
 * @typedef {import("./matches.js").Literal} Literal
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./query.js").Word} Word
 * @typedef {{prefix: boolean, typing: boolean}} Manner  `prefix`: the last word may go on; `typing`: it most likely does
 */

const LONGEST = 4;
const BEGUN = 0.5;
const BEGUN_BESIDE_WHOLE = 0.08;
// What the word itself then counts, where a small word beside it makes an expression of another meaning (« pas de bus »).
const TOLD_APART = 0.2;
const BEGUN_EXPRESSION = 4;
/** What Snowball leaves out of a word, begun. */
const ENDING = /^(.{4,}?)(?:at[ei]?|a|n?e[mn]?|iss|iqu|n?anc)$/;
const JOINED = 0.9;
const IN_OTHER_WORDS = 0.7;
// What a wording weighs at least that one action alone has; of two, half as much.
const OTHER_RARE = 0.5;
const THEME_OF_WORDS = 0.7;
const NUMBER = /^\d+$/;
const RARE = 2;
const MOST_MENDED = 8;
// Each may open a file: of what is being typed, or was just pasted, few wait for it.
const MOST_MENDED_TYPING = 3;

/** The readings of a query, with what was corrected and what no action has. */
export class Readings {
  /** @param {Lexicon} lexicon @param {Set<string>} stopWords @param {Set<string>} weakWords that count, and are not required but in an expression */
  constructor(lexicon, stopWords, weakWords) {
    this.lexicon = lexicon;
    this.stopWords = stopWords;
    this.weakWords = weakWords;
    /** @type {Reading[]} */
    this.readings = [];
    /** `rare`: it is written somewhere, and leaves nothing. @type {{typed: string, used: string, rare?: boolean}[]} */
    this.corrections = [];
    /** @type {{typed: string, exists: boolean, near: string}[]} */
    this.unknown = [];
    /** `exists`: the word is rightly spelt. @type {{typed: string, exists: boolean, near: string}[]} */
    this.proposals = [];
  }

  /** @param {Query} query @param {Manner} manner @param {string[]} ageKeys of the age groups that are asked for */
  async understand(query, { prefix, typing }, ageKeys) {
    const { words } = query;
    const last = words.length - 1;
    this.readings = await Promise.all(words.map((word, i) => this.#itself(word, query, { prefix: prefix && query.unfinished && i === last, typing })));
    await Promise.all([this.#joinHalves(words), this.#readExpressions(words), this.#readAges(query.optional, ageKeys)]);
    const rare = typing ? [] : this.readings.filter(({ typed, literals, terms }) => !NUMBER.test(typed) && literals.length === 1 && !terms.length && literals[0].postings.documents.length <= RARE);
    const lost = this.readings.filter((reading) => bearsNothing(reading) && !(this.weakWords.has(reading.typed) && words.length > 1));
    if (rare.length || lost.length) {
      const { Mending } = await import("./rare.js");
      const mending = await Mending.open(this, stem, common);
      for (const reading of rare.slice(0, MOST_MENDED)) await mending.hear(reading);
      for (const [i, reading] of lost.entries()) await mending.mend(reading, i < (typing ? MOST_MENDED_TYPING : MOST_MENDED));
    }
    this.readings = this.readings.filter((reading) => !bearsNothing(reading));
  }

  /** @param {Word} word @param {Query} query @param {Manner} manner @returns {Promise<Reading>} */
  async #itself({ part, stem: root }, query, { prefix, typing }) {
    const whole = await this.lexicon.count(root);
    const literals = whole ? [await this.lexicon.literal(root, 1)] : [];
    const isWord = !typing && (whole > 0 || (await this.lexicon.meanings([root])).length > 0);
    if (prefix && (part.length > 1 || typing)) {
      const longer = (await this.lexicon.stemsFrom(part)).filter((other) => other !== root);
      literals.push(...(await Promise.all(longer.map((other) => this.lexicon.literal(other, isWord ? BEGUN_BESIDE_WHOLE : BEGUN)))));
    }
    // « évaluat » is longer than the stem of « évaluation ».
    const [, shorter = ""] = (prefix && typing && !literals.length && ENDING.exec(part)) || [];
    if (shorter) literals.push(await this.lexicon.literal(shorter, BEGUN));
    /** @type {Reading} */
    const reading = { typed: part, optional: query.optional.includes(part) || this.weakWords.has(part), sure: true, literals, terms: [], others: [] };
    if (prefix && !isWord && part.length >= BEGUN_EXPRESSION) this.mean([reading], await this.meaning([...new Set(await this.lexicon.meaningsFrom(part))], BEGUN));
    return reading;
  }

  /** « mal bouffe » is « malbouffe », too. @param {Word[]} words */
  async #joinHalves(words) {
    await Promise.all(
      words.slice(1).map(async ({ part }, i) => {
        const joined = stem(words[i].part + part);
        const halves = [this.readings[i], this.readings[i + 1]];
        const literals = (await this.lexicon.count(joined)) ? [await this.lexicon.literal(joined, JOINED)] : [];
        for (const reading of halves) reading.literals.push(...literals);
        this.mean(halves, await this.meaning(await this.lexicon.meanings([joined])));
      }),
    );
  }

  /** Words that are together an expression of the vocabularies. @param {Word[]} words */
  async #readExpressions(words) {
    const spans = words.flatMap((_, start) => Array.from({ length: Math.min(LONGEST, words.length - start) }, (__, n) => ({ start, length: n + 1 })));
    const keyed = spans.flatMap((span) => keysOf(words.slice(span.start, span.start + span.length)).map((key) => ({ ...span, ...key })));
    const looked = await Promise.all(keyed.map(async (span) => ({ ...span, meanings: await this.lexicon.meant(span.key) })));
    const known = looked.filter(({ meanings }) => meanings.length);
    // « sécurité sociale de l’alimentation » is no « sécurité sociale ».
    const widest = known.filter((span) => !known.some((other) => other.size > span.size && other.start <= span.start && other.start + other.length >= span.start + span.length));
    for (const { start, length } of widest.filter((span) => span.size > 1)) {
      for (const reading of this.readings.slice(start, start + length)) {
        if (length === 1) for (const literal of reading.literals) literal.part *= TOLD_APART;
        reading.optional &&= !this.weakWords.has(reading.typed);
        // « mac do » is whole: its « do » is hardly the beginning of « dopage ».
        for (const literal of reading.literals) literal.part = literal.part === BEGUN ? BEGUN_BESIDE_WHOLE : literal.part;
      }
    }
    for (const { start, length, meanings } of widest) this.mean(this.readings.slice(start, start + length), await this.meaning(meanings));
  }

  /** @param {Reading[]} readings @param {Pick<Reading, "terms" | "others">} meant */
  mean(readings, { terms, others }) {
    for (const reading of readings) {
      reading.terms.push(...terms);
      reading.others.push(...others);
    }
  }

  /** What expressions stand for. @param {string[]} meanings @param {number} [part] how much they count @returns {Promise<Pick<Reading, "terms" | "others">>} */
  async meaning(meanings, part = 1) {
    /** @type {Pick<Reading, "terms" | "others">} */
    const meant = { terms: [], others: [] };
    for (const meaning of meanings.filter((one) => one.startsWith("="))) {
      const roots = stems(meaning, this.stopWords);
      const weights = common(await Promise.all(roots.map((root) => this.lexicon.literal(root, part * IN_OTHER_WORDS))));
      const least = (part * OTHER_RARE) / weights.size;
      for (const [document, weight] of weights) weights.set(document, least + (1 - least) * weight);
      meant.others.push({ weights, label: meaning.slice(1) });
    }
    // The words that are meant are more precise than the theme that they are a synonym of.
    const share = meant.others.some(({ weights }) => weights.size) ? part * THEME_OF_WORDS : part;
    for (const meaning of meanings.filter((one) => one.startsWith("~"))) meant.terms.push(await this.#bearers(meaning, share));
    return meant;
  }

  /** An age stands for the age groups that have it. @param {string[]} optional @param {string[]} ageKeys */
  async #readAges(optional, ageKeys) {
    const terms = await Promise.all(ageKeys.map((key) => this.#bearers(key)));
    for (const reading of this.readings) if (optional.includes(reading.typed)) reading.terms.push(...terms);
  }

  /** The actions that bear a term. @param {string} key @param {number} [part] how much that counts @returns {Promise<import("./matches.js").ByTerm>} */
  async #bearers(key, part = 1) {
    const shard = await this.lexicon.shard(key);
    return { postings: shard.postings(key), label: shard.term(key).label, part };
  }
}

/**
 * The keys that words one after another may have in the index, and how many words each has. The telling words between are of it; those before (`<`) and after (`>`) are, or are not.
 * @param {Word[]} some
 */
function keysOf(some) {
  const [{ stem: first, before }, ...others] = some;
  const base = [first, ...others.map((word) => word.before + word.stem)].join("_") + (others.length ? "" : "_");
  const keys = [...new Set(["", some[some.length - 1].after])].flatMap((after) => [...new Set(["", before])].map((lead) => base + (after && `>${after}`) + (lead && `<${lead}`)));
  return keys.map((key) => ({ key, size: key.split("_").length - (others.length ? 0 : 1) }));
}

/** Whether no action has a word, in any of its meanings. @param {Reading} reading */
function bearsNothing({ literals, terms, others }) {
  return ![...literals, ...terms].some(({ postings }) => postings.documents.length) && !others.some(({ weights }) => weights.size);
}

/** The actions that have every one of some stems, with the least of their weights. @param {Literal[]} literals @returns {Map<number, number>} */
export function common(literals) {
  const [fewest, ...others] = [...literals].sort((a, b) => a.postings.documents.length - b.postings.documents.length);
  const together = new Map();
  if (!fewest) return together;
  const places = others.map(() => 0);
  for (const [i, document] of fewest.postings.documents.entries()) {
    let least = (fewest.part * fewest.postings.weights[i]) / 255;
    const isCommon = others.every(({ part, postings }, other) => {
      while (postings.documents[places[other]] < document) places[other]++;
      least = Math.min(least, (part * postings.weights[places[other]]) / 255);
      return postings.documents[places[other]] === document;
    });
    if (isCommon) together.set(document, least);
  }
  return together;
}
