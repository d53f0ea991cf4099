// @ts-check
// The search engine: pure, no DOM. Opens the files that a query needs, no other (docs/adr/004-recherche.md).

import { json, unzip } from "../lib/files.js";
import { FacetColumn, readOrder } from "./columns.js";
import { RADIUS, isPoint, within } from "./distances.js";
import { Matches } from "./matches.js";
import { rankOf } from "./numbers.js";

// How its files are to be read (inspiractions/search/index.py).
const FORMAT = 3;
const EXTRA_PAGES = 3;
const LONGEST_EXPRESSION = 4;
const LONGEST_NAME = 8;
const ALL_CARDS = 2000;
const MOST_SIGNS = 1000;
const LONGEST_WORD = 40;
// Of cards: what a first visit and a first answer open. Beyond, all cards are one file.
const MOST_FILES = 7;
// Shorter parts of names (« le », « sur ») need not be words; « 46000 » is none.
const SHORT_WORD = 3;
const DIGIT = /\d/;
const ENDLESS = /\S{41,}/g;
/** @type {import("./query.js").Query} */
const NO_WORD = { words: [], phrases: [], excluded: [], unfinished: false, ages: [], optional: [], tail: "", tooLong: false };

/** What words need, fetched with the first of them. @type {typeof import("./words.js")} */
let wordModule;

/**
 * @typedef {Record<string, string[]>} Filters
 * @typedef {{cle: string, titre: string, texte: string, ids: string[], valeurs: string[], sans: string}} NamedMeasure  a number of the query, the filter that it is, and the query when it is taken off
 * @typedef {{q?: string, filtres?: Filters, autour?: string, km?: number, tri?: "pertinence"|"date"|"ville"|"distance", page?: number, perPage?: number, facettes?: string[], prefix?: boolean, typing?: boolean}} SearchRequest  `autour`: a commune, an EPCI or a postcode, and the actions within so many `km`; `typing`: the last word most likely goes on
 * @typedef {{id: string, url: string, titre: string, resume: string, lieux: string, autour: string, axes: string[], ages: string, periode: string, habitants?: string, marques?: string[], qpv: boolean | null, chiffre?: [string, string], montants?: [number, string | null, number | null, string | null][], cout?: string, dep: string[], document?: number, sans?: string[], par?: string[], ecrits?: string[][]} & ByPlace} Card  `qpv`: null where nobody told; `montants`: euros, by what, year, what they cover; `sans`: the words that it lacks; `par`: by what it was found that is no word of it; `ecrits`: the stems of each word that it has
 * @typedef {{distance?: number, lien?: "nom" | "zone", lieu?: string}} ByPlace  how far an action is (km) from the place that was asked for, where it has no action or where one looks around it; or that the récit names the place (« nom ») or is of all the area that holds it (« zone »), and which place
 * @typedef {import("./columns.js").FacetValue} FacetValue
 * @typedef {{cle: string, titre: string, adresse: string, ouverte: boolean, aide?: string, valeurs: FacetValue[], fichier: string}} Facette  `adresse`: the folder of its values' pages, or empty
 */

export class Engine {
  /** @param {any} manifest @param {(name: string) => Promise<ArrayBuffer>} load */
  constructor(manifest, load) {
    this.manifest = manifest;
    /** @type {Set<string>} */
    this.stopWords = new Set(manifest.mots_vides.split(" "));
    /** @type {Set<string>} */
    this.weakWords = new Set(manifest.mots_faibles.split(" "));
    manifest.tranches.premiers = manifest.tranches.premiers.split(" ");
    this.load = load;
    /** @type {Map<string, Promise<any>>} */
    this.cache = new Map();
    /** There once words are opened. @type {import("./lexicon.js").Lexicon} */
    this.lexicon = /** @type {any} */ (null);
    this.filing = filing(manifest.cartes, manifest.documents);
    // Where they are many, they come with the column of the facet.
    for (const facette of manifest.facettes) facette.valeurs ??= [];
  }

