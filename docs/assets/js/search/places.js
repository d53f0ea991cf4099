// @ts-check
// The places that a query names, told from its other words. Twin: inspiractions/search/place_reading.py, which says why.

import { lines } from "../lib/files.js";
import { agesIn, hideMeasures } from "./measures.js";
import { fold, stem } from "./stems.js";

const LONGEST_QUERY = 40;
const MOST_ASKED = 6;
const LONGEST_NAME = 9;
const MOST_HOMONYMS = 3;
const TOKEN = /[\p{L}\p{N}]+/gu;
const APART = /"[^"]*"?|“[^”]*”?|«[^»]*»?|(?<!\S)-\S+/g;
const PERCENT = /\d+\s?%/g;
const INSIDE = /^[\s\-'’ʼ.]*$/;
const FEMININE = /(?<=[a-z]{3}(?:ais|ois|ain|aud|ien))n?es?$|(?<=[a-z]{3}in)es?$/;
// « 12 séances » may be told as « douze séances ».
const SPELT = new Map(Object.entries({ 10: "dix", 11: "onze", 12: "douze", 13: "treize", 14: "quatorze", 15: "quinze", 16: "seize", 20: "vingt", 30: "trente" }));
// « ARS » is no Ars.
const CAPITAL = /^\p{Lu}(?!\p{Lu})/u;
const HYPHEN = /^-\p{L}/u;
const AREA_NUMBER = /^(?:\d\d|2[ab]|9[78]\d)$/;
const POSTCODE = /^\d{5}$/;
const SAINT = new Map([["st", "saint"], ["ste", "sainte"]]);
const ARTICLES = new Set(["l", "la", "le", "les"]);
const UNITS = /^(?:(?:an|annee|semaine|jour|heure|minute|euro)s?|mois|h|k?m|pas|habitants|personnes|places)$/;
const COUNTED = /^(?:moins|plus|covid|sars|annees?|zone|a)$/;
const BEFORE = new Set(["a", "en", "dans"]);
const OF = new Set(["d", "de", "du", "des"]);
const BODIES = new Set("ville mairie commune departement region metropole agglo agglomeration communaute prefecture".split(" "));
const METROPOLE = /^(?:metropole|agglo(?:meration)?)$/;
// They tell what a place is, and are no words to search beside it; the second ones before a link only.
const KIND = /^(?:de?pt?|departement|region|metropole|agglo(?:meration)?)$/;
const CITY_OF = /^(?:ville|commune)$/;
const LINK = /^(?:sur|sous|les)$/;
const RARE = 2;
const COMMONER = 9;
/** The cities that are cut into arrondissements, and the number of their département. */
const CUT = new Map([["paris", "75"], ["lyon", "69"], ["marseille", "13"]]);
const ARRONDISSEMENT =
  /(?<![\p{L}\p{N}_])(paris|lyon|marseille)\s{1,3}(1?[1-9]|[12]0)(?:er|i?[èe](?:me)?)?(?:\s{1,3}arr\p{L}*\.?)?(?!\s{0,3}(?:[\d%°€+/-]|(?:à|et|ou) \d|an|mois|km|min|jour|euro|semaine)|[\p{L}\p{N}_])/giu;
const ORDINAL = /^\d+(?:e|er)$/;
const COUNTS = /\+ ?\d|\d ?[°€+]|h\/\d|\d\/(?:24|\d)(?!\d)/;
const GENRES = ["region", "departement", "zone", "epci", "commune", "village", "postal"];

/**
 * @typedef {{genre: string, nom: string, codes: string[], autour: string, lon: number | null, lat: number | null, mot: boolean}} Place
 *   as inspiractions/search/places.py tells it
 * @typedef {{word: string, start: number, end: number, capital: boolean, joined: boolean, hyphen: boolean, distance: boolean, counts: boolean}} Token  `hyphen`: a hyphen and a word follow; `distance`: so many kilometres stand there; `counts`: a number with a unit
 * @typedef {{first: number, last: number, places: Place[], count: number, sure: boolean, actions: number, absorbed: boolean, alone: boolean, start: number, end: number}} Name  `alone`: it is all that was typed, with a capital; `start` and `end`: the words to take off with it
 * @typedef {{near: (key: string) => Promise<Place[]>, france: (key: string) => Promise<Place[]>, words: (stem: string) => Promise<number>, means: (first: string, second: string) => Promise<boolean>, counts: (number: string, stem: string) => Promise<boolean>, actions: (place: Place) => number | Promise<number>}} Tables
 * @typedef {{place: Place, numero: string, avec: string}} Homonym  `numero`: of its département; `avec`: the query that says that it is this place, empty where none does
 * @typedef {Homonym & {actions: number, sans: string, autres: Homonym[]}} NamedPlace
 *   `sans`: the query when the place is taken off; `autres`: those of the same name
 * @typedef {{reste: string, lieux: NamedPlace[], offerts: NamedPlace[]}} Reading
 */

/** What two spellings of a name have in common. @param {string} text */
export const nameKey = (text) => [...fold(text).matchAll(/[a-z0-9]+/g)].map(([word]) => SAINT.get(word) ?? word).join(" ");

/** @param {Token[]} span */
const keyOf = (span) => span.map(({ word }) => SAINT.get(word) ?? word).join(" ");

/** A file of a table: lines in the order of their keys, read when a name is looked for. */
export class PlaceTable {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.lines = lines(bytes);
  }

  /** The places that bear a name. @param {string} key @returns {Place[]} */
  find(key) {
    let low = 0;
    for (let high = this.lines.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.#keyOf(middle) < key) low = middle + 1;
      else high = middle;
    }
    const places = [];
    for (; low < this.lines.length && this.#keyOf(low) === key; low++) places.push(readPlace(this.lines[low]));
    return places;
  }

  /** @param {number} rank */
  #keyOf(rank) {
    const [key, , nom] = this.lines[rank].split("\t", 3);
    return key || nameKey(nom);
  }
}

