// @ts-check
// The search engine: pure, no DOM. Opens the files that a query needs, no other (docs/adr/004-recherche.md).

import { json, lines, unzip } from "../lib/files.js";
import { correct, parseTerms } from "./corrections.js";
import { excerpt, hasPhrase, mark, stemsIn } from "./excerpts.js";
import { Matches } from "./matches.js";
import { understand } from "./query.js";
import { FacetColumn, Shard, readOrder } from "./shards.js";
import { fold } from "./stems.js";

const EXTRA_PAGES = 3;
const ALL_CARDS = 2000;

/**
 * @typedef {Record<string, string[]>} Filters
 * @typedef {{q?: string, filtres?: Filters, tri?: "pertinence"|"date"|"ville", page?: number, perPage?: number, facettes?: string[], prefix?: boolean}} SearchRequest
 * @typedef {{id: string, url: string, titre: string, resume: string, lieux: string, autour: string, axes: string[], ages: string, periode: string, habitants?: string, qpv: boolean | null, dep: string[], textFile: string}} Card  `qpv`: null where nobody told
 * @typedef {import("./shards.js").FacetValue} FacetValue
 * @typedef {{cle: string, titre: string, adresse: string, ouverte: boolean, valeurs: FacetValue[], fichier: string}} Facette  `adresse`: the folder of its values' pages, or empty
 * @typedef {{stem: string, part: number}} Variant  a stem to look up, and how much it counts
 */

export class Engine {
  /** @param {any} manifest @param {(name: string) => Promise<ArrayBuffer>} load */
  constructor(manifest, load) {
    this.manifest = manifest;
    /** @type {Set<string>} */
    this.stopWords = new Set(manifest.mots_vides);
    this.load = load;
    /** @type {Map<string, Promise<any>>} */
    this.cache = new Map();
  }

  /** @param {(name: string) => Promise<ArrayBuffer>} load  the bytes of a file of recherche/; rejects when it does not arrive */
  static async open(load) {
    return new Engine(json(await unzip(await load("manifeste.json.gz"))), load);
  }

