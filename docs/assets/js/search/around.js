// @ts-check
// The place that actions are looked for around, by its name or its postcode. Twin: inspiractions/search/around.py.

import { isPoint } from "./distances.js";

/** @typedef {import("./places.js").Place} Place */

const LONGEST = 100;
const ARTICLES = ["", "le ", "la ", "les ", "l "];
/** « Saint-Denis (974) », « Alès 30100 ». */
const NUMBERED = /^(.*?\S)[\s,]*[\s,(](\d{5}|\d{2,3}|2[ab])\)?$/i;

/**
 * The places that a text names, of which one stands somewhere: the widest first, then the most populous.
 * @param {string} typed @param {(key: string) => Promise<Place[]>} france  the places of France that bear a name or a postcode @param {(text: string) => string} nameKey  how names are compared (places.js) @returns {Promise<Place[]>}
 */
export async function placesCalled(typed, france, nameKey) {
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