/** @param {string} line @returns {Place} */
function readPlace(line) {
  const [, genre, nom, codes, autour = "", lon = "", lat = "", mot = ""] = line.split("\t");
  return { genre: GENRES[Number(genre)], nom, codes: codes.split(","), autour, lon: lon ? Number(lon) : null, lat: lat ? Number(lat) : null, mot: mot === "1" };
}

/** The number that tells a place from its homonyms: of its département; none for a région. @param {Place} place */
const numberOf = ({ genre, codes, autour }) => (genre === "departement" ? codes[0].slice(2) : /^[rd]-/.test(codes[0]) ? "" : autour);

/** The places of a query and the rest of it. @param {string} typed @param {Set<string>} stopWords @param {Tables} tables @returns {Promise<Reading>} */
export async function readPlaces(typed, stopWords, tables) {
  const q = typed.normalize("NFC").replace(ARRONDISSEMENT, numberedPart);
  const tokens = tokensOf(q);
  if (!tokens.length || tokens.length > LONGEST_QUERY) return { reste: q, lieux: [], offerts: [] };
  const names = await new Names(tokens, stopWords, tables, q.toUpperCase() === q).find();
  await tellHomonyms(names, tables);
  for (const name of names) {
    await choose(name, tables);
    widen(name, tokens);
  }
  /** @param {Name} name @returns {NamedPlace} */
  const named = (name) => {
    const { end } = tokens[name.last];
    /** @param {Place} place @returns {Homonym} */
    const homonym = (place) => ({ place, numero: numberOf(place), avec: numberOf(place) && `${q.slice(0, end)} ${numberOf(place)}${q.slice(end)}` });
    const [place, ...others] = name.places;
    // Paris is a commune and a département.
    const autres = others.filter(({ genre, nom }) => genre !== "village" && nom !== "Paris").slice(0, MOST_HOMONYMS).map(homonym);
    return { ...homonym(place), actions: name.actions, sans: name.sure ? takenOff(q, tokens, name, names) : without(q, tokens, [name]), autres };
  };
  return {
    reste: without(q, tokens, names.filter((name) => name.sure || name.absorbed)),
    lieux: names.filter((name) => name.sure && !name.absorbed).map(named),
    offerts: names.filter((name) => !name.sure && !name.absorbed && (!name.count || name.alone || name.actions * 20 > name.count)).map(named),
  };
}

/** Looks for the names among the words of one query. */
class Names {
  /** @param {Token[]} tokens @param {Set<string>} stopWords @param {Tables} tables @param {boolean} shouted */
  constructor(tokens, stopWords, tables, shouted) {
    this.tokens = tokens;
    this.stopWords = stopWords;
    this.tables = tables;
    this.shouted = shouted;
    this.asked = new Set();
  }

