// @ts-check
// Numbers with units among the words of a query: a distance, inhabitants, euros, an age. Each is a filter that exists.
// Twin: inspiractions/search/measures.py, which says why.

import { fold } from "./stems.js";

const APART = /"[^"]*"?|“[^”]*”?|«[^»]*»?|(?<!\S)-+\p{L}\S*/gu;
const START = "(?<![\\p{L}\\p{N}_])";
const END = "(?![\\p{L}\\p{N}_])";
const AMOUNT = "(\\d{1,3}(?:[ .\\u00a0\\u202f]\\d{3})+(?!\\d)|\\d+(?:,\\d+)?)\\s{0,3}(k(?=\\s{0,3}€)|m(?=\\s{0,3}€)|mille|millions?)?(?:\\s{0,3}d['’])?\\s{0,3}";
const RANGE = `(?:(moins de|jusqu['’]à|max(?:imum)?|<)|(plus de|au moins|>))?\\s{0,3}${AMOUNT}(?:(?:à|et|-|–)\\s{0,3}${AMOUNT})?`;
const SIZE = new RegExp(`${START}((?:petites?|grandes?|moyennes?)?\\s{0,3}(?:villes?|communes?|villages?|bourgs?|collectivités?)\\s{1,3}(?:de|d['’]|a|ayant|comptant)\\s{0,3})?(?:entre\\s{1,3})?${RANGE}hab(?:itants?|\\.|${END})`, "giu");
const NOT_OF_A_CITY = /(?:pour|par|sur|quartiers? (?:de|d['’])|bassin (?:de|d['’]))\s{0,3}$/iu;
const COST = new RegExp(`${START}((?:petits? )?budgets?\\s{0,3}(?:de|d['’])?|coû?ts?\\s{0,3}(?:de|d['’])?|coû?te|coûtant)?\\s{0,3}(?:à\\s{1,3}|pour\\s{1,3}|entre\\s{1,3})?${RANGE}(?:€|euros?${END})`, "giu");
const EACH = /^\s{0,3}(?:par|\/|l['’]heure|de l['’]heure|chacun)/iu;
// « région nantaise », « agglo lilloise »; « région parisienne » is the Île-de-France, « région dieppoise » an EPCI.
const OF_A_CITY = `(?=\\s{1,3}(?!parisienn|dieppois|l[ée]zignan|ancien|fran[çc]ai|semain|urbain|humain|cantin|piscin|cuisin|m[ée]decin)\\p{L}+(?:aise?|oise?|ienn?e?|aine?|ine?|a[nu]celle|ang(?:elle|eau)|anceau|eaude?)${END})`;
const OUTSKIRTS = "banlieue|périphérie|peripherie|environs|alentours";
const DISTANCE = new RegExp(
  `${START}(?:(?:(?:à|dans)\\s{1,3})?(?:un\\s{1,3}rayon\\s{1,3}de\\s{1,3})?(?:moins\\s{1,3}de\\s{1,3})?(\\d{1,3})\\s{0,3}(?:kms?|kilom[eè]tres?)${END}(?:\\s{1,3}(?:à la ronde|alentour|aux alentours|autour))?(?:\\s{1,3}(?:de|du)${END}|\\s{1,3}d['’])?` +
    `|(?:(autour|aux alentours)|près|pres|[àa] c[ôo]t[ée]|à proximité|proche|(?:(?:dans\\s{1,3})?(?:les|la)\\s{1,3}|aux\\s{1,3}|en\\s{1,3})?(?:${OUTSKIRTS})|(?<!d['’])agglo(?:m[ée]ration)?)\\s{1,3}(?:(?:de|du)${END}|d['’])` +
    `|(?:en\\s{1,3})?banlieue${END}|(r[ée]gion)${OF_A_CITY}|(?:agglo(?:m[ée]ration)?|m[ée]tropole|bassin)${OF_A_CITY}|et\\s{1,3}(?:ses?\\s{1,3}|sa\\s{1,3})?(?:${OUTSKIRTS})${END})`,
  "iu",
);
const AGE = new RegExp(`(?:(moins de|jusqu['’]à|[-<](?: de(?= ))?)\\s{0,3}|(plus de|>|\\+(?: de(?= ))?)\\s{0,3})?([0-9]{1,3})(?:\\s{0,3}(?:-|–|à|\\/|et)\\s{0,3}-?([0-9]{1,3}))?\\s{0,3}(ans?|mois)${END}(\\s{0,3}(?:et plus|et \\+|\\+))?`, "giu");
// « Suivi pendant 12 mois » tells how long.
const DURATION = /(?:pendant|durant|depuis|suivie?s?|dur[ée]e(?: de)?|tous les|il y a|sur|en)\s{1,3}$/iu;
const CLASS = new RegExp(
  `${START}(?:(classes? de|élèves? de|elèves? de|eleves? de|collégiens de|niveau) )?(?:(cp|c[em][12])|([3-6])(?:e|è|ème|eme|ième)|(sixième|cinquième))${END}(?!\\s{0,3}(?:arr|arrondissements?|[âa]ge|édition|edition|sens|jour|journée|étage|forum|lieu|rencontres?|vague|colloque)${END})`,
  "giu",
);
/** @type {Record<string, number>} */
const FIRST_YEAR = { cp: 6, ce1: 7, ce2: 8, cm1: 9, cm2: 10, 6: 11, sixieme: 11, 5: 12, cinquieme: 12, 4: 13, 3: 14 };
const NUMBERED_AREA = /(?:paris|lyon|marseille)\s{0,3}$/i;
const OTHER_CLASS = /(?:[3-6](?:e|è|ème|eme)|c[em][12])\s{0,3}(?:,|\/|-|et|à|ou)?\s{0,3}$/iu;
/** Words of one age. @type {[RegExp, [number, number]][]} */
const PERSONS = [
  [new RegExp(`${START}(?:bébés?|bebes?|nourrissons?|nouveaux?-nés?|tout-petits)${END}`, "giu"), [0, 3]],
  [new RegExp(`${START}(?:ados?|adolescente?s?|collégien(?:ne)?s?|collegien(?:ne)?s?)${END}`, "giu"), [12, 17]],
  [new RegExp(`${START}(?:lycéen(?:ne)?s?|lyceen(?:ne)?s?)${END}`, "giu"), [15, 18]],
  [new RegExp(`${START}(?:seniors?|séniors?|personnes? [âa]gées?|personnes? [âa]gees?)${END}`, "giu"), [65, 120]],
];
const OLDEST = 120;
const UNIT = new RegExp(`(?<=\\d)(\\s{0,3})(?:ans?|mois)${END}`, "giu");
// About so many: a city of 19,000 is like one of 20,000.
const ABOUT = 0.8;
const ROUND = 500;
const LEAST_CITY = 1000;
const LEAST_COST = 500;
const NEAR = 20;
const AROUND = 50;
const FARTHEST = 300;
// A longer text is no query that filters.
const LONGEST = 300;