  /** @param {SearchRequest} request */
  async search({ q = "", filtres = {}, tri = "pertinence", page = 1, perPage = 10, facettes, prefix = false }) {
    const query = understand(q, this.stopWords);
    const filters = Object.entries(filtres).filter(([key, ids]) => ids?.length && this.#facette(key));
    const wanted = facettes ?? this.manifest.facettes.filter((/** @type {Facette} */ f) => f.ouverte).map((/** @type {Facette} */ f) => f.cle);
    const keys = [...new Set([...wanted, ...filters.map(([key]) => key)])].filter((key) => this.#facette(key));
    const [matches, columns] = await Promise.all([
      this.#find(query, prefix),
      Promise.all(keys.map(async (key) => /** @type {[string, FacetColumn]} */ ([key, await this.#column(key)]))).then((all) => new Map(all)),
    ]);
    const { documents, counts } = applyFilters(matches, columns, filters, this.manifest.n);
    const ranks = await this.#order(documents, matches, tri);
    const last = Math.max(1, Math.ceil(ranks.length / perPage));
    const here = Math.min(Math.max(1, page), last);
    return {
      total: ranks.length,
      page: here,
      pages: last,
      cards: await this.#cards(ranks.slice((here - 1) * perPage, here * perPage)),
      extraPages: here === 1 && !filters.length ? await this.#extraPages(matches) : [],
      counts: Object.fromEntries(keys.map((key) => [key, countsById(columns.get(key), counts.get(key))])),
      stems: matches.stems,
      corrections: matches.corrections,
      mode: matches.mode,
      loosenings: ranks.length ? [] : loosen(matches, columns, filters, this.manifest.n),
    };
  }

  /** Every card of a query, in its order. @param {SearchRequest} request */
  async searchAll(request) {
    const { cards } = await this.search({ ...request, page: 1, perPage: ALL_CARDS, facettes: [] });
    return cards;
  }

  /** Where the words are in the body, when title and summary do not show them all. @param {Card} card @param {string[]} searched */
  async excerpt(card, searched) {
    const stems = new Set(searched);
    for (const shown of stemsIn(`${card.titre} ${card.resume}`, stems, this.stopWords)) stems.delete(shown);
    if (!stems.size || !card.textFile) return null;
    return excerpt(await this.#read(card.textFile, json), stems, this.stopWords);
  }

  /** @param {string} text @param {string[]} stems */
  mark(text, stems) {
    return mark(text, new Set(stems), this.stopWords);
  }

  /** As one types: themes, cities, then actions. @param {string} typed @param {number} limit */
  async suggest(typed, limit = 6) {
    const folded = fold(typed).trim();
    if (folded.length < 2) return [];
    /** @param {string} name */
    const begins = (name) => fold(name).startsWith(folded) || fold(name).split(/[^a-z0-9]+/).some((word) => word.startsWith(folded));
    const themes = this.#facette("theme").valeurs.filter((v) => begins(v.libelle)).slice(0, 2);
    /** @type {[string, string, number][]} */
    const cities = await this.#read(this.manifest.villes, json);
    const places = cities.filter(([, name]) => begins(name)).sort((a, b) => b[2] - a[2]).slice(0, 2);
    const { cards } = await this.search({ q: typed, facettes: [], perPage: limit, prefix: true });
    return [
      ...themes.map((v) => ({ kind: "theme", titre: v.libelle, url: `thematiques/${v.id}/` })),
      ...places.map(([slug, name]) => ({ kind: "ville", titre: name, url: `villes/${slug}/` })),
      ...cards.map((card) => ({ kind: "action", titre: card.titre, url: card.url })),
    ].slice(0, limit);
  }

  /** The values of a facet, cities included. @param {string} key @returns {Promise<FacetValue[]>} */
  async values(key) {
    return (await this.#column(key)).values;
  }

  /** @param {string} key @returns {Facette} */
  #facette(key) {
    return this.manifest.facettes.find((/** @type {Facette} */ f) => f.cle === key);
  }

  /** @param {string} key @returns {Promise<FacetColumn>} */
  async #column(key) {
    const facette = this.#facette(key);
    const column = await this.#read(facette.fichier, (bytes) => new FacetColumn(bytes, this.manifest.n));
    facette.valeurs = column.values;
    return column;
  }

  /** A file, once; one that did not arrive is asked again the next time. @template T @param {string} name @param {(bytes: Uint8Array) => T} decode @returns {Promise<T>} */
  #read(name, decode) {
    let file = this.cache.get(name);
    if (!file) {
      file = this.load(name).then(unzip).then(decode);
      file.catch(() => this.cache.delete(name));
      this.cache.set(name, file);
    }
    return file;
  }

  /** The shard that holds a stem, if any does. @param {string} stem @returns {Promise<Shard>} */
  #shard(stem) {
    return this.#readShard(this.#place(stem));
  }

  /** @param {number} place @returns {Promise<Shard>} */
  #readShard(place) {
    return this.#read(`${this.manifest.tranches.debut}${place}.gz`, (bytes) => new Shard(bytes));
  }

  /** The rank of the last shard that begins at or before a stem. @param {string} stem */
  #place(stem) {
    /** @type {string[]} */
    const firstStems = this.manifest.tranches.premiers;
    let low = 0;
    for (let high = firstStems.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (firstStems[middle] <= stem) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The stems that begin as what is typed, the commonest first. @param {string} prefix @returns {Promise<string[]>} */
  async #stemsFrom(prefix) {
    const first = this.#place(prefix);
    const last = this.#place(`${prefix}\uffff`);
    const shards = await Promise.all(Array.from({ length: Math.min(3, last - first + 1) }, (_, i) => this.#readShard(first + i)));
    return shards
      .flatMap((shard) => shard.stems.filter((stem) => stem.startsWith(prefix)).map((stem) => ({ stem, n: shard.places.get(stem)?.count ?? 0 })))
      .sort((a, b) => b.n - a.n)
      .slice(0, this.manifest.bounds.expansions)
      .map(({ stem }) => stem);
  }

  /** The stems to look up for a word. @param {import("./query.js").Word} word @param {boolean} unfinished @returns {Promise<Variant[]>} */
  async #variants({ part, stem }, unfinished) {
    const exact = (await this.#shard(stem)).places.has(stem) ? [{ stem, part: 1 }] : [];
    if (!unfinished || part.length < 2) return exact;
    const longer = (await this.#stemsFrom(part)).filter((other) => other !== stem);
    return [...exact, ...longer.map((other) => ({ stem: other, part: 0.5 }))];
  }

  /** @param {import("./query.js").Query} query @param {boolean} prefix */
  async #find(query, prefix) {
    const matches = new Matches(this.manifest.documents);
    const last = query.words.length - 1;
    const variants = await Promise.all(query.words.map((word, i) => this.#variants(word, prefix && query.unfinished && i === last)));
    for (const [i, word] of query.words.entries()) {
      if (variants[i].length) continue;
      const term = correct(word.part, word.stem, await this.#read(this.manifest.termes, (bytes) => parseTerms(lines(bytes))));
      if (!term) continue;
      variants[i] = [{ stem: term.stem, part: 0.9 }];
      matches.corrections.push({ typed: word.part, used: term.form });
    }
    for (const some of variants) {
      matches.add(await Promise.all(some.map(async ({ stem, part }) => ({ stem, part, postings: (await this.#shard(stem)).postings(stem) }))));
    }
    for (const stem of query.excluded) matches.exclude((await this.#shard(stem)).postings(stem));
    matches.settle(this.manifest.bounds.few);
    if (query.phrases.length) await this.#verify(matches, query.phrases);
    return matches;
  }

  /** Keeps the documents where each phrase stands word for word. @param {Matches} matches @param {string[][]} phrases */
  async #verify(matches, phrases) {
    const candidates = matches.ranked().filter((document) => document < this.manifest.n).slice(0, this.manifest.bounds.phrases_read);
    const kept = await Promise.all(
      (await this.#cards(candidates)).map(async (card) => {
        /** @type {[string, string][]} */
        const rubriques = await this.#read(card.textFile, json);
        const texts = [card.titre, card.resume, ...rubriques.flat()];
        return phrases.every((phrase) => texts.some((text) => hasPhrase(text, phrase, this.stopWords)));
      }),
    );
    matches.keepOnly(candidates.filter((_, i) => kept[i]));
  }

  /** @param {number[]} documents @param {Matches} matches @param {string} tri */
  async #order(documents, matches, tri) {
    if (tri === "ville") {
      const ranks = await this.#read(this.manifest.ordre_villes, (bytes) => readOrder(bytes, this.manifest.n));
      return documents.sort((a, b) => ranks[a] - ranks[b]);
    }
    return tri === "pertinence" && !matches.everything ? documents.sort((a, b) => matches.scores[b] - matches.scores[a] || a - b) : documents;
  }

  /** @param {number[]} documents @returns {Promise<Card[]>} */
  async #cards(documents) {
    const { debut, taille } = this.manifest.cartes;
    return Promise.all(
      documents.map(async (document) => {
        const card = (await this.#read(`${debut}${Math.floor(document / taille)}.gz`, json))[document % taille];
        if (document >= this.manifest.n) return card;
        return { ...card, url: `actions/${card.id}/`, textFile: `${this.manifest.textes}${document}.gz` };
      }),
    );
  }

  /** The hand-written pages that match. @param {Matches} matches */
  async #extraPages(matches) {
    if (matches.everything) return [];
    const pages = matches.ranked().filter((document) => document >= this.manifest.n);
    return this.#cards(pages.slice(0, EXTRA_PAGES));
  }
}

/**
 * The actions that pass every filter, and the counts of each facet: OR inside a facet, AND between facets.
 * @param {Matches} matches @param {Map<string, FacetColumn>} columns @param {[string, string[]][]} filters @param {number} n
 */
function applyFilters(matches, columns, filters, n) {
  const wanted = filters.map(([key, ids]) => ({ key, column: /** @type {FacetColumn} */ (columns.get(key)), ranks: ranksOf(columns.get(key), ids) }));
  const counts = new Map([...columns].map(([key, column]) => [key, new Uint32Array(column.values.length)]));
  /** @type {number[]} */
  const documents = [];
  for (let document = 0; document < n; document++) {
    if (!matches.retains(document)) continue;
    const missed = wanted.filter(({ column, ranks }) => !column.bears(document, ranks));
    if (!missed.length) documents.push(document);
    if (missed.length > 1) continue;
    for (const [key, column] of columns) {
      if (!missed.length || missed[0].key === key) column.count(document, /** @type {Uint32Array} */ (counts.get(key)));
    }
  }
  return { documents, counts };
}

/** @param {FacetColumn | undefined} column @param {string[]} ids */
function ranksOf(column, ids) {
  const wanted = new Uint8Array(column?.values.length ?? 0);
  for (const id of ids) {
    const rank = column?.ranks.get(id);
    if (rank !== undefined) wanted[rank] = 1;
  }
  return wanted;
}

/** @param {FacetColumn | undefined} column @param {Uint32Array | undefined} counts @returns {Record<string, number>} */
function countsById(column, counts) {
  return Object.fromEntries((column?.values ?? []).map((value, rank) => [value.id, counts?.[rank] ?? 0]));
}

/**
 * What each removal would give where nothing is found.
 * @param {Matches} matches @param {Map<string, FacetColumn>} columns @param {[string, string[]][]} filters @param {number} n
 */
function loosen(matches, columns, filters, n) {
  /** @param {Matches} tried @param {[string, string[]][]} kept */
  const count = (tried, kept) => applyFilters(tried, new Map(kept.map(([key]) => [key, /** @type {FacetColumn} */ (columns.get(key))])), kept, n).documents.length;
  const gains = filters.flatMap(([key, ids]) =>
    ids.map((id) => {
      const rest = ids.filter((other) => other !== id);
      const others = filters.filter(([other]) => other !== key);
      return { key, id, gain: count(matches, rest.length ? [...others, [key, rest]] : others) };
    }),
  );
  if (!matches.everything && filters.length) gains.push({ key: "q", id: "", gain: count(new Matches(n), filters) });
  return gains.filter(({ gain }) => gain > 0).sort((a, b) => b.gain - a.gain);
}