  async find() {
    /** @type {Name[]} */
    const names = [];
    for (let first = 0; first < this.tokens.length; ) {
      const name = await this.#at(first);
      if (name) names.push(name);
      first = name ? name.last + 1 : first + 1;
    }
    return names;
  }

  /** The longest name from a word on. @param {number} first */
  async #at(first) {
    let last = first;
    while (last + 1 < this.tokens.length && last - first + 1 < LONGEST_NAME && this.tokens[last + 1].joined) last++;
    for (; last >= first; last--) {
      const name = await this.#named(first, last);
      if (name) return name;
    }
    return null;
  }

  /** @param {number} first @param {number} last @returns {Promise<Name | null>} */
  async #named(first, last) {
    const span = this.tokens.slice(first, last + 1);
    if (/^\d+$/.test(span[0].word) || AREA_NUMBER.test(span[0].word)) return first === last ? this.#numbered(first) : null;
    const heavy = span.filter(({ word }) => !this.stopWords.has(word) && (word.length > 2 || SAINT.has(word)));
    if (!heavy.length || this.#endsAnother(first)) return null;
    const key = keyOf(span);
    const several = first < last && (heavy.length > 1 || !ARTICLES.has(span[0].word));
    // « Croix » of « Croix-Rouge » is no name.
    const within = span[span.length - 1].hyphen || this.tokens[first - 1]?.hyphen;
    const capital = !this.shouted && !within && heavy.every((token) => token.capital) && (first > 0 || first < last);
    let isAnnounced = several || capital || this.#announced(first);
    let places = await this.tables.near(key);
    // The table has « lyonnais », and not « lyonnaise ».
    if (!places.length && FEMININE.test(key)) places = await this.tables.near(key.replace(FEMININE, ""));
    const after = this.tokens[last + 1];
    // « Croix-Rouge » and « paris sportifs » are expressions of the vocabularies.
    if (places.length && after && first === last && (await this.tables.means(span[0].word, after.word))) return null;
    // « Nord » of « Nord Caraïbe » is a word of another name.
    if (places.length && places[0].mot && after?.joined && after.capital) isAnnounced = several || this.#announced(first);
    if (places.length && (isAnnounced || !places[0].mot)) return nameOf(first, last, places, 0, true);
    // Nor is « chauve » of « chauve-souris ».
    if (!places.length && ((within && !span[0].capital) || !this.#mayAsk(first, span))) return null;
    let count = Math.min(...(await Promise.all(heavy.map(({ word }) => this.tables.words(stem(SAINT.get(word) ?? word))))));
    if (span.length === 2 && CUT.has(span[0].word) && ORDINAL.test(span[1].word)) {
      if (span[1].word.length > 2 && count) return null;
      count = 0;
    }
    // « Réunion d’information ».
    if (places.length && OF.has(after?.word)) count *= COMMONER;
    // « Vitré », alone: a name as much as a word.
    const alone = this.tokens.length === 1 && span[0].capital && !this.shouted;
    const far = this.tokens[first - 1]?.distance;
    // « Rouge » of « Croix Rouge » is one, too.
    const isPart = capital && count > 0 && span[0].joined && this.tokens[first - 1]?.capital;
    if (!places.length && ((capital && !isPart) || !count || alone || far || this.#numberedAfter(last) || (await this.#isLong(span, heavy, count)))) {
      this.asked.add(first);
      places = await this.tables.france(key);
    }
    if (!places.length) return null;
    const isTown = places[0].genre !== "village";
    // « La Creuse » is the département rather than a village of its name.
    if (!isTown && ARTICLES.has(span[0].word) && (await this.tables.near(keyOf(span.slice(1)))).length) return null;
    // The name of a village, without a capital, is more often a word, be it after a distance: « marche 5 km bus ».
    const isSure = (isAnnounced && (!far || isTown || !count || capital)) || (!count && isTown);
    return { ...nameOf(first, last, places, count, isSure), alone: alone && isTown };
  }

  /** « Oise » of « Seine-et-Oise ». @param {number} first */
  #endsAnother(first) {
    const before = this.tokens[first - 1];
    return before !== undefined && before.hyphen && before.joined && (LINK.test(before.word) || /^e[nt]$/.test(before.word));
  }

  /** Whether its words may be those of one long name, in small letters as well: « neuilly sur marne », « st lo », « métropole de lyon », « lyon métropole ». @param {Token[]} span @param {Token[]} heavy @param {number} count */
  async #isLong(span, heavy, count) {
    const inside = span.slice(0, -1).map(({ word }) => SAINT.get(word) ?? word);
    const joined = inside.length > 1 && span.slice(0, -1).every(({ hyphen }) => hyphen);
    if (joined || BODIES.has(inside[0])) return true;
    // « saint jean » is that of the bank, « saint lo » none of its words.
    if (inside.some((word) => /^sainte?$/.test(word)) ? inside.length > 1 || !(await this.tables.words(stem(span[1].word))) : heavy.length > 1 && count <= RARE) return true;
    const ends = inside.flatMap((word, i) => ((i ? LINK.test(word) || (word === "de" && span.length === this.tokens.length) : word === "grand") ? [span.slice(i + 1)] : []));
    const starts = METROPOLE.test(span[inside.length].word) ? inside.map((_, i) => span.slice(0, i + 1)) : [];
    for (const part of [...ends, ...starts]) if ((await this.tables.near(keyOf(part))).length) return true;
    return false;
  }

  /** @param {number} first @param {Token[]} span */
  #mayAsk(first, span) {
    const start = span[0];
    const startsWell = start.capital || !this.stopWords.has(start.word) || ARTICLES.has(start.word);
    const end = span[span.length - 1].word;
    return startsWell && (end === "or" || !this.stopWords.has(end)) && this.#mayAskFrom(first);
  }

  /** @param {number} first */
  #mayAskFrom(first) {
    return this.asked.has(first) || this.asked.size < MOST_ASKED;
  }

  /** « Le Blanc 36 ». @param {number} last */
  #numberedAfter(last) {
    return AREA_NUMBER.test(this.tokens[last + 1]?.word ?? "");
  }

  /** « à », « en », « dans le », « ville de ». @param {number} first */
  #announced(first) {
    const before = this.tokens[first - 1]?.word ?? "";
    const earlier = this.tokens[first - 2]?.word ?? "";
    return BEFORE.has(before) || (ARTICLES.has(before) && earlier === "dans") || (OF.has(before) && BODIES.has(earlier));
  }

  /** « 93 », « 46000 », but neither « 18 ans » nor « 11-17 ». @param {number} first @returns {Promise<Name | null>} */
  async #numbered(first) {
    const { word, joined, counts } = this.tokens[first];
    const before = this.tokens[first - 1];
    const after = this.tokens[first + 1];
    const area = AREA_NUMBER.test(word);
    if (counts || (before?.word === "de" && COUNTED.test(this.tokens[first - 2]?.word ?? ""))) return null;
    if (after && (UNITS.test(after.word) || (after.joined && /^\d+$/.test(after.word)))) return null;
    if (before && (COUNTED.test(before.word) || (joined && /^\d+$/.test(before.word)))) return null;
    if (!area && !(POSTCODE.test(word) && this.#mayAskFrom(first))) return null;
    if (!area) this.asked.add(first);
    const places = await (area ? this.tables.near(word) : this.tables.france(word));
    if (!places.length) return null;
    const count = await this.tables.words(stem(word));
    // « 81 cours d’école » counts what an action counts.
    const numbers = after ? [count ? word : "", SPELT.get(word) ?? ""].filter(Boolean) : [];
    for (const number of numbers) if (await this.tables.counts(stem(number), stem(after.word))) return null;
    return nameOf(first, first, places, count, first === 0 || first === this.tokens.length - 1 || !count);
  }
}