/**
 * @typedef {{cle: "age" | "taille" | "cout", from: number, to: number, texte: string, start: number, end: number, isWord: boolean}} Measure
 *   from and to: years, inhabitants or euros, both included; `isWord`: it is a word to search, too
 * @typedef {{km: number, texte: string, start: number, end: number}} Radius
 * @typedef {{mesures: Measure[], rayon: Radius | null}} Measures
 */

/** What a query says in numbers, in its order. @param {string} q @returns {Measures} */
export function readMeasures(q) {
  if (q.length > LONGEST) return { mesures: [], rayon: null };
  const text = hidden(q, APART);
  const rayon = radiusIn(text);
  const sized = [...text.matchAll(SIZE)].flatMap((match) => sizeOf(match, text));
  const costly = [...text.matchAll(COST)].flatMap((match) => costOf(match, text));
  const mesures = [...sized, ...costly, ...agesIn(text), ...personsIn(text)].sort((a, b) => a.start - b.start);
  return { mesures, rayon };
}

/** The ages of a text, in years: « 12-17 ans », « 6e »; no words. @param {string} text @returns {Measure[]} */
export function agesIn(text) {
  const numbers = [...text.matchAll(AGE)].filter(({ index }) => !DURATION.test(text.slice(0, index))).map((match) => measure("age", ageOf(match), match));
  const classes = [...text.matchAll(CLASS)].flatMap((match) => classOf(match, text));
  return [...numbers, ...classes].sort((a, b) => a.start - b.start);
}

/** A text without « ans » and « mois » after a number: they are no words to search. @param {string} text */
export const withoutUnits = (text) => text.replace(UNIT, "$1 ");

/** A query without its inhabitants and euros; ages stay, for they are searched, too. @param {string} q */
export const withoutMeasures = (q) => readMeasures(q).mesures.filter(({ cle }) => cle !== "age").reduce((rest, span) => covered(rest, span, " "), q).replace(/\s+/g, " ");

/** A query without its distance, its places left out or not. @param {string} q @param {Radius} rayon */
export const withoutRadius = (q, { texte }) => q.replace(/\s+/g, " ").replace(texte.replace(/\s+/g, " "), " ").replace(/\s+/g, " ");

/** A text of the same length in which no number with a unit is left but ages; a distance says that a place comes: « à ». @param {string} text */
export function hideMeasures(text) {
  const { mesures, rayon } = readMeasures(text);
  const cut = mesures.filter(({ cle }) => cle !== "age").reduce((rest, span) => covered(rest, span, "\0"), text);
  return rayon ? `${cut.slice(0, rayon.start)}à${"\0".repeat(rayon.end - rayon.start - 1)}${cut.slice(rayon.end)}` : cut;
}

/** @param {string} text @param {{start: number, end: number}} span @param {string} sign */
const covered = (text, { start, end }, sign) => text.slice(0, start) + sign.repeat(end - start) + text.slice(end);

/** The query when a measure is taken off: without it, or with it as a word. @param {string} q @param {Measure} taken */
export function takenOff(q, { start, end, isWord }) {
  return `${q.slice(0, start)}${isWord ? `"${q.slice(start, end)}"` : " "}${q.slice(end)}`.replace(/\s+/g, " ").trim();
}

