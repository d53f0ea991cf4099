// @ts-check
// The place that actions are looked for around, by its name or its postcode. Twin: inspiractions/search/around.py.

import { nameKey } from "./places.js";

/** @typedef {import("./places.js").Place} Place */

const LONGEST = 100;
const POINTS = new Set(["epci", "commune", "village", "postal"]);
const ARTICLES = ["", "le ", "la ", "les ", "l "];
/** Whether a place stands somewhere. @param {Place} place */
export const isPoint = ({ genre, lon }) => POINTS.has(genre) && lon !== null;

/** « Saint-Denis (974) », « Alès 30100 ». */
const NUMBERED = /^(.*?\S)[\s,]*[\s,(](\d{5}|\d{2,3}|2[ab])\)?$/i;

/**
 * The places that a text names, of which one stands somewhere: the widest first, then the most populous.
 * @param {string} typed @param {(key: string) => Promise<Place[]>} france  the places of France that bear a name or a postcode @returns {Promise<Place[]>}
 */
export async function placesCalled(typed, france) {
  const text = typed.slice(0, LONGEST).trim();
  const [, name, number] = NUMBERED.exec(text) ?? ["", text, ""];
  const inPostcode = number.length === 5 ? new Set((await france(number)).flatMap(({ codes }) => codes)) : null;
  for (const article of ARTICLES) {
    const places = (await france(nameKey(article + name))).filter(
      (place) => isPoint(place) && (inPostcode ? inPostcode.has(place.codes[0]) : !number || place.autour.toLowerCase() === number.toLowerCase()),
    );
    if (places.length) return places;
  }
  return [];
}