/** @param {number} first @param {number} last @param {Place[]} places @param {number} count @param {boolean} sure @returns {Name} */
const nameOf = (first, last, places, count, sure) => ({ first, last, places, count, sure, actions: 0, absorbed: false, alone: false, start: first, end: last });

/** Of homonyms, the one with most actions; then whether the bank mostly means a place by that word. @param {Name} name @param {Tables} tables */
async function choose(name, tables) {
  const counts = await Promise.all(name.places.map((place) => tables.actions(place)));
  name.actions = Math.max(...counts);
  const best = counts.indexOf(name.actions);
  name.places = [name.places[best], ...name.places.filter((_, i) => i !== best)];
  name.sure ||= name.actions > 0 && name.actions * 2 >= name.count;
}

/** « Saint-Denis 974 », « Le Blanc (Indre) ». @param {Name[]} names @param {Tables} tables */
async function tellHomonyms(names, tables) {
  for (const area of names) {
    for (const name of names) {
      if (name === area) continue;
      /** @type {Place[]} */
      const inside = [];
      for (const place of name.places) if (await heldBy(area.places, place, tables)) inside.push(place);
      if (!inside.length) continue;
      name.places = inside;
      name.sure = true;
      area.absorbed = true;
    }
  }
}

/** @param {Place[]} areas @param {Place} place @param {Tables} tables */
async function heldBy(areas, place, tables) {
  if (!["commune", "village", "epci"].includes(place.genre)) return false;
  const [departement] = await tables.near(place.autour.toLowerCase());
  return areas.some((area) => {
    if (area.genre === "postal") return area.codes.includes(place.codes[0]);
    return area.codes.includes(`d-${place.autour}`) || (departement && (area.nom === departement.nom || area.nom === departement.autour));
  });
}