/** Of the values of a filter, those that a measure meets. @param {Measure} measure @param {{id: string}[]} values @returns {string[]} */
export function valuesFor({ cle, from, to }, values) {
  return values.map(({ id }) => id).filter((id) => {
    if (cle === "age" && !id.includes("-")) return true;
    const range = rangeOf(id, cle === "age");
    return range !== null && range[0] <= to && range[1] >= from;
  });
}

/** « 4-11 », « 65-plus », « moins-de-2000 », « 2000-10000 », « 200000-et-plus »; of the latter, the end is left out. @param {string} id @param {boolean} whole  whether the end is included */
function rangeOf(id, whole) {
  const [, upTo, from, to] = /^(?:moins-de-(\d+)|(\d+)-(\d+|plus|et-plus))$/.exec(id) ?? [];
  const last = whole ? 0 : 1;
  if (upTo) return [0, Number(upTo) - last];
  return from ? [Number(from), /\d/.test(to) ? Number(to) - last : Infinity] : null;
}

/** @param {string} text @returns {Radius | null} */
function radiusIn(text) {
  const match = DISTANCE.exec(text);
  if (!match) return null;
  const km = match[1] ? Number(match[1]) : match[2] || match[3] ? AROUND : NEAR;
  return km >= 1 && km <= FARTHEST ? { km, texte: match[0].trim(), start: match.index, end: match.index + match[0].length } : null;
}

/** @param {RegExpMatchArray} match @param {string} text */
function sizeOf(match, text) {
  const [, city, upTo, over, first, times, second, timesOfSecond] = match;
  const number = numberOf(first, times);
  const isSure = city || upTo || over || second || (number >= LEAST_CITY && number % ROUND === 0);
  if (!isSure || NOT_OF_A_CITY.test(text.slice(0, match.index))) return [];
  return [measure("taille", rangeIn(upTo, over, number, second ? numberOf(second, timesOfSecond) : null), match)];
}

/** @param {RegExpMatchArray} match @param {string} text */
function costOf(match, text) {
  const [whole, budget, upTo, over, first, times, second, timesOfSecond] = match;
  const amount = numberOf(first, times);
  const isSure = (budget || upTo || over || second) && Math.max(amount, numberOf(second ?? "0", timesOfSecond)) >= LEAST_COST;
  if (!isSure || EACH.test(text.slice((match.index ?? 0) + whole.length))) return [];
  return [measure("cout", rangeIn(upTo, over, amount, second ? numberOf(second, timesOfSecond) : null), match)];
}

/** @param {RegExpMatchArray} match @param {string} text */
function classOf(match, text) {
  const [, announced, early, number, word] = match;
  const first = FIRST_YEAR[fold(early ?? number ?? word)];
  const before = text.slice(0, match.index);
  const isSure = announced || early || word || Number(number) > 4 || OTHER_CLASS.test(before);
  if (!first || !isSure || NUMBERED_AREA.test(before)) return [];
  return [measure("age", [first, first + 1], match)];
}

/** @param {string} text @returns {Measure[]} */
function personsIn(text) {
  return PERSONS.flatMap(([pattern, ages]) => [...text.matchAll(pattern)].map((match) => ({ ...measure("age", ages, match), isWord: true })));
}

/** @param {RegExpMatchArray} match @returns {[number, number]} */
function ageOf([, upTo, over, from, to, unit, more]) {
  const years = unit.toLowerCase() === "mois" ? 12 : 1;
  const first = Math.floor(Number(from) / years);
  const second = Math.floor(Number(to ?? from) / years);
  if (upTo) return [0, second];
  return over || more ? [first, OLDEST] : [Math.min(first, second), Math.max(first, second)];
}

/** @param {string | undefined} upTo @param {string | undefined} over @param {number} first @param {number | null} second @returns {[number, number]} */
function rangeIn(upTo, over, first, second) {
  if (upTo) return [0, first - 1];
  if (over) return [first, Infinity];
  if (second !== null) return [Math.min(first, second), Math.max(first, second) - 1];
  return [first * ABOUT, first / ABOUT];
}

/** « 20 000 », « 2,5 » and « millions ». @param {string} written @param {string | undefined} times */
function numberOf(written, times) {
  const number = Number(written.replace(/[ .\u00a0\u202f]/g, "").replace(",", "."));
  if (!times) return number;
  return number * (/^m(?:illions?)?$/i.test(times) ? 1_000_000 : 1000);
}

/** @param {Measure["cle"]} cle @param {[number, number]} range @param {RegExpMatchArray} match @returns {Measure} */
function measure(cle, [from, to], match) {
  const start = (match.index ?? 0) + (match[0].length - match[0].trimStart().length);
  const texte = match[0].trim();
  return { cle, from, to, texte, start, end: start + texte.length, isWord: false };
}

/** @param {string} text @param {RegExp} pattern */
const hidden = (text, pattern) => text.replace(pattern, (some) => "\0".repeat(some.length));