  /** Fetches what words need, once there is one. */
  async openWords() {
    wordModule ??= await import("./words.js");
    this.lexicon ??= new wordModule.Lexicon(this.manifest, (name, decode) => this.#read(name, decode));
  }

  /** @param {(name: string) => Promise<ArrayBuffer>} load  the bytes of a file of recherche/; rejects when it does not arrive */
  static async open(load) {
    const manifest = json(await unzip(await load("manifeste.json.gz")));
    if (manifest.format !== FORMAT) throw new Error(`Le site a changé : format ${manifest.format} au lieu de ${FORMAT}.`);
    return new Engine(manifest, load);
  }

  /** @param {SearchRequest} request */
  async search(request) {
    const answer = await this.#answer(request);
    if (request.typing || !(answer.proches || answer.corrections.length || answer.proposals.length)) return answer;
    const { askAgain } = await import("./rare.js");
    return askAgain(answer, request.q ?? "", { ask: (q) => this.#answer({ ...request, q }), engine: this, fold: wordModule.fold });
  }

  /** @param {SearchRequest} request */
  async #answer({ q: typed = "", filtres = {}, autour = "", km = RADIUS, tri = "pertinence", page = 1, perPage = 10, facettes, prefix = false, typing = false }) {
    const whole = typed.normalize("NFC");
    const q = clip(whole);
    if (q.trim() || autour) await this.openWords();
    const { reste: rest, lieux: named, offerts } = await this.readPlaces(q);
    const { mesures, rayon } = this.#readMeasures(q);
    // « 50 km Alès »: one looks around the place, and no further than it is told.
    const centre = rayon && !autour && named.length === 1 && isPoint(named[0].place) ? named[0] : null;
    const lieux = centre ? [] : named;
    const bare = q.trim() && wordModule.withoutMeasures(rest);
    const reste = centre && rayon ? wordModule.withoutRadius(bare, rayon) : bare;
    const query = this.#understand(reste);
    const filters = Object.entries(filtres).filter(([key, ids]) => ids?.length && this.#facette(key));
    const wanted = facettes ?? this.manifest.facettes.filter((/** @type {Facette} */ f) => f.ouverte).map((/** @type {Facette} */ f) => f.cle);
    const keys = [...new Set([...wanted, ...filters.map(([key]) => key), ...mesures.map(({ cle }) => cle), ...(named.length || autour ? ["territoire"] : [])])].filter((key) => this.#facette(key));
    const [matches, columns] = await Promise.all([
      this.#find((named.length || mesures.length) && isEmpty(query) ? "" : reste, query, { prefix, typing }),
      Promise.all(keys.map(async (key) => /** @type {[string, FacetColumn]} */ ([key, await this.#column(key)]))).then((all) => new Map(all)),
    ]);
    const territoire = /** @type {FacetColumn} */ (columns.get("territoire"));
    const around = autour ? await this.#lookAround(autour, km, territoire) : centre && rayon ? { place: centre.place, autres: [], distances: within(this.manifest.n, territoire, centre.place, rayon.km) } : null;
    const everywhere = matches.only;
    if (around) matches.keepOnly(around.distances.keys());
    const placed = lieux.length ? withPlaces(filters, lieux, territoire) : filters;
    let { documents, counts } = applyFilters(matches, columns, placed, this.manifest.n);
    const line = matches.threshold;
    const { few } = this.manifest.bounds;
    // Inside a place that is asked for, weaker answers come before those of elsewhere.
    const isAsked = (lieux.length > 0 || centre !== null) && !query.phrases.length;
    if (isAsked && documents.length < few) {
      matches.lower();
      if (documents.length) ({ documents, counts } = applyFilters(matches, columns, placed, this.manifest.n));
      else {
        // The same whatever the filters are, which count what they show.
        const own = applyFilters(matches, new Map([["territoire", territoire]]), lieux.length ? withPlaces([], lieux, territoire) : [], this.manifest.n);
        matches.inside = new Set(bestFirst(own.documents, matches.scores, few).slice(0, few));
        matches.threshold = line;
      }
    }
    const measured = mesures.length ? applyFilters(matches, columns, [...placed, ...filtersOf(mesures)], this.manifest.n) : null;
    // Numbers that no action meets, or none that has the words, leave the others to be found, and it is said.
    const ecartees = measured !== null && !(matches.heaviest(measured.documents) >= this.manifest.bounds.measured * matches.heaviest(documents));
    if (measured && !ecartees) ({ documents, counts } = measured);
    /** @type {Map<number, ByPlace>} */
    let byPlace = new Map([...(around?.distances ?? [])].map(([document, distance]) => [document, { distance }]));
    /** @type {Map<string, number>} */
    let beyond = new Map();
    const elsewhere = (lieux.length > 0 || centre !== null) && !documents.length;
    if (elsewhere) {
      matches.only = everywhere;
      const nearby = await this.#elsewhere(matches, territoire, named.map(({ place }) => place));
      const groups = groupByValue(matches, columns, filters, this.manifest.n);
      byPlace = nearby.choose(groups.documents);
      counts = nearby.count(groups.byValue);
      beyond = new Map(territoire.values.map(({ id }, rank) => [id, (groups.byValue.get("territoire")?.[rank] ?? []).filter((document) => !matches.inside.has(document)).length]));
    }
    // A place whose own place is not known has nothing near it: nothing is answered, and not the whole bank.
    const ranks = elsewhere ? [...byPlace.keys()] : await this.#order(documents, matches, tri, around?.distances ?? new Map(), page * perPage);
    const last = Math.max(1, Math.ceil(ranks.length / perPage));
    const here = Math.min(Math.max(1, page), last);
    const shown = ranks.slice((here - 1) * perPage, here * perPage);
    const pages = here === 1 && !filters.length ? await this.#extraPages(named.length ? this.#understand(q) : query) : [];
    const cards = await this.#cards([...shown, ...pages], byPlace, here > 1);
    return {
      total: ranks.length,
      page: here,
      pages: last,
      cards: shown.map((document, i) => ({ ...cards[i], ...matches.reasons(document) })),
      complete: ranks.filter((document) => matches.isComplete(document)).length,
      lieux: await Promise.all(lieux.map((lieu) => this.#around(lieu))),
      /** The numbers that filter; `ecartees`: no action meets them all. */
      mesures,
      ecartees,
      offerts,
      /** What the bank is about, by code (`r-11`, `d-93`); nothing where it is all of France. @type {string[] | undefined} */
      territoire: this.manifest.territoire,
      /** Nothing there: what is nearest instead. */
      proches: elsewhere && byPlace.size > 0,
      /** Then, how many there are in each place, once this one is taken off. */
      ailleurs: beyond,
      /** The place that was asked for and those of the same name; no place where none bears it. */
      autour: around && { place: around.place, autres: around.autres, km: centre && rayon ? rayon.km : km },
      /** The same, where the words name it. */
      centre: centre && rayon && { ...(await this.#around(centre)), sans: wordModule.withoutRadius(centre.sans, rayon).trim() },
      extraPages: [...(here === 1 && !filters.length ? await this.#termPages(query) : []), ...cards.slice(shown.length)],
      counts: Object.fromEntries(keys.map((key) => [key, countsById(columns.get(key), counts.get(key))])),
      stems: matches.stems,
      corrections: matches.corrections,
      unknown: matches.unknown,
      proposals: matches.proposals,
      nothingToSearch: isEmpty(query) && q.trim() !== "" && !matches.everything,
      tooLong: query.tooLong || q !== whole,
      mode: matches.mode,
      loosenings: ranks.length ? [] : await this.#loosen(matches, columns, filters, around && new Set(around.distances.keys())),
    };
  }

  /** What each removal would give where nothing is found. @param {Matches} matches @param {Map<string, FacetColumn>} columns @param {[string, string[]][]} filters @param {Set<number> | null} around  the documents that are near enough */
  async #loosen(matches, columns, filters, around) {
    const { loosen } = await import("./rare.js");
    const everything = matches.everything ? null : Object.assign(new Matches(this.manifest.n), { everything: true, only: around });
    return loosen(filters, (kept, anyWord) => applyFilters(anyWord ? everything ?? matches : matches, new Map(kept.map(([key]) => [key, /** @type {FacetColumn} */ (columns.get(key))])), kept, this.manifest.n).documents.length, everything !== null);
  }

  /** Every card of a query, in its order. @param {SearchRequest} request */
  async searchAll(request) {
    const { cards } = await this.search({ ...request, page: 1, perPage: ALL_CARDS, facettes: [] });
    return cards;
  }

  /** Where the words are in the body that title and summary do not show. @param {Card} card */
  async excerpt({ titre, resume, document, ecrits = [] }) {
    const shown = wordModule.stemsIn(`${titre} ${resume}`, new Set(ecrits.flat()), this.stopWords);
    const hidden = ecrits.filter((stems) => !stems.some((stem) => shown.has(stem))).flat();
    if (!hidden.length || document === undefined) return null;
    return wordModule.excerpt(await this.#rubriques(document), new Set(hidden), this.stopWords);
  }

  /** The text of an action, by rubrique. @param {number} document @returns {Promise<[string, string][]>} */
  async #rubriques(document) {
    const { debut, taille } = this.manifest.textes;
    const place = this.filing.places[document];
    return (await this.#read(`${debut}${Math.floor(place / taille)}.gz`, json))[place % taille];
  }

  /** @param {string} text @param {string[]} stems */
  mark(text, stems) {
    return stems.length ? wordModule.mark(text, new Set(stems), this.stopWords) : [{ text, marked: false }];
  }

  /** As one types: themes, places, then actions. @param {string} typed @param {number} limit @returns {Promise<import("./suggestions.js").Suggestion[]>} */
  async suggest(typed, limit = 6) {
    await this.openWords();
    if (wordModule.nameKey(typed).length < 2) return [];
    const [{ suggestFrom }, rows] = await Promise.all([import("./suggestions.js"), this.#read(this.manifest.suggestions, json)]);
    const known = await suggestFrom(typed, rows, wordModule.nameKey);
    const { cards } = await this.search({ q: typed, facettes: [], perPage: limit, prefix: true, typing: true });
    return [...known, ...cards.map((card) => ({ kind: "action", titre: card.titre, url: card.url }))].slice(0, limit);
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
    const column = await this.#read(facette.fichier, (bytes) => new FacetColumn(bytes, this.manifest.n, facette.valeurs));
    facette.valeurs = column.values;
    return column;
  }

  /** A file, once; one that did not arrive is asked again the next time. @template T @param {string} name @param {(bytes: Uint8Array) => T} decode @returns {Promise<T>} */
  #read(name, decode) {
    let file = this.cache.get(name);
    if (!file) {
      file = this.#bytes(name).then(decode);
      file.catch(() => this.cache.delete(name));
      this.cache.set(name, file);
    }
    return file;
  }

  /** The bytes of a file, which may be some of those of another. @param {string} name @returns {Promise<Uint8Array>} */
  async #bytes(name) {
    const { fichier, parties } = this.manifest.ouverture;
    if (!parties[name]) return unzip(await this.load(name));
    const [start, end] = parties[name];
    return (await this.#read(fichier, (bytes) => bytes)).subarray(start, end);
  }

  /** The places that a query names, and the rest of it. @param {string} q @returns {Promise<import("./places.js").Reading>} */
  async readPlaces(q) {
    if (!q.trim()) return { reste: q, lieux: [], offerts: [] };
    await this.openWords();
    return wordModule.readPlaces(q, this.stopWords, {
      near: (key) => this.lexicon.places(key),
      france: async (key) => ((await this.#mayBePlace(key)) ? this.#inFrance(key) : []),
      words: (stem) => this.lexicon.count(stem),
      means: async (first, second) => (await this.lexicon.meanings([wordModule.stem(first), wordModule.stem(second)])).length > 0,
      counts: (number, stem) => this.lexicon.counts(number, stem),
      actions: async ({ codes }) => (await this.#column("territoire")).countCodes(codes),
    });
  }

  /** Whether every word of a name exists, or is one of the bank: the names of places do. @param {string} key */
  async #mayBePlace(key) {
    for (const word of key.split(" ")) {
      if (word.length > SHORT_WORD && !DIGIT.test(word) && !(await this.lexicon.count(wordModule.stem(word))) && !(await this.lexicon.exists(word))) return false;
    }
    return true;
  }

  /**
   * The numbers of a query that filter, with what they leave of it and the values that they choose.
   * @param {string} q @returns {{mesures: NamedMeasure[], rayon: import("./measures.js").Radius | null}}
   */
  #readMeasures(q) {
    if (!q.trim()) return { mesures: [], rayon: null };
    const { mesures, rayon } = wordModule.readMeasures(q);
    return {
      rayon,
      mesures: mesures.flatMap((measure) => {
        const facette = this.#facette(measure.cle);
        const ids = facette ? wordModule.valuesFor(measure, facette.valeurs) : [];
        return ids.length ? [{ cle: measure.cle, titre: facette.titre, texte: measure.texte, ids, valeurs: facette.valeurs.filter(({ id }) => ids.includes(id)).map(({ libelle }) => libelle), sans: wordModule.takenOff(q, measure) }] : [];
      }),
    };
  }

  /** The places of all France that bear a name. @param {string} key */
  async #inFrance(key) {
    const { debut, premiers } = this.manifest.france;
    return (await this.#read(`${debut}${rankOf(premiers, key)}.gz`, (bytes) => new wordModule.PlaceTable(bytes))).find(key);
  }

  /** What is around a place: of homonyms, the first. @param {string} asked @param {number} km @param {FacetColumn} territoire */
  async #lookAround(asked, km, territoire) {
    const { placesCalled } = await import("./rare.js");
    const [place, ...autres] = await placesCalled(asked, (key) => this.#inFrance(key), wordModule.nameKey);
    return { place, autres, distances: place ? within(this.manifest.n, territoire, place, km) : new Map() };
  }

  /** A place with the département and the région around it. @param {import("./places.js").NamedPlace} named */
  async #around(named) {
    const { place } = named;
    if (!place.autour || place.genre === "departement") return { ...named, departement: null };
    const [departement] = await this.lexicon.places(place.autour.toLowerCase());
    return { ...named, departement: departement ?? null };
  }

  /** What there is for places without an action. @param {Matches} matches @param {FacetColumn} territoire @param {import("./places.js").Place[]} places */
  async #elsewhere(matches, territoire, places) {
    const byScore = matches.ranked();
    const { Elsewhere, naming } = await import("./rare.js");
    const named = await Promise.all(places.map((place) => naming(place, byScore, wordModule.stems(place.nom, this.stopWords), this.lexicon, (some) => this.#texts(some))));
    return new Elsewhere(matches, this.manifest.bounds.few, territoire, places, new Map(named.flat()));
  }

  /** Title, summary and rubriques of some documents. @param {number[]} documents @returns {Promise<string[][]>} */
  async #texts(documents) {
    const cards = await this.#cards(documents);
    return Promise.all(cards.map(async ({ titre, resume }, i) => [titre, resume, ...(await this.#rubriques(documents[i])).flat()]));
  }

  /** @param {string} q @returns {import("./query.js").Query} */
  #understand(q) {
    return q.trim() ? wordModule.understand(q, this.stopWords, this.manifest.bounds.words) : NO_WORD;
  }

  /** @param {string} q @param {import("./query.js").Query} query @param {import("./readings.js").Manner} manner */
  async #find(q, query, manner) {
    const matches = new Matches(this.manifest.n);
    matches.everything = !q.trim();
    if (matches.everything) return matches;
    // What is being typed begins a word, even where it is none yet.
    if (manner.typing && query.tail && isEmpty(query)) query = { ...query, words: [{ part: query.tail, stem: query.tail, before: "", after: "" }], unfinished: true };
    matches.everything = isEmpty(query) ? manner.typing : !query.words.length;
    const readings = new wordModule.Readings(this.lexicon, this.stopWords, this.weakWords);
    await readings.understand(query, manner, this.#ageKeys(query.ages));
    matches.corrections = readings.corrections;
    matches.unknown = readings.unknown;
    matches.proposals = readings.proposals;
    matches.addAll(readings.readings);
    for (const stem of query.excluded) matches.exclude((await this.lexicon.literal(stem, 1)).postings);
    matches.settle(this.manifest.bounds);
    if (query.phrases.length) await this.#verify(matches, query.phrases);
    return matches;
  }

  /** The keys of the age groups that have a year of these. @param {[number, number][]} ages */
  #ageKeys(ages) {
    const groups = this.#facette("age")?.valeurs ?? [];
    return groups.flatMap(({ id }, rank) => (ages.some((some) => holdsAge(id, some)) ? [`~age.${rank}`] : []));
  }

  /** Keeps the documents where each phrase stands word for word. @param {Matches} matches @param {string[][]} phrases */
  async #verify(matches, phrases) {
    const candidates = matches.ranked().slice(0, this.manifest.bounds.phrases_read);
    const texts = await this.#texts(candidates);
    matches.keepOnly(candidates.filter((_, i) => phrases.every((phrase) => texts[i].some((text) => wordModule.hasPhrase(text, phrase, this.stopWords)))));
  }

  /** In the order that is asked for; by relevance, so many first. @param {number[]} documents @param {Matches} matches @param {string} tri @param {Map<number, number>} distances @param {number} most */
  async #order(documents, matches, tri, distances, most) {
    if (tri === "distance" && distances.size) return documents.sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0) || matches.scores[b] - matches.scores[a] || a - b);
    if (tri === "ville") {
      const ranks = await this.#read(this.manifest.ordre_villes, (bytes) => readOrder(bytes, this.manifest.n));
      return documents.sort((a, b) => ranks[a] - ranks[b]);
    }
    if (tri === "pertinence" && matches.everything && distances.size) return documents.sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0) || a - b);
    return tri === "pertinence" && !matches.everything ? bestFirst(documents, matches.scores, most) : documents;
  }

  /** @param {number[]} documents @param {Map<number, ByPlace>} [byPlace] @param {boolean} [further]  whether one looks beyond a first page @returns {Promise<Card[]>} */
  async #cards(documents, byPlace, further = false) {
    const cardOf = await this.#cardReader(documents, further);
    return Promise.all(
      documents.map(async (document) => {
        const card = await cardOf(document);
        if (document >= this.manifest.n) return card;
        const near = byPlace?.get(document);
        return { ...card, url: `actions/${card.id}/`, document, ...near, distance: rounded(near?.distance) };
      }),
    );
  }

  /**
   * How the cards of some documents are read: by few small files, or, where one looks further, by the one of all.
   * @param {number[]} documents @param {boolean} further @returns {Promise<(document: number) => any>}
   */
  async #cardReader(documents, further) {
    const { debut, toutes } = this.manifest.cartes;
    const { files, ranks } = this.filing;
    /** @param {number} document */
    const fileOf = (document) => `${debut}${files[document]}.gz`;
    const opened = [...this.cache.keys()].filter((name) => name.startsWith(debut)).length;
    const missing = new Set(documents.map((document) => fileOf(document)).filter((name) => !this.cache.has(name))).size;
    if (toutes && missing && (this.cache.has(toutes) || (missing > 1 && (further || opened + missing > MOST_FILES)))) {
      const all = await this.#read(toutes, json);
      return (document) => all[document];
    }
    return async (document) => (await this.#read(fileOf(document), json))[ranks[document]];
  }

  /** The pages of the terms whose very name, or a synonym of it, is the query: « mobiliser le public ». @param {import("./query.js").Query} query */
  async #termPages(query) {
    const asked = query.words.map(({ stem }) => stem);
    if (!asked.length || asked.length > LONGEST_NAME) return [];
    const meant = asked.length > LONGEST_EXPRESSION ? [] : await this.lexicon.meanings(asked);
    const keys = [...new Set([...meant.filter((one) => one.startsWith("~")), ...(await this.lexicon.named(asked))])];
    const terms = await Promise.all(keys.map(async (key) => ({ key, ...(await this.lexicon.term(key)) })));
    return this.manifest.facettes
      .filter((/** @type {Facette} */ { adresse }) => adresse)
      .flatMap((/** @type {Facette} */ { cle, titre, adresse }) =>
        terms
          .filter(({ key, count }) => count && key.startsWith(`~${cle}.`))
          .sort((a, b) => rankOfTerm(a.key) - rankOfTerm(b.key))
          .map(({ id, label }) => ({ titre: `${titre} : ${label}`, url: `${adresse}/${id}/` })),
      )
      .slice(0, EXTRA_PAGES);
  }

  /** The hand-written pages that have every word, as documents. They answer beside the actions, and never for them. @param {import("./query.js").Query} query */
  async #extraPages({ words }) {
    if (!words.length) return [];
    /** @type {Map<number, {words: number, weight: number}>} */
    const pages = new Map();
    for (const { stem } of words) {
      const { documents, weights } = (await this.lexicon.shard(stem)).postings(stem, true);
      for (const [i, document] of documents.entries()) {
        const before = pages.get(document) ?? { words: 0, weight: 0 };
        pages.set(document, { words: before.words + 1, weight: before.weight + weights[i] });
      }
    }
    const best = [...pages].filter(([, page]) => page.words === words.length).sort(([a, pageA], [b, pageB]) => pageB.weight - pageA.weight || a - b);
    return best.slice(0, EXTRA_PAGES).map(([document]) => document);
  }
}

/**
 * Where each document stands: in which file of cards, where in it, and where in all the files one after another, as the texts.
 * @param {{taille: number, fichiers: number[]}} cards  `fichiers`: of each document; where they are not told, so many a file, as they are numbered @param {number} documents
 */
function filing({ taille, fichiers }, documents) {
  const files = fichiers.length ? fichiers : Array.from({ length: documents }, (_, document) => Math.floor(document / taille));
  /** @type {number[]} */
  const sizes = [];
  const ranks = files.map((file) => (sizes[file] = (sizes[file] ?? 0) + 1) - 1);
  let end = 0;
  const starts = sizes.map((size) => (end += size) - size);
  return { files, ranks, places: files.map((file, document) => starts[file] + ranks[document]) };
}

/** Of « ~theme.12 », the 12. @param {string} key */
const rankOfTerm = (key) => Number(key.split(".")[1]);

/** @param {number | undefined} km */
const rounded = (km) => (km === undefined ? undefined : Math.round(km));

/** What is pasted costs no more than what is typed: so many signs, and no word that is longer than any. @param {string} typed */
function clip(typed) {
  return typed.slice(0, MOST_SIGNS).replace(ENDLESS, (word) => word.slice(0, LONGEST_WORD));
}

/** Whether nothing of what was typed can be searched. @param {import("./query.js").Query} query */
function isEmpty({ words, phrases, excluded }) {
  return !words.length && !phrases.length && !excluded.length;
}

/** Whether an age group (« 4-11 », « 65-plus ») and an age asked for have a year in common. @param {string} id @param {number[]} ages */
function holdsAge(id, [from, to]) {
  const [first, last] = id.split("-");
  return last !== undefined && Number(first) <= to && (last === "plus" || Number(last) >= from);
}

/** Two ages are one filter. @param {NamedMeasure[]} mesures @returns {[string, string[]][]} */
function filtersOf(mesures) {
  return [...new Set(mesures.map(({ cle }) => cle))].map((key) => [key, mesures.filter(({ cle }) => cle === key).flatMap(({ ids }) => ids)]);
}

/** The filters, and one more: the places that the words name. @param {[string, string[]][]} filters @param {import("./places.js").NamedPlace[]} lieux @param {FacetColumn} territoire @returns {[string, string[]][]} */
function withPlaces(filters, lieux, territoire) {
  return [...filters, ["territoire", territoire.idsOf(lieux.flatMap(({ place }) => place.codes))]];
}

/**
 * The actions that pass every filter, and the counts of each facet: OR inside a facet, AND between facets.
 * @param {Matches} matches @param {Map<string, FacetColumn>} columns @param {[string, string[]][]} filters @param {number} n
 */
function applyFilters(matches, columns, filters, n) {
  const counts = new Map([...columns].map(([key, column]) => [key, new Uint32Array(column.values.length)]));
  const documents = filtered(matches, columns, filters, n, (document, key, column) => column.count(document, /** @type {Uint32Array} */ (counts.get(key))));
  return { documents, counts };
}

/** The same, with the actions of each value in the place of how many they are. @param {Matches} matches @param {Map<string, FacetColumn>} columns @param {[string, string[]][]} filters @param {number} n */
function groupByValue(matches, columns, filters, n) {
  const byValue = new Map([...columns].map(([key, column]) => [key, column.values.map(() => /** @type {number[]} */ ([]))]));
  const documents = filtered(matches, columns, filters, n, (document, key, column) => {
    for (const rank of column.ranksOf(document)) byValue.get(key)?.[rank].push(document);
  });
  return { documents, byValue };
}

/**
 * The actions that pass every filter; `counts` is called with each that passes those of the other facets, at least.
 * @param {Matches} matches @param {Map<string, FacetColumn>} columns @param {[string, string[]][]} filters @param {number} n @param {(document: number, key: string, column: FacetColumn) => void} counts
 */
function filtered(matches, columns, filters, n, counts) {
  const wanted = filters.map(([key, ids]) => ({ key, column: /** @type {FacetColumn} */ (columns.get(key)), ranks: ranksOf(columns.get(key), ids) }));
  /** @type {number[]} */
  const documents = [];
  /** The actions that one filter alone leaves out, with that filter. @type {{document: number, key: string}[]} */
  const others = [];
  for (let document = 0; document < n; document++) {
    if (!matches.retains(document)) continue;
    let misses = 0;
    let missed = "";
    for (const { key, column, ranks } of wanted) {
      if (column.bears(document, ranks)) continue;
      misses++;
      missed = key;
    }
    if (!misses) documents.push(document);
    else if (misses === 1) others.push({ document, key: missed });
  }
  for (const [key, column] of columns) {
    for (const document of documents) counts(document, key, column);
    for (const other of others) if (other.key === key) counts(other.document, key, column);
  }
  return documents;
}

/**
 * Some documents, of which so many first are the best, best first; the others as they stood.
 * @param {number[]} documents @param {Float64Array} scores @param {number} most
 */
function bestFirst(documents, scores, most) {
  const least = Float64Array.from(documents, (document) => scores[document]).sort()[Math.max(0, documents.length - most)];
  const best = documents.filter((document) => scores[document] >= least).sort((a, b) => scores[b] - scores[a] || a - b);
  return best.concat(documents.filter((document) => scores[document] < least));
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