/** « Paris 18 », « Lyon 8ème » as « Paris 18e », « Lyon 8e », which récits write; « Marseille 13 » is the département as well. @param {string} typed @param {string} city @param {string} number */
function numberedPart(typed, city, number) {
  return number === CUT.get(city.toLowerCase()) ? typed : `${city} ${number}${number === "1" ? "er" : "e"}`;
}

/** Takes off with a name the words that tell what it is. @param {Name} name @param {Token[]} tokens */
function widen(name, tokens) {
  let before = name.first - 1;
  while (before >= 0 && name.first - before <= 2 && (OF.has(tokens[before].word) || ARTICLES.has(tokens[before].word))) before--;
  const kind = tokens[before]?.word ?? "";
  if (KIND.test(kind) || (before < name.first - 1 && CITY_OF.test(kind))) name.start = before;
  const after = tokens[name.last + 1];
  if (after?.joined && METROPOLE.test(after.word)) name.end++;
}

/** @param {string} q @returns {Token[]} */
function tokensOf(q) {
  const masked = hideMeasures(q.replace(APART, (text) => "\0".repeat(text.length))).replace(PERCENT, (text) => " ".repeat(text.length));
  const ages = agesIn(masked);
  /** @type {Token[]} */
  const tokens = [];
  for (const match of masked.matchAll(TOKEN)) {
    const word = fold(match[0]);
    if (!word) continue;
    const joined = tokens.length > 0 && INSIDE.test(masked.slice(tokens[tokens.length - 1].end, match.index));
    const end = match.index + match[0].length;
    const counts = ages.some((age) => age.start <= match.index && end <= age.end) || COUNTS.test(masked.slice(Math.max(0, match.index - 3), end + 3));
    tokens.push({ word, start: match.index, end, capital: CAPITAL.test(match[0]), joined, hyphen: HYPHEN.test(masked.slice(end, end + 2)), distance: masked[end] === "\0", counts });
  }
  return tokens;
}

/** The query without some names. @param {string} q @param {Token[]} tokens @param {Name[]} names @param {Name} [quoted]  the one that stays, as a word */
function without(q, tokens, names, quoted) {
  const kept = [];
  let end = 0;
  for (const name of names) {
    const before = q.slice(end, tokens[name.start].start);
    end = tokens[name.end].end;
    kept.push(name === quoted ? `${before}"${q.slice(tokens[name.first].start, tokens[name.last].end)}"` : before);
  }
  return [...kept, q.slice(end)].join(" ").replace(/\(\s*\)/g, " ").replace(/\s+/g, " ").trimStart();
}

/** The query when a place is taken off: without it, or with its name as a word where it is one, too. @param {string} q @param {Token[]} tokens @param {Name} name @param {Name[]} names */
function takenOff(q, tokens, name, names) {
  const isWord = (name.places[0].mot || name.count > 2 * name.actions) && !/^\d/.test(tokens[name.first].word);
  return without(q, tokens, names.filter((other) => other === name || other.absorbed), isWord ? name : undefined).trim();
}
